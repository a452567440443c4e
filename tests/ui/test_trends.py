"""The screen Trends: its charts, words and tables from hand-made answers, and the page on the sample."""

import json
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import SHELL, opened, words
from tests.ui.trend_frames import missing, partial, signal, summary_row, trend_frame, untold
from vrin_data.measures import Stamp
from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.store import Store
from vrin_ui.charts import STRIPES
from vrin_ui.trends import (
    below_tables,
    below_words,
    break_marks,
    line_labels,
    rare_chart,
    season_charts,
    series_words,
    small_chart,
)
from vrin_ui.trends.control_chart import Marks, control_chart, domain
from vrin_ui.trends.trend_choice import number_of
from vrin_ui.trends.trend_icons import assurance_icon, variation_icon
from vrin_ui.trends.trend_points import gap_runs, points, trend_alt
from vrin_ui.trends.trend_table import trend_table

USUAL = ChartSettings()
MIXED = trend_frame({}, signal(18.0), missing(), missing(), partial(3.0), untold(2.0, 9.0), {"value": 11.0})


def drawn() -> pd.DataFrame:
    return points(MIXED, "incidents", USUAL)


def chart_spec(a_stamp: Stamp, **more: Any) -> dict[str, Any]:
    chart = control_chart(drawn(), figure="incidents", title="T", middle="mean", stamp=a_stamp, **more)
    return json.loads(chart.to_json())


def marks_of(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def test_only_whole_months_are_points_and_each_other_month_is_told_apart():
    found = drawn()
    assert found["value"].fillna(-1).tolist() == [10, 18, -1, -1, -1, -1, 11]
    assert found["part"].fillna(-1).tolist() == [-1, -1, -1, -1, 3, -1, -1]
    assert found["high"].fillna(-1).tolist() == [-1, -1, -1, -1, -1, 9, -1]
    assert found["point"].tolist()[:2] == ["Usual variation", "Concern, high"]
    assert found["words"].tolist() == [
        "10 incidents",
        "18 incidents: concern, high (outside the limits)",
        "no submission",
        "no submission",
        "3 incidents in part, left out of the limits",
        "2 to 9 incidents: no single figure can be told",
        "11 incidents",
    ]


def test_months_missing_one_after_another_are_one_gap():
    found = gap_runs(drawn())
    assert found[["from", "to", "label"]].values.tolist() == [
        ["2026-02-14", "2026-04-16", "March 2026 to April 2026"]
    ]


def test_a_feed_that_counts_by_quarter_is_told_by_quarter():
    frame = trend_frame({}, {})
    frame["month"] = pd.to_datetime(["2026-01-01", "2026-04-01"])
    found = points(frame, "incidents", USUAL)
    assert found["label"].tolist() == ["January 2026 to March 2026", "April 2026 to June 2026"]


def test_the_chart_draws_gaps_parts_ranges_limits_and_classes(a_stamp: Stamp):
    spec = chart_spec(a_stamp)
    bands = [len(spec["datasets"][one["data"]["name"]]) for one in marks_of(spec, "rect")]
    assert sorted(bands) == [1, STRIPES]
    lines = [one for one in marks_of(spec, "line") if one["mark"].get("interpolate") == "step"]
    assert [one["mark"]["strokeDash"] for one in lines] == [[1, 0], [7, 4], [7, 4]]
    [classes] = [one for one in marks_of(spec, "point") if "shape" in one["encoding"]]
    assert classes["encoding"]["shape"]["scale"] == {
        "domain": ["Usual variation", "Concern, high"],
        "range": ["circle", "square"],
    }
    assert len(spec["datasets"][classes["data"]["name"]]) == 3


def test_breaks_homicides_and_target_are_drawn_where_there_are_any(a_stamp: Stamp):
    plain = chart_spec(a_stamp)
    breaks = pd.DataFrame(
        [{"month": "2026-02-03", "short": "1", "words": "New", "label": "3 February 2026"}]
    )
    killed = pd.DataFrame(
        [{"month": "2026-02-01", "text": "●2", "label": "February 2026", "words": "2 homicides"}]
    )
    full = chart_spec(
        a_stamp,
        lines=("mean", "upper", "lower", "near_upper", "near_lower"),
        marks=Marks(breaks, killed, 12.5),
    )
    # The upright of the range is there in both; the break and the target are rules too.
    assert len(marks_of(full, "rule")) == len(marks_of(plain, "rule")) + 2
    assert len(marks_of(full, "line")) == len(marks_of(plain, "line")) + 2
    texts = {row.get("text") or row.get("short") for rows in full["datasets"].values() for row in rows}
    assert {"1", "●2", "target\n12.5"} <= texts
    # One legend: a second scale of colours would draw it again.
    assert [one["encoding"]["color"] for one in marks_of(full, "text") if "color" in one["encoding"]] == []


def test_a_series_far_from_nought_does_not_begin_there_and_a_wide_range_does_not_press_it_flat():
    far = points(trend_frame({"value": 400.0}, {"value": 420.0}), "incidents", USUAL)
    low, high = domain(far, ())
    assert 380 < low < 400 < 420 < high
    wide = points(trend_frame({}, untold(0.0, 5000.0)), "incidents", USUAL)
    assert domain(wide, ("upper",))[1] < 100
    alone = points(trend_frame(untold(0.0, 5000.0)), "incidents", USUAL)
    assert domain(alone, ())[1] >= 5000


def test_the_alternative_text_says_level_signals_and_gaps():
    told = trend_alt(drawn(), title="T", figure="incidents")
    for part in (
        "January 2026 to July 2026",
        "Middle line 10.0, limits 4.0 to 16.0",
        "1 of 3 points are more than usual variation",
        "2 no submission",
        "1 in part",
    ):
        assert part in told


def test_the_table_is_newest_first_and_says_what_was_left_out_and_why():
    found = trend_table(MIXED, "incidents", USUAL)
    assert found["Month"].iloc[0] == "July 2026"
    row = found.iloc[-2].to_dict()
    assert (row["Incidents"], row["Class"], row["Why"]) == (18, "Concern, high", "Outside the limits")
    assert found["Received"].tolist()[1:4] == ["whole, no single figure", "in part", "no submission"]
    assert found["In the limits"].tolist() == ["yes", "no", "no", "no", "no", "yes", "yes"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Concern: the latest month is high, outside the limits."),
        (
            {"first_signal_month": pd.Timestamp("2025-11-01"), "last_cause": "run"},
            "part of 7 or more months above the middle; it began with November 2025.",
        ),
        ({"kind": "rare"}, series_words.BY_YEAR),
    ],
)
def test_variation_in_words(values: dict[str, Any], told: str):
    assert series_words.variation(summary_row(**values), USUAL).endswith(told)


