"""The season of a series: its parts month by month, how strong it is, and the same month of the last three years."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.question import Question
from vrin_data.measures.selection import month_number
from vrin_data.measures.series_by_area import NOT_MONTHLY, Series, series_of
from vrin_data.measures.stamp import Stamp
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.trend_request import TrendRequest
from vrin_data.methods.seasons import MOST_GAPS, PERIOD, Seasons, refusal, seasons
from vrin_data.store import Store

YEARS = 3
PARTS = ("trend", "seasonal", "remainder", "adjusted")
METHOD = (
    "trend, season and remainder by STL (Cleveland and others 1990), robust, the season the same in every year; "
    "the three add up to the figure"
)
FILLED = (
    "months that did not come whole are filled for the decomposition alone, by what its own trend and season say of "
    f"them; at most {MOST_GAPS:.0%} of the months"
)


def season(store: Store, request: TrendRequest) -> Answer:
    """A figure month by month in trend, season and remainder.

    One row per area and month, areas by name, oldest month first: area_code, area_name, month, value, state, trend,
    seasonal, remainder, adjusted (value without season) and is_used (the month came whole and the season was told).
    The parts are NULL where no season can be told, and remainder and adjusted in months that did not come whole.
    Raises what `monthly` raises.
    """
    question, found = series_of(store, request)
    frames = [_parts(one, _told(question, one)) for one in found]
    return Answer(_together(frames), _stamp(question, found))


def season_summary(store: Store, request: TrendRequest) -> Answer:
    """Whether a season can be told of each series, and what it is.

    One row per area: area_code, area_name, is_offered, reason ("", "short", "gaps", "rare", "empty_month",
    "constant", "not_monthly"), points (whole months), filled_count, strength (0 to 1: Wang, Smith and Hyndman 2006),
    peak_month and trough_month (1 to 12), peak and trough (what the season adds in them). Raises what `monthly` raises.
    """
    question, found = series_of(store, request)
    rows = [_line(question, one) for one in found]
    frame = pd.DataFrame(rows, columns=list(SUMMARY))
    return Answer(frame.astype(KINDS), _stamp(question, found))


SUMMARY = (
    "area_code",
    "area_name",
    "is_offered",
    "reason",
    "points",
    "filled_count",
    "strength",
    "peak_month",
    "peak",
    "trough_month",
    "trough",
)


KINDS = {
    **dict.fromkeys(("strength", "peak", "trough"), "Float64"),
    **dict.fromkeys(("peak_month", "trough_month"), "Int64"),
}


def same_month(store: Store, request: TrendRequest) -> Answer:
    """The same months of the last three years side by side.

    One row per area, month of the year and year: area_code, area_name, position (1 to 12: the months of a year that
    ends with the last month asked for), calendar_month (1 to 12), years_ago (0 the latest year), year_ending (its last
    month), month, value, state. Months before the first that came are left out. Raises what `monthly` raises.
    """
    question, found = series_of(store, request)
    last = question.asked[-1].months()[-1]
    frames = []
    for one in found:
        back = np.array([month_number(last) - month_number(month) for month in _months(one.rows)])
        years = back // PERIOD
        rows = one.rows.assign(
            position=PERIOD - back % PERIOD,
            calendar_month=[month.month for month in _months(one.rows)],
            years_ago=years,
            year_ending=[last.replace(year=last.year - int(ago)) for ago in years],
        )
        frames.append(rows[(years >= 0) & (years < YEARS)][list(SAME_MONTH)])
    return Answer(_together(frames), question_stamp(question))


SAME_MONTH = (
    "area_code",
    "area_name",
    "position",
    "calendar_month",
    "years_ago",
    "year_ending",
    "month",
    "value",
    "state",
)


def _months(rows: pd.DataFrame) -> Iterator[pd.Timestamp]:
    return map(pd.Timestamp, rows["month"])


def _reason(question: Question, one: Series) -> str:
    return NOT_MONTHLY if question.width != 1 else refusal(one.values)


def _told(question: Question, one: Series) -> Seasons | None:
    return None if _reason(question, one) else seasons(one.values)


def _parts(one: Series, found: Seasons | None) -> pd.DataFrame:
    rows = one.rows[["area_code", "area_name", "month", "value", "state"]]
    if found is None:
        return rows.assign(**dict.fromkeys(PARTS, np.nan), is_used=False)
    adjusted = one.values - found.seasonal
    parts = (found.trend, found.seasonal, found.remainder, adjusted)
    return rows.assign(**dict(zip(PARTS, parts, strict=True)), is_used=one.known)


def _line(question: Question, one: Series) -> dict[str, object]:
    found = _told(question, one)
    line: dict[str, object] = {
        **one.told,
        "is_offered": found is not None,
        "reason": _reason(question, one),
        "points": int(one.known.sum()),
        "filled_count": 0,
        **dict.fromkeys(KINDS),
    }
    return line if found is None else {**line, **_of_season(one, found)}


def _of_season(one: Series, found: Seasons) -> dict[str, object]:
    high, low = int(np.nanargmax(found.seasonal)), int(np.nanargmin(found.seasonal))
    months = [*_months(one.rows)]
    return {
        "filled_count": int(found.is_filled.sum()),
        "strength": found.strength,
        "peak_month": months[high].month,
        "peak": float(found.seasonal[high]),
        "trough_month": months[low].month,
        "trough": float(found.seasonal[low]),
    }


def _stamp(question: Question, found: list[Series]) -> Stamp:
    filled = any(not one.known.all() for one in found)
    return question_stamp(question, (METHOD, *((FILLED,) if filled else ())))


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
