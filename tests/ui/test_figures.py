"""Map, trend and table show the same reading of the same figures."""

import pandas as pd
import pytest

from tests.ui.frames import DOUBTED, GAP, KNOWN, NOTHING, RANGED, STAMP, by_area, by_month
from vrin_ui.charts import trend_chart
from vrin_ui.figures import _is_useful, area_table, is_partial, month_table, sum_words
from vrin_ui.readings import reading
from vrin_ui.trend_months import band_words, has_range, trend_alt, trend_data
from vrin_ui.wording import missing_words, number, span, wrapped


def test_figures_that_are_all_in_doubt_are_shown_at_their_highest_and_named_so():
    frame = by_area(["One", "Two"], [DOUBTED, NOTHING])
    assert list(area_table(frame, "incidents")["Incidents, at most"]) == [5, 0]


def test_sure_incidents_are_named_at_least_where_there_may_be_more():
    frame = by_area(["One", "Two"], [RANGED, KNOWN])
    assert reading(frame, "incidents").title == "Incidents, at least"
    assert reading(frame.iloc[[1]], "incidents").title == "Incidents"


def test_the_area_table_goes_by_name_with_gaps_and_the_unplaced_last():
    frame = by_area(["Low", "A gap", "High", "Rest"], [RANGED, GAP, KNOWN, RANGED], unplaced=True)
    table = area_table(frame, "harm-rate")
    assert list(table.columns[:3]) == ["Area", "Harm per 1,000", "Harm (days)"]
    assert list(table["Area"]) == ["High", "Low", "A gap", "Rest"]
    assert list(table["Months"]) == ["1 of 1", "1 of 1", "none", "1 of 1"]
    assert list(table["Harm range"]) == ["40", "20 to 90", "–", "20 to 90"]
    assert pd.isna(table["Harm (days)"].iloc[2])


def test_months_stand_beside_the_figure_where_an_area_lacks_some():
    frame = by_area(["All", "Part", "A gap"], [KNOWN, KNOWN, GAP])
    assert not is_partial(frame)
    frame["months_expected"] = 2
    frame["months_covered"] = [2, 1, 0]
    assert is_partial(frame)
    table = area_table(frame, "harm-rate")
    assert list(table.columns[:3]) == ["Area", "Harm per 1,000", "Months"]
    assert list(table["Months"]) == ["2 of 2", "1 of 2", "none"]


def test_rows_on_unlike_months_say_what_they_add_up_to():
    frame = by_area(["All", "Part", "A gap", "Rest"], [KNOWN, RANGED, GAP, KNOWN], unplaced=True)
    assert sum_words(frame) == ""
    frame["months_covered"] = [2, 1, 0, 2]
    assert sum_words(frame, ("Notts Police 2025-11",)) == (
        "These rows add up to 10 to 14 incidents. A total by month, as under Overview, leaves out a month that "
        "any force is missing from (Notts Police: November 2025); these rows keep it for the other forces."
    )


def test_an_area_that_never_sent_has_an_empty_table_by_month():
    """A table without rows has columns without text, which must not stop the page."""
    table = month_table(by_month("2025-11", [GAP, GAP]))
    assert table.empty
    assert not any(_is_useful(table, name) for name in table.columns if name.endswith("range"))


def test_a_month_without_a_submission_is_a_gap_in_the_trend():
    frame = by_month("2025-11", [GAP, KNOWN, GAP, NOTHING])
    data, _ = trend_data(frame, "harm")
    assert list(data["label"]) == ["December 2025", "January 2026", "February 2026"]
    assert list(data["words"]) == ["40 days", "no submission", "0 days"]
    assert pd.isna(data["central"].iloc[1])
    assert data["central"].iloc[2] == 0
    assert list(month_table(frame)["Received"]) == ["yes", "no submission", "yes"]
    assert trend_alt(data, "harm", title="Harm") == (
        "Line chart. Harm. Highest 40 days in December 2025, lowest 0 in February 2026. "
        "No submission: January 2026. The figures are in the table below the chart."
    )


