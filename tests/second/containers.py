"""Mangled files as they arrive: text, or packed, or as a workbook, XML or Parquet that is broken itself."""

import csv
import gzip
import io
import random
import zipfile
from pathlib import Path

import duckdb

from tests.intake.books import ods, package, xlsx
from tests.second.files import Made
from tests.second.mangling import BYTE_MANGLERS, TEXT_MANGLERS, Mangler, cut, delimiter_of, flip, zero
from tests.second.tables import decoded, records
from tests.second.words import fold


def mangled(draw: random.Random, made: Made, folder: Path) -> tuple[str, bytes, str]:
    """A file's name and bytes, mangled, and in words what was done to it."""
    container = draw.choice(("csv", "csv", "csv", "csv", "xlsx", "ods", "xml", "parquet", "gz", "zip"))
    ways = draw.choices(TEXT_MANGLERS, k=draw.choice((1, 1, 2, 3)))
    content, name = made.content, made.feed_id
    # A file in UTF-16 goes through the manglers as bytes; of the others a huge one is enough.
    for way in ways:
        if len(content) < 5_000_000:
            content = way(draw, content)
    words = ", ".join(way.__name__ for way in ways)
    if container == "csv":
        return f"{name}.{draw.choice(('csv', 'csv', 'txt', 'xlsx'))}", content, words
    if container in ("gz", "zip"):
        packed = gzip.compress(content) if container == "gz" else _zipped(draw, content, made)
        broken = draw.choice(BYTE_MANGLERS)
        end = "csv.gz" if container == "gz" else "zip"
        return f"{name}.{end}", broken(draw, packed), f"{words} in {container} {broken.__name__}"
    return _as_table(draw, made, container, folder, content if draw.random() < 0.5 else made.content, words)


def _as_table(
    draw: random.Random, made: Made, container: str, folder: Path, text: bytes, words: str
) -> tuple[str, bytes, str]:
    """The rows of a text as a workbook, XML or Parquet, broken in its parts or as a whole."""
    rows = [list(cells)[:300] for _, cells in records_or_none(text)][:200]
    written = _written(container, rows, folder)
    broken = draw.choice(BYTE_MANGLERS)
    if container in ("xlsx", "ods") and draw.random() < 0.5:
        written = _part_broken(draw, written, draw.choice((flip, cut, zero)))
        return f"{made.feed_id}.{container}", written, f"{words} as {container}, a part broken"
    return f"{made.feed_id}.{container}", broken(draw, written), f"{words} as {container} {broken.__name__}"


def records_or_none(text: bytes) -> list[tuple[int, tuple[str, ...]]]:
    """The records of a text as far as plain reading goes; none where it does not."""
    try:
        return records(decoded(text), delimiter_of(text).decode())
    except (UnicodeError, csv.Error):
        return []


def _written(container: str, rows: list[list[str]], folder: Path) -> bytes:
    clean = [["".join(mark for mark in cell if mark.isprintable()) for cell in row] for row in rows]
    if container == "xlsx":
        return xlsx({"S": clean})
    if container == "ods":
        return ods({"S": clean})
    return _xml(clean) if container == "xml" else _parquet(clean, folder)


def _xml(rows: list[list[str]]) -> bytes:
    head, *body = rows or [[]]
    names = [fold(name).title().replace(" ", "") or "X" for name in head]
    lines = [
        "<Assault>"
        + "".join(f"<{name}>{_escaped(cell)}</{name}>" for name, cell in zip(names, row, strict=False))
        + "</Assault>"
        for row in body
    ]
    return ("<Message>" + "\n".join(lines) + "</Message>").encode()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _parquet(rows: list[list[str]], folder: Path) -> bytes:
    head, *body = rows or [["x"]]
    names = [f"{name.strip() or 'x'}{' ' * number}" for number, name in enumerate(head or ["x"])]
    width = len(names)
    path = folder / "made.parquet"
    with duckdb.connect() as connection:
        listed = ", ".join('"{}" varchar'.format(name.replace('"', '""')) for name in names)
        connection.execute(f"create table made ({listed})")
        full = [(row + [""] * width)[:width] for row in body] or [[""] * width]
        connection.executemany(f"insert into made values ({', '.join('?' * width)})", full)
        connection.execute(f"copy made to '{path.as_posix()}' (format parquet)")
    content = path.read_bytes()
    path.unlink()
    return content


def _part_broken(draw: random.Random, content: bytes, way: Mangler) -> bytes:
    """A workbook one part of which is broken, the package around it being whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chosen = draw.choice(sorted(parts))
    return package({**parts, chosen: way(draw, parts[chosen])})


def _zipped(draw: random.Random, content: bytes, made: Made) -> bytes:
    """A zip of the file and of what does not belong there."""
    own = f"{made.feed_id}.csv"
    inner = package({own: content})
    choices: tuple[dict[str, str | bytes], ...] = (
        {own: content},
        {f"a/b/{own}": content, "readme.pdf": b"%PDF-1.4"},
        {f"../../{own}": content},
        {"/etc/x.csv": content},
        {"inner.zip": inner},
        {own: content, f"again-{own}": content},
        {"empty.csv": b"", own: content},
        {"__MACOSX/x.csv": content},
        {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"},
        {},
        {"é\u202e.csv": content},
        {f"{'d/' * 120}x.csv": content},
    )
    return package(draw.choice(choices))
