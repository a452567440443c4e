"""Reads official area files as users get them: a layer per table, its codes as text."""

import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
from python_calamine import CalamineError
from shapely.errors import ShapelyError

from vrin_data.places.area_set import Finding
from vrin_data.places.columns import CodeColumn, code_columns, unique_column

os.environ.setdefault("PROJ_NETWORK", "OFF")

COMPANIONS = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix", ".xml")
"""Files that belong to a shapefile and are read with it."""

FIRST_BYTES = {
    ".gpkg": b"SQLite format 3\x00",
    ".zip": b"PK",
    ".parquet": b"PAR1",
    ".shp": b"\x00\x00\x27\x0a",
    ".xlsx": b"PK",
}
FORMATS = ".geojson, .json, .gpkg, .parquet, .zip (shapefile), .shp, .xlsx or .csv"
HEADING_WITHIN = 15
"""Rows of a worksheet among which its headings are looked for."""
MOST_UNPACKED_BYTES = 2_000_000_000


@dataclass(frozen=True)
class Layer:
    """One table of a file: its code columns, the one that tells its rows apart (key), its shapes if any."""

    file: str
    frame: pd.DataFrame
    columns: tuple[CodeColumn, ...]
    key: CodeColumn | None
    geometry: gpd.GeoSeries | None

    @property
    def codes(self) -> pd.Series:
        """The codes of the key column; only where there is a key."""
        return self.frame[self.key.column] if self.key else pd.Series(dtype=object)


class UnreadableFile(Exception):
    """The file cannot be read as what its name says; the message says why."""


def read_layers(files: Sequence[tuple[Path, bool]]) -> tuple[list[Layer], list[Finding]]:
    """Every layer with official codes in the files, and what was not used and why.

    `files` are those of `files_of`: one that was named and cannot be used is an error; one that only lies in
    a named folder a note.
    """
    layers: list[Layer] = []
    findings: list[Finding] = []
    for path, is_named in files:
        level: Literal["error", "note"] = "error" if is_named else "note"
        try:
            found = list(tables_of(path))
        except UnreadableFile as fault:
            findings.append(Finding(level, path.name, f"not used: {fault}"))
            continue
        used = [layer for layer in found if any(column.level for column in layer.columns)]
        layers += used
        if not used:
            message = "not used: no column of area codes of a level here (expected one such as LSOA21CD)"
            findings.append(Finding(level, path.name, message))
    return layers, findings


def files_of(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """The files under the paths, and whether each was named itself; the parts of a shapefile are one file."""
    for path in paths:
        if path.is_dir():
            inside = sorted(child for child in path.iterdir() if child.is_file())
            shapefiles = {child.stem for child in inside if child.suffix.lower() == ".shp"}
            for child in inside:
                if child.suffix.lower() not in COMPANIONS or child.stem.split(".")[0] not in shapefiles:
                    yield child, False
        else:
            yield path, True


def tables_of(path: Path) -> Iterator[Layer]:
    """Every table of a file, with official codes or without. Raises UnreadableFile."""
    suffix = path.suffix.lower()
    _check_beginning(path, suffix)
    try:
        if suffix == ".csv":
            yield _layer(path.name, read_csv(path))
        elif suffix == ".xlsx":
            for sheet, frame in _worksheets(path):
                yield _layer(f"{path.name}, sheet {sheet}", frame)
        elif suffix == ".parquet":
            yield _layer(path.name, _read_parquet(path))
        elif suffix == ".zip":
            for member in _shapefiles_in(path):
                frame = pyogrio.read_dataframe(f"/vsizip/{path}/{member}")
                yield _layer(f"{path.name}/{member}", frame)
        else:
            for name in pyogrio.list_layers(path)[:, 0]:
                yield _layer(path.name, pyogrio.read_dataframe(path, layer=name))
    except (ValueError, OSError, RuntimeError, ShapelyError, CalamineError, zipfile.BadZipFile) as fault:
        # Messages of the readers name paths of this machine; the first words of the kind are enough.
        raise UnreadableFile(f"it cannot be read as {suffix} ({type(fault).__name__})") from fault


def _check_beginning(path: Path, suffix: str) -> None:
    """A reader goes by content, so content must be what the name says before it is let near one."""
    if suffix not in (".csv", ".geojson", ".json", *FIRST_BYTES):
        raise UnreadableFile(f"no known format (expected {FORMATS})")
    if not path.is_file():
        raise UnreadableFile("there is no such file")
    with path.open("rb") as file:
        start = file.read(64)
    if suffix in (".geojson", ".json") and not start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        raise UnreadableFile("it does not begin as GeoJSON does")
    if not start.startswith(FIRST_BYTES.get(suffix, b"")):
        raise UnreadableFile(f"its content is not {suffix}")


def read_csv(path: Path) -> pd.DataFrame:
    """The file's rows as text, blanks as empty text."""
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="cp1252")


def _read_parquet(path: Path) -> pd.DataFrame:
    has_geometry = b"geo" in (pq.read_schema(path).metadata or {})
    return gpd.read_parquet(path) if has_geometry else pd.read_parquet(path)


def _worksheets(path: Path) -> Iterator[tuple[str, pd.DataFrame]]:
    """The sheets with a row of headings that name area codes, which publishers set under a title and notes."""
    with pd.ExcelFile(path, engine="calamine") as book:
        for sheet in book.sheet_names:
            top = pd.read_excel(book, sheet_name=sheet, header=None, nrows=HEADING_WITHIN, dtype=str)
            rows = (
                place
                for place, row in enumerate(top.itertuples(index=False))
                if code_columns([str(cell).strip() for cell in row])
            )
            heading = next(rows, None)
            if heading is not None:
                frame = pd.read_excel(book, sheet_name=sheet, header=heading)
                yield str(sheet), frame.rename(columns=lambda name: str(name).strip())


def _shapefiles_in(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MOST_UNPACKED_BYTES:
            raise UnreadableFile("it unpacks to more than 2 GB")
        names = sorted(member.filename for member in members if member.filename.lower().endswith(".shp"))
        for name in names:
            with archive.open(name) as file:
                if file.read(4) != FIRST_BYTES[".shp"]:
                    raise UnreadableFile(f"{name} in it is no shapefile")
    if not names:
        raise UnreadableFile("it holds no shapefile")
    return names


def _layer(file: str, frame: pd.DataFrame) -> Layer:
    geometry = None
    if isinstance(frame, gpd.GeoDataFrame):
        geometry = frame.geometry.reset_index(drop=True)
        frame = pd.DataFrame(frame.drop(columns=frame.geometry.name))
    frame = frame.reset_index(drop=True)
    columns = code_columns([str(name) for name in frame.columns])
    for column in columns:
        for name in (column.column, column.name_column):
            if name:
                frame[name] = (
                    frame[name].astype(object).where(frame[name].notna(), "").astype(str).str.strip()
                )
    return Layer(file, frame, columns, unique_column(frame, columns), geometry)
