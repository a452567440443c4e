"""Trends in a real browser: drawn, narrow and wide, without serious barriers, and its settings by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, barriers, faults_at, visit

NOTTINGHAM = "/trends?definition=violence-with-injury&area=E06000018&from=2023-04&to=2026-03"


@pytest.mark.parametrize("size", SIZES)
def test_one_series_has_no_serious_barrier(visitor: Page, sample_address: str, tmp_path: Path, size: str):
    address = f"{sample_address}{NOTTINGHAM}&below=season&target=80&near=1"
    assert not faults_at(visitor, address, charts=3, size=size, picture=tmp_path / f"trends-{size}.png")


def test_many_series_have_no_serious_barrier_and_open_alone(visitor: Page, sample_address: str):
    # A force's districts, so that the test waits for few charts.
    visit(visitor, f"{sample_address}/trends?show=areas&parts=district&area=E23000021", charts=9)
    assert not barriers(visitor)
    visitor.get_by_role("button", name="Leicester", exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_contain_text("Leicester")
    expect(visitor.get_by_text("How to read this.")).to_be_visible()
    assert "show=one" in visitor.url
    assert "area=E06000016" in visitor.url


def test_a_setting_is_chosen_by_keyboard_and_stands_under_the_chart_and_in_the_address(
    visitor: Page, sample_address: str
):
    visit(visitor, sample_address + NOTTINGHAM, charts=1)
    visitor.get_by_role("button", name="Settings").click()
    box = visitor.get_by_role("combobox", name="Points of a run or trend")
    box.focus()
    box.press("ArrowDown")
    visitor.get_by_role("option", name="8 points").click()
    expect(visitor.get_by_text("Rules: 8 points make a run or a trend")).to_be_visible()
    assert "run_length=8" in visitor.url
    assert not barriers(visitor)
