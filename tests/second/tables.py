"""A delimited text file read record by record: what stands above its header, its headings, its rows."""

import csv
import io
from dataclasses import dataclass

from tests.second.words import Toml, fold

ABOVE = {
    "period": "period",
    "period start": "period_start",
    "period end": "period_end",
    "extracted": "extracted_at",
    "record count": "declared_count",
}
"""What may stand above a header in any feed, in one spelling each."""


@dataclass(frozen=True)
class Table:
    """A file as a person reads it.

    `positions` says which column each of VRIN's names is; `rows` are the records with the line each
    begins on; `ragged` are the lines that have another number of cells than the header.
    """

    delimiter: str
    above: dict[str, str]
    headings: tuple[str, ...]
    positions: dict[str, int]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    ragged: tuple[int, ...]


def read_table(content: bytes, feed: Toml) -> Table:
    """The table of a file's bytes; the delimiter is the one under which a line holds the most headings."""
    known = {fold(name): column["name"] for column in feed["columns"] for name in column["accepted"]}
    text = decoded(content)
    tries = [(delimiter, records(text, delimiter)) for delimiter in ",;\t|"]
    delimiter, found = max(tries, key=lambda one: max(_known_in(cells, known) for _, cells in one[1]))
    head = max(range(len(found)), key=lambda index: (_known_in(found[index][1], known), -index))
    headings = found[head][1]
    above = {ABOVE[fold(cells[0])]: cells[1] for _, cells in found[:head] if fold(cells[0]) in ABOVE}
    positions = {known[fold(name)]: index for index, name in enumerate(headings) if fold(name) in known}
    body = [
        (line, cells)
        for line, cells in found[head + 1 :]
        if any(cell.strip() for cell in cells) or len(cells) > 1
    ]
    whole = tuple((line, cells[: len(headings)]) for line, cells in body if _is_whole(cells, len(headings)))
    ragged = tuple(line for line, cells in body if not _is_whole(cells, len(headings)))
    return Table(delimiter, above, headings, positions, whole, ragged)


def decoded(content: bytes) -> str:
    """A file's text: as its byte order mark says, else UTF-8, else Windows-1252 line by line."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    return "".join(
        _decoded_line(line) for line in content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
    )


def records(text: str, delimiter: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every record of a text with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, line = [], 1
    for cells in reader:
        if cells:
            found.append((line, tuple(cells)))
        line = reader.line_num + 1
    return found


def _decoded_line(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252")


def _known_in(cells: tuple[str, ...], known: dict[str, str]) -> int:
    return sum(fold(cell) in known for cell in cells)


def _is_whole(cells: tuple[str, ...], width: int) -> bool:
    """Whether a record has as many cells as the header; blank ones beyond it are no fault."""
    return len(cells) >= width and not any(cell for cell in cells[width:])
