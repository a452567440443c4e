"""Writing a build: beside the others, whole or not at all, one writer at a time."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from vrin_data.contract.ddl import create_all
from vrin_data.contract.tables import CONTRACT_VERSION
from vrin_data.store.builds import Store, sync_folder
from vrin_data.store.connect import connect_writer
from vrin_data.store.lock import store_lock


@dataclass(frozen=True)
class Draft:
    """The next build while it is being written: its id, its connection, and the one folder it may read."""

    build_id: str
    connection: duckdb.DuckDBPyConnection
    folder: Path


class NothingToPublish(Exception):
    """Raised inside `publish_build` to leave the store as it is."""


@contextmanager
def publish_build(store: Store, *, reason: str, created_at: datetime) -> Iterator[Draft]:
    """A copy of the current build to write to; what is written becomes the next build.

    The copy is made current when the block ends well. Where it raises, or the process dies, the
    copy is dropped (at the next publication at the latest) and readers never see it. Raise
    NothingToPublish to leave quietly. `created_at` is UTC without a zone.
    """
    with store_lock(store.path, doing=reason):
        store.builds_folder.mkdir(parents=True, exist_ok=True)
        _sweep(store)
        parent = store.current_build()
        build_id = f"{max([int(known) for known in store.build_ids()], default=0) + 1:06d}"
        fresh = store.builds_folder / f"new-{build_id}.duckdb"
        try:
            connection = _open_copy(store, parent, fresh)
            try:
                yield Draft(build_id, connection, store.work_folder)
                _stamp(connection, build_id, parent, reason, created_at)
                connection.execute("checkpoint")
            finally:
                connection.close()
            _make_current(store, fresh, build_id)
        except NothingToPublish:
            return
        finally:
            _sweep(store)


def _open_copy(store: Store, parent: str | None, fresh: Path) -> duckdb.DuckDBPyConnection:
    store.work_folder.mkdir(parents=True, exist_ok=True)
    if parent is not None:
        store.check_version(parent)
        shutil.copyfile(store.build_file(parent), fresh)
    connection = connect_writer(fresh, folder=store.work_folder)
    if parent is None:
        for statement in create_all():
            connection.execute(statement)
        connection.execute(
            "insert into build values ('', null, now()::timestamp, '', $version, null, null, null, '[]')",
            {"version": CONTRACT_VERSION},
        )
    return connection


def _stamp(
    connection: duckdb.DuckDBPyConnection,
    build_id: str,
    parent: str | None,
    reason: str,
    created_at: datetime,
) -> None:
    connection.execute(
        "update build set build_id = $id, parent_id = $parent, created_at = $created, reason = $reason",
        {"id": build_id, "parent": parent, "created": created_at, "reason": reason},
    )


def _make_current(store: Store, fresh: Path, build_id: str) -> None:
    with fresh.open("rb+") as handle:
        os.fsync(handle.fileno())
    fresh.replace(store.build_file(build_id))
    sync_folder(store.builds_folder)
    store.point_at(build_id)


def _sweep(store: Store) -> None:
    """Drop what an earlier writer that died has left: half builds and unpacked files."""
    for left in store.builds_folder.glob("new-*.duckdb*"):
        left.unlink(missing_ok=True)
    shutil.rmtree(store.work_folder, ignore_errors=True)
