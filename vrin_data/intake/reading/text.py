"""A text file as UTF-8, and how its lines look."""

import codecs
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.unpack import SourceFile

# Small enough to stay in the processor's cache while it is looked through several times.
CHUNK = 2**18
LONGEST_READ = 2**24
LINE_FEED = 10
BYTE_ORDER_MARKS = (
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
    """Turn the file into UTF-8 in place and say how its lines look; a byte order mark of UTF-8 may stay.

    Lines that are no UTF-8 are read as Windows-1252, each by itself: files put together from two
    systems hold both. Raises RefusedInput for zero bytes and for text that is neither.
    """
    encoding = encoding_by_mark(source.path)
    if encoding is not None:
        _rewrite(source, partial(_decoded, source.path, encoding))
    shape = _shape_of(source)
    if shape is None:
        _rewrite(source, partial(_decoded_by_line, source))
        shape = _shape_of(source)
    if shape is None:
        raise RefusedInput(f"{source.name}: its encoding cannot be read. Save it as CSV in UTF-8.")
    return shape


def encoding_by_mark(path: Path) -> str | None:
    """The encoding other than UTF-8 that a file's first bytes announce, None where they announce none."""
    with path.open("rb") as handle:
        start = handle.read(4)
    return next((encoding for mark, encoding in BYTE_ORDER_MARKS if start.startswith(mark)), None)


def _shape_of(source: SourceFile) -> TextShape | None:
    """A file's lines, None where it is no UTF-8; looks at every byte once."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    feeds = returns = pairs = 0
    last = b""
    try:
        for chunk in _chunks(source):
            if not (chunk.isascii() and not decoder.getstate()[0]):
                decoder.decode(chunk)
            feeds += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == LINE_FEED))
            if b"\r" in chunk or last.endswith(b"\r"):
                returns += chunk.count(b"\r")
                pairs += (last[-1:] + chunk).count(b"\r\n")
            last = chunk
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    has_mixed_ends = returns > 0 and not (returns == pairs == feeds)
    return TextShape(feeds + (0 if last.endswith(b"\n") else 1), has_mixed_ends)


def _chunks(source: SourceFile) -> Iterator[bytes]:
    with source.path.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            if b"\x00" in chunk:
                raise RefusedInput(
                    f"{source.name}: cannot be read as text (zero bytes). Save it as CSV in UTF-8 and send that."
                )
            yield chunk


def _rewrite(source: SourceFile, decoded: Callable[[], Iterator[str]]) -> None:
    fresh = source.path.with_suffix(".utf8")
    with fresh.open("w", encoding="utf-8", newline="") as new:
        try:
            new.writelines(decoded())
        except UnicodeError as error:
            raise RefusedInput(
                f"{source.name}: its encoding cannot be read (what its first bytes announce does not hold). "
                "Save it as CSV in UTF-8."
            ) from error
    fresh.replace(source.path)


def _decoded(path: Path, encoding: str) -> Iterator[str]:
    with path.open("r", encoding=encoding, newline="") as old:
        while chunk := old.read(CHUNK):
            yield chunk


def _decoded_by_line(source: SourceFile) -> Iterator[str]:
    with source.path.open("rb") as old:
        for number, read in enumerate(iter(lambda: old.readline(LONGEST_READ), b""), start=1):
            line = read.removeprefix(codecs.BOM_UTF8) if number == 1 else read
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                yield _from_windows(source.name, number, line)


def _from_windows(name: str, number: int, line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError as error:
        raise RefusedInput(
            f"{name}, line {number}: its encoding cannot be read (neither UTF-8, UTF-16 nor Windows-1252). "
            "Save it as CSV in UTF-8 and send that."
        ) from error
