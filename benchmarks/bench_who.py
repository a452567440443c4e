"""How long who, when and where take on a made-up country, each incident one by one with a victim: printed.

`python -m benchmarks.bench_who [INCIDENTS]`
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from benchmarks.country import FEED, made_store
from vrin_data import measures
from vrin_data.measures import KindsRequest, MomentsRequest, PeopleRequest, Selection
from vrin_data.measures.moment_rows import moments_read
from vrin_data.measures.person_rows import persons_read
from vrin_data.store import Store, publish_build

# Times over three years before the month's end, one in six with an end hours later; ages from 10 to 79.
INCIDENTS_SQL = """
    insert into incident by name
    with placed as (
        select
            fact.*,
            unnest(range(incident_count)) as copy,
            (date '1900-01-01' + to_months(month_number::integer))::date as recorded_month
        from fact
        where feed_id = $feed
    ),
    sent as (
        select submission_id, period_start, area_level.area_id
        from submission
        join supplier using (supplier_id)
        join area on area.area_code = supplier.home_area_code
        join area_level on area_level.ancestor_id = area.area_id
    ),
    numbered as (
        select
            row_number() over (order by recorded_month, placed.area_id) as incident_id,
            submission_id,
            profile_id,
            placed.area_id,
            recorded_month,
            recorded_month::timestamp + to_seconds(60 * floor(random() * 40000)) as event_start_at
        from placed
        join sent on sent.area_id = placed.area_id and sent.period_start = recorded_month
    )
    select
        *,
        incident_id as source_line,
        'month' as recorded_precision,
        case when random() < 0.16 then event_start_at + to_seconds(60 * floor(random() * 1500)) end as event_end_at,
        'minute' as event_precision,
        'lsoa' as place_precision,
        1 as signed_quantity,
        1 as signed_quantity_high
    from numbered
    order by incident_id
"""
PERSONS_SQL = """
    insert into person by name
    select
        incident_id,
        role,
        case when random() < 0.9 then (10 + floor(random() * 70))::smallint end as age_years,
        case when random() < 0.5 then 'male' else 'female' end as sex
    from incident, (values ('victim'), ('suspect')) as part (role)
    where role = 'victim' or hash(incident_id) % 10 < 4
    order by incident_id
"""


def store_of(folder: Path, incidents: int) -> Store:
    """A country's store with its incidents one by one, each with a victim."""
    store = made_store(folder, incidents)
    with publish_build(store, reason="one by one", created_at=datetime(2026, 11, 3)) as draft:
        draft.connection.execute("select setseed(0.5)")
        draft.connection.execute(INCIDENTS_SQL, {"feed": FEED})
        draft.connection.execute(PERSONS_SQL)
    return store


def timed(name: str, ask: Callable[[], object]) -> None:
    """Ask once and print how long it took, what was kept of earlier answers forgotten."""
    moments_read.cache_clear()
    persons_read.cache_clear()
    start = time.perf_counter()
    ask()
    print(f"  {name}: {(time.perf_counter() - start) * 1000:,.0f} ms")


def main() -> None:
    """Print the times over a year and over ten."""
    incidents = int(sys.argv[1]) if len(sys.argv) > 1 else 4_000_000
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(Path(folder), incidents)
        count = store.query("incidents", "select count(*) as n from incident")["n"].iloc[0]
        print(f"{count:,} incidents")
        for words, first in (("a year", date(2025, 4, 1)), ("ten years", date(2016, 4, 1))):
            for definition in ("violence-with-injury", "all-recorded-crime"):
                selection = Selection(
                    definition=definition, by=(), level="force", from_month=first, to_month=date(2026, 3, 1)
                )
                measures.harm(store, selection)
                print(f"{definition}, {words}")
                timed("when", lambda asked=selection: measures.moments(store, MomentsRequest(asked)))  # type: ignore[misc]
                timed("who", lambda asked=selection: measures.people(store, PeopleRequest(asked)))  # type: ignore[misc]
                timed("where", lambda asked=selection: measures.kinds(store, KindsRequest(asked)))  # type: ignore[misc]
                timed(
                    "where by month",
                    lambda asked=selection: measures.kinds_by_month(store, KindsRequest(asked)),  # type: ignore[misc]
                )
        store.close()


if __name__ == "__main__":
    main()
