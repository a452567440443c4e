"""The page Definitions through the shell: on the sample and on an empty store, from reading to approving."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import NOW, SHELL, opened, table, words
from vrin_data import records
from vrin_data.store import Store
from vrin_ui.definitions import definition_acts

LONDON, KNIFE = "london-duty@1", "knife-enabled@1"
TWO = "leicestershire-vrn@1,leicestershire-vrn@2"


@pytest.fixture
def sample_copy(sample_store: Store, tmp_path: Path) -> Iterator[Store]:
    """A copy of the sample, whose records a test may change."""
    shutil.copytree(sample_store.path, tmp_path / "copy")
    store = Store.open(tmp_path / "copy")
    yield store
    store.close()


@pytest.fixture
def app(sample_copy: Store, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The app on a copy of the sample, on a set day."""
    monkeypatch.setattr("vrin_ui.clock.now", lambda: NOW)
    monkeypatch.setenv("VRIN_STORE", str(sample_copy.path))
    return AppTest.from_file(SHELL, default_timeout=120)


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def labels(app: AppTest) -> list[str]:
    return [one.label for one in app.button]


def charts(app: AppTest) -> list[str]:
    return [one.proto.alt for one in app.get("vega_lite_chart")]


def fill(app: AppTest, **values: str) -> None:
    boxes = {one.key: one for one in (*app.text_input, *app.text_area)}
    for name, value in values.items():
        boxes[name].set_value(value)


def test_the_library_lists_what_is_current(app: AppTest) -> None:
    opened(app, "definitions")
    library = table(app, "What it is")
    by_name = library.set_index("Definition")
    assert (
        by_name.loc["Serious Violence Duty: all that could be in", "What it is"]
        == "To choose from: not a count"
    )
    assert (
        by_name.loc["Most serious violence, about 2008 to 2012", "What it is"] == "Legacy: no longer in use"
    )
    assert by_name.loc["Knife admissions", "Counts"] == "Hospital admissions"
    assert library["Definition"].is_unique
    assert f"{len(library)} definitions." in words(app)


def test_the_library_is_narrowed_and_one_is_opened(app: AppTest) -> None:
    opened(app, "definitions")
    app.selectbox(key="definitions_kind").set_value("universe").run()
    assert table(app, "What it is")["Number"].tolist() == ["D02"]
    app.selectbox(key="definition_open").set_value("serious-violence-duty-candidates@1").run()
    assert app.query_params["view"] == "read"
    assert "This is a list to choose from" in words(app).replace("*", "")
    assert "Serious Violence Duty: all that could be in, version 1" in words(app)


@pytest.mark.parametrize("view", ["library", "read", "compare", "edit"])
def test_every_view_stands_on_an_empty_store(page: AppTest, view: str) -> None:
    app = opened(page, "definitions", view=view)
    assert app.title[0].value == "Definitions of serious violence"
    if view == "library":
        assert len(table(app, "What it is")) > 30
    else:
        said = {"read": "What is counted", "compare": "No data have come in yet", "edit": "From a copy"}
        assert said[view] in words(app)


def test_one_is_read_without_data(page: AppTest) -> None:
    said = words(opened(page, "definitions", view="read", read=LONDON))
    assert "Serious violence, London, version 1" in said
    assert "No data have come in yet" in said
    assert "53 kinds of offence come in; none is in doubt." in said


def test_one_is_read_as_plain_english_with_its_figures(app: AppTest) -> None:
    opened(app, "definitions", view="read", read=LONDON)
    said = words(app)
    for heading in ("What is counted", "What cannot be told", "What it cannot say", "Where it comes from"):
        assert heading in [one.value for one in app.subheader]
    assert "The lower figure is surely in; the higher one includes those that may be." in said
    assert "That stands on 11 of 12 months." in said
    assert "How sure that is" in said
    assert "Each part alone" in said
    assert [one[:10] for one in charts(app)] == ["Bar chart.", "Bar chart."]
    assert "Greatest maximum penalty of any offence it may count: Life" in said


def test_a_code_alone_shows_what_may_be_in(app: AppTest) -> None:
    opened(app, "definitions", view="read", read=LONDON, detail="code")
    offences = table(app, "Why it may be").set_index("Code")
    assert offences.loc["8N", "Comes in"] == "may be"
    assert "it may also be" in offences.loc["8N", "Why it may be"]


def test_two_versions_are_set_side_by_side_in_one_click(app: AppTest) -> None:
    opened(app, "definitions", view="read", read="leicestershire-vrn@2")
    button(app, "Versions 1 and 2 over the same months").click().run()
    assert not app.exception
    assert app.query_params["compare"] == TWO
    said = words(app)
    for heading in ("In short", "In total", "Month by month", "What both count, and what only one does"):
        assert heading in said
    assert "Version 1 surely holds nothing that version 2 leaves out." in said
    assert "Version 2 surely adds" in said
    assert "Measured against residents, and by what is surely in, the difference is largest in" in said
    assert "Adds rape: count +" in said
    totals = table(app, "Harm at the chosen weights")
    assert totals["Definition"].tolist() == ["version 1", "version 2"]
    assert all(" to " in one for one in totals["Count, from low to high"])


