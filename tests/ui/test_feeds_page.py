"""The page Feeds: the summary, the why of a period, what is declared and taken back, stopped files, the chase list."""

from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.measures.builds import Build
from tests.ui.feed_store import AS_OF, LEICS_POLICE, POLICE, agree, opened, table, words
from vrin_data.records import expectations, held_files, overrides
from vrin_data.store import Store

FEBRUARY = f"{LEICS_POLICE}.{POLICE}.2025-02"


def test_an_empty_store_says_what_to_do(page: AppTest) -> None:
    app = opened(page, "feeds")
    assert app.title[0].value == "There is no data yet"
    assert "**Agreements**" in words(app)
    assert not [one for one in app.selectbox if one.label == "Area"]


def test_agreed_feeds_are_due_before_the_first_file(page: AppTest, tmp_path: Path) -> None:
    agree(Store.open(tmp_path / "nothing"), LEICS_POLICE, start_day=date(2025, 5, 1))
    app = opened(page, "feeds")
    assert table(app, "State")["State"].tolist() == ["Not due", "Due", "Overdue"]


def test_the_summary_counts_what_was_due_and_who_is_to_be_asked(ledger_page: AppTest) -> None:
    said = words(opened(ledger_page, "feeds"))
    assert (
        "**3 of 7 submissions due in the last 12 months came whole and in time**; 1 came whole but late."
        in said
    )
    assert "**3 periods of 2 suppliers to chase.** **1 stopped file waiting for a decision.**" in said


