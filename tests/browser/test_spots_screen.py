"""Harm spots in a real browser: drawn, narrow and wide, without serious barriers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, barriers, faults_at, visit

WHOLE = "/hotspots?definition=most-serious-violence&from=2023-04&to=2026-03"


@pytest.mark.parametrize("size", SIZES)
def test_harm_spots_have_no_serious_barrier(visitor: Page, sample_address: str, tmp_path: Path, size: str):
    picture = tmp_path / f"spots-{size}.png"
    assert not faults_at(visitor, sample_address + WHOLE, charts=3, size=size, picture=picture)


def test_the_rule_is_chosen_by_keyboard_and_stands_in_the_address(visitor: Page, sample_address: str):
    visit(visitor, sample_address + WHOLE, charts=3)
    rule = visitor.get_by_role("combobox", name="When a place stands out")
    rule.focus()
    rule.press("ArrowDown")
    visitor.get_by_role("option", name="Two standard deviations").click()
    expect(visitor.get_by_text("It takes no account of chance")).to_be_visible()
    assert "rule=two_sd" in visitor.url
    for summary in visitor.locator("[data-testid=stExpander] summary").all():
        summary.click()
    assert not barriers(visitor)
