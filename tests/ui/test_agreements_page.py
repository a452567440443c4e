"""The page Agreements: from an empty store to a first agreement, changes, ends, and what it warns of."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import LEICS_POLICE, NOW, agree, opened, table, words
from vrin_data.contract.agreement_text import agreement_toml
from vrin_data.records import agreement, agreement_versions, agreements, all_suppliers, record_override
from vrin_data.store import Store
from vrin_ui import act

AGREED = f"{LEICS_POLICE}-agreement"


@pytest.fixture
def new_store(tmp_path: Path) -> Path:
    """Where the store of the app stands that is not there yet."""
    return tmp_path / "nothing"


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def test_an_empty_store_has_its_licences_and_a_way_to_begin(page: AppTest) -> None:
    app = opened(page, "agreements")
    assert app.title[0].value == "Agreements"
    assert "No agreement is on record yet." in words(app)
    assert set(table(app, "Status")["Status"]) == {"Open licence"}
    assert "Nothing has come in yet." in words(app)
    assert button(app, "Add an agreement")


def test_a_build_of_another_version_does_not_stand_in_the_way(
    ledger_page: AppTest, ledger_store: Store
) -> None:
    make_older(ledger_store)
    for page in ("agreements", "dictionary"):
        opened(ledger_page, page)
        assert ledger_page.title[0].value in ("Agreements", "Data dictionary")
    app = opened(ledger_page, "agreements")
    assert "What came in cannot be read: Build 000001 was written by another version of VRIN" in words(app)
    assert "3 agreements: 3 live." in words(app)
    app = opened(ledger_page, "feeds")
    assert "What came in cannot be read: " in words(app)
    assert "File 1: june.csv" in words(app)
    assert len(table(app, "Declared")) == 2


def make_older(store: Store) -> None:
    """Mark the build as one that an earlier version wrote."""
    store.close()
    with duckdb.connect(str(store.build_file("000001"))) as connection:
        connection.execute("update build set contract_version = 0")


def test_a_first_agreement_is_filled_in_with_all_errors_told_at_once(page: AppTest, new_store: Path) -> None:
    app = opened(page, "agreements")
    button(app, "Add an agreement").click().run()
    fill(app, agreement_id="leics-crimes", name="Crimes", start_day="1/4/2025", end_day="31/02/2026")
    app.selectbox(key="agreement_status").set_value("live")
    button(app, "Put on record").click().run()
    told = app.error[0].value.replace("\\", "")
    for label in ("Last day", "Your name", "Suppliers", "Feeds", "Kind of data", "Legal power", "Status"):
        assert f"\n  {label}: " in told or f"\n{label}: " in told, told
    assert app.text_input(key="agreement_name").value == "Crimes"
    assert agreements(new_store) == []

    fill(app, end_day="31/03/2028", review_day="1/4/2026", data_items="Rows", purpose="The duty")
    app.multiselect(key="agreement_supplier_ids").set_value([LEICS_POLICE])
    app.multiselect(key="agreement_feed_ids").set_value(["police-offences"])
    app.selectbox(key="agreement_data_kind").set_value("depersonalised")
    app.selectbox(key="agreement_legal_power").set_value("cda-17a")
    app.number_input(key="agreement_retention_months").set_value(72)
    fill(app, signatories="Chief Constable\nDirector", by="A. Lead")
    button(app, "Put on record").click().run()
    assert "leics-crimes stands on record as version 1, live." in words(app)
    saved = agreement(new_store, "leics-crimes")
    assert (saved.end_day, saved.signatories) == (date(2028, 3, 31), ("Chief Constable", "Director"))
    # The form is gone, and the agreement is there to read.
    assert app.query_params["agreement"] == "leics-crimes"
    assert "Crimes, version 1" in words(app)
    assert button(app, "Add an agreement")


def fill(app: AppTest, **values: str) -> None:
    boxes = {one.key: one for one in (*app.text_input, *app.text_area)}
    for name, value in values.items():
        boxes[f"agreement_{name}"].set_value(value)


def test_an_agreement_is_changed_into_a_new_version(ledger_page: AppTest, ledger_store: Store) -> None:
    app = opened(ledger_page, "agreements", agreement=AGREED)
    button(app, "Change this agreement").click().run()
    assert app.text_input(key="agreement_name").value == f"Sharing with {LEICS_POLICE}"
    fill(app, own_lead="Data lead of the partnership", by="B. Lead", reason="a new lead")
    button(app, "Put on record").click().run()
    assert f"{AGREED} stands on record as version 2, live." in words(app)
    versions = agreement_versions(ledger_store.path, AGREED)
    assert [(one.recorded_by, one.change_reason) for one in versions] == [
        ("data lead", ""),
        ("B. Lead", "a new lead"),
    ]
    assert table(app, "What changed")["What changed"].tolist() == ["Data lead of the partnership", ""]


def test_a_form_is_closed_without_recording(ledger_page: AppTest, ledger_store: Store) -> None:
    app = opened(ledger_page, "agreements")
    button(app, "Add an agreement").click().run()
    button(app, "Close the form without recording").click().run()
    assert button(app, "Add an agreement")
    assert len(agreements(ledger_store.path)) == 3


def test_an_agreement_is_ended_on_a_day_with_a_reason(ledger_page: AppTest, ledger_store: Store) -> None:
    app = opened(ledger_page, "agreements", agreement=AGREED)
    app.text_input(key="end_day").set_value("soon")
    button(app, "End it").click().run()
    assert "'soon' is not a day (expected dd/mm/yyyy)" in words(app)
    app.text_input(key="end_day").set_value("31/07/2025")
    app.text_input(key="end_reason").set_value("replaced")
    app.text_input(key="end_by").set_value("A. Lead")
    button(app, "End it").click().run()
    assert f"{AGREED} ends on 31 July 2025; that is version 2." in words(app)
    ended = agreement(ledger_store.path, AGREED)
    assert (ended.status, ended.end_day) == ("ended", date(2025, 7, 31))
    assert not [one for one in app.button if one.label == "End it"]


def test_a_file_is_put_on_record_or_refused_in_words(
    page: AppTest, ledger_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test app cannot choose a file, so what the form calls is called.
    monkeypatch.setenv("VRIN_STORE", str(ledger_store.path))
    text = agreement_toml(agreement(ledger_store.path, AGREED)).replace("data items", "items")
    changed = text.replace("Rows as the feed says.", "Rows, as ever.").encode()
    said = act.save_agreement_file(changed, "a.toml", by="A. Lead", reason="renewed")
    assert said == f"{AGREED} stands on record as version 2, live."
    for content, name, words_of in (
        (b"", "", "No file was chosen"),
        (b"\xff\xfe\x00", "b.toml", "b.toml: not UTF-8 text"),
        (b"name = ", "c.toml", "c.toml: not a TOML file"),
        (b'name = "x"', "d.toml", "d.toml: the agreement has 6 errors"),
    ):
        with pytest.raises(Exception, match=words_of):
            act.save_agreement_file(content, name, by="A. Lead", reason="")


def test_it_warns_of_what_ends_soon(ledger_page: AppTest, ledger_store: Store) -> None:
    for supplier, end in (
        ("fire", date(2025, 7, 30)),
        ("council", date(2025, 10, 1)),
        ("far", date(2025, 12, 1)),
    ):
        agree(ledger_store, "derbyshire-police", agreement_id=supplier, name=supplier.title(), end_day=end)
    app = opened(ledger_page, "agreements")
    assert app.warning[0].value.replace("\\", "").splitlines() == [
        "**To be seen to**",
        "- Council ends in 83 days, on 1 October 2025: begin its renewal.",
        "- Fire ends in 20 days, on 30 July 2025: renew it now, or intake stops.",
    ]


def test_what_came_and_has_no_agreement_now(ledger_page: AppTest, ledger_store: Store) -> None:
    app = opened(ledger_page, "agreements")
    assert "Whatever has come in has an agreement that holds today" in words(app)
    agree(ledger_store, LEICS_POLICE, status="ended", end_day=date(2025, 6, 30))
    assert table(app.run(), "Came up to").to_numpy().tolist() == [
        ["Leicestershire Police", "Police recorded offences", "May 2025"]
    ]


def test_the_powers_say_what_they_do_not(ledger_page: AppTest) -> None:
    said = words(opened(ledger_page, "agreements"))
    assert "does not authorise patient information" in said
    assert "A power, not a duty" in said
    assert (
        "Police recorded offences" in said[said.index("Where nothing else was agreed, that is the day of:") :]
    )
    assert table(opened(ledger_page, "agreements"), "Three months")["Due by"].iloc[0] == datetime(2025, 9, 30)


def test_overrides_and_stopped_files_stand_on_record(ledger_page: AppTest, ledger_store: Store) -> None:
    record_override(
        ledger_store.path,
        "no_agreement",
        "notts",
        person="A. Lead",
        reason="signed tomorrow",
        recorded_at=NOW,
    )
    app = opened(ledger_page, "agreements")
    assert table(app, "How")[["What", "How", "By"]].to_numpy().tolist() == [
        ["notts", "taken in without an agreement", "A. Lead"]
    ]
    assert table(app, "Stopped")[["File", "State"]].to_numpy().tolist() == [["june.csv", "waits"]]


def test_a_supplier_is_added(ledger_page: AppTest, ledger_store: Store) -> None:
    app = opened(ledger_page, "agreements")
    app.text_input(key="supplier_id").set_value("Royal Infirmary")
    button(app, "Add the supplier").click().run()
    assert "id: use small letters" in words(app)
    app.text_input(key="supplier_id").set_value("royal-infirmary")
    app.text_input(key="supplier_name").set_value("Royal Infirmary")
    app.selectbox(key="supplier_kind").set_value("hospital")
    app.text_area(key="supplier_aliases").set_value("RRI\n\nThe Royal")
    app.text_input(key="supplier_by").set_value("A. Lead")
    button(app, "Add the supplier").click().run()
    assert "Royal Infirmary is added as royal-infirmary." in words(app)
    assert all_suppliers(ledger_store.path)["royal-infirmary"].aliases == ("RRI", "The Royal")
    assert app.text_input(key="supplier_id").value == ""
