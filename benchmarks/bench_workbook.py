"""A workbook from file to table of text, beside what else reads it.

`python -m benchmarks.bench_workbook [--rows N] [--runs N]` writes an XLSX of 14 columns and prints seconds
of processor time, seconds by the clock and peak memory of each, measured in processes of their own
that take turns, with their ratios. openpyxl takes part where it is installed.
"""

import argparse
import importlib.util
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

COLUMNS = (
    "crime_reference",
    "force",
    "ho_code",
    "ho_classification",
    "occurred_from",
    "recorded_date",
    "easting",
    "northing",
    "location_type",
    "weapon",
    "domestic",
    "victim_age",
    "victim_sex",
    "status",
)


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--contender", choices=sorted(CONTENDERS))
    parser.add_argument("--book", type=Path)
    options = parser.parse_args()
    if options.contender:
        _measure(CONTENDERS[options.contender], options.book)
        return
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "offences.xlsx"
        # In a process of its own: what this one has once used would count as its children's.
        _run_apart(f"import benchmarks.bench_workbook as b; b.write_book({str(book)!r}, {options.rows})")
        print(f"{options.rows:,} rows, {len(COLUMNS)} columns, {book.stat().st_size / 2**20:.1f} MB")
        _compare(book, options.runs)


def _measure(contender: Callable[[], Callable[[Path], int]], book: Path) -> None:
    """Print rows, seconds and memory; what is imported beforehand costs nothing."""
    read = contender()
    began, processor = time.perf_counter(), _processor()
    rows = read(book)
    memory = max(resource.getrusage(who).ru_maxrss for who in PROCESSES) / 1024
    print(rows, _processor() - processor, time.perf_counter() - began, memory)


def _processor() -> float:
    spent = [resource.getrusage(who) for who in PROCESSES]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _compare(book: Path, runs: int) -> None:
    names = [name for name in CONTENDERS if name != "openpyxl" or importlib.util.find_spec("openpyxl")]
    seen: dict[str, list[list[float]]] = {name: [] for name in names}
    for _ in range(runs):
        for name in names:
            seen[name].append(_run(name, book))
    if len({tuple(one[0] for one in taken) for taken in seen.values()}) > 1:
        raise SystemExit(f"the contenders read different numbers of rows: {seen}")
    medians = {
        name: [statistics.median(column) for column in zip(*taken, strict=True)]
        for name, taken in seen.items()
    }
    for name, (_, processor, clock, memory) in medians.items():
        ratio = processor / medians["vrin"][1]
        print(
            f"{name:18s} {processor:6.2f} s of processor  {clock:6.2f} s  {memory:6.0f} MB  {ratio:5.1f} x VRIN"
        )


def _run_apart(code: str) -> None:
    subprocess.run([sys.executable, "-c", code], check=True)


def _run(name: str, book: Path) -> list[float]:
    words = [sys.executable, "-m", "benchmarks.bench_workbook", "--contender", name, "--book", str(book)]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return [float(one) for one in said[-4:]]


def vrin() -> Callable[[Path], int]:
    """Opened for its feed: every cell as text in a DuckDB table."""
    from vrin_data.contract.feeds import feed
    from vrin_data.intake.parse import coded_positions
    from vrin_data.intake.reading.opening import open_tables
    from vrin_data.intake.reading.unpack import unpack
    from vrin_data.store.connect import connect_writer

    offences = feed("police-offences")

    def read(book: Path) -> int:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            connection = connect_writer(folder / "build.duckdb", folder=folder)
            (source,) = unpack(book, folder).files
            (table,) = open_tables(connection, source, offences, coded_positions)
            connection.execute(f"create temp table cells as select * from {table.records.source}")
            connection.close()
            return table.records.row_count

    return read


def with_pandas() -> Callable[[Path], int]:
    """pandas over the same reader, every cell as text."""
    import pandas as pd

    return lambda book: len(pd.read_excel(book, engine="calamine", dtype=str))


def with_openpyxl() -> Callable[[Path], int]:
    """openpyxl, which reads in Python."""
    import openpyxl

    def read(book: Path) -> int:
        sheet = openpyxl.load_workbook(book, read_only=True).worksheets[0]
        return sum(1 for row in sheet.iter_rows(values_only=True) if [str(cell) for cell in row]) - 1

    return read


def write_book(path: str, rows: int) -> None:
    """Write a workbook of generated offences."""
    import numpy as np
    import pandas as pd

    from sample_data.workbook import as_workbook

    draw = np.random.default_rng(1)
    recorded = pd.Timestamp(2025, 1, 1) + pd.to_timedelta(draw.integers(525_600, size=rows), unit="min")
    columns = [
        [f"R{number}" for number in range(rows)],
        "Leicestershire Police",
        draw.choice(["8N", "34B", "28E"], rows),
        "008/06",
        recorded - pd.to_timedelta(draw.integers(10_000, size=rows), unit="min"),
        recorded.normalize(),
        435_000 + draw.integers(30_000, size=rows),
        290_000 + draw.integers(30_000, size=rows),
        draw.choice(["Street", "Dwelling", "Shop"], rows),
        draw.choice(["Knife", "No weapon"], rows),
        "N",
        draw.integers(10, 90, size=rows),
        draw.choice(["M", "F"], rows),
        "Live",
    ]
    Path(path).write_bytes(as_workbook(pd.DataFrame(dict(zip(COLUMNS, columns, strict=True)))))


PROCESSES = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
CONTENDERS: dict[str, Callable[[], Callable[[Path], int]]] = {
    "vrin": vrin,
    "pandas + calamine": with_pandas,
    "openpyxl": with_openpyxl,
}

if __name__ == "__main__":
    main()
