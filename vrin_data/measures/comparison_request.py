"""Which areas are compared: those of one area, of its force or region, or those most like it on a list."""

from dataclasses import dataclass, replace

import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.build_facts import areas_of_level, build_facts
from vrin_data.measures.selection import Selection
from vrin_data.methods.funnel import Outliers
from vrin_data.records import ComparatorVersion, comparator_lists
from vrin_data.store import Store

RATES = {"incidents-rate": "incidents", "harm-rate": "harm"}
"""What can be compared between areas, by the names that charts over time have for it too."""
ALL, FORCE, REGION, LIST = "all", "force", "region", "list:"
OUTLIERS = ("winsorise", "trim", "none")
LIMITS = ("adjusted", "chance")


@dataclass(frozen=True)
class ComparisonRequest:
    """A selection by area, what is compared, and with whom.

    Where the selection's area is one of its level, that is the area compared, and `comparators` are the others of its
    "force" or "region", those of a recorded list ("list:ID"), or "all" in view. Where it is an area above, all that
    lie in it are compared, and `comparators` are "all". `outliers`: how the furthest tenth at either end
    counts for over-dispersion. `limits`: "adjusted" for over-dispersion, or of "chance" alone.
    """

    selection: Selection
    figure: str = "incidents-rate"
    comparators: str = ALL
    outliers: Outliers = "winsorise"
    limits: str = "adjusted"

    def __post_init__(self) -> None:
        if self.figure not in RATES:
            raise UsageError(f"Areas are compared by {' or '.join(RATES)}, not by {self.figure!r}.")
        if self.outliers not in OUTLIERS:
            raise UsageError(f"Outliers: {', '.join(OUTLIERS)}, not {self.outliers!r}.")
        if self.limits not in LIMITS:
            raise UsageError(f"Limits: {' or '.join(LIMITS)}, not {self.limits!r}.")
        known = (ALL, FORCE, REGION)
        if self.comparators not in known and not self.comparators.startswith(LIST):
            raise UsageError(
                f"Comparators are {', '.join(known)} or list:ID of a list on record, not {self.comparators!r}."
            )


@dataclass(frozen=True)
class Group:
    """The areas that are compared: the selection that asks for them, the area among them, and its list where one is
    used. `codes` are those of the group in the list's order, None where all that the selection gives are in it."""

    selection: Selection
    chosen: str | None
    listed: ComparatorVersion | None = None
    codes: tuple[str, ...] | None = None


def group_of(store: Store, request: ComparisonRequest) -> Group:
    """The group of a request. Raises UsageError where the area has no such comparators."""
    asked = replace(request.selection, by=("area",))
    if request.comparators.startswith(LIST):
        _require_list(store, request.comparators.removeprefix(LIST))
    areas = areas_of_level(build_facts(store), asked.level).set_index("area_code")
    if asked.area_code not in areas.index:
        return Group(_whole(asked, request.comparators), None)
    chosen = str(asked.area_code)
    if request.comparators.startswith(LIST):
        listed, codes = _listed(store, request.comparators.removeprefix(LIST), chosen)
        return Group(replace(asked, area_code=None), chosen, listed, codes)
    if request.comparators == ALL:
        return Group(replace(asked, area_code=None), chosen)
    return Group(replace(asked, area_code=_above(areas.loc[chosen], request.comparators)), chosen)


def _whole(asked: Selection, comparators: str) -> Selection:
    if comparators != ALL:
        raise UsageError(
            f"Comparators {comparators!r} are those of one area: name an area of the level {asked.level!r}, "
            "or compare all."
        )
    return asked


def _above(area: pd.Series, level: str) -> str:
    code = area.get(f"in_{level}")
    if not isinstance(code, str) or code == area.name:
        raise UsageError(
            f"{area['area_name']} lies in no single {level} above it, so there are no others of its {level}. "
            "Compare with all, or with a list."
        )
    return code


def _listed(store: Store, list_id: str, chosen: str) -> tuple[ComparatorVersion, tuple[str, ...]]:
    lists = _require_list(store, list_id)
    codes = lists[list_id].comparators.of_areas.get(chosen)
    if codes is None:
        raise UsageError(
            f"The list {list_id} has no comparators of {chosen}. Add some, or choose another list."
        )
    return lists[list_id], codes


def _require_list(store: Store, list_id: str) -> dict[str, ComparatorVersion]:
    """The lists on record. Raises UsageError where none of them is called so."""
    lists = comparator_lists(store.path)
    if list_id not in lists:
        raise UsageError(
            f"No list of comparators {list_id!r} stands on record. Lists: {', '.join(lists) or 'none'}. "
            "`comparators import FILE --id ID --name NAME` brings one in."
        )
    return lists
