"""`harm` under several definitions: every view, its formats, and what is refused."""

import json
from pathlib import Path

import pytest

from tests.measures.builds import LEICS_POLICE
from tests.measures.profiled import ProfiledBuild
from vrin_data.cli.commands import main
from vrin_data.cli.harm import VIEWS

TWO = ("harm", "--definition", "violence-with-injury", "--definition", "knife-enabled")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    build = ProfiledBuild()
    build.sent(LEICS_POLICE, "2026-01")
    build.add({"offence_key": "8N|008/06", "weapon": "sharp"}, month="2026-01", count=3)
    build.add({"offence_key": "8N|008/06"}, month="2026-01", count=4)
    folder = tmp_path_factory.mktemp("store") / "store"
    build.publish(folder).close()
    return folder


def run(capsys: pytest.CaptureFixture[str], store: Path, *words: str) -> tuple[int, str, str]:
    code = main([*words, "--store", str(store)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("view", [*VIEWS])
def test_every_view_of_two_definitions(capsys: pytest.CaptureFixture[str], store: Path, view: str) -> None:
    code, table, _ = run(capsys, store, *TWO, "--show", view)
    assert code == 0
    assert next(iter(VIEWS[view].headings.values())) in table.splitlines()[0]
    assert "Definition: violence-with-injury v1, knife-enabled v1" in table
    _, data, _ = run(capsys, store, *TWO, "--show", view, "--format", "json")
    assert json.loads(data)["rows"]


def test_totals_stand_beside_each_other(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    _, table, _ = run(capsys, store, *TWO, "--no-stamp")
    lines = [line.split() for line in table.splitlines()]
    assert lines[1][:2] == ["violence-with-injury@1", "7"]
    assert lines[2][:4] == ["knife-enabled@1", "3", "to", "7"]


def test_one_definition_is_answered_as_ever(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    _, table, _ = run(capsys, store, "harm", "--by", "", "--no-stamp")
    assert table.splitlines()[1].split()[0] == "7"


def test_one_figure_is_refused_with_the_reason(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    code, out, err = run(capsys, store, "harm", "--definition", "knife-enabled", "--one-figure")
    assert (code, out) == (2, "")
    assert "3 to 7 incidents" in err
    assert "4 have no record of: weapon" in err
    assert run(capsys, store, *TWO, "--one-figure")[0] == 2


@pytest.mark.parametrize(
    "words",
    [("harm", "--show", "overlap"), (*TWO, "--by", "area,month"), (*TWO, "--definition", "no-such")],
)
def test_wrong_usage_is_said(capsys: pytest.CaptureFixture[str], store: Path, words: tuple[str, ...]) -> None:
    code, out, err = run(capsys, store, *words)
    assert code in (1, 2)
    assert out == ""
    assert err.startswith("vrin: ")
