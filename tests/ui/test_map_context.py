"""What stands beside harm on the map: rank correlation, its words, the maps and points, and the part of the page."""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from vrin_data.measures import Stamp
from vrin_ui.map_context import asset_points, association, context_choice, context_map, scatter


def pairs(values: list[float], harm: list[float]) -> pd.DataFrame:
    names = [f"Area {number}" for number in range(len(values))]
    return pd.DataFrame(
        {"area_code": names, "area_name": names, "harm": harm, "value": values, "class_name": None}
    )


def context(values: list[Any], classes: list[Any] | None = None) -> pd.DataFrame:
    codes = [f"A{number}" for number in range(len(values))]
    return pd.DataFrame(
        {
            "area_code": codes,
            "area_name": [f"Area {code}" for code in codes],
            "value": pd.array(values, dtype="Float64"),
            "class_name": classes or [None] * len(values),
        }
    )


def assets(*kinds: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "asset_name": [f"Place {number}" for number in range(len(kinds))],
            "kind": kinds,
            "contact": [None if number else "0116 496 0000" for number in range(len(kinds))],
            "easting_m": [458000.0] * len(kinds),
            "northing_m": [304000.0] * len(kinds),
            "district_name": ["Leicester"] * len(kinds),
        }
    )


def test_areas_stand_side_by_side_where_both_figures_are_known() -> None:
    shown = pd.DataFrame({"area_code": ["A0", "A1", "A2", "A3"], "area_name": list("abcd")})
    shown["shown"] = pd.array([1.5, None, 3.5, 4.5], dtype="Float64")
    both = association.side_by_side(shown, context([10, 20, None]))
    assert both.to_dict("records") == [
        {"area_code": "A0", "area_name": "a", "harm": 1.5, "value": 10.0, "class_name": None}
    ]
    assert association.left_out_words(shown, both) == (
        "3 areas without one of the two figures are left out; a gap is not zero."
    )
    assert association.left_out_words(both, both) == ""


def test_a_known_rank_correlation_comes_out() -> None:
    # IQ and hours of television, the worked example of Spearman's coefficient: rho = -29/165.
    hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]
    quotient = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110]
    found = association.rank_correlation(pairs(quotient, hours))
    assert found is not None
    assert found.value == pytest.approx(-29 / 165)
    reach = 1.959964 * math.sqrt((1 + (29 / 165) ** 2 / 2) / 7)
    ends = [math.tanh(math.atanh(-29 / 165) + sign * reach) for sign in (-1, 1)]
    assert [found.low, found.high] == pytest.approx(ends)
    assert not found.is_told


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=10, max_size=60))
def test_it_agrees_with_scipy_whatever_the_ties(rows: list[tuple[int, int]]) -> None:
    values, harm = ([float(one) for one in side] for side in zip(*rows, strict=True))
    found = association.rank_correlation(pairs(values, harm))
    if len(set(values)) < 2 or len(set(harm)) < 2:
        assert found is None
        return
    assert found is not None
    assert found.value == pytest.approx(stats.spearmanr(values, harm).statistic)
    assert -1 <= found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("count", [0, 1, 9])
def test_too_few_areas_have_no_correlation(count: int) -> None:
    rows = [float(number) for number in range(count)]
    found = association.rank_correlation(pairs(rows, rows))
    assert found is None
    words = association.association_words(found, figure="Income", measure="Harm", several="districts")
    assert words.startswith("Too few districts have both figures")


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (0.7, 0.6, 0.8, "Mostly, districts where “Income” is higher have more of “Harm”"),
        (-0.4, -0.5, -0.3, "By and large, districts where “Income” is higher have less of “Harm”"),
        (0.1, 0.05, 0.15, "Only slightly more often than not, districts where"),
        (0.2, -0.1, 0.5, "Whether the two go together cannot be told"),
    ],
)
def test_an_association_is_said_by_its_strength_and_never_beyond_its_interval(
    value: float, low: float, high: float, said: str
) -> None:
    found = association.RankCorrelation(value, low, high, 37)
    words = association.association_words(found, figure="Income", measure="Harm", several="districts")
    assert words.startswith(said)
    assert "37 districts" in words
    assert f"{abs(value):.2f}" in words
    assert "caus" not in words


def test_classes_are_told_by_their_middle_area() -> None:
    both = pairs([0, 0, 0], [1, 2, 6]).assign(class_name=["Rural", "Rural", "Urban"])
    assert association.by_class(both).to_dict("records") == [
        {"Class": "Rural", "Areas": 2, "Middle area": 1.5, "Lowest": 1, "Highest": 2},
        {"Class": "Urban", "Areas": 1, "Middle area": 6.0, "Lowest": 6, "Highest": 6},
    ]


