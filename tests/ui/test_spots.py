"""The screen Harm spots: its words and tables from small frames, and the page on the sample."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import SHELL, opened
from vrin_data.measures import Stamp
from vrin_data.store import Store
from vrin_ui.classes import NO_SUBMISSION, NOT_TOLD
from vrin_ui.spots import spot_map, spot_tables, spot_words
from vrin_ui.spots.concentration_chart import EVEN, lorenz_spec


def judged(**columns: list[Any]) -> pd.DataFrame:
    """Four areas of an answer on spots: two that touch, one alone, and one that never sent."""
    frame = pd.DataFrame(
        {
            "area_code": ["A", "B", "C", "D"],
            "area_name": ["Ash", "Beech", "Cedar", "Dogwood"],
            "district_name": ["Leicester", "Blaby", "Leicester", None],
            "value": [3.0, 2.5, np.nan, np.nan],
            "residents": pd.array([1000, 1500, 0, 1200], dtype="Int64"),
            "incident_count": pd.array([7, 5, 1, None], dtype="Int64"),
            "harm_days": pd.array([100.5, 60.0, 19.0, None], dtype="Float64"),
            "z": [4.2, 3.9, np.nan, np.nan],
            "q_value": [0.001, 0.02, np.nan, np.nan],
            "is_spot": [True, True, False, False],
            "spot_number": pd.array([1, 1, None, None], dtype="Int64"),
            "years_as_spot": pd.array([2, 1, 0, None], dtype="Int64"),
            "years_judged": pd.array([3, 3, 3, None], dtype="Int64"),
            "is_gap": [False, False, False, True],
        }
    )
    return frame.assign(**columns)


def summary(**values: Any) -> pd.Series:
    return pd.Series(
        {
            "figure": "harm",
            "place_count": 200,
            "total": 900.0,
            "share_of_places_half": 0.055,
            "random_share_of_places_half_low": 0.07,
            "random_share_of_places_half_high": 0.09,
            **values,
        }
    )


def test_a_spot_is_one_row_with_its_areas_by_name_and_the_steadiest_of_them():
    assert spot_tables.spots_table(judged()).to_dict("records") == [
        {
            "Spot": "1",
            "Areas": "Ash and Beech",
            "District": "Blaby and Leicester",
            "Incidents": 12,
            "Harm (days)": 160.5,
            "Residents": 2500,
            "Stood out": "2 of 3 years",
        }
    ]


def test_many_areas_of_one_spot_are_counted_after_the_first():
    rows = [judged().iloc[[0]].assign(area_name=f"Area {n:02d}") for n in range(15)]
    many = pd.concat(rows, ignore_index=True)
    areas = spot_tables.spots_table(many)["Areas"].iloc[0]
    assert areas.startswith("Area 00, Area 01")
    assert areas.endswith("Area 11 and 3 more")


def test_no_spot_gives_an_empty_table():
    assert spot_tables.spots_table(judged(is_spot=[False] * 4)).empty


def test_classes_tell_both_from_one_alone_and_what_is_not_known():
    other = judged(is_spot=[True, False, False, False])
    found = spot_map.spot_classes(judged(), other, alone=spot_map.HOT)
    assert [*found] == [spot_map.BOTH, spot_map.HOT, NOT_TOLD, NO_SUBMISSION]


def test_spots_stand_above_the_rest_in_a_strong_border(a_stamp: Stamp):
    spec = spot_map.spot_spec(
        judged(), judged(), alone=spot_map.HOT, outline="o.json", level="lsoa", heading="Spots", stamp=a_stamp
    )
    assert spec["encoding"]["strokeWidth"]["condition"]["test"] == "indexof([0], datum.band) >= 0"
    assert spec["datasets"]["values"]["band"].tolist() == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {},
            "Half of the harm falls in **11 of 200** wards (5.5%). Fallen by chance, it would be 7.0% to 9.0%: more",
        ),
        ({"share_of_places_half": 0.08}, ": no more concentrated than chance makes it."),
        (
            {"share_of_places_half": 0.3},
            "**60 of 200** wards (30%). Fallen by chance, it would be 7.0% to 9.0%: more even",
        ),
        ({"figure": "incidents", "total": 19.0}, "too few incidents to read anything into that."),
        ({"share_of_places_half": pd.NA}, "There is no figure of harm here."),
    ],
)
def test_half_in_words(values: dict[str, Any], words: str):
    assert words in spot_words.half_words(summary(**values), "wards")


def test_harm_without_homicide_is_told_only_where_it_is_another_figure():
    rows = pd.DataFrame([summary(), summary(figure="harm without homicide")])
    assert spot_words.without_twin(rows)["figure"].tolist() == ["harm"]
    rows.loc[1, "total"] = 800.0
    assert len(spot_words.without_twin(rows)) == 2


def test_what_stands_out_in_words():
    none = judged(is_spot=[False] * 4)
    one = judged(is_spot=[True, False, False, False])
    assert (
        spot_words.found_words(none, none, "wards") == "No wards stand out, neither by incidents nor by harm."
    )
    assert spot_words.found_words(judged(), judged(), "wards").endswith("They are the same places.")
    assert spot_words.found_words(judged(), one, "wards") == (
        "Of 4 wards, **2 stand out** by incidents and **1 stands out** by harm. 1 stands out by both."
    )
    assert spot_words.found_words(one, none, "wards").endswith("None stands out by both.")


def test_years_that_could_not_be_judged_are_no_zero():
    assert spot_words.years_words(pd.NA, pd.NA) == spot_words.years_words(0, 0) == "no year could be judged"


def test_the_curves_have_a_line_for_each_figure_there_is_and_the_even_one(a_stamp: Stamp):
    curves = pd.DataFrame({"figure": ["harm"] * 2, "rank_share": [0.0, 1.0], "cumulative_share": [0.0, 1.0]})
    spec = lorenz_spec(curves, title="T", stamp=a_stamp)
    for channel in ("color", "strokeDash"):
        scale = spec["encoding"][channel]["scale"]
        assert scale["domain"] == ["Harm", EVEN]
        assert len(scale["range"]) == 2


@pytest.fixture
def app(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("VRIN_STORE", str(sample_store.path))
    return AppTest.from_file(SHELL, default_timeout=60)


def test_the_page_on_the_sample_says_in_how_few_places_and_names_the_spots(app: AppTest):
    opened(app, "hotspots", definition="most-serious-violence", **{"from": "2023-04", "to": "2026-03"})
    assert not app.exception
    assert app.title[0].value == "Harm spots: Most serious violence"
    told = [one.value for one in app.markdown]
    assert sum(one.startswith("- Half of the") for one in told) == 3
    charts = app.get("vega_lite_chart")
    assert len(charts) == 3
    assert all("SIMULATED DATA" in one.proto.spec and len(one.proto.alt) > 60 for one in charts)
    assert "Leicester neighbourhood 053" in app.dataframe[1].value["Areas"].iloc[0]


def test_too_few_places_are_refused_in_words(app: AppTest):
    opened(app, "hotspots", area="E06000017", places="msoa")
    assert not app.exception
    assert any("areas" in one.value for one in app.info)
