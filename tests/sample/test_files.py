"""The sample's own writers: equal content, equal bytes, and readable by others."""

import gzip
import io
import zipfile
from datetime import date, datetime

import pandas
import pytest
from python_calamine import CalamineWorkbook

from sample_data.files import as_csv, gzipped, unpacked, zipped
from sample_data.toml_text import as_toml
from sample_data.workbook import as_workbook

TABLE = pandas.DataFrame(
    {
        "when": pandas.to_datetime(["2026-03-29 01:30", "2024-02-29 23:59", None]),
        "day": pandas.to_datetime(["2026-03-01", "2026-03-31", None]),
        "age": pandas.array([34, None, 7], dtype="Int64"),
        "text": ["Knife & <blade>", "", "007"],
    }
)


def test_a_workbook_reads_back_as_it_was_written() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(as_workbook(TABLE)))
    assert book.sheet_names == ["Extract"]
    assert book.get_sheet_by_index(0).to_python() == [
        ["when", "day", "age", "text"],
        [datetime(2026, 3, 29, 1, 30), date(2026, 3, 1), 34.0, "Knife & <blade>"],
        [datetime(2024, 2, 29, 23, 59), date(2026, 3, 31), "", ""],
        ["", "", 7.0, "007"],
    ]


def test_a_workbook_of_many_columns_names_them_as_spreadsheets_do() -> None:
    wide = pandas.DataFrame([[str(number) for number in range(30)]], columns=[f"c{n}" for n in range(30)])
    with zipfile.ZipFile(io.BytesIO(as_workbook(wide))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert '<c r="Z2" ' in sheet
    assert '<c r="AA2" ' in sheet
    assert '<c r="AD2" ' in sheet


@pytest.mark.parametrize(
    "pack", [gzipped, lambda content: zipped({"a.csv": content}), lambda content: content]
)
def test_equal_content_gives_equal_bytes(pack) -> None:  # type: ignore[no-untyped-def]
    assert pack(b"a,b\n1,2\n") == pack(b"a,b\n1,2\n")
    assert unpacked(pack(b"a,b\n1,2\n")) == unpacked(pack(b"a,b\n1,2\n"))
    assert unpacked(pack(b"a,b\n1,2\n")) != unpacked(pack(b"a,b\n1,3\n"))


def test_packed_files_open_with_others_tools() -> None:
    assert gzip.decompress(gzipped(b"text")) == b"text"
    with zipfile.ZipFile(io.BytesIO(zipped({"b.csv": b"2", "a.csv": b"1"}))) as archive:
        assert archive.namelist() == ["b.csv", "a.csv"]
        assert archive.testzip() is None
    assert unpacked(zipped({"b.csv": b"2", "a.csv": b"1"})) == b"b.csv\n2a.csv\n1"


def test_csv_comes_in_the_encoding_and_with_the_line_ends_asked_for() -> None:
    table = pandas.DataFrame({"a": ["x"]})
    assert as_csv(table) == b"a\nx\n"
    assert as_csv(table, encoding="utf-8-sig", line_end="\r\n") == b"\xef\xbb\xbfa\r\nx\r\n"


def test_tables_as_toml() -> None:
    told = {"file": [{"name": "a", "rows": 2, "day": date(2026, 3, 1)}], "month": [{"groups": {"gbh": 1}}]}
    assert as_toml(told) == (
        '[[file]]\nname = "a"\nrows = 2\nday = 2026-03-01\n\n[[month]]\ngroups = { gbh = 1 }\n'
    )
