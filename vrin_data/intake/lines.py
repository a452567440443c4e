"""Reading a file's records, each with the line it stands on, and those that cannot be split into cells.

The quick way leaves the splitting to DuckDB. Where its count of lines does not match the file's
(a cell with a line break, a quote that is never closed, blank lines, mixed line ends), the careful
way reads record by record, so that one bad line is one rejected row and not the end of the file.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import duckdb

from vrin_data.intake.header import Header
from vrin_data.intake.text import TextShape

MOST_LINES_IN_A_RECORD = 200
LONGEST_LINE_BYTES = 4_000_000
CAREFUL_HEADING = "vrin_line"
_TO_CLOSING_QUOTE = re.compile(r'(?:[^"]++|"")*+"')
_OPEN_QUOTE = "a quote in the line is opened and never closed, or in the wrong place"

# Python's own limit for a cell is smaller than what the quick way reads.
csv.field_size_limit(LONGEST_LINE_BYTES)


@dataclass(frozen=True)
class BrokenLine:
    """A line that is not a record: its number, and why."""

    line_number: int
    reason: str


@dataclass(frozen=True)
class Records:
    """A file's records as a DuckDB source: what to put after `from`, and how to tell a row's line.

    `source` yields the file's columns under the names c0, c1, ... and, the careful way, the line.
    `values` holds the distinct values of the columns that were asked for, by position.
    """

    source: str
    line_expression: str
    broken: tuple[BrokenLine, ...]
    row_count: int
    values: dict[int, list[str]]

    @property
    def rows_in(self) -> int:
        """Rows the file holds, broken ones too."""
        return self.row_count + len(self.broken)


def records_of(
    connection: duckdb.DuckDBPyConnection, path: Path, header: Header, shape: TextShape, coded: list[int]
) -> Records:
    """How to read the records of a file, with the distinct values of its coded columns."""
    if not shape.has_mixed_ends:
        quick = _quick(connection, path, header, shape, coded)
        if quick is not None:
            return quick
    return _careful(connection, path, header, coded)


def reader_sql(
    path: Path, delimiter: str, column_count: int, *, extra: tuple[str, ...] = (), rejects: str | None = None
) -> str:
    """`read_csv` over a file of the intake's folder, told everything, so that nothing is guessed.

    Lines that are no records are left out; where `rejects` is given they are told in the temporary
    tables of that name.
    """
    names = (*extra, *(f"c{index}" for index in range(column_count)))
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    quoted = path.as_posix().replace("'", "''")
    shown = "\\t" if delimiter == "\t" else delimiter
    broken = (
        f"store_rejects = true, rejects_table = '{rejects}', rejects_scan = '{rejects}_scan'"
        if rejects
        else "ignore_errors = true"
    )
    return (
        f"read_csv('{quoted}', auto_detect = false, header = true, delim = '{shown}', quote = '\"', "
        f"escape = '\"', nullstr = '', {broken}, max_line_size = {LONGEST_LINE_BYTES}, "
        f"null_padding = false, columns = {{{columns}}})"
    )


def _survey(
    connection: duckdb.DuckDBPyConnection, source: str, coded: list[int]
) -> tuple[int, dict[int, list[str]]]:
    """Number of records, and the distinct values of the coded columns, in one reading."""
    wanted = ", ".join(["count(*)", *(f"list(distinct c{position})" for position in coded)])
    answer = connection.execute(f"select {wanted} from {source}").fetchone() or (0,)
    return int(answer[0]), {
        position: sorted(value for value in values or [] if value is not None)
        for position, values in zip(coded, answer[1:], strict=True)
    }


def _quick(
    connection: duckdb.DuckDBPyConnection, path: Path, header: Header, shape: TextShape, coded: list[int]
) -> Records | None:
    # A name of its own for each file: DuckDB does not make the table again once it was dropped.
    rejects_table = f"rejects_{path.stem.replace('-', '_')}"
    source = reader_sql(path, header.delimiter, len(header.headings))
    told = reader_sql(path, header.delimiter, len(header.headings), rejects=rejects_table)
    try:
        row_count, values = _survey(connection, told, coded)
        rejects = _told_rejects(connection, rejects_table)
    except duckdb.Error:
        return None
    if row_count + len(rejects) + 1 != shape.line_count:
        return None
    broken = tuple(BrokenLine(line, _why(kind)) for line, kind in rejects)
    return Records(source, _line_expression(broken), broken, row_count, values)


def _told_rejects(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[int, str]]:
    """Line and kind of every record that could not be read; DuckDB makes the table with the first of them."""
    made = connection.execute(
        "select count(*) from duckdb_tables() where table_name = $table", {"table": table}
    )
    if made.fetchone() == (0,):
        return []
    found = connection.execute(
        f"select line, min(error_type::varchar) from {table} group by line order by line"
    ).fetchall()
    connection.execute(f"drop table {table}; drop table {table}_scan")
    return [(int(line), str(kind)) for line, kind in found]


def _line_expression(broken: tuple[BrokenLine, ...]) -> str:
    """Line of the nth kept record: its rank, the header, and the broken lines before it."""
    if not broken:
        return "rank + 1"
    places = ", ".join(str(fault.line_number - 1 - index) for index, fault in enumerate(broken))
    return f"rank + 1 + len(list_filter([{places}], place -> place <= rank))"


def _why(kind: str) -> str:
    return {
        "TOO MANY COLUMNS": "the line has more cells than the header",
        "MISSING COLUMNS": "the line has fewer cells than the header",
        "INVALID ENCODING": "the line is not readable text",
        "UNQUOTED VALUE": "a quote in the line is opened or closed in the wrong place",
        "LINE SIZE OVER MAXIMUM": "the line is too long",
    }.get(kind, "the line cannot be split into cells")


def _careful(connection: duckdb.DuckDBPyConnection, path: Path, header: Header, coded: list[int]) -> Records:
    clean = path.with_suffix(".clean")
    broken: list[BrokenLine] = []
    width = len(header.headings)
    with (
        path.open(encoding="utf-8", newline=None) as lines,
        clean.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([CAREFUL_HEADING, *header.headings])
        for number, cells, reason in _records(_limited(lines), header.delimiter, width):
            if reason:
                broken.append(BrokenLine(number, reason))
            else:
                writer.writerow([number, *(cell.replace("\n", " ").replace("\r", " ") for cell in cells)])
    source = reader_sql(clean, ",", width, extra=(CAREFUL_HEADING,))
    row_count, values = _survey(connection, source, coded)
    return Records(source, f"{CAREFUL_HEADING}::bigint", tuple(broken), row_count, values)


def _records(lines: Iterator[str], delimiter: str, width: int) -> Iterator[tuple[int, list[str], str | None]]:
    """Every record after the header: its line, its cells, and why it is none.

    A line that is no record gives the lines it had drawn in back, so that it alone is lost.
    """
    numbered = iter(enumerate(lines, start=1))
    next(numbered, None)
    waiting: deque[tuple[int, str]] = deque()
    while True:
        first = waiting.popleft() if waiting else next(numbered, None)
        if first is None:
            return
        number, line = first
        if not line.strip(" \n"):
            continue
        taken = [line]
        is_open = _is_open(line, delimiter, False)
        while is_open and len(taken) < MOST_LINES_IN_A_RECORD:
            further = waiting.popleft() if waiting else next(numbered, None)
            if further is None:
                break
            taken.append(further[1])
            is_open = _is_open(further[1], delimiter, True)
        cells, reason = ([], _OPEN_QUOTE) if is_open else _cells("".join(taken), delimiter, width)
        if reason and len(taken) > 1:
            waiting.extendleft(
                reversed([(number + index, text) for index, text in enumerate(taken[1:], start=1)])
            )
            reason = _OPEN_QUOTE
        yield number, cells, reason


def _cells(text: str, delimiter: str, width: int) -> tuple[list[str], str | None]:
    """A record's cells, or why it is none. Blank cells past the header's last are no fault."""
    if len(text) > LONGEST_LINE_BYTES:
        return [], _why("LINE SIZE OVER MAXIMUM")
    try:
        cells = next(csv.reader([text.removesuffix("\n")], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return [], _why("UNQUOTED VALUE")
    if len(cells) < width:
        return [], _why("MISSING COLUMNS")
    if any(cells[width:]):
        return [], _why("TOO MANY COLUMNS")
    return cells[:width], None


def _is_open(line: str, delimiter: str, was_open: bool) -> bool:
    """Whether a quoted cell goes on after this line. A quote opens one only where a cell begins."""
    at = 0
    while True:
        if was_open:
            closed = _TO_CLOSING_QUOTE.match(line, at)
            after = line.find(delimiter, closed.end()) if closed else -1
            if after < 0:
                return closed is None
            at = after + 1
        was_open = True
        if line.startswith('"', at):
            at += 1
        elif (start := line.find(delimiter + '"', at)) >= 0:
            at = start + 2
        else:
            return False


def _limited(handle: TextIO) -> Iterator[str]:
    """A file's lines; of one beyond the limit only as much as shows that it is."""
    while line := handle.readline(LONGEST_LINE_BYTES + 1):
        rest = line
        while len(rest) > LONGEST_LINE_BYTES and not rest.endswith("\n"):
            rest = handle.readline(LONGEST_LINE_BYTES + 1)
        yield line