def test_the_trend_begins_at_zero_marks_its_gap_and_carries_its_stamp():
    data, name = trend_data(by_month("2025-12", [KNOWN, GAP, RANGED]), "harm")
    spec = trend_chart(data, name, title="Harm by month", stamp=STAMP).to_dict()
    marks = [layer["mark"]["type"] for layer in spec["layer"]]
    assert marks == ["rect", "text", "area", "line", "point"]
    assert spec["layer"][3]["encoding"]["y"]["scale"]["domain"][0] == 0
    assert spec["layer"][3]["mark"]["invalid"].startswith("break-paths")
    assert spec["title"]["subtitle"][1].startswith("SIMULATED DATA")


def test_a_band_that_would_flatten_the_line_is_cut_and_its_end_is_named():
    data, _ = trend_data(by_month("2026-01", [(5, 5, 10.0, 20.0, 900.0), (5, 5, 10.0, 30.0, 400.0)]), "harm")
    assert has_range(data)
    assert band_words(data) == (
        "Blue band: lowest to highest reading; it fades where it goes on beyond the chart, to 900."
    )


def test_a_band_that_ends_beyond_the_chart_fades_at_its_top():
    data, name = trend_data(
        by_month("2026-01", [(5, 5, 10.0, 20.0, 900.0), (5, 5, 10.0, 30.0, 400.0)]), "harm"
    )
    spec = trend_chart(data, name, title="Harm by month", stamp=STAMP).to_dict()
    area = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "area")
    assert area["mark"]["color"]["gradient"] == "linear"
    assert [row["high"] for row in spec["datasets"][area["data"]["name"]]] == [75.0, 75.0]


@pytest.mark.parametrize(("measure", "title"), [("harm", "Harm (days)"), ("incidents", "Incidents")])
def test_months_without_a_single_figure_are_a_range_in_both_charts(measure: str, title: str):
    data, name = trend_data(by_month("2026-01", [DOUBTED, DOUBTED]), measure)
    assert name == title
    assert data["central"].isna().all()
    assert data["is_open"].all()
    assert band_words(data).endswith("No month has a single figure, so there is no line.")
    spec = trend_chart(data, name, title="By month", stamp=STAMP).to_dict()
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["area", "rule", "line", "point"]


def test_one_month_without_a_single_figure_is_marked_and_said():
    data, _ = trend_data(by_month("2026-01", [KNOWN, DOUBTED, KNOWN]), "harm")
    assert list(data["is_open"]) == [False, True, False]
    assert list(data["words"]) == ["40 days", "0 to 50 days", "40 days"]
    assert band_words(data).endswith("Upright line: a month without a single figure.")
    assert "1 month without a single figure, from 0 to 50 days." in trend_alt(data, "harm", title="Harm")


def test_a_month_whose_harm_has_no_weight_is_labelled():
    data, name = trend_data(by_month("2026-01", [KNOWN, (0, 1, None, None, None), KNOWN]), "harm")
    assert list(data["words"]) == ["40 days", "cannot be told", "40 days"]
    assert "Cannot be told: February 2026." in trend_alt(data, "harm", title="Harm")
    spec = trend_chart(data, name, title="By month", stamp=STAMP).to_dict()
    texts = [layer["mark"]["text"] for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert texts == ["cannot be told"]


def test_counts_are_named_whole_on_the_axis():
    data, name = trend_data(by_month("2026-01", [(1, 1, 0.0, 0.0, 0.0), (2, 2, 0.0, 0.0, 0.0)]), "incidents")
    spec = trend_chart(data, name, title="By month", stamp=STAMP).to_dict()
    axes = [layer["encoding"]["y"].get("axis") for layer in spec["layer"]]
    assert [axis["tickMinStep"] for axis in axes if axis] == [1, 1]


def test_words():
    assert [number(None), number(1234.5), number(0.25, 1), span(1, 1.2), span(1000, 2000)] == [
        "–", "1,234", "0.2", "1", "1,000 to 2,000",
    ]  # fmt: skip
    assert missing_words("Leics Police 2025-01 to 2025-03") == "Leics Police: January 2025 to March 2025"
    assert missing_words("Derbyshire: never sent this feed") == "Derbyshire: never sent this feed"
    assert wrapped("a · bb · ccc", 7, at=" · ") == ["a · bb", "ccc"]
    assert wrapped("", 7) == []
