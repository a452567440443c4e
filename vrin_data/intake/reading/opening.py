"""From a file of any format to its tables: header, records, and what is given above the header."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import duckdb

from vrin_data.contract.feeds import Feed
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.fitting import Fit, best_fit, find_header, misfit_words
from vrin_data.intake.reading.header import Header
from vrin_data.intake.reading.heads import Head
from vrin_data.intake.reading.kinds import kind_of
from vrin_data.intake.reading.lines import Records, surveyed
from vrin_data.intake.reading.parquet import parquet_table
from vrin_data.intake.reading.text_table import text_table
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.reading.wide import widened
from vrin_data.intake.reading.workbook import sheets_of
from vrin_data.intake.reading.xml_table import xml_table

Coded = Callable[[Feed, Header], list[int]]
# A sheet that knows this share of the best sheet's headings was meant to be one, too.
MEANT_AT_SHARE = 0.5
SHOWN_SHEETS = 10


class Table(Protocol):
    """A table as its format gives it, before it is known where its header stands."""

    @property
    def source(self) -> SourceFile:
        """The file, or the sheet of it, under the name that people know."""

    def heads(self) -> Iterable[Head]:
        """Its first rows, in every way that they can be split."""

    def records(self, connection: duckdb.DuckDBPyConnection, fit: Fit, coded: list[int]) -> Records:
        """The rows below a header."""


@dataclass(frozen=True)
class OpenedTable:
    """A table of a feed: its header, its records, and values by VRIN's column that hold for all of them.

    `source` names a sheet as book.xlsx/Sheet1. `constants` holds no column that the table has itself.
    `left_aside` are the names of sheets that are none of this feed; `header_line` is where the header stands.
    """

    source: SourceFile
    header: Header
    records: Records
    constants: dict[str, str]
    left_aside: tuple[str, ...] = ()
    header_line: int = 1


def open_tables(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, feed: Feed, coded: Coded
) -> list[OpenedTable]:
    """Every table of a file that is one of this feed, in the file's order.

    `coded` gives the positions of columns whose distinct values are wanted. A header without rows is
    a table without records. Raises RefusedInput where the file is none that can be read, where none
    of its tables fits, or where a sheet was meant to fit and does not.
    """
    found = tables_of(connection, source, feed)
    if len(found) == 1:
        fits = [(found[0], find_header(found[0].source.name, found[0].heads(), feed))]
    else:
        fits = _fitting_sheets(source, found, feed)
    aside = tuple(table.source.name for table in found if all(table is not fitting for fitting, _ in fits))
    return [_opened(connection, table, fit, feed, coded, aside) for table, fit in fits]


def tables_of(connection: duckdb.DuckDBPyConnection, source: SourceFile, feed: Feed) -> Sequence[Table]:
    """A file's tables whatever they hold: its sheets, or the one that it is. XML is seen through the feed."""
    kind = kind_of(source)
    if kind == "workbook":
        return sheets_of(source)
    if kind == "parquet":
        return [parquet_table(connection, source)]
    if kind == "xml":
        return [xml_table(source, feed)]
    return [text_table(source)]


def _fitting_sheets(source: SourceFile, sheets: Sequence[Table], feed: Feed) -> list[tuple[Table, Fit]]:
    fits = [(sheet, fit) for sheet in sheets if (fit := best_fit(sheet.heads(), feed))]
    good = [(sheet, fit) for sheet, fit in fits if not fit.faults]
    known = max((fit.known for _, fit in good), default=0)
    if not good:
        best, fit = max(fits, key=lambda one: one[1].rank)
        names = ", ".join(
            sheet.source.name.removeprefix(f"{source.name}/") for sheet in sheets[:SHOWN_SHEETS]
        )
        raise RefusedInput(
            f"{source.name}: none of its {len(sheets)} sheets ({names}) is one of the feed {feed.id}. The nearest: "
            f"{misfit_words(best.source.name, fit, feed)}",
            cause="headings",
        )
    for sheet, fit in fits:
        if fit.faults and fit.known >= max(2, known * MEANT_AT_SHARE):
            raise RefusedInput(
                f"{misfit_words(sheet.source.name, fit, feed)} Other sheets fit: correct this one or remove it."
            )
    return good


def _opened(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    fit: Fit,
    feed: Feed,
    coded: Coded,
    aside: tuple[str, ...],
) -> OpenedTable:
    wanted = coded(feed, fit.header)
    try:
        records = table.records(connection, fit, [] if fit.wide else wanted)
        if fit.wide:
            records = surveyed(connection, widened(records, fit.wide), records.broken, wanted)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        # The reader's own words may hold values of the file.
        raise RefusedInput(
            f"{table.source.name}: its rows cannot be read ({type(error).__name__}). Save it anew, as CSV or XLSX."
        ) from None
    return OpenedTable(table.source, fit.header, records, fit.constants, aside, fit.row.line)
