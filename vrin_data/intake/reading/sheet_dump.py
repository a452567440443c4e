"""Writes every sheet of one workbook as a numbered CSV; run in a process of its own, imports nothing of VRIN.

    python sheet_dump.py WORKBOOK FOLDER STEM

A five-kilobyte workbook with one cell in the last row and column makes the reader ask for 500 GB and
abort its process, which therefore must not be the one that holds the build. Prints what was written
as JSON: for every sheet its name, file, width, number of rows and columns that hold rounded numbers.
Ends with 3 and a word where the workbook cannot be read.
"""

import csv
import json
import posixpath
import re
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import python_calamine

MOST_ADDRESS_BYTES = 3 * 2**30
MOST_WRITTEN_BYTES = 2 * 2**30
MOST_SECONDS = 600
MOST_SHEETS = 500
LONGEST_ROW = 1_000_000
# From here on a spreadsheet's number stands for several whole numbers.
ROUNDED_FROM = 10**15
DAMAGE = (
    python_calamine.CalamineError,
    zipfile.BadZipFile,
    ElementTree.ParseError,
    OSError,
    ValueError,
    KeyError,
)
HEADINGS = ("vrin_line", "vrin_fault")
TOO_LONG = "long"
READ_BYTES = 2**20
ERROR_TYPE = b't="e"'
_ERROR_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\bt="e"[^>]*>(?:(?!</c>).)*?<v>(#[A-Z0-9/?!_]{1,20})</v>', re.DOTALL
)
ONE_LINE = {ord("\n"): " ", ord("\r"): " ", 0: None}


def main(workbook: str, folder: str, stem: str) -> None:
    """Print what was written, or the word for what forbids it."""
    _limit_this_process()
    try:
        sheets = _dump(workbook, Path(folder), stem)
    except python_calamine.PasswordError:
        sys.exit(_refuse("password"))
    except DAMAGE:
        sys.exit(_refuse("damaged"))
    print(json.dumps(sheets))


def _refuse(word: str) -> int:
    print(json.dumps(word))
    return 3


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:
        # Windows has no such limits; the parent's own still holds: a crash here is a refusal there.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESS_BYTES, MOST_ADDRESS_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN_BYTES, MOST_WRITTEN_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _dump(workbook: str, folder: Path, stem: str) -> list[dict[str, Any]]:
    with python_calamine.load_workbook(workbook) as book:
        faults = error_cells(workbook)
        kinds = python_calamine.SheetTypeEnum
        names = [one.name for one in book.sheets_metadata if one.typ == kinds.WorkSheet]
        if len(names) > MOST_SHEETS:
            raise ValueError(len(names))
        sheets = []
        written = 0
        for number, name in enumerate(names):
            path = folder / f"sheet-{stem}-{number}.csv"
            sheets.append(_dump_sheet(book.get_sheet_by_name(name), path, faults.get(name, {})))
            written += path.stat().st_size
            if written > MOST_WRITTEN_BYTES:
                raise ValueError(written)
        return sheets


def _dump_sheet(sheet: Any, path: Path, faults: dict[int, dict[int, str]]) -> dict[str, Any]:
    """Write a sheet's rows that hold anything, each with its number in the sheet."""
    first = sheet.start[1] if sheet.start else 0
    rows = 0
    rounded: set[int] = set()
    has_long = False
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*HEADINGS, *range(sheet.width)])
        for number, cells in enumerate(sheet.iter_rows() if sheet.width else (), start=1):
            for column, words in faults.get(number, {}).items():
                if 0 <= column - first < len(cells):
                    cells[column - first] = words
            texts, fault = texts_of(cells)
            if texts is None:
                continue
            if fault == TOO_LONG:
                has_long = True
            elif fault:
                rounded.update(map(int, fault.split()))
            writer.writerow([number, fault, *texts])
            rows += 1
    return {
        "name": sheet.name,
        "path": path.name,
        "width": sheet.width,
        "rows": rows,
        "rounded": sorted(rounded),
        "has_long": has_long,
    }


def texts_of(cells: list[Any]) -> tuple[list[str] | None, str]:
    """A row's cells as text (None for a blank row), and its fault: the positions of rounded numbers."""
    texts = [cell if type(cell) is str else _TEXTS.get(type(cell), str)(cell) for cell in cells]
    joined = "".join(texts)
    if not joined.isprintable():
        texts = [text.translate(ONE_LINE) for text in texts]
    if not joined.strip():
        return None, ""
    if len(joined) > LONGEST_ROW:
        return [""] * len(texts), TOO_LONG
    rounded = [
        index
        for index, cell in enumerate(cells)
        if type(cell) in NUMBERS and not -ROUNDED_FROM < cell < ROUNDED_FROM
    ]
    return texts, " ".join(map(str, rounded))


def _number(number: float) -> str:
    return str(int(number)) if number.is_integer() else repr(number)


def _moment(moment: datetime) -> str:
    """A spreadsheet keeps a moment as a fraction of a day, which may miss the second by a little."""
    if moment.microsecond:
        moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    return str(moment)


def _length(length: timedelta) -> str:
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


def _truth(is_true: bool) -> str:
    return "TRUE" if is_true else "FALSE"


NUMBERS = (float, int)
_TEXTS: dict[type, Callable[[Any], str]] = {
    float: _number,
    bool: _truth,
    datetime: _moment,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _length,
}


def error_cells(workbook: str) -> dict[str, dict[int, dict[int, str]]]:
    """The error cells (#REF!) of an XLSX by sheet, row and column: the reader gives them as blanks."""
    if not workbook.endswith(".xlsx"):
        return {}
    with zipfile.ZipFile(workbook) as package:
        parts = _parts_of_sheets(package)
        return {name: _errors_in(package, part) for name, part in parts.items() if _has_errors(package, part)}


def _parts_of_sheets(package: zipfile.ZipFile) -> dict[str, str]:
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): str(one.get("Target")) for one in relations}
    sheets = ElementTree.fromstring(package.read("xl/workbook.xml")).iter()
    found = {
        str(sheet.get("name")): targets.get(next((v for k, v in sheet.items() if k.endswith("}id")), None))
        for sheet in sheets
        if sheet.tag.endswith("}sheet")
    }
    names = set(package.namelist())
    parts = {name: posixpath.join("xl", target).lstrip("/") for name, target in found.items() if target}
    return {name: part for name, part in parts.items() if part in names}


def _has_errors(package: zipfile.ZipFile, part: str) -> bool:
    before = b""
    with package.open(part) as sheet:
        while chunk := sheet.read(READ_BYTES):
            if ERROR_TYPE in before + chunk:
                return True
            before = chunk[-len(ERROR_TYPE) :]
    return False


def _errors_in(package: zipfile.ZipFile, part: str) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    for cell in _ERROR_CELL.finditer(package.read(part)):
        letters, row, words = (group.decode("ascii") for group in cell.groups())
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - ord("A") + 1
        found.setdefault(int(row), {})[column - 1] = words
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
