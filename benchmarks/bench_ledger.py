"""The ledger over 10 years of 60 feeds, at the server, beside its aim.

    python -m benchmarks.bench_ledger [--years 10] [--pairs 60] [--runs 9]

A pair is one supplier's feed by month: half of them under an agreement each, half of them without.
Every fourth period was sent twice, one in twenty is missing, one in twenty came in part with a finding.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from benchmarks.agreement import agree
from vrin_data.contract.feeds import feeds
from vrin_data.contract.suppliers import suppliers
from vrin_data.measures import LedgerRequest, chase, ledger, timeliness
from vrin_data.measures.ledger import _made as kept_answers
from vrin_data.store import Store, publish_build

AIM_S = 0.3
LAST = date(2026, 3, 1)
AS_OF = date(2026, 6, 15)


def main() -> None:
    """Print the time of the ledger, and of all that its page asks, beside the aim."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--pairs", type=int, default=60)
    options.add_argument("--runs", type=int, default=9)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = _store(Path(folder), asked.years, asked.pairs)
        request = LedgerRequest(as_of=AS_OF)
        rows = len(ledger(store, request).unprotected)
        counted = store.query(
            "size", "select count(*) as n, count(*) filter (status = 'accepted') as a from submission"
        ).iloc[0]
        print(f"{rows:,} supplier-periods, {counted['n']:,} submissions, {counted['a']:,} of them current")
        for name, work in (
            ("ledger", lambda: ledger(store, request)),
            ("ledger, timeliness and chase list", lambda: _page(store, request)),
        ):
            wall, cpu = _median(work, asked.runs)
            print(f"{name:<34}: {wall * 1000:4.0f} ms, CPU {cpu * 1000:4.0f} ms  (aim {AIM_S * 1000:.0f} ms)")
        store.close()


def _page(store: Store, request: LedgerRequest) -> None:
    ledger(store, request)
    timeliness(store, request)
    chase(store, request)


def _median(work: Callable[[], object], runs: int) -> tuple[float, float]:
    """Seconds by the clock and of this process, nothing kept from the run before."""
    walls, cpus = [], []
    for _ in range(runs):
        kept_answers.cache_clear()
        began, began_cpu = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - began)
        cpus.append(time.process_time() - began_cpu)
    return statistics.median(walls), statistics.median(cpus)


def _pairs(wanted: int) -> list[tuple[str, str]]:
    monthly = [one for one in feeds().values() if one.period_length == "month"]
    found = [
        (supplier.supplier_id, feed.id)
        for feed in monthly
        for supplier in suppliers().values()
        if supplier.kind in feed.supplier_kinds
    ]
    return found[:: max(1, len(found) // wanted)][:wanted]


def _store(folder: Path, years: int, wanted: int) -> Store:
    store = Store.open(folder / "store")
    pairs = _pairs(wanted)
    first = date(LAST.year - years, LAST.month + 1, 1)
    with publish_build(store, reason="ledger", created_at=datetime(2026, 6, 15)) as draft:
        bound = {"suppliers": [one for one, _ in pairs], "feeds": [one for _, one in pairs]}
        draft.connection.execute(
            """
            insert into supplier
            select distinct unnest($suppliers::varchar[]), unnest($suppliers::varchar[]), 'police', null
            """,
            {"suppliers": bound["suppliers"]},
        )
        draft.connection.execute(SUBMISSIONS_SQL, bound | {"first": first, "last": LAST})
        draft.connection.execute(
            """
            insert into submission_check
            select submission_id, 'volume', 'partial', '45% of the usual number'
            from submission
            where is_partial
            """
        )
    for supplier, feed in pairs[::2]:
        agree(store, supplier, feed, start=first)
    return store


SUBMISSIONS_SQL = """
    insert into submission by name
    with pair as (
        select
            unnest($suppliers::varchar[]) as supplier_id,
            unnest($feeds::varchar[]) as feed_id,
            generate_subscripts($suppliers::varchar[], 1) as pair
    ),
    expected as (
        select
            pair.*,
            month::date as period_start,
            (month + interval 1 month)::date as period_end,
            row_number() over (order by pair, month) as n
        from pair, range($first::timestamp, $last::timestamp + interval 1 day, interval 1 month) as months (month)
    ),
    sent as (
        select *, version, version = least(n % 4, 1) as is_last
        from expected, range(2) as versions (version)
        where n % 20 <> 7 and version <= (n % 4 = 1)::integer
    )
    select
        row_number() over (order by n, version)::integer as submission_id,
        supplier_id,
        feed_id,
        '000001' as build_id,
        period_start,
        period_end,
        'replace_period' as mode,
        case when n % 4 = 1 and version = 0 then 'superseded' else 'accepted' end as status,
        false as is_nil,
        n % 20 = 3 as is_partial,
        'file.csv' as file_name,
        '0' as file_hash,
        '0' as content_hash,
        period_end + to_days((5 + n % 40)::integer) as received_at,
        1000 as rows_in_count,
        990 as rows_kept_count,
        10 as rows_rejected_count,
        980 as incident_count,
        0 as rows_corrected_count,
        true as is_simulated
    from sent
"""


if __name__ == "__main__":
    main()
