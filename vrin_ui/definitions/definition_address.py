"""What a reader has chosen on the page Definitions, as it stands in the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vrin_data.records import DefinitionVersion
from vrin_ui import address

PAGE = "definitions"
VIEWS = {"library": "Library", "read": "Read one", "compare": "Compare", "edit": "Edit"}
NAMES = ("view", "read", "compare", "standing", "kind", "detail", "step", "pair")
AND = ","


@dataclass(frozen=True)
class Chosen:
    """The view, the version that is read, and those that are compared, as id@version; what is usual is empty."""

    view: str = "library"
    read: str = ""
    compared: tuple[str, ...] = ()
    standing: str = ""
    kind: str = ""
    detail: str = ""
    step: str = ""
    pair: str = ""

    def params(self) -> dict[str, str]:
        """The choice as it stands in the address."""
        return {
            "view": self.view,
            "read": self.read,
            "compare": AND.join(self.compared),
            "standing": self.standing,
            "kind": self.kind,
            "detail": self.detail,
            "step": self.step,
            "pair": self.pair,
        }


def parse(params: Mapping[str, str], known: Iterable[str]) -> Chosen:
    """The choice of an address; a view or a version that is not there is left out."""
    refs = set(known)
    read, view = params.get("read", ""), params.get("view", "")
    compared = dict.fromkeys(one for one in params.get("compare", "").split(AND) if one in refs)
    return Chosen(
        view=view if view in VIEWS else "library",
        read=read if read in refs else "",
        compared=tuple(compared),
        standing=params.get("standing", ""),
        kind=params.get("kind", ""),
        detail=params.get("detail", ""),
        step=params.get("step", ""),
        pair=params.get("pair", ""),
    )


def current(versions: Iterable[DefinitionVersion]) -> Chosen:
    """What is chosen now, kept for the way back."""
    chosen = parse(address.chosen(PAGE, NAMES), (one.ref for one in versions))
    address.keep(PAGE, chosen.params())
    return chosen


def go(**changes: str) -> None:
    """Change several choices at once; for callbacks."""
    for name, value in changes.items():
        address.change(PAGE, name, value)


def compare(*refs: str) -> None:
    """Go to a comparison of these versions; for callbacks."""
    go(view="compare", compare=AND.join(refs))
