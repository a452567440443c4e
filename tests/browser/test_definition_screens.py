"""The page Definitions in a real browser: read, compared, written and saved, without serious barriers."""

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, barriers, faults_at, go_to, settled, visit
from tests.browser.server import running
from vrin_data.store import Store

LONDON = "london-duty@1"
TWO = "leicestershire-vrn@1,leicestershire-vrn@2"
SCREENS = {
    "library": ("/definitions", 0),
    "read": (f"/definitions?view=read&read={LONDON}", 2),
    "compare": (f"/definitions?view=compare&compare={TWO}", 7),
    "begin": ("/definitions?view=edit", 0),
}


@pytest.fixture(scope="module")
def address(chromium: str, sample_store: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a copy of the sample, whose records a test may change."""
    store = tmp_path_factory.mktemp("definitions") / "store"
    shutil.copytree(sample_store.path, store)
    with running(store) as served:
        yield served


def write(page: Page, name: str, text: str) -> None:
    """Fill a box in and leave it, and wait for what the server makes of it: it draws the page anew at each."""
    box = page.get_by_role("textbox", name=name, exact=name.endswith("(needed)")).first
    box.fill(text)
    box.press("Tab")
    settled(page)
    expect(box).to_have_value(text)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_screen_has_no_serious_barrier(visitor: Page, address: str, tmp_path: Path, screen: str, size: str):
    path, charts = SCREENS[screen]
    picture = tmp_path / f"{screen}-{size}.png"
    assert not faults_at(visitor, address + path, charts=charts, size=size, picture=picture)


def test_a_click_on_a_row_of_the_library_opens_it(visitor: Page, address: str):
    visit(visitor, f"{address}/definitions")
    box = visitor.get_by_test_id("stDataFrame").bounding_box()
    assert box is not None
    visitor.mouse.click(box["x"] + 200, box["y"] + 35 + 17)
    visitor.wait_for_url(re.compile(r"view=read"))
    expect(visitor.locator("h2").first).to_contain_text("Serious Violence Strategy 2018, version 1")


def test_one_is_opened_by_keyboard_and_read(visitor: Page, address: str):
    visit(visitor, f"{address}/definitions")
    visitor.get_by_label("Read", exact=False).last.focus()
    visitor.keyboard.type("Norfolk")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(re.compile(r"read=norfolk-duty"))
    expect(visitor.locator("h2").first).to_have_text("Serious violence, Norfolk, version 1")
    expect(visitor.get_by_role("heading", name="What it cannot say")).to_be_visible()
    with visitor.expect_download() as download:
        visitor.get_by_role("button", name="Download it (TOML)").click()
    assert tomllib.loads(Path(download.value.path()).read_text(encoding="utf-8"))["id"] == "norfolk-duty"


def test_two_are_compared_and_a_link_reopens_the_same(visitor: Page, address: str):
    visit(visitor, f"{address}/definitions?view=read&read=leicestershire-vrn@2")
    visitor.get_by_role("button", name="Versions 1 and 2 over the same months").click()
    visitor.wait_for_url(re.compile(r"view=compare"))
    expect(visitor.get_by_text("Version 2 surely adds").first).to_be_visible()
    expect(visitor.get_by_text("Measured against residents").first).to_be_visible()
    again = visitor.url
    visitor.get_by_role("link", name="Overview").click()
    expect(visitor.locator("h1")).not_to_have_text("Definitions of serious violence")
    go_to(visitor, "Definitions")
    expect(visitor.get_by_text("Version 2 surely adds").first).to_be_visible()
    visit(visitor, again, charts=7)
    expect(visitor.get_by_text("Version 2 surely adds").first).to_be_visible()


def test_a_copy_is_changed_and_saved_as_a_draft(visitor: Page, address: str):
    visit(visitor, f"{address}/definitions?view=read&read=most-serious-violence@1")
    visitor.get_by_role("button", name="Copy it into a definition of your own").click()
    expect(visitor.locator("h2").first).to_have_text("Writing: Copy of Most serious violence")
    expect(visitor.get_by_text("(as before)").first).to_be_visible()
    sets = visitor.get_by_role("combobox", name="Sets of offences")
    sets.click()
    visitor.keyboard.type("Threats to kill")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_text("1 kind of offence comes in.")).to_be_visible()
    expect(visitor.get_by_text("(before: ").first).to_be_visible()
    visitor.keyboard.press("Escape")
    expect(visitor.get_by_role("listbox")).to_have_count(0)
    settled(visitor)
    assert not barriers(visitor)
    visitor.get_by_role("radio", name="2. Narrowed to").click()
    visitor.get_by_role("button", name="Add an age").click()
    expect(visitor.get_by_label("To (included)").last).to_be_visible()
    settled(visitor)
    assert not barriers(visitor)
    visitor.get_by_role("radio", name="3. Words and dates").click()
    write(visitor, "Name (needed)", "Most serious violence and threats")
    write(visitor, "Author (needed)", "A. Author")
    write(visitor, "In use from", "1/4/2026")
    write(visitor, "Source", "the board")
    write(visitor, "Why it is coded so", "agreed")
    expect(visitor.locator("h2").first).to_have_text("Writing: Most serious violence and threats")
    settled(visitor)
    assert not barriers(visitor)
    visitor.get_by_role("radio", name="4. Save").click()
    write(visitor, "Your name", "A. Author")
    visitor.get_by_role("button", name="Save as a draft").click()
    told = visitor.get_by_test_id("stAlert").filter(has_text="stands on record as a draft")
    expect(told).to_contain_text("most-serious-violence-copy v1")
    settled(visitor)
    assert not barriers(visitor)
    visitor.get_by_role("button", name="Read it").click()
    expect(visitor.locator("h2").first).to_have_text("Most serious violence and threats, version 1")
    expect(visitor.get_by_text("Its text may still change")).to_be_visible()


def test_what_opens_on_one_definition_has_no_serious_barrier(visitor: Page, address: str):
    visit(visitor, address + SCREENS["read"][0], charts=2)
    visitor.get_by_text("Fill in or change the judgements").click()
    expect(visitor.get_by_role("button", name="Save the worksheet")).to_be_visible()
    settled(visitor)
    for summary in visitor.locator("[data-testid=stExpander] summary").all():
        summary.click()
    assert not barriers(visitor)


def test_a_file_comes_in_again(visitor: Page, address: str, tmp_path: Path):
    visit(visitor, f"{address}/definitions?view=read&read=knife-enabled@1")
    with visitor.expect_download() as download:
        visitor.get_by_role("button", name="Download it (TOML)").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    again = tmp_path / "again.toml"
    again.write_text(text.replace("Knife-enabled serious violence", "Knives, again"), encoding="utf-8")
    visitor.get_by_role("radio", name="Edit").click()
    visitor.locator("input[type=file]").set_input_files(again)
    visitor.get_by_role("button", name="Open it in the editor").click()
    expect(visitor.locator("h2").first).to_have_text("Writing: Knives, again")


def test_a_figure_leads_to_what_its_definition_says(visitor: Page, address: str):
    visitor.goto(f"{address}/?definition={LONDON}")
    visitor.get_by_text("Where these figures come from").first.click()
    visitor.get_by_role("link", name="What london-duty v1 counts, in plain English").first.click()
    visitor.wait_for_url(re.compile(r"view=read"))
    expect(visitor.locator("h2").first).to_have_text("Serious violence, London, version 1")
