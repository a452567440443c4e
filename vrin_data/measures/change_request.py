"""Which two periods are set against each other."""

from dataclasses import dataclass, replace
from datetime import date

from vrin_data.contract.periods import later
from vrin_data.errors import UsageError
from vrin_data.measures.period_pair import earlier
from vrin_data.measures.selection import MONTHS_PER_YEAR, Selection

INCIDENTS, HARM = "incidents", "harm"
SMALL_BASE = 10
"""Below so many incidents before, a percentage says nothing: one more would be 10% and above."""


@dataclass(frozen=True)
class ChangeRequest:
    """A selection whose months are the later period, and the earlier one: the same months a year before, or others.

    The periods are equally long, and the earlier one ends before the later one begins.
    """

    selection: Selection
    base_from: date | None = None
    base_to: date | None = None

    def __post_init__(self) -> None:
        if "month" in self.selection.by:
            raise UsageError(
                "A change is of two whole periods. Ask for it in total or by area, not by month."
            )
        now, base = self.selection, self.base
        if len(now.months) != len(base.months):
            raise UsageError(
                f"The periods are of {len(now.months)} and {len(base.months)} months. Compare equally long ones."
            )
        if base.to_month >= now.from_month:
            raise UsageError(
                f"The base ends ({base.to_month:%Y-%m}) after the period begins ({now.from_month:%Y-%m}). Compare "
                "periods that do not overlap: at most 12 months with the same months a year before."
            )

    @property
    def base(self) -> Selection:
        """The selection over the earlier period."""
        moved = earlier(self.selection, MONTHS_PER_YEAR)
        first, last = self.base_from or moved.from_month, self.base_to or moved.to_month
        if first > last:
            raise UsageError(f"The base ends ({last:%Y-%m}) before it begins ({first:%Y-%m}).")
        return replace(moved, from_month=first, to_month=last)


def last_year(selection: Selection) -> Selection:
    """The selection's last 12 months at most: what can be compared with the same months a year before."""
    first = max(selection.from_month, later(selection.to_month, 1 - MONTHS_PER_YEAR))
    return replace(selection, from_month=first)
