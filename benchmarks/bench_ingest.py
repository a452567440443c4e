"""A police-offences file from CSV to published build, beside pandas with the same checks and a bare read.

`python -m benchmarks.bench_ingest [--rows N] [--runs N] [--memory-limit 300MB]` prints seconds, processor
seconds and peak memory of each, measured in processes of their own that take turns, with their ratios.
The file is generated: two rows in a hundred are bad. VRIN writes into a store that holds the areas already;
the limit is what DuckDB may use for that (VRIN_INTAKE_MEMORY). Where other work runs beside it, the
processor seconds are the ones to compare.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

RECEIVED = datetime(2026, 11, 1)


@dataclass(frozen=True)
class Taken:
    """What one run took: seconds, seconds of all processors, peak memory in MB."""

    seconds: float
    cpu_seconds: float
    memory_mb: float


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--memory-limit", help="what DuckDB may use while VRIN takes the file in, such as 300MB"
    )
    parser.add_argument("--contender", choices=sorted(CONTENDERS))
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    if options.contender:
        began = time.perf_counter()
        CONTENDERS[options.contender](options.folder)
        used = resource.getrusage(resource.RUSAGE_SELF)
        print(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
        return
    if options.memory_limit:
        os.environ["VRIN_INTAKE_MEMORY"] = options.memory_limit
    with tempfile.TemporaryDirectory() as folder:
        _compare(Path(folder), options.rows, options.runs)


def _compare(folder: Path, rows: int, runs: int) -> None:
    from benchmarks import generate_offences

    bad = generate_offences.write(folder / "leicestershire.csv", rows=rows, seed=1)
    size = (folder / "leicestershire.csv").stat().st_size / 2**20
    print(f"{rows:,} rows, {size:,.0f} MB, bad: {sum(bad.values()):,}")
    _make_empty_store(folder)
    seen: dict[str, list[Taken]] = {name: [] for name in CONTENDERS}
    for _ in range(runs):
        for name in CONTENDERS:
            seen[name].append(_run(name, folder))
    for name, taken in {name: _median(taken) for name, taken in seen.items()}.items():
        print(
            f"{name:12s} {taken.seconds:7.2f} s  {taken.cpu_seconds:7.2f} CPU s  {taken.memory_mb:7.0f} MB  "
            f"{_times(taken, _median(seen['bare read']))} the bare read"
        )
    print(f"pandas takes {_times(_median(seen['pandas']), _median(seen['vrin']))} as VRIN")


def _times(one: Taken, other: Taken) -> str:
    return f"{one.seconds / other.seconds:.1f} x as long and {one.cpu_seconds / other.cpu_seconds:.1f} x as much CPU"


def _run(name: str, folder: Path) -> Taken:
    words = [sys.executable, "-m", "benchmarks.bench_ingest", "--contender", name, "--folder", str(folder)]
    printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()[-3:]
    return Taken(*(float(figure) for figure in printed))


def _median(taken: list[Taken]) -> Taken:
    figures = [(one.seconds, one.cpu_seconds, one.memory_mb) for one in taken]
    return Taken(*(statistics.median(column) for column in zip(*figures, strict=True)))


def _make_empty_store(folder: Path) -> None:
    from vrin_data.intake.areas import write_areas
    from vrin_data.places import sample_area_set
    from vrin_data.store import Store, publish_build

    store = Store.open(folder / "store")
    with publish_build(store, reason="areas", created_at=RECEIVED) as draft:
        write_areas(draft.connection, sample_area_set(), store.outlines_folder)


def bare_read(folder: Path) -> None:
    """DuckDB parses every field and keeps none."""
    import duckdb

    source = f"read_csv('{folder / 'leicestershire.csv'}', header = true, all_varchar = true)"
    connection = duckdb.connect()
    names = [row[0] for row in connection.execute(f"describe select * from {source}").fetchall()]
    connection.execute(f"select {', '.join(f'count({name})' for name in names)} from {source}").fetchone()


def vrin(folder: Path) -> None:
    """The whole way: read, check, place, publish."""
    from vrin_data.intake import Batch, ingest_batches
    from vrin_data.intake.terms import Acceptance
    from vrin_data.store import Store

    copy = shutil.copytree(folder / "store", folder / "copy", dirs_exist_ok=True)
    made_up = Acceptance("benchmark", "made-up rows need no agreement")
    batch = Batch("police-offences", (folder / "leicestershire.csv",), without_agreement=made_up)
    result = ingest_batches(Store.open(copy), [batch], received_at=RECEIVED)
    assert result.build_id, result.submissions[:3]
    shutil.rmtree(copy)


def with_pandas(folder: Path) -> None:
    """The same checks, mappings and placing with pandas and geopandas, written to Parquet."""
    import geopandas as gpd
    import pandas as pd

    from vrin_data.contract.feeds import feed, fold
    from vrin_data.contract.offences import offences
    from vrin_data.places import is_land, sample_area_set

    frame = pd.read_csv(folder / "leicestershire.csv", dtype=str)
    reasons = pd.Series("", index=frame.index)
    recorded = pd.to_datetime(frame["recorded_date"], format="%d/%m/%Y", errors="coerce")
    reasons[frame["recorded_date"].isna()] += "recorded_date is blank;"
    reasons[frame["recorded_date"].notna() & recorded.isna()] += "recorded_date is not a date;"
    for name in ("occurred_from", "occurred_to"):
        moment = pd.to_datetime(frame[name], format="%d/%m/%Y %H:%M", errors="coerce")
        reasons[frame[name].notna() & moment.isna()] += f"{name} is not a date;"
        reasons[moment > pd.Timestamp(RECEIVED)] += f"{name} is in the future;"
        frame[name] = moment
    numbers = {name: pd.to_numeric(frame[name], errors="coerce") for name in ("easting", "northing")}
    for name, number in numbers.items():
        reasons[frame[name].notna() & number.isna()] += f"{name} is not a number;"
    placed = numbers["easting"].notna() & numbers["northing"].notna()
    land = is_land(numbers["easting"][placed].to_numpy(), numbers["northing"][placed].to_numpy())
    reasons[placed[placed].index[~land]] += "in the sea;"
    for column in feed("police-offences").columns:
        if column.kind == "code" and column.name in frame:
            meaning = column.raw_to_code()
            frame[column.name] = frame[column.name].map(
                lambda raw, m=meaning: m.get(fold(raw)), na_action="ignore"
            )
            frame[column.name] = frame[column.name].fillna("not_recorded")
    for name in ("victim_age", "suspect_age"):
        frame[name] = pd.to_numeric(frame[name], errors="coerce")
    pairs = frame[["ho_code", "ho_classification"]].drop_duplicates()
    keys = {
        pair: offences().parse(*(None if pd.isna(part) else part for part in pair)).key
        for pair in pairs.itertuples(index=False, name=None)
    }
    frame["offence_key"] = [
        keys[pair] for pair in zip(frame["ho_code"], frame["ho_classification"], strict=True)
    ]
    good = frame[reasons == ""]
    points = gpd.GeoDataFrame(
        good,
        geometry=gpd.points_from_xy(numbers["easting"][good.index], numbers["northing"][good.index]),
        crs=27700,
    )
    joined = points.sjoin(
        sample_area_set().boundaries[["area_code", "geometry"]], how="left", predicate="intersects"
    )
    pd.DataFrame(joined.drop(columns="geometry")).to_parquet(folder / "pandas.parquet")
    frame[reasons != ""].assign(reason=reasons).to_parquet(folder / "pandas-rejected.parquet")
    good.groupby([recorded[good.index].dt.to_period("M"), "offence_key"]).size()


CONTENDERS: dict[str, Callable[[Path], None]] = {"bare read": bare_read, "vrin": vrin, "pandas": with_pandas}

if __name__ == "__main__":
    main()
