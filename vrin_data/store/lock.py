"""One writer at a time, whoever starts it and on every system."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from vrin_data.errors import StoreBusy

LOCK_WAIT_S = 30.0
HOLDER = "writer"


@contextmanager
def store_lock(path: Path, *, doing: str = "", wait_s: float = LOCK_WAIT_S) -> Iterator[None]:
    """Hold the store for writing, saying what for. Raises StoreBusy where another process keeps it too long."""
    path.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(path / "writer.lock", timeout=wait_s):
            (path / HOLDER).write_text(f"{os.getpid()} {doing}".strip(), encoding="utf-8")
            yield
    except Timeout:
        raise StoreBusy(
            f"Another process ({holder_words(path)}) has been writing to {path} for {wait_s:.0f} seconds. "
            "Wait until it is done and try again."
        ) from None


def holder_words(path: Path) -> str:
    """Who holds a store, or held it last: 'number 4242: ingest police-uk: archive.zip'."""
    try:
        number, _, doing = (path / HOLDER).read_text(encoding="utf-8").partition(" ")
    except OSError:
        number, doing = "unknown", ""
    return f"number {number}{f': {doing}' if doing else ''}"
