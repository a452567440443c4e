"""The data lead's screens in a real browser: drawn, clickable, filled in, and without serious barriers."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, barriers, faults_at, go_to, visit
from tests.browser.server import running
from tests.ui.feed_store import AS_OF, LEICS_POLICE, POLICE, whole_ledger

ON = f"as-of={AS_OF}"
FEBRUARY = f"{LEICS_POLICE}.{POLICE}.2025-02"
AGREED = f"{LEICS_POLICE}-agreement"
CELL = "[data-testid=stVegaLiteChart] svg g.mark-rect.role-mark path"
SCREENS = {
    "feeds": (f"/feeds?{ON}", 2),
    "period": (f"/feeds?{ON}&period={LEICS_POLICE}.{POLICE}.2025-01", 2),
    "agreements": (f"/agreements?agreement={AGREED}", 0),
    "dictionary": ("/dictionary?of-feed=ed-assaults&find=knife", 0),
}


@pytest.fixture(scope="module")
def address(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a store with every state of the ledger."""
    store = whole_ledger(tmp_path_factory.mktemp("ledger"))
    store.close()
    with running(store.path) as served:
        yield served


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_has_no_serious_barrier(visitor: Page, address: str, tmp_path: Path, screen: str, size: str):
    path, charts = SCREENS[screen]
    picture = tmp_path / f"{screen}-{size}.png"
    assert not faults_at(visitor, address + path, charts=charts, size=size, picture=picture)


def test_everything_that_opens_has_no_serious_barrier(visitor: Page, address: str):
    for path, charts in (SCREENS["period"], SCREENS["agreements"], SCREENS["dictionary"]):
        visit(visitor, address + path, charts=charts)
        for summary in visitor.locator("[data-testid=stExpander] summary").all():
            summary.click()
        assert not barriers(visitor)


def test_a_click_on_a_square_says_why(visitor: Page, address: str):
    visit(visitor, f"{address}/feeds?{ON}", charts=2)
    expect(visitor.locator(CELL)).to_have_count(17)
    visitor.locator(CELL).nth(4).click()
    visitor.wait_for_url(re.compile(r"[?&]period=[a-z-]+\.[a-z-]+\.2025-\d\d"))
    expect(visitor.locator("h3")).to_have_count(1)
    toast = visitor.get_by_test_id("stToast")
    expect(toast).to_contain_text("The details stand below the matrix.")
    expect(toast).to_contain_text(visitor.locator("h3").inner_text())


def test_a_period_is_chosen_by_keyboard(visitor: Page, address: str):
    visit(visitor, f"{address}/feeds?{ON}", charts=2)
    visitor.get_by_label("Supplier and feed").focus()
    visitor.keyboard.type("Nottinghamshire Police")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(re.compile(r"period=nottinghamshire-police\.police-offences\.2025-05"))
    expect(visitor.locator("h3")).to_have_text("Nottinghamshire Police: Police recorded offences, May 2025")
    expect(visitor.get_by_text("Not received: 25 days past the day.")).to_be_visible()


def test_a_link_reopens_the_same_view_and_the_way_back_keeps_it(visitor: Page, address: str):
    visit(visitor, f"{address}/feeds?{ON}&kind=police&problems=1&period={FEBRUARY}", charts=2)
    expect(visitor.locator(CELL).first).to_be_visible()
    expect(visitor.locator("h3")).to_have_text(
        "Leicestershire Police: Police recorded offences, February 2025"
    )
    go_to(visitor, "Agreements")
    expect(visitor.locator("h1")).to_have_text("Agreements")
    go_to(visitor, "Feeds")
    visitor.wait_for_url(re.compile(r"kind=police"))
    expect(visitor.locator("h3")).to_have_text(
        "Leicestershire Police: Police recorded offences, February 2025"
    )


def test_a_message_is_there_to_copy(visitor: Page, address: str):
    visit(visitor, f"{address}/feeds?{ON}", charts=2)
    visitor.get_by_text("Leicestershire Police: 1 period did not come").click()
    expect(visitor.get_by_text("Dear Head of Performance,").first).to_be_visible()


def test_an_agreement_goes_out_as_a_file_and_comes_in_again(visitor: Page, address: str, tmp_path: Path):
    visit(visitor, f"{address}/agreements?agreement={AGREED}")
    with visitor.expect_download() as download:
        visitor.get_by_role("button", name="Download it (TOML)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    assert tomllib.loads(text)["agreement_id"] == AGREED
    again = tmp_path / "again.toml"
    again.write_text(text.replace("Head of Performance", "Head of Data"), encoding="utf-8")
    visitor.get_by_text("From a file (TOML)").click()
    visitor.locator("input[type=file]").set_input_files(again)
    form = visitor.get_by_test_id("stForm").filter(
        has=visitor.get_by_role("button", name="Put the file on record")
    )
    form.get_by_role("textbox", name="Your name").fill("A. Lead")
    form.get_by_role("button", name="Put the file on record").click()
    expect(visitor.get_by_test_id("stAlert").first).to_contain_text("stands on record as version 2, live.")


def test_a_form_with_errors_keeps_what_was_filled_in(visitor: Page, address: str):
    visit(visitor, f"{address}/agreements")
    visitor.get_by_role("button", name="Add an agreement").click()
    visitor.get_by_role("textbox", name="Title (needed)").fill("Crimes of the county")
    visitor.get_by_role("textbox", name="First day (needed)").fill("31/02/2026")
    assert not barriers(visitor)
    visitor.get_by_role("button", name="Put on record").click()
    told = visitor.get_by_test_id("stAlert").filter(has_text="the agreement has")
    for words in ("Short name:", "Suppliers:", "Your name:", "First day: '31/02/2026' is not a day"):
        expect(told).to_contain_text(words)
    expect(visitor.get_by_role("textbox", name="Title (needed)")).to_have_value("Crimes of the county")
    assert not barriers(visitor)


def test_the_dictionary_is_searched_and_taken_along(visitor: Page, address: str):
    visit(visitor, f"{address}/dictionary")
    visitor.get_by_label("Search all feeds, fields, codes and headings").fill("gravity")
    visitor.keyboard.press("Enter")
    found = visitor.get_by_test_id("stExpander").filter(has_text="Youth justice outcomes")
    expect(found).to_be_visible()
    # The list is drawn anew once more after the search; a click before that would open what is replaced.
    visitor.wait_for_timeout(4_000)
    found.locator("summary").click()
    found.get_by_role("button").click()
    expect(visitor.locator("h2").first).to_have_text("Youth justice outcomes")
    with visitor.expect_download() as download:
        visitor.get_by_role("button", name="Download this feed (Markdown)").click()
    assert Path(download.value.path()).read_text(encoding="utf-8").startswith("# Youth justice outcomes\n")


@pytest.mark.parametrize(("path", "title"), [("agreements", "Agreements"), ("dictionary", "Data dictionary")])
def test_a_new_user_begins_on_an_empty_store(visitor: Page, tmp_path: Path, path: str, title: str):
    with running(tmp_path / "nothing") as served:
        visitor.goto(f"{served}/{path}")
        expect(visitor.locator("h1")).to_have_text(title)
        expect(visitor.get_by_text("Definition of violence")).to_have_count(0)
        assert not barriers(visitor)
        visitor.goto("about:blank")
