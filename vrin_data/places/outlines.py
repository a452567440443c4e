"""Outlines to draw: one TopoJSON file a level, simplified so that all levels nest; never used for placing."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from topojson import Topology

from vrin_data.contract.codes import LEVELS, is_layer
from vrin_data.places.area_set import AreaSet, level_closure
from vrin_data.places.hexagons import HEX_LEVEL, hexagons
from vrin_data.places.layers import boundaries_in_force
from vrin_data.places.register import SAMPLE

TOLERANCE_M = 50.0
MANY_AREAS, TOLERANCE_OF_MANY_M = 10_000, 200.0
"""More areas than that cover a country, which is drawn smaller: the file stays small enough to send."""
LAYER_TOLERANCE_M = 10.0
"""A partnership's own areas may be small."""
OBJECT_NAME = "a"
PARENT_LEVELS = ("district", "csp", "force")
SAMPLE_ATTRIBUTION = (
    "Approximate outlines derived from postcode points. Contains OS data © Crown copyright and database "
    "right, Royal Mail data © Royal Mail copyright and database right, National Statistics data © Crown "
    "copyright and database right, OGL v3.0"
)
OFFICIAL_ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
    "Contains OS data © Crown copyright and database right",
)
Shapes = npt.NDArray[np.object_]


def write_outlines(layers: dict[str, gpd.GeoDataFrame], folder: Path) -> dict[str, str]:
    """Write a TopoJSON file for each of the layers that `drawn_layers` gives; level to file name.

    Object `a`; a feature's id is the area's code, its properties are name and the codes of its
    district, csp and force (None where it lies in none or in several). Whole metres, EPSG:27700,
    simplified. The name holds a hash of the content, and a file of that name is left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return {level: _write(level, layer, folder) for level, layer in layers.items()}


def attribution(area_set: AreaSet) -> list[str]:
    """The lines to show wherever these outlines are drawn."""
    is_sample = area_set.boundaries["vintage"] == SAMPLE
    lines = [SAMPLE_ATTRIBUTION] if is_sample.any() else []
    return lines + (list(OFFICIAL_ATTRIBUTION) if not is_sample.all() else [])


def drawn_layers(area_set: AreaSet) -> dict[str, gpd.GeoDataFrame]:
    """For each level, coarse first, area_code (index), name, district, csp, force and what to draw of it.

    The finest level that has boundaries is simplified, and the levels above are dissolved from it. A layer
    that lies across the small areas is drawn from boundaries of its own where it has some. The last,
    HEX_LEVEL, are the districts as hexagons.
    """
    closure = level_closure(area_set)
    nested = [level for level in LEVELS if not is_layer(level)]
    present = [level for level in nested if len(boundaries_in_force(area_set, level))]
    if not present:
        return {}
    finest = max(present, key=nested.index)
    base = boundaries_in_force(area_set, finest)
    tolerance = TOLERANCE_M if len(base) <= MANY_AREAS else TOLERANCE_OF_MANY_M
    shapes = shapely.coverage_simplify(base.geometry.to_numpy(), tolerance)
    own = [level for level in area_set.layers["level"] if level not in LEVELS]
    layers = {}
    for level in [*LEVELS[: LEVELS.index(finest) + 1], *own]:
        if is_layer(level) and len(bounds := boundaries_in_force(area_set, level)):
            codes, drawn = [*bounds["area_code"]], _simplified(bounds.geometry.to_numpy())
        else:
            above = closure[closure["level"] == level].set_index("area_code")["ancestor_code"]
            codes, drawn = _dissolved(base["area_code"].map(above), shapes)
        if len(codes):
            layers[level] = _described(codes, drawn, area_set, closure)
    if "district" in layers:
        layers[HEX_LEVEL] = hexagons(layers["district"], area_set.hexes)
    return layers


def neighbours(layers: dict[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Areas of a level that touch, each pair in both orders: level, area_code, neighbour_code."""
    parts = []
    for level, layer in layers.items():
        if level == HEX_LEVEL:
            continue
        shapes, codes = layer.geometry.to_numpy(), layer.index.to_numpy()
        one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        apart = one != other
        pairs = {"level": level, "area_code": codes[one[apart]], "neighbour_code": codes[other[apart]]}
        parts.append(pd.DataFrame(pairs).sort_values(["area_code", "neighbour_code"]))
    columns = pd.DataFrame(columns=["level", "area_code", "neighbour_code"])
    return pd.concat(parts, ignore_index=True) if parts else columns


def _simplified(shapes: Shapes) -> Shapes:
    """The shapes with fewer points: as a coverage where they are one, else each alone."""
    if shapely.coverage_is_valid(shapes):
        return np.asarray(shapely.coverage_simplify(shapes, LAYER_TOLERANCE_M))
    return np.asarray(shapely.simplify(shapes, LAYER_TOLERANCE_M))


def _dissolved(owners: pd.Series, shapes: Shapes) -> tuple[list[str], Shapes]:
    """Each owner's code with the union of its shapes; shapes without an owner are left out."""
    places = {str(code): rows for code, rows in owners.groupby(owners).indices.items()}
    codes = sorted(places)
    drawn = [shapely.coverage_union_all(shapes[places[code]]) for code in codes]
    return codes, np.asarray(shapely.normalize(drawn), dtype=object)


def _described(codes: list[str], drawn: Shapes, area_set: AreaSet, closure: pd.DataFrame) -> gpd.GeoDataFrame:
    names = area_set.areas.drop_duplicates("area_code", keep="last").set_index("area_code")["area_name"]
    code = pd.Series(codes)
    columns: dict[str, Any] = {"name": code.map(names)}
    for level in PARENT_LEVELS:
        above = closure[closure["level"] == level].set_index("area_code")["ancestor_code"]
        columns[level] = [value if isinstance(value, str) else None for value in code.map(above)]
    # As objects from the start: a missing parent must stay None, since NaN is no JSON.
    frame = pd.DataFrame(columns, dtype=object).set_axis(code, axis=0)
    return gpd.GeoDataFrame(frame, geometry=drawn, crs=27700)


def _write(level: str, layer: gpd.GeoDataFrame, folder: Path) -> str:
    content = json.dumps(
        _topology(layer), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()
    name = f"{level}-{hashlib.sha256(content).hexdigest()[:8]}.topo.json"
    if not (folder / name).exists():
        unfinished = folder / f".{name}.{os.getpid()}"
        unfinished.write_bytes(content)
        unfinished.replace(folder / name)
    return name


def _topology(layer: gpd.GeoDataFrame) -> dict[str, Any]:
    """TopoJSON of the layer, its arcs in whole metres, each point after the first as the step to it."""
    topology = Topology(layer, prequantize=False, object_name=OBJECT_NAME).to_dict()
    topology["arcs"] = [_steps(arc) for arc in topology["arcs"]]
    topology["transform"] = {"scale": [1, 1], "translate": [0, 0]}
    topology["bbox"] = [round(value) for value in layer.total_bounds]
    return topology


def _steps(arc: list[list[float]]) -> list[list[int]]:
    points = np.rint(np.asarray(arc)).astype("int64")
    steps = np.diff(points, axis=0)
    moved = steps[(steps != 0).any(axis=1)]
    return [points[0].tolist(), *(moved if len(moved) else steps[:1]).tolist()]
