"""Archives and compressed files: read as they come, or refused with the store as it was."""

import gzip
import struct
from collections.abc import Iterator
from typing import Any

import pytest

from tests.intake.books import xlsx

MEGABYTES_60 = b"a" * (60 * 2**20)


def _headers(content: bytes, mark: bytes) -> Iterator[int]:
    at = content.find(mark)
    while at >= 0:
        yield at
        at = content.find(mark, at + 1)


def _with_password(content: bytes) -> bytes:
    """The zip with the bit set that says its members are encrypted."""
    changed = bytearray(content)
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for at in _headers(content, mark):
            changed[at + offset] |= 1
    return bytes(changed)


def _with_method(content: bytes, method: int) -> bytes:
    changed = bytearray(content)
    for mark, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        for at in _headers(content, mark):
            changed[at + offset : at + offset + 2] = struct.pack("<H", method)
    return bytes(changed)


def _lying_about_its_size(content: bytes) -> bytes:
    changed = bytearray(content)
    at = content.find(b"PK\x01\x02")
    changed[at + 24 : at + 28] = struct.pack("<I", 1_000)
    return bytes(changed)


def _with_a_broken_byte(content: bytes, after: bytes) -> bytes:
    changed = bytearray(content)
    changed[content.index(after) + len(after) + 5] ^= 0xFF
    return bytes(changed)


def test_an_archive_is_read_and_what_is_no_table_is_left_aside(desk: Any, zipped: Any) -> None:
    content = zipped(
        {"2024/b.csv": desk.text(desk.row("B1")), "2024/read me.md": "x", "__MACOSX/2024/b.csv": "x"}
    )
    result = desk.send(content, name="month.zip")
    assert [(one.file, one.status, one.rows_in) for one in result.submissions] == [
        ("month.zip/2024/b.csv", "accepted", 1)
    ]
    assert result.left_aside == ("2024/read me.md", "__MACOSX/2024/b.csv")


def test_a_zip_within_a_folder_and_a_gzip_beside_it_are_read(desk: Any, zipped: Any) -> None:
    february, march = desk.text(desk.row("B1")), desk.text(desk.row("C1", recorded_date="03/03/2024"))
    desk.write("parts/in/a.zip", zipped({"b.csv": february}))
    desk.write("parts/c.csv.gz", gzip.compress(march.encode()))
    desk.write("parts/letter.docx", "x")
    result = desk.send_paths(desk.folder / "parts")
    assert [(one.file, one.period) for one in result.submissions] == [
        ("c.csv.gz", "2024-03"),
        ("a.zip/b.csv", "2024-02"),
    ]
    assert result.left_aside == ("letter.docx",)


@pytest.mark.parametrize("share", [0.3, 0.9, 0.99])
def test_a_zip_cut_short_is_refused(desk: Any, zipped: Any, share: float) -> None:
    content = zipped({"a.csv": desk.text(*(desk.row(f"A{number}") for number in range(200)))})
    reason = desk.refusal(content[: int(len(content) * share)], name="month.zip")
    assert reason.startswith("month.zip: is not a whole zip file")


def test_a_damaged_member_is_named(desk: Any, zipped: Any) -> None:
    content = _with_a_broken_byte(zipped({"a.csv": desk.text(desk.row())}), b"a.csv")
    assert desk.refusal(content, name="month.zip").startswith("month.zip/a.csv: is damaged in the archive")


def test_an_unknown_way_of_compressing_is_refused(desk: Any, zipped: Any) -> None:
    content = _with_method(zipped({"a.csv": desk.text(desk.row())}), 99)
    assert "a.csv: is damaged" in desk.refusal(content, name="month.zip")


def test_a_zip_with_a_password_is_refused(desk: Any, zipped: Any) -> None:
    content = _with_password(zipped({"a.csv": desk.text(desk.row())}))
    assert "is protected by a password" in desk.refusal(content, name="month.zip")


