"""Every row keeps the number of its line, and a line that is no record is the only one lost."""

import codecs
from typing import Any

import pytest

BAD_DATE = "31/02/2024"
BROKEN = (None, None, "not_a_record")


@pytest.fixture(params=["quick", "careful"])
def finish(request: pytest.FixtureRequest) -> str:
    """What stands at a file's end: blank lines there make the reader go record by record."""
    return "" if request.param == "quick" else "\n\n"


def _bad(desk: Any, key: str = "BAD") -> str:
    return desk.row(key, recorded_date=BAD_DATE)


def test_ragged_lines_are_rejected_and_the_lines_after_them_keep_their_number(desk: Any, finish: str) -> None:
    rows = (
        desk.row("A2"),
        desk.row("X3") + ",more",
        desk.row("A4"),
        "X5,Derbyshire",
        desk.row("A6"),
        _bad(desk),
    )
    result = desk.send(desk.text(*rows, desk.row("A8")) + finish)
    assert [(one.rows_in, one.rows_kept, one.rows_rejected) for one in result.submissions] == [(7, 4, 3)]
    assert desk.kept() == [(2, "A2"), (4, "A4"), (6, "A6"), (8, "A8")]
    assert desk.rejected() == [(3, *BROKEN), (5, *BROKEN), (7, "Recorded date", BAD_DATE, "not_a_date")]


def test_blank_cells_past_the_last_column_are_no_fault(desk: Any, finish: str) -> None:
    desk.send(desk.text(desk.row("A2") + ",,,", desk.row("A3")) + finish)
    assert (desk.kept(), desk.rejected()) == ([(2, "A2"), (3, "A3")], [])


def test_blank_lines_are_no_rows(desk: Any) -> None:
    desk.send(desk.text("", desk.row("A3"), "   ", "", _bad(desk), "", desk.row("A8"), ""))
    assert desk.kept() == [(3, "A3"), (8, "A8")]
    assert desk.rejected() == [(6, "Recorded date", BAD_DATE, "not_a_date")]


@pytest.mark.parametrize("cell", ['"8N', '"8N"x', '"8N""'])
def test_a_quote_that_is_never_closed_costs_its_own_line_only(desk: Any, finish: str, cell: str) -> None:
    rows = (desk.row("A2"), desk.row("X3", ho_code=cell), desk.row("A4"), _bad(desk), desk.row("A6"))
    desk.send(desk.text(*rows) + finish)
    assert desk.kept() == [(2, "A2"), (4, "A4"), (6, "A6")]
    assert desk.rejected() == [(3, *BROKEN), (5, "Recorded date", BAD_DATE, "not_a_date")]


def test_two_open_quotes_in_one_column_do_not_make_two_rows_one(desk: Any, finish: str) -> None:
    rows = (desk.row("X2", ho_code='"8N'), desk.row("X3", ho_code='"8N'), desk.row("A4"))
    desk.send(desk.text(*rows) + finish)
    assert (desk.kept(), desk.rejected()) == ([(4, "A4")], [(2, *BROKEN), (3, *BROKEN)])


def test_a_quote_inside_a_cell_is_text(desk: Any, finish: str) -> None:
    rows = (desk.row("A2", weapon='6" knife'), desk.row("A3", weapon='8" knife'), _bad(desk), desk.row("A5"))
    result = desk.send(desk.text(*rows) + finish)
    assert desk.kept() == [(2, "A2"), (3, "A3"), (5, "A5")]
    said = {words.split(" is ")[0] for words in result.submissions[0].warnings}
    assert said == {"weapon: '6\" knife'", "weapon: '8\" knife'"}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_quoted_cell_may_hold_line_breaks(desk: Any, end: str) -> None:
    rows = (
        desk.row("A2"),
        desk.row("A3", weapon=f'"kitchen{end}{end}""knife"""'),
        _bad(desk),
        desk.row("A7", weapon='"knife, kitchen"'),
    )
    desk.send(desk.text(*rows, end=end))
    assert desk.kept() == [(2, "A2"), (3, "A3"), (7, "A7")]
    assert desk.rejected() == [(6, "Recorded date", BAD_DATE, "not_a_date")]


@pytest.mark.parametrize("ends", [("\r\n", "\r\n"), ("\r", "\r"), ("\r\n", "\n"), ("\n", "\r\n")])
def test_line_ends_of_any_kind(desk: Any, ends: tuple[str, str]) -> None:
    lines = (desk.header, desk.row("A2"), desk.row("A3"), _bad(desk), desk.row("A5"))
    desk.send("".join(line + ends[number % 2] for number, line in enumerate(lines)))
    assert desk.kept() == [(2, "A2"), (3, "A3"), (5, "A5")]
    assert desk.rejected() == [(4, "Recorded date", BAD_DATE, "not_a_date")]


