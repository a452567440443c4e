"""The screens in a real browser: drawn, clickable, reachable by keyboard, and without serious barriers."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, faults_at, visit

# A shape of the map with area, which is there only once the outlines have come and are drawn.
AREA_SHAPE = "[data-testid=stVegaLiteChart] svg g.mark-shape path"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("path", "charts"), [("/", 3), ("/map", 1), ("/map?level=lsoa&area=E06000016", 3)])
def test_a_screen_has_no_serious_barrier(
    visitor: Page, sample_address: str, tmp_path: Path, path: str, charts: int, size: str
):
    picture = tmp_path / f"{size}.png"
    assert not faults_at(visitor, sample_address + path, charts=charts, size=size, picture=picture)


def test_the_map_is_drawn_from_its_outlines(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/map", charts=1)
    expect(visitor.locator(AREA_SHAPE)).to_have_count(35)


def test_a_click_on_an_area_chooses_it(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/map?level=force", charts=1)
    shapes = visitor.locator(AREA_SHAPE)
    expect(shapes).to_have_count(5)
    shapes.first.click()
    visitor.wait_for_url(re.compile(r"[?&]area=E23\d{6}"))
    expect(visitor.locator("h2").first).to_be_visible()
    visitor.get_by_role("button", name="All areas").click()
    visitor.wait_for_url(lambda url: "area=" not in url)


def test_an_area_can_be_chosen_by_keyboard(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/map", charts=1)
    box = visitor.get_by_label("Area", exact=False).first
    box.focus()
    visitor.keyboard.type("Leicester (district")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(re.compile(r"[?&]area=E06000016"))
    expect(visitor.locator("h2")).to_contain_text("Leicester")


def test_the_choice_goes_along_to_the_next_page_and_back(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/?area=E06000018&definition=knife-enabled", charts=3)
    visitor.get_by_role("link", name="Map").click()
    visitor.wait_for_url(re.compile(r"/map\?.*area=E06000018.*definition=knife-enabled"))
    expect(visitor.locator("h1")).to_have_text("Map: Knife-enabled serious violence")
    visitor.get_by_role("link", name="Overview").click()
    expect(visitor.locator("h1")).to_have_text("Knife-enabled serious violence: Nottingham")


def test_a_download_begins_with_its_stamp(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/", charts=3)
    buttons = visitor.get_by_role("button", name="Download (CSV)")
    # They come in as they are ready: the first in the page may be the last.
    expect(buttons).to_have_count(2)
    with visitor.expect_download() as download:
        buttons.first.click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    stamp = [line for line in lines if line.startswith("#")]
    assert stamp[0] == "# SIMULATED DATA: not real events"
    assert lines[len(stamp)].startswith("month,incident_count_low,incident_count_high,harm_days_low")
    assert len(lines) == len(stamp) + 1 + 36