def test_a_zip_that_expands_beyond_the_limit_is_not_opened(desk: Any, zipped: Any) -> None:
    reason = desk.refusal(zipped({"a.csv": MEGABYTES_60}), name="month.zip")
    assert "the limit is 200" in reason


def test_a_zip_that_lies_about_its_size_is_refused(desk: Any, zipped: Any) -> None:
    content = _lying_about_its_size(zipped({"a.csv": MEGABYTES_60}))
    assert "a.csv: is damaged in the archive" in desk.refusal(content, name="month.zip")


@pytest.mark.parametrize("name", ["../a.csv", "b/../../a.csv", "/etc/a.csv", "..\\a.csv", "C:/a.csv"])
def test_a_zip_that_climbs_out_of_its_folder_is_not_opened(desk: Any, zipped: Any, name: str) -> None:
    reason = desk.refusal(zipped({name: desk.text(desk.row())}), name="month.zip")
    assert "outside its folder" in reason
    assert not list(desk.folder.parent.rglob("a.csv"))


def test_an_archive_in_an_archive_and_one_without_tables_are_refused(desk: Any, zipped: Any) -> None:
    inner = zipped({"a.csv": desk.text(desk.row())})
    for members in ({"in.zip": inner}, {"a.md": b"x"}, {}):
        assert "holds no file that can be read" in desk.refusal(zipped(members), name="month.zip")


def test_a_gzip_cut_short_or_none_at_all_is_refused(desk: Any) -> None:
    good = gzip.compress(desk.text(desk.row()).encode())
    for content in (good[:-12], good[:8], b"not a gzip"):
        assert "the gzip file is broken or cut short" in desk.refusal(content, name="a.csv.gz")


def test_a_gzip_that_expands_beyond_the_limit_is_stopped(desk: Any) -> None:
    assert "beyond the limit" in desk.refusal(gzip.compress(MEGABYTES_60), name="a.csv.gz")


@pytest.mark.parametrize("name", ["extract.csv", "extract.xlsx", "extract"])
def test_a_workbook_is_read_under_any_name(desk: Any, name: str) -> None:
    content = xlsx({"Notes": [["x"]], "Data": [desk.header.split(","), desk.row("A2").split(",")]})
    result = desk.send(content, name=name)
    assert [(one.file, one.rows_kept) for one in result.submissions] == [(f"{name}/Data", 1)]
    assert desk.kept() == [(2, "A2")]


def test_workbooks_in_a_zip_and_in_a_folder_are_read(desk: Any, zipped: Any) -> None:
    rows = {"02": desk.row("A2"), "03": desk.row("A3", recorded_date="03/03/2024")}
    books = {month: xlsx({"S": [desk.header.split(","), row.split(",")]}) for month, row in rows.items()}
    desk.write("parts/a.zip", zipped({"a.xlsx": books["02"], "~$a.xlsx": b"x"}))
    desk.write("parts/b.xlsx", books["03"])
    desk.write("parts/~$b.xlsx", b"x")
    result = desk.send_paths(desk.folder / "parts")
    assert [(one.file, one.period) for one in result.submissions] == [
        ("a.zip/a.xlsx/S", "2024-02"),
        ("b.xlsx/S", "2024-03"),
    ]
    assert result.left_aside == ("~$a.xlsx", "~$b.xlsx")


def test_a_document_is_no_table(desk: Any, zipped: Any) -> None:
    content = zipped({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"})
    assert desk.refusal(content, name="letter.docx") == (
        "letter.docx: is a document, not a table. Send the table as CSV or XLSX."
    )


def test_a_path_that_is_not_there_is_refused(desk: Any) -> None:
    result = desk.send_paths(desk.folder / "nowhere.csv")
    assert [(one.file, one.status) for one in result.submissions] == [("nowhere.csv", "refused")]
    assert "there is no such file or folder" in result.submissions[0].reason
    desk.assert_untouched()