def test_every_chart_says_what_it_shows_in_words_and_signs(app: AppTest) -> None:
    opened(app, "definitions", view="compare", compare=TWO)
    assert len(charts(app)) == 7
    assert all(len(one) > 60 for one in charts(app))
    for one in app.get("vega_lite_chart"):
        assert "SIMULATED DATA" in one.proto.spec


def test_three_are_compared_and_a_pair_is_chosen(app: AppTest) -> None:
    opened(app, "definitions", view="compare", compare=f"{LONDON},norfolk-duty@1,derby-and-derbyshire@1")
    pair = app.selectbox(key="definitions_pair")
    assert len(pair.options) == 3
    pair.set_value("norfolk-duty@1,derby-and-derbyshire@1").run()
    assert "‘Serious violence, Norfolk’ surely adds" in words(app)


def test_different_things_are_never_compared(app: AppTest) -> None:
    said = words(opened(app, "definitions", view="compare", compare=f"{LONDON},vru-knife-admissions@1"))
    assert "These count different things (hospital admissions and recorded crimes)" in said


def test_one_alone_asks_for_another(app: AppTest) -> None:
    app = opened(app, "definitions", view="compare", compare="leicestershire-vrn@2")
    assert "Choose another in the box above." in words(app)
    button(app, "Compare it with version 1 of the same definition").click().run()
    assert app.query_params["compare"] == TWO


def test_a_draft_shows_at_once_what_it_would_count(app: AppTest) -> None:
    opened(app, "definitions", view="edit", read="most-serious-violence@1")
    button(app, "Copy it into a definition of your own").click().run()
    assert "Writing: Copy of Most serious violence" in words(app)
    assert "The same kinds of offence come in as before." in words(app)
    assert "(as before)" in words(app)
    sets = app.multiselect(key="draft_parts_0_include_sets")
    sets.set_value([*sets.value, "ROB"]).run()
    said = words(app)
    assert "Against before: 4 kinds of offence come in." in said
    assert "(before: " in said
    assert table(app, "Weight up to")["Now"].iloc[0] == "in"
    button(app, "Take the last change back").click().run()
    assert "The same kinds of offence come in as before." in words(app)


def test_what_stops_a_draft_is_told_in_words(app: AppTest) -> None:
    opened(app, "definitions", view="edit")
    button(app, "Begin an empty draft").click().run()
    assert "No offence is chosen: choose sets, offence codes or classifications" in words(app)
    app.query_params["step"] = "save"
    app.run()
    for line in ("Name: is missing", "Source: is missing", "In use from: is missing"):
        assert line in words(app)


def test_a_definition_is_written_saved_submitted_and_approved(app: AppTest, sample_copy: Store) -> None:
    opened(app, "definitions", view="edit", read=KNIFE)
    button(app, "Copy it into a definition of your own").click().run()
    app.query_params["step"] = "words"
    app.run()
    fill(app, draft_name="Our area", draft_id="our-area", draft_author="A. Author")
    app.query_params["step"] = "save"
    app.run()
    # What was said of the original would stand on record as if it were said of the copy.
    assert "Source: is missing" in words(app)
    app.query_params["step"] = "words"
    app.run()
    fill(app, draft_source="the board", draft_reason="agreed", draft_valid_from="1/4/2026")
    app.query_params["step"] = "save"
    app.run()
    assert "It becomes a new definition, version 1." in words(app)
    button(app, "Save as a draft").click().run()
    assert "by: is empty" in words(app)
    fill(app, definition_by="A. Author")
    button(app, "Save as a draft").click().run()
    assert "Our area stands on record as a draft, our-area v1." in words(app)
    fill(app, definition_submit_by="A. Author", definition_submit_reason="ready")
    button(app, "Submit it").click().run()
    assert "our-area v1 waits for approval" in words(app)

    button(app, "Read it").click().run()
    assert "This version waits for approval." in words(app).replace("*", "")
    fill(app, definition_approve_by="A. Author", definition_approve_reason="agreed")
    button(app, "Approve it").click().run()
    assert "a second person is needed" in words(app)
    fill(app, definition_approve_by="B. Second", definition_approve_reason="agreed")
    button(app, "Approve it").click().run()
    assert "our-area v1 is approved." in words(app)
    assert records.definition_version(sample_copy.path, "our-area").state == "approved"
    assert table(app, "What")["What"].tolist() == ["approved", "handed in for approval", "saved as a draft"]
    assert "Retire it" in [one.label for one in app.expander]


def test_a_draft_is_sent_back_and_given_up(app: AppTest, sample_copy: Store) -> None:
    toml = records.definition_version(sample_copy.path, KNIFE).toml.replace('name = "', 'name = "Our ', 1)
    saved = records.save_draft(sample_copy.path, toml, by="A. Author", at=NOW)
    records.submit(sample_copy.path, saved.definition_id, saved.version, by="A. Author", at=NOW)
    opened(app, "definitions", view="read", read=saved.ref)
    fill(app, definition_send_by="B. Second", definition_send_reason="say why")
    button(app, "Send it back").click().run()
    assert f"{saved.label} is a draft again." in words(app)
    assert "Change this draft" in labels(app)
    fill(app, definition_give_by="A. Author", definition_give_reason="not needed")
    button(app, "Give it up").click().run()
    assert f"{saved.label} is given up." in words(app)


