"""Compare areas in a real browser: drawn, narrow and wide, without serious barriers; a list brought in and used."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, barriers, faults_at, settled, visit
from tests.browser.server import running
from tests.measures.test_comparison import a_year

ONE = "/compare-areas?area=E06000016&level=district&of=incidents-rate&with=region&from=2025-04&to=2026-03"
LEICESTER, CHARNWOOD, NOTTINGHAM = "E06000016", "E07000130", "E06000018"


@pytest.mark.parametrize("size", SIZES)
def test_compare_areas_has_no_serious_barrier(visitor: Page, sample_address: str, tmp_path: Path, size: str):
    picture = tmp_path / f"compare-{size}.png"
    assert not faults_at(visitor, sample_address + ONE, charts=2, size=size, picture=picture)


@pytest.fixture
def own_address(chromium: str, tmp_path: Path) -> Iterator[str]:
    """A server on a small store of its own, which may be written to."""
    a_year().publish(tmp_path / "store").close()
    with running(tmp_path / "store") as address:
        yield address


def test_a_list_is_brought_in_compared_with_and_taken_out_of_use(
    visitor: Page, own_address: str, tmp_path: Path
):
    file = tmp_path / "nearest.csv"
    file.write_text(f"area code,neighbour code,rank\n{LEICESTER},{NOTTINGHAM},1\n{LEICESTER},E06000015,2\n")
    visit(visitor, f"{own_address}/compare-areas?at={LEICESTER}&of=incidents-rate", charts=2)
    expect(visitor.get_by_text("VRIN makes none up.")).to_be_visible()
    visitor.get_by_text("Lists of comparators", exact=True).click()
    visitor.locator("[data-testid=stFileUploader] input").set_input_files(file)
    visitor.get_by_label("What the list is called").fill("Nearest neighbours")
    visitor.get_by_role("button", name="Look at the file").click()
    expect(visitor.get_by_text("a row for each pair", exact=False).last).to_be_visible()
    visitor.get_by_role("textbox", name="Why").fill("as published")
    visitor.get_by_role("textbox", name="Your name").fill("J Smith")
    visitor.get_by_role("button", name="Save the list").click()
    expect(visitor.get_by_text("stands on record as version 1")).to_be_visible()
    box = visitor.get_by_role("combobox", name="Compared with")
    box.focus()
    box.press("ArrowDown")
    visitor.get_by_role("option", name="Nearest neighbours").click()
    expect(visitor.get_by_text("1 of the 2 areas of the list has no figures in this hub")).to_be_visible()
    assert "with=list%3Anearest-neighbours" in visitor.url
    settled(visitor)
    assert not barriers(visitor)
