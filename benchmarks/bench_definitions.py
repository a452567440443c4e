"""Definitions over a region's 4,000,000 facts and a country's 60,000,000, beside pandas and Polars on the same rows.

`python -m benchmarks.bench_definitions [--facts 60000000] [--folder DIR] [--polars PYTHON]` prints bytes a fact,
the time of each question as a person first asks it and again, its processor seconds, the same figures grouped by
pandas and Polars, their ratio, and the peak memory of the questions alone. All of them begin with the profiles
decided; the others hold every fact in memory, while the scan reads the store. Polars is no dependency: `--polars`
names the Python of another environment that has it. Every part runs in a process of its own. Where other work
runs beside it, the processor seconds and the ratios are the ones to compare; a folder given is kept, so that the
stores need not be made again.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.country import FIRST, MONTHS, made_store
from vrin_data.contract.definition_text import as_toml
from vrin_data.contract.definitions import definition, definitions
from vrin_data.contract.periods import later
from vrin_data.measures import CompareRequest, DraftRequest, Selection, compare, draft_effect, harm
from vrin_data.measures.cells import cells
from vrin_data.measures.decided import decided_profiles
from vrin_data.measures.question import question_of
from vrin_data.measures.selection import month_number
from vrin_data.store import Store

RUNS = 5
LAST = later(FIRST, MONTHS - 1)
YEAR_BEFORE = later(LAST, -11)
DEFINITION, WIDE = "violence-with-injury", "all-recorded-crime"
DRAFT = """
id = "draft"
version = 1
name = "Knives and violence with injury"
status = "local"
source = "benchmark"
author = "benchmark"
valid_from = 2023-01-31
unit = "offence"
reason = "to measure"
[include]
sets = ["VWI"]
[filters]
weapon = ["sharp", "{weapon}"]
"""
WEAPONS = ("sharp", "firearm", "blunt", "corrosive", "other", "none")
AGES = (9, 13, 15, 17, 19, 24)
"""One more at every stroke, so that no draft is one asked before."""


def main() -> None:
    """Print the figures of each store, each part in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--facts", type=int, nargs="+", default=[4_000_000, 60_000_000])
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--polars", type=Path, help="the Python of an environment that has Polars")
    parser.add_argument("--part", choices=sorted(PARTS))
    options = parser.parse_args()
    if options.part:
        PARTS[options.part](Store.open(options.folder / "store"), options)
        return
    with tempfile.TemporaryDirectory() as made:
        for facts in options.facts:
            folder = (options.folder or Path(made)) / str(facts)
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / "store" / "builds" / "current").exists():
                made_store(folder, facts).close()
            for part in PARTS:
                words = [sys.executable, "-m", "benchmarks.bench_definitions", "--part", part]
                words += ["--polars", str(options.polars)] if options.polars else []
                subprocess.run([*words, "--folder", str(folder)], check=True)


def size(store: Store, _: argparse.Namespace) -> None:
    """Print how many facts there are, and bytes a fact: those of all blocks in which a column of them lies."""
    found = store.query(
        "size",
        """
        select
            (select count(*) from fact) as facts,
            (select count(*) from profile) as profiles,
            count(distinct block_id) * 262144 as bytes
        from pragma_storage_info('fact')
        where persistent
        """,
    ).iloc[0]
    each = found["bytes"] / found["facts"]
    print(
        f"\n{found['facts']:,} facts, {found['profiles']:,} profiles: at most {each:.2f} bytes a fact",
        flush=True,
    )


def questions(store: Store, _: argparse.Namespace) -> None:
    """Print how long each question takes, and the peak memory of all of them."""
    by_month = Selection(DEFINITION, "district", ("area", "month"), FIRST, LAST, feed="police-offences")
    year = Selection(DEFINITION, "lsoa", ("area",), YEAR_BEFORE, LAST, feed="police-offences")
    refs = tuple(one for one, what in definitions().items() if what.counts_crimes)[:20]
    _timed("district by month, the scan", lambda: _cells(store, by_month))
    _timed("district by month, every crime, the scan", lambda: _cells(store, by_month, WIDE))
    _timed("district by month, the whole answer", lambda: harm(store, by_month))
    _timed("12-month LSOA map, the scan", lambda: _cells(store, year))
    _timed("12-month LSOA map, the whole answer", lambda: harm(store, year))
    every = replace(year, definition=WIDE)
    _timed("12-month LSOA map, every crime, whole answer", lambda: harm(store, every))
    _timed(
        f"{len(refs)} definitions side by side, 12 months", lambda: compare(store, CompareRequest(year, refs))
    )
    months = Selection(DEFINITION, "district", ("area",), FIRST, LAST, feed="police-offences")
    _timed(f"{len(refs)} definitions side by side", lambda: compare(store, CompareRequest(months, refs)))
    texts = iter(DRAFT.replace("{weapon}", weapon) for weapon in WEAPONS)
    _timed("a draft's every effect", lambda: _effect(store, months, next(texts)))
    wide = iter(f'{_as_draft(WIDE)}[[ages]]\nwhose = "victim"\nmax = {age}\n' for age in AGES)
    _timed("a draft of every crime, its every effect", lambda: _effect(store, months, next(wide)))
    print(f"peak memory of these: {_peak():,.0f} MB", flush=True)


