"""Where a text file's header stands, what is given above it, and the line of every row below."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.opened import ASSAULTS, column, feed_of, open_file, open_one
from vrin_data.errors import RefusedInput

HEADER = "Assault date and time,Assault method,Assault location type"
ROWS = ("01/03/2026 22:15,knife,street", "02/03/2026 01:40,bottle,pub")
READ = [(2, "01/03/2026 22:15", "knife", "street"), (3, "02/03/2026 01:40", "bottle", "pub")]
PERIOD = {"period_start": "01/03/2026", "period_end": "31/03/2026", "supplier": "RX1RA"}
PAIRS = "Reporting period start date,01/03/2026\nReporting period end date,31/03/2026\nSite code,RX1RA\n"


def text(*lines: str, end: str = "\n") -> str:
    return end.join(lines) + end


def moved(lines: int) -> list[tuple[object, ...]]:
    """The two rows so many lines further down."""
    return [(line + lines, *cells) for line, *cells in READ]


def test_a_header_on_line_1_is_taken_as_it_stands(tmp_path: Path) -> None:
    table = open_one(tmp_path, text(HEADER, *ROWS))
    assert table.columns == ("event_start_at", "weapon", "location_type")
    assert (table.name, table.rows, table.constants) == ("extract.csv", READ, {})


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("broken", [False, True])
def test_a_reporting_standard_opens_with_its_period(tmp_path: Path, end: str, broken: bool) -> None:
    lines = [*PAIRS.splitlines(), "", HEADER, ROWS[0], *(["x,y"] if broken else []), ROWS[1]]
    table = open_one(tmp_path, text(*lines, end=end))
    first, second = moved(4)
    assert table.rows == [first, (second[0] + broken, *second[1:])]
    assert table.broken == ([(7, "the line has fewer cells than the header")] if broken else [])
    assert table.constants == PERIOD


def test_headings_in_one_line_with_their_values_beneath(tmp_path: Path) -> None:
    above = text(
        "REPORTING PERIOD START DATE,REPORTING PERIOD END DATE,SITE CODE", "01/03/2026,31/03/2026,RX1RA"
    )
    table = open_one(tmp_path, above + text(HEADER, *ROWS))
    assert (table.rows, table.constants) == (moved(2), PERIOD)


@pytest.mark.parametrize(
    ("above", "constants"),
    [
        ("period,2026-03\n", {"period_start": "2026-03-01", "period_end": "2026-03-31"}),
        ("Period:,February 2024,,\n", {"period_start": "2024-02-01", "period_end": "2024-02-29"}),
        ("Month: Feb-24\n", {"period_start": "2024-02-01", "period_end": "2024-02-29"}),
        (
            "Reporting period,2026-01 to 2026-03\n",
            {"period_start": "2026-01-01", "period_end": "2026-03-31"},
        ),
        (
            "Reporting period,01/03/2026 - 14/03/2026\n",
            {"period_start": "01/03/2026", "period_end": "14/03/2026"},
        ),
        ("extracted,2026-04-05 09:00\n", {"extracted_at": "2026-04-05 09:00"}),
        ("Records,2,Site code,RX1RA\n", {"declared_count": "2", "supplier": "RX1RA"}),
        ("Assaults seen in March\n\nfor the partnership, not for publication\n", {}),
    ],
)
def test_what_a_data_lead_writes_above_the_header(
    tmp_path: Path, above: str, constants: dict[str, str]
) -> None:
    table = open_one(tmp_path, above + text(HEADER, *ROWS))
    assert (table.rows, table.constants) == (moved(above.count("\n")), constants)


def test_a_period_that_is_none_and_two_that_differ_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="names no month and no range of days"):
        open_file(tmp_path, text("period,lately", HEADER, *ROWS))
    with pytest.raises(RefusedInput, match="line 2 gives period once more, and differently"):
        open_file(tmp_path, text("period,2026-03", "period,2026-04", HEADER, *ROWS))


def test_only_what_the_feed_takes_from_above_is_taken(tmp_path: Path) -> None:
    extract = text("Location code,L1", "Weather,fair", HEADER, *ROWS)
    assert open_one(tmp_path, extract).constants == {}
    place = column("given_place_code", "Location code", constant=True, required=True)
    takes = ASSAULTS.model_copy(update={"columns": (*ASSAULTS.columns[:3], place)})
    assert open_one(tmp_path, extract, takes).constants == {"given_place_code": "L1"}
    with pytest.raises(RefusedInput, match="no column for given_place_code"):
        open_file(tmp_path, text(HEADER, *ROWS), takes)


def test_a_column_goes_before_what_stands_above(tmp_path: Path) -> None:
    takes = feed_of("own", *ASSAULTS.columns, column("supplier", "Site code"))
    table = open_one(tmp_path, PAIRS + text(HEADER + ",Site code", *(f"{row},RX1RB" for row in ROWS)), takes)
    assert table.values["supplier"] == ["RX1RB"]
    assert "supplier" not in table.constants


def test_a_header_with_a_line_break_in_a_heading(tmp_path: Path) -> None:
    header = '"Assault date\nand time",Assault method,"Assault\r\nlocation type"'
    table = open_one(tmp_path, text(header, *ROWS, "x,y"))
    assert (table.rows, [line for line, _ in table.broken]) == (moved(2), [6])


def test_a_quote_left_open_in_a_title_costs_nothing(tmp_path: Path) -> None:
    assert open_one(tmp_path, text('"Assaults in March', HEADER, *ROWS)).rows == moved(1)


@pytest.mark.parametrize("rows", [(), ("",)])
def test_a_period_and_a_header_without_rows_is_a_true_nil(tmp_path: Path, rows: tuple[str, ...]) -> None:
    table = open_one(tmp_path, PAIRS + text(HEADER, *rows))
    assert (table.rows, table.broken, table.constants) == ([], [], PERIOD)


def test_a_header_alone_is_a_table_without_records(tmp_path: Path) -> None:
    for content in (HEADER, HEADER + "\n"):
        table = open_one(tmp_path, content)
        assert (table.rows, table.broken, table.constants) == ([], [], {})


def test_a_header_is_looked_for_in_40_rows_and_no_further(tmp_path: Path) -> None:
    assert open_one(tmp_path, "note\n" * 39 + text(HEADER, *ROWS)).rows == moved(39)
    with pytest.raises(RefusedInput, match="line 1: this is not a file of the feed assaults"):
        open_file(tmp_path, "note\n" * 40 + text(HEADER, *ROWS))


def test_the_best_of_several_rows_is_the_header(tmp_path: Path) -> None:
    summary = text("Assault method,Assaults", "knife,1", "bottle,1", "")
    table = open_one(tmp_path, summary + text(HEADER, *ROWS))
    assert (table.header_line, table.rows) == (5, moved(4))


def test_a_misfit_says_what_was_found_and_no_value_of_a_row(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput) as without:
        open_file(tmp_path, text(*ROWS))
    assert "None of the 3 cells there is a heading" in str(without.value)
    assert "knife" not in str(without.value)
    with pytest.raises(RefusedInput) as near:
        open_file(tmp_path, text("title", "Assault method,Assault location type,When", *ROWS))
    assert str(near.value).startswith(
        "extract.csv, line 2: this is not a file of the feed assaults: no column for"
    )
    assert "Headings found: Assault method, Assault location type, When." in str(near.value)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("above", ["", "Assaults, all sites; all | days\n"])
def test_the_delimiters_of_common_exports(tmp_path: Path, delimiter: str, above: str) -> None:
    extract = text(HEADER, *ROWS, '03/03/2026 10:00,"bat, glass",park').replace(",", delimiter)
    table = open_one(tmp_path, above + extract.replace(f"bat{delimiter} glass", "bat, glass"))
    last = (4 + bool(above), "03/03/2026 10:00", "bat, glass", "park")
    assert table.rows == [*moved(bool(above)), last]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
@pytest.mark.parametrize("above", ["", "Café – March\n"])
def test_encodings_that_can_be_told(tmp_path: Path, encoding: str, above: str) -> None:
    extract = above + text(HEADER, "01/03/2026,épée – £5,street")
    table = open_one(tmp_path, extract.encode(encoding), times=2)
    assert table.rows == [(2 + bool(above), "01/03/2026", "épée – £5", "street")]


def test_lines_of_two_encodings_are_each_read_in_their_own(tmp_path: Path) -> None:
    lines = [HEADER.encode(), "01/03/2026,épée,street".encode("cp1252"), "02/03/2026,épée,pub".encode()]
    table = open_one(tmp_path, codecs.BOM_UTF8 + b"\n".join(lines))
    assert table.rows == [(2, "01/03/2026", "épée", "street"), (3, "02/03/2026", "épée", "pub")]


def test_a_line_of_no_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match=r"extract\.csv, line 3: its encoding cannot be read"):
        open_file(tmp_path, text(HEADER, ROWS[0]).encode() + b"02/03/2026,\x81\x8d,pub\n")


@settings(deadline=None, derandomize=True, max_examples=40)
@given(
    above=st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(lambda line: line.strip()),
        max_size=4,
    ),
    keys=st.lists(st.integers(0, 99), max_size=6),
    end=st.sampled_from(["\n", "\r\n"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_whatever_stands_above_every_row_keeps_its_line(
    tmp_path_factory: pytest.TempPathFactory, above: list[str], keys: list[int], end: str, delimiter: str
) -> None:
    lines = [f"note {line}".replace('"', "") for line in above]
    rows = [delimiter.join((f"{key:02}/03/2026", f"w{key}", "street")) for key in keys]
    extract = text(*lines, HEADER.replace(",", delimiter), *rows, end=end)
    table = open_one(tmp_path_factory.mktemp("law"), extract)
    assert [(line, weapon) for line, _, weapon, _ in table.rows] == [
        (len(lines) + 2 + index, f"w{key}") for index, key in enumerate(keys)
    ]
