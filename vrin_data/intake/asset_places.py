"""Where community assets stand: by grid or degrees, told apart by their values, by postcode, or by an area's code."""

from dataclasses import dataclass

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from vrin_data.intake.areas import AreaIndex
from vrin_data.intake.indicator_columns import numbers
from vrin_data.places import is_land, place_positions, to_grid
from vrin_data.places.postcodes import as_postcode, postcode_points

MOST_DEGREES = 180.0
NOWHERE = 0
Points = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


@dataclass(frozen=True)
class AssetPlaces:
    """The place of each row: metres of the grid (NaN for none), how it was told, and how many were swapped.

    `told_by` is point, postcode or area, '' where nothing tells it.
    """

    easting: npt.NDArray[np.float64]
    northing: npt.NDArray[np.float64]
    told_by: npt.NDArray[np.object_]
    swapped_count: int


def asset_places(connection: duckdb.DuckDBPyConnection, rows: pd.DataFrame) -> AssetPlaces:
    """Where the rows of a list stand: easting, northing, longitude, latitude, postcode and area_code as text."""
    count = len(rows)
    east, north = np.full(count, np.nan), np.full(count, np.nan)
    told = np.full(count, "", dtype=object)
    swapped = 0
    for first, second in (("easting", "northing"), ("longitude", "latitude")):
        (x, y), turned = _on_grid(
            numbers(rows[first]).to_numpy("float64"), numbers(rows[second]).to_numpy("float64")
        )
        fresh = (told == "") & np.isfinite(x)
        east, north, told = (
            np.where(fresh, x, east),
            np.where(fresh, y, north),
            np.where(fresh, "point", told),
        )
        swapped += int((turned & fresh).sum())
    others = {"postcode": _of_postcodes(rows["postcode"]), "area": _points_in(connection, rows["area_code"])}
    for what, points in others.items():
        fresh = (told == "") & np.isfinite(points[0])
        east, north = np.where(fresh, points[0], east), np.where(fresh, points[1], north)
        told = np.where(fresh, what, told)
    return AssetPlaces(east, north, told.astype(object), swapped)


def finest_areas(
    index: AreaIndex, easting: npt.NDArray[np.float64], northing: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    """The area_id of the finest area that each point lies in, 0 for none; parts of small areas are made."""
    small = index.boundary_ids[place_positions(index.boundaries, easting, northing)]
    across = {
        level: index.ids_of(shapes)[place_positions(shapes, easting, northing)]
        for level, shapes in index.layers.items()
    }
    return index.parts.combined(small, across)


def place_assets(connection: duckdb.DuckDBPyConnection, index: AreaIndex) -> None:
    """Give every asset of a draft the finest area that it lies in, where areas have changed."""
    frame = connection.execute("select asset_id, easting_m, northing_m from asset order by asset_id").df()
    if frame.empty:
        return
    ids = finest_areas(index, frame["easting_m"].to_numpy(), frame["northing_m"].to_numpy())
    pairs = list(zip(ids.tolist(), frame["asset_id"].tolist(), strict=True))
    connection.executemany("update asset set area_id = nullif(?, 0) where asset_id = ?", pairs)


def _on_grid(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> tuple[Points, npt.NDArray[np.bool_]]:
    """Pairs as grid metres, NaN where they are on no land, and which of them had their axes swapped."""
    straight, turned = _as_metres(x, y), _as_metres(y, x)
    is_straight, is_turned = _on_land(straight), _on_land(turned)
    is_turned &= ~is_straight
    east = np.where(is_straight, straight[0], np.where(is_turned, turned[0], np.nan))
    north = np.where(is_straight, straight[1], np.where(is_turned, turned[1], np.nan))
    return (east, north), is_turned


def _as_metres(x: npt.NDArray[np.float64], y: npt.NDArray[np.float64]) -> Points:
    """The pairs in metres; what can be degrees by its value is taken for that, whatever its heading."""
    is_degrees = (np.abs(x) <= MOST_DEGREES) & (np.abs(y) <= MOST_DEGREES) & np.isfinite(x) & np.isfinite(y)
    east, north = x.copy(), y.copy()
    if is_degrees.any():
        east[is_degrees], north[is_degrees] = to_grid(x[is_degrees], y[is_degrees])
    return np.round(east, 1), np.round(north, 1)


def _on_land(points: Points) -> npt.NDArray[np.bool_]:
    east, north = points
    known = np.isfinite(east) & np.isfinite(north)
    found = np.zeros(len(east), dtype=bool)
    if known.any():
        found[known] = is_land(east[known], north[known])
    return found


def _of_postcodes(postcodes: pd.Series) -> Points:
    """The point of each postcode, NaN for one that is not known or where the package of them is not there."""
    plain = postcodes.map(lambda text: as_postcode(text) if text.strip() else None)
    known = postcode_points(plain.dropna().unique().tolist()).set_index("postcode")
    east, north = (plain.map(known[name]).astype("float64") for name in ("easting_m", "northing_m"))
    return east.to_numpy(), north.to_numpy()


def _points_in(connection: duckdb.DuckDBPyConnection, codes: pd.Series) -> Points:
    """A point inside of each area that is named by its code, NaN where there is no such area."""
    found = {code: _point_in(connection, code) for code in set(codes) if code}
    points = [found.get(code) or (np.nan, np.nan) for code in codes]
    pairs = np.array(points, dtype="float64").reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]


def _point_in(connection: duckdb.DuckDBPyConnection, code: str) -> tuple[float, float] | None:
    """A point inside of the boundaries of an area, or of all the small areas that lie in it."""
    shapes = connection.execute(
        """
        select boundary.wkb
        from area_level
        join area as above on above.area_id = area_level.ancestor_id
        join area on area.area_id = area_level.area_id
        join boundary on boundary.area_code = area.area_code and boundary.vintage = area.vintage
        where above.area_code = $code
        """,
        {"code": code.upper()},
    ).fetchall()
    if not shapes:
        return None
    whole = shapely.union_all(shapely.from_wkb([bytes(one) for (one,) in shapes]))
    point = shapely.point_on_surface(whole)
    return round(float(point.x), 1), round(float(point.y), 1)
