"""An ingest that is killed at any moment leaves the build before it, and the next ingest works."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.intake.begun import ENDED
from vrin_data.intake.sample import SAMPLE_FOLDER
from vrin_data.store import Store

ROOT = Path(__file__).resolve().parents[2]
KILLS = 15
MOST_TRIES = 60


class Ingests:
    """Ingests of an extract that tell each step on a line as they begin it, begun without loading the program anew.

    No kill can come before the first step is told, so that what a process loads before it is no part of this.
    """

    def __init__(self, running: subprocess.Popen[str], store: Path, extract: Path) -> None:
        words = ["--store", str(store), "ingest", "police-offences", str(extract), "--progress-lines"]
        self.running, self.order = running, json.dumps(words) + "\n"

    def begin(self) -> int:
        """The number of the process of an ingest that has just begun."""
        assert self.running.stdin
        self.running.stdin.write(self.order)
        self.running.stdin.flush()
        return int(self.line())

    def line(self) -> str:
        """The next line that the ingest tells."""
        assert self.running.stdout
        return self.running.stdout.readline()

    def lines(self) -> Iterator[str]:
        """What the ingest tells until it ends, its end included."""
        for line in iter(self.line, ""):
            yield line
            if line.startswith(ENDED):
                break

    def moments(self) -> list[float]:
        """Seconds from when a whole ingest begins to work to each of its steps, the first included.

        The last is that of the first line after the build was published: what comes then changes no build.
        """
        self.begin()
        told = [(time.monotonic(), line) for line in self.lines()]
        assert told.pop()[1] == f"{ENDED} 0\n"
        times = [at for at, _ in told]
        published = next(number for number, (_, line) in enumerate(told) if "build_id" in line)
        return [one - times[0] for one in times[: published + 1]]

    def was_killed(self, moment: float, moments: list[float]) -> bool:
        """Whether an ingest was still at work at this moment of a whole one, and was killed there.

        The moment is counted from the step it lies in, so that it is the same on a slower machine.
        """
        step = bisect_right(moments, moment) - 1
        process = self.begin()
        for _ in range(step + 1):
            self.line()
        time.sleep(moment - moments[step])
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            # It came to its end by itself.
            pass
        *_, end = self.lines()
        return end == f"{ENDED} {-signal.SIGKILL}\n"


@pytest.fixture
def ingests(desk: Any) -> Iterator[Ingests]:
    """Ingests into the store of the desk."""
    # As many steps as the largest has, in a fifth of its time: most of an ingest is its beginning.
    extract = next((SAMPLE_FOLDER / "extracts").glob("derbyshire-offences-2023*.csv*"))
    command = [sys.executable, "-m", "tests.intake.begun"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as running:
        yield Ingests(running, desk.store.path, extract)


def _incidents(path: Path) -> tuple[str | None, int]:
    """The current build and its incidents, asked of a store that is opened anew."""
    store = Store.open(path)
    try:
        return store.current_build(), int(
            store.query("test", "select count(*) as n from incident")["n"].iloc[0]
        )
    finally:
        store.close()


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX systems")
def test_killed_at_random_moments(desk: Any, ingests: Ingests) -> None:
    path = desk.store.path
    moments = ingests.moments()
    full_build, full = _incidents(path)
    assert (full_build, full > 7_000) == ("000002", True)
    draw, killed = random.Random(9), 0
    for _ in range(MOST_TRIES):
        Store.open(path).restore("000001")
        was_killed = ingests.was_killed(draw.uniform(0, moments[-1]), moments)
        build, count = _incidents(path)
        assert (build, count) == ("000001", 1) or count == full
        killed += was_killed
        if killed == KILLS:
            break
    assert killed == KILLS
    Store.open(path).restore("000001")
    result = desk.send(desk.text(desk.row("A2"), desk.row("A3")))
    assert [one.status for one in result.submissions] == ["accepted"]
    assert _incidents(path) == (result.build_id, 3)
    assert not list((path / "builds").glob("new-*"))
    assert not (path / "work").exists()
