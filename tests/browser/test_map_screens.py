"""The map in a real browser, in each of its modes: drawn, led into and back, and without barriers."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, faults_at, visit

SHAPES = "[data-testid=stVegaLiteChart] svg g.mark-shape path"
MODES = {"mode=hexagons": 1, "mode=periods": 2, "mode=definitions": 2, "mode=both": 2, "measure=change": 1}


def shows(area: str, level: str) -> Callable[[str], bool]:
    """Whether an address names an area and a level, in whatever order."""
    return lambda url: bool(
        re.search(f"[?&]area={area}(&|$)", url) and re.search(f"[?&]level={level}(&|$)", url)
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("query", MODES)
def test_no_mode_has_a_serious_barrier(
    visitor: Page, sample_address: str, tmp_path: Path, query: str, size: str
):
    address, picture = f"{sample_address}/map?{query}", tmp_path / f"{size}.png"
    assert not faults_at(visitor, address, charts=MODES[query], size=size, picture=picture)


SETTLED_MS = 3_000


def test_a_click_leads_from_a_force_to_its_districts_to_their_small_areas_and_the_trail_back(
    visitor: Page, sample_address: str
):
    visit(visitor, f"{sample_address}/map?level=force", charts=1)
    visitor.wait_for_timeout(SETTLED_MS)
    visitor.locator(SHAPES).first.click()
    visitor.wait_for_url(shows(r"E23\d{6}", "district"), timeout=60_000)
    # A map that is drawn anew takes no click until it is there whole.
    visitor.wait_for_timeout(SETTLED_MS)
    visitor.locator(SHAPES).first.click()
    visitor.wait_for_url(shows(r"E0\d{7}", "lsoa"), timeout=60_000)
    steps = visitor.locator(".st-key-map_trail").get_by_role("button")
    expect(steps).to_have_count(2)
    steps.nth(1).focus()
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(shows(r"E23\d{6}", "district"))


def test_what_is_not_placed_is_asked_for_where_it_is_opened(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/map", charts=1)
    visitor.get_by_text("Not placed: from whom, and why").click()
    expect(visitor.locator("[data-testid=stExpander] [data-testid=stDataFrame]").first).to_be_visible()


def test_hexagons_are_named(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/map?mode=hexagons", charts=1)
    expect(visitor.locator(SHAPES)).to_have_count(35)
    expect(
        visitor.locator("[data-testid=stVegaLiteChart] svg g.mark-text").get_by_text("Blaby").first
    ).to_be_visible()
