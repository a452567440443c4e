"""What the page Areas does, each in a process of its own: own areas published, files checked and imported."""

import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vrin_data.contract.own_layer_lists import SAVED
from vrin_data.contract.own_layers import OwnLayerRecord, areas_as_json, areas_from_json
from vrin_data.errors import RefusedInput, VrinError
from vrin_ui.ask import open_store
from vrin_ui.intake_process import ROOT, run
from vrin_ui.upload.upload_files import FOLDER, safe_name


def publish(layer: OwnLayerRecord, *, by: str, reason: str) -> str:
    """Put a layer on record and publish it; what came of it, in words."""
    with _folder() as folder:
        file = folder / f"layer{SAVED}"
        file.write_text(areas_as_json(layer.areas), encoding="utf-8")
        words = ["areas", "own", "add", str(file), f"--id={layer.layer_id}", f"--name={layer.name}"]
        words += [f"--source={layer.source}", f"--by={by}", f"--reason={reason}"]
        return _own_words(run(words, store=open_store().path, folder=folder).content)


def look(file_name: str, content: bytes, *, layer_id: str, name: str, name_column: str) -> dict[str, Any]:
    """What a file of own areas holds and what is wrong with it: words, findings, areas (JSON)."""
    with _folder() as folder:
        file = folder / safe_name(file_name)
        file.write_bytes(content)
        words = ["areas", "own", "add", str(file), f"--id={layer_id}", f"--name={name}", "--dry-run"]
        words += [f"--name-column={name_column}"] if name_column else []
        found: dict[str, Any] = run(words, store=open_store().path, folder=folder).content
        return found


def retire(layer_id: str, *, by: str, reason: str) -> str:
    """Take a layer out of use."""
    return _own(["areas", "own", "retire", layer_id, f"--by={by}", f"--reason={reason}"])


def restore(layer_id: str, version: int, *, by: str, reason: str) -> str:
    """Bring an earlier version of a layer back."""
    return _own(["areas", "own", "restore", layer_id, f"{version}", f"--by={by}", f"--reason={reason}"])


def check_files(paths: Sequence[Path]) -> str:
    """What a check says of official files, or, without files, of the areas in the build."""
    return _said(["areas", "check", *(str(path) for path in paths)])


def import_files(paths: Sequence[Path]) -> str:
    """Take official files in; what came of it."""
    if not paths:
        raise RefusedInput("No file was chosen.")
    return _said(["areas", "import", *(str(path) for path in paths)])


def _own(words: list[str]) -> str:
    with _folder() as folder:
        return _own_words(run(words, store=open_store().path, folder=folder).content)


def _own_words(content: dict[str, Any]) -> str:
    return "\n".join([content["words"], *(one["message"] for one in content["findings"])])


def _said(words: Sequence[str]) -> str:
    """What a command prints. Raises VrinError with what it says against it."""
    command = [sys.executable, "-m", "vrin_data", "--store", str(open_store().path), *words]
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    said = done.stderr.partition("vrin: ")[2].strip()
    is_crash = "Traceback (most recent call last)" in done.stderr
    if done.returncode in (0, 1) and done.stdout.strip() and not said:
        # A check that found something ends with 1 and has its findings to say.
        return done.stdout.strip()
    if done.returncode in (1, 2) and said and not is_crash:
        raise VrinError(said)
    # The words of a failure may hold what is in the file, and are left out.
    raise VrinError(f"VRIN failed (code {done.returncode}), and nothing was changed. Tell whoever runs it.")


@contextmanager
def _folder() -> Iterator[Path]:
    folder = open_store().path / FOLDER / f"areas-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def layer_of(found: dict[str, Any], *, layer_id: str, name: str, source: str) -> OwnLayerRecord:
    """The layer that a look at a file gave."""
    return OwnLayerRecord(layer_id, name, areas_from_json(found["areas"]), source)