def test_the_level_never_reads_below_nought_and_says_that_the_season_is_out():
    assert series_words.level(summary_row(), "incidents") == (
        "March 2026: 18 incidents. Mean 10.0, limits 0.0 to 16.0."
    )
    assert "incidents, the season taken out." in series_words.level(summary_row(), "incidents", is_calm=True)
    assert "Median 10.0." in series_words.level(summary_row(kind="run", lower=None), "incidents")
    assert series_words.level(summary_row(last_value=None), "incidents") == ""


def test_the_basis_says_what_was_left_out_and_where_limits_begin_anew():
    row = summary_row(screened_count=1, rebased_months="2024-04,2025-10")
    assert series_words.basis(row) == (
        "24 whole months in the chart; 2 left out; 1 extreme moving range left out of the limits; "
        "limits begin anew at April 2024, October 2025."
    )


def test_icons_differ_by_more_than_colour_and_carry_their_words():
    icons = [
        variation_icon(*kind, words="W & more")
        for kind in (("improvement", "low"), ("concern", "high"), ("common", ""), ("none", ""))
    ]
    assert len(set(icons)) == 4
    assert all("alt='W &amp; more'" in one for one in icons)
    assert assurance_icon("none", words="W") == ""
    assert len({assurance_icon(one, words="W") for one in ("pass", "fail", "inconsistent")}) == 3


