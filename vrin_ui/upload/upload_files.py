"""Files that were dropped on the screen: kept in the store's upload folder until they are taken in or removed."""

import re
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

FOLDER = "uploads"
LONGEST_NAME = 120
KEPT_FOR_S = 12 * 3600
_STRANGE = re.compile(r"[^\w .()&+,'-]+")


@dataclass(frozen=True)
class Kept:
    """One file as it was dropped: a number of its own, its name, where it is kept, and its size."""

    file_id: str
    name: str
    path: Path
    size_bytes: int


def safe_name(name: str) -> str:
    """A file's name without a folder, and without what another system would read as something else."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = _STRANGE.sub("_", last).strip(" .-'")
    stem, dot, end = plain.rpartition(".")
    if not dot:
        return plain[:LONGEST_NAME] or "file"
    return f"{stem[: LONGEST_NAME - len(end) - 1] or 'file'}.{end[:20]}"


def session_folder(store: Path) -> Path:
    """A new folder of this session's own in the store; what older sessions left behind is removed."""
    sweep(store)
    folder = store / FOLDER / secrets.token_hex(8)
    folder.mkdir(parents=True)
    return folder


def keep(folder: Path, name: str, content: bytes | memoryview) -> Kept:
    """A dropped file, written under a safe name into a folder of its own."""
    file_id = secrets.token_hex(4)
    path = folder / file_id / safe_name(name)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return Kept(file_id, path.name, path, path.stat().st_size)


def remove(one: Kept) -> None:
    """Remove a file that was kept."""
    shutil.rmtree(one.path.parent, ignore_errors=True)


def sweep(store: Path, *, older_than_s: float = KEPT_FOR_S) -> None:
    """Remove what sessions that are long over have left behind."""
    for folder in (store / FOLDER).glob("*"):
        try:
            if time.time() - folder.stat().st_mtime > older_than_s:
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue  # Another session was faster.


def size_words(size: int) -> str:
    """A size as people say it: 12 kB, 3.4 MB."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e6 else f"{max(size // 1000, 1):,} kB"