def test_what_is_offered_is_what_the_level_has_with_deprivation_first() -> None:
    listed = pd.DataFrame(
        {
            "indicator_id": ["exclusions", "imd-score", "bus-stops", "imd-without-crime-score"],
            "indicator_name": ["Exclusions", "IMD", "Bus stops", "IMD without crime"],
            "levels": [("district",), ("district", "lsoa"), ("district",), ("district", "lsoa")],
        }
    )
    assert list(context_choice.offered_at(listed, "district")) == [
        "imd-without-crime-score",
        "imd-score",
        "bus-stops",
        "exclusions",
    ]
    assert list(context_choice.offered_at(listed, "lsoa")) == ["imd-without-crime-score", "imd-score"]


def test_an_address_that_names_nothing_known_chooses_nothing() -> None:
    parse = context_choice.parse_choice
    assert parse({}, {"imd-score": "IMD"}) == context_choice.ContextChoice("", has_assets=False)
    assert parse({"indicator": "none", "asset": "yes"}, {"imd-score": "IMD"}) == parse({}, {})
    chosen = parse({"indicator": "imd-score", "asset": "1"}, {"imd-score": "IMD"})
    assert chosen == context_choice.ContextChoice("imd-score", has_assets=True)


def test_figures_that_hold_recorded_crime_are_known() -> None:
    holding = [one for one in (*context_choice.FIRST, "crime-score") if context_choice.is_circular(one)]
    assert holding == ["imd-score", "imd-decile", "crime-score"]


def test_a_context_map_has_green_classes_and_tells_a_missing_figure_apart() -> None:
    rows = context([1.5, 2.5, 8.5, 20.5, 30.5, None])
    scale = context_map.context_scale(context_map.ContextFigures(rows, "Score", "score"))
    assert scale.of_values[-1] == context_map.NO_FIGURE
    assert len(set(scale.of_values)) == 6
    assert scale.colours[:-1] == context_map.SHADES
    assert scale.looks[-1].dash != scale.looks[0].dash


def test_figures_below_zero_have_fifths() -> None:
    rows = context([-3.0, -1.0, 0.5, 2.0, None])
    scale = context_map.context_scale(context_map.ContextFigures(rows, "Score", "score"))
    assert len(scale.labels) == 5
    assert scale.of_values[-1] == context_map.NO_FIGURE
    assert list(scale.codes[:4]) == sorted(scale.codes[:4])


def test_classes_keep_their_names() -> None:
    rows = context([None, None, None], ["Urban", "Rural", None])
    found = context_map.ContextFigures(rows, "Kind of area", "class")
    assert context_map.context_scale(found).of_values == ("Urban", "Rural", context_map.NO_FIGURE)
    assert context_map.context_scale(found).labels == ("Rural", "Urban", context_map.NO_FIGURE)
    assert found.title == "Kind of area"
    assert "Rural: 1 areas" in context_map.context_alt(found, heading="Kind")


@given(st.lists(st.one_of(st.none(), st.floats(-50, 50)), min_size=1, max_size=40))
def test_every_area_has_one_class_and_higher_figures_no_lower_one(values: list[float | None]) -> None:
    rows = context([None if one is None else round(one, 3) for one in values])
    scale = context_map.context_scale(context_map.ContextFigures(rows, "Score", "score"))
    assert len(scale.codes) == len(values)
    told = rows["value"].notna().to_numpy()
    assert all(
        (scale.of_values[place] == context_map.NO_FIGURE) == (not told[place]) for place in range(len(told))
    )
    order = np.argsort(rows.loc[told, "value"].to_numpy(dtype="float64"), kind="stable")
    assert list(scale.codes[told][order]) == sorted(scale.codes[told])


def spec_of(a_stamp: Stamp) -> dict[str, Any]:
    found = context_map.ContextFigures(context([1.5, 20.5]), "Score 2025", "score")
    return context_map.context_spec(
        found, outline="district-0.json", level="district", heading="Score by district", stamp=a_stamp
    )


def test_a_map_of_context_is_a_map_of_outlines_by_address(a_stamp: Stamp) -> None:
    spec = spec_of(a_stamp)
    assert spec["data"]["url"] == "/outlines/district-0.json"
    assert spec["datasets"]["values"].to_dict("list") == {
        "id": ["A0", "A1"],
        "band": [0, 1],
        "figure": [1.5, 20.5],
    }


