"""Codes that betray a wrong label, districts that no longer exist, and other lands."""

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from vrin_data.errors import RefusedInput
from vrin_data.places import AreaSet, import_files
from vrin_data.places.reading import read_layers
from vrin_data.places.vintages import CodeLists, label_faults


def refusal(paths: list[Path], known: AreaSet) -> str:
    with pytest.raises(RefusedInput) as caught:
        import_files(paths, onto=known)
    return str(caught.value)


def labels(path: Path, known: AreaSet) -> list[str]:
    layers, _ = read_layers([(path, True)])
    return [one.message for one in label_faults(layers[0], CodeLists(known, layers))]


def test_a_file_of_2021_labelled_2011(known: AreaSet, tmp_path: Path) -> None:
    path = tmp_path / "lookup.csv"
    path.write_text("LSOA11CD,LAD24CD\nE01000001,E06000018\nE01033769,E06000018\n", encoding="utf-8")
    assert refusal([path], known) == (
        "Nothing was imported.\nlookup.csv: LSOA11CD: the codes are those of 2021, not of 2011: E01033769 came "
        "in 2021. Rename the column to LSOA21CD, or take the file of 2011."
    )


def test_a_file_of_2011_labelled_2021_beside_the_conversion(
    known: AreaSet, official: Path, lsoas: gpd.GeoDataFrame
) -> None:
    old = lsoas.assign(LSOA21CD=["E01000001", "E01000091", "E01000092", "E01000093"])
    old.to_parquet(official / "lsoa21.parquet")
    assert (
        "lsoa21.parquet: LSOA21CD: the codes are those of 2011, not of 2021: E01000091, E01000092, E01000093 are in "
        "that list alone. Rename the column to LSOA11CD, or take the file of 2021."
    ) in refusal([official], known)


def test_a_file_of_2011_labelled_2021_on_areas_that_know_better(
    known: AreaSet, official: Path, tmp_path: Path
) -> None:
    right = import_files([official], onto=known)
    path = tmp_path / "later.csv"
    path.write_text("LSOA21CD,LAD24CD\nE01000001,E06000018\nE01000093,E07000172\n", encoding="utf-8")
    assert "the codes are those of 2011, not of 2021: E01000093 is in that list alone" in refusal(
        [path], right
    )


def test_a_long_list_without_a_new_code_is_of_2011(known: AreaSet, tmp_path: Path) -> None:
    def told(count: int) -> list[str]:
        codes = [f"E01{number:06}" for number in range(1, count + 1)]
        pd.DataFrame({"LSOA21CD": codes}).to_csv(tmp_path / "list.csv", index=False)
        return labels(tmp_path / "list.csv", known)

    assert told(299) == []
    assert told(300) == [
        "LSOA21CD: the codes are those of 2011, not of 2021: none of 300 codes is one that came in 2021. "
        "Rename the column to LSOA11CD, or take the file of 2021."
    ]


@pytest.fixture
def with_ended(known: AreaSet) -> AreaSet:
    """As known, with a district that ended in 2021 and lies in Nottingham since."""
    areas = known.areas.iloc[[4]].assign(
        area_code="E07000150", area_name="Corby", valid_to=pd.Timestamp("2021-04-01")
    )
    link = known.links.iloc[[1]].assign(
        child_code="E07000150", parent_code="E06000018", parent_level="district"
    )
    return replace(
        known,
        areas=pd.concat([known.areas, areas], ignore_index=True),
        links=pd.concat([known.links, link], ignore_index=True),
    )


def test_a_district_that_no_longer_exists_is_read_as_its_successor(
    with_ended: AreaSet, official: Path
) -> None:
    text = (
        (official / "lookup.csv")
        .read_text(encoding="utf-8")
        .replace("E06000018,Nottingham", "E07000150,Corby")
    )
    (official / "lookup.csv").write_text(text, encoding="utf-8")
    found = import_files([official], onto=with_ended)
    assert (
        "lad24_code: E07000150 (Corby) has not existed since 1 April 2021; 2 rows were read as E06000018, "
        "which took its place."
    ) in [one.message for one in found.findings if one.level == "warning"]
    own = found.links[
        (found.links["child_code"] == "E01000001") & (found.links["parent_level"] == "district")
    ]
    assert own["parent_code"].tolist() == ["E06000018"]


def test_as_a_district_of_its_own_time_it_is_fine(with_ended: AreaSet, official: Path) -> None:
    text = (official / "lookup.csv").read_text(encoding="utf-8").splitlines()
    old = [line + end for line, end in zip(text, [",LAD20CD", *[",E07000150"] * 5], strict=True)]
    (official / "lookup.csv").write_text("\n".join(old) + "\n", encoding="utf-8")
    found = import_files([official], onto=with_ended)
    assert not [one for one in found.findings if "has not existed" in one.message]


def test_boundaries_of_a_district_that_ended_are_refused(
    with_ended: AreaSet, lsoas: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    frame = gpd.GeoDataFrame({"LAD24CD": ["E07000150"]}, geometry=[lsoas.geometry[0]], crs=27700)
    frame.to_parquet(tmp_path / "lad.parquet")
    assert (
        "LAD24CD: E07000150 (Corby) has not existed since 1 April 2021. Expected areas of 2024: take a file of that "
        "year, or rename the column to the year that it is of."
    ) in refusal([tmp_path / "lad.parquet"], with_ended)


def test_rows_of_scotland_are_left_out_and_told(known: AreaSet, tmp_path: Path) -> None:
    path = tmp_path / "lad.csv"
    path.write_text("LAD24CD,PFA24CD\nE06000018,E23000019\nS12000033,\nN09000001,\n", encoding="utf-8")
    found = import_files([path], onto=known)
    assert "2 rows of Scotland and Northern Ireland were left out." in [one.message for one in found.findings]
    assert not found.areas["area_code"].isin(["S12000033", "N09000001"]).any()
    path.write_text("LAD24CD\nS12000033\n", encoding="utf-8")
    assert "all 1 rows are of Scotland or Northern Ireland. Expected England or Wales." in refusal(
        [path], known
    )
