"""Points to areas, on full-detail boundaries only, and degrees to the National Grid."""

import os
from functools import lru_cache

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from pyproj import Transformer

from vrin_data.places.register import FOLDER

os.environ.setdefault("PROJ_NETWORK", "OFF")

LAND_SQUARE_M = 5_000
BATCH = 50_000
EDGE = -2
Numbers = npt.NDArray[np.float64]


def place_points(
    boundaries: gpd.GeoDataFrame, easting: Numbers, northing: Numbers
) -> npt.NDArray[np.object_]:
    """Code of the area that each point lies in, None where it lies in none or has no coordinate.

    `boundaries` has area_code and geometry, EPSG:27700; points in metres. A point on a shared
    border goes to the lower code.
    """
    # The last name is that of position -1: nowhere.
    names = np.array([*boundaries["area_code"], None], dtype=object)
    return names[place_positions(boundaries, easting, northing)]


def place_positions(
    boundaries: gpd.GeoDataFrame, easting: Numbers, northing: Numbers
) -> npt.NDArray[np.int64]:
    """Row of `boundaries` that each point lies in, -1 where it lies in none or has no coordinate."""
    positions = np.full(len(easting), -1, dtype="int64")
    known = np.flatnonzero(np.isfinite(easting) & np.isfinite(northing))
    if not len(known) or boundaries.empty:
        return positions
    in_order = np.argsort(boundaries["area_code"].to_numpy(dtype=object), kind="stable")
    polygons = boundaries.geometry.to_numpy()[in_order]
    # Prepared polygons asked against a tree of points are about twice as quick as the other way round.
    shapely.prepare(polygons)
    # A batch at a time keeps the points' memory small. One thread: a prepared polygon must not be asked by two.
    for start in range(0, len(known), BATCH):
        batch = known[start : start + BATCH]
        point, polygon = _first_polygons(polygons, easting[batch], northing[batch])
        positions[batch[point]] = in_order[polygon]
    return positions


def whole_squares(
    boundaries: gpd.GeoDataFrame, easting: Numbers, northing: Numbers, side_m: float
) -> npt.NDArray[np.int64]:
    """Row of `boundaries` in which all of each square lies, -1 where it touches none, EDGE for the rest.

    A square is told by its lower left corner. Every point of a square that is no edge is placed as
    `place_positions` would place it, borders included.
    """
    positions = np.full(len(easting), -1, dtype="int64")
    if not len(easting) or boundaries.empty:
        return positions
    polygons = boundaries.geometry.to_numpy()
    shapely.prepare(polygons)
    squares = np.asarray(shapely.box(easting, northing, easting + side_m, northing + side_m))
    polygon_at, square_at = shapely.STRtree(squares).query(polygons, predicate="intersects")
    is_alone = np.bincount(square_at, minlength=len(squares))[square_at] == 1
    polygon_at, alone_at = polygon_at[is_alone], square_at[is_alone]
    is_whole = shapely.contains_properly(polygons[polygon_at], squares[alone_at])
    positions[square_at] = EDGE
    positions[alone_at[is_whole]] = polygon_at[is_whole]
    return positions


def _first_polygons(
    polygons: npt.NDArray[np.object_], easting: Numbers, northing: Numbers
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Positions of the points that lie in a polygon, and of the first polygon each lies in."""
    tree = shapely.STRtree(np.asarray(shapely.points(easting, northing)))
    polygon_at, point_at = tree.query(polygons, predicate="intersects")
    order = np.lexsort((polygon_at, point_at))
    polygon_at, point_at = polygon_at[order], point_at[order]
    first = np.unique(point_at, return_index=True)[1]
    return point_at[first], polygon_at[first]


def to_grid(longitude: Numbers, latitude: Numbers) -> tuple[Numbers, Numbers]:
    """WGS84 degrees as British National Grid metres, about 2 m exact (no grid file, no network)."""
    east, north = _transformer().transform(longitude, latitude)
    return np.asarray(east, dtype="float64"), np.asarray(north, dtype="float64")


def is_land(easting: Numbers, northing: Numbers) -> npt.NDArray[np.bool_]:
    """Whether a point's 5 km square, or one beside it, holds an address of Great Britain."""
    squares = _squares_near_addresses()
    east = np.floor_divide(easting, LAND_SQUARE_M)
    north = np.floor_divide(northing, LAND_SQUARE_M)
    return np.array(
        [(e, n) in squares for e, n in zip(east.tolist(), north.tolist(), strict=True)], dtype=bool
    )


@lru_cache(maxsize=1)
def _transformer() -> Transformer:

    return Transformer.from_crs(4326, 27700, always_xy=True)


@lru_cache(maxsize=1)
def _squares_near_addresses() -> frozenset[tuple[float, float]]:
    squares = pd.read_csv(FOLDER / "land_5km.csv")
    near = range(-1, 2)
    return frozenset(
        (float(east + dx), float(north + dy))
        for east, north in squares[["e5", "n5"]].itertuples(index=False)
        for dx in near
        for dy in near
    )