def test_the_worksheet_is_saved_with_the_figures_that_lay_before_those_who_judged(
    app: AppTest, sample_copy: Store
) -> None:
    opened(app, "definitions", view="read", read=LONDON)
    assert "Injury: the feed does not say, of any of these incidents" in words(app)
    app.toggle[0].set_value(True).run()
    key = f"worksheet_{LONDON}_prevalence"
    app.radio(key=f"{key}_judgement").set_value("serious")
    fill(app, worksheet_by="A. Lead")
    button(app, "Save the worksheet").click().run()
    assert "a judgement needs its reason in words" in words(app)
    fill(app, **{f"{key}_words": "twice the region"})
    button(app, "Save the worksheet").click().run()
    assert "The worksheet stands on record with london-duty v1." in words(app)
    saved = records.worksheet(sample_copy.path, "london-duty", 1)
    assert saved is not None
    assert saved.worksheet.prevalence.words == "twice the region"
    assert "Incidents" in saved.worksheet.prevalence.figures
    assert "cchi-2020" in saved.worksheet.prevalence.figures["Figures from"]
    assert "Judged by A. Lead on 10 July 2025." in words(app)


def test_a_file_is_opened_or_refused_in_words(sample_copy: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    # The test app cannot choose a file, so what the form calls is called.
    monkeypatch.setenv("VRIN_STORE", str(sample_copy.path))
    text = records.definition_version(sample_copy.path, KNIFE).toml
    assert definition_acts.file_text(text.encode(), "a.toml") == text
    for content, name, said in (
        (b"", "", "No file was chosen"),
        (b"\xff\xfe\x00", "b.toml", "b.toml: not UTF-8 text"),
        (b"name = ", "c.toml", "c.toml: not a TOML file"),
        (b'name = "x"', "d.toml", "d.toml: the definition has"),
    ):
        with pytest.raises(Exception, match=said):
            definition_acts.file_text(content, name)


def test_a_version_is_taken_to_the_other_pages(app: AppTest) -> None:
    opened(app, "definitions", view="read", read=LONDON)
    button(app, "Use it on the other pages").click().run()
    assert "now show london-duty v1" in words(app)
    app.query_params.clear()
    app.switch_page("../pages/overview.py").run()
    assert "Serious violence, London: all areas" in words(app)


def test_a_figure_leads_to_what_its_definition_says(app: AppTest) -> None:
    opened(app, "overview")
    links = {one.proto.label: one.proto.query_string for one in app.get("page_link")}
    assert links["What violence-with-injury v1 counts, in plain English"] == (
        "view=read&read=violence-with-injury%401"
    )


def test_a_build_of_another_version_does_not_keep_definitions_from_being_read(
    app: AppTest, sample_copy: Store
) -> None:
    make_older(sample_copy)
    said = words(opened(app, "definitions", view="read", read=LONDON))
    assert "What came in cannot be read: " in said
    assert "53 kinds of offence come in; none is in doubt." in said


def make_older(store: Store) -> None:
    """Mark the build as one that an earlier version wrote."""
    file = store.build_file(str(store.current_build()))
    store.close()
    with duckdb.connect(str(file)) as connection:
        connection.execute("update build set contract_version = 0")


def test_a_closed_draft_can_be_opened_again(app: AppTest) -> None:
    opened(app, "definitions", view="edit", read=KNIFE)
    button(app, "Copy it into a definition of your own").click().run()
    button(app, "Close without saving").click().run()
    button(app, "Open again what was closed last: Copy of Knife-enabled serious violence").click().run()
    assert "Writing: Copy of Knife-enabled serious violence" in words(app)


def test_a_part_is_added_and_removed(app: AppTest) -> None:
    opened(app, "definitions", view="edit", read=KNIFE)
    button(app, "Copy it into a definition of your own").click().run()
    button(app, "Add a part").click().run()
    assert "Parts, 'Part 2': no offence is chosen" in words(app)
    app.multiselect(key="draft_parts_1_include_sets").set_value(["WEAP"]).run()
    assert "(before: " in words(app)
    button(app, "Remove this part").click().run()
    assert "(as before)" in words(app)


def test_a_draft_that_counts_other_things_begins_with_empty_boxes(app: AppTest) -> None:
    opened(app, "definitions", view="edit", read=KNIFE)
    button(app, "Copy it into a definition of your own").click().run()
    app.selectbox(key="draft_unit").set_value("admission").run()
    assert "Nothing is chosen: give diagnosis codes" in words(app)
    fill(app, draft_parts_0_include_icd10="x99, X95")
    app.run()
    assert "hospital admissions" in words(app)
    assert "Set against D21 Assault admissions" in words(app)
