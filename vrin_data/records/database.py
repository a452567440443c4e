"""The records' database: SQLite in WAL mode in the store, or another by URL in VRIN_RECORDS_URL."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vrin_data.contract.record_tables import RECORD_KEYS, RECORD_TABLES
from vrin_data.contract.tables import Column, Table
from vrin_data.errors import VrinError

_TYPES: dict[str, type[sa.types.TypeEngine]] = {
    "INTEGER": sa.Integer,
    "VARCHAR": sa.Text,
    "TIMESTAMP": sa.DateTime,
    "DATE": sa.Date,
    "BOOLEAN": sa.Boolean,
    "DOUBLE": sa.Float,
}

metadata = sa.MetaData()


def _column(table: Table, column: Column) -> sa.Column:
    return sa.Column(
        column.name,
        _TYPES[column.type](),
        primary_key=column.name in RECORD_KEYS[table.name],
        nullable=column.nullable,
    )


TABLES: dict[str, sa.Table] = {
    table.name: sa.Table(table.name, metadata, *(_column(table, column) for column in table.columns))
    for table in RECORD_TABLES.values()
}


@lru_cache(maxsize=8)
def engine_of(store_path: Path) -> sa.Engine:
    """The engine of a store's records; tables and columns that an older file lacks are made."""
    url = os.environ.get("VRIN_RECORDS_URL")
    if url is None:
        store_path.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{(store_path / 'records.sqlite').as_posix()}"
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _use_wal)
    _bring_up_to_date(engine)
    return engine


def rows(store_path: Path, question: sa.Select) -> list[dict[str, Any]]:
    """What a question on the records answers, a dict a row."""
    with engine_of(store_path).connect() as connection:
        return [dict(row) for row in connection.execute(question).mappings()]


@contextmanager
def writing(store_path: Path, what: str) -> Iterator[sa.Connection]:
    """A transaction on the records: all of it is written, or nothing. Raises VrinError with `what`."""
    try:
        with engine_of(store_path).begin() as connection:
            yield connection
    except sa.exc.IntegrityError as error:
        raise VrinError(
            f"{what} was recorded by somebody else at the same time. Look, and try again."
        ) from error
    except sa.exc.SQLAlchemyError as error:
        raise VrinError(
            f"{what} could not be recorded ({type(error).__name__}). Check the records' database."
        ) from error


def insert(connection: sa.Connection, table: str, entry: dict[str, Any]) -> int:
    """Add one row; its number, where the table numbers its rows."""
    added = connection.execute(sa.insert(TABLES[table]).values(**entry))
    return int(next(iter(added.inserted_primary_key or ()))) if len(RECORD_KEYS[table]) == 1 else 0


def _bring_up_to_date(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        for table in TABLES.values():
            connection.execute(sa.schema.CreateTable(table, if_not_exists=True))
    for table in TABLES.values():
        for column in _lacking(engine, table):
            try:
                _add_column(engine, table, column)
            except sa.exc.DBAPIError:
                # Another process that opens the same older file may have been first.
                if column.name in {one.name for one in _lacking(engine, table)}:
                    raise


def _lacking(engine: sa.Engine, table: sa.Table) -> list[sa.Column]:
    present = {column["name"] for column in sa.inspect(engine).get_columns(table.name)}
    return [column for column in table.columns if column.name not in present]


def _add_column(engine: sa.Engine, table: sa.Table, column: sa.Column) -> None:
    # Rows that are there already cannot have a value, so the column may be empty in this file.
    quoted = engine.dialect.identifier_preparer.quote
    kind = column.type.compile(engine.dialect)
    with engine.begin() as connection:
        connection.execute(
            sa.text(f"alter table {quoted(table.name)} add column {quoted(column.name)} {kind}")
        )


def _use_wal(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    # The patience first: changing the journal's mode waits for others as well.
    cursor.execute("pragma busy_timeout = 10000")
    cursor.execute("pragma journal_mode = wal")
    cursor.close()
