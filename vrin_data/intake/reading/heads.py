"""The rows a table begins with, among which its header line is looked for."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from vrin_data.contract.feeds import fold
from vrin_data.intake.reading.header import DELIMITERS
from vrin_data.intake.reading.splitting import is_quote_open, limited_lines

SCANNED_ROWS = 40
MOST_LINES_OF_A_ROW = 10
LONGEST_HEAD_LINE = 1_000_000


@dataclass(frozen=True)
class HeadRow:
    """A row near the top: the line it begins on, the line it ends on, and its cells."""

    line: int
    last_line: int
    cells: tuple[str, ...]

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The cells as headings are compared."""
        return tuple(fold(cell) for cell in self.cells)


@dataclass(frozen=True)
class Head:
    """The first rows of a table as one delimiter splits them (or as they came, in a workbook)."""

    delimiter: str
    rows: tuple[HeadRow, ...]


def text_heads(path: Path) -> Iterator[Head]:
    """A text file's first rows, once for each delimiter; the one that splits line 1 most comes first."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        lines = list(islice(limited_lines(handle, LONGEST_HEAD_LINE), SCANNED_ROWS + MOST_LINES_OF_A_ROW))
    for delimiter in sorted(DELIMITERS, key=lambda one: -lines[0].count(one) if lines else 0):
        yield Head(delimiter, tuple(islice(_rows(lines, delimiter), SCANNED_ROWS)))


def numbered_head(path: Path, skipped: int = 1) -> Head:
    """The first rows of a file that intake has written: the line in the first cell, then those skipped."""
    with path.open(encoding="utf-8", newline="") as handle:
        found = islice(csv.reader(handle), 1, SCANNED_ROWS + 1)
        rows = tuple(HeadRow(int(cells[0]), int(cells[0]), _trimmed(cells[skipped:])) for cells in found)
    return Head(",", rows)


def bytes_through(path: Path, line: int) -> int:
    """How many bytes the first so many lines take up."""
    size = lines = 0
    with path.open(encoding="utf-8", newline="") as handle:
        while lines < line and (piece := handle.readline(LONGEST_HEAD_LINE)):
            size += len(piece.encode())
            lines += piece.endswith(("\n", "\r"))
    return size


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[HeadRow]:
    """Rows of these lines; a quote that is opened and not closed soon is taken for text."""
    at = 0
    while at < len(lines):
        count = _lines_of_row(lines[at : at + MOST_LINES_OF_A_ROW], delimiter)
        cells = _split("".join(lines[at : at + count]), delimiter)
        yield HeadRow(at + 1, at + count, tuple(cell.strip() for cell in cells))
        at += count


def _lines_of_row(lines: Sequence[str], delimiter: str) -> int:
    is_open = False
    for count, line in enumerate(lines, start=1):
        is_open = is_quote_open(line, delimiter, is_open)
        if not is_open:
            return count
    return 1


def _split(text: str, delimiter: str) -> list[str]:
    bare = text.rstrip("\r\n")
    try:
        cells = next(csv.reader([bare], delimiter=delimiter), [])
    except csv.Error:
        cells = bare.split(delimiter)
    return [" ".join(cell.split()) if "\n" in cell or "\r" in cell else cell for cell in cells]


def _trimmed(cells: list[str]) -> tuple[str, ...]:
    width = max((index for index, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return tuple(cell.strip() for cell in cells[:width])
