"""How long a reader waits: cold start to a drawn Overview, and a filter change to a redrawn one.

    python -m benchmarks.bench_screens [--store DIR] [--runs 5]

Needs Chromium and the test requirements. Without --store it builds the sample in a temporary folder.
A cold start is a fresh server process and a browser with an empty cache; the time runs from starting
the process until the map's areas are drawn. "First visit" is the part of it after the server answers.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, NAMES
from tests.browser.server import running
from vrin_data.intake import load_sample
from vrin_data.store import Store

AIM_COLD_S, AIM_CHANGE_S = 4.0, 1.0
AREAS = "[data-testid=stVegaLiteChart] svg g.mark-shape path"
LINES = "[data-testid=stVegaLiteChart] svg g.mark-line path"
DEFINITIONS = {
    "Knife-enabled serious violence": "knife-enabled v",
    "All recorded crime": "all-recorded-crime v",
    "Violence with injury": "violence-with-injury v",
}


def main() -> int:
    """Print each figure with its aim; 1 where there is no browser."""
    options = argparse.ArgumentParser(description="Waiting times of the screens")
    options.add_argument("--store", type=Path)
    options.add_argument("--runs", type=int, default=5)
    asked = options.parse_args()
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        print("There is no Chromium on this machine.")
        return 1
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        store = asked.store or sample(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        cold, visit, change = measured(browser, store, asked.runs)
        browser.close()
    show("cold start to a drawn Overview", cold, AIM_COLD_S)
    show("  of which first visit", visit, None)
    show("filter change to a redrawn Overview", change, AIM_CHANGE_S)
    return 0


def sample(folder: Path) -> Path:
    """A store of the sample."""
    load_sample(Store.open(folder), received_at=datetime(2026, 11, 1))
    return folder


def measured(browser: Browser, store: Path, runs: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds of cold starts, first visits and filter changes."""
    cold, visit, change = [], [], []
    for _ in range(runs):
        started = time.perf_counter()
        with running(store) as address:
            answered = time.perf_counter()
            page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
            page.goto(address)
            wait_until_drawn(page)
            cold.append(time.perf_counter() - started)
            visit.append(time.perf_counter() - answered)
            change += [seconds_of_change(page, *pair) for pair in DEFINITIONS.items()]
            page.context.close()
    return cold, visit, change


def wait_until_drawn(page: Page) -> None:
    """Wait for both lines and the areas of the map."""
    page.wait_for_function(
        "([areas, lines]) => document.querySelectorAll(areas).length >= 2"
        " && document.querySelectorAll(lines).length >= 2",
        arg=[AREAS, LINES],
        polling=20,
    )


def seconds_of_change(page: Page, definition: str, stamped: str) -> float:
    """Seconds from choosing another definition until the title and the stamps of all three charts show it."""
    box = page.get_by_label("Definition of violence")
    box.focus()
    page.keyboard.type(definition)
    started = time.perf_counter()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "([name, stamped]) => document.querySelector('h1')?.textContent.startsWith(name)"
        " && [...document.querySelectorAll('[data-testid=stVegaLiteChart]')]"
        ".filter(one => one.textContent.includes(stamped)).length === 3",
        arg=[definition, stamped],
        polling=20,
    )
    wait_until_drawn(page)
    return time.perf_counter() - started


def show(name: str, seconds: list[float], aim: float | None) -> None:
    """One line: median, best, worst and the aim."""
    middle = statistics.median(seconds)
    goal = f"  aim under {aim:g} s: {'met' if middle < aim else 'MISSED'}" if aim else ""
    print(f"{name:<38} median {middle:5.2f} s  best {min(seconds):5.2f}  worst {max(seconds):5.2f}{goal}")


if __name__ == "__main__":
    sys.exit(main())
