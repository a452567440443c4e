"""The screen Who, when, where: its words and tables from small frames, its charts, and the page on the sample."""

from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import SHELL, opened
from vrin_data.measures import Stamp
from vrin_data.store import Store
from vrin_ui.who_when import who_tables, who_words
from vrin_ui.who_when.when_chart import week_chart
from vrin_ui.who_when.where_chart import months_chart
from vrin_ui.who_when.who_bars import DOUBT_WORDS, bars, columns
from vrin_ui.who_when.who_chart import pyramid

PERIOD = {"from": "2025-04", "to": "2026-03"}


def public(**values: Any) -> pd.Series:
    return pd.Series(
        {
            "incident_count_low": 31.0,
            "total_low": 100.0,
            "total_high": 100.0,
            "not_recorded_count_high": 22.0,
            "share_low": 0.31,
            "share_high": 0.47,
            "not_recorded_share": 0.22,
            **values,
        }
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "**31% to 47%**, depending on the 22% of which the place is not recorded."),
        ({"share_high": 0.31, "not_recorded_count_high": 0.0}, "**31%**."),
        (
            {"total_high": 120.0, "not_recorded_count_high": 0.0},
            "**31% to 47%**, depending on whether those in doubt are in the definition.",
        ),
    ],
)
def test_the_share_in_public_space_in_words(values: dict[str, Any], words: str):
    assert (
        who_words.public_words(public(**values))
        == f"In public space (street, park, public transport): {words}"
    )


def test_no_share_in_public_space_below_ten():
    assert "%" not in who_words.public_words(public(share_low=pd.NA, share_high=pd.NA))


@pytest.mark.parametrize(
    ("share", "words"),
    [(0, "0%"), (0.0001, "less than 0.1%"), (0.004, "0.4%"), (0.0097, "1%"), (0.355, "36%"), (1, "100%")],
)
def test_a_share_in_words(share: float, words: str):
    assert who_words.percent(share) == words


