"""The screen Areas in a real browser: own areas made by keyboard, and no serious barriers, narrow or wide."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import DRAWN, SIZES, barriers, faults_at, settled, visit
from tests.browser.server import running

VIEWS = {"held": 0, "own": 0, "files": 0, "context": 0}


@pytest.fixture(scope="module")
def address(chromium: str, store_with_areas: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on a store that has areas and nothing else."""
    store = shutil.copytree(store_with_areas, tmp_path_factory.mktemp("areas") / "store")
    with running(store) as served:
        yield served


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_no_serious_barrier(
    visitor: Page, address: str, tmp_path: Path, view: str, size: str
) -> None:
    picture = tmp_path / f"{view}-{size}.png"
    assert not faults_at(
        visitor, f"{address}/areas?view={view}", charts=VIEWS[view], size=size, picture=picture
    )


def begin(visitor: Page, address: str) -> None:
    visit(visitor, f"{address}/areas?view=own&layer=new")
    visitor.get_by_role("button", name="Begin", exact=True).click()
    expect(visitor.get_by_role("button", name="Merge them")).to_be_visible()
    expect(visitor.locator(DRAWN)).to_have_count(1)


def choose(visitor: Page, label: str, *names: str) -> None:
    """Choose in a box by keyboard alone."""
    for name in names:
        visitor.get_by_label(label).focus()
        visitor.keyboard.type(name)
        visitor.keyboard.press("Enter")
        expect(visitor.get_by_test_id("stMultiSelect")).to_contain_text(name)
        settled(visitor)
    visitor.keyboard.press("Escape")


@pytest.mark.parametrize("size", SIZES)
def test_every_change_has_no_serious_barrier(visitor: Page, address: str, size: str) -> None:
    width, height = SIZES[size]
    visitor.set_viewport_size({"width": width, "height": height})
    begin(visitor, address)
    for change in ("Merge areas", "Move a part", "Rename", "Add an area", "Remove"):
        visitor.get_by_role("radio", name=change).or_(
            visitor.get_by_role("button", name=change)
        ).first.click()
        settled(visitor)
        assert not barriers(visitor), change


def test_a_joint_partnership_is_two_clicks_and_a_save_away(visitor: Page, address: str) -> None:
    begin(visitor, address)
    choose(visitor, "Areas to merge", "Bassetlaw", "Newark and Sherwood")
    visitor.get_by_role("button", name="Merge them").click()
    expect(visitor.get_by_text("are one area now: Bassetlaw and Newark and Sherwood.")).to_be_visible()
    visitor.get_by_role("button", name="Save and publish").click()
    expect(visitor.get_by_text("reason: is empty")).to_be_visible(timeout=90_000)
    visitor.get_by_label("Why", exact=True).fill("one board for both")
    visitor.get_by_role("textbox", name="Your name").first.fill("A. Lead")
    visitor.get_by_role("button", name="Save and publish").click()
    expect(visitor.get_by_text("Partnerships (partnerships v1): 36 areas; build 000002.")).to_be_visible(
        timeout=120_000
    )
    expect(visitor.get_by_role("heading", name="Partnerships, version 1")).to_be_visible()
    assert not barriers(visitor)
