"""Files that nobody would send on purpose end in a refusal that names them, or in a table; in nothing else."""

import random
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.books import package, xlsx
from tests.intake.opened import ASSAULTS, MONTHLY, Plain, open_file
from vrin_data.contract.feeds import Feed
from vrin_data.errors import RefusedInput

HEADER = "Assault date and time,Assault method,Assault location type"
GOOD = "\n".join([HEADER, *(f"{day:02}/03/2026,knife,street" for day in range(1, 29)), ""]).encode()
HTML = b"<html><body><table><tr><th>Assault method</th></tr><tr><td>knife</td></tr></table></body></html>"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 132\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        ("\n ".encode("utf-16"), "is empty"),
        (POINTER, "is a Git LFS pointer"),
        (POINTER.decode().encode("utf-16"), "is a Git LFS pointer"),
        (HTML, "is a web page"),
        (b"\xef\xbb\xbf<HTML>Error</HTML>", "is a web page"),
        (b"<!-- saved from url=(0014)about:internet -->\n<html></html>", "is a web page"),
        (b"<table><tr><td>Assault method</td></tr></table>", "is a web page"),
        (b"{}", "is JSON"),
        (b"%PDF-1.4\n", "is a PDF, an archive or another binary file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "cannot be read as a workbook"),
        (b"\xd0\xcf\x11\xe0", "another binary file"),
        (b"PK\x03\x04", "is not whole"),
        (package({"a.bin": b"x"}), "is an archive or a document under this name"),
        (package({"xl/workbook.xml": "<x/>"}), "cannot be read as a workbook"),
        (package({"xl/workbook.bin": "<x/>"}), "cannot be read as a workbook"),
        (package({"mimetype": "x", "content.xml": "<x/>"}), "cannot be read as a workbook|holds no sheet"),
        (struct.pack("<4I", 1, 2, 3, 4), "zero bytes"),
        (b"\x00" * 100, "zero bytes"),
        (b"just words\n", "line 1: this is not a file of the feed"),
        (b"," * 20_000, "line 1: this is not a file|limit is 2,000"),
        (b'"' * 5_000, "line 1: this is not a file"),
        (b"x" * 5_000_000, "line 1: this is not a file"),
    ],
)
@pytest.mark.parametrize("name", ["extract.csv", "extract.xls", "extract.xlsx"])
def test_what_is_no_table_is_refused_with_its_name(
    tmp_path: Path, content: bytes, words: str, name: str
) -> None:
    with pytest.raises(RefusedInput, match=words) as refused:
        open_file(tmp_path, content, name=name)
    assert str(refused.value).startswith(name)


@pytest.mark.parametrize("columns", [2_001, 10_000])
def test_thousands_of_columns_are_refused(tmp_path: Path, columns: int) -> None:
    wide = [*HEADER.split(","), *(f"extra {number}" for number in range(columns))]
    words = rf"has {columns + 3:,} columns; the limit is 2,000"
    with pytest.raises(RefusedInput, match=r"extract\.csv, line 1: " + words):
        open_file(tmp_path, ",".join(wide) + "\n")
    with pytest.raises(RefusedInput, match=r"a\.xlsx/S, line 1: " + words):
        open_file(tmp_path, xlsx({"S": [wide]}), name="a.xlsx")


@pytest.mark.parametrize("cell", ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+44", "-1", "\ttab", "#REF!"])
def test_formulas_in_a_text_file_are_text(tmp_path: Path, cell: str) -> None:
    (table,) = open_file(tmp_path, f'{HEADER}\n01/03/2026,"{cell}",street\n')
    assert table.rows == [(2, "01/03/2026", cell, "street")]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    cut=st.integers(0, len(GOOD)),
    changes=st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), max_size=12),
    tail=st.binary(max_size=40),
)
def test_mangled_text_is_a_table_or_a_refusal_and_loses_no_line(
    tmp_path_factory: pytest.TempPathFactory, cut: int, changes: list[tuple[int, int]], tail: bytes
) -> None:
    mangled = bytearray(GOOD)
    for place, byte in changes:
        mangled[place] = byte
    content = bytes(mangled[:cut]) + tail
    table = opened_or_said(tmp_path_factory.mktemp("mangled"), content)
    if isinstance(table, str):
        assert table.startswith("extract.csv")
        return
    lines = [line for line, *_ in table.rows] + [line for line, _ in table.broken]
    assert len(lines) == len(set(lines))
    assert all(line > 1 for line in lines)


def test_huge_cells_ragged_rows_and_a_cut_end_cost_their_own_line(tmp_path: Path) -> None:
    lines = GOOD.decode().splitlines()
    lines[3] = f"03/03/2026,{'k' * 4_500_000},street"
    lines[5] = "05/03/2026,knife"
    lines[7] = "07/03/2026,knife,street,and,more"
    lines[9] = '09/03/2026,"knife,street'
    content = "\n".join(lines).encode()[:-8]
    (table,) = open_file(tmp_path, content)
    assert [line for line, _ in table.broken] == [4, 6, 8, 10, 29]
    assert [line for line, *_ in table.rows] == [n for n in range(2, 29) if n not in (4, 6, 8, 10)]


def test_wide_tables_of_anything_are_tables_or_refusals(tmp_path: Path) -> None:
    draw = random.Random(11)
    headings = ["Offence", "Area", "201806", "201807", "2021", "month", "count", "", "Jun-18", "45000"]
    outcomes = set()
    for number in range(60):
        header = ",".join(draw.choices(headings, k=draw.randrange(1, 7)))
        said = opened_or_said(tmp_path / str(number), f"{header}\nArson,Camden,1,2,3,4\n".encode(), MONTHLY)
        outcomes.add(said[:18] if isinstance(said, str) else "a table")
    assert outcomes == {"a table", "extract.csv, line "}


def opened_or_said(folder: Path, content: bytes, feed: Feed = ASSAULTS) -> Plain | str:
    """The table of a file, or the words of its refusal."""
    try:
        (table,) = open_file(folder, content, feed)
    except RefusedInput as error:
        return str(error)
    return table
