"""Checks of an official layer before it is let in: codes, vintage, projection, valid shapes, no overlaps."""

from collections.abc import Iterator
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import shapely

from vrin_data.places.area_set import Finding
from vrin_data.places.messages import counted, shown
from vrin_data.places.projection import GRID, projection_fault, shift_fault
from vrin_data.places.reading import Layer
from vrin_data.places.register import SAMPLE
from vrin_data.places.vintages import CodeLists, label_faults, with_successors

CODE_PATTERN = r"[EWSNKJLM]\d{8}"
ELSEWHERE = ("S", "N")
"""How codes of Scotland and Northern Ireland begin."""
OVERLAP_AREA_M2 = 1.0
OVERLAP_WIDTH_M = 1.0


def checked(layer: Layer, lists: CodeLists | None = None) -> tuple[Layer | None, list[Finding]]:
    """The layer with sound shapes in National Grid metres, None where an error stands in the findings.

    `lists` knows the codes of the areas there are and of the other layers of the import: with it, rows of
    Scotland and Northern Ireland are left out, and codes are held against the vintage of their column.
    """
    findings = list(_code_faults(layer))
    if lists is not None and not findings:
        layer, findings = _codes_settled(layer, lists)
    geometry = layer.geometry
    if geometry is not None and len(geometry):
        geometry, found = _checked_geometry(layer, geometry, lists)
        findings += found
    if any(finding.level == "error" for finding in findings):
        return None, findings
    return replace(layer, geometry=geometry), findings


def _codes_settled(layer: Layer, lists: CodeLists) -> tuple[Layer, list[Finding]]:
    layer, findings = _of_this_land(layer)
    findings += label_faults(layer, lists)
    layer, found = with_successors(layer, lists)
    return layer, [*findings, *found]


def _of_this_land(layer: Layer) -> tuple[Layer, list[Finding]]:
    """The layer without rows of Scotland and Northern Ireland."""
    column = layer.key or layer.columns[0]
    is_elsewhere = layer.frame[column.column].str.startswith(ELSEWHERE)
    count = int(is_elsewhere.sum())
    if not count:
        return layer, []
    if count == len(layer.frame):
        message = f"{column.column}: all {count:,} rows are of Scotland or Northern Ireland. Expected England or Wales."
        return replace(layer, frame=layer.frame.iloc[:0], geometry=None), [
            Finding("error", layer.file, message)
        ]
    message = f"{count:,} rows of Scotland and Northern Ireland were left out."
    shapes = None if layer.geometry is None else layer.geometry[~is_elsewhere].reset_index(drop=True)
    frame = layer.frame[~is_elsewhere].reset_index(drop=True)
    kept = replace(layer, frame=frame, geometry=shapes)
    return kept, [Finding("note", layer.file, message)]


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


def _checked_geometry(
    layer: Layer, geometry: gpd.GeoSeries, lists: CodeLists | None
) -> tuple[gpd.GeoSeries, list[Finding]]:
    fault = _row_fault(layer, geometry) or projection_fault(geometry)
    if fault:
        return geometry, [Finding("error", layer.file, fault)]
    geometry, findings = _flat(layer, geometry)
    geometry, found = _repaired(layer, geometry.to_crs(GRID))
    findings += found
    if lists is not None:
        known = lists.known.boundaries
        fault = shift_fault(layer.frame, layer.codes, geometry, known[known["vintage"] != SAMPLE])
        findings += [Finding("error", layer.file, fault)] if fault else []
    return geometry, [*findings, *_overlaps(layer, geometry)]


def _row_fault(layer: Layer, geometry: gpd.GeoSeries) -> str | None:
    """What is wrong with the rows: two of one code, or one without a polygon; None if nothing is."""
    if layer.key is None:
        first = layer.columns[0].column
        repeated = sorted(layer.frame.loc[layer.frame[first].duplicated(), first].unique())
        return (
            f"several boundaries have the same {first}: {shown(repeated)}. Dissolve them to one row a code."
        )
    unusable = geometry.isna() | geometry.is_empty | ~geometry.geom_type.isin(["Polygon", "MultiPolygon"])
    if unusable.any():
        missing = shown(list(layer.codes[unusable]))
        return f"no polygon for {missing}. Expected one polygon or multipolygon a row."
    return None


def _flat(layer: Layer, geometry: gpd.GeoSeries) -> tuple[gpd.GeoSeries, list[Finding]]:
    """The shapes without heights."""
    if not geometry.has_z.any():
        return geometry, []
    message = f"{int(geometry.has_z.sum()):,} shapes have heights, which were dropped."
    flat = gpd.GeoSeries(shapely.force_2d(geometry.to_numpy()), index=geometry.index, crs=geometry.crs)
    return flat, [Finding("note", layer.file, message)]


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
    how = "itself and was" if len(codes) == 1 else "themselves and were"
    message = f"{counted(len(codes), 'polygon')} crossed {how} repaired: {shown(codes)}."
    return mended, [Finding("warning", layer.file, message)]


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """The polygons of a repaired shape; loose lines and points are dropped."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return shapely.union_all(parts[shapely.get_dimensions(parts) == 2])


def overlapping(codes: pd.Series, geometry: gpd.GeoSeries) -> tuple[list[str], int]:
    """The pairs of areas that overlap, in words, and how many more do by slivers under a metre wide."""
    shapes = geometry.to_numpy()
    if shapely.coverage_is_valid(shapes):
        return [], 0
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first = one < other
    one, other = one[first], other[first]
    shared = shapely.intersection(shapes[one], shapes[other])
    area = shapely.area(shared)
    # Rounded degrees leave slivers along kilometres of border: wide is what tells a real overlap.
    wide = (area > OVERLAP_AREA_M2) & (area > OVERLAP_WIDTH_M * shapely.length(shared) / 2)
    names = codes.to_numpy()
    pairs = [f"{names[a]} and {names[b]}" for a, b in zip(one[wide], other[wide], strict=True)]
    return pairs, int(((area > OVERLAP_AREA_M2) & ~wide).sum())


def _overlaps(layer: Layer, geometry: gpd.GeoSeries) -> list[Finding]:
    pairs, slivers = overlapping(layer.codes, geometry)
    if pairs:
        return [Finding("error", layer.file, f"areas overlap: {shown(pairs)}. Correct the boundaries.")]
    if not slivers:
        return []
    return [
        Finding("warning", layer.file, f"{slivers:,} pairs of areas overlap by slivers under a metre wide.")
    ]
