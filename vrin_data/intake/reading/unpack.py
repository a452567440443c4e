"""From what a user names (a table, a gzip, a zip, a folder) to plain files in the intake's own folder.

Nothing is read outside that folder afterwards. An archive is measured before it is opened:
what it would unpack to, how far it is compressed, and where its members want to go.
"""

import gzip
import hashlib
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vrin_data.errors import RefusedInput

MOST_UNPACKED_BYTES = 8 * 2**30
MOST_COMPRESSED_RATIO = 200
RATIO_MATTERS_FROM_BYTES = 50 * 2**20
MOST_MEMBERS = 20_000
TEXTS = (".csv", ".txt", ".tsv", ".xml")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TABLES = (*TEXTS, *WORKBOOKS, ".parquet")
READABLE = (*TABLES, *(f"{end}.gz" for end in TEXTS))
OFFICE_PART = "[Content_Types].xml"
# The workbook that a spreadsheet has open leaves a lock file beside itself.
HIDDEN = (".", "__MACOSX", "~$")
CHUNK = 2**20
# What the standard library raises over a damaged zip, beside what it calls one.
BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, UnicodeError, IndexError, EOFError)


@dataclass(frozen=True)
class SourceFile:
    """A plain file ready to be read: the name users know it by, its copy, and its hash."""

    name: str
    path: Path
    file_hash: str


@dataclass(frozen=True)
class Unpacked:
    """What was found under one path: files to read, and names left aside."""

    files: tuple[SourceFile, ...]
    left_aside: tuple[str, ...]


def unpack(path: Path, folder: Path) -> Unpacked:
    """Every readable file under a path, copied or unpacked into `folder`, in the order of their names.

    Raises RefusedInput where the path does not exist, holds nothing to read, or is an archive that
    is broken, protected by a password, too large, or climbs out of its folder.
    """
    if not path.exists():
        raise RefusedInput(f"{path}: there is no such file or folder. Check the path.")
    if path.is_dir():
        found = _from_folder(path, folder)
    elif path.suffix.lower() == ".zip" or (zipfile.is_zipfile(path) and not _is_whole_file(path)):
        found = _from_zip(path, folder)
    else:
        found = Unpacked((_take_file(path, path.name, folder),), ())
    if not found.files:
        raise RefusedInput(
            f"{path.name}: holds no file that can be read. VRIN reads {', '.join(READABLE)} and zips of them."
        )
    return found


def is_workbook(path: Path) -> bool:
    """Whether a zip is a workbook: Office's parts of one, or OpenDocument's content."""
    try:
        with zipfile.ZipFile(path) as package:
            names = package.namelist()
    except (*BROKEN_ZIP, OSError):
        return False
    return any(name.startswith("xl/") for name in names) or {"mimetype", "content.xml"} <= {*names}


def _is_whole_file(path: Path) -> bool:
    """Whether a zip is to be read as it is: a workbook, or what its name calls a table."""
    return path.name.lower().endswith(READABLE) or is_workbook(path)


def _from_folder(path: Path, folder: Path) -> Unpacked:
    files: list[SourceFile] = []
    aside: list[str] = []
    for file in sorted(path.rglob("*")):
        if not file.is_file():
            continue
        name = file.relative_to(path).as_posix()
        if file.suffix.lower() == ".zip":
            inner = _from_zip(file, folder)
            files += inner.files
            aside += inner.left_aside
        elif _is_readable(name, READABLE):
            files.append(_take_file(file, name, folder))
        else:
            aside.append(name)
    return Unpacked(tuple(files), tuple(aside))


def _take_file(path: Path, name: str, folder: Path) -> SourceFile:
    target = _fresh_path(folder)
    if path.name.lower().endswith(".gz"):
        with path.open("rb") as handle:
            _copy_limited(_gzip_chunks(handle, name), target, name, path.stat().st_size)
        return SourceFile(name, target, _hash_of(path))
    shutil.copyfile(path, target)
    return SourceFile(name, target, _hash_of(target))