def test_rare_events_have_their_interval_only_where_twelve_months_came_whole(a_stamp: Stamp):
    frame = trend_frame(
        {"value": 2.0, "lower": 0.24, "upper": 7.22},
        {"value": 1.0, "state": "partial", "is_used": False, "lower": 0.03, "upper": 5.57},
        kind="rare",
        first="2024-04",
    )
    rows = rare_chart.rare_rows(frame, "incidents")
    assert rows["period"].tolist() == ["April 2024 to March 2025", "April 2025 to March 2026"]
    assert rows["high"].fillna(-1).tolist() == [7.22, -1]
    assert rows["words"].tolist() == [
        "2; by chance alone it could have been 0.2 to 7.2",
        "1 in the months that came",
    ]
    spec = rare_chart.rare_spec(rows, figure="incidents", title="T", stamp=a_stamp)
    assert spec["layer"][0]["encoding"]["fill"]["scale"]["domain"] == [rare_chart.WHOLE, rare_chart.IN_PART]


def test_a_small_chart_keeps_the_scale_it_is_given():
    spec = small_chart.small_spec(drawn(), figure="incidents", ends=[0, 50])
    scales = [one["encoding"]["y"]["scale"]["domain"] for one in spec["layer"] if "y" in one["encoding"]]
    assert len(scales) >= 5
    assert all(one == [0, 50] for one in scales)


def test_breaks_carry_the_numbers_of_their_list():
    one = {
        "break_id": "a",
        "happened_on": pd.Timestamp("2025-07-01"),
        "title": "New *form*",
        "basis": "national",
        "is_definition_change": True,
    }
    frame = pd.DataFrame([one, one | {"break_id": "b", "basis": "recorded", "is_definition_change": False}])
    assert break_marks.break_marks(frame)["short"].tolist() == ["1, 2", ""]
    told = break_marks.break_list(frame).splitlines()
    assert told[0] == (
        "1. **1 July 2025**: New \\*form\\* (national). Figures before and after count different things."
    )
    assert told[1].startswith("2. ")
    assert break_marks.break_list(frame[:0]) == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("12", 12.0), ("1,200.5", 1200.5), ("x", None), ("-1", None), ("nan", None)],
)
def test_a_target_is_a_number_from_nought_up(text: str, value: float | None):
    assert number_of(text) == value


def test_season_and_outlook_are_refused_in_words():
    row = pd.Series({"is_offered": False, "reason": "short", "points": 7, "error_own": None})
    assert below_words.season_words(row, "incidents").endswith("at least 24 whole months, and there are 7.")
    assert below_words.outlook_words(row, "incidents").endswith("to the last; 7 came whole.")


def test_an_outlook_is_told_beside_its_back_test():
    row = pd.Series(
        {
            "is_offered": False,
            "reason": "not_better",
            "points": 40,
            "error_own": 3.0,
            "error_naive": 2.5,
            "coverage80": 0.75,
            "coverage95": 0.9,
            "origins": 12,
            "forecasts": 70,
        }
    )
    told = below_words.outlook_words(row, "incidents")
    assert told.startswith("No outlook is offered")
    assert "off by 3.0 incidents on average; the same month of the year before was off by 2.5. 75% of" in told


def test_a_change_is_asked_and_not_found():
    frame = pd.DataFrame(
        [
            {
                "month": pd.Timestamp("2025-04-01"),
                "level_before": 60.0,
                "level_after": 80.0,
                "is_season_out": True,
                "is_rebased": False,
                "breaks_near": "",
            }
        ]
    )
    assert below_words.change_words(frame, "incidents") == (
        "- **Did something change in April 2025?** Before it 60.0 incidents a month on average, from then on 80.0, "
        "the season taken out."
    )
    assert "no question" in below_words.change_words(frame[:0], "incidents")


def same_months() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "position": [1, 1, 2],
            "years_ago": [1, 0, 0],
            "year_ending": pd.to_datetime(["2025-03-01", "2026-03-01", "2026-03-01"]),
            "month": pd.to_datetime(["2024-04-01", "2025-04-01", "2025-05-01"]),
            "value": pd.array([5, None, 7], dtype="Float64"),
            "state": ["whole", "missing", "whole"],
        }
    )


