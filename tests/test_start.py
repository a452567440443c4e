"""start.py: says no to an old Python in one line, installs once, and finds a free port."""

import ast
import importlib.util
import re
import socket
import subprocess
import sys
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = (ROOT / "start.py").read_text(encoding="utf-8")


@pytest.fixture
def start(tmp_path: Path) -> types.ModuleType:
    """start.py as a module whose folder is an empty one."""
    spec = importlib.util.spec_from_file_location("start_under_test", ROOT / "start.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT, module.VENV = tmp_path, tmp_path / ".venv"
    return module


def test_an_older_python_can_read_the_file_and_gets_one_line():
    tree = ast.parse(SOURCE, feature_version=(3, 7))
    check = next(node for node in tree.body if isinstance(node, ast.If))
    before = tree.body[: tree.body.index(check)]
    assert all(isinstance(node, ast.Import | ast.ImportFrom | ast.Expr) for node in before)
    old = types.SimpleNamespace(version_info=(3, 9), exit=sys.exit)
    with pytest.raises(SystemExit) as left:
        exec(compile(ast.Module([check], []), "start.py", "exec"), {"sys": old})
    assert left.value.code == (
        "VRIN needs Python 3.11 or newer; this is Python 3.9. Install a newer one and run start.py with that."
    )


def test_only_the_standard_library_is_imported():
    names = {
        alias.name.split(".")[0] if isinstance(node, ast.Import) else str(node.module).split(".")[0]
        for node in ast.walk(ast.parse(SOURCE))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert names <= sys.stdlib_module_names


@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), (["tests"], 2)])
def test_help_and_wrong_usage(arguments: list[str], code: int):
    found = subprocess.run(
        [sys.executable, str(ROOT / "start.py"), *arguments], capture_output=True, text=True
    )
    assert found.returncode == code
    assert "python start.py test" in found.stdout


def test_requirements_are_installed_once_and_again_when_they_change(
    start: types.ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    installed: list[str] = []
    start.VENV.mkdir()
    monkeypatch.setattr(start, "works", lambda python: True)
    monkeypatch.setattr(start, "install", installed.append)
    for text in ("one==1\n", "one==1\n", "one==2\n"):
        (tmp_path / "requirements.txt").write_text(text)
        start.make_environment("requirements.txt")
    assert installed == ["requirements.txt", "requirements.txt"]


def test_a_failed_installation_is_tried_again_and_says_what_it_needs(
    start: types.ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    start.VENV.mkdir()
    (tmp_path / "requirements.txt").write_text("no-such-file-of-vrin @ file:///no/such/folder\n")
    monkeypatch.setattr(start, "works", lambda python: True)
    monkeypatch.setattr(start, "venv_python", lambda: Path(sys.executable))
    with pytest.raises(SystemExit, match="The first run needs a network connection"):
        start.make_environment("requirements.txt")
    assert not list(start.VENV.iterdir())


def test_a_port_that_is_taken_is_passed_over(start: types.ModuleType):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        first = taken.getsockname()[1]
        assert start.free_port(first) > first


def test_the_sample_is_built_only_where_there_is_no_store(
    start: types.ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked: list[tuple[str, ...]] = []
    monkeypatch.setenv("VRIN_STORE", str(tmp_path / "store"))
    monkeypatch.setattr(start, "run", lambda *arguments: asked.append(arguments) or 0)
    start.build_sample()
    (tmp_path / "store" / "builds").mkdir(parents=True)
    (tmp_path / "store" / "builds" / "current").write_text("000001\n")
    start.build_sample()
    assert asked == [("-m", "vrin_data", "--store", str(tmp_path / "store"), "sample")]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_requirement_is_pinned_and_none_names_a_host(name: str):
    lines = [line for line in (ROOT / name).read_text().splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", line)] == []


@pytest.mark.parametrize(
    ("failing", "code", "last"), [((), 0, ""), (("mypy", "pytest"), 1, "Failed: mypy, pytest.")]
)
def test_lint_types_and_tests_all_run_and_what_is_asked_for_counts(
    start: types.ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failing: tuple[str, ...],
    code: int,
    last: str,
):
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(start, "make_environment", lambda *names: asked.append(names))
    monkeypatch.setattr(
        start, "run", lambda *arguments: asked.append(arguments[1:]) or int(arguments[1] in failing)
    )
    assert start.run_tests(["tests/places", "-n", "0"]) == code
    assert asked == [
        ("requirements.txt", "requirements-test.txt"),
        ("ruff", "check", "."),
        ("mypy",),
        ("pytest", *start.SPREAD, "tests/places", "-n", "0"),
    ]
    assert capsys.readouterr().out.splitlines()[3:] == ([last] if last else [])
