"""Checks of an official layer before it is let in: codes, projection, valid shapes, no overlaps."""

from collections.abc import Iterator
from dataclasses import replace

import geopandas as gpd
import numpy as np
import shapely

from vrin_data.places.area_set import Finding
from vrin_data.places.placing import is_land
from vrin_data.places.reading import Layer

CODE_PATTERN = r"[EWSNKJLM]\d{8}"
GRID = 27700
DEGREES = 4326
GRID_BOUNDS = (-10_000, -20_000, 700_000, 1_300_000)
DEGREE_BOUNDS = (-9.5, 49.0, 2.5, 61.5)
LEAST_ON_LAND = 0.9
OVERLAP_AREA_M2 = 1.0
OVERLAP_WIDTH_M = 1.0
SHOWN = 5
"""How many codes a message names at most."""


def checked(layer: Layer) -> tuple[Layer | None, list[Finding]]:
    """The layer with sound shapes in National Grid metres, None where an error stands in the findings."""
    findings = list(_code_faults(layer))
    geometry = layer.geometry
    if geometry is not None:
        geometry, found = _checked_geometry(layer, geometry)
        findings += found
    if any(finding.level == "error" for finding in findings):
        return None, findings
    return replace(layer, geometry=geometry), findings


def shown(codes: list[str]) -> str:
    """The first few codes as words of a message."""
    more = f" and {len(codes) - SHOWN:,} more" if len(codes) > SHOWN else ""
    return ", ".join(codes[:SHOWN]) + more


def _code_faults(layer: Layer) -> Iterator[Finding]:
    for column in layer.columns:
        if column.level is None:
            continue
        codes = layer.frame[column.column]
        wrong = codes[(codes != "") & ~codes.str.fullmatch(CODE_PATTERN)]
        if len(wrong):
            message = (
                f"row {int(wrong.index[0]) + 1:,}, {column.column}: {str(wrong.iloc[0])[:20]!r} is no "
                f"area code ({len(wrong):,} rows; expected a letter and eight digits). Correct the column."
            )
            yield Finding("error", layer.file, message)


def _checked_geometry(layer: Layer, geometry: gpd.GeoSeries) -> tuple[gpd.GeoSeries, list[Finding]]:
    if layer.key is None:
        first = layer.columns[0].column
        repeated = sorted(layer.frame.loc[layer.frame[first].duplicated(), first].unique())
        message = (
            f"several boundaries have the same {first}: {shown(repeated)}. Dissolve them to one row a code."
        )
        return geometry, [Finding("error", layer.file, message)]
    unusable = geometry.isna() | geometry.is_empty | ~geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    if unusable.any():
        missing = shown(list(layer.codes[unusable]))
        message = f"no polygon for {missing}. Expected one polygon or multipolygon a row."
        return geometry, [Finding("error", layer.file, message)]
    fault = _projection_fault(geometry)
    if fault:
        return geometry, [Finding("error", layer.file, fault)]
    geometry, findings = _repaired(layer, geometry.to_crs(GRID))
    findings += _overlaps(layer, geometry)
    return geometry, findings


def _projection_fault(geometry: gpd.GeoSeries) -> str | None:
    """What is wrong with where the shapes are, None if nothing is."""
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
    if code == GRID and _inside(bounds, DEGREE_BOUNDS):
        return "its coordinates are degrees, but the file says EPSG:27700. Set the projection to EPSG:4326."
    return "its shapes lie outside Great Britain. Check the projection that the file names."


def _inside(bounds: np.ndarray, limits: tuple[float, float, float, float]) -> bool:
    west, south, east, north = limits
    return bool(bounds[0] >= west and bounds[1] >= south and bounds[2] <= east and bounds[3] <= north)


def _share_on_land(geometry: gpd.GeoSeries, *, swap: bool = False) -> float:
    points = shapely.get_coordinates(shapely.centroid(geometry.to_numpy()))
    east, north = (points[:, 1], points[:, 0]) if swap else (points[:, 0], points[:, 1])
    return float(is_land(east, north).mean())


def _repaired(layer: Layer, geometry: gpd.GeoSeries) -> tuple[gpd.GeoSeries, list[Finding]]:
    invalid = ~geometry.is_valid
    if not invalid.any():
        return geometry, []
    codes = list(layer.codes[invalid])
    mended = geometry.copy()
    mended[invalid] = [_polygons(shape) for shape in shapely.make_valid(geometry[invalid].to_numpy())]
    lost = list(layer.codes[mended.is_empty])
    if lost:
        message = f"the polygon of {shown(lost)} encloses nothing. Draw it again."
        return mended, [Finding("error", layer.file, message)]
    message = f"{len(codes):,} polygons crossed themselves and were repaired: {shown(codes)}."
    return mended, [Finding("warning", layer.file, message)]


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a repaired shape; loose lines and points are dropped."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def _overlaps(layer: Layer, geometry: gpd.GeoSeries) -> list[Finding]:
    shapes = geometry.to_numpy()
    if shapely.coverage_is_valid(shapes):
        return []
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first = one < other
    one, other = one[first], other[first]
    shared = shapely.intersection(shapes[one], shapes[other])
    area = shapely.area(shared)
    # Rounded degrees leave slivers along kilometres of border: wide is what tells a real overlap.
    wide = (area > OVERLAP_AREA_M2) & (area > OVERLAP_WIDTH_M * shapely.length(shared) / 2)
    codes = layer.codes.to_numpy()
    if wide.any():
        pairs = [f"{codes[a]} and {codes[b]}" for a, b in zip(one[wide], other[wide], strict=True)]
        return [Finding("error", layer.file, f"areas overlap: {shown(pairs)}. Correct the boundaries.")]
    slivers = int((area > OVERLAP_AREA_M2).sum())
    if not slivers:
        return []
    return [
        Finding("warning", layer.file, f"{slivers:,} pairs of areas overlap by slivers under a metre wide.")
    ]
