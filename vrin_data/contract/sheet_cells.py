"""Prints the sheets of one small workbook as JSON; run in a process of its own, imports nothing of VRIN.

    python sheet_cells.py WORKBOOK

A few kilobytes with one cell in the last row and column make the reader ask for hundreds of gigabytes
and end its process, which therefore must not be one that serves anybody. Ends with 3 and a word where
the workbook cannot be read.
"""

import json
import sys
from typing import Any

import python_calamine

MOST_ADDRESS_BYTES = 2**31
MOST_SECONDS = 60
MOST_SHEETS = 50
MOST_ROWS = 20_000
MOST_COLUMNS = 400


def main(workbook: str) -> None:
    """Print the sheets, or the word for what forbids it."""
    _limit_this_process()
    try:
        with python_calamine.load_workbook(workbook) as book:
            kinds = python_calamine.SheetTypeEnum
            names = [one.name for one in book.sheets_metadata if one.typ == kinds.WorkSheet]
            sheets = [
                {"name": name, "rows": _rows(book.get_sheet_by_name(name))} for name in names[:MOST_SHEETS]
            ]
    except python_calamine.PasswordError:
        sys.exit(_refuse("password"))
    except (python_calamine.CalamineError, OSError, ValueError, KeyError):
        sys.exit(_refuse("damaged"))
    print(json.dumps(sheets))


def _rows(sheet: Any) -> list[list[str]]:
    if sheet.total_height > MOST_ROWS:
        raise ValueError(sheet.total_height)
    found = [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.to_python(skip_empty_area=False)]
    return [row[: _last(row)] for row in found]


def _last(row: list[str]) -> int:
    return max((number for number, text in enumerate(row, start=1) if text), default=0)


def _text(cell: Any) -> str:
    """A cell as its text; a whole number without the .0 that a spreadsheet's number comes with."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return " ".join(str(cell).split())


def _refuse(word: str) -> int:
    print(json.dumps(word))
    return 3


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:
        # Windows has no such limits; a crash here is a refusal there.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESS_BYTES, MOST_ADDRESS_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*sys.argv[1:])
