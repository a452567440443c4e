"""What suppliers handed in up to a day: one row per supplier, feed and period, whatever its versions."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pandas as pd

from vrin_data.store import Store

PAIR = ["supplier_id", "feed_id"]
SHOWN_LEVELS = ("stop", "partial", "warn")
"""Levels of findings that the ledger shows, the gravest first; a note stands with its submission alone."""

# A version that was replaced only after the day asked about was still the current one then. What was
# purged since did come, unless something had replaced it before.
HANDED_IN_SQL = """
    with known as (
        select *
        from submission
        where received_at < $until
    ),
    judged as (
        select
            *,
            status = 'accepted'
            or submission_id in (
                select replaces_id from submission where received_at >= $until and replaces_id is not null
            )
            or status = 'purged' and submission_id not in (
                select replaces_id from submission where replaces_id is not null
            ) as is_current
        from known
    ),
    finding as (
        select
            supplier_id,
            feed_id,
            period_start,
            period_end,
            string_agg(evidence, '; ' order by list_position($levels::varchar[], level), check_id) as evidence,
            string_agg(distinct check_id, ', ' order by check_id) as check_ids
        from submission_check
        join judged using (submission_id)
        where is_current and list_contains($levels::varchar[], level)
        group by all
    ),
    unit as (
        select
            supplier_id,
            feed_id,
            period_start,
            period_end,
            min(received_at)::date as received_on,
            bool_or(is_current) as is_current,
            coalesce(bool_or(is_partial) filter (is_current), false) as is_partial,
            coalesce(bool_and(is_nil) filter (is_current), false) as is_nil,
            coalesce(bool_or(is_simulated) filter (is_current), false) as is_simulated,
            count(*) filter (not is_current) as version_count,
            sum(rows_kept_count) filter (is_current) as row_count,
            sum(incident_count) filter (is_current) as incident_count,
            sum(rows_rejected_count) filter (is_current) as rejected_count,
            max(agreement_id) filter (is_current) as came_under
        from judged
        group by supplier_id, feed_id, period_start, period_end
    )
    select
        unit.* exclude (period_start, period_end),
        datediff('month', date '1900-01-01', period_start)::integer as first_month,
        datediff('month', date '1900-01-01', period_end - interval 1 day)::integer as last_month,
        evidence,
        check_ids
    from unit
    left join finding using (supplier_id, feed_id, period_start, period_end)
    order by supplier_id, feed_id, first_month, last_month
"""


@dataclass(frozen=True)
class HandedIn:
    """What stood in a build on a day.

    `units`: supplier_id, feed_id, first_month and last_month (months since January 1900, both included),
    received_on (day of its first version), is_current, is_partial, is_nil, is_simulated, version_count
    (replaced ones), row_count, incident_count, rejected_count, came_under (agreement), evidence, check_ids.
    `suppliers`: supplier_id, supplier_name, kind.
    """

    build_id: str
    built_at: datetime
    units: pd.DataFrame
    suppliers: pd.DataFrame


def handed_in(store: Store, as_of: date) -> HandedIn:
    """What the current build holds of submissions received up to a day, that day included.

    Before the first build nothing was handed in.
    """
    if store.current_build() is None:
        return _nothing(as_of)
    head = store.query("build", "select build_id, created_at from build").iloc[0]
    build_id = str(head["build_id"])
    bound = {"until": as_of + timedelta(days=1), "levels": list(SHOWN_LEVELS)}
    units = store.query("submissions handed in", HANDED_IN_SQL, bound, build_id=build_id)
    units["received_on"] = units["received_on"].astype("datetime64[s]")
    names = store.query(
        "suppliers", "select supplier_id, supplier_name, kind from supplier", build_id=build_id
    )
    return HandedIn(build_id, head["created_at"].to_pydatetime(), units, names)


def _nothing(as_of: date) -> HandedIn:
    words = ["supplier_id", "feed_id", "came_under", "evidence", "check_ids"]
    flags = ["is_current", "is_partial", "is_nil", "is_simulated"]
    numbers = ["first_month", "last_month", "version_count", "row_count", "incident_count", "rejected_count"]
    kinds = dict.fromkeys(words, "object") | dict.fromkeys(flags, "bool") | dict.fromkeys(numbers, "int64")
    units = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
    units["received_on"] = pd.Series(dtype="datetime64[s]")
    names = pd.DataFrame({name: [] for name in ("supplier_id", "supplier_name", "kind")}, dtype=object)
    return HandedIn("none yet", datetime.combine(as_of, time.min), units, names)
