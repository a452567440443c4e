"""A file's table as it stands, whatever feed it may be of: its headings, and its rows as text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from vrin_data.contract.feeds import Feed, fold
from vrin_data.contract.periods import read_period
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.above import given_above, names_above
from vrin_data.intake.reading.fitting import Fit
from vrin_data.intake.reading.header import MOST_COLUMNS, Header
from vrin_data.intake.reading.heads import Head, HeadRow
from vrin_data.intake.reading.opening import Table, tables_of
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.reading.wide import Wide, faults_of, wide_of, widened
from vrin_data.intake.suggesting.names import LIKE_FROM, name_likeness

# Enough to know a file by; a larger one is looked at in part, and that is said.
MOST_ROWS = 250_000
MOST_CELLS = 20_000_000
DISTINCT_VALUES = 1_000
HEADINGS_WEIGHED = 200
WIDE_SHARE = 0.7
WORDS_SHARE = 0.8


@dataclass(frozen=True)
class ColumnValues:
    """What a column holds: cells filled, distinct values, and the most frequent with their counts.

    Of values that are equally frequent a scattered choice, not the first of the alphabet.
    """

    filled: int
    distinct: int
    counts: dict[str, int]


@dataclass(frozen=True)
class AnyTable:
    """A file's headings, the line they stand on, and its rows in a temporary table (c0, c1, ...).

    `above` are the rows above the header and `constants` what they give, by VRIN's column. `is_whole`
    is False where the file goes on after the rows that were looked at. `left_aside` names the other
    tables of the file.
    """

    source: SourceFile
    headings: tuple[str, ...]
    header_line: int
    above: tuple[tuple[str, ...], ...]
    constants: dict[str, str]
    row_count: int
    is_whole: bool
    left_aside: tuple[str, ...] = ()
    table: str = "any_row"


@dataclass(frozen=True)
class HeaderPlace:
    """Where a header may stand: a table, one way of splitting it, and the row."""

    table: Table
    head: Head
    row: HeadRow


def read_any(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, feed: Feed, *, most_rows: int = MOST_ROWS
) -> AnyTable:
    """The table of a file that is most like one of a feed, under any header.

    Raises RefusedInput where the file holds no table with a header.
    """
    tables = tables_of(connection, source, feed)
    above = names_above(feed)
    places = [place for table in tables if (place := header_of(table, above)) is not None]
    if not places:
        raise RefusedInput(
            f"{source.name}: none of its first rows looks like a header. Send a table with headings."
        )
    best = max(places, key=lambda place: _familiarity(place.row, feed)) if len(places) > 1 else places[0]
    if len(best.row.cells) > MOST_COLUMNS:
        count = f"{len(best.row.cells):,} columns; the limit is {MOST_COLUMNS:,}"
        raise RefusedInput(f"{source.name}, line {best.row.line}: has {count}.")
    aside = tuple(table.source.name for table in tables if table is not best.table)
    return _loaded(connection, best, feed, aside, most_rows)


def values_of(connection: duckdb.DuckDBPyConnection, table: AnyTable) -> list[ColumnValues]:
    """The values of every column, in the order of the headings."""
    names = [f"c{index}" for index in range(len(table.headings))]
    wanted = ", ".join(f"count({name}), count(distinct {name})" for name in names)
    counted = connection.execute(f"select {wanted} from {table.table}").fetchone() or ()
    return [
        ColumnValues(int(counted[2 * index]), int(counted[2 * index + 1]), _frequent(connection, table, name))
        for index, name in enumerate(names)
    ]


def _frequent(connection: duckdb.DuckDBPyConnection, table: AnyTable, name: str) -> dict[str, int]:
    found = connection.execute(
        f"""
        select {name}, count(*) as row_count
        from {table.table}
        where trim({name}) <> ''
        group by {name}
        order by row_count desc, hash({name}), {name}
        limit {DISTINCT_VALUES}
        """
    ).fetchall()
    return {str(value): int(count) for value, count in found}


def _loaded(
    connection: duckdb.DuckDBPyConnection,
    place: HeaderPlace,
    feed: Feed,
    aside: tuple[str, ...],
    most_rows: int,
) -> AnyTable:
    wide = wide_of(place.row.cells) if feed.wide_months else None
    if wide is not None and faults_of(place.row.cells, wide):
        wide = None
    headings = wide.headings if wide else place.row.cells
    most = min(most_rows, MOST_CELLS // len(headings))
    try:
        rows = _rows_sql(connection, place, wide)
        connection.execute(f"create or replace temp table any_row as select * from {rows} limit {most + 1}")
        count = connection.execute("select count(*) from any_row").fetchone() or (0,)
        connection.execute("delete from any_row where rowid >= $most", {"most": most})
    except duckdb.Error as error:
        raise RefusedInput(
            f"{place.table.source.name}: its rows cannot be read ({type(error).__name__}). "
            "Check that it is a plain table."
        ) from None
    above = [row for row in place.head.rows if row.line < place.row.line]
    constants, _ = given_above(above, names_above(feed))
    return AnyTable(
        source=place.table.source,
        headings=tuple(headings),
        header_line=place.row.line,
        above=tuple(row.cells for row in above),
        constants=constants,
        row_count=min(int(count[0]), most),
        is_whole=int(count[0]) <= most,
        left_aside=aside,
    )


def _rows_sql(connection: duckdb.DuckDBPyConnection, place: HeaderPlace, wide: Wide | None) -> str:
    header = Header(place.head.delimiter, place.row.cells, {})
    fit = Fit(place.row, header, 0, {}, (), wide)
    records = place.table.records(connection, fit, [])
    return widened(records, wide) if wide else records.source


def header_of(table: Table, above: Mapping[str, str]) -> HeaderPlace | None:
    """The row that looks most like a header; of several ways to split a table the one with most cells."""
    places = [
        HeaderPlace(table, head, row)
        for head in table.heads()
        if (row := _header_row(head.rows, above)) is not None
    ]
    return max(places, key=lambda place: len(place.row.cells), default=None)


def _header_row(rows: Sequence[HeadRow], above: Mapping[str, str]) -> HeadRow | None:
    """The first row with a word in nearly every cell that is about as wide as the rest.

    `above` are the headings with which a value may stand above the header.
    """
    widest = max((len(_filled(row)) for row in rows), default=0)
    for row in rows:
        filled = _filled(row)
        words = [cell for cell in filled if _is_heading(cell)]
        is_pair = len(filled) == 2 and fold(filled[0]) in above
        is_wide = len({fold(cell) for cell in words}) >= WIDE_SHARE * widest
        if words and is_wide and not is_pair and len(words) >= WORDS_SHARE * len(filled):
            return row
    return None


def _is_heading(cell: str) -> bool:
    """Whether a cell has a word in it, or names a month as the headings of a wide table do."""
    return any(mark.isalpha() for mark in cell) or read_period(cell) is not None


def _filled(row: HeadRow) -> list[str]:
    return [cell for cell in row.cells if cell]


def _familiarity(row: HeadRow, feed: Feed) -> int:
    """How many of a row's cells are named like a column of the feed."""
    return sum(
        any(name_likeness(cell, feed, column).share >= LIKE_FROM for column in feed.columns)
        for cell in row.cells[:HEADINGS_WEIGHED]
    )
