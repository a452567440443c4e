"""The rooms and their doors: who may import whom, and that nothing goes round the protector."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Each room with those it may use; a room may always use itself and the words of its errors.
MAY_USE = {
    "contract": set(),
    "methods": set(),
    "store": {"contract"},
    "records": {"contract"},
    "places": {"contract"},
    "intake": {"contract", "places", "store", "records"},
    "measures": {"contract", "methods", "store", "records", "places"},
    "protect": {"contract", "measures", "records"},
    "report": {"contract", "measures", "methods", "protect"},
    "cli": {"contract", "intake", "measures", "methods", "protect", "records", "report", "store"},
}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


@pytest.mark.parametrize("room", sorted(MAY_USE))
def test_a_room_uses_only_the_rooms_before_it(room: str) -> None:
    files = modules(f"vrin_data/{room}")
    assert files
    used = {
        name.split(".")[1]
        for path in files
        for name in imports(path)
        if name.startswith("vrin_data.") and name.split(".")[1] in MAY_USE
    }
    assert used - {room} <= MAY_USE[room]


def test_every_room_is_listed() -> None:
    rooms = {path.name for path in (ROOT / "vrin_data").iterdir() if (path / "__init__.py").is_file()}
    assert rooms == set(MAY_USE)


def test_only_screens_import_streamlit() -> None:
    strangers = [path for path in modules("vrin_data") if any(n.split(".")[0] == "streamlit" for n in imports(path))]
    assert strangers == []


def test_vrin_data_imports_without_streamlit() -> None:
    code = (
        "import sys; sys.modules['streamlit'] = None\n"
        "import vrin_data.cli.commands, vrin_data.intake, vrin_data.measures, vrin_data.protect, vrin_data.report"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_pages_have_only_the_screen_side() -> None:
    pages = modules("pages")
    assert pages
    for path in pages:
        used = {name for name in imports(path) if name.startswith(("vrin_data", "duckdb", "pandas", "pages"))}
        assert used == set(), path.name


def test_only_the_door_imports_duckdb() -> None:
    # Intake speaks SQL on a draft that the store hands it; nobody else holds a connection.
    holders = {
        path.relative_to(ROOT / "vrin_data").parts[0] for path in modules("vrin_data") if "duckdb" in imports(path)
    }
    assert holders <= {"store", "intake"}


def opened_answers(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "unprotected"]


def test_only_the_protector_opens_an_answer() -> None:
    files = [*modules("vrin_data"), *modules("vrin_ui"), *modules("pages"), ROOT / "app.py"]
    openers = {path.relative_to(ROOT).as_posix() for path in files if opened_answers(path)}
    assert openers == {"vrin_data/protect/present.py"}


def test_nothing_outside_the_measures_asks_a_build_for_figures() -> None:
    # A query on the store from a screen, a report or the command line would go round the protector.
    files = [*modules("vrin_ui"), *modules("pages"), *modules("vrin_data/report"), *modules("vrin_data/cli")]
    asking = [
        path.name
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "query"
    ]
    assert asking == []
