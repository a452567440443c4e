"""Workbooks (XLSX, XLSM, XLSB, XLS, ODS) as tables of text, one for each sheet.

Another process opens them (`sheet_dump.py`), after what the file declares about itself was looked at.
"""

import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.fitting import Fit
from vrin_data.intake.reading.heads import Head, numbered_head
from vrin_data.intake.reading.lines import BrokenLine, Records, numbered_sql, surveyed
from vrin_data.intake.reading.splitting import TOO_LONG
from vrin_data.intake.reading.unpack import BROKEN_ZIP, SourceFile, check_members

DUMP = Path(__file__).with_name("sheet_dump.py")
MOST_SECONDS = 900
FAULT_HEADING = "vrin_fault"
LONG_MARK = "long"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ROUNDED = (
    "holds a number of more than 15 digits, which a spreadsheet rounds; format the column as text before "
    "the numbers are put in"
)
REFUSALS = {
    "password": "is protected by a password. Save it without one and send that.",
    "damaged": "cannot be read as a workbook: it is damaged, cut short, or of another kind. Save it as XLSX or CSV.",
}


@dataclass(frozen=True)
class Sheet:
    """One sheet as a numbered CSV in the intake's folder."""

    source: SourceFile
    path: Path
    width: int
    rounded: tuple[int, ...]
    has_long: bool

    def heads(self) -> list[Head]:
        """Its first rows."""
        return [numbered_head(self.path, skipped=2)]

    def records(self, connection: duckdb.DuckDBPyConnection, fit: Fit, coded: list[int]) -> Records:
        """The rows below the header; those with a rounded number in a column that is used are broken."""
        reader = numbered_sql(self.path, self.width, (FAULT_HEADING,))
        below = f"from {reader} where vrin_line > {fit.row.last_line}"
        marks = [LONG_MARK] if self.has_long else []
        marks += [str(position) for position in sorted(set(self.rounded) & fit.used_positions)]
        if not marks:
            return surveyed(connection, f"(select * {below})", (), coded)
        listed = ", ".join(f"'{mark}'" for mark in marks)
        is_bad = f"list_has_any(string_split(coalesce({FAULT_HEADING}, ''), ' '), [{listed}])"
        found = connection.execute(
            f"select vrin_line, {FAULT_HEADING} {below} and {is_bad} order by vrin_line"
        ).fetchall()
        broken = tuple(BrokenLine(int(line), _why(fault, fit)) for line, fault in found)
        return surveyed(connection, f"(select * {below} and not {is_bad})", broken, coded)


def sheets_of(source: SourceFile) -> list[Sheet]:
    """Every sheet that holds anything. Raises RefusedInput where the workbook cannot or must not be opened."""
    found = [
        Sheet(
            SourceFile(f"{source.name}/{one['name']}", source.path.with_name(one["path"]), source.file_hash),
            source.path.with_name(one["path"]),
            one["width"],
            tuple(one["rounded"]),
            one["has_long"],
        )
        for one in _dumped(source)
        if one["rows"]
    ]
    if not found:
        raise RefusedInput(
            f"{source.name}: holds no sheet with anything in it. If there was nothing to report, send the header line."
        )
    return found


def _why(fault: str, fit: Fit) -> str:
    if fault == LONG_MARK:
        return TOO_LONG
    named = [fit.row.cells[int(mark)] for mark in fault.split() if int(mark) in fit.used_positions]
    return f"the column {', '.join(named)} {ROUNDED}"


def _dumped(source: SourceFile) -> list[dict[str, Any]]:
    """What the other process wrote; read again where the same file is opened once more."""
    told = source.path.with_name(f"sheets-{source.path.stem}.json")
    if not told.exists():
        check_package(source)
        told.write_text(json.dumps(_dump(source)), encoding="utf-8")
    sheets: list[dict[str, Any]] = json.loads(told.read_text(encoding="utf-8"))
    return sheets


def check_package(source: SourceFile) -> None:
    """Refuse a workbook that would unpack to far more than it is, before anything of it is read."""
    if not zipfile.is_zipfile(source.path):
        return
    try:
        with zipfile.ZipFile(source.path) as package:
            check_members(source.name, source.path.stat().st_size, package.infolist())
    except BROKEN_ZIP as error:
        raise RefusedInput(f"{source.name}: {REFUSALS['damaged']}") from error


def _dump(source: SourceFile) -> Any:
    book = _with_its_own_end(source)
    # -P keeps this folder's own modules from standing in for others of the same name.
    words = [sys.executable, "-P", str(DUMP), str(book), str(book.parent), source.path.stem]
    try:
        done = subprocess.run(words, capture_output=True, timeout=MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise RefusedInput(f"{source.name}: took too long to open. Save the sheet as CSV.") from None
    if done.returncode == 0:
        return json.loads(done.stdout)
    if done.returncode == 3:
        raise RefusedInput(f"{source.name}: {REFUSALS[json.loads(done.stdout)]}")
    raise RefusedInput(
        f"{source.name}: cannot be opened within the limits: it is damaged, or holds a cell far outside its table. "
        "Copy the table into a new workbook, or save the sheet as CSV."
    )


def _with_its_own_end(source: SourceFile) -> Path:
    """The workbook under the end that its content asks for, by which the reader tells its format."""
    book = source.path.with_name(f"book-{source.path.stem}{_end_of(source)}")
    shutil.copyfile(source.path, book)
    return book


def _end_of(source: SourceFile) -> str:
    if not zipfile.is_zipfile(source.path):
        # A workbook with a password is not a zip but holds one, encrypted, in the older container.
        return ".xlsx" if ENCRYPTED in source.path.read_bytes() else ".xls"
    with zipfile.ZipFile(source.path) as package:
        names = package.namelist()
    if "content.xml" in names:
        return ".ods"
    return ".xlsb" if "xl/workbook.bin" in names else ".xlsx"
