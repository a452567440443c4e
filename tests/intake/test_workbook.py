"""Workbooks: every kind of cell as text, whichever sheet holds the table, and none that harms."""

import random
import zipfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.intake.books import Fault, Formula, ods, package, xlsb, xlsx
from tests.intake.opened import column, feed_of, open_file, open_one
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.sheet_dump import texts_of

HEADER = ["Assault date and time", "Assault method", "Assault location type"]
ROWS = [
    [datetime(2026, 3, 1, 22, 15), "knife", "street"],
    [date(2026, 3, 2), "bottle", None],
]
READ = [(2, "2026-03-01 22:15:00", "knife", "street"), (3, "2026-03-02", "bottle", None)]
PIVOT = [["Row labels", "Number"], ["knife", 1], ["bottle", 1]]
CELLS = feed_of("cells", column("record_key", "key", required=True), column("place_text", "cell"))
FILES = Path(__file__).parent / "files"


def cell(tmp_path: Path, value: Any, book: Any = xlsx) -> str | None:
    """A cell's text."""
    table = open_one(tmp_path, book({"S": [["key", "cell"], ["k", value]]}), CELLS, name="a.xlsx")
    assert table.broken == []
    (row,) = table.rows
    return row[2]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (-3.0, "-3"),
        (52.634201, "52.634201"),
        (0.1 + 0.2, "0.30000000000000004"),
        (123456789012345, "123456789012345"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2024, 2, 29), "2024-02-29"),
        (datetime(2024, 2, 29, 13, 5), "2024-02-29 13:05:00"),
        (datetime(2024, 2, 29, 23, 59, 59), "2024-02-29 23:59:59"),
        ("999003031000000102", "999003031000000102"),
        ("01", "01"),
        ("épée – £5", "épée – £5"),
        ("two\nlines", "two lines"),
        (Formula("A1&A2", "knife"), "knife"),
        (Fault("#REF!"), "#REF!"),
        (Fault("#N/A"), "#N/A"),
        (None, None),
        ("", None),
    ],
)
def test_a_cell_is_the_text_that_people_see(tmp_path: Path, value: Any, text: str | None) -> None:
    assert cell(tmp_path, value) == text


@pytest.mark.parametrize(
    ("value", "text"), [(12.0, "12"), (True, "TRUE"), (date(2024, 2, 29), "2024-02-29"), ("01", "01")]
)
def test_the_same_from_an_open_document(tmp_path: Path, value: Any, text: str) -> None:
    assert cell(tmp_path, value, ods) == text


def test_the_same_from_the_older_format(tmp_path: Path) -> None:
    table = open_one(tmp_path, (FILES / "assaults.xls").read_bytes(), name="assaults.xls")
    assert table.name == "assaults.xls/March"
    assert table.rows == [
        (5, "2026-03-01 22:15:00", "knife", "street"),
        (6, "2026-03-02", "bottle", "12"),
    ]
    assert table.constants == {"period_start": "2026-03-01", "period_end": "2026-03-31", "supplier": "RX1RA"}


@pytest.mark.parametrize("name", ["a.xlsb", "a.xlsb.xlsx"])
def test_the_same_from_the_binary_format(tmp_path: Path, name: str) -> None:
    rows = [["title"], ["key", "cell"], ["k", 12.0], ["k", True], ["k", "épée"], [], ["k", 1e17]]
    table = open_one(tmp_path, xlsb("Data", rows), CELLS, name=name)
    assert table.name == f"{name}/Data"
    assert table.rows == [(3, "k", "12"), (4, "k", "TRUE"), (5, "k", "épée")]
    assert [line for line, _ in table.broken] == [7]


def test_more_digits_than_a_spreadsheet_keeps_are_never_passed_as_if_right(tmp_path: Path) -> None:
    ids = ["999003031000000102", 999003031000000102, 1e15, 999999999999999, -(10**15)]
    table = open_one(
        tmp_path, xlsx({"S": [["cell", "key"], *([one, "k"] for one in ids)]}), CELLS, name="a.xlsx"
    )
    assert [(line, text) for line, text, _ in table.rows] == [(2, ids[0]), (5, "999999999999999")]
    assert [line for line, _ in table.broken] == [3, 4, 6]
    assert all("the column cell holds a number of more than 15 digits" in words for _, words in table.broken)


