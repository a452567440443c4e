"""Writes a simulated `police-offences` CSV of any size, for measuring how fast an extract is taken in.

`python -m benchmarks.generate_offences PATH --rows 1000000 --seed 1`: about 150 bytes a row, two rows
in a hundred bad. Prints how many rows are bad in which way. Same rows and seed give the same bytes.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import geopandas
import numpy as np
import pyarrow
import pyarrow.compute
import pyarrow.csv

ROOT = Path(__file__).parent.parent
NEIGHBOURHOODS = ROOT / "vrin_data" / "reference" / "areas" / "neighbourhoods.parquet"
CHUNK_ROWS = 250_000
FIRST_DAY = np.datetime64("2023-04-01")
DAYS = 1_096
BAD_SHARE = 0.02
FORCES = {"Leicestershire Police": "E23000021", "Nottinghamshire Police": "E23000019"}

OFFENCES = (
    ("8N", "008/06", "Actual bodily harm", 12),
    ("105A", "105/01", "Common assault", 14),
    ("8N", "008/01", "Malicious wounding", 2),
    ("5D", "005/01", "Wounding with intent", 1),
    ("34B", "034/01", "Robbery personal", 2),
    ("46", "046/00", "Shoplifting", 14),
    ("49", "049/10", "Other theft", 10),
    ("58C", "149/00", "Damage to a vehicle", 8),
    ("8L", "195/94", "Harassment", 9),
    ("9A", "125/09", "Public order", 9),
    ("19C", "019/08", "Rape", 1),
    ("10D", "008/26", "Knife possession", 1),
    ("92E", "092/61", "Cannabis possession", 3),
)
# Most flags are rare in real extracts, and so they are here: a value's share is how often it is listed.
CODED = {
    "location_type": [
        "",
        *["Dwelling"] * 5,
        *["Street"] * 5,
        "Licensed premises",
        *["Shop"] * 3,
        "Park",
        "School",
    ],
    "weapon": [*[""] * 12, *["No weapon"] * 15, *["Knife or sharp instrument"] * 2, "Blunt object"],
    "domestic": ["", *["N"] * 7, *["Y"] * 2],
    "hate": ["", *["N"] * 96, *["Y"] * 3],
    "victim_sex": [*[""] * 2, *["F"] * 9, *["M"] * 9],
    "status": [*["Live"] * 98, *["Cancelled"] * 2],
    "reported_by": ["", *["Victim"] * 12, *["Witness"] * 5, *["Police"] * 2, "Partner agency"],
}
Columns = dict[str, pyarrow.Array]


def picked(values: list[str], rng: np.random.Generator, count: int) -> pyarrow.Array:
    """`count` values drawn evenly from a short list."""
    return pyarrow.array(values).take(pyarrow.array(rng.integers(0, len(values), size=count)))


def date_texts() -> pyarrow.Array:
    """Every day of the three years as dd/mm/yyyy."""
    days = (FIRST_DAY + np.arange(DAYS)).astype("datetime64[D]").astype(str)
    return pyarrow.array([f"{day[8:]}/{day[5:7]}/{day[:4]}" for day in days])


def time_texts() -> pyarrow.Array:
    """Every minute of a day as hh:mm."""
    return pyarrow.array([f"{minute // 60:02d}:{minute % 60:02d}" for minute in range(1440)])


def places_of(force: str) -> np.ndarray:
    """A point inside each of the force's neighbourhoods: easting and northing in metres."""
    frame = geopandas.read_parquet(NEIGHBOURHOODS)
    inside = frame[frame["force_code"] == FORCES[force]].geometry.representative_point()
    return np.column_stack([inside.x, inside.y])


def offence_columns(rng: np.random.Generator, count: int) -> Columns:
    """Code, classification and text of `count` offences."""
    weight = np.array([offence[3] for offence in OFFENCES], dtype=float)
    kind = pyarrow.array(rng.choice(len(OFFENCES), size=count, p=weight / weight.sum()))
    names = ("ho_code", "ho_classification", "offence")
    return {name: pyarrow.array([row[at] for row in OFFENCES]).take(kind) for at, name in enumerate(names)}


def time_columns(rng: np.random.Generator, count: int) -> Columns:
    """Recorded date, and the event some days before it; only some events have an end."""
    recorded = np.sort(rng.integers(0, DAYS, size=count))
    occurred = np.maximum(recorded - rng.integers(0, 6, size=count), 0)
    dates, times = date_texts(), time_texts()
    minute = rng.integers(0, 1440, size=count)
    start = pyarrow.compute.binary_join_element_wise(dates.take(occurred), times.take(minute), " ")
    no_end = pyarrow.array(rng.random(count) < 0.8)
    end = pyarrow.compute.if_else(no_end, "", start)
    return {"occurred_from": start, "occurred_to": end, "recorded_date": dates.take(recorded)}


