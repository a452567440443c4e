"""Residents by age out of official files as they are published: wide and long, by year and by band, by sex or not."""

from pathlib import Path

import pytest

from tests.intake.books import xlsx
from vrin_data.errors import RefusedInput
from vrin_data.places import AreaSet, import_files
from vrin_data.places.residents_by_age import age_span

YEARS = range(91)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7", (7, 7)),
        ("90+", (90, 120)),
        ("0-4", (0, 4)),
        ("Aged 5 to 9 years", (5, 9)),
        ("Age 90 and over", (90, 120)),
        ("85 years and over", (85, 120)),
        ("All ages", None),
        ("2023", None),
        ("E06000018", None),
    ],
)
def test_ages_as_files_write_them(text: str, expected: tuple[int, int] | None) -> None:
    assert age_span(text) == expected


def bands(area_set: AreaSet, code: str) -> list[tuple[object, ...]]:
    own = area_set.bands[area_set.bands["area_code"] == code].sort_values(["year", "sex", "age_low_years"])
    rows = own[["year", "sex", "age_low_years", "age_high_years", "person_count"]]
    return [tuple(row) for row in rows.astype(object).where(rows.notna(), None).itertuples(index=False)]


def wide_book(heading: str, cells: list[int]) -> bytes:
    rows = [["Population estimates"], [heading, "LSOA 2021 Name", "Total", *[f"F{age}" for age in YEARS]]]
    rows[1] += [f"M{age}" for age in YEARS]
    rows.append(["E01000002", "Area 2", sum(cells) * 2, *cells, *cells])
    return xlsx({"Mid-2023 LSOA 2021": rows})


def test_single_years_by_sex_become_bands_of_five(known: AreaSet, official: Path) -> None:
    (official / "sapelsoa.xlsx").write_bytes(wide_book("LSOA 2021 Code", [10] * 91))
    found = import_files([official], onto=known)
    held = bands(found, "E01000002")
    assert len(held) == 2 * 19
    assert held[0] == (2023, "female", 0, 4, 50)
    assert held[18] == (2023, "female", 90, None, 10)
    assert held[19] == (2023, "male", 0, 4, 50)
    assert "1 areas have residents by age of 2023." in [one.message for one in found.findings]


def long_file(folder: Path, name: str, rows: list[str]) -> Path:
    path = folder / name
    path.write_text("\n".join(["LAD24CD,sex,age,population_2022,population_2023", *rows]), encoding="utf-8")
    return path


def test_long_files_hold_every_year_and_persons_are_left_out_where_both_sexes_are_told(
    known: AreaSet, tmp_path: Path
) -> None:
    rows = [
        f"E06000018,{sex},{age},{count},{count + 1}"
        for sex, count in (("F", 7), ("M", 5), ("Persons", 12))
        for age in YEARS
    ]
    found = import_files([long_file(tmp_path, "estimates.csv", rows)], onto=known)
    held = bands(found, "E06000018")
    assert {(year, sex) for year, sex, *_ in held} == {
        (2022, "female"), (2022, "male"), (2023, "female"), (2023, "male"),
    }  # fmt: skip
    assert sum(count for year, *_, count in held if year == 2023) == 91 * (8 + 6)


def test_a_later_file_takes_the_place_of_the_same_year_alone(known: AreaSet, tmp_path: Path) -> None:
    first = import_files(
        [long_file(tmp_path, "a.csv", [f"E06000018,Persons,{age},1,1" for age in YEARS])], onto=known
    )
    path = tmp_path / "mid-2023.csv"
    path.write_text("LAD24CD,age,count\nE06000018,0-4,9\nE06000018,5 to 9,8\n", encoding="utf-8")
    found = bands(import_files([path], onto=first), "E06000018")
    assert found[-2:] == [(2023, "not_recorded", 0, 4, 9), (2023, "not_recorded", 5, 9, 8)]
    assert len(found) == 19 + 2


@pytest.mark.parametrize(
    ("name", "cell", "message"),
    [
        ("ages.csv", "9", "residents by age of no known year"),
        ("mid-2023.csv", "9.5", "no whole number of residents of an age"),
        ("mid-2023.csv", "*", "no whole number of residents of an age"),
    ],
)
def test_what_cannot_be_read_is_refused_whole(
    known: AreaSet, tmp_path: Path, name: str, cell: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(f"LAD24CD,age,count\nE06000018,0-4,{cell}\n", encoding="utf-8")
    with pytest.raises(RefusedInput, match=message):
        import_files([path], onto=known)
