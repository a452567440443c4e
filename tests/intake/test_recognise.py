"""Which feed a file is of: the best first, ties and near misses said."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.intake.books import xlsx
from tests.intake.opened import ASSAULTS, MONTHLY, column, feed_of, writer
from vrin_data.contract.feeds import Feed
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.recognise import Recognised, near_misses, recognise
from vrin_data.intake.reading.unpack import unpack

PLACE = [
    column("record_key", "Crime ID", required=True),
    column("recorded_month", "Month", required=True),
    column("given_area_code", "LSOA code"),
]
STREET = feed_of("street", *PLACE, column("offence_raw", "Crime type", required=True))
OUTCOMES = feed_of("outcomes", *PLACE, column("outcome", "Outcome type", required=True))
ANYTHING = feed_of("anything", *PLACE[1:], column("place_text", "Location"))
FEEDS = {one.id: one for one in (ANYTHING, ASSAULTS, MONTHLY, OUTCOMES, STREET)}


def ask(
    folder: Path,
    content: str | bytes,
    *,
    name: str = "a.csv",
    among: dict[str, Feed] = FEEDS,
    of: Any = recognise,
) -> list[Recognised]:
    """What is said of a file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with writer(folder / "work") as connection:
        (source,) = unpack(path, folder / "work").files
        return list(of(connection, source, among))


def ids(found: list[Recognised]) -> list[str]:
    return [one.feed_id for one in found]


@pytest.mark.parametrize(
    ("header", "feeds"),
    [
        ("Crime ID,Month,LSOA code,Crime type", ["street", "anything"]),
        ("Crime ID,Month,LSOA code,Outcome type", ["outcomes", "anything"]),
        ("Assault date and time;Assault method", ["assaults"]),
        ("Offence\tArea\t201806\t201807", ["monthly"]),
        ("for the partnership\n\nperiod,2026-03\nAssault date and time,Assault method", ["assaults"]),
        ("Month,LSOA code,Location", ["anything"]),
    ],
)
def test_feeds_that_differ_by_a_heading_are_told_apart(tmp_path: Path, header: str, feeds: list[str]) -> None:
    found = ask(tmp_path, header + "\n")
    assert ids(found) == feeds
    assert all(0.5 <= one.score <= 1 for one in found)
    assert len({one.score for one in found}) == len(found)


def test_the_words_say_what_is_known(tmp_path: Path) -> None:
    (first, *_) = ask(tmp_path, "Crime ID,Month,Note,Crime type\n")
    assert first.words == "street: 3 of 4 headings are known, and none that is needed is missing"
    (wide,) = ask(tmp_path, "Offence,Area,201806,201807\n")
    assert wide.words.startswith("monthly: 2 of 4 headings are known, 2 are months, and none")


def test_a_tie_has_one_score_and_is_said(tmp_path: Path) -> None:
    twins = {name: STREET.model_copy(update={"id": name}) for name in ("one", "two")}
    found = ask(tmp_path, "Crime ID,Month,Crime type\n", among=twins)
    assert ids(found) == ["one", "two"]
    assert found[0].score == found[1].score
    assert all("it fits one and two alike, so the feed has to be named" in one.words for one in found)


def test_what_fits_nothing_gives_the_near_misses(tmp_path: Path) -> None:
    header = "Crime ID,Month of it,LSOA code,Crime type\n"
    assert ask(tmp_path, header) == []
    near = ask(tmp_path, header, of=near_misses)
    assert ids(near)[0] == "street"
    assert all(one.score < 0.5 for one in near)
    assert "no column for recorded_month (such as 'Month')" in near[0].words
    assert ask(tmp_path, "a,b\n1,2\n", of=near_misses) == []


def test_the_sheet_that_fits_best_speaks_for_a_workbook(tmp_path: Path) -> None:
    book = xlsx(
        {"Pivot": [["Month", "LSOA code"]], "Data": [["Crime ID", "Month", "Crime type"], ["a", "b", "c"]]}
    )
    assert ids(ask(tmp_path, book, name="a.xlsx"))[0] == "street"


def test_xml_is_of_the_feed_whose_row_it_holds(tmp_path: Path) -> None:
    row = "<Assault><AssaultDateAndTime>x</AssaultDateAndTime><AssaultMethod>y</AssaultMethod></Assault>"
    assert ids(ask(tmp_path, f"<Submission>{row}{row}</Submission>", name="a.xml")) == ["assaults"]
    single = f"<Submission>{row}</Submission>"
    assert ids(ask(tmp_path, single, name="a.xml")) == ["assaults"]
    crimes = "<row><CrimeID>1</CrimeID><Month>2024-02</Month><CrimeType>x</CrimeType></row>" * 2
    assert ids(ask(tmp_path, f"<rows>{crimes}</rows>", name="a.xml"))[0] == "street"


def test_a_parquet_file_is_told_by_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "made.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"copy (select 1 as crime_id, 2 as month, 3 as crime_type) to '{path.as_posix()}'")
    assert ids(ask(tmp_path, path.read_bytes(), name="a.parquet"))[0] == "street"


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="is a web page"):
        ask(tmp_path, "<html></html>")
    with pytest.raises(RefusedInput, match="is not whole XML"):
        ask(tmp_path, "<rows><row>", name="a.xml")
    with pytest.raises(RefusedInput, match="is empty"):
        ask(tmp_path, "")
