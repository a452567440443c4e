"""What the page Areas does with context data: files read in a process of their own, figures and lists removed."""

import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vrin_data import intake
from vrin_data.errors import RefusedInput
from vrin_ui import clock
from vrin_ui.ask import open_store
from vrin_ui.intake_process import run
from vrin_ui.upload.upload_files import FOLDER, safe_name


def read_file(
    what: str, file_name: str, content: bytes | memoryview, said: Mapping[str, Any], *, by: str = ""
) -> dict[str, Any]:
    """What became of a file of `indicators` or `assets`; without a name it is looked at and nothing is taken in.

    `said` are the options of the command by name; those that are empty are left out.
    """
    with _folder() as folder:
        file = folder / safe_name(file_name)
        file.write_bytes(content)
        words = [what, "import", str(file), *_options(said)]
        words += [f"--by={by}"] if by else ["--dry-run"]
        found: dict[str, Any] = run(words, store=open_store().path, folder=folder).content
        return found


def take_in(
    what: str, file_name: str, content: bytes | memoryview, said: Mapping[str, Any], *, by: str
) -> str:
    """Take a file in; what came of it, in words."""
    if not by.strip():
        raise RefusedInput("Give your name: what is taken in goes on record with it.")
    done = read_file(what, file_name, content, said, by=by)
    noun = "areas" if what == "indicators" else "assets"
    lines = [
        f"{done['taken_count']:,} {noun} taken in, {done['left_out_count']:,} rows left out. Build {done['build_id']}."
    ]
    if done["replaced_count"]:
        lines.append(f"They take the place of {done['replaced_count']:,} that were there before.")
    return "\n".join([*lines, UNDO])


def remove_indicator(indicator_id: str, *, by: str) -> str:
    """Publish a build without a figure."""
    build_id = intake.remove_indicator(open_store(), indicator_id, year=None, by=by, at=clock.now())
    return f"The figure is removed, in build {build_id}.\n{UNDO}"


def remove_assets(source: str, *, by: str) -> str:
    """Publish a build without a list of assets."""
    build_id = intake.remove_assets(open_store(), source, by=by, at=clock.now())
    return f"The list is removed, in build {build_id}.\n{UNDO}"


UNDO = "To undo it, make the build before current again: python -m vrin_data builds --restore ID."


def _options(said: Mapping[str, Any]) -> list[str]:
    """The options of a command line: a list gives one each."""
    found = []
    for name, value in said.items():
        values: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
        found += [f"--{name}={one}" for one in values if str(one).strip()]
    return found


@contextmanager
def _folder() -> Iterator[Path]:
    folder = open_store().path / FOLDER / f"context-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