def test_the_last_line_may_lack_its_end(desk: Any) -> None:
    desk.send(desk.text(desk.row("A2"), desk.row("A3")).rstrip("\n"))
    assert desk.kept() == [(2, "A2"), (3, "A3")]


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiters_of_common_exports(desk: Any, delimiter: str) -> None:
    text = desk.text(desk.row("A2"), "X3,Derbyshire", _bad(desk), desk.row("A5"))
    desk.send(text.replace(",", delimiter))
    assert desk.kept() == [(2, "A2"), (5, "A5")]
    assert desk.rejected() == [(3, *BROKEN), (4, "Recorded date", BAD_DATE, "not_a_date")]


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("cp1252", b""),
    ],
)
def test_encodings_that_can_be_told(desk: Any, encoding: str, mark: bytes) -> None:
    text = desk.text(desk.row("A2"), desk.row("Ä3–", weapon="épée"))
    result = desk.send(mark + text.encode(encoding))
    assert desk.kept() == [(2, "A2"), (3, "Ä3–")]
    assert result.submissions[0].warnings == ("weapon: 'épée' is not known and was kept as not recorded",)


@pytest.mark.parametrize(
    "content",
    [
        "refused \x81\x8d".encode("latin-1"),
        codecs.BOM_UTF16_LE + b"odd",
        "without a mark".encode("utf-16-le"),
        b"zero\x00",
    ],
)
def test_text_that_cannot_be_read_is_refused(desk: Any, content: bytes) -> None:
    reason = desk.refusal(content)
    assert "encoding cannot be read" in reason or "cannot be read as text (zero bytes)" in reason


def test_a_zero_byte_far_into_a_file_is_found(desk: Any) -> None:
    rows = [desk.row(f"A{number}") for number in range(200)]
    assert "zero bytes" in desk.refusal(desk.text(*rows, desk.row("A\x00")))


def test_a_cell_of_five_megabytes_is_one_rejected_line(desk: Any, finish: str) -> None:
    rows = (desk.row("A2"), desk.row("X3", weapon="k" * 5_000_000), _bad(desk), desk.row("A5"))
    desk.send(desk.text(*rows) + finish)
    assert desk.kept() == [(2, "A2"), (5, "A5")]
    assert desk.rejected() == [(3, *BROKEN), (4, "Recorded date", BAD_DATE, "not_a_date")]


def test_a_long_cell_is_kept(desk: Any, finish: str) -> None:
    desk.send(desk.text(desk.row("A2", weapon="k" * 200_000), desk.row("A3")) + finish)
    assert desk.kept() == [(2, "A2"), (3, "A3")]


def test_ten_thousand_columns_are_refused(desk: Any) -> None:
    wide = ",".join([desk.header, *(f"extra {number}" for number in range(10_000))])
    assert desk.refusal(desk.text(desk.row(), header=wide)).endswith(
        "has 10,008 columns; the limit is 2,000."
    )


def test_a_thousand_unused_columns_are_passed_over(desk: Any) -> None:
    wide = ",".join([desk.header, *(f"extra {number}" for number in range(1_000))])
    desk.send(desk.text(*(row + ",x" * 1_000 for row in (desk.row("A2"), _bad(desk))), header=wide))
    assert (desk.kept(), [line for line, *_ in desk.rejected()]) == ([(2, "A2")], [3])


def test_a_row_without_a_supplier_does_not_move_the_lines_after_it(desk: Any, finish: str) -> None:
    rows = (desk.row("A2"), desk.row("X3", force="Nobody"), desk.row("A4"), _bad(desk), desk.row("A6"))
    desk.send(desk.text(*rows) + finish)
    assert desk.kept() == [(2, "A2"), (4, "A4"), (6, "A6")]
    assert desk.rejected() == [
        (3, "Force", "Nobody", "unknown_supplier"),
        (5, "Recorded date", BAD_DATE, "not_a_date"),
    ]


def test_a_row_of_delimiters_alone_is_rejected_for_all_it_lacks(desk: Any, finish: str) -> None:
    desk.send(desk.text(desk.row("A2"), "," * 7, desk.row("A4"), desk.row("A5")) + finish)
    assert desk.kept() == [(2, "A2"), (4, "A4"), (5, "A5")]
    assert desk.rejected() == [
        (3, "Crime reference", None, "missing"),
        (3, "Force", None, "unknown_supplier"),
        (3, "Recorded date", None, "missing"),
    ]
