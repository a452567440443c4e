"""Residents as official files state them: which columns, which year, which release, and whose figure holds."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.intake.books import xlsx
from vrin_data.errors import RefusedInput
from vrin_data.places import AreaSet, import_files
from vrin_data.places.residents import population_columns


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        ("pop2022_mid", "", (2022, "mid-2022")),
        ("Mid-2023", "", (2023, "mid-2023")),
        ("Total population: mid 2022", "", (2022, "mid-2022")),
        ("pop_mid_2023_revised_2025", "", (2023, "mid-2023 revised 2025")),
        ("mid2023_first_release", "", (2023, "mid-2023 first release")),
        ("census2021_pop_ts021", "", (2021, "census2021")),
        ("Total", "sapelsoa.xlsx, sheet Mid-2023 LSOA 2021", (2023, "mid-2023")),
        ("All ages", "sape_mid-2022_revised.csv", (2022, "mid-2022 revised")),
        ("Total", "counts.csv", None),
        ("pop2020_0_9", "", None),
        ("census2021_pop_oa_sum", "", None),
        ("Total population: mid 2015 (excluding prisoners)", "", None),
        ("households_2022", "", None),
        ("imd2025_score", "", None),
    ],
)
def test_columns_of_residents(name: str, file: str, expected: tuple[int, str] | None) -> None:
    assert population_columns([name], file) == ([(name, *expected)] if expected else [])


def people(area_set: AreaSet, code: str) -> list[list[object]]:
    own = area_set.populations[area_set.populations["area_code"] == code]
    return own[["year", "person_count", "basis"]].to_numpy().tolist()


def stated(folder: Path, heading: str, count: int) -> Path:
    path = folder / f"{heading}.csv"
    path.write_text(f"LAD24CD,{heading}\nE06000018,{count}\n", encoding="utf-8")
    return path


def test_a_later_release_of_a_year_takes_the_place_of_an_earlier(known: AreaSet, tmp_path: Path) -> None:
    first = import_files([stated(tmp_path, "pop2023_mid_first_release", 100)], onto=known)
    revised = import_files([stated(tmp_path, "pop2023_mid_revised_2025", 120)], onto=first)
    assert people(first, "E06000018")[-1] == [2023, 100, "mid-2023 first release"]
    assert people(revised, "E06000018") == [[2022, 330_000, "mid-2022"], [2023, 120, "mid-2023 revised 2025"]]
    assert "residents of 1 areas: mid-2023 revised 2025 took the place of mid-2023 first release." in [
        one.message for one in revised.findings
    ]
    again = import_files([tmp_path / "pop2023_mid_first_release.csv"], onto=revised)
    assert people(again, "E06000018") == people(revised, "E06000018")


def test_of_two_releases_in_one_import_the_later_holds_whatever_their_order(
    known: AreaSet, tmp_path: Path
) -> None:
    paths = [stated(tmp_path, "pop2023_mid_revised", 120), stated(tmp_path, "pop2023_mid", 100)]
    for order in (paths, paths[::-1]):
        assert people(import_files(order, onto=known), "E06000018")[-1] == [2023, 120, "mid-2023 revised"]


def test_a_workbook_of_estimates_as_it_is_published(known: AreaSet, official: Path) -> None:
    rows = [
        ["Population estimates"],
        ["This sheet has notes"],
        ["LSOA 2021 Code", "LSOA 2021 Name", "Total"],
        *[[f"E0100000{n}", f"Area {n}", 1_000 + n] for n in (1, 2, 3, 4)],
    ]
    book = xlsx({"Contents": [["Mid-2023"]], "Mid-2023 LSOA 2021": rows})
    (official / "sapelsoa.xlsx").write_bytes(book)
    found = import_files([official], onto=known)
    assert people(found, "E01000002") == [[2022, 1_600, "mid-2022"], [2023, 1_002, "mid-2023"]]


def test_residents_of_no_known_year_are_refused(known: AreaSet, tmp_path: Path) -> None:
    path = tmp_path / "population.csv"
    path.write_text("LAD24CD,Total\nE06000018,5\n", encoding="utf-8")
    with pytest.raises(RefusedInput, match="Total: residents of no known year"):
        import_files([path], onto=known)


def test_thousands_may_be_set_apart_by_commas(known: AreaSet, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('LAD24CD,pop2024_mid\nE06000018,"331,000"\n', encoding="utf-8")
    known = replace(known, populations=known.populations.iloc[:0])
    assert people(import_files([path], onto=known), "E06000018") == [[2024, 331_000, "mid-2024"]]