def basis(*rows: tuple[str, bool, int, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["words", "is_counted", "incident_count_low", "incident_count_high"])
    return frame.assign(share_of_incidents=pd.NA)


def test_of_how_many_the_hour_is_told_in_words():
    told = who_words.told_words(
        basis(("in hours", True, 80, 90), ("a day", False, 10, 10), ("none", False, 5, 6))
    )
    assert (
        told
        == "The hour is told of **80 to 90** of 95 to 106 incidents. Left out here: 10 (a day) and 5 to 6 (none)."
    )
    assert (
        who_words.told_words(basis(("in hours", True, 3, 3))) == "The hour is told of **3** of 3 incidents."
    )
    assert who_words.told_words(basis()) == "There are no incidents here."


def recorded(*rows: tuple[bool, int, int, float | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["is_recorded", "person_count_low", "person_count_high", "share"])
    return frame.astype({"share": "Float64"})


def test_what_is_not_recorded_in_words():
    said = who_words.unknown_words
    assert said(recorded((True, 80, 80, 0.8), (False, 20, 20, 0.2)), "age") == "Age is not recorded for 20%."
    assert said(recorded((True, 80, 80, 1.0), (False, 0, 0, 0.0)), "sex") == "Sex is recorded for all."
    assert said(recorded((False, 80, 80, 1.0)), "ethnicity") == "Ethnicity is not recorded for any."
    assert "%" not in said(recorded((True, 5, 5, None), (False, 2, 2, None)), "age")
    in_doubt = recorded((True, 80, 80, 1.0), (False, 0, 300, 0.0))
    assert (
        said(in_doubt, "age")
        == "Age is not recorded for 0% of those certain, and for 300 more that are in doubt."
    )


def by_month(*unknown: float | None) -> pd.DataFrame:
    """Months with a share of places not recorded, the rest streets; None for a month that did not come."""
    rows = []
    for number, share in enumerate(unknown):
        month = pd.Timestamp(2025, 1 + number, 1)
        state = "whole" if share is not None else "missing"
        count = None if share is None else 100.0
        for code, own in (("street", None if share is None else 1 - share), ("not_recorded", share)):
            rows.append((month, state, code, own, count if own is None else own * 100))
    frame = pd.DataFrame(rows, columns=["month", "state", "code", "share", "incident_count_low"])
    return frame.astype({"share": "Float64", "incident_count_low": "Float64"})


def test_a_drift_of_what_is_recorded_is_named():
    words = who_words.drift_words(by_month(0.1, 0.1, 0.1, None, 0.4, 0.4, 0.4), "kind of place")
    assert words.startswith("Not recorded: 10% in the first three whole months, 40% in the last three.")
    assert "What is recorded of kind of place has changed" in words
    steady = who_words.drift_words(by_month(*[0.1] * 6), "kind of place")
    assert "changed" not in steady
    assert who_words.drift_words(by_month(*[0.1] * 5), "kind of place") == ""
    assert who_words.drift_words(by_month(*[0.0] * 6), "kind of place") == ""


def test_by_month_what_is_not_recorded_stands_at_the_foot_and_a_gap_has_its_words(a_stamp: Stamp):
    shares, labels = who_tables.month_shares(by_month(0.1, None, 0.4), "location_type")
    assert labels == ["Street", "Not recorded"]
    spec = months_chart(shares, labels, title="T", stamp=a_stamp).to_dict()
    data = [*spec["datasets"].values()]
    assert {"Feb 25": "no submission"} in [{row["month"]: row.get("why") for row in rows} for rows in data]


def week(weekday: int, hour: int, count: float) -> pd.DataFrame:
    cells = [(day, at) for day in range(1, 8) for at in range(24)]
    frame = pd.DataFrame(cells, columns=["weekday", "hour"])
    names = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    frame["weekday_name"] = [names[day - 1] for day, _ in cells]
    is_it = (frame["weekday"] == weekday) & (frame["hour"] == hour)
    frame["incident_count_low"] = is_it * count
    frame["incident_count_high"] = is_it * (count + 1)
    return frame.assign(harm_days=pd.NA, harm_days_high=is_it * 100.0)


def test_the_week_as_cells_table_and_words(a_stamp: Stamp):
    frame = week(6, 23, 120.0)
    weight = who_tables.weight_of(frame, "incidents")
    cells = who_tables.week_cells(frame, weight)
    assert len(cells) == 168
    busy = cells[cells["value"] > 0].iloc[0]
    assert (busy["day"], busy["hour"], busy["words"]) == ("Sat", "23:00", "120")
    table = who_tables.week_table(cells)
    assert [*table.columns] == ["Hour beginning", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    assert table.loc[23, "Sat"] == 120
    assert who_words.busiest_words(cells).endswith("The single busiest begins at 23:00 on Saturday.")
    assert who_words.busiest_words(cells.assign(value=0.0)) == ""
    spec = week_chart(cells, axis="Incidents", title="T", stamp=a_stamp).to_dict()
    assert [layer["mark"]["type"] for layer in spec["layer"]] == ["rect", "text"]


def test_what_is_drawn_where_nothing_is_certain():
    frame = week(1, 0, 0.0)
    assert who_tables.weight_of(frame, "incidents").name == "Incidents, at most"
    assert who_tables.weight_of(frame, "harm").name == "Harm (days), at most"


def of_places(*rows: tuple[str, int, int, float | None]) -> pd.DataFrame:
    columns_ = ["code", "incident_count_low", "incident_count_high", "share"]
    frame = pd.DataFrame(rows, columns=columns_).astype({"share": "Float64"})
    return frame.assign(is_recorded=frame["code"] != "not_recorded")


def test_bars_by_size_with_another_and_not_recorded_last(a_stamp: Stamp):
    found = who_tables.kind_bars(
        of_places(
            ("other", 50, 50, 0.5),
            ("street", 10, 30, 0.1),
            ("park", 0, 0, 0.0),
            ("dwelling", 20, 20, 0.2),
            ("not_recorded", 20, 20, 0.2),
        ),
        "location_type",
    )
    assert found["label"].tolist() == ["Home", "Street", "Another place", "Not recorded"]
    assert found["words"].tolist() == ["20 (20%)", "10 to 30", "50 (50%)", "20 (20%)"]
    chart = bars(found, axis="Incidents", title="T", stamp=a_stamp).to_dict()
    assert DOUBT_WORDS in " ".join(chart["title"]["subtitle"])
    upright = columns(found, axis="Incidents", foot="Hour", title="T", stamp=a_stamp).to_dict()
    assert len(upright["layer"]) == 2


def persons(*rows: tuple[str, int | None, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["age_group", "age_low_years", "sex", "person_count_low"])
    frame["person_count_high"] = frame["person_count_low"]
    frame["share"] = (frame["person_count_low"] / frame["person_count_low"].sum()).astype("Float64")
    frame["is_recorded"] = (frame["age_group"] != "not_recorded") & (frame["sex"] != "not_recorded")
    return frame.astype({"age_low_years": "Int64"})


def test_the_pyramid_has_the_oldest_on_top_and_those_not_recorded_at_the_foot(a_stamp: Stamp):
    frame = persons(
        ("0 to 9", 0, "female", 4),
        ("65 and over", 65, "male", 6),
        ("not_recorded", None, "female", 5),
        ("0 to 9", 0, "not_recorded", 3),
        ("not_recorded", None, "other", 2),
    )
    rows = who_tables.sides(frame)
    assert rows["label"].tolist() == ["65 and over", "0 to 9", "Not recorded"]
    spec = pyramid(rows, title="T", stamp=a_stamp).to_dict()
    ends = {row["label"]: row["end"] for row in next(iter(spec["datasets"].values()))}
    assert ends == {"65 and over": 6, "0 to 9": -4, "Not recorded": -5}
    others = who_tables.of_no_side(frame)
    assert others[["label", "value"]].to_numpy().tolist() == [["0 to 9", 3.0], ["Not recorded", 2.0]]
    assert who_tables.of_no_side(frame.iloc[:3]).empty
    assert who_tables.people_table(frame).to_dict("list") == {
        "Age": ["0 to 9", "65 and over", "Not recorded"],
        "Female": ["4", "0", "5"],
        "Male": ["0", "6", "0"],
        "Otherwise": ["0", "0", "2"],
        "Not recorded": ["3", "0", "0"],
        "All": ["7", "6", "7"],
        "Share": ["35%", "30%", "35%"],
    }


def test_each_scheme_of_ethnicity_has_bars_of_its_own_with_those_not_recorded():
    frame = pd.DataFrame(
        {
            "ethnicity_scheme": ["16+1", "officer", ""],
            "ethnicity": ["White British", "White", "not recorded"],
            "is_recorded": [True, True, False],
            "person_count_low": [5, 4, 11],
            "person_count_high": [5, 4, 11],
            "share": pd.array([0.25, 0.2, 0.55], dtype="Float64"),
        }
    )
    found = who_tables.schemes(frame)
    assert {scheme: rows["label"].tolist() for scheme, rows in found.items()} == {
        "16+1": ["White British", "Not recorded"],
        "officer": ["White", "Not recorded"],
    }


@pytest.fixture
def app(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("VRIN_STORE", str(sample_store.path))
    return AppTest.from_file(SHELL, default_timeout=60)


@pytest.mark.parametrize(
    ("show", "more", "said", "charts"),
    [
        ("when", {"weigh": "harm", "spanning": "exclude"}, "The hour is told of", 3),
        ("who", {"role": "suspect"}, "have no suspect on record", 3),
        ("where", {"of": "weapon"}, "Weapon is not recorded for", 2),
    ],
)
def test_the_page_on_the_sample(app: AppTest, show: str, more: dict[str, str], said: str, charts: int):
    opened(app, "who_when_where", definition="violence-with-injury", show=show, **more, **PERIOD)
    assert not app.exception
    assert app.title[0].value == "Who, when, where: Violence with injury, all areas"
    assert any(said in one.value for one in app.markdown)
    drawn = app.get("vega_lite_chart")
    assert len(drawn) == charts
    assert all("SIMULATED DATA" in one.proto.spec and len(one.proto.alt) > 60 for one in drawn)


def test_what_has_no_person_on_record_says_so(app: AppTest):
    opened(
        app, "who_when_where", definition="ed-assault-attendances", feed="ed-assaults", show="who", **PERIOD
    )
    assert not app.exception
    assert any("No incident here has a person on record" in one.value for one in app.info)
