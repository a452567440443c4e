"""Reading a file's records, each with the line it stands on, and those that cannot be split into cells.

The quick way leaves the splitting to DuckDB. Where its count of lines does not match the file's
(a cell with a line break, a quote that is never closed, blank lines, mixed line ends), the careful
way reads record by record, so that one bad line is one rejected row and not the end of the file.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from vrin_data.intake.reading.header import Header
from vrin_data.intake.reading.splitting import (
    LONGEST_LINE_BYTES,
    limited_lines,
    records,
)
from vrin_data.intake.reading.text import TextShape

CAREFUL_HEADING = "vrin_line"
NUMBERED_LINE = f"{CAREFUL_HEADING}::bigint"
# Quoting cells anew may make a line twice as long as it was: a quote is written as two.
LONGEST_WRITTEN = LONGEST_LINE_BYTES * 9 // 4
# DuckDB would otherwise take sixteen longest lines at a time: 64 MB a thread, and few pieces to share out.
LINES_IN_A_BUFFER = 2


@dataclass(frozen=True)
class BrokenLine:
    """A line that is not a record: its number, and why."""

    line_number: int
    reason: str


@dataclass(frozen=True)
class Records:
    """A file's records as a DuckDB source: what to put after `from`, and how to tell a row's line.

    `source` yields the file's columns under the names c0, c1, ... and, where the line cannot be told
    from a row's place, the line as `vrin_line`.
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
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    header: Header,
    shape: TextShape,
    coded: list[int],
    *,
    lines_above: int = 0,
) -> Records:
    """How to read the records of a text file, with the distinct values of its coded columns.

    The file's first line is its header; `lines_above` is how many lines stood above it in the file
    that people know.
    """
    if not shape.has_mixed_ends:
        quick = _quick(connection, path, header, shape, coded, lines_above)
        if quick is not None:
            return quick
    return _careful(connection, path, header, coded, lines_above)


def surveyed(
    connection: duckdb.DuckDBPyConnection, source: str, broken: tuple[BrokenLine, ...], coded: list[int]
) -> Records:
    """Records of a source that carries each row's line as `vrin_line`."""
    row_count, values = _survey(connection, source, coded)
    return Records(source, NUMBERED_LINE, broken, row_count, values)


def reader_sql(path: Path, delimiter: str, column_count: int) -> str:
    """`read_csv` over a file of the intake's folder, told everything, so that nothing is guessed.

    Lines that are no records are left out.
    """
    columns = {f"c{index}": "VARCHAR" for index in range(column_count)}
    return _read_csv(path, delimiter, columns, f"ignore_errors = true, {_sizes(LONGEST_LINE_BYTES)}")


def numbered_sql(path: Path, column_count: int, extra: tuple[str, ...] = ()) -> str:
    """`read_csv` over a file that intake itself has written, with each row's line in front.

    `extra` are columns between the line and c0. Nothing may be left out: a line that cannot be
    read is an error.
    """
    columns = {CAREFUL_HEADING: "BIGINT"} | dict.fromkeys(extra, "VARCHAR")
    columns |= {f"c{index}": "VARCHAR" for index in range(column_count)}
    return _read_csv(path, ",", columns, _sizes(LONGEST_WRITTEN))


def _sizes(longest_line_bytes: int) -> str:
    buffer_bytes = LINES_IN_A_BUFFER * longest_line_bytes
    return f"max_line_size = {longest_line_bytes}, buffer_size = {buffer_bytes}"


def _read_csv(path: Path, delimiter: str, columns: dict[str, str], further: str) -> str:
    listed = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    quoted = path.as_posix().replace("'", "''")
    shown = "\\t" if delimiter == "\t" else delimiter
    return (
        f"read_csv('{quoted}', auto_detect = false, header = true, delim = '{shown}', quote = '\"', "
        f"escape = '\"', nullstr = '', null_padding = false, {further}, columns = {{{listed}}})"
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
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    header: Header,
    shape: TextShape,
    coded: list[int],
    lines_above: int,
) -> Records | None:
    source = reader_sql(path, header.delimiter, len(header.headings))
    try:
        row_count, values = _survey(connection, source, coded)
    except duckdb.Error:
        return None
    # Every line is a record, or the file is read with care: told to store its rejects, DuckDB may end
    # altogether on a letter behind a closing quote, and without them a broken line takes others along.
    if row_count + 1 != shape.line_count:
        return None
    return Records(source, f"rank + {lines_above + 1}", (), row_count, values)


def _careful(
    connection: duckdb.DuckDBPyConnection, path: Path, header: Header, coded: list[int], lines_above: int
) -> Records:
    clean = path.with_suffix(".clean")
    broken: list[BrokenLine] = []
    width = len(header.headings)
    with (
        path.open(encoding="utf-8", newline=None) as lines,
        clean.open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([CAREFUL_HEADING, *header.headings])
        for number, cells, reason in records(limited_lines(lines), header.delimiter, width):
            if reason:
                broken.append(BrokenLine(number + lines_above, reason))
            else:
                flat = (cell.replace("\n", " ").replace("\r", " ") for cell in cells)
                writer.writerow([number + lines_above, *flat])
    return surveyed(connection, numbered_sql(clean, width), tuple(broken), coded)
