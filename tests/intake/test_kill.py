"""An ingest that is killed at any moment leaves the build before it, and the next ingest works."""

import os
import random
import signal
import subprocess
import sys
import time
from bisect import bisect_right
from pathlib import Path
from typing import Any

import pytest

from vrin_data.intake.sample import SAMPLE_FOLDER
from vrin_data.store import Store

ROOT = Path(__file__).resolve().parents[2]
KILLS = 15
MOST_TRIES = 60


def _start(store: Path, extract: Path) -> subprocess.Popen[bytes]:
    """An ingest that tells each step on a line as it begins it."""
    words = ["-m", "vrin_data", "--store", str(store), "ingest", "police-offences", str(extract)]
    return subprocess.Popen(
        [sys.executable, *words, "--progress-lines"],
        cwd=ROOT,
        env=os.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def _moments(store: Path, extract: Path) -> list[float]:
    """Seconds from when a whole ingest begins to work to each of its steps, the first included.

    The last is that of the first line after the build was published: what comes then changes no build.
    """
    with _start(store, extract) as running:
        assert running.stderr
        told = [(time.monotonic(), line) for line in running.stderr]
        assert running.wait() == 0
    times = [at for at, _ in told]
    published = next(number for number, (_, line) in enumerate(told) if b"build_id" in line)
    return [one - times[0] for one in times[: published + 1]]


def _was_killed(store: Path, extract: Path, moment: float, moments: list[float]) -> bool:
    """Whether an ingest was still at work at this moment of a whole one, and was killed there.

    The moment is counted from the step it lies in, so that it is the same on a slower machine.
    """
    step = bisect_right(moments, moment) - 1
    with _start(store, extract) as running:
        assert running.stderr
        for _ in range(step + 1):
            running.stderr.readline()
        time.sleep(moment - moments[step])
        running.send_signal(signal.SIGKILL)
        return running.wait() == -signal.SIGKILL


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
def test_killed_at_random_moments(desk: Any) -> None:
    path = desk.store.path
    # As many steps as the largest has, in a fifth of its time: most of an ingest is its beginning.
    extract = next((SAMPLE_FOLDER / "extracts").glob("derbyshire-offences-2023*.csv*"))
    moments = _moments(path, extract)
    full_build, full = _incidents(path)
    assert (full_build, full > 7_000) == ("000002", True)
    draw, killed = random.Random(9), 0
    for _ in range(MOST_TRIES):
        Store.open(path).restore("000001")
        was_killed = _was_killed(path, extract, draw.uniform(0, moments[-1]), moments)
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
