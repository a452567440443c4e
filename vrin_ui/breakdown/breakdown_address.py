"""What a reader has chosen on the page Harm breakdown, as it stands in the address."""

from dataclasses import dataclass, fields

from vrin_ui import address

PAGE = "breakdown"
VIEWS = {
    "total": "What it is made of",
    "readings": "Other readings",
    "costs": "Cost and severity",
    "weights": "Weights",
}


@dataclass(frozen=True)
class Chosen:
    """The view; the edition whose weights are read, which of its offences, one of them, and an edition beside it."""

    view: str = "total"
    edition: str = ""
    show: str = ""
    offence: str = ""
    beside: str = ""


def current() -> Chosen:
    """What is chosen now, kept for the way back; a view that is not there is the first."""
    names = tuple(one.name for one in fields(Chosen))
    said = address.chosen(PAGE, names)
    chosen = Chosen(**{**said, "view": said.get("view", "") if said.get("view") in VIEWS else "total"})
    address.keep(PAGE, vars(chosen))
    return chosen


def go(**changes: str) -> None:
    """Change several choices at once; for callbacks."""
    for name, value in changes.items():
        address.change(PAGE, name, value)
