"""A published weight table as sheets of text: workbooks (XLSX, XLS, XLSB, ODS) and CSV."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from vrin_data.contract.feeds import fold
from vrin_data.contract.sheet_cells import MOST_COLUMNS, MOST_ROWS
from vrin_data.errors import RefusedInput

CELLS = Path(__file__).with_name("sheet_cells.py")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
MOST_BYTES = 20 * 2**20
MOST_UNPACKED_BYTES = 200 * 2**20
MOST_SECONDS = 120
HEADER_WITHIN = 30
"""Rows from the top of a sheet among which its headings are looked for."""

REFUSALS = {
    "password": "is protected by a password. Save it without one.",
    "damaged": "cannot be read as a workbook: it is damaged, cut short, of another kind, or far larger than a "
    "weight table. Save the sheet as CSV.",
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its file and name as messages say them, and its rows from the first, blank ones included."""

    where: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Found:
    """A sheet whose headings were recognised; `places` gives the column of each name, from 0."""

    sheet: Sheet
    header: int
    places: Mapping[str, int]

    def lines(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Row number as a spreadsheet shows it, and the cells by name; rows blank in all of them are left out."""
        for number, row in enumerate(self.sheet.rows[self.header + 1 :], start=self.header + 2):
            cells = {name: row[at].strip() if at < len(row) else "" for name, at in self.places.items()}
            if any(cells.values()):
                yield number, cells


def sheets_of(path: Path) -> list[Sheet]:
    """The sheets of a file. Raises RefusedInput where it cannot or must not be read."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise RefusedInput(f"{path.name}: cannot be read ({error.strerror}). Check the path.") from None
    if size > MOST_BYTES:
        raise RefusedInput(
            f"{path.name}: {size:,} bytes are too many for a weight table. Save the sheet as CSV."
        )
    return _of_workbook(path) if path.suffix.lower() in WORKBOOKS else [_of_csv(path)]


def headed(sheet: Sheet, headings: Mapping[str, tuple[str, ...]], *, needed: set[str]) -> Found | None:
    """The sheet by its headings, in any spelling they may have; None where one that is needed is missing."""
    for at, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        folded = [fold(cell) for cell in row]
        places = {
            name: folded.index(spelling)
            for name, spellings in headings.items()
            for spelling in [next((one for one in spellings if one in folded), None)]
            if spelling is not None
        }
        if needed <= places.keys():
            return Found(sheet, at, places)
    return None


def _of_csv(path: Path) -> Sheet:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="cp1252", errors="replace")
    try:
        rows = tuple(tuple(row) for row in csv.reader(io.StringIO(text), strict=True))
    except csv.Error as error:
        raise RefusedInput(f"{path.name}: is not a CSV that can be read ({error}). Save it again.") from None
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise RefusedInput(f"{path.name}: has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns.")
    return Sheet(path.name, rows)


def _of_workbook(path: Path) -> list[Sheet]:
    _check_unpacked(path)
    # -P keeps this folder's own modules from standing in for others of the same name.
    words = [sys.executable, "-P", str(CELLS), str(path)]
    try:
        done = subprocess.run(words, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise RefusedInput(f"{path.name}: took too long to open. Save the sheet as CSV.") from None
    if done.returncode:
        word = json.loads(done.stdout) if done.returncode == 3 else "damaged"
        raise RefusedInput(f"{path.name}: {REFUSALS[word]}")
    return [
        Sheet(f"{path.name}, sheet '{one['name']}'", tuple(map(tuple, one["rows"])))
        for one in json.loads(done.stdout)
    ]


def _check_unpacked(path: Path) -> None:
    """Refuse a workbook that would unpack to far more than it is, before anything of it is read."""
    if not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as package:
            unpacked = sum(member.file_size for member in package.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise RefusedInput(f"{path.name}: {REFUSALS['damaged']}") from None
    if unpacked > MOST_UNPACKED_BYTES:
        raise RefusedInput(f"{path.name}: {REFUSALS['damaged']}")
