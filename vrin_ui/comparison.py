"""One period against the same months a year before, in words that cannot be misread.

Only months that both years have are compared, so that a feed that did not come never looks like a
fall. A range is compared as a range. A small base gets no percentage.
"""

from dataclasses import dataclass
from datetime import date
from math import sqrt

import pandas as pd

from vrin_ui.filters import shifted
from vrin_ui.wording import listed, month_words, number, of_months, sentence, span

SMALL_BASE = 10
CHANCE_LIMIT = 3.0
"""Wheeler's rule: chance can explain two counts while 2(sqrt(now) - sqrt(before)) stays within 3."""


@dataclass(frozen=True)
class Total:
    """A sum over months that came in; `central` is None where it cannot be told."""

    low: float
    central: float | None
    high: float
    months: int

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
    is_small: bool


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
    rows_before = rows.loc[before]
    return Comparison(
        figure=figure,
        now=_total(rows.loc[[month for month in months if month in covered]], figure),
        expected=len(months),
        both_now=_total(rows.loc[both], figure),
        both_before=_total(rows_before, figure),
        left_out=tuple(month for month in months if month not in both),
        is_small=bool(rows_before["incident_count_high"].sum() < SMALL_BASE),
    )


def _total(rows: pd.DataFrame, figure: str) -> Total:
    central_of = "harm_days" if figure == "harm_days" else None
    known = central_of is not None and bool(rows[central_of].notna().all())
    return Total(
        low=float(rows[f"{figure}_low"].sum()),
        central=float(rows[central_of].sum()) if known else None,
        high=float(rows[f"{figure}_high"].sum()),
        months=len(rows),
    )


def headline(comparison: Comparison) -> str:
    """The figure itself: 12,340 days, 410 to 455 incidents, or no data."""
    total = comparison.now
    if not total.months:
        return "No data"
    if total.central is not None:
        return f"{number(total.central)} {_unit(comparison, total.central)}"
    return f"{span(total.low, total.high)} {_unit(comparison, total.high)}"


def range_words(comparison: Comparison) -> str:
    """What the headline does not say: its range, and the months it stands on."""
    total = comparison.now
    words = []
    if total.months and total.central is not None and total.is_range:
        words.append(f"Range {span(total.low, total.high)}: the lightest and the heaviest reading.")
    if total.months and total.central is None and comparison.figure == "harm_days":
        words.append("No single figure can be given: the extract does not say enough.")
    if total.months and comparison.figure == "incident_count" and total.is_range:
        words.append("Lower: certainly within the definition. Higher: with those that may be.")
    if total.months < comparison.expected:
        words.append(f"Stands on {of_months(total.months, comparison.expected)}.")
    return " ".join(words)


def change_words(comparison: Comparison) -> str:
    """The change as a sentence or two: whether it can be told, and how large it is."""
    now, before = comparison.both_now, comparison.both_before
    if not now.months:
        return "There is no month that both years have, so the two cannot be compared."
    if comparison.is_small:
        return f"From {_reading(before)} to {_reading(now)}: too few for a percentage."
    is_count = comparison.figure == "incident_count"
    if now.is_range or before.is_range:
        return _range_change(now, before, is_count=is_count)
    return _exact_change(now.low, before.low, is_count=is_count)


def basis_words(comparison: Comparison) -> str:
    """Which months the change compares, and which it leaves out; empty where there are none."""
    months = comparison.both_now.months
    if not months:
        return ""
    if not comparison.left_out:
        whole = "the 12 months before" if months == 12 else "the same months a year before"
        return f"Compared with {whole}."
    left = [month_words(month) for month in comparison.left_out]
    shown = listed(left) if len(left) <= 3 else f"{len(left)} months"
    verb = "is" if len(left) == 1 else "are"
    return (
        f"Only the {of_months(months, comparison.expected)} that both years have are compared; "
        f"{shown} {verb} left out because a submission is missing or partial in one of the years."
    )


def _exact_change(now: float, before: float, *, is_count: bool) -> str:
    if round(now) == round(before):
        return f"The same as before ({number(before)})."
    change = f"{sentence(_share(now, before))}: {number(now)} against {number(before)}."
    return change + _chance(now, before, is_count=is_count)


def _range_change(now: Total, before: Total, *, is_count: bool) -> str:
    pair = f"{_reading(now)} against {_reading(before)}"
    if now.low > before.high:
        size = _share(now.low, before.high)
        return f"Higher on every reading, by at least {size.removesuffix(' higher')}: {pair}."
    if now.high < before.low:
        size = _share(now.high, before.low)
        return f"Lower on every reading, by at least {size.removesuffix(' lower')}: {pair}."
    words = f"Whether it rose or fell cannot be told for certain, because the ranges overlap: {pair}."
    if now.central is None or not before.central:
        return words
    return f"{sentence(_share(now.central, before.central))} on the central reading. {words}"


def _chance(now: float, before: float, *, is_count: bool) -> str:
    alike = abs(2 * (sqrt(now) - sqrt(before))) < CHANCE_LIMIT
    return " Chance alone can explain a difference of this size." if is_count and alike else ""


def _reading(total: Total) -> str:
    if total.central is not None and total.is_range:
        return f"{number(total.central)} (range {span(total.low, total.high)})"
    return span(total.low, total.high)


def _share(now: float, before: float) -> str:
    share = abs(now - before) / before
    size = "less than 1%" if share < 0.01 else f"{share:.0%}"
    return f"{size} {'higher' if now > before else 'lower'}"


def _unit(comparison: Comparison, value: float) -> str:
    one, many = ("day", "days") if comparison.figure == "harm_days" else ("incident", "incidents")
    return one if round(value) == 1 else many