def test_no_filter_bar_of_the_analysis_pages(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds")
    assert [one.label for one in app.selectbox][:5] == [
        "Kind of supplier",
        "Supplier",
        "Feed",
        "Months shown",
        "As it stood on",
    ]


def test_the_matrix_has_its_words_and_the_same_as_a_table(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds")
    matrix = app.get("vega_lite_chart")[0].proto
    assert matrix.alt.startswith(
        "Matrix of 4 feeds by month. What came of each feed, August 2022 to July 2025."
    )
    frame = table(app, "State")
    assert len(frame) == 17
    late = frame[frame["State"] == "Late"].iloc[0]
    assert late[["Supplier", "Period", "Days late"]].tolist() == ["Leicestershire Police", "April 2025", 12]


def test_the_why_of_a_period_that_came_in_part(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds", period=f"{LEICS_POLICE}.{POLICE}.2025-03")
    said = words(app)
    assert app.subheader[0].value == "Leicestershire Police: Police recorded offences, March 2025"
    assert "- Due by 15 April 2025." in said
    assert "Sharing with leicestershire-police (leicestershire-police-agreement), Section 17A" in said
    assert "- Received on 10 April 2025, in time, 10 days after the period's last day." in said
    assert "- 10 rows kept, 0 rejected, 10 incidents." in said
    assert "- 4 where about 10 are usual." in said
    assert "What to do: " in said


def test_a_partial_period_is_confirmed_as_whole_by_name_and_reason(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds", period=f"{LEICS_POLICE}.{POLICE}.2025-03")
    app.text_input(key="confirm_by").set_value("A. Lead")
    button(app, "It is whole").click().run()
    assert "give both" in words(app)
    app.text_input(key="confirm_reason").set_value("The force was short of staff that month")
    button(app, "It is whole").click().run()
    assert "March 2025 counts as whole from build" in words(app)
    assert not any("<strong>Partial</strong>" in one.proto.body for one in app.get("html"))


def test_the_versions_of_a_period_and_what_each_changed(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds", period=f"{LEICS_POLICE}.{POLICE}.2025-01")
    assert table(app, "Version")[["Version", "Status"]].to_numpy().tolist() == [
        [1, "superseded"],
        [2, "accepted"],
    ]
    assert table(app, "Group").to_numpy().tolist() == [["January 2025", "Robbery", 2, 1, 0, 4, 5]]


def test_a_period_is_chosen_by_select_boxes(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds")
    box = next(one for one in app.selectbox if one.label == "Supplier and feed")
    box.set_value(f"{LEICS_POLICE}.{POLICE}").run()
    # The newest problem of the feed comes first.
    assert app.query_params["period"] == f"{LEICS_POLICE}.{POLICE}.2025-06"
    next(one for one in app.selectbox if one.label == "Period").set_value(FEBRUARY).run()
    assert app.subheader[0].value == "Leicestershire Police: Police recorded offences, February 2025"
    assert "Not received: 117 days past the day." in words(app)


def test_choices_narrow_and_stand_in_the_address(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds")
    app.selectbox(key="feeds_kind").set_value("police").run()
    app.checkbox(key="feeds_problems").check().run()
    assert dict(app.query_params) == {"kind": "police", "problems": "1"}
    assert set(table(app, "State")["Supplier"]) == {"Leicestershire Police", "Nottinghamshire Police"}
    app.selectbox(key="feeds_supplier").set_value(LEICS_POLICE).run()
    assert "**2 periods of 1 supplier to chase.**" in words(app)
    app.selectbox(key="feeds_kind").set_value("health").run()
    assert "supplier" not in app.query_params
    assert "Nothing was due of these feeds" in words(app)


def test_it_can_be_seen_as_it_stood_on_an_earlier_day(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds", **{"as-of": "2025-03-31"})
    frame = table(app, "State")
    assert "Late" not in set(frame["State"])
    assert frame["Period"].max() <= "March 2025"
    assert app.query_params["as-of"] == "2025-03-31"


def test_a_declaration_is_made_and_taken_back(ledger_page: AppTest, ledger_store: Store) -> None:
    app = opened(ledger_page, "feeds", period=FEBRUARY)
    app.radio(key="declare_state").set_value("withheld")
    app.text_input(key="declare_by").set_value("A. Lead")
    button(app, "Declare").click().run()
    assert "reason: is empty" in words(app)
    assert app.text_input(key="declare_by").value == "A. Lead"
    app.text_input(key="declare_reason").set_value("Moved to another system")
    button(app, "Declare").click().run()
    assert "Declaration 3 stands, from February 2025 to February 2025." in words(app)
    assert any("<strong>Withheld</strong>: the supplier" in one.proto.body for one in app.get("html"))
    assert expectations(ledger_store.path)[-1].recorded_by == "A. Lead"
    button(app, "Take this declaration back").click().run()
    assert "Declaration 3 is taken back." in words(app)
    assert [one.expectation_id for one in expectations(ledger_store.path)] == [1, 2]


def test_a_stopped_file_is_discarded_by_name_and_reason(ledger_page: AppTest, ledger_store: Store) -> None:
    app = opened(ledger_page, "feeds")
    assert "- 3 where about 80 are usual (stop)" in words(app)
    button(app, "Discard it").click().run()
    assert "is empty" in words(app)
    app.text_input(key="held_reason_1").set_value("The wrong file")
    app.text_input(key="held_by_1").set_value("A. Lead")
    button(app, "Discard it").click().run()
    assert "File 1 is discarded." in words(app)
    assert held_files(ledger_store.path) == []
    assert "No file waits for a decision." in words(app)


def test_a_stopped_file_is_taken_in_by_name_and_reason(
    page: AppTest, offence_store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, _ = offence_store(
        *(offence(f"M{n}", f"{n % 27 + 1:02d}/{n % 6 + 1:02d}/2025") for n in range(480))
    )
    assert offence_store.send(store, offence("F1", "02/07/2025"), name="few.csv").is_stopped
    monkeypatch.setenv("VRIN_STORE", str(store.path))
    app = opened(page, "feeds")
    app.text_input(key="held_reason_1").set_value("The force confirmed it")
    app.text_input(key="held_by_1").set_value("A. Lead")
    button(app, "Accept it as it is").click().run()
    assert "File 1 is taken in: 1 rows, build 000003." in words(app)
    assert (held_files(store.path), len(overrides(store.path))) == ([], 1)


def offence(key: str, recorded: str) -> str:
    return f"{key},Leicestershire Police,8N,,,{recorded},458600,304400,,none,no,30,male,,,"


def test_the_chase_list_has_a_message_to_copy(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds")
    assert [one.label for one in app.expander if "did not come" in one.label] == [
        "Leicestershire Police: 1 period did not come, 1 came in part, oldest due 15 March 2025",
        "Nottinghamshire Police: 1 period did not come, oldest due 15 June 2025",
    ]
    assert any(one.value.startswith("Dear Head of Performance,") for one in app.code)


def test_timeliness_has_a_chart_and_a_row_a_feed(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "feeds")
    assert app.get("vega_lite_chart")[1].proto.alt.startswith(
        "Line chart. Share of submissions that came whole"
    )
    frame = table(app, "In time")
    row = frame[frame["Supplier"] == "Leicestershire Police"].iloc[0]
    assert row[["Due", "Whole", "In time"]].tolist() == [5, "60%", "40%"]


def test_what_is_declared_is_listed(ledger_page: AppTest) -> None:
    frame = table(opened(ledger_page, "feeds"), "Declared")
    assert frame[["Number", "Declared", "From", "To"]].to_numpy().tolist() == [
        [2, "Withheld", "April 2025", "April 2025"],
        [1, "Held by partner", "January 2025", "March 2025"],
    ]


def test_open_data_are_owed_by_nobody(page: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2022-01", feed_id="police-uk", received_at=datetime(2022, 2, 20))
    store = build.publish(tmp_path / "open")
    monkeypatch.setenv("VRIN_STORE", str(store.path))
    app = opened(page, "feeds")
    said = words(app)
    assert "Nothing that a supplier owes was due in the last 12 months. **Nothing to chase.**" in said
    assert "The last that came is January 2022: choose it below, or show more months." in said
    assert "Open data are owed by nobody" in said
    box = next(one for one in app.selectbox if one.label == "Supplier and feed")
    box.set_value(f"{LEICS_POLICE}.police-uk").run()
    assert app.subheader[0].value == "Leicestershire Police: data.police.uk street-level crime, January 2022"
    assert "Nobody owes it: it is not chased." in words(app)
    store.close()


def test_a_new_agreement_is_seen_without_a_new_build(ledger_page: AppTest, ledger_store: Store) -> None:
    app = opened(ledger_page, "feeds")
    before = len(table(app, "State"))
    agree(ledger_store, "derbyshire-police", start_day=AS_OF.replace(day=1))
    assert len(table(app.run(), "State")) == before + 1


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)
