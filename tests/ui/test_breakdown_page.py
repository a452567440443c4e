"""The page Harm breakdown: each view on the sample, on an empty store, and where there is little to show."""

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import NOW, SHELL, opened, table, words
from vrin_data.records import weights
from vrin_data.store import Store
from vrin_ui import act
from vrin_ui.breakdown import weight_acts

CODE = "8N|"


@pytest.fixture
def app(sample_store: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on the sample."""
    monkeypatch.setenv("VRIN_STORE", str(sample_store.path))
    return AppTest.from_file(SHELL, default_timeout=60)


@pytest.fixture
def small_app(offence_store: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[AppTest, Store]:
    """The app on five assaults of one month, fit to be written to."""
    row = "A{n},Leicestershire Police,8N,,{n:02d}/05/2025,{n:02d}/05/2025,458000,304000,Street,none,N,34,M,,Live,Victim"
    store, _ = offence_store(*(row.format(n=n) for n in (1, 9, 16, 23, 31)))
    monkeypatch.setattr("vrin_ui.clock.now", lambda: NOW)
    monkeypatch.setenv("VRIN_STORE", str(store.path))
    return AppTest.from_file(SHELL, default_timeout=60), store


def charts(app: AppTest) -> list[str]:
    return [one.proto.alt for one in app.get("vega_lite_chart")]


def headers(app: AppTest) -> list[str]:
    return [one.value.replace("\\", "") for one in (*app.header, *app.subheader)]


def metrics(app: AppTest) -> dict[str, str]:
    return {one.label: one.value for one in app.metric}


VIEWS = {"total": 3, "readings": 2, "costs": 1, "weights": 0}


@pytest.mark.parametrize("view", VIEWS)
def test_every_chart_of_a_view_has_a_text_alternative_a_table_and_its_stamp(app: AppTest, view: str):
    opened(app, "breakdown", view=view)
    assert app.title[0].value == "Harm breakdown"
    assert len(charts(app)) == VIEWS[view]
    assert all(len(one) > 60 for one in charts(app))
    for chart in app.get("vega_lite_chart"):
        assert "SIMULATED DATA" in chart.proto.spec
    assert len(app.dataframe) >= VIEWS[view]
    assert len([one for one in app.caption if one.value.startswith("SIMULATED DATA")]) >= VIEWS[view]


def test_a_total_is_told_apart(app: AppTest):
    opened(app, "breakdown")
    assert headers(app) == [
        "Violence with injury: all areas, April 2025 to March 2026",
        "How sure is this total?",
        "What is it made of?",
        "What changed against the year before?",
    ]
    assert list(metrics(app)) == [
        "Harm",
        "Incidents",
        "Of this, exact",
        "Harm per 1,000 residents",
        "Harm for each incident",
        "Without homicide",
    ]
    made_of = table(app, "Share of harm")
    reasons = app.table[0].value
    assert len(reasons) == len(made_of)
    assert reasons["Why this weight"].str.len().min() > 20
    assert metrics(app)["Harm"] == f"{made_of['Harm (days)'].sum():,.0f} days"
    assert "Only the" not in words(app)
    assert "on the 10 of 12 months that both have whole; left out" in words(app)


def test_a_definition_with_a_threshold_has_a_range_and_no_figure(app: AppTest):
    opened(app, "breakdown", definition="capable-of-serious-harm")
    assert " to " in metrics(app)["Harm"]
    assert (
        "No single figure can be given for the totals, so each change is shown as the range it may be."
        in words(app)
    )
    assert "of the highest reading: " in charts(app)[1]
    said = words(app)
    assert "incidents the extract does not say enough to tell whether the definition includes them" in said
    assert "- Why they cannot be told: " in said
    assert "days of the harm are exact; the rest is a range of 0 to " in said
    opened(app, "breakdown", definition="capable-of-serious-harm", view="costs")
    assert "takes in what reaches a threshold of harm in days" in words(app)
    assert charts(app) == []


def test_homicide_left_out_is_said_and_set_beside(app: AppTest):
    opened(app, "breakdown", definition="all-recorded-crime", homicide="without")
    assert "Without homicide. This is chosen under More." in words(app)
    with_it = metrics(app)["With homicide"]
    opened(app, "breakdown", definition="all-recorded-crime", homicide="")
    assert metrics(app)["Harm"] == with_it


def test_the_rules_of_the_method_are_read_beside_each_other(app: AppTest):
    opened(app, "breakdown", view="readings", definition="all-recorded-crime")
    rules = table(app, "Reading")
    assert rules["Reading"].tolist() == [
        "As chosen above",
        "Only the Crime Harm Index (CHI)",
        "Attempts as the completed offence",
        "Without homicide",
    ]
    series = table(app, "Series")
    assert series["Series"].iloc[-1] == "Cannot tell"
    said = words(app)
    assert "It leaves out crimes of an earlier calendar year" in said
    assert "doi 10.1007/s41887-020-00043-2" in said
    assert "This definition is in one part" in said
    assert "There is one edition in days" in said


def test_the_parts_of_a_definition_stand_alone(app: AppTest):
    opened(app, "breakdown", view="readings", definition="london-duty")
    parts = table(app, "Part")
    assert parts["Part"].iloc[-1] == "All parts together"
    assert len(parts) > 2
    assert "An incident may be in several parts" in words(app)


def test_costs_are_told_from_harm(app: AppTest):
    opened(app, "breakdown", view="costs")
    said = words(app)
    assert "**Not harm.**" in said
    assert "this is what the recorded crimes cost, not what crime costs" in said
    assert headers(app) == [
        "Violence with injury: all areas, April 2025 to March 2026",
        "Cost: Unit costs of crime, Home Office 2018 (prices of 2015/16)",
    ]
    assert re.search(
        r"Cost of the recorded crimes, all areas: about £\d+ million, on 11 of 12 months",
        said.replace("\\", ""),
    )
    assert "python -m" not in said
    assert "Did not come whole, and not drawn: November 2025." in said
    assert "days" not in charts(app)[0]


def test_hospital_counts_have_no_harm(app: AppTest):
    for view in ("total", "readings", "costs"):
        opened(app, "breakdown", view=view, definition="ed-assault-attendances")
        assert "This definition counts what hospitals recorded, which has no weight." in words(app)
        assert charts(app) == []


def test_an_empty_store_says_so_and_has_its_weights(page: AppTest):
    opened(page, "breakdown")
    assert page.title[0].value == "Harm breakdown"
    assert "No data have come in yet" in words(page)
    opened(page, "breakdown", view="weights")
    assert "Central choices" in headers(page)
    assert "VRIN default" in set(table(page, "Chosen by")["Chosen by"])


def test_an_area_that_never_sent_has_no_total(small_app: tuple[AppTest, Store]):
    app, _ = small_app
    opened(app, "breakdown", area="E07000032")
    assert "No month of this period came in whole" in words(app)
    assert charts(app) == []
    opened(app, "breakdown", view="readings")
    assert "there is no total to read in another way" in words(app)


def test_few_incidents_have_no_percentage(small_app: tuple[AppTest, Store]):
    app, _ = small_app
    opened(app, "breakdown", area="E23000021")
    assert metrics(app)["Incidents"] == "5"
    assert "% of" not in words(app)


def test_a_weight_is_chosen_and_taken_back(small_app: tuple[AppTest, Store]):
    app, store = small_app
    opened(app, "breakdown", view="weights", offence=CODE)
    assert "Assault with injury (8N)" in headers(app)
    assert "Chosen: 10 days, because: 008/06: ordinary line" in words(app)
    app.selectbox(key="weight_days").set_value(19.0)
    press(app, "Choose it")
    assert "reason: is empty" in words(app)
    assert weights.choices(store.path, "cchi-2020") == {}

    app.selectbox(key="weight_days").set_value(19.0)
    app.text_input(key="weight_reason").set_value("a quarter of ours are wounds")
    app.text_input(key="weight_by").set_value("A. Analyst")
    press(app, "Choose it")
    assert "Assault with injury (8N) weighs 19 in the central reading: choices v1." in words(app)
    assert "10 days came with the edition." in words(app)
    assert weights.choices(store.path, "cchi-2020")[CODE].days == 19
    assert "Own choices of the partnership: version 1." in words(app)

    app.text_input(key="weight_back_reason").set_value("counted anew")
    press(app, "Take it back")
    assert "is taken back: choices v2." in words(app)
    assert weights.choices(store.path, "cchi-2020") == {}
    assert table(app, "On")["Chosen"].tolist() == ["taken back", "19"]


def press(app: AppTest, label: str) -> None:
    next(one for one in app.button if one.label == label).click().run()
    assert not app.exception, app.exception


def test_a_chosen_weight_is_in_the_figures_and_on_the_stamp(small_app: tuple[AppTest, Store]):
    app, _ = small_app
    act.attempt("here", weight_acts.choose, "cchi-2020", CODE, days=19.0, by="A", reason="so")
    opened(app, "breakdown", definition="violence-with-injury", **{"from": "2025-05", "to": "2025-05"})
    stamps = [one.value for one in app.caption if "violence-with-injury" in one.value]
    assert stamps
    assert all("choices v1" in one for one in stamps)


def test_what_is_chosen_stays_in_the_address(app: AppTest):
    opened(app, "breakdown")
    app.segmented_control(key="breakdown_view").set_value("weights").run()
    app.selectbox(key="breakdown_show").set_value("used").run()
    assert (app.query_params["view"], app.query_params["show"]) == ("weights", "used")
    assert len(table(app, "Rows that may apply")) < 100
    app.selectbox(key="breakdown_offence").set_value(CODE).run()
    assert app.query_params["offence"] == CODE
    assert "Assault with injury (8N)" in headers(app)


def test_a_wrong_address_shows_the_first_view(app: AppTest):
    opened(app, "breakdown", view="'; drop table build; --", edition="none", offence="none", beside="x")
    assert "How sure is this total?" in headers(app)
    opened(app, "breakdown", view="weights")
    assert "Central choices" in headers(app)


def test_a_choice_without_a_weight_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VRIN_STORE", str(tmp_path / "store"))
    with pytest.raises(Exception, match="No weight was chosen"):
        weight_acts.choose("cchi-2020", CODE, days=None, by="A", reason="r")
    with pytest.raises(Exception, match="11 is no row of 8N"):
        weight_acts.choose("cchi-2020", CODE, days=11, by="A", reason="r")
