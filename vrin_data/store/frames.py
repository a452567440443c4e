"""Frames into tables of a draft."""

import duckdb
import pandas as pd


def write_frame(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Make a temporary table of a frame, in place of one of the same name."""
    _with_frame(connection, frame, f"create or replace temp table {table} as select * from frame_in")


def fill_table(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Put a frame's rows in place of all rows of a table, column by name."""
    connection.execute(f"delete from {table}")
    add_rows(connection, table, frame)


def add_rows(connection: duckdb.DuckDBPyConnection, table: str, frame: pd.DataFrame) -> None:
    """Add a frame's rows to a table, column by name."""
    _with_frame(connection, frame, f"insert into {table} by name select * from frame_in")


def _with_frame(connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame, statement: str) -> None:
    connection.register("frame_in", frame)
    try:
        connection.execute(statement)
    finally:
        connection.unregister("frame_in")
