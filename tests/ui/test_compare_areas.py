"""The screen Compare areas: choices kept in the address, words that are no league table, and what a funnel draws."""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import SHELL
from vrin_data.measures import Stamp
from vrin_data.store import Store
from vrin_ui.compare_areas import compare_words, funnel_chart, list_acts, months_chart
from vrin_ui.compare_areas.compare_tables import areas_table, months_table

LEICESTER, NOTTINGHAM = "E06000016", "E06000018"


def an_area(name: str, **values: object) -> dict[str, object]:
    row: dict[str, object] = {
        "area_name": name,
        "class": "within",
        "value": 2.0,
        "value_most": 2.0,
        "lower95": 1.0,
        "upper95": 3.0,
        "lower998": 0.5,
        "upper998": 4.0,
        "observed": 200.0,
        "observed_most": 200.0,
        "expected": 210.0,
        "z_adjusted": -0.3,
        "resident_years": 50_000.0,
        "residents": 100_000,
        "months_whole": 6,
        "months_expected": 6,
        "is_chosen": False,
        "is_gap": False,
        "is_untold": False,
        "is_busy_centre": False,
        "comparator_rank": pd.NA,
    }
    return row | values


AREAS = pd.DataFrame(
    [
        an_area("Ashby"),
        an_area("Corby", **{"class": "high998"}, value=5.0, z_adjusted=4.0, resident_years=90_000.0),
        an_area("Derby", **{"class": "none"}, value=None, is_gap=True, months_whole=0),
        an_area(
            "Oadby", **{"class": "low95"}, value=0.9, z_adjusted=-2.1, is_chosen=True, observed_most=260.0
        ),
    ]
)
SUMMARY = pd.Series(
    {
        "figure": "incidents-rate",
        "target": 2.1,
        "area_count": 3,
        "phi": 4.5,
        "tau2": 0.02,
        "used_count": 3,
        "outliers": "winsorise",
        "is_adjusted": True,
    }
)


def test_the_result_names_who_lies_outside_and_ranks_nobody():
    assert compare_words.result_words(AREAS, SUMMARY, "districts") == (
        "Together these 3 districts have **2.10 incidents** per 1,000 residents a year. **1 lies above the 95% "
        "limits**: Corby (above 99.8% too). **1 lies below the 95% limits**: Oadby. 1 lies within them and cannot be "
        "told apart."
    )


def test_the_area_compared_is_told_with_its_limits():
    assert compare_words.chosen_words(AREAS, SUMMARY) == (
        "**Oadby**: 0.90 incidents per 1,000 residents a year, below the 95% limits for as many residents "
        "(1.00 to 3.00)."
    )
    assert compare_words.chosen_words(AREAS.assign(is_chosen=False), SUMMARY) == ""
    gap = AREAS.assign(is_chosen=AREAS["area_name"] == "Derby")
    assert compare_words.chosen_words(gap, SUMMARY).startswith(
        "**Derby** is no point here: no whole month came"
    )


def test_nobody_outside_is_said_and_none_to_compare_too():
    within = AREAS.assign(**{"class": "within"})
    assert "**None lies outside of the limits**" in compare_words.result_words(within, SUMMARY, "districts")
    none = AREAS.assign(**{"class": "none"})
    assert compare_words.result_words(none, SUMMARY, "districts").startswith(
        "**None of these districts can be"
    )


def test_areas_that_are_no_points_are_named_with_the_reason():
    rows = AREAS.assign(is_untold=AREAS["area_name"] == "Ashby")
    rows.loc[0, "class"] = "none"
    told = compare_words.left_out_words(rows)
    assert "Derby (no whole month came" in told
    assert "Ashby (more than half" in told


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Limits are widened by it"),
        ({"is_adjusted": False}, "Limits are those of chance alone and leave it out"),
        ({"is_adjusted": False, "tau2": 0.0}, "No over-dispersion was found"),
    ],
)
def test_over_dispersion_is_told_whatever_is_done_about_it(changes: dict[str, object], words: str):
    told = compare_words.spread_words(pd.Series({**SUMMARY, **changes}))
    assert words in told
    assert "φ 4.50" in told


@pytest.mark.parametrize(("rate", "digits"), [(0.97, 2), (69.0, 1), (119.0, 0), (float("nan"), 0)])
def test_rates_are_told_in_about_three_figures(rate: float, digits: int):
    assert compare_words.digits_of(rate) == digits


def test_the_table_keeps_name_order_and_shows_what_may_be_in_besides():
    table = areas_table(AREAS, "incidents-rate", 2)
    assert table["Area"].tolist() == ["Ashby", "Corby", "Derby", "Oadby"]
    assert table["At most"].tolist() == [pd.NA, pd.NA, pd.NA, 260]
    assert table.loc[2, ["Where", "Months"]].tolist() == ["No point", "none"]
    assert table.loc[3, "95% limits"] == "1.00 to 3.00"


