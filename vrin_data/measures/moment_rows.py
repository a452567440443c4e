"""The times of a question's incidents, read once: by hour of the week, by span, by how far it is told."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from vrin_data.measures.events import SUMS, events_of, read
from vrin_data.measures.question import Question
from vrin_data.methods.aoristic import DAY_HOURS
from vrin_data.methods.heaps import expected_on_the_hour, is_heap
from vrin_data.store import Store

TIMED, DAY, NONE, BACKWARDS = 0, 1, 2, 3
"""How far a time is told: to the hour, to the day, not so far, and of an event that ends before it begins."""
LONGEST_SPAN = 168
"""Hours of a span beyond which its length is not told apart."""
DEFAULT_HOURS = (0, 12)
"""Hours that a system fills in where only the day is known."""

# Hours are counted from 1 January 1970, a Thursday, whose first is the 72nd of its week. An event of an hour or less
# is taken at its start; a longer one touches every hour between its ends. `filled` has by supplier the hours on which
# times were filled in, as one number.
MOMENTS_SQL = """
    with event as (
        select
            sender,
            epoch_us(event_start_at) as start_us,
            epoch_us(event_end_at) - epoch_us(event_start_at) as long_us,
            case
                when event_start_at is null then 2
                when event_precision in ('minute', 'hour') then 0
                when event_precision = 'day' then 1
                else 2
            end as told,
            signed_quantity,
            signed_quantity_high,
            sure,
            low_each,
            central_each,
            high_each
        from {events}
    ),
    measured as (
        select
            *,
            start_us // 3600000000 as start_hour,
            case
                when told <> 0 or long_us is null or long_us between 0 and 3600000000 then 1
                when long_us < 0 then 0
                else least((start_us + long_us - 1) // 3600000000 - start_us // 3600000000 + 1, 169)
            end as span
        from event
    )
    select
        (case when span = 0 then 3 else told end)::integer as told,
        coalesce((start_hour + 72) % 168, 0)::integer as hour_of_week,
        coalesce(
            told = 0
            and start_us % 3600000000 = 0
            and list_contains($filled::bigint[], sender * 24 + start_hour % 24),
            false
        ) as is_filled_in,
        span::integer as span,
        {sums}
    from measured
    group by all
    order by all
"""
ON_THE_HOUR_SQL = """
    select
        sender,
        hour(event_start_at)::integer as hour,
        count(*)::double as in_hour,
        count(*) filter (minute(event_start_at) = 0 and second(event_start_at) = 0)::double as on_the_hour
    from incident as fact
    join sender using (submission_id)
    where event_precision in ('minute', 'hour')
        and recorded_month between $from_day::date and $to_day::date {months} {scope}
    group by all
"""


@dataclass(frozen=True, eq=False)
class Moments:
    """Sums by what is told of the time, and what is known of filled-in times.

    `rows`: told, hour_of_week (0 is Monday 00:00), is_filled_in, span (hours touched), and SUMS.
    `heaps`: sender, supplier_id, hour, on_the_hour (incidents of the feed that stand on it exactly), expected.
    `on_the_hour_share`: how many of the feed's times stand on any hour exactly, None without times.
    """

    rows: pd.DataFrame
    heaps: pd.DataFrame
    on_the_hour_share: float | None


# The screen asks of one selection by hour, by weekday, by both, and what is left out.
@lru_cache(maxsize=8)
def moments_read(store: Store, question: Question) -> Moments:
    """The times of a question's incidents; not to be changed, since they are kept."""
    events = events_of(store, question)
    heaps_sql = ON_THE_HOUR_SQL.format(months=events.months_sql, scope=question.scope_sql)
    by_hour = read(store, question, "times on the hour", heaps_sql, events)
    heaps = _heaps(by_hour, events.suppliers)
    sql = MOMENTS_SQL.format(events=events.sql, sums=events.sums_sql)
    rows = read(store, question, "times of incidents", sql, events, filled=_filled_in(heaps))
    return Moments(rows if len(rows) else _no_rows(), heaps, _share_on_the_hour(by_hour))


def _no_rows() -> pd.DataFrame:
    names = ("told", "hour_of_week", "is_filled_in", "span", *SUMS)
    return pd.DataFrame({name: pd.Series(dtype="int64") for name in names}).astype({"is_filled_in": bool})


def _heaps(by_hour: pd.DataFrame, suppliers: list[str]) -> pd.DataFrame:
    """The hours of each supplier on which more of its times stand exactly than the hours beside them explain."""
    found = []
    for sender, own in by_hour.groupby("sender") if len(by_hour) else ():
        grid = own.set_index("hour")[["on_the_hour", "in_hour"]].reindex(range(DAY_HOURS), fill_value=0.0)
        on_it, in_it = grid["on_the_hour"].to_numpy(), grid["in_hour"].to_numpy()
        expected = expected_on_the_hour(on_it, in_it)
        found += [
            (int(sender), suppliers[int(sender)], hour, on_it[hour], expected[hour])
            for hour in np.flatnonzero(is_heap(on_it, in_it)).tolist()
        ]
    return pd.DataFrame(found, columns=["sender", "supplier_id", "hour", "on_the_hour", "expected"])


def _filled_in(heaps: pd.DataFrame) -> list[int]:
    """The heaps at hours that systems fill in, each as the number that the statement compares."""
    own = heaps[heaps["hour"].isin(DEFAULT_HOURS)]
    return [int(one.sender) * DAY_HOURS + int(one.hour) for one in own.itertuples()]


def _share_on_the_hour(by_hour: pd.DataFrame) -> float | None:
    if by_hour.empty or not by_hour["in_hour"].sum():
        return None
    return float(by_hour["on_the_hour"].sum() / by_hour["in_hour"].sum())
