"""Reading a file's records, each with the line it stands on, and those that cannot be split into cells.

The quick way leaves the splitting to DuckDB. Where its count of lines does not match the file's
(a cell with a line break, a quote that is never closed, blank lines, mixed line ends), the careful
way reads record by record, so that one bad line is one rejected row and not the end of the file.
"""

import csv
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import duckdb

from vrin_data.intake.reading.header import Header
from vrin_data.intake.reading.splitting import (
    LONGEST_LINE_BYTES,
    TOO_FEW,
    TOO_LONG,
    TOO_MANY,
    UNQUOTED,
    limited_lines,
    records,
)
from vrin_data.intake.reading.text import TextShape

CAREFUL_HEADING = "vrin_line"
NUMBERED_LINE = f"{CAREFUL_HEADING}::bigint"
# Quoting a cell anew may make a line a little longer than it was.
LONGEST_WRITTEN = LONGEST_LINE_BYTES * 5 // 4
# DuckDB would otherwise take sixteen longest lines at a time: 64 MB a thread, and few pieces to share out.
LINES_IN_A_BUFFER = 2

_readings = count(1)


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


def reader_sql(path: Path, delimiter: str, column_count: int, *, rejects: str | None = None) -> str:
    """`read_csv` over a file of the intake's folder, told everything, so that nothing is guessed.

    Lines that are no records are left out; where `rejects` is given they are told in the temporary
    tables of that name.
    """
    broken = (
        f"store_rejects = true, rejects_table = '{rejects}', rejects_scan = '{rejects}_scan'"
        if rejects
        else "ignore_errors = true"
    )
    columns = {f"c{index}": "VARCHAR" for index in range(column_count)}
    return _read_csv(path, delimiter, columns, f"{broken}, {_sizes(LONGEST_LINE_BYTES)}")


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
    # A name of its own for each reading: DuckDB does not make the table again once it was dropped.
    rejects_table = f"rejects_{next(_readings)}"
    source = reader_sql(path, header.delimiter, len(header.headings))
    told = reader_sql(path, header.delimiter, len(header.headings), rejects=rejects_table)
    try:
        row_count, values = _survey(connection, told, coded)
        rejects = _told_rejects(connection, rejects_table)
    except duckdb.Error:
        return None
    if row_count + len(rejects) + 1 != shape.line_count:
        return None
    broken = tuple(BrokenLine(line + lines_above, _why(kind)) for line, kind in rejects)
    return Records(source, _line_expression(broken, lines_above), broken, row_count, values)


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


def _line_expression(broken: tuple[BrokenLine, ...], lines_above: int) -> str:
    """Line of the nth kept record: its rank, the header and what is above it, and the broken lines before it."""
    first = lines_above + 1
    if not broken:
        return f"rank + {first}"
    places = ", ".join(str(fault.line_number - first - index) for index, fault in enumerate(broken))
    return f"rank + {first} + len(list_filter([{places}], place -> place <= rank))"


def _why(kind: str) -> str:
    return {
        "TOO MANY COLUMNS": TOO_MANY,
        "MISSING COLUMNS": TOO_FEW,
        "INVALID ENCODING": "the line is not readable text",
        "UNQUOTED VALUE": UNQUOTED,
        "LINE SIZE OVER MAXIMUM": TOO_LONG,
    }.get(kind, "the line cannot be split into cells")


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
