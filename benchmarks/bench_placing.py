"""A million points placed in the 2,847 small areas of the East Midlands, beside geopandas `sjoin`.

`VRIN_REAL_DATA=FOLDER python -m benchmarks.bench_placing [--points N]` prints seconds, processor seconds and peak
memory of each, measured in processes of their own that take turns, once for points spread evenly over the land
and once for points clustered as crime is (the archive's own points, moved by up to 30 m); the answers must be the
same. It then says which share of points lay in a square that a border crosses, and what a second layer of about
700 areas, such as wards, costs on top.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from vrin_data.places import EDGE, place_positions, to_grid, whole_squares

SQUARE_M = 50
JITTER_M = 30.0
WARD_LIKE = 700
Numbers = np.ndarray


def main() -> None:
    """Print the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1_000_000)
    parser.add_argument("--contender", choices=sorted(CONTENDERS))
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.contender:
        _measure(options.contender, options.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        areas = _areas()
        for name, points in (("uniform", _uniform), ("clustered", _clustered)):
            file = Path(folder) / f"{name}.npy"
            np.save(file, points(areas, options.points))
            _compare(name, file)


def _compare(name: str, file: Path) -> None:
    found = {contender: _run(contender, file) for contender in CONTENDERS}
    for contender, (seconds, cpu, memory, placed, edges) in found.items():
        share = f", {edges:.1%} by their own point" if edges >= 0 else ""
        print(
            f"{name:10s} {contender:16s} {seconds:6.2f} s {cpu:6.2f} CPU s {memory:6.0f} MB  "
            f"{placed:,.0f} placed{share}"
        )
    answers = [np.load(f"{file}.{contender}.npy", allow_pickle=True) for contender in ("vrin", "sjoin")]
    same = answers[0] == answers[1]
    print(f"{name:10s} same answer for {same.sum():,} of {len(same):,}")


def _run(contender: str, file: Path) -> tuple[float, ...]:
    words = [sys.executable, "-m", "benchmarks.bench_placing", "--contender", contender, "--file", str(file)]
    printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()[-5:]
    return tuple(float(figure) for figure in printed)


def _measure(contender: str, file: Path) -> None:
    areas, points = _areas(), np.load(file)
    layer = _ward_like(areas) if contender.endswith("layer") else None
    used = resource.getrusage(resource.RUSAGE_SELF)
    before, began = used.ru_utime + used.ru_stime, time.perf_counter()
    positions, edges = CONTENDERS[contender](areas, layer, points)
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds, cpu = time.perf_counter() - began, used.ru_utime + used.ru_stime - before
    np.save(f"{file}.{contender}.npy", positions)
    print(seconds, cpu, used.ru_maxrss / 1024, int((positions >= 0).sum()), edges)


def vrin(areas: gpd.GeoDataFrame, _: gpd.GeoDataFrame | None, points: Numbers) -> tuple[Numbers, float]:
    """Squares of 50 m first, each placed once; only points in a square that a border crosses by themselves."""
    east, north = points.T
    keys = np.floor(points / SQUARE_M).astype("int64")
    flat = keys[:, 0] * 100_000 + keys[:, 1]
    squares, at = np.unique(flat, return_inverse=True)
    corner_east, corner_north = squares // 100_000 * SQUARE_M, squares % 100_000 * SQUARE_M
    whole = whole_squares(areas, corner_east.astype("float64"), corner_north.astype("float64"), SQUARE_M)
    positions = whole[at]
    edge = np.flatnonzero(positions == EDGE)
    positions[edge] = place_positions(areas, east[edge], north[edge])
    return positions, len(edge) / len(points)


def with_layer(
    areas: gpd.GeoDataFrame, layer: gpd.GeoDataFrame | None, points: Numbers
) -> tuple[Numbers, float]:
    """The same, and the areas of a second layer that lie across the small ones."""
    assert layer is not None
    positions, edges = vrin(areas, None, points)
    return positions, max(edges, vrin(layer, None, points)[1])


def sjoin(areas: gpd.GeoDataFrame, _: gpd.GeoDataFrame | None, points: Numbers) -> tuple[Numbers, float]:
    """What geopandas users do; of a point on a border the lower code counts."""
    own = areas[["geometry"]].assign(position=np.arange(len(areas)))
    places = gpd.GeoDataFrame(geometry=gpd.points_from_xy(points[:, 0], points[:, 1]), crs=27700)
    joined = places.sjoin(own, how="left", predicate="intersects")
    first = joined.sort_values("position").groupby(level=0)["position"].first()
    return first.fillna(-1).to_numpy().astype("int64"), -1.0


CONTENDERS: dict[str, Callable[..., tuple[Numbers, float]]] = {
    "vrin": vrin,
    "vrin with layer": with_layer,
    "sjoin": sjoin,
}


def _real() -> Path:
    return Path(os.environ["VRIN_REAL_DATA"])


def _areas() -> gpd.GeoDataFrame:
    frame = gpd.read_parquet(_real() / "geography" / "lsoa21_em_bgc.parquet").to_crs(27700)
    code = next(name for name in frame.columns if name.upper() == "LSOA21CD")
    frame = frame.rename(columns={code: "area_code"}).sort_values("area_code", ignore_index=True)
    return frame[["area_code", "geometry"]]


def _ward_like(areas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """About 700 cells that cross the small areas everywhere, where wards are not at hand."""
    draw = np.random.default_rng(2)
    middles = areas.geometry.representative_point()
    chosen = draw.choice(len(areas), WARD_LIKE, replace=False)
    seeds = shapely.multipoints(shapely.get_coordinates(middles.to_numpy()[chosen]))
    cells = shapely.get_parts(shapely.voronoi_polygons(seeds))
    codes = [f"W{number:03d}" for number in range(len(cells))]
    return gpd.GeoDataFrame({"area_code": codes}, geometry=cells, crs=27700)


def _uniform(areas: gpd.GeoDataFrame, count: int) -> Numbers:
    """Points spread evenly over the land."""
    draw = np.random.default_rng(1)
    land = shapely.union_all(areas.geometry.to_numpy())
    shapely.prepare(land)
    west, south, east, north = land.bounds
    found: list[Numbers] = []
    while sum(map(len, found)) < count:
        tried = draw.uniform((west, south), (east, north), (count, 2))
        found.append(tried[shapely.contains_xy(land, tried[:, 0], tried[:, 1])])
    return np.concatenate(found)[:count].round(1)


def _clustered(_: gpd.GeoDataFrame, count: int) -> Numbers:
    """The points of the police archive, drawn as often as they occur and moved a little."""
    draw = np.random.default_rng(1)
    known = _archive_points()
    east, north = to_grid(known[:, 0], known[:, 1])
    chosen = draw.integers(0, len(known), count)
    moved = np.column_stack([east, north])[chosen] + draw.uniform(-JITTER_M, JITTER_M, (count, 2))
    return moved.round(1)


def _archive_points() -> Numbers:
    """Longitude and latitude of every street-level crime of the archive, in the East Midlands' surroundings."""
    parts = []
    for file in sorted((_real() / "police_uk").rglob("*")):
        if file.suffix == ".zip":
            with zipfile.ZipFile(file) as archive:
                for name in archive.namelist():
                    if name.endswith("-street.csv"):
                        with archive.open(name) as handle:
                            parts.append(pd.read_csv(handle, usecols=["Longitude", "Latitude"]))
        elif file.name.endswith("-street.csv"):
            parts.append(pd.read_csv(file, usecols=["Longitude", "Latitude"]))
    return pd.concat(parts).dropna().to_numpy("float64")


if __name__ == "__main__":
    main()
