"""The areas VRIN brings with it: complete, nested and adding up."""

import pandas as pd
import pytest
import shapely

from vrin_data.places import AreaSet, level_closure, place_points, sample_area_set

EAST_MIDLANDS = "E12000004"
MID_2022 = {
    # ONS mid-2022 estimates of the police force areas
    "E23000018": 1_066_954,
    "E23000019": 1_163_335,
    "E23000020": 775_524,
    "E23000021": 1_136_705,
    "E23000022": 792_421,
}
REGION_POPULATION = {2021: 4_880_075, 2022: 4_934_939, 2023: 4_991_265}


@pytest.fixture(scope="module")
def sample() -> AreaSet:
    return sample_area_set()


@pytest.fixture(scope="module")
def wide(sample: AreaSet) -> pd.DataFrame:
    """One row per area, a column per level with the ancestor."""
    return level_closure(sample).pivot(index="area_code", columns="level", values="ancestor_code")


def test_every_force_of_england_and_wales(sample: AreaSet) -> None:
    counts = sample.areas[sample.areas["valid_to"].isna()].groupby("level").size()
    assert counts["force"] == 43
    assert counts["csp"] == 314
    assert counts["district"] == 318
    assert sample.areas["area_code"].is_unique


def test_the_region_has_5_forces_37_partnerships_and_35_districts(
    sample: AreaSet, wide: pd.DataFrame
) -> None:
    inside = wide[wide["region"] == EAST_MIDLANDS]
    level = sample.areas.set_index("area_code")["level"]
    in_force = inside[[inside.at[code, level[code]] == code for code in inside.index]]
    assert in_force.index.map(level).value_counts().to_dict() == {
        "lsoa": 2_848,
        "msoa": 559,
        "csp": 37,
        "district": 35,
        "force": 5,
        "region": 1,
    }


def test_every_neighbourhood_lies_in_one_area_of_each_level(sample: AreaSet, wide: pd.DataFrame) -> None:
    own = sample.areas.loc[sample.areas["level"] == "lsoa", "area_code"]
    assert wide.loc[own].notna().all(axis=None)


def test_partnerships_are_not_districts(wide: pd.DataFrame) -> None:
    south = wide[(wide["csp"] == "E22000366") & (wide["district"] == wide.index)]
    assert set(south.index) == {"E07000172", "E07000173", "E07000176"}
    north_northamptonshire = wide[(wide["district"] == "E06000061") & (wide["csp"] == wide.index)]
    assert len(north_northamptonshire) == 4
    assert pd.isna(wide.at["E06000061", "csp"])


def test_abolished_districts_lead_to_their_successor(sample: AreaSet, wide: pd.DataFrame) -> None:
    corby = sample.areas.set_index("area_code").loc["E07000150"]
    assert corby["valid_to"] == pd.Timestamp("2021-04-01")
    assert wide.at["E07000150", "district"] == "E06000061"


def test_published_populations(sample: AreaSet) -> None:
    table = sample.populations
    region = table[table["area_code"] == EAST_MIDLANDS].set_index("year")["person_count"]
    assert region.to_dict() == REGION_POPULATION
    forces = table[(table["year"] == 2022) & table["area_code"].isin(MID_2022)]
    assert forces.set_index("area_code")["person_count"].to_dict() == MID_2022
    assert not table.duplicated(["area_code", "year"]).any()


@pytest.mark.parametrize("child", ["lsoa", "msoa", "csp", "district", "force"])
def test_residents_of_a_level_add_up_to_the_region(sample: AreaSet, wide: pd.DataFrame, child: str) -> None:
    inside = set(wide.index[(wide["region"] == EAST_MIDLANDS) & (wide[child] == wide.index)])
    table = sample.populations[
        (sample.populations["year"] == 2022) & sample.populations["area_code"].isin(inside)
    ]
    assert int(table["person_count"].sum()) == REGION_POPULATION[2022]


def test_neighbourhoods_hold_about_1700_residents(sample: AreaSet) -> None:
    small = sample.areas.loc[sample.areas["level"] == "lsoa", "area_code"]
    persons = sample.populations.set_index("area_code").loc[small, "person_count"]
    assert persons.between(1_000, 2_600).all()
    assert persons.mean() == pytest.approx(1_733, abs=1)


def test_outlines_are_a_clean_coverage_on_whole_metres(sample: AreaSet) -> None:
    shapes = sample.boundaries.geometry.to_numpy()
    assert sample.boundaries.crs.to_epsg() == 27_700
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    corners = shapely.get_coordinates(shapes)
    assert (corners == corners.round()).all()


def test_city_centres_lie_in_their_district(sample: AreaSet, wide: pd.DataFrame) -> None:
    centres = {
        "E06000015": (435_300, 336_300),  # Derby
        "E06000016": (458_900, 304_500),  # Leicester
        "E06000018": (457_200, 339_800),  # Nottingham
        "E07000138": (497_700, 371_300),  # Lincoln
        "E06000062": (475_500, 260_500),  # Northampton
    }
    points = pd.DataFrame(centres.values(), columns=["easting", "northing"], dtype="float64")
    placed = place_points(sample.boundaries, points["easting"].to_numpy(), points["northing"].to_numpy())
    assert wide.loc[placed, "district"].tolist() == list(centres)


def test_what_is_derived_says_so(sample: AreaSet) -> None:
    is_sample = sample.areas["vintage"] == "sample"
    assert sample.areas["is_approximate"].equals(is_sample)
    assert set(sample.areas.loc[is_sample, "level"]) == {"lsoa", "msoa"}
    assert set(sample.boundaries["vintage"]) == {"sample"}
