"""Figures of small areas brought to larger ones: by hand, as laws, and against published averages."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.places.conftest import square
from vrin_data.contract.indicators import MADE, TENTH_UNIT, indicator_kind, known_indicators
from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord
from vrin_data.places import (
    AreaSet,
    import_files,
    linked_layers,
    sample_area_set,
    with_own_layers,
)
from vrin_data.places.indicators import with_larger_areas

NOTTINGHAM, BROXTOWE, FORCE = "E06000018", "E07000172", "E23000019"
SMALL = ["E01000001", "E01000002", "E01000003", "E01000004"]
# Residents by the fixture's lookup: 1,500 and 1,600 in Nottingham, 1,700 and 1,800 in Broxtowe.


def figure(
    values: dict[str, Any], indicator_id: str = "own", unit: str = "score", **more: Any
) -> pd.DataFrame:
    is_class = unit == "class"
    return pd.DataFrame(
        {
            "area_code": list(values),
            "indicator_id": indicator_id,
            "indicator_name": "Own",
            "year": 2025,
            "value": [float("nan") if is_class or one is None else float(one) for one in values.values()],
            "class_name": [one if is_class else None for one in values.values()],
            "unit": unit,
            "basis": "published",
            "source": "test",
        }
        | more
    )


def larger(areas: AreaSet, rows: pd.DataFrame) -> dict[str, Any]:
    """Value or class by code of all areas that a figure was made for."""
    found = with_larger_areas(replace(areas, indicators=rows)).indicators
    made = found[found["basis"].str.startswith(MADE)]
    figures = zip(made["area_code"], made["value"], made["class_name"], strict=True)
    return {code: kind if isinstance(kind, str) else round(value, 6) for code, value, kind in figures}


@pytest.fixture
def areas(known: AreaSet, official: Path) -> AreaSet:
    # The land's own figure for Nottingham is that of the true city, whose small areas are not all here.
    people = known.populations[known.populations["area_code"] != NOTTINGHAM]
    return import_files([official], onto=replace(known, populations=people))


def test_a_larger_area_of_which_most_residents_live_elsewhere_gets_none(
    known: AreaSet, official: Path
) -> None:
    areas = import_files([official], onto=known)
    assert NOTTINGHAM not in larger(areas, figure(dict(zip(SMALL, (10, 20, 30, 40), strict=True))))


def test_a_score_is_the_mean_weighted_by_residents(areas: AreaSet) -> None:
    found = larger(areas, figure(dict(zip(SMALL, (10, 20, 30, 40), strict=True))))
    assert found[NOTTINGHAM] == round((1500 * 10 + 1600 * 20) / 3100, 6)
    assert found[BROXTOWE] == round((1700 * 30 + 1800 * 40) / 3500, 6)
    assert found[FORCE] == found["E12000004"] == round((15000 + 32000 + 51000 + 72000) / 6600, 6)
    assert found["E02000001"] == found["E22000210"] == found[NOTTINGHAM]


def test_a_count_is_added_up_and_only_where_all_are_told(areas: AreaSet) -> None:
    found = larger(areas, figure(dict(zip(SMALL, (1, 2, None, 4), strict=True)), unit="count"))
    assert found[NOTTINGHAM] == 3
    assert BROXTOWE not in found
    assert FORCE not in found


def test_a_decile_becomes_the_share_of_residents_in_the_most_deprived_tenth(areas: AreaSet) -> None:
    rows = figure(dict(zip(SMALL, (1, 5, 1, 1), strict=True)), "imd-decile", unit="decile")
    found = with_larger_areas(replace(areas, indicators=rows)).indicators.set_index("area_code")
    assert round(found.loc[NOTTINGHAM, "value"], 6) == round(100 * 1500 / 3100, 6)
    assert found.loc[BROXTOWE, "value"] == 100
    assert set(found.loc[[NOTTINGHAM, BROXTOWE], "unit"]) == {TENTH_UNIT}
    assert found.loc["E01000001", "unit"] == "decile"


def test_a_class_is_that_which_most_residents_live_in(areas: AreaSet) -> None:
    classes = dict(zip(SMALL, ("urban", "rural", "town", "town"), strict=True))
    found = larger(areas, figure(classes, "rural-urban", unit="class"))
    assert found[NOTTINGHAM] == "rural"
    assert found[FORCE] == "town"


def test_what_is_published_of_a_larger_area_goes_before_and_small_areas_stay(areas: AreaSet) -> None:
    rows = figure({**dict(zip(SMALL, (10, 20, 30, 40), strict=True)), NOTTINGHAM: 99})
    found = with_larger_areas(replace(areas, indicators=rows)).indicators
    own = found.set_index("area_code")
    assert own.loc[NOTTINGHAM, ["value", "basis"]].tolist() == [99.0, "published"]
    assert own.loc[SMALL, "value"].tolist() == [10, 20, 30, 40]
    # Larger areas are made of the finest, so that the force does not take Nottingham's 99.
    assert round(own.loc[FORCE, "value"], 6) == round(170000 / 6600, 6)


def test_too_few_residents_with_a_figure_give_none_and_a_few_without_are_said(areas: AreaSet) -> None:
    found = larger(areas, figure({SMALL[0]: 10}))
    # The group of one small area of two has half of its residents, the force a quarter.
    assert found == {}
    told = with_larger_areas(
        replace(areas, indicators=figure(dict(zip(SMALL, (10, 20, 30, None), strict=True))))
    ).indicators
    assert FORCE not in set(told["area_code"])  # 73% of its residents
    people = areas.populations.copy()
    people.loc[people["area_code"] == SMALL[3], "person_count"] = 400
    fewer = replace(
        areas, populations=people, indicators=figure(dict(zip(SMALL, (10, 20, 30, None), strict=True)))
    )
    basis = with_larger_areas(fewer).indicators.set_index("area_code").loc[FORCE, "basis"]
    assert basis == f"{MADE}: mean weighted by residents (lsoa), of 92% of residents"


def test_own_areas_by_list_and_by_polygon_have_figures_too(areas: AreaSet) -> None:
    whole_and_half = shapely.union_all([square(0), shapely.box(457_000, 339_000, 457_500, 340_000)])
    own = with_own_layers(
        areas,
        [
            OwnLayerRecord("beats", "Beats", (OwnAreaRecord("West", (SMALL[0], SMALL[2])),), "test"),
            OwnLayerRecord("zones", "Zones", (OwnAreaRecord("Edge", wkt=whole_and_half.wkt),), "test"),
        ],
    )
    found = larger(linked_layers(own), figure(dict(zip(SMALL, (10, 20, 30, 40), strict=True))))
    assert found["beats:west"] == round((1500 * 10 + 1700 * 30) / 3200, 6)
    assert found["zones:edge"] == round((1500 * 10 + 800 * 20) / 2300, 6)


def test_making_them_twice_makes_the_same(areas: AreaSet) -> None:
    once = with_larger_areas(replace(areas, indicators=figure(dict(zip(SMALL, (1, 2, 3, 4), strict=True)))))
    pd.testing.assert_frame_equal(with_larger_areas(once).indicators, once.indicators)


def test_no_figures_are_no_figures(areas: AreaSet) -> None:
    assert with_larger_areas(areas).indicators.empty
    assert with_larger_areas(replace(areas, indicators=figure({"E99999999": 3}))).indicators[
        "area_code"
    ].tolist() == ["E99999999"]


SAMPLE_SMALL = sample_area_set().areas.query("level == 'lsoa'")["area_code"].tolist()


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), unit=st.sampled_from(("score", "count")))
def test_a_mean_lies_between_its_parts_and_a_sum_is_the_same_at_every_level(seed: int, unit: str) -> None:
    values = pd.Series(range(len(SAMPLE_SMALL)), dtype="float64").sample(frac=1, random_state=seed).to_numpy()
    areas = sample_area_set()
    rows = figure(dict(zip(SAMPLE_SMALL, values, strict=True)), unit=unit)
    found = with_larger_areas(replace(areas, indicators=rows)).indicators
    found["level"] = found["area_code"].map(areas.areas.set_index("area_code")["level"])
    made = found[found["basis"].str.startswith(MADE)]
    assert {"region", "force", "district", "msoa"} <= set(made["level"])
    if unit == "count":
        totals = (
            made[made["level"].isin(["region", "force", "district", "msoa"])].groupby("level")["value"].sum()
        )
        assert (totals.round(3) == round(values.sum(), 3)).all()
    else:
        assert made["value"].between(values.min(), values.max()).all()


def test_every_known_indicator_says_how_it_combines_and_what_it_cannot_say() -> None:
    known = known_indicators()
    assert {"imd-score", "imd-decile", "imd-without-crime-score", "income-score", "rural-urban"} <= set(known)
    assert all(one.caveats and one.unit for one in known.values())
    assert "crime domain" in " ".join(known["imd-score"].caveats)
    assert {indicator_kind("x", unit).combine for unit in ("count", "Pupils", "persons")} == {"sum"}
    assert {indicator_kind("x", unit).combine for unit in ("%", "per 1,000", "score")} == {"mean"}
    assert indicator_kind("x", "class").combine == "class"


@pytest.mark.real
def test_the_mean_of_scores_agrees_with_the_published_average_of_districts(real_data: Path) -> None:
    """The department publishes the population-weighted average score of each district (IoD 2025)."""
    folder = real_data / "geography"
    areas = import_files(
        [folder / "lsoa21_em_bgc.parquet", folder / "lsoa21_lookup.csv"], onto=sample_area_set()
    )
    small = pd.read_csv(folder / "lsoa21_lookup.csv")
    rows = figure(dict(zip(small["LSOA21CD"], small["imd2025_score"], strict=True)), "imd-score")
    found = pd.Series(larger(areas, rows))
    published = pd.read_csv(folder / "east_midlands_areas.csv").drop_duplicates("LAD24CD")
    published = published.set_index("LAD24CD")["lad_imd2025_avg_score"]
    # The department weighs by the population of mid-2022 without prisoners.
    apart = (found.reindex(published.index) - published).abs()
    assert apart.notna().all()
    assert apart.max() < 0.1