def test_the_funnel_draws_no_point_for_a_gap_and_names_whom_it_must(a_stamp: Stamp):
    data = funnel_chart.funnel_data(AREAS, 2)
    assert data["area"].tolist() == ["Ashby", "Corby", "Oadby"]
    assert data["label"].tolist() == ["", "Corby", "Oadby"]
    assert data["people"].tolist() == [100_000, 180_000, 100_000]
    curve = pd.DataFrame({"resident_years": [20_000.0, 100_000.0], "target": 2.1})
    for name in ("lower95", "upper95", "lower998", "upper998"):
        curve[name] = curve[f"chance_{name}"] = 3.0
    spec = funnel_chart.funnel_chart(
        data, curve, months=6, axis="Rate", title="Funnel", line="", stamp=a_stamp, is_adjusted=True
    ).to_dict()
    # Four lines of limits, four of chance alone, the rate of all, points, the ring, and names on two sides.
    assert len(spec["layer"]) == 4 + 4 + 1 + 1 + 1 + 2
    assert [*spec["layer"][9]["encoding"]["shape"]["scale"]["range"]] == [
        "triangle-up",
        "circle",
        "triangle-down",
    ]


def test_names_that_would_run_into_each_other_are_left_to_the_table():
    twins = pd.concat(
        [AREAS, AREAS[AREAS["area_name"] == "Corby"].assign(area_name="Corby West")], ignore_index=True
    )
    assert sorted(filter(None, funnel_chart.funnel_data(twins, 2)["label"])) == ["Corby", "Oadby"]


def months() -> pd.DataFrame:
    when = pd.to_datetime(["2026-01-01", "2026-02-01", "2026-03-01"])
    own = pd.DataFrame({"area_code": "a", "area_name": "Oadby", "month": when, "is_chosen": True})
    own["value"], own["state"] = [1.0, None, 0.5], ["whole", "missing", "partial"]
    other = own.assign(area_code="b", area_name="Derby", is_chosen=False, value=2.0, state="whole")
    band = {"comparator_count": 3, "comparator_low": 1.0, "comparator_median": 2.0, "comparator_high": 3.0}
    return pd.concat([own, other], ignore_index=True).assign(**band)


def test_months_keep_gaps_and_partial_months_apart(a_stamp: Stamp):
    data = months_chart.month_data(months(), 1)
    assert data["words"].tolist() == ["1.0", "no submission", "0.5 in the part that came"]
    assert data["value"].isna().tolist() == [False, True, True]
    assert months_table(months(), 1)["Received"].tolist() == ["in part", "no submission", "yes"]
    chart = months_chart.months_chart(
        months(), area="Oadby", title="Months", digits=1, stamp=a_stamp
    ).to_dict()
    assert any("no submission" in str(layer["mark"].get("text")) for layer in chart["layer"])
    assert "1 month did not come" in months_chart.months_alt(months(), "Months", 1)


@pytest.fixture
def app(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("VRIN_STORE", str(sample_store.path))
    return AppTest.from_file(SHELL, default_timeout=60)


def test_a_link_reopens_the_same_comparison(app: AppTest):
    asked = {
        "area": LEICESTER,
        "of": "incidents-rate",
        "with": "region",
        "limits": "chance",
        "from": "2025-04",
    }
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    app.switch_page("../pages/compare_areas.py").run()
    assert not app.exception
    boxes = {one.label: one.value for one in app.selectbox}
    assert (boxes["Area compared"], boxes["Compared with"], boxes["Limits"]) == (
        LEICESTER,
        "region",
        "chance",
    )
    said = "\n".join(one.value for one in [*app.markdown, *app.caption])
    assert "**Leicester**: 2.13 incidents per 1,000 residents a year, above the 95% limits" in said
    assert "VRIN makes none up" in said
    assert [one.proto.alt.split(".")[0] for one in app.get("vega_lite_chart")] == [
        "Funnel plot of 35 areas",
        "Line chart",
    ]


def test_a_list_is_looked_at_saved_changed_and_brought_back(
    store_with_areas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("VRIN_STORE", str(shutil.copytree(store_with_areas, tmp_path / "store")))
    content = b"district,most similar\nLeicester,Nottingham\n"
    found = list_acts.look("list.csv", content, list_id="own", name="Own choice", source="", level="district")
    assert found.comparators.of_areas == {LEICESTER: (NOTTINGHAM,)}
    assert found.comparators.source == "list.csv"
    who = {"by": "J Smith", "reason": "agreed by the board"}
    assert "version 1, of 1 areas" in list_acts.save(found.comparators, **who)
    list_acts.set_area("own", LEICESTER, ["E06000015"], **who)
    assert list_acts.lists_on_record()["own"].comparators.of_areas == {LEICESTER: ("E06000015",)}
    assert [one.version for one in list_acts.earlier_versions()] == [1]
    assert "as version 3" in list_acts.restore("own", 1, **who)
    assert "out of use" in list_acts.retire("own", **who)
    assert list_acts.lists_on_record() == {}


def test_an_area_whose_range_crosses_a_limit_is_drawn_hollow_with_its_range_and_named_as_open():
    row = an_area(
        "Boston", **{"class": "open"}, value=0.4, value_most=2.5, observed_most=250.0, is_chosen=True
    )
    rows = pd.DataFrame([row, an_area("Corby")])
    words = compare_words.chosen_words(rows, SUMMARY)
    assert "from 0.40 to 2.50 incidents" in words
    assert "cannot be told" in words
    assert "Of Boston it cannot be told" in compare_words.result_words(rows, SUMMARY, "districts")
    data = funnel_chart.funnel_data(rows, 2)
    assert [*data["is_open"]] == [True, False]
    assert data["rate"].iloc[0] == "0.40 to 2.50"
