"""One writer at a time, whoever starts it and on every system."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from vrin_data.errors import StoreBusy

LOCK_WAIT_S = 30.0


@contextmanager
def store_lock(path: Path, *, wait_s: float = LOCK_WAIT_S) -> Iterator[None]:
    """Hold the store for writing. Raises StoreBusy where another process keeps it too long."""
    path.mkdir(parents=True, exist_ok=True)
    holder = path / "writer"
    try:
        with FileLock(path / "writer.lock", timeout=wait_s):
            holder.write_text(str(os.getpid()), encoding="ascii")
            yield
    except Timeout:
        pid = holder.read_text(encoding="ascii") if holder.is_file() else "unknown"
        raise StoreBusy(
            f"Another process (number {pid}) has been writing to {path} for {wait_s:.0f} seconds. "
            "Wait until it is done and try again."
        ) from None
