"""Which areas stand out: by what, under which rule, and over how many years that is looked back on."""

from dataclasses import dataclass, replace
from typing import Literal, get_args

from vrin_data.contract.periods import later
from vrin_data.errors import UsageError
from vrin_data.measures.place_figures import without_homicide
from vrin_data.measures.selection import MONTHS_PER_YEAR, Selection

Kind = Literal["count", "harm", "harm_without_homicide"]
Rule = Literal["gi_star", "two_sd"]
MOST_YEARS = 10
STREETS = ("street", "point")
NO_STREETS = (
    "Spots are not looked for along streets or at points. In police.uk extracts every point is moved to one of a "
    "few fixed places (the middle of a street with eight addresses or more, a car park), so incidents that seem "
    "to share a place may not. Choose the level lsoa, or an own area drawn for the purpose."
)


@dataclass(frozen=True)
class HotspotRequest:
    """A question for spots: of incidents or harm, by Getis-Ord Gi* or two deviations, and years looked back on."""

    selection: Selection
    kind: Kind = "harm"
    rule: Rule = "gi_star"
    years: int = 3

    def __post_init__(self) -> None:
        for value, allowed in ((self.kind, get_args(Kind)), (self.rule, get_args(Rule))):
            if value not in allowed:
                raise UsageError(f"{value!r} is none of: {', '.join(allowed)}.")
        if not 0 <= self.years <= MOST_YEARS:
            raise UsageError(f"Years to look back on are 0 to {MOST_YEARS}, not {self.years}.")

    @property
    def asked(self) -> Selection:
        """The selection as it is tested: by area, and without homicide where the kind says so."""
        selection = replace(self.selection, by=("area",))
        return without_homicide(selection) if self.kind == "harm_without_homicide" else selection

    def year(self, back: int) -> Selection:
        """The 12 months that end with the selection, or so many years before it does."""
        last = later(self.selection.to_month, -MONTHS_PER_YEAR * back)
        return replace(self.asked, from_month=later(last, 1 - MONTHS_PER_YEAR), to_month=last)


def refuse_streets(level: str) -> None:
    """Raise UsageError, with the reason, for a level that is no area: a street or a point."""
    if level in STREETS:
        raise UsageError(NO_STREETS)
