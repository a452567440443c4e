"""Intake in a process of its own, never in the server: started, watched, ended, and what it answered.

The process is the command line (`python -m vrin_data`), which says its progress in lines of JSON. Its
memory is limited, so that a file that is too much for it ends that process and not the screens.
"""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vrin_data.errors import VrinError
from vrin_data.store.lock import holder_words
from vrin_ui.wording import plain

ROOT = Path(__file__).resolve().parents[1]
MEMORY_MB = 4096
UNITS_MB = {"": 1, "MB": 1, "GB": 1024}
GRACE_S = 5
WAITING_SHOWN_AFTER_S = 2
ANSWER, SAID = "answer.json", "said.txt"
STEP_SHARES = {"reading": 0.05, "checking": 0.35, "placing": 0.65, "writing": 0.8}
"""How much of a file is done when a step on it begins."""
FILES_SHARE = 0.9
LATER_SHARES = {"comparing": 0.9, "summing": 0.94, "publishing": 0.98, "signals": 0.99}
STEP_WORDS = {
    "unpacking": "Unpacking",
    "reading": "Reading {name}",
    "checking": "Checking the rows of {name}",
    "placing": "Finding the area of each incident in {name}",
    "writing": "Writing what {name} holds",
    "comparing": "Comparing with the versions before and with what is usual",
    "summing": "Summing up",
    "publishing": "Publishing the build",
    "signals": "The build is published. Looking for what stands out in it",
}


@dataclass(frozen=True)
class Progress:
    """How far a process is: the share that is done, and what it does in words."""

    share: float
    words: str


@dataclass(frozen=True)
class Answer:
    """What a process came to: what it printed (None where nothing), why it failed, the build it made."""

    content: Any
    failure: str = ""
    build_id: str | None = None
    left_aside: tuple[str, ...] = ()


@dataclass
class Job:
    """One command of VRIN while it runs in a process of its own; `folder` keeps what it says."""

    process: subprocess.Popen[bytes]
    folder: Path
    store: Path
    began: float = field(default_factory=time.monotonic)
    is_cancelled: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it has not ended yet."""
        return self.process.poll() is None

    @property
    def seconds(self) -> int:
        """How long it has been running."""
        return int(time.monotonic() - self.began)

    def progress(self) -> Progress:
        """How far it is."""
        lines = self._lines()
        files = next((one for one in reversed(lines) if "total" in one), {"done": 0, "total": 1})
        last = lines[-1] if lines else {"step": "waiting"}
        step = str(last.get("step", "reading"))
        if step == "waiting":
            return Progress(0.0, self._waiting_words())
        within = STEP_SHARES.get(step, 0.0) if "step" in last else 0.0
        share = FILES_SHARE * (files["done"] + within) / max(files["total"], 1)
        words = STEP_WORDS.get(step, "Working").format(name=plain(str(last.get("name", "the file"))))
        of = (
            f" (file {min(files['done'] + 1, files['total'])} of {files['total']})"
            if files["total"] > 1
            else ""
        )
        if step in LATER_SHARES:
            return Progress(LATER_SHARES[step], words)
        return Progress(min(share, FILES_SHARE), words + of)

    def _waiting_words(self) -> str:
        if self.seconds < WAITING_SHOWN_AFTER_S or not (self.store / "writer").is_file():
            return "Starting"
        return f"Waiting: another process ({plain(holder_words(self.store))}) is writing to this store"

    def cancel(self) -> None:
        """End it; nothing of what it did stays."""
        self.is_cancelled = True
        if self.is_running:
            self.process.terminate()
            try:
                self.process.wait(GRACE_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(GRACE_S)

    def answer(self, timeout: float | None = None) -> Answer:
        """What it came to, once it has ended."""
        code = self.process.wait(timeout)
        end = next((one for one in self._lines() if "build_id" in one), {})
        # What is done after the build was published can be cancelled, and the build stands.
        if self.is_cancelled and not end.get("build_id"):
            return Answer(None, "Cancelled. Nothing was changed.")
        try:
            content = json.loads((self.folder / ANSWER).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return Answer(None, self._failure(code))
        return Answer(content, "", end.get("build_id"), tuple(end.get("left_aside", ())))

    def _failure(self, code: int) -> str:
        """Why it printed nothing: what it said, or that it ended for no reason that it knew."""
        said = [line.removeprefix("vrin: ") for line in self._said() if not line.startswith("{")]
        is_crash = any(line.startswith("Traceback") for line in said)
        if said and code in (1, 2) and not is_crash:
            return "\n".join(said)
        # DuckDB says it in a word of its own where it runs out outside of the reading of a file.
        if is_crash and not any(word in said[-1] for word in ("MemoryError", "OutOfMemory")):
            # The name of the error and not its words, which may hold a value of the file.
            return (
                f"VRIN failed ({said[-1].partition(':')[0]}), and nothing was changed. Tell whoever runs it."
            )
        return (
            f"The intake ended before it was done (code {code}), and nothing was changed. The file may need more "
            "memory than is given (VRIN_UPLOAD_MEMORY): split it, or take it in from the command line."
        )

    def _lines(self) -> list[dict[str, Any]]:
        found = []
        for line in self._said():
            try:
                one = json.loads(line)
            except ValueError:
                continue
            if isinstance(one, dict):
                found.append(one)
        return found

    def _said(self) -> list[str]:
        try:
            return (self.folder / SAID).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return []


def start(words: Sequence[str], *, store: Path, folder: Path) -> Job:
    """A command of VRIN on this store, started in a process of its own; `folder` must be its own."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "vrin_data", "--store", str(store), *words]
    command += ["--format", "json", "--progress-lines", "--memory-mb", f"{memory_mb()}"]
    with (folder / ANSWER).open("wb") as out, (folder / SAID).open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=out, stderr=said)
    return Job(process, folder, store)


def memory_mb() -> int:
    """How many megabytes of address space a process may use: VRIN_UPLOAD_MEMORY, as 4096, 4096MB or 4GB."""
    found = re.fullmatch(r"(\d+) *(MB|GB|)", os.environ.get("VRIN_UPLOAD_MEMORY", "").strip().upper())
    return int(found[1]) * UNITS_MB[found[2]] if found else MEMORY_MB


def run(words: Sequence[str], *, store: Path, folder: Path) -> Answer:
    """What a short command answers. Raises VrinError where it failed."""
    answer = start(words, store=store, folder=folder).answer()
    if answer.content is None:
        raise VrinError(answer.failure)
    return answer
