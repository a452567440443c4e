"""`indicators` and `assets`, as words in and words out."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from vrin_data.cli.commands import main

Say = Callable[..., str]


@pytest.fixture
def say(tmp_path: Path, store_with_areas: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """A function that runs one command on a store with areas and gives what it printed, or was refused with."""
    store = shutil.copytree(store_with_areas, tmp_path / "store")

    def said(*words: object, code: int = 0) -> str:
        assert main(["--store", str(store), *map(str, words)]) == code
        printed = capsys.readouterr()
        return (printed.err if code else printed.out).rstrip("\n")

    return said


@pytest.fixture
def figures(tmp_path: Path) -> Path:
    file = tmp_path / "meals.csv"
    file.write_text("code,share\nE06000016,20\nE07000130,10\nE99999999,5\n", encoding="utf-8")
    return file


def test_a_figure_comes_in_is_listed_shown_and_removed(say: Say, figures: Path, tmp_path: Path) -> None:
    own = ("indicators", "import", figures, "--id", "free-school-meals", "--year", "2025")
    assert say(*own, "--dry-run").splitlines()[-1] == "Nothing was published."
    left = tmp_path / "left.csv"
    assert say(*own, "--by", "A. Name", "--source", "DfE 2025", "--left-out", left).splitlines() == [
        "meals.csv: Pupils eligible for free school meals (free-school-meals), %, 2025, by district.",
        "Codes from column code, figures from column share.",
        "3 rows: 2 taken, 1 left out.",
        "  left out, 1: no area of the store has this code (line 4)",
        "Published build 000002.",
    ]
    assert left.read_text(encoding="utf-8").splitlines() == [
        "line,area_code,raw_value,reason",
        "4,E99999999,5,no area of the store has this code",
    ]
    assert say("indicators", "list") == (
        "free-school-meals  Pupils eligible for free school meals, %  2025  csp, district  (DfE 2025)"
    )
    assert json.loads(say("indicators", "list", "--format", "json"))["rows"][0]["years"] == [2025]
    assert "has no context figure 'x'" in say("indicators", "remove", "x", "--by", "A. Name", code=2)
    assert "`builds --restore` brings it back" in say(
        "indicators", "remove", "free-school-meals", "--by", "A. Name"
    )
    assert "holds no context figure yet" in say("indicators", "list")


def test_faults_are_refused_or_wrong_usage(say: Say, figures: Path) -> None:
    own = ("indicators", "import", figures, "--id", "own", "--year", "2025")
    refused = say(*own, code=1)
    assert "its unit is not known" in refused
    assert "who takes it in is not said" in refused
    assert "expected HEADING=VALUE" in say(*own, "--where", "year", code=2)
    assert "no such file" in say("assets", "import", "none.csv", "--by", "A. Name", code=1)
    assert "expected WHAT=HEADING" in say("assets", "import", figures, "--column", "name", code=2)


def test_a_list_of_assets_comes_in_is_listed_and_removed(say: Say, tmp_path: Path) -> None:
    file = tmp_path / "ours.csv"
    file.write_text("Titel,Type,Easting,Northing\nClock,Club,458700,304200\nSea,Club,1,1\n", encoding="utf-8")
    own = ("assets", "import", file, "--source", "Our list", "--column", "name=Titel", "--by", "A. Name")
    assert say(*own).splitlines() == [
        "ours.csv, list Our list: name from Titel, kind from Type, easting from Easting, northing from Northing.",
        "2 rows: 1 taken, 1 left out.",
        "Kinds: Club (1).",
        "  left out, 1: no place that can be read, or one in the sea (line 3)",
        "Published build 000002.",
    ]
    assert "Club  Clock  Leicester" in say("assets", "list", "--area", "E06000016")
    assert json.loads(say("assets", "list", "--kind", "School", "--format", "json"))["rows"] == []
    assert "Our list is removed." in say("assets", "remove", "Our list", "--by", "A. Name")
    assert "There is no list of assets" in say("assets", "remove", "Our list", "--by", "A. Name", code=2)


def test_a_figure_is_shown_by_area(sample_store: object, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(sample_store.path)  # type: ignore[attr-defined]
    words = ["indicators", "show", "free-school-meals", "--level", "force"]
    assert main(["--store", path, *words]) == 0
    printed = capsys.readouterr().out
    assert printed.splitlines()[0].split() == ["code", "area", "value", "class", "unit", "basis"]
    assert "SIMULATED DATA" in printed
    assert main(["--store", path, *words, "--format", "csv"]) == 0
    assert len([line for line in capsys.readouterr().out.splitlines() if line.startswith("E23")]) == 5
