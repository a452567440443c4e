"""A layer of own areas from a polygon file: GeoJSON, GeoPackage, zipped shapefile or GeoParquet."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import shapely

from vrin_data.contract.own_layer_lists import ReadLayer, chosen_heading, folded, guessed_name, listed
from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord
from vrin_data.errors import RefusedInput
from vrin_data.places.checking import checked
from vrin_data.places.columns import CodeColumn
from vrin_data.places.messages import counted
from vrin_data.places.reading import Layer, UnreadableFile, tables_of

OWN_KIND = "OWN"
PLACES = 3
"""Decimals of metres that are kept."""
NO_NAME = (
    "it cannot be told which column holds the names of your areas. Columns: {columns}. Choose one of them."
)


def read_shapes(
    path: Path, *, layer_id: str, name: str, name_column: str | None = None, file_name: str | None = None
) -> ReadLayer:
    """The layer of a polygon file, in National Grid metres. Raises RefusedInput with every fault.

    A single polygon without a name is called as the layer is. Notes say which column the names are from and
    what was repaired.
    """
    file = file_name or path.name
    read = _with_shapes(path, file)
    shown = read.frame.astype(object).where(read.frame.notna(), "").astype(str)
    names, note = _names(shown, name=name, wanted=name_column, file=file)
    sound, found = checked(_named_layer(file, names, read))
    faults = [one.message for one in found if one.level == "error"]
    if sound is None or sound.geometry is None:
        raise RefusedInput("\n".join([f"{file} was not read:", *faults]))
    areas = tuple(
        OwnAreaRecord(one, wkt=shapely.to_wkt(shape, rounding_precision=PLACES))
        for one, shape in zip(names, sound.geometry.to_numpy(), strict=True)
    )
    notes = [note, *(one.message for one in found if one.level == "warning")]
    return ReadLayer(OwnLayerRecord(layer_id, name, areas, file), tuple(notes))


def _with_shapes(path: Path, file: str) -> Layer:
    try:
        layers = [one for one in tables_of(path) if one.geometry is not None and len(one.frame)]
    except UnreadableFile as fault:
        raise RefusedInput(f"{file} was not read: {fault}. Check the file.") from None
    if not layers:
        raise RefusedInput(
            f"{file}: holds no polygons. Expected GeoJSON, GeoPackage, shapefile or GeoParquet."
        )
    if len(layers) > 1:
        raise RefusedInput(f"{file}: holds {len(layers)} layers of shapes. Save the one you mean by itself.")
    return layers[0]


def _names(frame: pd.DataFrame, *, name: str, wanted: str | None, file: str) -> tuple[list[str], str]:
    """The name of each polygon, and which column they are from, in words."""
    headings = [str(one) for one in frame.columns]
    if wanted:
        at: int | None = chosen_heading(headings, wanted, file)
    else:
        at = guessed_name(headings)
        at = _only_names(frame, headings) if at is None else at
    if at is None and len(frame) == 1:
        return [name], f"Read as one polygon, called {name}."
    if at is None:
        raise RefusedInput(f"{file}: {NO_NAME.format(columns=listed(headings) or 'none')}")
    whose = "its name" if len(frame) == 1 else "their names"
    words = f"Read as {counted(len(frame), 'polygon')}, {whose} from the column {headings[at]!r}."
    return [one.strip() for one in frame.iloc[:, at]], words


def _only_names(frame: pd.DataFrame, headings: Sequence[str]) -> int | None:
    """The one column whose heading ends in name, or else the one of words that differ row by row."""
    ending = [at for at, one in enumerate(headings) if folded(one).endswith(("name", "nm"))]
    if len(ending) == 1:
        return ending[0]
    worded = [
        at
        for at in range(len(headings))
        if frame.iloc[:, at].is_unique and frame.iloc[:, at].str.contains(r"[A-Za-z]", regex=True).all()
    ]
    return worded[0] if len(worded) == 1 and len(frame) > 1 else None


def _named_layer(file: str, names: Sequence[str], read: Layer) -> Layer:
    """The shapes with their names in place of official codes, for the checks of official layers."""
    key = CodeColumn("name", OWN_KIND, "own", None)
    return Layer(file, pd.DataFrame({"name": [*names]}), (key,), key, read.geometry)
