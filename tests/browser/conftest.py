"""Chromium and the dashboard it visits.

Without a Chromium the tests are skipped by name; with VRIN_REQUIRE_BROWSER they fail instead.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser.server import running
from vrin_data.store import Store

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
OWN = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
# Streamlit looks for its server below the page's address first, and is told that it is not there.
EXPECTED = ("the server responded with a status of 404",)
# A busy machine draws slowly; what is expected and comes is not waited for.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Leave the page before its server ends, or it would ask for one that is no longer there."""
    page = getattr(item, "funcargs", {}).get("visitor")
    if page is not None:
        page.goto("about:blank")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser of this machine."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and os.environ.get("VRIN_REQUIRE_BROWSER"):
        pytest.fail(
            "There is no Chromium, and VRIN_REQUIRE_BROWSER asks for one. Install the package chromium."
        )
    if found is None:
        pytest.skip("There is no Chromium on this machine (looked for: " + ", ".join(NAMES) + ")")
    return found


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """The browser, started once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def sample_address(chromium: str, sample_store: Store) -> Iterator[str]:
    """A server on the sample."""
    with running(sample_store.path) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """A new browser page; the test fails where it reached another host or reported an error."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    strange: list[str] = []

    def on_request(request: Request) -> None:
        if not request.url.startswith(OWN):
            strange.append(f"request to {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        bad = message.type == "error" or "Data ingestion failed" in message.text
        if bad and not any(words in message.text for words in EXPECTED):
            strange.append(f"console: {message.text}")

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: strange.append(f"error: {error}"))
    page.set_default_timeout(30_000)
    yield page
    context.close()
    assert not strange, strange
