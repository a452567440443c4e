"""How long after an event it was recorded, told from a row's dates: the method counts old cases apart.

Intake reads no date of an event that is coarser than a day. A recording is known to the day, or to the
period that a row counts in; where the first and the last day of that period do not tell the same, nothing is told.
"""

from collections.abc import Collection

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.feeds import Feed
from vrin_data.contract.periods import MONTHS_IN
from vrin_data.contract.tables import RECORDED_LAG

EVENT_TIMES = ("event_end_at", "event_start_at")
NOT_TOLD, SAME_YEAR, EARLIER_YEAR, OVER_A_YEAR = range(len(CODE_LISTS[RECORDED_LAG]))


def lag_code_sql(feed: Feed, present: Collection[str]) -> str:
    """The place in its code list of a row's recorded_lag, from the columns of `row` that the file has."""
    times = [name for name in EVENT_TIMES if name in present]
    if not times:
        return f"{NOT_TOLD}::ubigint"
    event = f"coalesce({', '.join(f'row.{name}' for name in times)})"
    by_day = _told_sql(event, "row.recorded_at")
    if feed.mode == "replace_period":
        by_period = _by_period_sql(feed, present, event)
        return f"(case when row.recorded_at is null then {by_period} else {by_day} end)::ubigint"
    return f"({by_day})::ubigint"


def _told_sql(event: str, recorded: str) -> str:
    """What an event's day and a day of recording tell; an event that ended in a later year tells nothing."""
    return (
        f"case when year({event}) = year({recorded}) then {SAME_YEAR} "
        f"when {event}::date + interval 1 year <= {recorded} then {OVER_A_YEAR} "
        f"when year({event}) < year({recorded}) then {EARLIER_YEAR} "
        f"else {NOT_TOLD} end"
    )


def _by_period_sql(feed: Feed, present: Collection[str], event: str) -> str:
    """What an event and the period a row counts in tell, where that period is not the event's own."""
    last = f"row.recorded_month + interval {MONTHS_IN[feed.period_length]} month - interval 1 day"
    first_told, last_told = (_told_sql(event, day) for day in ("row.recorded_month", last))
    told = f"case when ({first_told}) = ({last_told}) then {first_told} else {NOT_TOLD} end"
    names_month = feed.period_from == "recorded_month" and "recorded_month" in present
    if names_month or "event_start_at" not in present:
        return told
    return f"case when row.event_start_at is null then {told} else {NOT_TOLD} end"
