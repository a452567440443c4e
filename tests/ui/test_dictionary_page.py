"""The page Data dictionary: a feed in plain words, whom to ask, a search, and the detail behind it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.ui.feed_store import LEICS_POLICE, NOW, POLICE, agree, opened, table, words
from vrin_data.contract.feeds import feeds
from vrin_data.contract.suppliers import suppliers
from vrin_data.records import save_variant
from vrin_data.store import Store
from vrin_ui.dictionary.dictionary_view import (
    everything,
    found_in_feeds,
    found_in_tables,
    sender_lines,
    senders,
)

ASSAULTS = "ed-assaults"


def test_it_needs_no_data(page: AppTest) -> None:
    app = opened(page, "dictionary")
    assert app.title[0].value == "Data dictionary"
    assert app.header[0].value == feeds()[POLICE].name
    assert "- Nobody yet." in words(app)


def test_a_feed_in_plain_words(ledger_page: AppTest) -> None:
    said = words(opened(ledger_page, "dictionary", **{"of-feed": ASSAULTS}))
    assert "- No age or sex is in the standard." in said
    assert "- It comes each month, by the end of the next month." in said
    assert "- **Weapon** (one of a list): What the patient was assaulted with." in said
    assert "**Beware:** A bottle can be blunt or broken" in said


@pytest.mark.parametrize("feed_id", feeds())
def test_every_feed_can_be_read(ledger_page: AppTest, feed_id: str) -> None:
    app = opened(ledger_page, "dictionary", **{"of-feed": feed_id})
    assert app.header[0].value.replace("\\", "") == feeds()[feed_id].name
    assert "What each field means" in words(app)


def test_it_says_who_sends_it_and_whom_to_ask(ledger_page: AppTest, ledger_store: Store) -> None:
    agree(ledger_store, LEICS_POLICE, own_lead="the data lead")
    said = words(opened(ledger_page, "dictionary"))
    assert (
        "- Leicestershire Police, under the agreement Sharing with leicestershire-police. At the supplier ask: "
        "Head of Performance. At the partnership ask: the data lead." in said
    )


def test_one_supplier_has_its_own_headings(ledger_page: AppTest, ledger_store: Store) -> None:
    save_variant(
        ledger_store.path,
        LEICS_POLICE,
        POLICE,
        'note = "own headings"\n',
        recorded_by="lead",
        recorded_at=NOW,
    )
    app = opened(ledger_page, "dictionary", supplier=LEICS_POLICE)
    assert [one.value for one in app.code] == [
        'note = "own headings"\n'.strip()
    ] or "own headings" in app.code[0].value
    assert "nottinghamshire-police" not in words(app)
    assert any("How the files of Leicestershire Police differ (1)" in one.label for one in app.expander)


def test_a_search_finds_fields_and_columns_and_leads_to_a_feed(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "dictionary")
    app.text_input(key="dictionary_find").set_value("gravity").run()
    found = [one.label for one in app.expander]
    assert "Youth justice outcomes: 1 field" in found or any(
        one.startswith("Youth justice outcomes") for one in found
    )
    assert app.query_params["find"] == "gravity"
    app.button(key="read_youth-justice").click().run()
    assert app.header[0].value == "Youth justice outcomes"
    app.text_input(key="dictionary_find").set_value("no such word anywhere").run()
    assert "0 fields in 0 feeds, and 0 columns" in words(app)


def test_every_word_of_a_search_has_to_be_there() -> None:
    knives = {feed.id: [one.name for one in entries] for feed, entries in found_in_feeds("knife")}
    both = {feed.id: [one.name for one in entries] for feed, entries in found_in_feeds("knife patient")}
    assert knives[ASSAULTS] == ["weapon"]
    assert all(set(names) <= set(knives[feed]) for feed, names in both.items() if names)
    assert found_in_tables("submission hash")["Column"].tolist() == ["file_hash", "content_hash"]


def test_tables_and_code_lists_stand_behind_the_feeds(ledger_page: AppTest) -> None:
    app = opened(ledger_page, "dictionary")
    app.selectbox(key="dictionary_table").set_value("submission").run()
    assert "One row is one supplier's rows of one feed for one period, as handed in once." in words(app)
    assert "received_at" in set(table(app, "Column")["Column"])
    app.selectbox(key="dictionary_list").set_value("weapon").run()
    lists = [one.value for one in app.dataframe if list(one.value.columns) == ["Value", "What it means"]]
    assert lists[-1]["Value"].tolist()[0] == "not_recorded"


def test_senders_are_those_agreed_and_those_who_sent(ledger_store: Store) -> None:
    agreement = agree(ledger_store, LEICS_POLICE)
    draft = agreement.model_copy(update={"status": "draft", "supplier_ids": ("derbyshire-police",)})
    found = senders(
        feeds()[POLICE], suppliers(), [agreement, draft], [], ["nottinghamshire-police", "nobody"]
    )
    assert [(one.supplier_id, one.agreement_id) for one in found] == [
        (LEICS_POLICE, agreement.agreement_id),
        ("nottinghamshire-police", ""),
    ]
    assert sender_lines(found)[1] == "Nottinghamshire Police, without an agreement. Nobody is named to ask."


def test_everything_has_every_feed_and_every_table() -> None:
    text = everything({POLICE: ["Leicestershire Police sends it."]})
    assert all(f"# {one.name}\n" in text for one in feeds().values())
    assert "- Leicestershire Police sends it." in text
    assert "# Data dictionary\n" in text
