"""All that is known of one area."""

from pathlib import Path

import pandas as pd
import pytest

from vrin_data.errors import UsageError
from vrin_data.places import AreaSet, import_files, one_area


def rows(frame: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(frame[["relation", "level", "area_code"]].itertuples(index=False, name=None))


def test_a_small_area_with_what_it_lies_in_and_was(known: AreaSet, official: Path) -> None:
    area = one_area(import_files([official], onto=known), "E01000002")
    assert (area.name, area.level, area.vintage, area.is_in_force) == (
        "Nottingham 001B",
        "lsoa",
        "2021",
        True,
    )
    assert area.boundaries == ("2021",)
    assert rows(area.above) == [
        ("within", "csp", "E22000210"),
        ("within", "district", "E06000018"),
        ("within", "force", "E23000019"),
        ("within", "msoa", "E02000001"),
        ("within", "region", "E12000004"),
    ]
    assert rows(area.before) == [("same", "lsoa", "E01000091"), ("same", "lsoa", "E01000092")]
    assert area.after.empty
    assert area.residents[["year", "person_count"]].to_numpy().tolist() == [[2022, 1_600]]


def test_an_older_area_with_what_it_became(known: AreaSet, official: Path) -> None:
    area = one_area(import_files([official], onto=known), "E01000093")
    assert not area.is_in_force
    assert rows(area.after) == [("split", "lsoa", "E01000003"), ("split", "lsoa", "E01000004")]


def test_a_district_with_what_it_holds(known: AreaSet, official: Path) -> None:
    area = one_area(import_files([official], onto=known), "E06000018")
    assert set(rows(area.below)) == {
        ("within", "lsoa", "E01000001"),
        ("within", "lsoa", "E01000002"),
        ("within", "msoa", "E02000001"),
    }


def test_an_unknown_code_is_wrong_usage(known: AreaSet) -> None:
    with pytest.raises(UsageError, match="There is no area 'E99999999' in the build"):
        one_area(known, "E99999999")
