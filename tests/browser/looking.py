"""How the browser tests look at a page: opened and drawn, at the sizes that count, and without barriers."""

from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
LOOKS, FADING_MS = 3, 1000
DRAWN = "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"


def visit(page: Page, address: str, *, charts: int = 0) -> None:
    """Open an address and wait until it is drawn."""
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(DRAWN)).to_have_count(charts)
    settled(page)


def go_to(page: Page, name: str) -> None:
    """Go to a page by the bar, or by the menu at its end where the bar has no room for it."""
    link = page.get_by_test_id("stTopNav").get_by_role("link", name=name, exact=True)
    if not link.is_visible():
        page.get_by_test_id("stTopNavSection").last.click()
        link = page.get_by_role("menuitem", name=name, exact=True)
    link.click()


def settled(page: Page) -> None:
    """Wait until the server has drawn everything."""
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)


def barriers(page: Page) -> list[tuple[str, list[str]]]:
    """What the accessibility rules call serious or critical, and still do once nothing fades any more."""
    for _ in range(LOOKS):
        settled(page)
        found = Axe().run(page, options=WCAG).response["violations"]
        serious = [one for one in found if one["impact"] in ("serious", "critical")]
        if not serious:
            break
        # What the page draws anew is pale for a moment.
        page.wait_for_timeout(FADING_MS)
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious]


def faults_at(page: Page, address: str, *, charts: int, size: str, picture: Path) -> list[object]:
    """The barriers of a page at a size, and how far it can be scrolled sideways where it can; a picture of it."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    visit(page, address, charts=charts)
    page.screenshot(path=picture)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*barriers(page), *([overflow] if overflow else [])]
