"""Whether shapes lie where they should: the projection named, axes, degrees or metres, and the shift of a datum."""

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from vrin_data.places.placing import is_land, to_grid

GRID = 27700
DEGREES = 4326
GRID_BOUNDS = (-10_000, -20_000, 700_000, 1_300_000)
DEGREE_BOUNDS = (-9.5, 49.0, 2.5, 61.5)
LEAST_ON_LAND = 0.9
LEAST_SHIFT_M, MOST_SHIFT_M = 60.0, 200.0
"""What leaving out the change of datum between the National Grid and WGS84 moves shapes by: 80 to 120 m."""
LEAST_COMPARED = 3
_WINDS = ("east", "north-east", "north", "north-west", "west", "south-west", "south", "south-east")
_OWN_GRID = (("bng_e", "bng_n"), ("rep_bng_e", "rep_bng_n"))
_OWN_DEGREES = (("long", "lat"), ("rep_lon", "rep_lat"), ("lon", "lat"))
Numbers = npt.NDArray[np.float64]


def projection_fault(geometry: gpd.GeoSeries) -> str | None:
    """What is wrong with where the shapes are by the projection that they name, None if nothing is."""
    wanted = "Expected EPSG:27700 (British National Grid) or EPSG:4326 (longitude, latitude)."
    if geometry.crs is None:
        return f"the file names no projection. {wanted} Set it in the file, or add the .prj of the shapefile."
    code = geometry.crs.to_epsg(min_confidence=25)
    if code not in (GRID, DEGREES):
        return f"its projection is {geometry.crs.name}. {wanted} Reproject the file."
    bounds = geometry.total_bounds
    expected = GRID_BOUNDS if code == GRID else DEGREE_BOUNDS
    if _inside(bounds, expected) and (code == DEGREES or _share_on_land(geometry) >= LEAST_ON_LAND):
        return None
    swapped = bounds[[1, 0, 3, 2]]
    if _inside(swapped, expected) and (
        code == DEGREES or _share_on_land(geometry, swap=True) >= LEAST_ON_LAND
    ):
        return "the two axes are swapped: northing or latitude stands where easting or longitude should."
    if code == GRID and (_inside(bounds, DEGREE_BOUNDS) or _inside(swapped, DEGREE_BOUNDS)):
        return "its coordinates are degrees, but the file says EPSG:27700. Set the projection to EPSG:4326."
    if code == DEGREES and (_inside(bounds, GRID_BOUNDS) or _inside(swapped, GRID_BOUNDS)):
        return "its coordinates are metres, but the file says EPSG:4326. Set the projection to EPSG:27700."
    return "its shapes lie outside Great Britain. Check the projection that the file names."


def shift_fault(
    frame: pd.DataFrame, codes: pd.Series, geometry: gpd.GeoSeries, known: gpd.GeoDataFrame
) -> str | None:
    """That shapes in metres all stand off by the shift of a datum, how far and where to; None if they do not.

    They are held against the file's own columns of places (BNG_E and BNG_N, LONG and LAT), and against the
    known boundaries of the same codes.
    """
    middles = shapely.get_coordinates(shapely.centroid(geometry.to_numpy()))
    against = _own_places(frame)
    beside = _known_places(codes, known)
    for places, what in (
        (against, "the file's own columns of coordinates"),
        (beside, "the known boundaries"),
    ):
        offset = _common_offset(middles - places) if places is not None else None
        if offset is not None:
            distance, wind = offset
            return (
                f"all shapes stand about {distance:,.0f} m to the {wind} of where {what} have them: the change of "
                "datum was left out. Reproject from the original file with a tool that knows it (EPSG:27700 "
                "to EPSG:4326 with the Helmert or OSTN15 change), or use the original."
            )
    return None


def _own_places(frame: pd.DataFrame) -> Numbers | None:
    """The places in the file's own columns, in metres; None where it has none."""
    names = {str(name).lower(): name for name in frame.columns}
    for pairs, in_degrees in ((_OWN_GRID, False), (_OWN_DEGREES, True)):
        for east, north in pairs:
            if east in names and north in names:
                x = pd.to_numeric(frame[names[east]], errors="coerce").to_numpy(dtype="float64")
                y = pd.to_numeric(frame[names[north]], errors="coerce").to_numpy(dtype="float64")
                return np.column_stack(to_grid(x, y) if in_degrees else (x, y))
    return None


def _known_places(codes: pd.Series, known: gpd.GeoDataFrame) -> Numbers | None:
    """The middle of the known boundary of each code, NaN where there is none; None where none is known."""
    own = known[known["area_code"].isin(set(codes))].drop_duplicates("area_code", keep="last")
    if own.empty:
        return None
    middles = shapely.get_coordinates(shapely.centroid(own.geometry.to_numpy()))
    by_code = pd.DataFrame(middles, index=own["area_code"])
    return by_code.reindex(codes).to_numpy(dtype="float64")


def _common_offset(apart: Numbers) -> tuple[float, str] | None:
    """Distance and wind of an offset that nearly all share; None where there is none of a datum's size."""
    apart = apart[np.isfinite(apart).all(axis=1)]
    if len(apart) < LEAST_COMPARED:
        return None
    middle = np.median(apart, axis=0)
    distance = float(np.hypot(*middle))
    scatter = float(np.median(np.hypot(*(apart - middle).T)))
    # Label points lie off the middle of their shape every way; what they share is known the better the more there are.
    is_sure = distance > 4 * 1.4826 * scatter / len(apart) ** 0.5
    if not is_sure or not LEAST_SHIFT_M <= distance <= MOST_SHIFT_M:
        return None
    return distance, _WINDS[round(np.degrees(np.arctan2(middle[1], middle[0])) / 45) % 8]


def _inside(bounds: np.ndarray, limits: tuple[float, float, float, float]) -> bool:
    west, south, east, north = limits
    return bool(bounds[0] >= west and bounds[1] >= south and bounds[2] <= east and bounds[3] <= north)


def _share_on_land(geometry: gpd.GeoSeries, *, swap: bool = False) -> float:
    points = shapely.get_coordinates(shapely.centroid(geometry.to_numpy()))
    east, north = (points[:, 1], points[:, 0]) if swap else (points[:, 0], points[:, 1])
    return float(is_land(east, north).mean())
