"""Ways in which files come broken: each takes a file's bytes and gives them back worse."""

import random
from collections.abc import Callable

Mangler = Callable[[random.Random, bytes], bytes]
FORMULAS = ("=1+1", '=HYPERLINK("http://x","y")', "@SUM(1)", "+cmd|' /C calc'!A0", "-2+3", "#REF!", "=A1&B2")
STRANGE = (
    "\u2028",
    "\u202e",
    "\x1f",
    "\x0b",
    "\ufeff",
    "\x85",
    "𝟙",
    "\x1a",
    "\\",
    "''",
    '"',
    '""',
    "\t",
    "\r",
    "\x7f",
)


def cut(draw: random.Random, content: bytes) -> bytes:
    """Truncated at any byte."""
    return content[: draw.randint(0, len(content))]


def flip(draw: random.Random, content: bytes) -> bytes:
    """Some bytes changed."""
    changed = bytearray(content)
    for _ in range(draw.choice((1, 3, 30))):
        if changed:
            changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def zero(draw: random.Random, content: bytes) -> bytes:
    """Zero bytes within, as a file has that was being written when the machine stopped."""
    at = draw.randint(0, len(content))
    return content[:at] + b"\x00" * draw.choice((1, 2, 500)) + content[at:]


def mix_encodings(draw: random.Random, content: bytes) -> bytes:
    """Lines in several encodings, with byte order marks where two files were joined."""
    kinds = ("utf-8", "cp1252", "utf-8-sig", "utf-16-le", "utf-16", "latin-1", "cp437", "utf-7")
    lines = _lines(content)
    for number in draw.sample(range(len(lines)), min(3, len(lines))):
        lines[number] = (lines[number].decode("utf-8", "replace") + "é£").encode(
            draw.choice(kinds), "replace"
        )
    return b"\n".join(lines)


def huge_cell(draw: random.Random, content: bytes) -> bytes:
    """A cell of megabytes."""
    size = draw.choice((70_000, 1_100_000, 4_100_000))
    return _in_a_cell(draw, content, draw.choice((b"x", b"9", b'"" ', "é".encode())) * size)


def formula(draw: random.Random, content: bytes) -> bytes:
    """Cells that a spreadsheet would work out."""
    for _ in range(3):
        content = _in_a_cell(draw, content, draw.choice(FORMULAS).encode())
    return content


def strange(draw: random.Random, content: bytes) -> bytes:
    """Characters that end lines, turn text around or close quotes, within cells."""
    for _ in range(draw.choice((1, 4))):
        content = _in_a_cell(draw, content, draw.choice(STRANGE).encode())
    return content


def ragged(draw: random.Random, content: bytes) -> bytes:
    """Lines with a cell too many or too few."""
    lines = _lines(content)
    for number in draw.sample(range(len(lines)), min(4, len(lines))):
        mark = delimiter_of(content)
        lines[number] = draw.choice(
            (lines[number] + mark * 3 + b"x", lines[number].rpartition(mark)[0], lines[number] + mark)
        )
    return b"\n".join(lines)


def columns(draw: random.Random, content: bytes) -> bytes:
    """Ten thousand columns, in the header or everywhere."""
    mark, lines = delimiter_of(content), _lines(content)
    extra = mark + mark.join(f"c{number}".encode() for number in range(10_000))
    everywhere = draw.random() < 0.5
    return b"\n".join(line + extra if everywhere or not number else line for number, line in enumerate(lines))


def quotes(draw: random.Random, content: bytes) -> bytes:
    """Quotes opened and never closed, or closed in the wrong place."""
    for _ in range(draw.choice((1, 2, 3))):
        content = _in_a_cell(draw, content, draw.choice((b'"', b'"x', b'x"y', b'"""', b'"x" y')))
    return content


def headers(draw: random.Random, content: bytes) -> bytes:
    """Headings swapped, doubled, blank, or the header repeated further down or gone."""
    lines, mark = _lines(content), delimiter_of(content)
    head = max(range(min(6, len(lines))), key=lambda number: lines[number].count(mark)) if lines else 0
    cells = lines[head].split(mark) if lines else []
    way = draw.choice(("swap", "double", "blank", "again", "gone", "turned"))
    if way == "swap":
        draw.shuffle(cells)
    elif way == "double" and cells:
        cells[draw.randrange(len(cells))] = draw.choice(cells)
    elif way == "blank" and cells:
        cells[draw.randrange(len(cells))] = b""
    fresh = [mark.join(cells)] if way != "gone" else []
    lines = [*lines[:head], *fresh, *lines[head + 1 :]]
    return b"\n".join(
        [*lines, *fresh, *lines[head + 1 :]] if way == "again" else lines[::-1] if way == "turned" else lines
    )


def ends(draw: random.Random, content: bytes) -> bytes:
    """Line ends of several systems, blank lines, lines lost, doubled and joined."""
    lines = _lines(content)
    for number in draw.sample(range(len(lines)), min(4, len(lines))):
        lines[number] = draw.choice(
            (b"", lines[number] * 2, lines[number] + b"\n\n", b"   ", lines[number] + b"\r")
        )
    end = draw.choice((b"\r", b"\n", b"\r\n", b"\n\r", b"\r\r\n"))
    return b"".join(line + draw.choice((end, end, b"\n")) for line in lines)


def delimiters(draw: random.Random, content: bytes) -> bytes:
    """Another delimiter in some of the lines."""
    mark, other = delimiter_of(content), draw.choice((b",", b";", b"\t", b"|", b":"))
    return b"\n".join(line.replace(mark, other) if draw.random() < 0.3 else line for line in _lines(content))


def nothing(_draw: random.Random, content: bytes) -> bytes:
    """The file as it is."""
    return content


def _lines(content: bytes) -> list[bytes]:
    return content.replace(b"\r\n", b"\n").split(b"\n")


def delimiter_of(content: bytes) -> bytes:
    head = content[:2_000]
    return max((b",", b";", b"\t", b"|"), key=head.count)


def _in_a_cell(draw: random.Random, content: bytes, what: bytes) -> bytes:
    """Something put at the beginning, the end or the middle of a cell somewhere."""
    mark = delimiter_of(content)
    places = [index for index in range(len(content)) if content[index : index + 1] == mark] or [0]
    at = draw.choice(places[:5_000]) + draw.choice((0, 1, 1, 2))
    return content[:at] + what + content[at:]


TEXT_MANGLERS: tuple[Mangler, ...] = (
    cut, flip, zero, mix_encodings, huge_cell, formula, strange, ragged, columns, quotes, headers, ends, delimiters,
)  # fmt: skip
BYTE_MANGLERS: tuple[Mangler, ...] = (cut, flip, flip, zero, nothing)
