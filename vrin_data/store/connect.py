"""DuckDB connections, each as closed as its work allows.

Readers see one file and nothing else. The writer of a build may read only the folder it is
told of. Both are locked after that, so that no statement can open them again.
"""

import os
from pathlib import Path

import duckdb

READER_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "2GB",
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "lock_configuration": "true",
}
WRITER_MEMORY = os.environ.get("VRIN_INTAKE_MEMORY", "450MB")


def connect_reader(path: Path) -> duckdb.DuckDBPyConnection:
    """A locked, read-only connection to one build file."""
    return duckdb.connect(str(path), read_only=True, config=READER_CONFIG)


def connect_writer(
    path: Path, *, folder: Path, memory_limit: str = WRITER_MEMORY
) -> duckdb.DuckDBPyConnection:
    """A connection that writes one build file, and reads files of one folder only."""
    connection = duckdb.connect(
        str(path),
        config={
            "memory_limit": memory_limit,
            "temp_directory": str(folder),
            "python_enable_replacements": "false",
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        },
    )
    connection.execute("set enable_progress_bar = false")
    connection.execute("set allowed_directories = $folders", {"folders": [str(folder.resolve())]})
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection
