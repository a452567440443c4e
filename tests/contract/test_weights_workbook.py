"""The published workbook of the harm index, read by its headings: its rows as they are, every fault at once."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.intake.books import sheet_xml, xlsx
from vrin_data.contract.edition_diff import carried_choices, differences
from vrin_data.contract.weight_import import Wording, read_weights
from vrin_data.contract.weight_rows import WeightRow
from vrin_data.contract.weight_sheets import sheets_of
from vrin_data.contract.weights import edition
from vrin_data.errors import RefusedInput

HEADINGS = (
    "ATHENA URN",
    "FULL_OFFENCE_TITLE",
    "CCHI Score",
    "CLASSIFICATION_CODE",
    "HOME_OFFICE_CLASSIFICATION",
    "HO_CODE",
    "HO_SUB_CODE",
    "NOTIFIABLE",
)
ROWS = (
    ("8N.8.1.1", "Wounding (Serious wound or equivalent)", 547.5, "8N", "008/01", "8", "1", "Notifiable"),
    ("8N.8.1.2", "Wounding (Minor wound or equivalent)", 19.0, "8N", "008/01", "8", "1", "Notifiable"),
    ("8N.8.1.2A", "Attempted - Wounding (Minor wound)", 19.0, "8N", "008/01", "8", "1", "Notifiable"),
    ("4.3.4.3.0", "Child destruction", 4380.0, "4/3", "004/03", "4", "3", "Notifiable"),
    ("99.99.25.0", "Slavery", 730.0, 106.0, "099/25", 99.0, 25.0, "Notifiable"),
    ("1.1.1.1A", "Attempted - Murder", 3285.0, "2", "00200", "2", "0", "Notifiable"),
    ("NN.803.1.0", "Driving or attempting to drive", 10.0, "NN", "803/01", "803", "1", "Non-Notifiable"),
)
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function that writes a workbook of a cover and a sheet of values, and of others by name."""

    def written(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS, **others: Any) -> Path:
        path = tmp_path / "weights.xlsx"
        sheets = {"Cover page": [["A harm index"]], "Values": [headings, *rows], **others}
        path.write_bytes(xlsx(sheets))
        return path

    return written


def test_rows_are_taken_by_heading_and_spellings_put_right_are_listed(write: Write) -> None:
    made, read = read_weights(write(ROWS), Wording("cchi-2030", published="2030"))
    assert made.rows == (
        WeightRow("8N.8.1.1", ("8N", "008/01"), "serious", 547.5, False, True),
        WeightRow("8N.8.1.2", ("8N", "008/01"), "minor", 19.0, False, True),
        WeightRow("8N.8.1.2A", ("8N", "008/01"), "minor, attempt", 19.0, True, True),
        WeightRow("4.3.4.3.0", ("4.3", "004/03"), "", 4380.0, False, True),
        WeightRow("99.99.25.0", ("106", "099/25"), "", 730.0, False, True),
        WeightRow("1.1.1.1A", ("2", "002/00"), "", 3285.0, True, True),
        WeightRow("NN.803.1.0", ("NN", "803/01"), "", 10.0, False, False),
    )
    assert [one.words() for one in read.repairs] == [
        "a code written with a slash is read with a dot: 4/3 as 4.3 (1 row)",
        "a classification written without its slash or zeros is read in its usual form: 00200 as 002/00 (1 row)",
    ]
    assert (made.edition_id, made.kind, made.published) == ("cchi-2030", "days", "2030")
    assert made.attribution == "Cambridge Crime Harm Index, Cambridge Centre for Evidence-Based Policing"
    assert made.source == "weights.xlsx: 7 rows"


def test_columns_may_stand_in_any_order_under_a_title(write: Write, tmp_path: Path) -> None:
    order = [7, 4, 2, 0, 1, 6, 3, 5]
    path = tmp_path / "turned.xlsx"
    turned = [[row[at] for at in order] for row in (HEADINGS, *ROWS)]
    path.write_bytes(xlsx({"Sheet1": [["Update of the index"], [], *turned]}))
    assert read_weights(path, Wording("a"))[0].rows == read_weights(write(ROWS), Wording("a"))[0].rows


def test_a_workbook_without_offence_codes_takes_them_from_the_numbers_of_its_rows(write: Write) -> None:
    rows = [
        ("8S.8.6.0", "Assault on a constable", 182.5, "008/06", "8", "6", "Notifiable"),
        ("ASB.66.98.0", "Breach of an order", 10, "066/98", "66", "98", "Notifiable"),
    ]
    headings = [one for one in HEADINGS if one != "CLASSIFICATION_CODE"]
    made, read = read_weights(write(rows, headings), Wording("a"))
    assert [row.pair for row in made.rows] == [("8S", "008/06"), ("", "066/98")]
    # The first number of a classification is no offence code: 8 of 008/06 would be one nobody has.
    assert [one.words() for one in read.repairs] == [
        "a code that the table does not give is read from the row's number: 008/06 as 8S, 066/98 as any code (2 rows)"
    ]
    # A row without a code weighs its classification wherever it stands.
    assert made.weight("66|066/98").days_low == 10


def test_the_sheet_with_most_rows_is_read_and_others_alike_are_named(write: Write) -> None:
    made, read = read_weights(write(ROWS, **{"Expired offences": [HEADINGS, ROWS[0]]}), Wording("a"))
    assert len(made.rows) == 7
    assert read.left_out == ("weights.xlsx, sheet 'Expired offences': 1 rows, not the sheet of values",)


def test_words_between_and_below_the_rows_are_left_out_and_counted(write: Write) -> None:
    rows = [(None, "VIOLENCE"), *ROWS, (None, "Copyright of the index")]
    made, read = read_weights(write(rows), Wording("a"))
    assert len(made.rows) == 7
    assert read.left_out == ("2 rows of weights.xlsx, sheet 'Values' that hold words alone",)


@pytest.mark.parametrize("heading", ["cchi score", "CCHI 2026 Score", "CCHI Score 2026", "Days"])
def test_the_weight_is_found_under_the_headings_of_other_years(write: Write, heading: str) -> None:
    headings = [heading if one == "CCHI Score" else one for one in HEADINGS]
    assert len(read_weights(write(ROWS, headings), Wording("a"))[0].rows) == 7


def test_rows_under_one_number_are_told_apart_and_new_doubles_by_their_title(write: Write) -> None:
    rows = [
        ("7.7.1.0", "A thing by day", 10, "46", "046/00", "7", "1", "Notifiable"),
        ("7.7.1.0", "A thing by night", 20, "46", "046/00", "7", "1", "Notifiable"),
    ]
    made, read = read_weights(write(rows), Wording("a"))
    assert [(row.row_id, row.qualifier) for row in made.rows] == [
        ("7.7.1.0", "A thing by day"),
        ("7.7.1.0 #2", "A thing by night"),
    ]
    assert [one.words() for one in read.repairs] == [
        "a row's number that stands twice is told apart by #2: 7.7.1.0 (1 row)"
    ]


def test_rows_of_offences_that_nobody_knows_yet_are_kept_and_said(write: Write) -> None:
    rows = [("9X.9.1.0", "Something new", 10, "9X", "999/01", "9", "1", "Notifiable"), ROWS[4]]
    made, read = read_weights(write(rows), Wording("a"))
    assert len(made.rows) == 2
    assert read.notes == (
        "1 rows are of offences that the register does not know and weigh nothing: 9X.9.1.0 (9X 999/01)",
    )


