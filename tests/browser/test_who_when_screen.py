"""Who, when, where in a real browser: drawn, narrow and wide, without serious barriers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, barriers, faults_at, settled, visit

WHEN = "/who-when-where?definition=violence-with-injury&from=2025-04&to=2026-03"


@pytest.mark.parametrize("size", SIZES)
def test_the_week_has_no_serious_barrier(visitor: Page, sample_address: str, tmp_path: Path, size: str):
    picture = tmp_path / f"when-{size}.png"
    assert not faults_at(visitor, sample_address + WHEN, charts=3, size=size, picture=picture)


def test_who_and_where_are_reached_by_keyboard_and_stand_in_the_address(visitor: Page, sample_address: str):
    visit(visitor, sample_address + WHEN, charts=3)
    visitor.get_by_role("radio", name="Who", exact=True).press("Enter")
    expect(visitor.get_by_text("Persons are counted here and not incidents")).to_be_visible()
    assert "show=who" in visitor.url
    assert not barriers(visitor)
    visitor.get_by_role("radio", name="Where and how").press("Enter")
    expect(visitor.get_by_text("In public space")).to_be_visible()
    expect(visitor.get_by_test_id("stExpander")).to_have_count(2)
    settled(visitor)
    for summary in visitor.locator("[data-testid=stExpander] summary").all():
        summary.click()
    assert not barriers(visitor)
