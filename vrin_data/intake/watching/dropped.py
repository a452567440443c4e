"""What lies in a watched folder: files that partners dropped, and what is in the wrong place."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OWN_FOLDERS = ("accepted", "refused", "stopped")
"""Where handled files go; no supplier may be called so."""
UNFINISHED = (".part", ".filepart", ".tmp")
LOCK_NAME = ".vrin-watch.lock"


@dataclass(frozen=True)
class Dropped:
    """A file in a known supplier's folder of a known feed."""

    path: Path
    supplier_id: str
    feed_id: str

    @property
    def name(self) -> str:
        """The file as it is spoken of."""
        return f"{self.supplier_id}/{self.feed_id}/{self.path.name}"


@dataclass(frozen=True)
class Look:
    """How a file looks from outside; a file whose look stays the same is no longer written to."""

    size: int
    changed_ns: int
    inode: int


def dropped_files(folder: Path, supplier_ids: set[str], feed_ids: set[str]) -> Iterator[Dropped]:
    """Every file that may be taken in, by name; those still under way and links are none of them."""
    for supplier in _folders(folder):
        if supplier.name not in supplier_ids:
            continue
        for feed in _folders(supplier):
            if feed.name in feed_ids:
                yield from (
                    Dropped(path, supplier.name, feed.name) for path in _entries(feed) if _is_file(path)
                )


def strange_places(folder: Path, supplier_ids: set[str], feed_ids: set[str]) -> Iterator[str]:
    """What stands where no file is taken from, in words."""
    for supplier in _entries(folder):
        if not _is_folder(supplier):
            yield f"{supplier.name}: is not in a folder <supplier>/<feed>/; left where it is."
        elif supplier.name in OWN_FOLDERS:
            continue
        elif supplier.name not in supplier_ids:
            yield f"{supplier.name}/: no supplier has this id (`suppliers list` shows them); left where it is."
        else:
            yield from _strange_in(supplier, feed_ids)


def look_at(path: Path) -> Look | None:
    """How a file looks now, None where it is gone."""
    try:
        found = path.stat(follow_symlinks=False)
    except FileNotFoundError:
        return None
    return Look(found.st_size, found.st_mtime_ns, found.st_ino)


def _strange_in(supplier: Path, feed_ids: set[str]) -> Iterator[str]:
    for feed in _entries(supplier):
        name = f"{supplier.name}/{feed.name}"
        if not _is_folder(feed):
            yield f"{name}: is not in a feed's folder; left where it is."
        elif feed.name not in feed_ids:
            yield f"{name}/: there is no feed of this id; left where it is."
        else:
            yield from (
                f"{name}/{path.name}: is a folder or a link, and only files are taken; left where it is."
                for path in _entries(feed)
                if not path.is_file() or path.is_symlink()
            )


def _entries(folder: Path) -> list[Path]:
    """What a folder holds by name, without what is hidden or still being uploaded."""
    try:
        names = sorted(os.listdir(folder))
    except FileNotFoundError:
        return []
    return [
        folder / name for name in names if not name.startswith(".") and not name.lower().endswith(UNFINISHED)
    ]


def _folders(folder: Path) -> list[Path]:
    return [path for path in _entries(folder) if _is_folder(path) and path.name not in OWN_FOLDERS]


# A link may lead anywhere on the machine, and whoever may drop a file may drop a link.
def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()