def _effect(store: Store, months: Selection, text: str) -> object:
    return draft_effect(store, DraftRequest(months, text, beside=DEFINITION))


def _as_draft(definition_id: str) -> str:
    return as_toml(definition(definition_id)).replace(f'id = "{definition_id}"', 'id = "draft"')


def beside_others(store: Store, options: argparse.Namespace) -> None:
    """Print how long pandas and Polars take to group the same rows, all of them in memory, beside the scan."""
    facts = store.query(
        "facts",
        "select month_number, area_id, profile_id, incident_count from fact where feed_id = 'police-offences'",
    )
    up = store.query("areas", "select area_id, ancestor_id from area_level where level = 'district'")
    district = up.set_index("area_id")["ancestor_id"]
    by_month = Selection(DEFINITION, "district", ("area", "month"), FIRST, LAST, feed="police-offences")
    year = Selection(DEFINITION, "lsoa", ("area",), YEAR_BEFORE, LAST, feed="police-offences")
    _beside("district by month", store, by_month, lambda told: _grouped(facts, told, district))
    _beside("12-month LSOA map", store, year, lambda told: _grouped(_since(facts, YEAR_BEFORE), told, None))
    if options.polars:
        with tempfile.TemporaryDirectory() as folder:
            facts.to_parquet(Path(folder) / "facts.parquet")
            up.to_parquet(Path(folder) / "up.parquet")
            for what, selection in (("district by month", by_month), ("12-month LSOA map", year)):
                _beside_polars(what, store, selection, (options.polars, Path(folder)))
    else:
        print("Polars: not compared, since --polars names no environment that has it", flush=True)


def _beside(
    what: str, store: Store, selection: Selection, group: Callable[[pd.DataFrame], pd.DataFrame]
) -> None:
    told = _told(store, selection)
    theirs = _timed(f"{what}, pandas", lambda: group(told), runs=3)
    ours = _timed(f"{what}, the scan", lambda: _cells(store, selection), runs=3)
    found, same = _cells(store, selection), group(told)
    assert np.isclose(found["harm_days_high"].sum(), same["harm_days_high"].sum())
    print(f"{what}: pandas takes {theirs / ours:.1f} times the processor seconds", flush=True)


def _beside_polars(what: str, store: Store, selection: Selection, where: tuple[Path, Path]) -> None:
    python, folder = where
    _told(store, selection).to_parquet(folder / "told.parquet")
    script = Path(__file__).with_name("with_polars.py")
    words = [python, script, folder, month_number(selection.from_month), selection.level]
    run = subprocess.run([*map(str, words)], capture_output=True, text=True, check=True)
    theirs, seconds, harm_days = map(float, run.stdout.split())
    print(
        f"{what + ', Polars':44s} then {seconds * 1000:6.0f} ms, {theirs * 1000:6.0f} ms of processor",
        flush=True,
    )
    ours = _timed(f"{what}, the scan", lambda: _cells(store, selection), runs=3)
    assert np.isclose(_cells(store, selection)["harm_days_high"].sum(), harm_days)
    print(f"{what}: Polars takes {theirs / ours:.1f} times the processor seconds", flush=True)


def _told(store: Store, selection: Selection) -> pd.DataFrame:
    """The profiles that are in, or may be, and what one incident of each adds."""
    question = question_of(store, selection)
    return decided_profiles(store, question.facts, question.known.definition, question.edition)


def _since(facts: pd.DataFrame, month: date) -> pd.DataFrame:
    return facts[facts["month_number"] >= month_number(month)]


def _grouped(facts: pd.DataFrame, told: pd.DataFrame, district: pd.Series | None) -> pd.DataFrame:
    """The sums of the scan, as an analyst with a frame of facts and one of decided profiles would make them."""
    own = facts.merge(told[["profile_id", "sure", "low_each", "central_each", "high_each"]], on="profile_id")
    place = own["area_id"] if district is None else own["area_id"].map(district)
    count = own["incident_count"]
    sums = pd.DataFrame(
        {
            "incident_count_low": count * own["sure"],
            "incident_count_high": count,
            "harm_days_low": count * own["low_each"],
            "harm_days": count * own["central_each"],
            "harm_days_high": count * own["high_each"],
        }
    )
    return sums.groupby([place, own["month_number"]]).sum()


def _cells(store: Store, selection: Selection, definition: str | None = None) -> pd.DataFrame:
    asked = selection if definition is None else replace(selection, definition=definition)
    return cells(store, question_of(store, asked), level=asked.level, with_month=True)


def _timed(what: str, work: Callable[[], object], *, runs: int = RUNS) -> float:
    """Print and give the median of the processor seconds after the first run."""
    walls, processors = [], []
    for _ in range(runs + 1):
        began, used = time.perf_counter(), time.process_time()
        work()
        walls.append(time.perf_counter() - began)
        processors.append(time.process_time() - used)
    middle, processor = statistics.median(walls[1:]), statistics.median(processors[1:])
    print(
        f"{what:44s} first {walls[0] * 1000:7.0f} ms, then {middle * 1000:6.0f} ms "
        f"(least {min(walls) * 1000:6.0f}), {processor * 1000:6.0f} ms of processor",
        flush=True,
    )
    return processor


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS: dict[str, Callable[[Store, argparse.Namespace], None]] = {
    "size": size,
    "questions": questions,
    "others": beside_others,
}

if __name__ == "__main__":
    main()
