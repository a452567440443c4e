"""A table of any format that is no partner's extract: its headings and its rows as text, each with its line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from vrin_data.contract.feeds import feed
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.any_table import HeaderPlace, header_of
from vrin_data.intake.reading.fitting import Fit
from vrin_data.intake.reading.header import MOST_COLUMNS, Header
from vrin_data.intake.reading.lines import BrokenLine, Records
from vrin_data.intake.reading.opening import tables_of
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.suggesting.preview import looking_at

MOST_ROWS = 500_000
ANY_FEED = "generic-incidents"
"""The readers ask for a feed, by which alone XML and wide tables are told; a plain table is neither."""

Familiarity = Callable[[Sequence[str]], int]
"""How many of some headings are like those looked for."""


@dataclass(frozen=True)
class PlainTable:
    """A table's headings, and its rows as text: `line` and c0, c1, ... in the order of the headings.

    `broken` are lines that could not be split into cells; `left_aside` names the other tables of the file.
    """

    name: str
    headings: tuple[str, ...]
    rows: pd.DataFrame
    broken: tuple[BrokenLine, ...] = ()
    left_aside: tuple[str, ...] = ()

    @property
    def rows_in(self) -> int:
        """Rows the table holds, broken ones too."""
        return len(self.rows) + len(self.broken)

    def column(self, heading: str) -> pd.Series:
        """The trimmed cells under a heading."""
        return self.rows[f"c{self.headings.index(heading)}"]


def read_plain(path: Path, familiarity: Familiarity) -> PlainTable:
    """The table of a file whose headings are the most familiar, blank rows left out.

    Raises RefusedInput where the path holds no table with a header, or more than one file.
    """
    with looking_at(path) as (connection, files):
        if len(files) != 1:
            raise RefusedInput(f"{path.name}: holds {len(files):,} files. Give them one by one.")
        return _read(connection, files[0], familiarity)


def _read(connection: duckdb.DuckDBPyConnection, source: SourceFile, familiarity: Familiarity) -> PlainTable:
    tables = tables_of(connection, source, feed(ANY_FEED))
    places = [place for table in tables if (place := header_of(table, {})) is not None]
    if not places:
        raise RefusedInput(
            f"{source.name}: none of its first rows looks like a header. Send a table with headings."
        )
    best = max(places, key=lambda place: familiarity(place.row.cells))
    if len(best.row.cells) > MOST_COLUMNS:
        raise RefusedInput(f"{source.name}: has more than {MOST_COLUMNS:,} columns. Send a smaller table.")
    aside = tuple(table.source.name for table in tables if table is not best.table)
    rows, broken = _rows(connection, best)
    return PlainTable(best.table.source.name, best.row.cells, rows, broken, aside)


def _rows(
    connection: duckdb.DuckDBPyConnection, place: HeaderPlace
) -> tuple[pd.DataFrame, tuple[BrokenLine, ...]]:
    name = place.table.source.name
    fit = Fit(place.row, Header(place.head.delimiter, place.row.cells, {}), 0, {}, (), None)
    try:
        records: Records = place.table.records(connection, fit, [])
        cells = ", ".join(
            f"coalesce(trim(c{index}), '') as c{index}" for index in range(len(place.row.cells))
        )
        connection.execute(
            f"create or replace temp table plain_row as select * from {records.source} limit {MOST_ROWS + 1}"
        )
        frame = connection.execute(
            f"select {records.line_expression} as line, {cells} from (select rowid + 1 as rank, * from plain_row)"
        ).df()
    except duckdb.Error as error:
        raise RefusedInput(
            f"{name}: its rows cannot be read ({type(error).__name__}). Check that it is a plain table."
        ) from None
    if len(frame) > MOST_ROWS:
        raise RefusedInput(f"{name}: holds more than {MOST_ROWS:,} rows. Send one row an area or a place.")
    is_blank = (frame.drop(columns="line") == "").all(axis=1)
    return frame[~is_blank].reset_index(drop=True), records.broken
