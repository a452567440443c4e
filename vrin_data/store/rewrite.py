"""Writing a build anew without some of its rows, so that what was removed is nowhere in the file."""

import os
import shutil
from collections.abc import Callable

import duckdb

from vrin_data.store.builds import Store, sync_folder
from vrin_data.store.lock import store_lock

Removal = Callable[[duckdb.DuckDBPyConnection], bool]
"""Removes rows from an open copy of a build; False where it found none to remove."""


def rewrite_builds(store: Store, remove: Callable[[str], Removal]) -> list[str]:
    """Write every build anew from which rows are removed; the ids of those that were.

    A build keeps its id. It is replaced whole or not at all, so that a crash leaves it readable.
    """
    with store_lock(store.path):
        done = [build_id for build_id in store.build_ids() if _rewrite(store, build_id, remove(build_id))]
    store.close()
    return done


def _rewrite(store: Store, build_id: str, remove: Removal) -> bool:
    store.work_folder.mkdir(parents=True, exist_ok=True)
    copy = store.builds_folder / f"new-{build_id}.duckdb.copy"
    fresh = store.builds_folder / f"new-{build_id}.duckdb"
    try:
        shutil.copyfile(store.build_file(build_id), copy)
        with duckdb.connect(str(copy)) as connection:
            is_changed = remove(connection)
        if is_changed:
            # Deleted rows stand in a file's free pages until it is written anew.
            _write_anew(copy.as_posix(), fresh.as_posix())
            with fresh.open("rb+") as handle:
                os.fsync(handle.fileno())
            fresh.replace(store.build_file(build_id))
            sync_folder(store.builds_folder)
        return is_changed
    finally:
        for left in (copy, fresh, *store.builds_folder.glob(f"new-{build_id}.duckdb*")):
            left.unlink(missing_ok=True)


def _write_anew(source: str, target: str) -> None:
    quoted = [path.replace("'", "''") for path in (source, target)]
    with duckdb.connect() as connection:
        connection.execute(f"attach '{quoted[0]}' as before (read_only)")
        connection.execute(f"attach '{quoted[1]}' as after")
        connection.execute("copy from database before to after")
        connection.execute("detach after")
