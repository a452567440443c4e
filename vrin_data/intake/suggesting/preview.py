"""How a file's first rows would come out under a variant: as they stand, as VRIN reads them, or why not."""

import csv
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from vrin_data.contract.ddl import create_all
from vrin_data.contract.feeds import Feed
from vrin_data.contract.identifiers import forbidden_headings, identifier_in, identifier_of_column
from vrin_data.contract.offences import offences
from vrin_data.contract.suppliers import Supplier, of_kinds, suppliers
from vrin_data.contract.variants import Variant, apply
from vrin_data.errors import RefusedInput
from vrin_data.intake.areas import AreaIndex
from vrin_data.intake.file import Desk, read_rows
from vrin_data.intake.reading.any_table import AnyTable, read_any
from vrin_data.intake.reading.unpack import SourceFile, unpack
from vrin_data.intake.suggesting.headings import HIDDEN
from vrin_data.intake.terms import Terms
from vrin_data.store.connect import connect_writer

ROWS_TRIED = 1_000
ROWS_SHOWN = 20
READ_AS = {"supplier": "supplier_id", "easting": "easting_m", "northing": "northing_m", "count": "quantity"}
"""Columns of a feed that have another name once they are read."""


@dataclass(frozen=True)
class PreviewRow:
    """A row by the file's headings, and by VRIN's columns once read; None with the reasons where it is rejected."""

    line: int
    before: dict[str, str]
    after: dict[str, str] | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """The first rows before and after, how many of those tried would be kept, and why the others not.

    `refusal` says why the file as a whole would be refused; nothing is tried then.
    """

    rows: tuple[PreviewRow, ...]
    rows_tried: int = 0
    rows_kept: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    noticed: tuple[str, ...] = ()
    refusal: str = ""


@contextmanager
def looking_at(path: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, tuple[SourceFile, ...]]]:
    """A connection that can read the files of a path and publishes nothing, and those files.

    Raises RefusedInput where the path holds nothing to read.
    """
    with tempfile.TemporaryDirectory(prefix="vrin-look-") as name:
        folder = Path(name).resolve()
        connection = connect_writer(Path(":memory:"), folder=folder)
        try:
            for statement in create_all():
                connection.execute(statement)
            yield connection, unpack(path, folder).files
        finally:
            connection.close()


def preview(
    connection: duckdb.DuckDBPyConnection,
    source: SourceFile,
    feed: Feed,
    variant: Variant,
    *,
    received_at: datetime,
    sender: Supplier | None = None,
    register: Mapping[str, Supplier] | None = None,
) -> Preview:
    """What would become of a file's first rows under a variant; nothing is taken in.

    Points are checked, but not placed in areas. Raises VrinError where the variant has faults.
    """
    varied = apply(feed, variant)
    table = read_any(connection, source, feed, most_rows=ROWS_TRIED)
    cells = connection.execute(f"select * from {table.table} order by rowid").df()
    hidden = _hidden(varied, table, cells)
    sample = _written(source, table, cells)
    terms = _terms(varied, hidden, received_at, sender, register or suppliers())
    desk = Desk(connection, "preview", AreaIndex(connection), terms, is_correction=True)
    try:
        rows, rejected, noticed = read_rows(desk, varied, sample)
    except RefusedInput as error:
        before = _before(table, cells.head(ROWS_SHOWN), hidden)
        return Preview(rows=tuple(PreviewRow(line, one, None) for line, one in before), refusal=str(error))
    shown = rows.present - (set() if "supplier" in rows.present else {"supplier"})
    after = _after(connection, shown)
    reasons = _reasons(connection)
    first = len(table.above) + 2
    return Preview(
        rows=tuple(
            PreviewRow(line, one, after.get(first + number), reasons.get(first + number, ()))
            for number, (line, one) in enumerate(_before(table, cells.head(ROWS_SHOWN), hidden))
        ),
        rows_tried=len(cells),
        rows_kept=len(cells) - rejected.row_count,
        reasons=rejected.reasons,
        noticed=tuple(noticed),
    )