def test_every_fault_of_a_workbook_is_said_at_once(write: Write) -> None:
    rows = [
        ROWS[0],
        ("", "No number", "a lot", "8N", "008/06", "8", "6", "Notifiable"),
        ("8N.8.6.0", "Bodily harm", -1, "8N", "harm", "8", "6", "perhaps"),
        ("8N.8.6.1", "Bodily harm", None, "8N", "008/06", "8", "6", "Notifiable"),
    ]
    with pytest.raises(RefusedInput) as refused:
        read_weights(write(rows), Wording("a"))
    where = "weights.xlsx, sheet 'Values', row"
    assert str(refused.value).splitlines() == [
        f"{where} 3, ATHENA URN: is blank; a row is known by its number.",
        f"{where} 3, CCHI score: 'a lot' is not a number of days (expected 0 or more).",
        f"{where} 4, CCHI score: '-1' is not a number of days (expected 0 or more).",
        f"{where} 4, NOTIFIABLE: 'perhaps' is neither Notifiable nor Non-Notifiable.",
        f"{where} 4, classification: 'harm' is none (expected such as 008/06).",
        f"{where} 5, CCHI score: '' is not a number of days (expected 0 or more).",
    ]


def test_headings_without_rows_and_strange_tables_are_refused(write: Write, tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="has headings and no row"):
        read_weights(write([]), Wording("a"))
    with pytest.raises(RefusedInput, match="no sheet has the headings of a weight table"):
        read_weights(write(ROWS, [f"{one}?x" for one in HEADINGS]), Wording("a"))
    with pytest.raises(RefusedInput, match="is no id for an edition"):
        read_weights(write(ROWS), Wording("CCHI 2026"))
    with pytest.raises(RefusedInput, match="its weights are days, not pounds"):
        read_weights(write(ROWS), Wording("a", kind="pounds"))
    with pytest.raises(RefusedInput, match="cannot be read"):
        read_weights(tmp_path / "none.xlsx", Wording("a"))


def test_a_workbook_that_is_none_or_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.xlsx"
    path.write_bytes(b"PK\x03\x04 and nothing more")
    with pytest.raises(RefusedInput, match="cannot be read as a workbook"):
        sheets_of(path)
    far = sheet_xml([["a"]], 1).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    path.write_bytes(_with_sheet(xlsx({"One": [["a"]]}), far))
    with pytest.raises(RefusedInput, match="far larger than a weight table"):
        sheets_of(path)


def _with_sheet(book: bytes, sheet: str) -> bytes:
    """The workbook with another first sheet."""
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, sheet if name.endswith("s0.xml") else old.read(name))
    return out.getvalue()


@pytest.mark.real
def test_the_published_workbook_gives_the_built_in_edition_exactly(real_data: Path) -> None:
    made, read = read_weights(real_data / "harm" / "cchi2020dataxls.xlsx", Wording("cchi-2020"))
    built_in = edition("cchi-2020")
    assert len(made.rows) == 698
    assert made.rows == built_in.rows
    assert differences(built_in, made) == []
    assert [(one.words()[:40], len(one.row_ids)) for one in read.repairs] == [
        ("a code written with a slash is read with", 13),
        ("a classification written without its sla", 1),
    ]
    assert read.where == "cchi2020dataxls.xlsx, sheet 'CCHI 2020 values sheet'"
    assert carried_choices(built_in, made)[1] == []


@pytest.mark.real
def test_the_published_figures_as_csv_give_the_same_rows(real_data: Path) -> None:
    made, read = read_weights(real_data / "harm" / "cchi_2020.csv", Wording("cchi-2020"))
    assert (made.rows == edition("cchi-2020").rows, read.repairs) == (True, ())


@pytest.mark.real
def test_a_published_workbook_with_one_changed_weight_shows_that_difference(
    real_data: Path, tmp_path: Path
) -> None:
    sheet = sheets_of(real_data / "harm" / "cchi2020dataxls.xlsx")[1]
    rows = [list(row) for row in sheet.rows]
    at = next(number for number, row in enumerate(rows) if row[0] == "8N.8.6.0")
    assert rows[at][3] == "10"
    rows[at][3] = "12"
    path = tmp_path / "changed.xlsx"
    path.write_bytes(xlsx({"CCHI 2026 values sheet": rows}))
    made, _ = read_weights(path, Wording("cchi-2026"))
    assert [one.words() for one in differences(edition("cchi-2020"), made)] == [
        "changed weight: 8N.8.6.0 (8N 008/06) from 10 to 12"
    ]
