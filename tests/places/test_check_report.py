"""The report of what a set of areas holds and lacks."""

from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from tests.places.conftest import square
from vrin_data.places import AreaSet, check_report, import_files, sample_area_set


@pytest.fixture
def imported(known: AreaSet, official: Path) -> AreaSet:
    return import_files([official], onto=known)


def told(area_set: AreaSet, subject: str) -> list[tuple[str, str, bool]]:
    report = check_report(area_set)
    own = report[report["subject"] == subject]
    return list(own[["level", "message", "is_fault"]].itertuples(index=False, name=None))


def test_the_sample_has_nothing_to_put_right() -> None:
    report = check_report(sample_area_set())
    assert list(report.columns) == ["level", "subject", "message", "is_fault"]
    assert report.loc[report["is_fault"], "message"].tolist() == []


def test_vintages_and_what_became_of_older_codes(imported: AreaSet) -> None:
    assert told(imported, "vintage 2021") == [
        ("msoa", "2 areas, 2 in force, 0 with a boundary.", False),
        ("lsoa", "4 areas, 4 in force, 4 with a boundary.", False),
    ]
    assert told(imported, "codes of 2011") == [
        (
            "lsoa",
            "0 are the same areas as now by their code, 0 have another code, 2 were merged, 1 were split (only a "
            "point tells which newer area is meant), 0 were shared out irregularly.",
            False,
        )
    ]


def test_residents_are_held_against_the_published_figure_of_the_force(imported: AreaSet) -> None:
    def with_published(count: int) -> AreaSet:
        row = imported.populations.iloc[[0]].assign(area_code="E23000019", person_count=count)
        return replace(imported, populations=pd.concat([imported.populations, row], ignore_index=True))

    nothing = "4 LSOAs; mid-2022: 6,600 residents, nothing published to hold them against."
    assert told(imported, "Nottinghamshire") == [("force", nothing, False)]
    assert told(with_published(6_600), "Nottinghamshire") == [
        ("force", "4 LSOAs; mid-2022: 6,600 residents, as published.", False)
    ]
    assert told(with_published(6_590), "Nottinghamshire")[0][2] is False
    assert told(with_published(6_500), "Nottinghamshire") == [
        ("force", "4 LSOAs; mid-2022: 6,600 residents, published 6,500.", True)
    ]


def test_missing_boundaries_and_districts_without_small_areas(imported: AreaSet) -> None:
    gap = replace(imported, boundaries=imported.boundaries.iloc[1:])
    assert told(gap, "missing boundaries") == [
        ("lsoa", "1 have no boundary: E01000001. Nothing can be placed in them by a point.", True)
    ]
    district = imported.areas[imported.areas["area_code"] == "E07000172"].assign(
        area_code="E07000170", area_name="Ashfield"
    )
    link = imported.links[
        (imported.links["child_code"] == "E07000172") & (imported.links["parent_level"] == "force")
    ]
    wider = replace(
        imported,
        areas=pd.concat([imported.areas, district], ignore_index=True),
        links=pd.concat([imported.links, link.assign(child_code="E07000170")], ignore_index=True),
    )
    assert told(wider, "missing areas") == [("district", "1 have no small area: Ashfield (E07000170).", True)]


def test_overlaps_and_areas_that_touch_no_other(imported: AreaSet) -> None:
    shapes = gpd.GeoDataFrame(imported.boundaries.copy(), crs=27700)
    shapes["geometry"] = [square(0), square(0).buffer(5), square(2), square(9)]
    moved = replace(imported, boundaries=shapes)
    assert told(moved, "overlaps") == [("lsoa", "1 pairs overlap: E01000001 and E01000002.", True)]
    assert told(moved, "neighbours") == [
        ("lsoa", "2 touch no other: Broxtowe 001A (E01000003), Broxtowe 001B (E01000004).", False)
    ]
    assert told(imported, "overlaps") == [("lsoa", "no two areas overlap.", False)]
    assert told(imported, "neighbours") == [("lsoa", "every area touches another.", False)]


def test_small_areas_that_could_not_be_linked(imported: AreaSet) -> None:
    links = imported.links
    cut = (links["child_code"] == "E01000001") & (links["parent_level"] == "msoa")
    loose = replace(imported, links=links[~cut])
    assert told(loose, "nesting in msoa") == [
        ("lsoa", "1 of 4 lie in no one area of level msoa: E01000001.", True)
    ]
    assert told(imported, "nesting in msoa") == [("lsoa", "all 4 lie in one area of level msoa.", False)]
