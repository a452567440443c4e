"""Tables with a column a month: long afterwards, each cell on the line of its row."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.books import xlsx
from tests.intake.opened import MONTHLY, column, feed_of, open_file, open_one
from vrin_data.errors import RefusedInput

WIDE = "Offence,Area,Total,{},{}\nArson,Camden,7,3,4\nTheft,Barnet,5,,5\n"
LONG = [
    (2, "Arson", "Camden", "2018-06", "3"),
    (2, "Arson", "Camden", "2018-07", "4"),
    (3, "Theft", "Barnet", "2018-07", "5"),
]
BOROUGHS = feed_of(
    "boroughs",
    column("offence_text", "MajorText", required=True),
    column("offence_subgroup", "MinorText", required=True),
    column("given_area_name", "LookUp_BoroughName", required=True),
    *MONTHLY.columns[2:],
    wide_months=True,
)


@pytest.mark.parametrize(
    ("june", "july"),
    [
        ("201806", "201807"),
        ("2018-06", "2018-07"),
        ("Jun-18", "Jul-18"),
        ("June 2018", "July 2018"),
        ("01/06/2018", "01/07/2018"),
    ],
)
def test_months_become_rows_and_a_blank_cell_none(tmp_path: Path, june: str, july: str) -> None:
    table = open_one(tmp_path, WIDE.format(june, july), MONTHLY)
    assert table.columns == ("offence_text", "given_area_name", "recorded_month", "quantity")
    assert (table.rows, table.broken) == (LONG, [])


def test_months_below_a_title_with_broken_lines_between(tmp_path: Path) -> None:
    lines = ["Offences, all boroughs", "", *WIDE.format("201806", "201807").splitlines()]
    lines[3:3] = ["Arson,Camden"]
    table = open_one(tmp_path, "\n".join(lines), MONTHLY)
    assert table.rows == [(line + 3, *cells) for line, *cells in LONG]
    assert table.broken == [(4, "the line has fewer cells than the header")]


def test_the_careful_way_gives_the_same(tmp_path: Path) -> None:
    table = open_one(tmp_path, WIDE.format("201806", "201807") + "\n\n", MONTHLY)
    assert table.rows == LONG


def test_the_sheet_of_a_workbook(tmp_path: Path) -> None:
    months = [date(2018, 6, 1), datetime(2018, 7, 1)]
    rows = [["Offence", "Area", *months], ["Arson", "Camden", 3, 4], ["Theft", "Barnet", None, 5]]
    assert open_one(tmp_path, xlsx({"Data": rows}), MONTHLY, name="a.xlsx").rows == LONG


def test_a_parquet_table(tmp_path: Path) -> None:
    path = (tmp_path / "a.parquet").as_posix()
    with duckdb.connect() as connection:
        connection.execute(
            f"copy (select * from (values ('Arson', 'Camden', 3, 4), ('Theft', 'Barnet', null, 5)) "
            f't("Offence", "Area", "201806", "201807")) to \'{path}\''
        )
    content = Path(path).read_bytes()
    assert open_one(tmp_path, content, MONTHLY, name="a.parquet").rows == LONG


def test_a_long_table_of_the_same_feed_is_left_as_it_is(tmp_path: Path) -> None:
    table = open_one(tmp_path, "Month,Area,Offence,Count\n201806,Camden,Arson,3\n", MONTHLY)
    assert table.columns == ("recorded_month", "given_area_name", "offence_text", "quantity")
    assert table.rows == [(2, "201806", "Camden", "Arson", "3")]


def test_months_mean_nothing_to_a_feed_without_them(tmp_path: Path) -> None:
    other = MONTHLY.model_copy(update={"wide_months": False})
    with pytest.raises(RefusedInput, match="no column for recorded_month"):
        open_file(tmp_path, WIDE.format("201806", "201807"), other)


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["201806", "Jun-18"], "the month 2018-06 stands over 2 columns"),
        (
            ["2021"] * 10 + ["2022"] * 12,
            r"years stand where months are expected \(2021 over 10 columns, 2022 over 12",
        ),
        (["2021", "2022"], "years stand where months are expected"),
        (["2021", "2021", "202201"], "years stand where months are expected"),
    ],
)
def test_months_that_cannot_be_told_apart_are_refused(
    tmp_path: Path, headings: list[str], words: str
) -> None:
    header = ",".join(["Offence", "Area", *headings])
    row = ",".join(["Arson", "Camden", *("1" for _ in headings)])
    with pytest.raises(RefusedInput, match=words):
        open_file(tmp_path, f"{header}\n{row}\n", MONTHLY)


@settings(deadline=None, derandomize=True, max_examples=25)
@given(
    cells=st.lists(st.lists(st.one_of(st.none(), st.integers(-50, 50)), min_size=3, max_size=3), max_size=6)
)
def test_every_filled_cell_is_one_record_and_nothing_else_is(
    tmp_path_factory: pytest.TempPathFactory, cells: list[list[int | None]]
) -> None:
    lines = ["Offence,Area,201811,201812,201901"]
    lines += ["Arson,Camden," + ",".join("" if one is None else str(one) for one in row) for row in cells]
    table = open_one(tmp_path_factory.mktemp("law"), "\n".join(lines) + "\n", MONTHLY)
    assert [(line, month, count) for line, _, _, month, count in table.rows] == [
        (line, month, str(one))
        for line, row in enumerate(cells, start=2)
        for month, one in zip(("2018-11", "2018-12", "2019-01"), row, strict=True)
        if one is not None
    ]


@pytest.mark.real
@pytest.mark.parametrize(("name", "rows"), [("202005", 1566), ("202006", 1569)])
def test_the_rolling_24_months_of_a_force(tmp_path: Path, real_data: Path, name: str, rows: int) -> None:
    content = (real_data / "mps" / f"mps_borough_24m_to_{name}.csv").read_bytes()
    table = open_one(tmp_path, content, BOROUGHS)
    wide = [line.split(",") for line in content.decode().replace('"', "").splitlines()]
    assert len(wide) == rows + 1
    assert len(table.rows) == rows * 24
    months = [f"{heading[:4]}-{heading[4:]}" for heading in wide[0][-24:]]
    assert table.values["recorded_month"] == months
    assert [row[-1] for row in table.rows] == [cell for row in wide[1:] for cell in row[-24:]]
    assert {line for line, *_ in table.rows} == set(range(2, rows + 2))