def test_the_same_months_stand_side_by_side_and_a_blank_is_no_nought(a_stamp: Stamp):
    assert below_tables.same_month_table(same_months(), "incidents").values.tolist() == [
        ["April", "5", "no submission"],
        ["May", "–", "7"],
    ]
    spec = season_charts.years_spec(same_months(), figure="incidents", title="T", stamp=a_stamp)
    assert spec["layer"][0]["encoding"]["color"]["scale"]["domain"] == [
        "Year to March 2026",
        "Year to March 2025",
    ]
    assert spec["datasets"]["rows"]["value"].isna().sum() == 1


@pytest.fixture
def app(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("VRIN_STORE", str(sample_store.path))
    return AppTest.from_file(SHELL, default_timeout=60)


def test_the_planted_step_stands_out_once_its_season_is_taken_out(app: AppTest):
    opened(app, "trends", area="E06000018", definition="violence-with-injury", season="1", below="changed")
    assert "Nottingham" in app.title[0].value
    told = words(app)
    assert "it began with April 2025" in "".join(one.proto.body for one in app.get("html"))
    assert "Did something change in April 2025?" in told
    assert "1 left out" in told
    [chart] = app.get("vega_lite_chart")
    assert "season taken out" in chart.proto.spec
    assert "SIMULATED DATA" in chart.proto.spec
    assert "no submission" in chart.proto.alt


def test_many_areas_stand_in_the_order_of_their_names_and_open_alone(app: AppTest):
    opened(app, "trends", show="areas", parts="district")
    names = [one.label for one in app.button if one.key and one.key.startswith("open_")]
    assert len(names) == 35
    assert names == sorted(names)
    assert len(app.get("vega_lite_chart")) == 35
    app.button(key="open_E06000016").click().run()
    assert not app.exception
    assert app.title[0].value.endswith("Leicester")
    assert len(app.get("vega_lite_chart")) == 1


def test_homicide_is_never_charted_by_month_and_hospital_counts_have_no_harm(app: AppTest):
    opened(app, "trends", definition="homicide-men-in-public")
    assert "by twelve months" in app.get("vega_lite_chart")[0].proto.alt
    opened(app, "trends", definition="ed-assault-attendances", figure="harm")
    [figure] = [one for one in app.selectbox if one.label == "Figure"]
    assert figure.value == "incidents"
    assert len(figure.options) == 2


def test_groups_of_offences_stand_side_by_side(app: AppTest):
    opened(app, "trends", show="offences", definition="violence-with-injury")
    assert "Other violence with injury" in words(app)
    assert len(app.get("vega_lite_chart")) == 3


def test_breaks_and_limits_have_their_forms_here(app: AppTest):
    opened(app, "trends", show="breaks")
    assert [one.value for one in app.header] == ["Breaks on record", "Limits that begin anew"]
    assert any(one.label == "Record this break" for one in app.button)


def test_a_chart_of_the_certain_part_alone_says_so():
    row = summary_row(last_value=12, last_value_high=47.0, certain_share=0.24)
    assert series_words.level(row, "incidents").startswith("March 2026: at least 12, at most 47 incidents.")
    assert "24% of those that may be" in series_words.certain_words(row, "incidents")
    assert series_words.certain_words(summary_row(), "incidents") == ""
    assert series_words.certain_words(row, "harm") == ""


def test_a_series_that_stood_out_not_long_ago_says_so():
    row = summary_row(
        variation="common",
        last_cause="",
        variation_direction="",
        first_signal_month=pd.NaT,
        earlier_from=pd.Timestamp("2025-04-01"),
        earlier_to=pd.Timestamp("2025-12-01"),
        earlier_reading="concern",
        earlier_direction="high",
    )
    assert series_words.variation(row, USUAL).endswith(
        "But it stood out not long ago: higher than usual (concern), April 2025 to December 2025."
    )


def test_labels_of_lines_stand_apart_and_no_limit_lies_below_nought():
    assert line_labels.spread([70.3, 71.0, 69.9], [0, 100]) == pytest.approx([80.9, 91.9, 69.9])
    assert line_labels.spread([99.0, 98.0], [0, 100]) == pytest.approx([100.0, 89.0])
    frame = trend_frame({"lower": -2944.1}, {"lower": -2944.1})
    assert points(frame, "harm", USUAL)["lower"].tolist() == [0.0, 0.0]
