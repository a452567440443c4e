"""The sums of the scan as Polars makes them, run by `bench_definitions` in an environment that has Polars.

`python with_polars.py FOLDER SINCE LEVEL` reads facts.parquet, told.parquet and, for districts, up.parquet into
memory, groups them as often as the others are, and prints processor seconds, seconds and the highest harm of all.
It needs nothing of the project.
"""

import statistics
import sys
import time
from pathlib import Path

import polars as pl

RUNS = 3


def main(folder: Path, since: int, level: str) -> None:
    """Print the medians after the first run, and what to compare with the others' sums."""
    facts, told = (pl.read_parquet(folder / f"{name}.parquet") for name in ("facts", "told"))
    up = pl.read_parquet(folder / "up.parquet") if level == "district" else None
    walls, processors, found = [], [], pl.DataFrame()
    for _ in range(RUNS + 1):
        began, used = time.perf_counter(), time.process_time()
        found = grouped(facts, told, up, since)
        walls.append(time.perf_counter() - began)
        processors.append(time.process_time() - used)
    print(statistics.median(processors[1:]), statistics.median(walls[1:]), found["harm_days_high"].sum())


def grouped(facts: pl.DataFrame, told: pl.DataFrame, up: pl.DataFrame | None, since: int) -> pl.DataFrame:
    """The sums by place and month, as an analyst would write them."""
    own = facts.lazy().filter(pl.col("month_number") >= since).join(told.lazy(), on="profile_id")
    if up is not None:
        own = own.join(up.lazy(), on="area_id", how="left")
    count = pl.col("incident_count")
    sums = {"incident_count_high": count.sum()} | {
        name: (count * pl.col(each)).sum()
        for name, each in {
            "incident_count_low": "sure",
            "harm_days_low": "low_each",
            "harm_days": "central_each",
            "harm_days_high": "high_each",
        }.items()
    }
    place = "area_id" if up is None else "ancestor_id"
    return own.group_by(place, "month_number").agg(**sums).collect()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
