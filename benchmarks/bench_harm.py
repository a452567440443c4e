"""The harm question over 4,000,000 incidents, beside a bare scan of the same columns.

`python -m benchmarks.bench_harm [--incidents N]` prints both in one run, with their ratio. The
incidents are those of a generated extract, spread by chance over every sample neighbourhood of the
region and 120 months; the definition has not been asked before.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from benchmarks import generate_offences
from benchmarks.agreement import agree
from vrin_data.intake import ingest
from vrin_data.measures import Selection, harm
from vrin_data.measures.cells import cells
from vrin_data.measures.question import question_of
from vrin_data.store import Store, publish_build

SEED_ROWS = 200_000
MONTHS = 120
FIRST = date(2016, 4, 1)
RUNS = 7


def main() -> None:
    """Print the time of the question, of the whole measure, and of a bare scan."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=4_000_000)
    wanted = parser.parse_args().incidents
    with tempfile.TemporaryDirectory() as folder:
        store = spread_store(Path(folder), wanted)
        size = store.query("size", "select count(*) as n, count(distinct profile_id) as p from fact").iloc[0]
        print(f"facts {size['n']:,}, profiles {size['p']:,}, areas x months {2_848 * MONTHS:,}")
        selection = Selection(
            "violence-with-injury", "lsoa", ("area", "month"), FIRST, date(2026, 3, 1), feed="police-offences"
        )
        question = question_of(store, selection)
        bare = median(lambda: store.query("scan", SCAN))
        asked = median(lambda: cells(store, question, level="lsoa", with_month=True))
        year = Selection(
            selection.definition,
            "lsoa",
            ("area",),
            date(2025, 4, 1),
            date(2026, 3, 1),
            feed="police-offences",
        )
        print(f"bare scan of month, area, profile, count : {bare * 1000:8.0f} ms")
        print(
            f"harm by LSOA and month, the query        : {asked * 1000:8.0f} ms  {asked / bare:5.1f} x the scan"
        )
        print(
            f"harm by LSOA and month, the whole answer : {median(lambda: harm(store, selection)) * 1000:8.0f} ms"
        )
        print(
            f"harm by LSOA for 12 months, whole answer : {median(lambda: harm(store, year)) * 1000:8.0f} ms"
        )
        store.close()


SCAN = "select sum(month_number), sum(area_id), sum(profile_id), sum(incident_count) from fact"


def median(work: Callable[[], object]) -> float:
    """Seconds of the middle one of some runs, the first left out."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def spread_store(folder: Path, wanted: int) -> Store:
    """A store of so many incidents, spread by chance over the neighbourhoods and months of the region."""
    store = Store.open(folder / "store")
    file = folder / "leicestershire.csv"
    generate_offences.write(file, rows=SEED_ROWS, seed=1)
    agree(store, "leicestershire-police", "police-offences", start=FIRST)
    ingest(store, "police-offences", [file], received_at=datetime(2026, 11, 1))
    with publish_build(store, reason="spread over the region", created_at=datetime(2026, 11, 2)) as draft:
        draft.connection.execute("select setseed(0.5)")
        draft.connection.execute(
            """
            create or replace temp table spread as
            with places as (
                select list(area_id order by area_id) as ids from area where level = 'lsoa'
            ),
            seeds as (
                select list(profile_id order by incident_id) as profiles from incident
            )
            select
                ($first + floor(random() * $months))::usmallint as month_number,
                ids[1 + floor(random() * len(ids))::integer] as area_id,
                profiles[1 + floor(random() * len(profiles))::integer] as profile_id
            from range($wanted), places, seeds
            """,
            {"first": (FIRST.year - 1900) * 12 + FIRST.month - 1, "months": MONTHS, "wanted": wanted},
        )
        draft.connection.execute("delete from fact")
        draft.connection.execute(
            """
            insert into fact
            select 'police-offences', month_number, area_id, profile_id, count(*)::integer, 0
            from spread
            group by all
            order by all
            """
        )
        draft.connection.execute("drop table spread")
    return store


if __name__ == "__main__":
    main()
