"""How long a reader waits for a map: cold, warm, and at a change of measure or month; and what is sent for it.

    python -m benchmarks.bench_maps --store DIR [--definition all-recorded-crime] [--runs 5] [--level lsoa]

Needs Chromium and the test requirements. A map is visible at the first picture in which over a quarter of a
square of it has colours of its classes. Cold is a server that has only just begun to answer, and a
browser with an empty cache; warm is the same page loaded again. A change counts from the click that chooses
until the picture is another one and is visible. Bytes are those of the connection between page and server.
"""

import argparse
import io
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import numpy as np
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.bench_screens import show
from tests.browser.conftest import ARGUMENTS, NAMES
from tests.browser.server import running
from vrin_ui.classes import NO_SUBMISSION, SHADES, SPECIAL

CHART = "[data-testid=stVegaLiteChart]"
WAIT_S = 60
SQUARE, SHARE, NEAR, RIGHT, DOWN = 140, 0.25, 40, 0.7, 0.45
COLOURS = (*SHADES, SPECIAL[NO_SUBMISSION].fill)
AIMS = {"cold": 3.0, "warm": 1.7, "measure": 0.4, "month": 0.4, "bytes": 300_000}
DISTRICT_AIMS = {"warm": 1.0, "measure": 0.4, "month": 0.4}
EARLIER = {"December": "November", "March": "February"}
MEASURES = ("Incidents per 1,000 residents", "Harm per 1,000 residents")


@dataclass
class Sent:
    """What came over the connection of a page since it was last set to nothing."""

    count: int = 0

    def watch(self, page: Page) -> None:
        """Count what comes from now on."""
        page.on("websocket", lambda socket: socket.on("framereceived", self._add))

    def _add(self, frame: str | bytes) -> None:
        self.count += len(frame)


@dataclass
class Found:
    """Seconds by what was waited for, and bytes of every change."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    bytes: list[int] = field(default_factory=list)

    def add(self, name: str, seconds: float) -> None:
        """Keep one waiting time."""
        self.seconds.setdefault(name, []).append(seconds)


def main() -> int:
    """Print each figure with its aim; 1 where there is no browser."""
    options = argparse.ArgumentParser(description="Waiting times of the maps")
    options.add_argument("--store", type=Path, required=True)
    options.add_argument("--definition", default="all-recorded-crime")
    options.add_argument("--level", default="lsoa")
    options.add_argument("--runs", type=int, default=5)
    asked = options.parse_args()
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        print("There is no Chromium on this machine.")
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        found = measured(browser, asked)
        browser.close()
    aims = DISTRICT_AIMS if asked.level == "district" else AIMS
    for name, seconds in found.seconds.items():
        show(f"{asked.level} map, {name}", seconds, aims.get(name))
    most = max(found.bytes)
    print(
        f"most bytes at a change: {most:,}  aim under {AIMS['bytes']:,}: {'met' if most < AIMS['bytes'] else 'MISSED'}"
    )
    return 0


def measured(browser: Browser, asked: argparse.Namespace) -> Found:
    """All waiting times, of as many servers as runs were asked for."""
    found = Found()
    query = urlencode({"level": asked.level, "definition": asked.definition, "measure": "incidents"})
    for _ in range(asked.runs):
        with running(asked.store) as address:
            page = browser.new_context(viewport={"width": 1280, "height": 1100}).new_page()
            sent = Sent()
            sent.watch(page)
            found.add("cold", timed(page, partial(page.goto, f"{address}/map?{query}"), before=b""))
            rested(page)
            found.add("warm", timed(page, page.reload, before=b""))
            rested(page)
            for box, name, words in changes(page):
                sent.count = 0
                found.add(name, seconds_of_choice(page, box, words))
                rested(page)
                found.bytes.append(sent.count)
            page.context.close()
    return found


def changes(page: Page) -> list[tuple[str, str, str]]:
    """What is chosen in which box: two measures, and an earlier and again the last month."""
    last = page.get_by_label("To (included)").input_value()
    earlier = f"{EARLIER.get(last.split()[0], 'January')} {last.split()[1]}"
    chosen = [("Measure", "measure", words) for words in MEASURES]
    return [*chosen, ("To (included)", "month", earlier), ("To (included)", "month", last)]


def seconds_of_choice(page: Page, box: str, words: str) -> float:
    """Seconds from choosing in a box until the map is another one."""
    before = picture(page)
    page.get_by_label(box, exact=True).focus()
    page.keyboard.type(words)
    # The list is searched by likeness, so that the first of it need not be the one that was typed.
    option = page.get_by_role("option", name=words, exact=True)
    option.wait_for()
    return timed(page, option.click, before=before)


def timed(page: Page, act: Callable[[], object], *, before: bytes) -> float:
    """Seconds from an act until the map is visible and not as it was before."""
    started = time.perf_counter()
    act()
    while time.perf_counter() - started < WAIT_S:
        if page.locator(CHART).count() and page.locator(CHART).first.bounding_box():
            shot = picture(page)
            if shot != before and is_visible(shot):
                return time.perf_counter() - started
    raise RuntimeError("The map did not become visible in time.")


def picture(page: Page) -> bytes:
    """The first map with its title, as far as it is in sight."""
    box = page.locator(CHART).first.bounding_box()
    return page.screenshot(clip=box) if box else b""


def is_visible(shot: bytes) -> bool:
    """Whether over a quarter of a square of the map has colours of the classes.

    The square lies to the right of the middle, where all feeds that are tried have figures.
    """
    if not shot:
        return False
    drawn = Image.open(io.BytesIO(shot)).convert("RGB")
    left, top = round(drawn.width * RIGHT - SQUARE / 2), round(drawn.height * DOWN - SQUARE / 2)
    square = drawn.crop((left, top, left + SQUARE, top + SQUARE))
    pixels = np.asarray(square, dtype="int32").reshape(-1, 3)
    shades = np.array([[int(shade[at : at + 2], 16) for at in (1, 3, 5)] for shade in COLOURS])
    far = np.abs(pixels[:, None, :] - shades[None]).sum(axis=2).min(axis=1)
    return bool((far < NEAR).mean() > SHARE)


def rested(page: Page) -> None:
    """Wait until the page has nothing left to do, so that one waiting time is not part of the next."""
    page.wait_for_selector("[data-testid=stStatusWidget]", state="detached")
    page.wait_for_timeout(1500)


if __name__ == "__main__":
    sys.exit(main())
