"""The days between rare incidents: a chart that tells sooner than yearly counts that they come closer together."""

import numpy as np
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.areas_came import came_of_all
from vrin_data.measures.chart_kinds import LEAST_RUN
from vrin_data.measures.events import events_of, in_total, read
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.selection import month_number
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.trend_request import TrendRequest
from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import Chart, Flags, blank, readings
from vrin_data.methods.rare_events import gaps_in_days, more_or_fewer, t_chart
from vrin_data.store import Store

MOST_EVENTS = 1000
"""Beyond so many nobody counts days between: a chart by month says more."""
LINES = ("mean", "lower", "upper", "near_lower", "near_upper")
DAYS_SQL = """
    select
        event_start_at::date as happened_on,
        sum(signed_quantity * sure)::bigint as incident_count,
        coalesce(event_precision not in ('minute', 'hour', 'day'), true) as is_untold
    from {events}
    group by all
    having incident_count > 0
    order by happened_on
"""


def days_between(store: Store, request: TrendRequest) -> Answer:
    """The days from each incident of a selection to the one before it, with the limits of a t chart.

    One row per incident but the first, oldest first: happened_on (date), days (NULL where a month in between did
    not come whole), is_used, mean, lower, upper, near_lower, near_upper (days; NULL with fewer than LEAST_RUN
    gaps), cause, direction ("high": closer together, so more incidents), reading. Incidents that are certain, of
    which the day is known, of the whole selection. Raises UsageError where there are more than MOST_EVENTS.
    Source: Nelson 1994, Journal of Quality Technology 26:260-262.
    """
    question = in_total(question_of(store, request.selection))
    events = events_of(store, question)
    found = read(store, question, "days of incidents", DAYS_SQL.format(events=events.sql), events)
    days, untold = _days(found)
    frame = _charted(question, days, request.settings)
    notes = (
        f"rules of this chart: {request.settings.words()}",
        *([f"{untold:,} incidents whose day is not known are left out"] if untold else []),
        *harm_notes(store, question),
    )
    return Answer(frame, question_stamp(question, notes))


def _days(found: pd.DataFrame) -> tuple[pd.DatetimeIndex, int]:
    """The day of every incident, in order, and how many have none."""
    if found.empty:
        return pd.DatetimeIndex([]), 0
    is_untold = found["is_untold"].astype(bool) | found["happened_on"].isna()
    told, untold = found[~is_untold], int(found.loc[is_untold, "incident_count"].sum())
    if told["incident_count"].sum() > MOST_EVENTS:
        raise UsageError(
            f"Days between are for rare incidents, and there are {int(told['incident_count'].sum()):,} (at most "
            f"{MOST_EVENTS:,}). Choose a narrower definition, area or period, or a chart by month."
        )
    each = np.repeat(pd.to_datetime(told["happened_on"]).to_numpy(), told["incident_count"].to_numpy())
    return pd.DatetimeIndex(each), untold


def _charted(question: Question, days: pd.DatetimeIndex, settings: ChartSettings) -> pd.DataFrame:
    gaps = gaps_in_days(days.to_numpy().astype("datetime64[D]").astype("int64"))
    is_used = _without_gap(question, days)
    chart = _chart(gaps[is_used], settings)
    at = np.flatnonzero(is_used)
    frame = pd.DataFrame(
        {"happened_on": days[1:].date, "days": np.where(is_used, gaps, np.nan), "is_used": is_used}
    )
    for name in LINES:
        frame[name] = np.nan
        frame.loc[at, name] = getattr(chart, name)
    for name, words in (
        ("cause", chart.cause),
        ("direction", chart.direction),
        ("reading", readings(chart, settings)),
    ):
        held = np.full(len(frame), "", dtype=object)
        held[at] = words
        frame[name] = held
    return frame


def _chart(gaps: np.ndarray, settings: ChartSettings) -> Chart:
    if len(gaps) < LEAST_RUN:
        return blank(len(gaps))
    return more_or_fewer(t_chart(gaps, settings=settings))


def _without_gap(question: Question, days: pd.DatetimeIndex) -> Flags:
    """Of every incident but the first: whether each month since the one before it came whole."""
    whole = np.zeros(len(question.selection.months), dtype=bool)
    first = month_number(question.selection.from_month)
    for period, came in zip(question.asked, came_of_all(question).whole, strict=True):
        for month in period.months():
            whole[month_number(month) - first] = came
    missing_before = np.append(0, np.cumsum(~whole))
    at = np.clip((days.year - 1900) * 12 + days.month - 1 - first, 0, len(whole) - 1)
    return np.asarray(missing_before[at[1:] + 1] == missing_before[at[:-1]])
