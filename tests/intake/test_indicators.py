"""Context figures taken in: columns told by what they hold, every fault at once, rows in = taken + left out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import RECEIVED
from vrin_data.errors import EmptyStore, RefusedInput, UsageError
from vrin_data.intake import IndicatorImport, IndicatorTerms, import_indicator, remove_indicator
from vrin_data.store import Store, publish_build

TERMS = IndicatorTerms("school-meals", 2025, unit="%")
ONE, TWO, THREE = "S01000153", "S01000154", "S01000155"


@pytest.fixture
def send(store: Store, tmp_path: Path) -> Callable[..., IndicatorImport]:
    """A function that takes in a file of these lines."""

    def sent(*lines: str, terms: IndicatorTerms = TERMS, **more: Any) -> IndicatorImport:
        file = tmp_path / "figures.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return import_indicator(store, file, terms, by="A. Name", at=RECEIVED, **more)

    return sent


def given_rows(store: Store) -> dict[str, Any]:
    frame = store.query(
        "rows", "select area_code, value from indicator where basis = 'as given in a file' order by area_code"
    )
    return {code: None if value != value else value for code, value in frame.itertuples(index=False)}


def test_columns_are_told_by_what_they_hold_and_blanks_stay_blank(
    store: Store, send: Callable[..., Any]
) -> None:
    done = send(
        "Free school meals 2025,,",
        "Place,Area code,Eligible",
        f"Here,{ONE},12.5%",
        f"There,{TWO},c",
        f'Elsewhere,{THREE},"0"',
    )
    assert (done.code_column, done.value_column, done.level) == ("Area code", "Eligible", "lsoa")
    assert (done.row_count, done.taken_count, done.blank_count, done.left_out) == (3, 3, 1, ())
    assert given_rows(store) == {ONE: 12.5, TWO: None, THREE: 0.0}
    assert store.current_build() == done.build_id == "000002"


def test_rows_that_cannot_be_used_are_left_out_with_line_and_reason(send: Callable[..., Any]) -> None:
    done = send(
        "code,share",
        f"{ONE},10",
        "E01999999,20",
        ",30",
        f"{TWO},many",
        f"{THREE},101",
        "S01000156,40",
        "S01000156,41",
        "S01000157,50",
        "S01000157,50",
        *(f"S0100{number:04d},5" for number in range(160, 170)),
    )
    assert [(one.line, one.reason.partition(":")[0]) for one in done.left_out] == [
        (3, "no area of the store has this code"),
        (4, "no area code"),
        (5, "not a number"),
        (6, "not between 0 and 100, as a percentage is"),
        (7, "the area stands in several rows with different figures"),
        (8, "the area stands in several rows with different figures"),
        (10, "the row repeats another one"),
    ]
    assert done.row_count == done.taken_count + len(done.left_out) == 19


def test_every_fault_is_said_at_once_and_nothing_changes(store: Store, send: Callable[..., Any]) -> None:
    with pytest.raises(RefusedInput) as refused:
        send(
            "code,one,two",
            f"{ONE},1,2",
            f"{TWO},3,4",
            terms=IndicatorTerms("My Figure", 25, level="parish", where=(("year", "2025"),)),
        )
    words = str(refused.value)
    for part in (
        "no id",
        "25 is not the year",
        "unit is not known",
        "no level 'parish'",
        "no column 'year'",
        "several",
    ):
        assert part in words, part
    assert store.current_build() == "000001"


def test_levels_that_are_mixed_are_refused_until_one_is_chosen(
    store: Store, send: Callable[..., Any]
) -> None:
    lines = ("code,value", "E06000016,4", "E07000130,5", "E12000004,4.5")
    with pytest.raises(
        RefusedInput, match=r"several levels are mixed: district \(2 rows\), region \(1 rows\)"
    ):
        send(*lines)
    done = send(*lines, terms=IndicatorTerms("school-meals", 2025, unit="%", level="district"))
    assert [one.reason for one in done.left_out] == ["an area of another level"]
    assert given_rows(store) == {"E06000016": 4.0, "E07000130": 5.0}


def test_several_rows_an_area_are_refused_until_rows_are_chosen(
    store: Store, send: Callable[..., Any]
) -> None:
    lines = ("year,code,value", f"2024,{ONE},1", f"2025,{ONE},2", f"2024,{TWO},3", f"2025,{TWO},4")
    with pytest.raises(RefusedInput, match=r"2 areas stand in several rows.*--where"):
        send(*lines, terms=IndicatorTerms("school-meals", 2025, unit="%", value_column="value"))
    done = send(
        *lines,
        terms=IndicatorTerms("school-meals", 2025, unit="%", value_column="value", where=(("year", "2025"),)),
    )
    assert given_rows(store) == {ONE: 2.0, TWO: 4.0}
    assert (done.row_count, done.not_chosen_count, done.taken_count) == (4, 2, 2)


def test_an_older_code_is_carried_only_where_that_is_exact(store: Store, send: Callable[..., Any]) -> None:
    with publish_build(store, reason="older codes", created_at=RECEIVED) as draft:
        for code in ("OLD1", "OLD2", "OLD3", "OLD4", "OLD5"):
            draft.connection.execute(
                "insert into area values ($number, $code, 'old', 'lsoa', '2011', false, null, null, 'x')",
                {"code": code, "number": 900_000 + int(code[-1])},
            )
        for child, parent, relation in (
            ("OLD1", ONE, "same"),
            ("OLD2", TWO, "same"),
            ("OLD3", TWO, "same"),
            ("OLD4", THREE, "split"),
            ("OLD4", "S01000156", "split"),
        ):
            draft.connection.execute(
                "insert into area_link values ($child, $parent, 'lsoa', $relation, null, null, 'x')",
                {"child": child, "parent": parent, "relation": relation},
            )
    done = send("code,value", *(f"OLD{number},{number}" for number in range(1, 6)), "S01000160,9")
    assert given_rows(store) == {ONE: 1.0, "S01000160": 9.0}
    assert done.carried_count == 1
    assert [one.reason.split(":")[0].split(" that ")[-1] for one in done.left_out] == [
        "was merged with others",
        "was merged with others",
        "was split",
        "is no longer used, and nothing says what became of it",
    ]


def test_the_same_id_and_year_is_replaced_whole_and_another_year_stays(
    store: Store, send: Callable[..., Any]
) -> None:
    send("code,value", f"{ONE},1", f"{TWO},2")
    send("code,value", f"{ONE},7", terms=IndicatorTerms("school-meals", 2024, unit="%"))
    done = send("code,value", f"{THREE},3")
    assert done.replaced_count == 2
    found = store.query(
        "all", "select area_code, year from indicator where basis = 'as given in a file' order by year"
    )
    assert found.values.tolist() == [[ONE, 2024], [THREE, 2025]]


def test_removing_takes_larger_areas_figures_along_and_a_restore_undoes_it(
    store: Store, send: Callable[..., Any]
) -> None:
    send("code,value", "E06000016,4", terms=IndicatorTerms("refuges", 2025, unit="count"))
    count = "select count(*) as n from indicator"
    assert store.query("count", count)["n"].iloc[0] > 0
    remove_indicator(store, "refuges", year=None, by="A. Name", at=RECEIVED)
    assert store.query("count", count)["n"].iloc[0] == 0
    store.restore("000002")
    assert store.query("count", count)["n"].iloc[0] > 0
    with pytest.raises(UsageError, match="no context figure 'nothing'"):
        remove_indicator(store, "nothing", year=None, by="A. Name", at=RECEIVED)


def test_a_dry_run_and_a_nameless_import_publish_nothing(
    store: Store, send: Callable[..., Any], tmp_path: Path
) -> None:
    assert send("code,value", f"{ONE},1", is_dry_run=True).build_id is None
    with pytest.raises(RefusedInput, match="--by NAME"):
        import_indicator(store, tmp_path / "figures.csv", TERMS, by=" ", at=RECEIVED)
    assert store.current_build() == "000001"


def test_classes_are_words_and_incidents_keep_their_places(
    offence_store: Callable[..., Any], tmp_path: Path
) -> None:
    row = "A1,Leicestershire Police,8N,008/06,01/03/2026,02/03/2026,458000,304000,Street,Knife,N,34,M,,Live,"
    store, _ = offence_store(row)
    before = store.query("placed", "select incident_id, area_id from incident")
    file = tmp_path / "classes.csv"
    file.write_text(f"code,kind\n{ONE},Urban\n{TWO},Rural\n", encoding="utf-8")
    done = import_indicator(store, file, IndicatorTerms("rural-urban", 2021), by="A. Name", at=RECEIVED)
    found = store.query(
        "classes", "select area_code, class_name, value from indicator where basis = 'as given in a file'"
    )
    assert found["class_name"].tolist() == ["Urban", "Rural"]
    assert found["value"].isna().all()
    assert done.unit == "class"
    assert store.query("placed", "select incident_id, area_id from incident").equals(before)


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    file = tmp_path / "figures.csv"
    file.write_text("code,value\nE06000016,1\n", encoding="utf-8")
    with pytest.raises(EmptyStore):
        import_indicator(Store.open(tmp_path / "none"), file, TERMS, by="A. Name", at=RECEIVED)


CELLS = st.sampled_from(("1", "12.5%", "1,234", "", "*", "x y", "-3", "1e2", "£5", "NaN"))
CODES = st.sampled_from((ONE, TWO, THREE, "S01000156", "", "E06000016", "E01999999", "nonsense"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CODES, CELLS), min_size=1, max_size=12))
def test_rows_in_are_those_taken_and_those_left_out(
    rows: list[tuple[str, str]], store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "law.csv"
    lines = ["name,code,value", f"sure,{ONE},4", *(f'n,{code},"{cell}"' for code, cell in rows)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    terms = IndicatorTerms("law", 2025, unit="score", code_column="code", value_column="value", level="lsoa")
    try:
        done = import_indicator(store, file, terms, by="", at=RECEIVED, is_dry_run=True)
    except RefusedInput:
        return
    assert done.row_count == len(rows) + 1 == done.taken_count + len(done.left_out)
    assert sum(done.reasons.values()) == len(done.left_out)
