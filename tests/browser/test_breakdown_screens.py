"""Harm breakdown in a real browser: drawn, followed by keyboard, reviewed and decided, and without serious barriers."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import SIZES, barriers, faults_at, visit
from tests.browser.server import running
from vrin_data.store import Store

SCREENS = {
    "total": ("/breakdown", 3),
    "open": ("/breakdown?definition=capable-of-serious-harm", 3),
    "readings": ("/breakdown?view=readings&definition=london-duty", 3),
    "costs": ("/breakdown?view=costs", 1),
    "weights": ("/breakdown?view=weights&show=used&offence=8N%7C", 0),
}
KEY = "8N%7C"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_view_has_no_serious_barrier(
    visitor: Page, sample_address: str, tmp_path: Path, screen: str, size: str
):
    path, charts = SCREENS[screen]
    picture = tmp_path / f"{screen}-{size}.png"
    assert not faults_at(visitor, sample_address + path, charts=charts, size=size, picture=picture)


def test_everything_that_opens_has_no_serious_barrier(visitor: Page, sample_address: str):
    for name in ("total", "costs", "weights"):
        path, charts = SCREENS[name]
        visit(visitor, sample_address + path, charts=charts)
        for summary in visitor.locator("[data-testid=stExpander] summary").all():
            summary.click()
        assert not barriers(visitor)


def test_a_figure_stays_whole_on_a_narrow_screen(visitor: Page, sample_address: str):
    visitor.set_viewport_size({"width": 390, "height": 844})
    visit(visitor, sample_address + SCREENS["open"][0], charts=3)
    figure = visitor.get_by_test_id("stMetricValue").first
    expect(figure).to_contain_text("days")
    assert figure.evaluate(
        "value => [value, ...value.querySelectorAll('div')].every(one => one.scrollWidth <= one.clientWidth)"
    )


def test_from_a_total_to_the_weights_behind_it(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/breakdown", charts=3)
    visitor.get_by_role("button", name="Review these weights").click()
    visitor.wait_for_url(re.compile(r"view=weights.*show=used"))
    expect(visitor.locator("h2").first).to_have_text("Central choices")
    visitor.get_by_role("radio", name="Other readings").or_(
        visitor.get_by_role("button", name="Other readings")
    ).first.click()
    visitor.wait_for_url(re.compile(r"view=readings"))
    expect(visitor.locator("h3").first).to_have_text("What each rule of the method changes")


def test_a_rule_is_chosen_by_keyboard_and_goes_along(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/breakdown?definition=all-recorded-crime", charts=3)
    more = visitor.get_by_role("button", name="More", exact=True)
    more.focus()
    visitor.keyboard.press("Enter")
    box = visitor.get_by_label("Homicide")
    expect(box).to_be_visible()
    assert not barriers(visitor)
    box.focus()
    visitor.keyboard.type("Without")
    expect(visitor.get_by_role("option")).to_have_count(1)
    visitor.keyboard.press("Enter")
    visitor.wait_for_url(re.compile(r"homicide=without"))
    expect(visitor.get_by_text("Without homicide. This is chosen under More.")).to_be_visible()
    visitor.keyboard.press("Escape")
    visitor.get_by_role("link", name="Overview").click()
    expect(visitor.get_by_text("Without homicide. This is chosen under More.")).to_be_visible()


def test_the_table_behind_a_chart_begins_with_its_stamp(visitor: Page, sample_address: str):
    visit(visitor, f"{sample_address}/breakdown", charts=3)
    with visitor.expect_download() as download:
        visitor.get_by_role("button", name="Download (CSV)").nth(2).click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    stamp = [line for line in lines if line.startswith("#")]
    assert stamp[0] == "# SIMULATED DATA: not real events"
    assert lines[len(stamp)].startswith("offence_key,offence_label,class_name,incident_count_low")


@pytest.fixture(scope="module")
def own_address(
    chromium: str, sample_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server on a copy of the sample that may be written to."""
    copy = shutil.copytree(sample_store.path, tmp_path_factory.mktemp("own") / "store")
    with running(copy) as served:
        yield served


def test_a_central_weight_is_chosen_and_every_figure_follows(visitor: Page, own_address: str):
    visit(visitor, f"{own_address}/breakdown", charts=3)
    before = visitor.get_by_test_id("stMetricValue").first.inner_text()
    visit(visitor, f"{own_address}/breakdown?view=weights&offence={KEY}")
    expect(visitor.locator("h3").first).to_have_text("Assault with injury (8N)")
    box = visitor.get_by_label("Central weight")
    box.focus()
    visitor.keyboard.type("19 days")
    expect(visitor.get_by_role("option")).to_have_count(1)
    visitor.keyboard.press("Enter")
    expect(box).to_have_value(re.compile(r"^19 days: "))
    visitor.get_by_role("button", name="Choose it").click()
    expect(visitor.get_by_test_id("stAlert").first).to_contain_text("reason: is empty")
    expect(box).to_have_value(re.compile(r"^19 days: "))
    form = visitor.get_by_test_id("stForm").first
    form.get_by_role("textbox", name="Why this row").fill("a quarter of ours are wounds")
    form.get_by_role("textbox", name="Your name").fill("A. Analyst")
    visitor.get_by_role("button", name="Choose it").click()
    expect(visitor.get_by_test_id("stAlert").first).to_contain_text(
        "weighs 19 in the central reading: choices v1"
    )
    assert not barriers(visitor)
    visit(visitor, f"{own_address}/breakdown", charts=3)
    assert visitor.get_by_test_id("stMetricValue").first.inner_text() != before
    expect(visitor.get_by_text("choices v1").first).to_be_visible()


def test_a_new_user_reads_the_weights_of_an_empty_store(visitor: Page, tmp_path: Path):
    with running(tmp_path / "nothing") as served:
        visitor.goto(f"{served}/breakdown?view=weights")
        expect(visitor.locator("h1")).to_have_text("Harm breakdown")
        expect(visitor.locator("h2").first).to_have_text("Central choices")
        assert not barriers(visitor)
        visitor.goto("about:blank")
