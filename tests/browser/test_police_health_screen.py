"""Police and health in a real browser: drawn, narrow and wide, without serious barriers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import DRAWN, SIZES, barriers, faults_at, visit

NOTTS = "/police-health?at=E23000019"


@pytest.mark.parametrize("size", SIZES)
def test_police_and_health_have_no_serious_barrier(
    visitor: Page, sample_address: str, tmp_path: Path, size: str
):
    # Four feeds over the areas; police, department and ambulance by month; and all of them set to 100.
    picture = tmp_path / f"police-health-{size}.png"
    assert not faults_at(visitor, sample_address + NOTTS, charts=8, size=size, picture=picture)


def test_ratios_are_chosen_and_stand_in_the_address(visitor: Page, sample_address: str):
    visit(visitor, sample_address + NOTTS, charts=8)
    visitor.get_by_role("radio", name="Ratios").click()
    # The police have no ratio to themselves.
    expect(visitor.locator(DRAWN)).to_have_count(7)
    assert "show=ratio" in visitor.url
    assert not barriers(visitor)
