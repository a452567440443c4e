"""A made-up store the size of England and Wales: areas, suppliers that sent every month, and so many facts.

Profiles are those of a generated extract, as often as they occur there. Areas are numbers with names; nothing
of it describes a real place.
"""

from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks import generate_offences
from benchmarks.agreement import agree
from vrin_data.contract.periods import later
from vrin_data.intake import ingest
from vrin_data.measures.selection import month_number
from vrin_data.store import Store, publish_build
from vrin_data.store.frames import add_rows

SEED_SHARE, LEAST_SEEDS, MOST_SEEDS = 20, 200_000, 1_000_000
"""Rows of the generated extract whose profiles the facts have: one for so many facts, within bounds."""
FIRST, MONTHS = date(2016, 4, 1), 120
REGIONS, FORCES, DISTRICTS, LSOAS = 10, 43, 318, 35_672
FEED = "police-offences"
OTHER_SHARE = 50
"""One fact in so many is another feed's, so that the feed has to be told."""


def made_store(folder: Path, facts: int) -> Store:
    """A store of so many facts, a year's more or less, whose areas and suppliers cover the whole country."""
    store = Store.open(folder / "store")
    file = folder / "leicestershire.csv"
    generate_offences.write(file, rows=min(max(facts // SEED_SHARE, LEAST_SEEDS), MOST_SEEDS), seed=1)
    agree(store, "leicestershire-police", FEED, start=FIRST)
    ingest(store, FEED, [file], received_at=datetime(2026, 11, 1))
    with publish_build(
        store, reason="made up for the whole country", created_at=datetime(2026, 11, 2)
    ) as draft:
        run = draft.connection.execute
        run("create temp table seed as select profile_id, row_number() over () - 1 as number from incident")
        for table in (
            "area",
            "area_level",
            "population",
            "boundary",
            "area_link",
            "incident",
            "person",
            "fact",
        ):
            run(f"delete from {table}")
        for table, frame in _areas().items():
            add_rows(draft.connection, table, frame)
        _add_senders(draft.connection)
        run("select setseed(0.5)")
        for number in range(MONTHS):
            run(
                FACTS_SQL,
                {"month": month_number(later(FIRST, number)), "rows": facts // MONTHS, "feed": FEED},
            )
        other = {"month": month_number(later(FIRST, MONTHS)), "rows": facts // OTHER_SHARE}
        run(FACTS_SQL, {**other, "feed": "police-uk"})
        run("drop table seed")
    return store


def _areas() -> dict[str, pd.DataFrame]:
    """Regions, forces, districts and neighbourhoods, each within the one before."""
    counts = {"region": REGIONS, "force": FORCES, "district": DISTRICTS, "lsoa": LSOAS}
    starts = dict(zip(counts, np.cumsum([1, *counts.values()]), strict=False))
    frames, closure, above = [], [], pd.DataFrame()
    for level, count in counts.items():
        ids = starts[level] + np.arange(count)
        codes = [f"{level[0].upper()}{number:08d}" for number in ids]
        frames.append(pd.DataFrame({"area_id": ids, "area_code": codes, "area_name": codes, "level": level}))
        own = pd.DataFrame({level: ids})
        if len(above):
            own = above.iloc[np.arange(count) * len(above) // count].reset_index(drop=True).join(own)
        closure += [
            pd.DataFrame({"area_id": own[level], "level": up, "ancestor_id": own[up]}) for up in own.columns
        ]
        above = own
    area = pd.concat(frames, ignore_index=True).assign(
        vintage="made up", is_approximate=True, source="made up"
    )
    people = area[["area_code"]].assign(year=2024, person_count=1_700, basis="made up", source="made up")
    return {"area": area, "area_level": pd.concat(closure, ignore_index=True), "population": people}


def _add_senders(connection) -> None:  # type: ignore[no-untyped-def]
    """One supplier a force, whose months all came whole: the seed's one submission, told of each."""
    connection.execute(
        """
        create temp table one as select * from submission limit 1;
        delete from supplier;
        insert into supplier
        select 'police-' || area_code, 'Police of ' || area_code, 'police', area_code
        from area where level = 'force';
        delete from submission;
        """
    )
    connection.execute(
        """
        insert into submission by name
        select
            one.* replace (
                row_number() over ()::integer as submission_id,
                supplier.supplier_id as supplier_id,
                ($first::date + to_months(number::integer))::date as period_start,
                ($first::date + to_months(number::integer + 1))::date as period_end,
                false as is_partial
            )
        from one, supplier, range($months) as months (number)
        """,
        {"first": FIRST, "months": MONTHS},
    )
    connection.execute("drop table one")


FACTS_SQL = """
    insert into fact
    with bounds as (
        select min(area_id) as first, count(*) as areas, (select count(*) from seed) as seeds
        from area where level = 'lsoa'
    ),
    drawn as materialized (
        select
            (first + floor(random() * areas))::integer as area_id,
            floor(random() * seeds)::bigint as number
        from range($rows), bounds
    )
    select $feed, $month::usmallint, area_id, profile_id, count(*)::integer, 0
    from drawn
    join seed using (number)
    group by all
    order by area_id, profile_id
"""
"""The facts of one month, drawn evenly over the neighbourhoods."""
