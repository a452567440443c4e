"""The page Upload: what is dropped is recognised, checked, mapped where it must be, and stored when accepted."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.conftest import OFFENCE_HEADER, agree_to_everything
from tests.intake.unfamiliar import IN_WORDS, SHOUTING
from tests.ui.upload_page import Page, in_this_process
from vrin_data.contract.suppliers import Supplier
from vrin_data.records import (
    add_supplier,
    end_agreement,
    events,
    held_files,
    overrides,
    variants,
)
from vrin_data.store import Store
from vrin_ui import clock

LEICS = "leicestershire-police"
ROW = (
    "{key},Leicestershire Police,8N,008/06,{day}/03/2026 10:00,{day}/03/2026,458000,304000,Street,{weapon},"
    "N,34,M,,Live,"
)


@pytest.fixture
def store(tmp_path: Path, store_with_areas: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    in_this_process(monkeypatch)
    found = Store.open(shutil.copytree(store_with_areas, tmp_path / "store"))
    monkeypatch.setenv("VRIN_STORE", str(found.path))
    yield found
    found.close()


def march(count: int = 3, *, weapon: str = "Knife", bad: int = 0) -> str:
    """An extract of March 2026 with so many good rows, then bad ones."""
    rows = [
        ROW.format(key=f"A{number}", day=f"{number % 28 + 1:02d}", weapon=weapon) for number in range(count)
    ]
    rows += [ROW.format(key=f"B{number}", day="99", weapon=weapon) for number in range(bad)]
    return "\n".join([OFFENCE_HEADER, *rows]) + "\n"


def incidents(store: Store) -> int:
    return int(store.query("test", "select count(*) as n from incident")["n"].iloc[0])


def leftovers(store: Store) -> list[Path]:
    """Files that stand in the upload folder."""
    return [one for one in (store.path / "uploads").rglob("*") if one.is_file()]


def test_an_empty_store_has_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VRIN_STORE", str(tmp_path / "nothing"))
    page = Page.opened("upload")
    assert page.app.title[0].value == "Upload"
    assert "No file waits for a decision." in page.words()
    assert page.app.file_uploader[0].label.startswith("Files of any partner")


def test_a_file_is_recognised_checked_and_only_then_stored(store: Store):
    page = Page.opened("upload")
    page.drop(("../march.csv", march(3, bad=1)))
    assert page.chosen("Feed") == "police-offences"
    assert "Sure: 16 of 16 headings are known" in page.words()
    assert "Told by its column force." in page.words()
    page.press("Check")
    assert "4 rows of 1 supplier, 1 period: **3 kept**, **1 rejected**; 3 incidents." in page.words()
    assert "under the agreement 'For tests'" in page.words()
    assert incidents(store) == 0
    assert len(leftovers(store)) == 1
    reasons = page.tables()[0]
    assert list(reasons["Rows"]) == [1, 1]
    page.press("Accept")
    assert "march.csv: taken in, 3 rows kept and 1 rejected, build 000002." in page.words()
    assert incidents(store) == 3
    assert leftovers(store) == []


def test_the_first_rows_are_shown_before_and_after(store: Store):
    page = Page.opened("upload")
    page.drop(("march.csv", march(1)))
    page.press("Check")
    before, after = page.tables()[-2:]
    assert before.loc[0, "weapon"] == "Knife"
    assert after.loc[0, "weapon"] == "sharp"
    assert after.loc[0, "Line"] == 2


def test_what_the_store_holds_already_is_said_to_be_nothing_new(store: Store):
    page = Page.opened("upload")
    page.drop(("march.csv", march()))
    page.press("Check")
    page.press("Accept")
    page.drop(("again.csv", march()))
    page.press("Check")
    assert "**Nothing is new.**" in page.words()
    assert not any(label.startswith("Accept") for label in page.buttons())


def test_a_resend_says_what_it_changes(store: Store):
    page = Page.opened("upload")
    page.drop(("march.csv", march()))
    page.press("Check")
    page.press("Accept")
    page.drop(("march-again.csv", march(4, weapon="Gun")))
    page.press("Check")
    assert "1 period came before and would be replaced" in page.words()
    assert "1 appeared, 0 vanished, 3 changed, 0 are alike" in page.words()


def test_a_file_that_does_not_say_who_sent_it_waits_for_a_supplier(store: Store):
    page = Page.opened("upload")
    page.drop(
        ("march.csv", march().replace(",force,", ",station,").replace("Leicestershire Police", "Central"))
    )
    assert "The file does not say who sent it. Choose the supplier." in page.words()
    assert next(one for one in page.app.button if one.label.startswith("Check")).disabled
    page.choose("Supplier", LEICS)
    page.press("Check")
    assert "**3 kept**" in page.words()


def test_without_a_live_agreement_it_says_what_to_do(store: Store):
    ended = {"on": clock.today() - timedelta(days=1), "reason": "over"}
    end_agreement(store.path, "for-tests", **ended, recorded_by="tests", recorded_at=clock.now())
    page = Page.opened("upload")
    page.drop(("march.csv", march()))
    page.press("Check")
    assert "There is no live agreement for leicestershire-police" in page.words()
    assert "Put the agreement on record, then check again." in page.words()


def test_an_exception_goes_on_record_once_it_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    in_this_process(monkeypatch)
    store = Store.open(tmp_path / "bare")
    monkeypatch.setenv("VRIN_STORE", str(store.path))
    page = Page.opened("upload")
    page.drop(("march.csv", march()))
    page.press("Check")
    assert "There is no live agreement for leicestershire-police and the feed police-offences" in page.words()
    assert "--without-agreement" not in page.words()
    page.write("Reason", "signed, not yet here")
    page.write("Your name", "A. Lead")
    page.press("Check it again without")
    assert "without an agreement, by name and reason" in page.words()
    page.press("Accept")
    assert incidents(store) == 3
    assert [(one.person, one.reason) for one in overrides(store.path)] == [
        ("A. Lead", "signed, not yet here")
    ]
    store.close()


def test_a_column_that_identifies_persons_is_named(store: Store):
    page = Page.opened("upload")
    page.drop(("march.csv", march().replace("status,reported_by", "status,victim_name")))
    page.press("Check")
    assert "the column 'victim_name' identifies persons" in page.words()
    assert "Ask the supplier for the file without that column" in page.words()


def test_what_is_no_table_is_refused_in_words(store: Store):
    page = Page.opened("upload")
    page.drop(("page.csv", "<!doctype html><html><body>login</body></html>"), ("cut.zip", b"PK\x03\x04cut"))
    assert "page.csv: is a web page, not a table" in page.words()
    assert "cut.zip: is not a whole zip file" in page.words()
    assert [one for one in page.buttons() if one.startswith("Check")] == []


def stopped(store: Store, page: Page) -> None:
    """Bring a file to the page that a check stops."""
    for month in range(1, 7):
        text = march(60).replace("/03/2026", f"/{month:02d}/2025")
        page.drop((f"m{month}.csv", text))
        page.press("Check")
        page.press("Accept")
    page.drop(("july.csv", march(2).replace("/03/2026", "/07/2025")))
    page.press("Check")
    assert "**A check stops this file.**" in page.words()


def test_a_stopped_file_is_taken_by_a_named_person_or_left_waiting(store: Store):
    page = Page.opened("upload")
    stopped(store, page)
    page.press("Accept it as it is")
    assert "Give both your name and a reason." in page.words()
    page.press("Leave it waiting")
    assert "july.csv: a check stops it, and it waits for a decision below." in page.words()
    assert [one.file_name for one in held_files(store.path)] == ["july.csv"]
    assert leftovers(store) == []
    page.drop(("july.csv", march(2).replace("/03/2026", "/07/2025")))
    page.press("Check")
    page.write("Reason", "a quiet month, asked")
    page.write("Your name", "A. Lead")
    page.press("Accept it as it is")
    assert "july.csv: taken in, 2 rows kept" in page.words()
    assert held_files(store.path) == []
    assert [(one.kind, one.person) for one in overrides(store.path)] == [("stopped_submission", "A. Lead")]


def test_nothing_to_report_goes_on_record_without_a_file(store: Store):
    page = Page.opened("upload")
    assert next(one for one in page.app.button if one.label.startswith("Put on record")).disabled
    page.choose("Feed", "police-offences")
    page.choose("Supplier", LEICS)
    page.choose("Period", clock.today().replace(day=1))
    page.press("Put on record: nothing")
    assert "It is on record that there was nothing to report, build 000002." in page.words()
    nil = store.query("test", "select supplier_id, is_nil from submission")
    assert nil.to_dict("records") == [{"supplier_id": LEICS, "is_nil": True}]


def test_unfamiliar_headings_are_proposed_saved_by_name_and_read(store: Store, tmp_path: Path):
    page = Page.opened("upload")
    page.drop(("shouting.csv", SHOUTING.write(tmp_path).read_bytes()))
    assert page.chosen("Feed") == "police-offences"
    assert page.chosen("Supplier") == LEICS
    assert page.chosen("Column for DT_CREATED") == "recorded_at"
    assert page.chosen("Column for TEAM") == ""
    page.write("Your name", "A. Lead")
    page.press("Save this mapping")
    assert "The mapping stands on record as version 1" in page.words()
    assert "**240 kept**, **0 rejected**" in page.words()
    (saved,) = variants(store.path)
    assert (saved.supplier_id, saved.recorded_by) == (LEICS, "A. Lead")
    page.press("Accept")
    assert incidents(store) == 240
    page.drop(("next.csv", SHOUTING.write(tmp_path).read_bytes()))
    assert page.chosen("Supplier") == LEICS
    assert "the headings that were put on record for this supplier" in page.words()
    page.press("Check")
    assert "**Nothing is new.**" in page.words()


def test_a_column_chosen_twice_must_be_mended_before_it_is_tried(store: Store, tmp_path: Path):
    page = Page.opened("upload")
    page.drop(("in words.csv", IN_WORDS.write(tmp_path).read_bytes()))
    page.choose("Column for Log reference", "recorded_at")
    assert "Recorded at is chosen for 2 headings; keep one" in page.words()
    assert "Record key is needed, and no heading is chosen for it" in page.words()
    assert next(one for one in page.app.button if one.label.startswith("Read the first rows")).disabled
    page.choose("Column for Log reference", "record_key")
    page.choose("Column for Victim's sex", "suspect_sex")
    page.choose("Column for Suspect's sex", "victim_sex")
    page.press("Read the first rows")
    assert "240 of the first 240 rows would be kept" in page.words()


def test_values_that_are_not_known_are_mapped_or_ignored_and_the_file_read_again(store: Store):
    page = Page.opened("upload")
    text = march(2, weapon="Zweihander") + ROW.format(key="C1", day="03", weapon="Tbc") + "\n"
    page.drop(("march.csv", text))
    page.press("Check")
    page.press("Say what they mean")
    page.choose("Meaning of Zweihander in Weapon", "sharp")
    page.choose("Meaning of Tbc in Weapon", "~ignored")
    page.write("Your name", "A. Lead")
    page.press("Save this mapping")
    assert "'Tbc' in Weapon is to be read as a blank; say why" in page.words()
    page.write("Why Tbc is to be read as a blank", "a reminder of the clerk")
    page.press("Save this mapping")
    assert page.chosen("Supplier") == LEICS
    assert "Values that VRIN does not know" not in page.words()
    page.press("Accept")
    found = store.query(
        "test",
        "select weapon, count(*) as n from incident join profile using (profile_id) group by 1 order by 1",
    )
    assert [tuple(row) for row in found.itertuples(index=False)] == [("not_recorded", 1), ("sharp", 2)]


def test_files_of_one_feed_go_in_together_and_can_be_taken_apart(store: Store):
    page = Page.opened("upload")
    page.drop(("a.csv", march()), ("b.csv", march(4)))
    assert [one.value for one in page.app.subheader] == ["2 files"]
    page.press("Check")
    assert "Send one file for a supplier's month" in page.words()
    page.press("Handle each file on its own")
    assert [one.value for one in page.app.subheader] == ["a.csv", "b.csv"]
    page.press("Check")
    page.press("Accept")
    page.press("Check")
    page.press("Accept")
    assert "b.csv: taken in, 4 rows kept" in page.words()


def test_a_file_that_is_removed_is_gone(store: Store):
    page = Page.opened("upload")
    page.drop(("march.csv", march()))
    page.press("Remove from this page")
    assert leftovers(store) == []
    assert page.app.subheader == []


def test_a_choice_stays_while_another_page_is_looked_at(store: Store):
    add_supplier(
        store.path,
        Supplier("own-police", "Our Own Police", "police", None, None, ()),
        recorded_by="tests",
        recorded_at=clock.now(),
    )
    page = Page.opened("upload")
    page.drop(("march.csv", march()))
    page.choose("Supplier", "own-police")
    page.app.switch_page("../pages/feeds.py")
    page.run()
    page.app.switch_page("../pages/upload.py")
    page.run()
    assert page.chosen("Supplier") == "own-police"
    assert [one.value for one in page.app.subheader] == ["march.csv"]


def test_a_check_that_is_out_of_date_says_so(store: Store):
    page = Page.opened("upload")
    page.drop(("march.csv", march()))
    page.press("Check")
    assert "have changed since this check" not in page.words()
    agree_to_everything(store, version_of="another")
    page.run()
    assert "have changed since this check" in page.words()


def test_accepting_is_on_record(store: Store):
    page = Page.opened("upload")
    page.drop(("march.csv", march()))
    page.press("Check")
    before = len(events(store.path))
    page.press("Accept")
    assert [one.action for one in events(store.path)[before:]] == ["ingest", "search signals"]
