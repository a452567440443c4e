"""The records' database: SQLite in WAL mode in the store, or another by URL in VRIN_RECORDS_URL."""

import os
from functools import lru_cache
from pathlib import Path

import sqlalchemy as sa

from vrin_data.contract.record_tables import RECORD_TABLES
from vrin_data.contract.tables import Column, Table

_TYPES: dict[str, type[sa.types.TypeEngine]] = {
    "INTEGER": sa.Integer,
    "VARCHAR": sa.Text,
    "TIMESTAMP": sa.DateTime,
}
_KEYS = {"event_log": ("event_id",), "definition_version": ("definition_id", "version")}

metadata = sa.MetaData()


def _column(table: Table, column: Column) -> sa.Column:
    return sa.Column(
        column.name,
        _TYPES[column.type](),
        primary_key=column.name in _KEYS[table.name],
        nullable=column.nullable,
        comment=column.meaning,
    )


TABLES: dict[str, sa.Table] = {
    table.name: sa.Table(table.name, metadata, *(_column(table, column) for column in table.columns))
    for table in RECORD_TABLES.values()
}


@lru_cache(maxsize=8)
def engine_of(store_path: Path) -> sa.Engine:
    """The engine of a store's records; its tables are made where there are none."""
    url = os.environ.get("VRIN_RECORDS_URL")
    if url is None:
        store_path.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{(store_path / 'records.sqlite').as_posix()}"
    engine = sa.create_engine(url)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _use_wal)
    metadata.create_all(engine)
    return engine


def _use_wal(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma busy_timeout = 10000")
    cursor.close()
