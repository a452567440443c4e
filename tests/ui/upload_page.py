"""The page Upload for tests: opened on a store, files dropped, and what it says.

Commands run in the test's own process: starting one of their own for each takes seconds, and
`test_intake_process` holds the starting, ending and limiting to account.
"""

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from vrin_data.cli.commands import main
from vrin_ui import act, intake_process
from vrin_ui.intake_process import ANSWER, SAID, Answer, Job
from vrin_ui.upload import upload_desk
from vrin_ui.upload.upload_desk import Desk

SHELL = Path(__file__).parents[2] / "vrin_ui" / "shell.py"
SHOWN = ("title", "header", "subheader", "markdown", "caption", "success", "info", "warning", "error")


class Ended:
    """A process that has ended."""

    def __init__(self, code: int) -> None:
        self.code = code

    def poll(self) -> int:
        return self.code

    def wait(self, _timeout: float | None = None) -> int:
        return self.code


def start_here(words: Sequence[str], *, store: Path, folder: Path) -> Job:
    """The command, run at once and to its end."""
    folder.mkdir(parents=True, exist_ok=True)
    out, said = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        code = main(["--store", str(store), *words, "--format", "json", "--progress-lines"])
    (folder / ANSWER).write_text(out.getvalue(), encoding="utf-8")
    (folder / SAID).write_text(said.getvalue(), encoding="utf-8")
    return Job(Ended(code), folder, store)  # type: ignore[arg-type]


def run_here(words: Sequence[str], *, store: Path, folder: Path) -> Answer:
    """What the command answers."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(intake_process, "start", start_here)
        return intake_process.run(words, store=store, folder=folder)


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the screens run their commands here, without limits and signals."""
    monkeypatch.setattr(upload_desk, "start", start_here)
    monkeypatch.setattr(act, "run", run_here)
    for module in ("ingesting", "look"):
        monkeypatch.setattr(f"vrin_data.cli.{module}.obey", lambda _options: None)


@dataclass
class Page:
    """A page of the shell, driven without a browser."""

    app: AppTest

    @classmethod
    def opened(cls, name: str, **params: str) -> "Page":
        """The page of this name, with these choices in its address."""
        app = AppTest.from_file(SHELL, default_timeout=120)
        page = cls(app)
        page.run()
        app.query_params.clear()
        for key, value in params.items():
            app.query_params[key] = value
        app.switch_page(f"../pages/{name}.py")
        page.run()
        return page

    def run(self) -> None:
        """Draw it, and draw it again until nothing runs any more."""
        self.app.run()
        assert not self.app.exception, self.app.exception
        while self.desk is not None and self.desk.running is not None:
            self.app.run()
            assert not self.app.exception, self.app.exception

    @property
    def desk(self) -> Desk | None:
        """The session's upload desk, where it has one."""
        has_one = "upload_desk" in self.app.session_state
        return self.app.session_state["upload_desk"] if has_one else None

    def drop(self, *files: tuple[str, str | bytes]) -> None:
        """Drop files of these names and contents."""
        dropped = [(name, body if isinstance(body, bytes) else body.encode(), "") for name, body in files]
        self.app.file_uploader[0].set_value(dropped)
        self.run()

    def press(self, label: str) -> None:
        """Press the first button whose label begins so."""
        next(one for one in self.app.button if one.label.startswith(label)).click()
        self.run()

    def choose(self, label: str, value: Any) -> None:
        """Choose a value in the first box of this label."""
        next(one for one in self.app.selectbox if one.label == label).set_value(value)
        self.run()

    def write(self, label: str, text: str) -> None:
        """Write into the first text box of this label, without drawing the page again."""
        next(one for one in self.app.text_input if one.label == label).set_value(text)

    def chosen(self, label: str) -> Any:
        """What the first box of this label shows."""
        return next(one for one in self.app.selectbox if one.label == label).value

    def buttons(self) -> list[str]:
        """The labels of all buttons."""
        return [one.label for one in self.app.button]

    def words(self) -> str:
        """All that it says, without the signs that Markdown needs."""
        return "\n".join(str(one.value) for kind in SHOWN for one in self.app.get(kind)).replace("\\", "")

    def tables(self) -> list[Any]:
        """Its tables as frames."""
        return [one.value for one in self.app.dataframe]