def test_a_rounded_number_in_a_column_that_nobody_reads_is_no_matter(tmp_path: Path) -> None:
    rows = [["key", "cell", "NHS batch"], ["k", "c", 999003031000000102]]
    assert open_one(tmp_path, xlsx({"S": rows}), CELLS, name="a.xlsx").rows == [(2, "k", "c")]


@pytest.mark.parametrize("book", [xlsx, ods])
@pytest.mark.parametrize("name", ["extract.xlsx", "extract.csv"])
def test_the_sheet_that_fits_is_taken_wherever_it_stands(tmp_path: Path, book: Any, name: str) -> None:
    content = book({"Pivot": PIVOT, "Data": [HEADER, *ROWS], "Notes": [["Ask the team"], [None, "or me"]]})
    table = open_one(tmp_path, content, name=name)
    assert (table.name, table.rows) == (f"{name}/Data", READ)
    assert table.left_aside == (f"{name}/Pivot", f"{name}/Notes")


def test_every_sheet_that_fits_is_a_table(tmp_path: Path) -> None:
    content = xlsx({"Feb": [HEADER, ROWS[0]], "Mar": [HEADER, ROWS[1]], "Empty": []}, hidden=["Mar"])
    tables = open_file(tmp_path, content, name="a.xlsx", times=2)
    assert [(one.name, one.rows) for one in tables] == [
        ("a.xlsx/Feb", READ[:1]),
        ("a.xlsx/Mar", [(2, *READ[1][1:])]),
    ]


def test_titles_pairs_and_blank_rows_stand_above_and_between(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Assaults seen", None, None],
        [],
        ["Reporting period", date(2026, 3, 1)],
        [None, None, None, None],
        HEADER,
        ROWS[0],
        [None, " "],
        ROWS[1],
    ]
    rows[2][1] = "March 2026"
    table = open_one(tmp_path, xlsx({"S": rows}), name="a.xlsx")
    assert table.rows == [(6, *READ[0][1:]), (8, *READ[1][1:])]
    assert table.constants == {"period_start": "2026-03-01", "period_end": "2026-03-31"}


def test_a_table_that_begins_further_right_and_further_down(tmp_path: Path) -> None:
    rows = [[None, None, *row] for row in ([*HEADER], *ROWS)]
    table = open_one(tmp_path, xlsx({"S": rows}, first_row=7), name="a.xlsx")
    assert table.rows == [(line + 6, *cells) for line, *cells in READ]


def test_a_header_without_rows_below_its_period_is_a_true_nil(tmp_path: Path) -> None:
    table = open_one(tmp_path, xlsx({"S": [["period", "2026-03"], HEADER]}), name="a.xlsx")
    assert (table.rows, table.constants["period_end"]) == ([], "2026-03-31")


def test_where_no_sheet_fits_the_sheets_are_named(tmp_path: Path) -> None:
    content = xlsx({"Pivot": PIVOT, "Notes": [["Assault method", "Assault location type"]]})
    with pytest.raises(RefusedInput) as refused:
        open_file(tmp_path, content, name="a.xlsx")
    words = str(refused.value)
    assert words.startswith("a.xlsx: none of its 2 sheets (Pivot, Notes) is one of the feed assaults.")
    assert "a.xlsx/Notes, line 1: " in words
    assert "no column for event_start_at" in words


def test_a_sheet_that_was_meant_to_fit_is_not_passed_over(tmp_path: Path) -> None:
    content = xlsx({"Feb": [HEADER, *ROWS], "Mar": [["When", *HEADER[1:]], *ROWS]})
    with pytest.raises(
        RefusedInput, match=r"a\.xlsx/Mar, line 1: .*Other sheets fit: correct this one or remove it"
    ):
        open_file(tmp_path, content, name="a.xlsx")


