"""Small feeds of the tests' own, and a table opened for them as plain Python values."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from vrin_data.contract.feeds import Feed, FeedColumn, feeds
from vrin_data.intake.reading.header import Header
from vrin_data.intake.reading.opening import OpenedTable, open_tables
from vrin_data.intake.reading.unpack import unpack
from vrin_data.store.connect import connect_writer


def feed_of(feed_id: str, *columns: FeedColumn, **changes: Any) -> Feed:
    """A feed of these columns; what does not matter to the reading is another feed's."""
    base = {"id": feed_id, "name": feed_id, "columns": columns, "needs_one_of": ()}
    return feeds()["police-offences"].model_copy(update=base | changes)


def column(name: str, *accepted: str, **changes: Any) -> FeedColumn:
    """A column with its headings."""
    return FeedColumn(name=name, accepted=accepted or (name,), **changes)


ASSAULTS = feed_of(
    "assaults",
    column("event_start_at", "Assault date and time", required=True),
    column("weapon", "Assault method", required=True),
    column("location_type", "Assault location type"),
    column("given_place_code", "Location code"),
    xml_rows=("Assault",),
)
MONTHLY = feed_of(
    "monthly",
    column("offence_text", "Offence", "MajorText", required=True),
    column("given_area_name", "Area", "LookUp_BoroughName", required=True),
    column("recorded_month", "month", required=True),
    column("quantity", "count", required=True),
    wide_months=True,
)


@dataclass(frozen=True)
class Plain:
    """An opened table as values: its rows with their line, blanks as None, and what was broken."""

    name: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    broken: list[tuple[int, str]]
    constants: dict[str, str]
    left_aside: tuple[str, ...]
    header_line: int
    values: dict[str, list[str]]


@contextmanager
def writer(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection as an ingest has it: it may read this folder and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = connect_writer(folder / "build.duckdb", folder=folder)
    try:
        yield connection
    finally:
        connection.close()


def open_file(
    folder: Path, content: str | bytes, feed: Feed = ASSAULTS, *, name: str = "extract.csv", times: int = 1
) -> list[Plain]:
    """The tables of a file for a feed, opened so many times over. Raises RefusedInput."""
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with writer(folder / "work") as connection:
        (source,) = unpack(path, folder / "work").files
        for _ in range(times):
            opened = open_tables(connection, source, feed, all_columns)
        return [plain(connection, table) for table in opened]


def open_one(folder: Path, content: str | bytes, feed: Feed = ASSAULTS, **options: Any) -> Plain:
    """The only table of a file."""
    (table,) = open_file(folder, content, feed, **options)
    return table


def all_columns(_feed: Feed, header: Header) -> list[int]:
    """Positions of every column of the feed."""
    return list(header.positions.values())


def plain(connection: duckdb.DuckDBPyConnection, table: OpenedTable) -> Plain:
    """A table as values, read the way that intake reads it."""
    columns = tuple(table.header.positions)
    cells = "".join(f", c{position}" for position in table.header.positions.values())
    rows: Sequence[Any] = connection.execute(
        f"""
        select {table.records.line_expression} as line{cells}
        from (select row_number() over () as rank, * from {table.records.source})
        order by rank
        """
    ).fetchall()
    assert len(rows) == table.records.row_count
    values = {name: table.records.values[position] for name, position in table.header.positions.items()}
    for at, name in enumerate(columns, start=1):
        assert values[name] == sorted({row[at] for row in rows if row[at] is not None})
    broken = [(fault.line_number, fault.reason) for fault in table.records.broken]
    return Plain(
        name=table.source.name,
        columns=columns,
        rows=list(rows),
        broken=broken,
        constants=table.constants,
        left_aside=table.left_aside,
        header_line=table.header_line,
        values=values,
    )
