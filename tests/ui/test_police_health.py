"""The screen Police and health: its charts and tables from small frames, and the page with and without person keys."""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.measures.builds import LEICS, LEICS_POLICE
from tests.measures.linked_build import LinkedBuild
from tests.ui.feed_store import SHELL, opened
from vrin_data.contract.periods import later
from vrin_data.report.triangulation_words import ON_CHART
from vrin_data.store import Store
from vrin_ui.police_health import health_tables, linked_chart, month_chart, ratio_chart

MONTHS = pd.date_range("2025-01-01", periods=4, freq="MS")


def months() -> pd.DataFrame:
    """A month of each state: whole and compared, in part, missing, not to be told."""
    return pd.DataFrame(
        {
            "month": MONTHS,
            "source": "ed-assaults",
            "source_name": "ED",
            "value": pd.array([10, 4, None, None], dtype="Float64"),
            "value_low": pd.array([10, 4, None, None], dtype="Float64"),
            "value_high": pd.array([10, 4, None, None], dtype="Float64"),
            "state": ["whole", "partial", "missing", "untold"],
            "population": pd.array([2000] * 4, dtype="Int64"),
            "rate_per_1000": pd.array([5, 2, None, None], dtype="Float64"),
            "index": pd.array([100, None, None, None], dtype="Float64"),
            "is_compared": [True, False, False, False],
            "ratio": [0.5, np.nan, np.nan, np.nan],
            "ratio_low": [0.2, np.nan, np.nan, np.nan],
            "ratio_high": [np.inf, np.nan, np.nan, np.nan],
        }
    )


def test_only_a_whole_month_is_a_point_of_the_line_and_a_missing_one_is_no_nought():
    data = month_chart.month_data(months(), "rate")
    assert data["value"].tolist()[:1] == [5.0]
    assert data["value"].isna().tolist() == [False, True, True, True]
    assert data["part"].tolist()[1] == 2.0
    assert data["words"].tolist() == [
        "5.000",
        "2.000 in the part that came",
        "no submission",
        "cannot be told",
    ]


def test_a_ratio_without_an_upper_limit_is_drawn_without_one():
    data = month_chart.month_data(months(), "ratio")
    assert data["value"].tolist()[0] == 0.5
    assert data["high"].isna().all()
    told = month_chart.month_alt(data, "Title")
    assert (
        "Not compared, since it did not come whole from both: February 2025, March 2025 and April 2025"
        in told
    )
    assert ON_CHART in told


def test_the_table_of_months_is_newest_first_and_says_what_came():
    table = health_tables.month_table(months())
    assert table["Received"].tolist() == ["cannot be told", "no submission", "in part", "whole"]
    assert table["Count"].tolist() == ["–", "–", "4", "10"]
    assert table["Health for each crime"].tolist()[-1] == "0.50 (0.20 to no upper limit)"


def test_areas_that_are_not_compared_are_on_no_chart():
    frame = pd.DataFrame(
        {
            "area_name": ["Ash", "Beech"],
            "is_comparable": [True, False],
            "reason": ["", "not_sent"],
            "health_count_low": [5, None],
            "health_count_high": [5, None],
            "ratio": [0.5, None],
            "ratio_low": [0.2, None],
            "ratio_high": [1.2, None],
        }
    )
    data = ratio_chart.ratio_rows(frame)
    assert data[["name", "words"]].values.tolist() == [["Ash", "0.50 for each recorded crime (0.20 to 1.20)"]]
    assert ON_CHART in ratio_chart.ratio_alt(data, "Title")


def test_the_bars_of_persons_stand_end_to_end():
    rows = pd.DataFrame(
        {
            "window_days": [7],
            "police_only_person_count": [3],
            "matched_person_count": [1],
            "health_only_person_count": [2],
        }
    )
    data = linked_chart.matched_data(rows)
    assert data[["seen", "start", "end"]].values.tolist() == [
        ["Police alone", 0, 3],
        ["Both", 3, 4],
        ["Health alone", 4, 6],
    ]
    assert "police alone 3, both 1, health alone 2 persons" in linked_chart.matched_alt(data, "Title")


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    build = LinkedBuild()
    build.home |= {"leicester-ed": LEICS}
    for number in range(12):
        month = later(date(2025, 1, 1), number)
        crimes = build.sent(LEICS_POLICE, month)
        seen = build.sent("leicester-ed", month, feed_id="ed-assaults")
        build.crime(crimes, month, f"k1:{number:064x}")
        build.attendance(seen, month, f"k1:{number + number % 2:064x}")
    store = build.publish(tmp_path_factory.mktemp("linked screen"))
    yield store
    store.close()


def page(store: Store, monkeypatch: pytest.MonkeyPatch, **address: str) -> AppTest:
    monkeypatch.setenv("VRIN_STORE", str(store.path))
    app = AppTest.from_file(SHELL, default_timeout=60)
    opened(app, "police_health", **address)
    assert not app.exception
    return app


def test_persons_matched_stand_with_both_windows_and_a_bound_for_analysts(
    linked: Store, monkeypatch: pytest.MonkeyPatch
):
    app = page(linked, monkeypatch)
    told = " ".join(one.value for one in app.markdown)
    assert "6 of 12 emergency department attendances with a person key (50%" in told
    assert "within 7 days" in told
    assert "within 30 days" in told
    assert "A lower bound, for analysts alone" in told


def test_the_sample_stands_side_by_side_and_says_how_to_bring_keys(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
):
    app = page(sample_store, monkeypatch, at="E23000021")
    assert "cannot say how many of the patients are unknown" in app.info[0].value
    assert "pseudonyms --make-key k1" in app.info[-1].value
    charts = [*app.get("vega_lite_chart"), *app.get("arrow_vega_lite_chart")]
    assert len(charts) >= 8
    assert all(len(one.proto.alt) > 60 and ON_CHART in one.proto.alt for one in charts)


def test_by_district_the_departments_cannot_be_compared_and_it_is_said(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
):
    app = page(sample_store, monkeypatch, places="district", at="E06000016", show="ratio")
    told = " ".join(one.value for one in app.markdown)
    assert "no finer than a police force area" in told


def test_a_definition_of_patients_is_sent_to_the_other_side(
    sample_store: Store, monkeypatch: pytest.MonkeyPatch
):
    app = page(sample_store, monkeypatch, definition="ed-assault-attendances")
    assert any("counts patients" in one.value for one in app.warning)
