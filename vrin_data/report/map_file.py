"""The figures of a map as a GeoPackage: every row with its area's outline, for QGIS and its like."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from vrin_data.protect import Presented
from vrin_data.report.map_image import outline_file, stamp_lines

CRS = "EPSG:27700"
FIGURES, STAMP = "figures", "stamp"
SECOND = "_2"


def map_file(
    areas: Presented,
    outlines: Path,
    name: str | None,
    *,
    attribution: Sequence[str] = (),
    other: Presented | None = None,
) -> bytes:
    """A GeoPackage of two layers: `figures`, every row and column as presented, and `stamp`, a row a line.

    Of two maps those of the `other` follow as `figures_2` and `stamp_2`.

    A row's geometry is the area's outline in the file `name` of the folder `outlines` (British National
    Grid, simplified for drawing); NULL where there is none, as of what was not placed. A figure that is
    NULL stays NULL. Raises UsageError where the outline is not there any more.
    """
    shapes = _shapes(outline_file(outlines, name)) if name else {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "map.gpkg"
        _write(areas, file, shapes, attribution=attribution, ending="")
        if other is not None:
            _write(other, file, shapes, attribution=attribution, ending=SECOND)
        return file.read_bytes()


def _write(
    areas: Presented, file: Path, shapes: Mapping[str, Any], *, attribution: Sequence[str], ending: str
) -> None:
    """Put the figures of one map and their stamp into the file, as layers whose names end so."""
    import geopandas as gpd  # Late: its engine takes half a second to load.
    import pyogrio

    geometry = gpd.GeoSeries([shapes.get(code) for code in areas.frame["area_code"]], crs=CRS)
    figures = gpd.GeoDataFrame(_storable(areas.frame), geometry=geometry)
    lines = stamp_lines(areas.stamp, attribution)
    stamp = pd.DataFrame({"line_number": range(1, len(lines) + 1), "line": lines})
    pyogrio.write_dataframe(
        figures,
        file,
        layer=FIGURES + ending,
        driver="GPKG",
        geometry_type="MultiPolygon",
        promote_to_multi=True,
    )
    pyogrio.write_dataframe(stamp, file, layer=STAMP + ending, driver="GPKG")


def _shapes(file: Path) -> Mapping[str, Any]:
    """The outlines of a TopoJSON file by area code."""
    import pyogrio

    found = pyogrio.read_dataframe(file, columns=["id"])
    return dict(zip(found["id"], found.geometry, strict=True))


def _storable(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with types that a GeoPackage has; NULL in a whole number makes it a real one, so that it stays NULL."""
    plain = frame.reset_index(drop=True).copy()
    for name in plain.columns:
        column = plain[name]
        if pd.api.types.is_bool_dtype(column):
            plain[name] = column.fillna(False).astype(bool)
        elif pd.api.types.is_numeric_dtype(column):
            whole = pd.api.types.is_integer_dtype(column) and column.notna().all()
            kind = "int64" if whole else "float64"
            plain[name] = column.astype(kind) if whole else column.to_numpy(dtype=kind, na_value=float("nan"))
    return plain
