"""Intake in a process of its own: its answer, its progress, its end, and its limit of memory."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ui.test_upload_page import march
from vrin_data.errors import VrinError
from vrin_data.intake.terms import STEPS
from vrin_data.store import Store
from vrin_data.store.lock import store_lock
from vrin_ui import intake_process
from vrin_ui.intake_process import SAID, Job, run, start

WAIT_S = 120


@pytest.fixture
def store(tmp_path: Path, store_with_areas: Path) -> Path:
    return Path(shutil.copytree(store_with_areas, tmp_path / "store"))


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "march.csv"
    path.write_text(march(), encoding="utf-8")
    return path


def ended(tmp_path: Path, *said: str, code: int = 0) -> Job:
    """A job that has ended after saying these lines."""
    folder = tmp_path / "job"
    folder.mkdir(exist_ok=True)
    (folder / SAID).write_text("\n".join(said), encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-c", f"raise SystemExit({code})"])
    process.wait(WAIT_S)
    return Job(process, folder, tmp_path)


def test_a_dry_run_answers_and_leaves_the_store_as_it_was(store: Path, extract: Path, tmp_path: Path):
    job = start(["ingest", "auto", str(extract), "--dry-run"], store=store, folder=tmp_path / "job")
    answer = job.answer(WAIT_S)
    assert [one["rows_kept"] for one in answer.content] == [3]
    assert (answer.failure, answer.build_id) == ("", None)
    assert not job.is_running
    assert Store.open(store).current_build() == "000001"
    assert not (store / "work").exists()


def test_every_step_on_the_way_is_told_in_its_order(store: Path, extract: Path, tmp_path: Path):
    job = start(["ingest", "auto", str(extract)], store=store, folder=tmp_path / "job")
    job.answer(WAIT_S)
    lines = [json.loads(line) for line in (job.folder / SAID).read_text().splitlines()]
    assert [one["step"] for one in lines if "step" in one] == [*STEPS, "signals"]
    assert {*STEPS, "signals"} - {"waiting"} == set(intake_process.STEP_WORDS)
    assert [(one["done"], one["total"]) for one in lines if "total" in one] == [(0, 1), (1, 1)]


def test_the_build_is_told(store: Path, extract: Path, tmp_path: Path):
    answer = run(["ingest", "auto", str(extract)], store=store, folder=tmp_path / "job")
    assert answer.build_id == "000002"


def test_a_refusal_in_words_is_an_error(store: Path, extract: Path, tmp_path: Path):
    words = ["ingest", "auto", str(extract), "--supplier=nobody"]
    with pytest.raises(VrinError, match="There is no supplier 'nobody'"):
        run(words, store=store, folder=tmp_path / "job")


@pytest.mark.skipif(os.name != "posix", reason="other systems end a process without asking it")
def test_a_cancelled_process_tidies_up(store: Path, extract: Path, tmp_path: Path):
    with store_lock(store, doing="another upload"):
        job = start(["ingest", "auto", str(extract)], store=store, folder=tmp_path / "job")
        began = time.monotonic()
        while '"waiting"' not in (job.folder / SAID).read_text() and time.monotonic() < began + WAIT_S:
            time.sleep(0.05)
        job.began -= 10
        assert "another upload" in job.progress().words
        job.cancel()
    assert not job.is_running
    assert job.answer().failure == "Cancelled. Nothing was changed."
    assert Store.open(store).current_build() == "000001"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no limit of address space that holds")
def test_memory_is_limited_and_the_file_is_refused(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("VRIN_UPLOAD_MEMORY", "700")
    extract = tmp_path / "march.csv"
    extract.write_text(march(150_000), encoding="utf-8")
    job = start(["ingest", "auto", str(extract), "--dry-run"], store=store, folder=tmp_path / "job")
    answer = job.answer(WAIT_S)
    told = answer.failure or answer.content[0]["reason"]
    assert "VRIN_UPLOAD_MEMORY" in told
    assert Store.open(store).current_build() == "000001"


@pytest.mark.parametrize(
    ("said", "share", "words"),
    [
        ((), 0.0, "Starting"),
        (('{"name": "", "step": "unpacking"}',), 0.0, "Unpacking"),
        (
            ('{"name": "a.csv", "done": 0, "total": 1}', '{"name": "a.csv", "step": "placing"}'),
            0.585,
            "Finding the area of each incident in a.csv",
        ),
        (
            ('{"name": "a.csv", "done": 1, "total": 4}', '{"name": "b.csv", "step": "reading"}'),
            0.236,
            "Reading b.csv (file 2 of 4)",
        ),
        (
            ('{"name": "b.csv", "done": 4, "total": 4}', '{"name": "", "step": "summing"}'),
            0.94,
            "Summing up",
        ),
    ],
)
def test_progress(tmp_path: Path, said: tuple[str, ...], share: float, words: str):
    now = ended(tmp_path, *said).progress()
    assert round(now.share, 3) == pytest.approx(share, abs=0.001)
    assert now.words == words


def test_a_crash_names_the_error_and_none_of_its_words(tmp_path: Path):
    job = ended(tmp_path, "Traceback (most recent call last):", "ValueError: Jane Doe is no number", code=1)
    assert job.answer().failure == "VRIN failed (ValueError), and nothing was changed. Tell whoever runs it."


def test_a_process_that_is_killed_speaks_of_memory(tmp_path: Path):
    assert "VRIN_UPLOAD_MEMORY" in ended(tmp_path, code=137).answer().failure
    crash = ended(tmp_path, "Traceback (most recent call last):", "MemoryError", code=1)
    assert "VRIN_UPLOAD_MEMORY" in crash.answer().failure


def test_what_a_command_says_no_to_is_said_as_it_is(tmp_path: Path):
    job = ended(tmp_path, '{"name": "", "step": "waiting"}', "vrin: Another process has it.", code=1)
    assert job.answer().failure == "Another process has it."


def test_the_limit_can_be_set(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VRIN_UPLOAD_MEMORY", "2GB")
    assert intake_process.memory_mb() == 2048
    monkeypatch.setenv("VRIN_UPLOAD_MEMORY", "700")
    assert intake_process.memory_mb() == 700
    monkeypatch.setenv("VRIN_UPLOAD_MEMORY", "much")
    assert intake_process.memory_mb() == intake_process.MEMORY_MB
