"""What was to be handed in, month by month: spans cut into the feed's periods, each with its due day."""

from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.cadence import Every, due_on, period_of, periods
from vrin_data.measures.selection import month_number
from vrin_data.measures.spans import Pair, Span

MONTHS_OF: dict[Every, int] = {
    "month": 1,
    "quarter": 3,
    "year": 12,
    "financial_year": 12,
    "academic_year": 12,
}


def expected_months(spans_made: list[Span]) -> pd.DataFrame:
    """One row per supplier, feed and month of every span, each month under the span that stands first.

    Columns: supplier_id, feed_id, month (months since January 1900), span (place in the list),
    period_start and period_end (month numbers, half-open), due_on (NaT where nothing is due).
    """
    parts = []
    for number, span in enumerate(spans_made):
        years = span.first.year - 1, span.last.year + 1
        start, end, due = _calendar(span.every, span.due_every, span.due, *years)
        inside = (end > month_number(span.first)) & (start <= month_number(span.last))
        parts.append((number, start[inside], end[inside], due[inside]))
    lengths = np.array([len(start) for _, start, _, _ in parts], dtype="int64")
    frame = pd.DataFrame(
        {
            "span": np.repeat([number for number, *_ in parts], lengths).astype("int64"),
            "period_start": _joined([start for _, start, _, _ in parts], "int64"),
            "period_end": _joined([end for _, _, end, _ in parts], "int64"),
            "due_on": _joined([due for *_, due in parts], "datetime64[s]"),
        }
    )
    for name in Pair._fields:
        frame[name] = np.repeat(np.array([getattr(one.pair, name) for one in spans_made], object), lengths)
    width = (frame["period_end"] - frame["period_start"]).to_numpy()
    months = frame.loc[frame.index.repeat(width)].reset_index(drop=True)
    within = np.arange(len(months)) - np.repeat(np.cumsum(width) - width, width)
    months["month"] = months["period_start"] + within
    return months.drop_duplicates([*Pair._fields, "month"], keep="first", ignore_index=True)


def _joined(arrays: list[npt.NDArray], kind: str) -> npt.NDArray:
    return np.concatenate([np.empty(0, dtype=kind), *arrays]).astype(kind)


@lru_cache(maxsize=256)
def _calendar(
    every: Every, due_every: Every, due: str, first_year: int, last_year: int
) -> tuple[npt.NDArray, npt.NDArray, npt.NDArray]:
    """Periods of whole years: first months and first months after, as numbers, and due days."""
    found = periods(every, date(first_year, 1, 1), date(last_year, 12, 31))
    if MONTHS_OF[due_every] > MONTHS_OF[every]:
        holding = [period_of(one.last_day, due_every) for one in found]
    else:
        holding = found
    start = np.array([month_number(one.start) for one in found], dtype="int64")
    end = np.array([month_number(one.end) for one in found], dtype="int64")
    days = np.array([due_on(one.start, one.every, due) for one in holding], dtype="datetime64[s]")
    return start, end, days
