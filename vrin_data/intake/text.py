"""What kind of text a file is: refused where it is none, and UTF-8 with known line ends afterwards."""

import codecs
from dataclasses import dataclass
from pathlib import Path

from vrin_data.errors import RefusedInput
from vrin_data.intake.unpack import SourceFile

CHUNK = 2**20
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class TextShape:
    """A text file's lines: how many, and whether they all end alike."""

    line_count: int
    has_mixed_ends: bool


def as_utf8(source: SourceFile) -> TextShape:
    """Turn the file into UTF-8 in place and say how its lines look.

    Raises RefusedInput for an empty file, a web page, a Git LFS pointer, a workbook or other
    binary file under a CSV's name, and text in an encoding that cannot be read.
    """
    with source.path.open("rb") as handle:
        start = handle.read(4096)
    _refuse_what_is_no_table(source.name, start)
    encoding = _encoding_of(source, start)
    if encoding != "utf-8":
        _rewrite(source, encoding)
    return _shape_of(source)


def _refuse_what_is_no_table(name: str, start: bytes) -> None:
    if not start.strip():
        raise RefusedInput(
            f"{name}: is empty. If there was nothing to report, send the header line; otherwise send the file again."
        )
    text = start.lstrip(codecs.BOM_UTF8).lstrip().lower()
    if text.startswith(b"version https://git-lfs"):
        raise RefusedInput(
            f"{name}: is a Git LFS pointer, not the data. Fetch the real file (`git lfs pull`) and send that."
        )
    if text.startswith((b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body")):
        raise RefusedInput(
            f"{name}: is a web page, not a table. It was probably saved from a login or error page: download it again."
        )
    if text.startswith(b"{") or text.startswith(b"["):
        raise RefusedInput(f"{name}: is JSON, not a table with a header line. Export it as CSV.")
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"PAR1", b"\x1f\x8b")):
        raise RefusedInput(
            f"{name}: is a workbook, an archive or another binary file under this name. Save it as CSV and send that."
        )


def _encoding_of(source: SourceFile, start: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return encoding
    if b"\x00" in start:
        raise RefusedInput(_zero_bytes(source.name))
    for encoding in ("utf-8", "cp1252"):
        if _decodes(source.path, encoding):
            return encoding
    raise RefusedInput(
        f"{source.name}: its encoding cannot be read (neither UTF-8, UTF-16 nor Windows-1252). "
        "Save it as CSV in UTF-8 and send that."
    )


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as handle:
            while chunk := handle.read(CHUNK):
                if not (chunk.isascii() and not decoder.getstate()[0]):
                    decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _rewrite(source: SourceFile, encoding: str) -> None:
    fresh = source.path.with_suffix(".utf8")
    try:
        with (
            source.path.open("r", encoding=encoding, newline="") as old,
            fresh.open("w", encoding="utf-8", newline="") as new,
        ):
            while chunk := old.read(CHUNK):
                new.write(chunk)
    except UnicodeError as error:
        raise RefusedInput(f"{source.name}: its encoding cannot be read. Save it as CSV in UTF-8.") from error
    fresh.replace(source.path)


def _zero_bytes(name: str) -> str:
    return f"{name}: cannot be read as text (zero bytes). Save it as CSV in UTF-8 and send that."


def _shape_of(source: SourceFile) -> TextShape:
    feeds = returns = 0
    last = b""
    with source.path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            if b"\x00" in chunk:
                raise RefusedInput(_zero_bytes(source.name))
            feeds += chunk.count(b"\n")
            returns += (last[-1:] + chunk).count(b"\r\n")
            last = chunk
    return TextShape(
        line_count=feeds + (0 if last.endswith(b"\n") else 1),
        has_mixed_ends=returns not in (0, feeds) or (feeds == 0 and b"\r" in last),
    )
