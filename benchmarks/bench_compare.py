"""A draft's whole effect, and twenty definitions in one pass, over 4,000,000 incidents.

`python -m benchmarks.bench_compare [--incidents N]` prints what the first call costs, which counts the
selection by profile, and what every later one does, each with a draft that was never asked before: that
is what a person waits for at a stroke in the editor. Beside it stands one plain group-by of the same rows
in pandas, for one definition and by district and month alone. The incidents are those of `bench_harm`, and
every force of the region sent all its months.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from benchmarks.bench_harm import FIRST, MONTHS, median, spread_store
from vrin_data.contract.ages import BAND_HIGHS
from vrin_data.contract.definition_clauses import AgeClause
from vrin_data.contract.definition_text import as_toml
from vrin_data.contract.definitions import definition, definitions
from vrin_data.contract.periods import later
from vrin_data.measures import (
    Answer,
    CompareRequest,
    DraftRequest,
    Selection,
    clause_steps,
    compare,
    difference_areas,
    difference_offences,
    draft_effect,
    overlap,
)
from vrin_data.measures.decided import decided_profiles
from vrin_data.measures.question import question_of
from vrin_data.store import Store, publish_build

SENDERS = ("derbyshire", "lincolnshire", "northamptonshire", "nottinghamshire")
LAST = later(FIRST, MONTHS - 1)
TERMS = Selection("violence-with-injury", "district", (), FIRST, LAST, feed="police-offences")
COPIED = "leicestershire-vrn"
TWENTY = 20


def main() -> None:
    """Print the time of the editor's call, of twenty definitions, and of what two of them are compared by."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=4_000_000)
    parser.add_argument("--store", type=Path, help="keep the store here, and use it again")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(wanted.store or Path(folder), wanted.incidents)
        _editor(store)
        _twenty(store)
        _pair(store)
        print(
            f"one definition in plain pandas, by district and month  {median(_plain(store)) * 1000:7.0f} ms"
        )
        store.close()


def _editor(store: Store) -> None:
    _editing(store, TERMS, "ten years")
    _editing(store, replace(TERMS, from_month=date(2025, 4, 1)), "12 months")


def _editing(store: Store, terms: Selection, words: str) -> None:
    drafts = iter(_drafts())

    def changed() -> Answer:
        return draft_effect(store, DraftRequest(terms, next(drafts), COPIED))

    first, again = _timed(changed), median(changed)
    print(f"a draft's effect over {words}: first {first * 1000:7.0f} ms, later {again * 1000:7.0f} ms")


def _drafts() -> list[str]:
    """Drafts that differ from each other in their age limits, as they do while somebody edits."""
    copied = definition(COPIED)
    bounds = [
        (least, most)
        for least in (None, 1, 10, 14, 16, 18)
        for most in BAND_HIGHS[3:]
        if most >= (least or 0)
    ]
    return [
        as_toml(copied.model_copy(update={"ages": (AgeClause(whose="either", min=least, max=most),)}))
        for least, most in bounds
    ]


def _twenty(store: Store) -> None:
    refs = tuple(one.ref for one in definitions().values() if one.counts_crimes)[:TWENTY]
    terms = replace(TERMS, to_month=later(LAST, -1))
    first = _timed(lambda: compare(store, CompareRequest(terms, refs)))
    again = median(lambda: compare(store, CompareRequest(terms, refs)))
    print(f"{len(refs)} definitions in one pass: first {first * 1000:7.0f} ms, later {again * 1000:7.0f} ms")


def _pair(store: Store) -> None:
    asked = CompareRequest(TERMS, (f"{COPIED}@1", f"{COPIED}@2"))
    questions: tuple[Callable[[Store, CompareRequest], Answer], ...] = (
        overlap,
        difference_offences,
        difference_areas,
        clause_steps,
    )
    for ask in questions:
        took = median(lambda ask=ask: ask(store, asked))
        print(f"two definitions, {ask.__name__:<24} {took * 1000:7.0f} ms")


def _plain(store: Store) -> Callable[[], pd.DataFrame]:
    """One definition summed by district and month over the rows themselves, decided already."""
    question = question_of(store, TERMS)
    decided = decided_profiles(store, question.facts, question.known.definition, question.edition)
    rows = store.query(
        "rows",
        """
        select fact.month_number, area_level.ancestor_id as area_id, fact.profile_id, fact.incident_count
        from fact
        join area_level on area_level.area_id = fact.area_id and area_level.level = 'district'
        """,
    )

    def summed() -> pd.DataFrame:
        joined = rows.merge(decided, on="profile_id")
        for name in ("sure", "low_each", "central_each", "high_each"):
            joined[name] = joined[name] * joined["incident_count"]
        return joined.groupby(["area_id", "month_number"])[
            ["sure", "low_each", "central_each", "high_each"]
        ].sum()

    return summed


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def store_of(folder: Path, wanted: int) -> Store:
    """The incidents of `bench_harm`, with a submission of every month of every force of the region."""
    if (folder / "store").is_dir():
        return Store.open(folder / "store")
    store = spread_store(folder, wanted)
    with publish_build(store, reason="every force sent", created_at=datetime(2026, 11, 3)) as draft:
        draft.connection.execute("delete from submission where period_start < $first", {"first": FIRST})
        draft.connection.execute(
            """
            insert into submission by name
            with known as (
                select *
                from submission
                order by period_start
                limit 1
            ),
            months as (
                select unnest(generate_series($first::timestamp, $last::timestamp, interval 1 month))::date as month
            ),
            senders as (
                select unnest($senders::varchar[]) as supplier_id
            ),
            wanted as (
                select supplier_id, month
                from senders, months
                where (supplier_id, month) not in (select (supplier_id, period_start) from submission)
            )
            select
                known.* replace (
                    (select max(submission_id) from submission) + row_number() over ()::integer as submission_id,
                    wanted.supplier_id as supplier_id,
                    wanted.month as period_start,
                    (wanted.month + interval 1 month)::date as period_end
                )
            from known, wanted
            """,
            {
                "first": FIRST,
                "last": LAST,
                "senders": [f"{one}-police" for one in ("leicestershire", *SENDERS)],
            },
        )
        draft.connection.execute(
            """
            insert into supplier
            select supplier_id, supplier_name, 'police', home_area_code
            from (
                select
                    unnest($ids::varchar[]) as supplier_id,
                    unnest($ids::varchar[]) as supplier_name,
                    unnest($homes::varchar[]) as home_area_code
            )
            """,
            {
                "ids": [f"{one}-police" for one in SENDERS],
                "homes": ["E23000018", "E23000020", "E23000022", "E23000019"],
            },
        )
    return store


if __name__ == "__main__":
    main()
