"""Mangled files of every feed handed in one after another: nothing crashes, nothing is lost, every line is named.

`python -m tests.second.fuzz --seconds 300` goes on for as long as it is told and prints what it found.
"""

import argparse
import random
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.second.containers import mangled
from tests.second.files import make_file
from tests.second.words import feed_tomls
from vrin_data.errors import VrinError
from vrin_data.intake import Batch, IngestResult, ingest_batches
from vrin_data.intake.terms import Acceptance
from vrin_data.store import Store

RECEIVED_AT = datetime(2024, 6, 30, 12)
BY = Acceptance("A. Tester", "to see what becomes of it")
# The name of an error that nobody foresaw. Damage within a Parquet file has no line; what ends DuckDB is known.
UNFORESEEN = re.compile(r"(?<!parquet: )(?:could not|its rows cannot) be read \((?!FatalException)\w+\)")


_NAMELESS = (
    "select * from rejected_row where line_number is null or line_number < 1 or reason = '' or rule = ''"
)
# Of a wide table one line holds a row for every month.
_BOTH = """
    select rejected_row.file_name, line_number
    from rejected_row
    join submission using (submission_id)
    join incident on incident.submission_id = submission.submission_id and source_line = line_number
    where submission.feed_id <> 'monthly-counts'
"""


class FuzzFailure(AssertionError):
    """What a mangled file did that no file may do."""


def fuzz_once(store: Store, seed: int, folder: Path) -> str:
    """Hand in the mangled file of a seed and say in a word what became of it.

    Raises FuzzFailure, with what was done to the file, where a law is broken.
    """
    draw = random.Random(seed)
    feed = draw.choice(list(feed_tomls().values()))
    made = make_file(feed, seed, rows=draw.randint(0, 25))
    name, content, words = mangled(draw, made, folder)
    path = folder / name
    path.write_bytes(content)
    before = (store.current_build(), _fingerprint(store))
    what = f"seed {seed}: {feed['id']} as {name}, {words}"
    feed_id = "auto" if draw.random() < 0.1 else feed["id"]
    try:
        result = ingest_batches(
            store, [Batch(feed_id, (path,), supplier=made.sender, accepted=BY)], received_at=RECEIVED_AT
        )
    except VrinError as error:
        _same_as_before(store, before, what)
        return f"error: {type(error).__name__}"
    except Exception as error:
        raise FuzzFailure(f"{what}: {type(error).__name__}: {error}\n{traceback.format_exc()}") from error
    finally:
        path.unlink(missing_ok=True)
    return _checked(store, result, before, what)


def _checked(store: Store, result: IngestResult, before: Any, what: str) -> str:
    """What became of a file, its laws held."""
    if result.build_id is None:
        _same_as_before(store, before, what)
    for one in result.submissions:
        _hold(one.rows_in == one.rows_kept + one.rows_rejected, f"{what}: {one.rows_in} rows are not {one}")
        _hold(not UNFORESEEN.search(one.reason), f"{what}: {one.reason}")
        if one.status == "refused":
            _hold(bool(one.reason.strip()), f"{what}: refused without a word")
            is_of_rows = "rows cannot be used" in one.reason
            _hold(
                not is_of_rows or bool(re.search(r"line \d", one.reason)),
                f"{what}: names no line: {one.reason}",
            )
    if result.build_id is not None:
        _hold_rejected(store, what)
    statuses = Counter(one.status for one in result.submissions)
    return ", ".join(sorted(statuses)) or "nothing"


def _hold_rejected(store: Store, what: str) -> None:
    """Every rejected row has its line, its rule and its reason, and is in no incident of the same file."""
    nameless = _rows(store, _NAMELESS)
    _hold(not nameless, f"{what}: {nameless}")
    both = _rows(store, _BOTH)
    _hold(not both, f"{what}: kept and rejected at once: {both}")
    sums = "select * from submission where rows_in_count <> rows_kept_count + rows_rejected_count"
    _hold(not _rows(store, sums), f"{what}: rows in are not those kept and rejected")


def _same_as_before(store: Store, before: Any, what: str) -> None:
    _hold((store.current_build(), _fingerprint(store)) == before, f"{what}: the build is not what it was")
    _hold(not (store.path / "work").exists(), f"{what}: files were left behind")


def _fingerprint(store: Store) -> Any:
    return _rows(store, "select count(*), sum(hash(incident)::hugeint)::varchar from incident") + _rows(
        store, "select count(*) from submission"
    )


def _rows(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return list(store.query("fuzz", sql).itertuples(index=False, name=None))


def _hold(holds: bool, words: str) -> None:
    if not holds:
        raise FuzzFailure(words)


def run(
    base: Path, seeds: Iterator[int], goes_on: Callable[[], bool], renewed_after: int = 40
) -> tuple[Counter[str], list[str]]:
    """What became of the files of these seeds, counted, and every failure in words.

    The store is a copy of `base`, made anew now and then and after each failure.
    """
    became: Counter[str] = Counter()
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as room:
        store, used = _copy(base, Path(room), 0), 0
        for number, seed in enumerate(seeds, start=1):
            if not goes_on():
                break
            try:
                became[fuzz_once(store, seed, Path(room))] += 1
                used += 1
            except FuzzFailure as failure:
                failures.append(str(failure))
                used = renewed_after
            if used >= renewed_after:
                store.close()
                store, used = _copy(base, Path(room), number), 0
        store.close()
    return became, failures


def _copy(base: Path, room: Path, number: int) -> Store:
    shutil.rmtree(room / f"store{number - 1}", ignore_errors=True)
    return Store.open(shutil.copytree(base, room / f"store{number}"))


def _base(folder: Path) -> Path:
    """A store with areas, an agreement and one incident."""
    from tests.conftest import agree_to_everything  # pytest is there wherever this runs
    from vrin_data.intake import ingest

    store = Store.open(folder / "store")
    agree_to_everything(store)
    file = folder / "base.csv"
    file.write_text(
        "Crime reference,Force,HO code,Recorded date\nBASE,Derbyshire,8N,05/01/2024\n", encoding="utf-8"
    )
    ingest(store, "police-offences", [file], received_at=RECEIVED_AT)
    store.close()
    return store.path


def main() -> int:
    """Fuzz for so many seconds; 1 where a law was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--only", type=int, help="this seed alone")
    said = parser.parse_args()
    until = time.monotonic() + said.seconds
    seeds = iter([said.only]) if said.only is not None else iter(range(said.seed, sys.maxsize))
    with tempfile.TemporaryDirectory() as folder:
        became, failures = run(_base(Path(folder)), seeds, lambda: time.monotonic() < until)
    for failure in failures:
        print(failure, end="\n\n")
    print(
        f"{sum(became.values()) + len(failures)} files: {dict(became.most_common())}; {len(failures)} failures"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