def place_columns(rng: np.random.Generator, count: int, points: np.ndarray) -> Columns:
    """Whole metres within 150 m of a neighbourhood's point."""
    near = points[rng.integers(0, len(points), size=count)] + rng.uniform(-150, 150, size=(count, 2))
    metres = near.round().astype(np.int64)
    return {
        "easting": pyarrow.array(metres[:, 0]).cast(pyarrow.string()),
        "northing": pyarrow.array(metres[:, 1]).cast(pyarrow.string()),
    }


def age_column(rng: np.random.Generator, count: int, blank_share: float) -> pyarrow.Array:
    """Ages 10 to 84, blank in a share of rows."""
    ages = pyarrow.array(rng.integers(10, 85, size=count)).cast(pyarrow.string())
    return pyarrow.compute.if_else(pyarrow.array(rng.random(count) < blank_share), "", ages)


def set_at(column: pyarrow.Array, rows: np.ndarray, value: str) -> pyarrow.Array:
    """The column with one value in the rows marked."""
    return pyarrow.compute.if_else(pyarrow.array(rows), value, column)


BAD: dict[str, Callable[[Columns, np.ndarray], Columns]] = {
    "recorded_date that does not exist": lambda c, rows: {
        **c, "recorded_date": set_at(c["recorded_date"], rows, "31/02/2025")
    },
    "recorded_date blank": lambda c, rows: {**c, "recorded_date": set_at(c["recorded_date"], rows, "")},
    "easting that is text": lambda c, rows: {**c, "easting": set_at(c["easting"], rows, "unknown place")},
    "point in the sea": lambda c, rows: {
        **c,
        "easting": set_at(c["easting"], rows, "690000"),
        "northing": set_at(c["northing"], rows, "420000"),
    },
}  # fmt: skip


def chunk(rng: np.random.Generator, first: int, count: int, force: str, points: np.ndarray) -> Columns:
    """`count` good rows in the order of the header, numbered from `first`."""
    coded = {name: picked(values, rng, count) for name, values in CODED.items()}
    numbers = pyarrow.array(np.arange(first, first + count)).cast(pyarrow.string())
    columns = {
        "crime_reference": pyarrow.compute.binary_join_element_wise("B", numbers, ""),
        "simulated": pyarrow.array(["SIMULATED"]).take(np.zeros(count, dtype=np.int64)),
        "force": pyarrow.array([force]).take(np.zeros(count, dtype=np.int64)),
        **offence_columns(rng, count),
        **time_columns(rng, count),
        **place_columns(rng, count, points),
        **{name: coded[name] for name in ("location_type", "weapon", "domestic", "hate")},
        "victim_age": age_column(rng, count, 0.08),
        "victim_sex": coded["victim_sex"],
        "suspect_age": age_column(rng, count, 0.65),
    }
    return columns | {name: coded[name] for name in ("status", "reported_by")}


def spoil(columns: Columns, rng: np.random.Generator) -> tuple[Columns, dict[str, int]]:
    """The columns with bad rows among them, each bad in one way, and how many of each kind."""
    count = len(columns["force"])
    kind = np.where(rng.random(count) < BAD_SHARE, rng.integers(0, len(BAD), size=count), -1)
    for number, change in enumerate(BAD.values()):
        columns = change(columns, kind == number)
    return columns, {name: int((kind == number).sum()) for number, name in enumerate(BAD)}


def chunks(rows: int, seed: int, force: str) -> Iterator[tuple[Columns, dict[str, int]]]:
    """The file in pieces of at most a quarter of a million rows."""
    rng = np.random.default_rng(seed)
    points = places_of(force)
    for first in range(0, rows, CHUNK_ROWS):
        yield spoil(chunk(rng, first, min(CHUNK_ROWS, rows - first), force, points), rng)


def write(path: Path, *, rows: int, seed: int = 1, force: str = "Leicestershire Police") -> dict[str, int]:
    """Writes the CSV; how many rows are bad, by kind."""
    options = pyarrow.csv.WriteOptions(quoting_style="none", quoting_header="none")
    bad = dict.fromkeys(BAD, 0)
    writer = None
    for columns, spoilt in chunks(rows, seed, force):
        table = pyarrow.table(columns)
        if writer is None:
            writer = pyarrow.csv.CSVWriter(str(path), table.schema, write_options=options)
        writer.write_table(table)
        bad = {name: bad[name] + spoilt[name] for name in bad}
    if writer is not None:
        writer.close()
    return bad


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--force", choices=sorted(FORCES), default="Leicestershire Police")
    given = parser.parse_args()
    bad = write(given.path, rows=given.rows, seed=given.seed, force=given.force)
    print(f"{given.path.name}: {given.rows:,} rows, {given.path.stat().st_size / 1e6:.1f} MB")
    for name, count in bad.items():
        print(f"  bad: {name}: {count:,}")


if __name__ == "__main__":
    main()
