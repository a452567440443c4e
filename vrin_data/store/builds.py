"""A store and its builds: one DuckDB file a build, and a pointer to the one that is current."""

import os
import re
import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow

from vrin_data.contract.tables import CONTRACT_VERSION
from vrin_data.errors import EmptyStore, VrinError
from vrin_data.store.connect import connect_reader
from vrin_data.store.lock import store_lock

BUILD_FILE = re.compile(r"vrin-(\d{6})\.duckdb")
OPEN_BUILDS = 3
BATCH_ROWS = 122_880


@dataclass(frozen=True)
class BuildInfo:
    """What the list of builds says of one build."""

    build_id: str
    created_at: datetime
    reason: str
    parent_id: str | None
    row_count: int
    incident_count: int
    size_bytes: int
    is_current: bool


class Store:
    """A store directory: builds, records, outlines and the intake's working folder.

    Reading never blocks and never writes; `publish_build` is the only writer.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connections: OrderedDict[str, duckdb.DuckDBPyConnection] = OrderedDict()
        self._files: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()

    @classmethod
    def open(cls, path: str | Path) -> "Store":
        """The store in this directory, which need not exist yet."""
        return cls(Path(path).expanduser().resolve())

    @property
    def builds_folder(self) -> Path:
        """Where the build files and the pointer stand."""
        return self.path / "builds"

    @property
    def outlines_folder(self) -> Path:
        """Where display outlines stand: public boundaries only, never figures."""
        return self.path / "outlines"

    @property
    def work_folder(self) -> Path:
        """Where intake unpacks and spills; emptied after every ingest."""
        return self.path / "work"

    def build_file(self, build_id: str) -> Path:
        """File of a build."""
        return self.builds_folder / f"vrin-{build_id}.duckdb"

    def current_build(self) -> str | None:
        """Id of the build that readers see, None where the store holds none."""
        try:
            build_id = (self.builds_folder / "current").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        return build_id or None

    def build_ids(self) -> list[str]:
        """Ids of all builds, oldest first."""
        if not self.builds_folder.is_dir():
            return []
        matches = (BUILD_FILE.fullmatch(file.name) for file in self.builds_folder.iterdir())
        return sorted(match.group(1) for match in matches if match)

    def builds(self) -> list[BuildInfo]:
        """All builds, oldest first."""
        current = self.current_build()
        return [self._build_info(build_id, current) for build_id in self.build_ids()]

    def restore(self, build_id: str) -> str:
        """Make an earlier build the current one and return its id.

        Raises EmptyStore where there is no such build.
        """
        wanted = build_id.zfill(6)
        if wanted not in self.build_ids():
            known = ", ".join(self.build_ids()) or "none"
            raise EmptyStore(f"There is no build {build_id} in {self.path}. Builds: {known}.")
        self.check_version(wanted)
        with store_lock(self.path):
            self.point_at(wanted)
        return wanted

    def check_version(self, build_id: str) -> None:
        """Raise VrinError where a build's tables are those of another version of VRIN."""
        self.query("version of the build", "select contract_version from build", build_id=build_id)

    def point_at(self, build_id: str) -> None:
        """Move the pointer: written beside, flushed to disk, then renamed over the old one."""
        pointer = self.builds_folder / "current"
        fresh = self.builds_folder / "current.new"
        with fresh.open("w", encoding="ascii") as handle:
            handle.write(build_id + "\n")
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(pointer)
        sync_folder(self.builds_folder)

    def query(
        self,
        name: str,
        sql: str,
        params: Mapping[str, Any] | None = None,
        *,
        build_id: str | None = None,
    ) -> pd.DataFrame:
        """The answer of one statement on the current build, or on the build named.

        A fresh cursor a call, so that threads do not meet. An error carries the question's name
        and never the values. Raises EmptyStore where there is no build.
        """
        cursor = self._connection(build_id).cursor()
        try:
            return cursor.execute(sql, dict(params or {})).df()
        except duckdb.Error as error:
            raise VrinError(f"{name}: the question failed ({type(error).__name__}).") from error
        finally:
            cursor.close()

    def batches(
        self,
        name: str,
        sql: str,
        params: Mapping[str, Any] | None = None,
        *,
        build_id: str | None = None,
        tables: Mapping[str, pd.DataFrame] | None = None,
    ) -> Iterator[pyarrow.RecordBatch]:
        """The answer of one statement in parts, so that one of many million rows never stands in memory whole.

        `tables` are frames that the statement may name beside the build's own. Raises as `query` does.
        """
        cursor = self._connection(build_id).cursor()
        try:
            for table, frame in (tables or {}).items():
                cursor.register(table, frame)
            yield from cursor.execute(sql, dict(params or {})).to_arrow_reader(BATCH_ROWS)
        except duckdb.Error as error:
            raise VrinError(f"{name}: the question failed ({type(error).__name__}).") from error
        finally:
            cursor.close()

    def close(self) -> None:
        """Close every connection."""
        with self._lock:
            for connection in self._connections.values():
                connection.close()
            self._connections.clear()

    def _connection(self, build_id: str | None) -> duckdb.DuckDBPyConnection:
        wanted = build_id or self.current_build()
        if wanted is None:
            raise EmptyStore(
                f"The store {self.path} holds no data yet. "
                "Load the sample with `python -m vrin_data sample`, or your own file with "
                "`python -m vrin_data ingest FEED FILE`."
            )
        with self._lock:
            self._drop_rewritten(wanted)
            if wanted not in self._connections:
                self._connections[wanted] = self._open(wanted)
                self._files[wanted] = _identity(self.build_file(wanted))
                while len(self._connections) > OPEN_BUILDS:
                    self._connections.popitem(last=False)
            self._connections.move_to_end(wanted)
            return self._connections[wanted]

    def _drop_rewritten(self, build_id: str) -> None:
        """Close a connection whose file was written anew since: rows that were removed must not be seen."""
        if build_id in self._connections and self._files[build_id] != _identity(self.build_file(build_id)):
            self._connections.pop(build_id).close()

    def _open(self, build_id: str) -> duckdb.DuckDBPyConnection:
        file = self.build_file(build_id)
        if not file.is_file():
            raise EmptyStore(
                f"Build {build_id} is not in {self.builds_folder}. `builds` lists those there are."
            )
        connection = connect_reader(file)
        row = connection.cursor().execute("select contract_version from build").fetchone()
        if row is None or row[0] != CONTRACT_VERSION:
            connection.close()
            raise VrinError(
                f"Build {build_id} was written by another version of VRIN "
                f"(tables {row[0] if row else 'unknown'}, this version reads {CONTRACT_VERSION})."
            )
        return connection

    def _build_info(self, build_id: str, current: str | None) -> BuildInfo:
        row = self.query(
            "list of builds",
            """
            select
                created_at,
                reason,
                parent_id,
                (select coalesce(sum(rows_kept_count), 0)::bigint from submission where status = 'accepted')
                    as row_count,
                (select count(*) from incident) as incident_count
            from build
            """,
            build_id=build_id,
        ).iloc[0]
        return BuildInfo(
            build_id=build_id,
            created_at=row["created_at"].to_pydatetime(),
            reason=row["reason"],
            parent_id=row["parent_id"] if isinstance(row["parent_id"], str) else None,
            row_count=int(row["row_count"]),
            incident_count=int(row["incident_count"]),
            size_bytes=self.build_file(build_id).stat().st_size,
            is_current=build_id == current,
        )


def _identity(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_ino, found.st_mtime_ns


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, where the system can (Windows cannot)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
