"""The page Rejected rows: how many, why, where, and corrected on screen or by file."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest

from tests.conftest import OFFENCE_HEADER
from tests.ui.upload_page import Page, in_this_process
from vrin_data.intake import ingest
from vrin_data.records import events
from vrin_data.store import Store
from vrin_ui.rejected import rejected_table

RECEIVED = datetime(2026, 11, 1, 9, 0)
GOOD = "A1,Leicestershire Police,8N,008/06,01/03/2026,02/03/2026,458000,304000,Street,Knife,N,34,M,,Live,"
BAD_DATE = GOOD.replace("A1", "A2").replace("02/03/2026", "02/99/2026")
BAD_EASTING = GOOD.replace("A1", "A3").replace("458000", "here")


@pytest.fixture
def store(tmp_path: Path, store_with_areas: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    in_this_process(monkeypatch)
    found = Store.open(shutil.copytree(store_with_areas, tmp_path / "store"))
    monkeypatch.setenv("VRIN_STORE", str(found.path))
    yield found
    found.close()


def send(store: Store, *rows: str, name: str = "march.csv") -> None:
    file = store.path.parent / name
    file.write_text("\n".join([OFFENCE_HEADER, *rows]) + "\n", encoding="utf-8")
    assert ingest(store, "police-offences", [file], received_at=RECEIVED).build_id


def waiting(store: Store) -> list[tuple[int, str]]:
    frame = store.query("test", "select line_number, rule from rejected_row order by all")
    return [tuple(row) for row in frame.itertuples(index=False)]


def test_an_empty_store_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VRIN_STORE", str(tmp_path / "nothing"))
    assert Page.opened("rejected").app.title[0].value == "There is no data yet"


def test_where_nothing_was_rejected_that_is_said(store: Store):
    send(store, GOOD)
    page = Page.opened("rejected")
    assert "No row was rejected" in page.words()
    assert page.tables() == []


def test_how_many_why_where_and_what_to_do(store: Store):
    send(store, GOOD, BAD_DATE, BAD_EASTING, BAD_EASTING.replace("A3", "A4"))
    page = Page.opened("rejected")
    assert (
        "**3 rows rejected** in 1 file of 1 supplier, 75.0% of the 4 rows of their submissions."
        in page.words()
    )
    first, second = (
        page.words().index("**2 rows** (easting): The cell holds no number."),
        page.words().index("**1 row**"),
    )
    assert first < second
    assert (
        "**What to do:** Correct the number, or leave the cell blank where it is not known." in page.words()
    )
    where, rows = page.tables()[:2]
    assert where[["Supplier", "Period", "Rejected", "Of rows", "Share"]].values.tolist() == [
        ["Leicestershire Police", "March 2026", 3, 4, "75.0%"]
    ]
    assert rows[["Line", "Column", "Value"]].values.tolist() == [
        [3, "recorded_date", "02/99/2026"],
        [4, "easting", "here"],
        [5, "easting", "here"],
    ]


def test_a_choice_goes_into_the_address_and_narrows(store: Store):
    send(store, GOOD, BAD_DATE, BAD_EASTING)
    page = Page.opened("rejected")
    page.choose("Reason", "not_a_date")
    assert page.app.query_params["rule"] == "not_a_date"
    assert "**1 row rejected**" in page.words()
    page.choose("Period", "2026-03")
    page.choose("Reason", "")
    assert "**2 rows rejected**" in page.words()


def test_a_wrong_address_is_no_error(store: Store):
    send(store, GOOD, BAD_DATE)
    page = Page.opened("rejected", rule="'; drop table rejected_row; --")
    assert "No rejected row is left by this choice." in page.words()
    page.choose("Reason", "")
    assert "**1 row rejected**" in page.words()


def test_the_download_for_the_supplier_has_places_values_and_reasons(store: Store):
    from vrin_ui import ask
    from vrin_ui.rejected import rejected_parts, rejected_view

    send(store, GOOD, BAD_DATE)
    text = rejected_parts.for_supplier(ask.ask("rejected", rejected_view.request_of({})))
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    (row,) = csv.DictReader(lines)
    assert (row["file_name"], row["line_number"], row["raw_value"]) == ("march.csv", "3", "02/99/2026")
    assert "row_json" not in row
    assert "is not a date" in row["reason"]


def test_values_that_must_not_be_kept_are_shown_as_not_kept():
    frame = pd.DataFrame(
        {
            "raw_value": ["x", None, None, " "],
            "row_json": [json.dumps({}), json.dumps({}), None, json.dumps({})],
        }
    )
    assert rejected_table.shown_values(frame) == ["x", "(blank)", "not kept", "(blank)"]


def test_a_row_is_corrected_in_the_form_and_taken_in_under_a_name(store: Store):
    send(store, GOOD, BAD_DATE, BAD_EASTING)
    page = Page.opened("rejected")
    next(one for one in page.app.radio if one.label == "Correct them here").set_value("One row at a time")
    page.run()
    page.write("recorded_date (look here)", "02/03/2026")
    page.press("Keep these changes")
    assert "**1 row changed.**" in page.words()
    page.press("Send the corrections")
    assert "Give your name" in page.words()
    page.write("Your name", "A. Lead")
    page.press("Send the corrections")
    assert "1 corrected row taken in, build 000003." in page.words()
    assert waiting(store) == [(4, "not_a_number")]
    done = [(one.action, one.actor) for one in events(store.path) if one.action != "search signals"]
    assert done[-1] == ("correct", "A. Lead")
    assert list((store.path / "uploads").iterdir()) == []


def test_what_is_still_wrong_is_said_and_stays(store: Store):
    send(store, GOOD, BAD_DATE, BAD_EASTING)
    page = Page.opened("rejected", rule="not_a_date")
    next(one for one in page.app.radio if one.label == "Correct them here").set_value("One row at a time")
    page.run()
    page.write("recorded_date (look here)", "2026-77-01")
    page.press("Keep these changes")
    page.write("Your name", "A. Lead")
    page.press("Send the corrections")
    assert "No row could be taken in, and nothing was changed." in page.words()
    assert "Still wrong, 1: recorded_date is not a date" in page.words()
    assert len(waiting(store)) == 2


def test_a_corrected_file_is_sent_back(store: Store):
    from vrin_data.report import as_corrections
    from vrin_ui import ask
    from vrin_ui.rejected import rejected_view

    send(store, GOOD, BAD_DATE, BAD_EASTING)
    text = as_corrections(ask.ask("rejected", rejected_view.request_of({"file": "march.csv"})))
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:4] == ["vrin_file", "vrin_line", "vrin_reason", "crime_reference"]
    page = Page.opened("rejected")
    fixed = text.replace("02/99/2026", "02/03/2026").encode("utf-8-sig")
    page.app.file_uploader[0].set_value(("corrections.csv", fixed, "text/csv"))
    page.run()
    next(one for one in page.app.text_input if one.key == "correct_file_by").set_value("B. Lead")
    page.press("Send the corrected file")
    assert "1 corrected row taken in" in page.words()
    assert "Still wrong, 1: easting is not a number" in page.words()


def test_a_file_that_is_none_of_corrections_is_refused(store: Store):
    send(store, GOOD, BAD_DATE)
    page = Page.opened("rejected")
    page.app.file_uploader[0].set_value(("other.csv", b"a,b\n1,2\n", "text/csv"))
    page.run()
    next(one for one in page.app.text_input if one.key == "correct_file_by").set_value("B. Lead")
    page.press("Send the corrected file")
    assert "is no file of corrections" in page.words()


def test_many_rows_are_corrected_by_file_or_after_a_choice(store: Store):
    rows = [BAD_DATE.replace("A2", f"D{number}") for number in range(45)]
    rows += [BAD_EASTING.replace("A3", f"E{number}") for number in range(20)]
    send(store, *[GOOD.replace("A1", f"G{number}") for number in range(70)], *rows)
    page = Page.opened("rejected")
    assert "Up to 50 can be corrected on the screen" in page.words()
    assert not [one for one in page.app.radio if one.label == "Correct them here"]
    page.choose("Reason", "not_a_number")
    assert "20 rows of this choice can be corrected." in page.words()
    assert [one for one in page.app.radio if one.label == "Correct them here"]
