"""Upload and Rejected rows in a real browser: a file's way from the drop to the correction, without barriers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, barriers
from tests.browser.server import running
from tests.intake.unfamiliar import SHOUTING
from tests.ui.test_upload_page import march
from vrin_data.records import variants
from vrin_data.store import Store

SLOW_MS = 60_000


@pytest.fixture
def store(tmp_path: Path, store_with_areas: Path) -> Path:
    return Path(shutil.copytree(store_with_areas, tmp_path / "store"))


@pytest.fixture
def address(chromium: str, store: Path) -> Iterator[str]:
    with running(store) as served:
        yield served


def dropped(page: Page, path: Path) -> None:
    """Drop a file and wait until it was looked at."""
    page.locator("input[type=file]").first.set_input_files(path)
    expect(page.get_by_role("heading", name=path.name)).to_be_visible(timeout=SLOW_MS)


def press(page: Page, name: str) -> None:
    """Press a button, and wait until nothing runs any more."""
    page.get_by_role("button", name=name).first.click()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0, timeout=SLOW_MS)


def said(page: Page, words: str) -> None:
    expect(page.get_by_text(words).first).to_be_visible(timeout=SLOW_MS)


def assert_no_barrier(page: Page) -> None:
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(500)
        assert not barriers(page)
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow == 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_file_is_checked_accepted_and_its_bad_row_corrected(
    visitor: Page, address: str, store: Path, tmp_path: Path
):
    extract = tmp_path / "march.csv"
    extract.write_text(march(3, bad=1), encoding="utf-8")
    visitor.goto(f"{address}/upload")
    dropped(visitor, extract)
    press(visitor, "Check (nothing is stored yet)")
    said(visitor, "It can be taken in under the agreement 'For tests'.")
    said(visitor, "As VRIN reads them: 3 of the first 4 rows would be kept.")
    assert_no_barrier(visitor)
    assert Store.open(store).current_build() == "000001"
    press(visitor, "Accept: take it in")
    said(visitor, "march.csv: taken in, 3 rows kept and 1 rejected, build 000002.")
    visitor.get_by_role("link", name="See the rejected rows").click()
    said(visitor, "1 row rejected")
    visitor.get_by_text("One row at a time", exact=True).click()
    visitor.get_by_role("textbox", name="recorded_date (look here)").fill("02/03/2026")
    visitor.get_by_role("textbox", name="occurred_from").fill("01/03/2026 10:00")
    visitor.get_by_role("button", name="Keep these changes").click()
    said(visitor, "1 row changed.")
    assert_no_barrier(visitor)
    visitor.get_by_role("textbox", name="Your name").first.fill("A. Lead")
    visitor.get_by_role("button", name="Send the corrections").click()
    said(visitor, "1 corrected row taken in, build 000003.")
    said(visitor, "No row was rejected: everything that came in was taken.")
    assert Store.open(store).current_build() == "000003"


def test_unfamiliar_headings_are_looked_through_and_saved(
    visitor: Page, address: str, store: Path, tmp_path: Path
):
    visitor.goto(f"{address}/upload")
    dropped(visitor, SHOUTING.write(tmp_path))
    said(visitor, "The headings are not those of this feed yet.")
    expect(visitor.get_by_label("Column for DT_CREATED")).to_have_value("Recorded at (needed)")
    expect(visitor.get_by_label("Feed", exact=True).first).to_have_value("Police recorded offences")
    assert_no_barrier(visitor)
    visitor.get_by_role("textbox", name="Your name").first.fill("A. Lead")
    press(visitor, "Save this mapping and check the file")
    said(visitor, "The mapping stands on record as version 1")
    said(visitor, "240 kept")
    assert [one.supplier_id for one in variants(store)] == ["leicestershire-police"]


def test_what_runs_can_be_cancelled(visitor: Page, address: str, store: Path, tmp_path: Path):
    extract = tmp_path / "march.csv"
    extract.write_text(march(200_000), encoding="utf-8")
    visitor.goto(f"{address}/upload")
    dropped(visitor, extract)
    visitor.get_by_role("button", name="Check (nothing is stored yet)").click()
    expect(visitor.get_by_role("progressbar")).to_be_visible(timeout=SLOW_MS)
    assert not barriers(visitor)
    visitor.get_by_role("button", name="Cancel").click()
    said(visitor, "Cancelled. Nothing was changed.")
    expect(visitor.get_by_role("button", name="Check (nothing is stored yet)")).to_be_enabled()
    assert not list((store / "builds").glob("new-*"))
