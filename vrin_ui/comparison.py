"""One period against the same months a year before.

Only months that both years have are compared, so that a feed that did not come never looks like a fall.
"""

from dataclasses import dataclass
from datetime import date
from math import sqrt

import pandas as pd

from vrin_ui.filters import shifted

SMALL_BASE = 10
"""Below so many incidents a percentage says nothing."""


@dataclass(frozen=True)
class Total:
    """A sum over months that came in; `central` is None where it cannot be told."""

    low: float
    central: float | None
    high: float
    months: int
    unweighted: int = 0
    """Incidents that the harm leaves out, since their offences have no weight."""

    @property
    def is_range(self) -> bool:
        """Whether the low and the high reading differ when rounded."""
        return round(self.low) != round(self.high)


@dataclass(frozen=True)
class Comparison:
    """A figure over a period, and over those of its months that both years have."""

    figure: str
    now: Total
    expected: int
    both_now: Total
    both_before: Total
    left_out: tuple[date, ...]
    fewest: int
    """The incidents of the year that has fewer, each at its highest reading."""
    spread: float
    """How far apart two such sums of harm can lie while months only vary as they do within a year."""

    @property
    def is_count(self) -> bool:
        """Whether incidents are compared, and not harm."""
        return self.figure == "incident_count"


def compare(by_month: pd.DataFrame, figure: str, first: date, last: date) -> Comparison:
    """The comparison of `figure` (harm_days or incident_count) over first to last, both included.

    `by_month` is an answer of harm by month that holds the period and the 12 months before it.
    """
    rows = by_month.set_index(by_month["month"].dt.date)
    months = [month for month in rows.index if first <= month <= last]
    # A month that came in part has a figure of its own, and stands in no total.
    covered = set(rows.index[~(rows["is_gap"] | rows["is_partial"]).astype(bool)])
    both = [month for month in months if {month, shifted(month, -12)} <= covered]
    before = [shifted(month, -12) for month in both]
    rows_now, rows_before = rows.loc[both], rows.loc[before]
    return Comparison(
        figure=figure,
        now=_total(rows.loc[[month for month in months if month in covered]], figure),
        expected=len(months),
        both_now=_total(rows_now, figure),
        both_before=_total(rows_before, figure),
        left_out=tuple(month for month in months if month not in both),
        fewest=min(int(year["incident_count_high"].sum()) for year in (rows_now, rows_before)),
        spread=sqrt(sum(_variance(year[f"{figure}_low"]) for year in (rows_now, rows_before))),
    )


def _total(rows: pd.DataFrame, figure: str) -> Total:
    of_harm = figure == "harm_days"
    # A month of incidents without a weight alone has no harm at all; the others still have theirs.
    central = rows.loc[rows[f"{figure}_high"].notna(), figure] if of_harm else None
    known = central is not None and len(central) > 0 and bool(central.notna().all())
    return Total(
        low=float(rows[f"{figure}_low"].sum()),
        central=float(central.sum()) if central is not None and known else None,
        high=float(rows[f"{figure}_high"].sum()),
        months=len(rows),
        unweighted=int(rows["unweighted_count"].sum()) if of_harm and "unweighted_count" in rows else 0,
    )


def _variance(months: pd.Series) -> float:
    """That of the sum of these months, from how much they differ among themselves; 0 of a single one."""
    return float(months.astype("float64").var()) * len(months) if len(months) > 1 else 0.0