def _terms(
    feed: Feed,
    hidden: set[str],
    received_at: datetime,
    sender: Supplier | None,
    register: Mapping[str, Supplier],
) -> Terms:
    """Terms under which rows can be tried: anybody may have sent them, and forbidden columns are not read."""
    stand_in = next(iter((of_kinds(register, feed.supplier_kinds) or register).values()))
    return Terms(
        received_at=received_at,
        register=register,
        gate=lambda *_: "preview",
        sender=sender or stand_in,
        dropped={"preview": frozenset(hidden)},
    )


def _hidden(feed: Feed, table: AnyTable, cells: pd.DataFrame) -> set[str]:
    """Headings whose values would tell who a person is."""
    named = set(forbidden_headings(feed, table.headings))
    told = {
        heading
        for position, heading in enumerate(table.headings)
        if identifier_of_column(cells[f"c{position}"].dropna().astype(str)) is not None
    }
    return named | told


def _written(source: SourceFile, table: AnyTable, cells: pd.DataFrame) -> SourceFile:
    """The first rows as a CSV of their own, with what stands above the header."""
    path = source.path.with_name(f"preview-{source.path.stem}.csv")
    own = cells[[f"c{position}" for position in range(len(table.headings))]].fillna("").astype(str)
    flat = own.replace(r"[\r\n]+", " ", regex=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows(
            [*table.above, table.headings, *flat.itertuples(index=False)]
        )
    return SourceFile(source.name, path, source.file_hash)


def _before(table: AnyTable, cells: pd.DataFrame, hidden: set[str]) -> list[tuple[int, dict[str, str]]]:
    """The line of each row in the file, and its cells by heading, without what is not to be shown."""
    found = []
    for number, row in enumerate(cells.fillna("").to_dict("records")):
        line = int(row.get("vrin_line", table.header_line + 1 + number))
        shown = {
            heading: HIDDEN
            if heading in hidden and row[f"c{position}"]
            else _masked(str(row[f"c{position}"]))
            for position, heading in enumerate(table.headings)
        }
        found.append((line, shown))
    return found


def _masked(cell: str) -> str:
    return HIDDEN if identifier_in(cell) else cell


def _after(connection: duckdb.DuckDBPyConnection, present: set[str]) -> dict[int, dict[str, str]]:
    """The first good rows as VRIN reads them, by their line."""
    frame = connection.execute(
        f"""
        select kept.*, combination.* exclude (raw_key, raw_hash, combo)
        from kept
        join combination using (combo)
        order by line_number
        limit {ROWS_SHOWN}
        """
    ).df()
    rows = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    return {int(row["line_number"]): _read(row, present) for row in rows}


def _read(row: dict[str, object], present: set[str]) -> dict[str, str]:
    names = {READ_AS.get(name, name): name for name in present}
    shown = {names[name]: _shown(row, name) for name in row if name in names}
    if "offence_key" in row and present & {"offence_code", "classification", "offence_raw"}:
        known = offences().by_key.get(str(row["offence_key"]))
        # Codes of other systems are kept as they are.
        shown["offence"] = known.label if known else str(row["offence_key"]).partition(":")[2]
    return {name: text for name, text in shown.items() if name != "offence_raw" or text}


def _shown(row: dict[str, object], name: str) -> str:
    value = row[name]
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        has_time = row.get(f"{name}_has_time", value != value.normalize())
        return value.strftime("%Y-%m-%d %H:%M" if has_time else "%Y-%m-%d")
    if isinstance(value, float):
        return f"{value:g}" if value != int(value) else str(int(value))
    return _masked(str(value))


def _reasons(connection: duckdb.DuckDBPyConnection) -> dict[int, tuple[str, ...]]:
    rows = connection.execute(
        "select line_number, list(concat_ws(' ', column_name, reason) order by rule) from rejected group by all"
    ).fetchall()
    return {int(line): tuple(reasons) for line, reasons in rows}