def _gzip_chunks(handle: object, name: str) -> Iterator[bytes]:
    try:
        with gzip.open(handle, "rb") as unzipped:  # type: ignore[call-overload]
            while chunk := unzipped.read(CHUNK):
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        raise RefusedInput(f"{name}: the gzip file is broken or cut short. Ask for it again.") from error


def _from_zip(path: Path, folder: Path) -> Unpacked:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if any(member.filename == OFFICE_PART for member in members):
                raise RefusedInput(f"{path.name}: is a document, not a table. Send the table as CSV or XLSX.")
            check_members(path.name, path.stat().st_size, members)
            chosen = [member for member in members if _is_readable(member.filename, TABLES)]
            files = [_unpack_member(archive, member, path.name, folder) for member in chosen]
    except BROKEN_ZIP as error:
        raise RefusedInput(
            f"{path.name}: is not a whole zip file; it may have been cut short on the way. "
            "Download or ask for it again."
        ) from error
    aside = [member.filename for member in members if member not in chosen]
    return Unpacked(tuple(sorted(files, key=lambda file: file.name)), tuple(sorted(aside)))


def _is_readable(name: str, ends: tuple[str, ...]) -> bool:
    is_hidden = any(part.startswith(HIDDEN) for part in PurePosixPath(name).parts)
    return not is_hidden and name.lower().endswith(ends)


def check_members(name: str, packed_bytes: int, members: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive for what its list of members says, before anything of it is unpacked."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise RefusedInput(
            f"{name}: holds {len(members):,} files; the limit is {MOST_MEMBERS:,}. Split the archive."
        )
    if any(member.flag_bits & 1 for member in members):
        raise RefusedInput(f"{name}: is protected by a password. Unpack it first, or ask for it without one.")
    if unpacked > MOST_UNPACKED_BYTES:
        raise RefusedInput(_too_large(name, unpacked))
    if unpacked > RATIO_MATTERS_FROM_BYTES and unpacked > packed_bytes * MOST_COMPRESSED_RATIO:
        raise RefusedInput(
            f"{name}: would unpack to {unpacked // max(packed_bytes, 1):,} times its size "
            f"(the limit is {MOST_COMPRESSED_RATIO}). It was not opened."
        )
    for member in members:
        parts = PurePosixPath(member.filename.replace("\\", "/")).parts
        if ".." in parts or member.filename.startswith(("/", "\\")) or (parts and ":" in parts[0]):
            raise RefusedInput(
                f"{name}: a file in it wants to be written outside its folder. It was not opened."
            )


def _unpack_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, archive_name: str, folder: Path
) -> SourceFile:
    target = _fresh_path(folder)
    name = f"{archive_name}/{member.filename}"
    try:
        with archive.open(member) as handle:
            _copy_limited(iter(lambda: handle.read(CHUNK), b""), target, name, member.compress_size)
    except (*BROKEN_ZIP, zlib.error, RuntimeError) as error:
        raise RefusedInput(f"{name}: is damaged in the archive. Download or ask for it again.") from error
    return SourceFile(name, target, _hash_of(target))


def _copy_limited(chunks: Iterator[bytes], target: Path, name: str, packed_bytes: int) -> None:
    """Write chunks as they come and stop at the limits, whatever a header has claimed."""
    written = 0
    most = max(RATIO_MATTERS_FROM_BYTES, packed_bytes * MOST_COMPRESSED_RATIO * 5)
    with target.open("wb") as out:
        for chunk in chunks:
            written += len(chunk)
            if written > min(most, MOST_UNPACKED_BYTES):
                raise RefusedInput(_too_large(name, written))
            out.write(chunk)


def _too_large(name: str, size: int) -> str:
    return (
        f"{name}: unpacks to more than {size // 2**20:,} MB, which is beyond the limit "
        f"({MOST_UNPACKED_BYTES // 2**30} GB, or {MOST_COMPRESSED_RATIO} times its own size). Split it."
    )


def _fresh_path(folder: Path) -> Path:
    return folder / f"in-{len(list(folder.glob('in-*'))):06d}.txt"


def _hash_of(path: Path) -> str:
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()