@pytest.mark.parametrize("content", [xlsx({"S": []}), xlsx({"S": [[None, ""], [" "]]}), ods({"S": []})])
def test_empty_sheets_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(RefusedInput, match=r"a\.xlsx: holds no sheet with anything in it"):
        open_file(tmp_path, content, name="a.xlsx")


def test_a_workbook_in_a_zip_is_read(tmp_path: Path) -> None:
    content = package({"2026/a.xlsx": xlsx({"S": [HEADER, *ROWS]}), "2026/~$a.xlsx": b"lock"})
    assert open_one(tmp_path, content, name="month.zip").name == "month.zip/2026/a.xlsx/S"


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    content = (FILES / "protected.xlsx").read_bytes()
    with pytest.raises(RefusedInput, match="is protected by a password"):
        open_file(tmp_path, content, name="a.xlsx")


def test_one_cell_in_the_last_row_and_column_does_not_take_the_process_with_it(tmp_path: Path) -> None:
    content = with_part(
        xlsx({"S": [HEADER, *ROWS]}),
        "xl/worksheets/s0.xml",
        lambda part: part.replace(
            "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    )
    with pytest.raises(RefusedInput, match="holds a cell far outside its table"):
        open_file(tmp_path, content, name="a.xlsx")


def test_a_workbook_that_would_expand_without_bounds_is_not_opened(tmp_path: Path) -> None:
    content = with_part(
        xlsx({"S": [HEADER, *ROWS]}), "xl/worksheets/s0.xml", lambda part: part + " " * (60 * 2**20)
    )
    with pytest.raises(RefusedInput, match="the limit is 200"):
        open_file(tmp_path, content, name="a.xlsx")


def test_entities_in_a_sheet_are_not_expanded(tmp_path: Path) -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    content = with_part(
        xlsx({"S": [HEADER, ["&b;", "knife"]]}),
        "xl/worksheets/s0.xml",
        lambda part: entities + part.replace("&amp;b;", "&b;"),
    )
    try:
        (table,) = open_file(tmp_path, content, name="a.xlsx")
    except RefusedInput:
        return
    assert "aaaa" not in str(table.rows)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.98])
@pytest.mark.parametrize("book", [xlsx({"S": [HEADER, *ROWS]}), (FILES / "assaults.xls").read_bytes()])
def test_a_workbook_cut_short_is_refused(tmp_path: Path, share: float, book: bytes) -> None:
    with pytest.raises(RefusedInput, match=r"a\.xlsx: "):
        open_file(tmp_path, book[: int(len(book) * share)], name="a.xlsx")


def test_mangled_workbooks_end_in_a_refusal_or_a_table(tmp_path: Path) -> None:
    draw = random.Random(7)
    books = [xlsx({"S": [HEADER, *ROWS]}), ods({"S": [HEADER, *ROWS]}), (FILES / "assaults.xls").read_bytes()]
    refused = 0
    for number in range(30):
        mangled = bytearray(books[number % 3])
        for _ in range(20):
            mangled[draw.randrange(8, len(mangled))] = draw.randrange(256)
        try:
            open_file(tmp_path / str(number), bytes(mangled), name="a.xlsx")
        except RefusedInput as error:
            refused += str(error).startswith("a.xlsx")
    assert refused > 5


def with_part(book: bytes, name: str, change: Any) -> bytes:
    """The workbook with one of its parts changed."""
    with zipfile.ZipFile(BytesIO(book)) as archive:
        parts = {one: archive.read(one).decode() for one in archive.namelist()}
    return package({**parts, name: change(parts[name])})


def test_a_moment_that_misses_its_second_is_put_right() -> None:
    cells = [datetime(2024, 2, 29, 23, 59, 59, 999_600), datetime(2024, 2, 29, 8, 0, 0, 400)]
    assert texts_of(cells) == (["2024-03-01 00:00:00", "2024-02-29 08:00:00"], "")