def test_assets_lie_upon_the_map_with_a_shape_for_each_kind(a_stamp: Stamp) -> None:
    kinds = asset_points.with_kinds(assets("School", "Youth club", "School"))
    spec = asset_points.with_assets(spec_of(a_stamp), kinds)
    ground, points = spec["layer"]
    assert ground["data"]["url"] == "/outlines/district-0.json"
    assert "params" in ground
    assert {"title", "projection", "height", "config"} <= {*spec}
    scales = [points["encoding"][channel]["scale"] for channel in ("shape", "color")]
    assert [one["domain"] for one in scales] == [["School", "Youth club"]] * 2
    assert all(len(set(one["range"])) == 2 for one in scales)
    assert len(spec["datasets"]["assets"]) == 3


def test_rare_kinds_share_a_shape() -> None:
    many = [f"Kind {number}" for number in range(9) for _ in range(10 - number)]
    shown = asset_points.with_kinds(assets(*many))
    assert set(shown["shown_kind"]) == {*(f"Kind {number}" for number in range(6)), asset_points.OTHERS}
    assert shown.loc[shown["shown_kind"] == asset_points.OTHERS, "kind"].unique().tolist() == [
        "Kind 6",
        "Kind 7",
        "Kind 8",
    ]
    just = asset_points.with_kinds(assets(*(f"Kind {number}" for number in range(7))))
    assert asset_points.OTHERS not in set(just["shown_kind"])


def test_an_asset_far_away_is_listed_and_not_drawn() -> None:
    found = assets("School", "School", "Refuge")
    found["district_name"] = ["Leicester", None, None]
    assert asset_points.within(found)["asset_name"].tolist() == ["Place 0"]
    assert asset_points.outside_words(found) == (
        "2 assets lie outside of the areas known here and stand in the list alone."
    )
    assert asset_points.outside_words(asset_points.within(found)) == ""


def test_assets_are_listed_with_whom_to_ask() -> None:
    table = asset_points.asset_table(assets("School", "Refuge"))
    assert table.iloc[0].to_dict() == {
        "Name": "Place 0",
        "Kind": "School",
        "Contact": "0116 496 0000",
        "District": "Leicester",
    }
    assert asset_points.assets_alt(assets("School", "Refuge", "School")).startswith(
        "Community assets upon it as points: Refuge: 1; School: 2."
    )


def test_the_chosen_area_stands_out_in_the_scatter(a_stamp: Stamp) -> None:
    both = pairs([1, 2], [3, 4])
    spec = scatter.scatter_spec(
        both, figure="Score", measure="Harm", heading="Harm against score", stamp=a_stamp, chosen="Area 1"
    )
    assert spec["datasets"]["values"]["chosen"].tolist() == [False, True]
    assert (spec["encoding"]["x"]["field"], spec["encoding"]["y"]["field"]) == ("value", "harm")
    assert spec["encoding"]["y"]["scale"]["type"] == "linear"


def test_a_crowd_of_small_areas_has_a_scale_that_says_what_it_is(a_stamp: Stamp) -> None:
    many = [float(number) for number in range(scatter.MANY)]
    spec = scatter.scatter_spec(pairs(many, many), figure="Score", measure="Harm", heading="", stamp=a_stamp)
    assert spec["encoding"]["y"]["scale"]["type"] == "sqrt"
    assert scatter.ROOT_WORDS in " ".join(spec["encoding"]["y"]["title"])


def test_classes_stand_in_rows(a_stamp: Stamp) -> None:
    both = pairs([0, 0], [3, 4]).assign(class_name=["Urban", "Rural"])
    spec = scatter.scatter_spec(both, figure="Kind", measure="Harm", heading="", stamp=a_stamp)
    assert (spec["encoding"]["x"]["field"], spec["encoding"]["y"]["field"]) == ("harm", "class_name")
    assert spec["encoding"]["y"]["sort"] == ["Rural", "Urban"]


def test_a_scatter_is_told_in_words() -> None:
    words = scatter.scatter_alt(pairs([1, 2], [3, 4]), None, heading="Harm against score")
    assert words == (
        "Scatter of 2 areas. Harm against score. Upwards from 3.0 to 4.0. The same figures are in the table below."
    )
    correlation = SimpleNamespace(value=0.5)
    assert "Rank correlation 0.50." in scatter.scatter_alt(pairs([1], [2]), correlation, heading="")  # type: ignore[arg-type]
