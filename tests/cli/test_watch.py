"""`watch` on the command line: once, its exit code, one watch a folder."""

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tests.conftest import agree_to_everything
from vrin_data.cli.commands import main
from vrin_data.intake.watching.dropped import LOCK_NAME
from vrin_data.store import Store

HEADER = "crime ref,force,ho code,recorded date"
ROW = "A1,Derbyshire Constabulary,8N,05/02/2024"


@pytest.fixture
def store_path(tmp_path: Path, store_with_areas: Path) -> Path:
    path = Path(shutil.copytree(store_with_areas, tmp_path / "store"))
    agree_to_everything(Store.open(path))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "dropped" / "derbyshire-police" / "police-offences"
    path.mkdir(parents=True)
    return tmp_path / "dropped"


def once(folder: Path, store_path: Path) -> int:
    return main(["watch", str(folder), "--once", "--settle", "0", "--store", str(store_path)])


def drop(folder: Path, name: str, *lines: str) -> None:
    (folder / "derbyshire-police" / "police-offences" / name).write_text(
        "\n".join([*lines, ""]), encoding="utf-8"
    )


def test_once_takes_what_is_there_and_ends(
    capsys: pytest.CaptureFixture[str], folder: Path, store_path: Path
) -> None:
    drop(folder, "feb.csv", HEADER, ROW)
    assert once(folder, store_path) == 0
    assert "derbyshire-police/police-offences/feb.csv: accepted, now accepted/" in capsys.readouterr().out
    assert once(folder, store_path) == 0
    assert capsys.readouterr().out == ""


def test_once_ends_with_1_where_a_file_was_refused(
    capsys: pytest.CaptureFixture[str], folder: Path, store_path: Path
) -> None:
    drop(folder, "feb.csv", HEADER, ROW)
    drop(folder, "odd.csv", "colour", "red")
    assert once(folder, store_path) == 1
    told = capsys.readouterr().out
    assert "feb.csv: accepted" in told
    assert "odd.csv: refused" in told


def test_a_second_watch_of_a_folder_is_told_so(
    capsys: pytest.CaptureFixture[str], folder: Path, store_path: Path
) -> None:
    with FileLock(folder / LOCK_NAME):
        assert once(folder, store_path) == 1
    assert "is watching" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, store_path: Path
) -> None:
    assert once(tmp_path / "nowhere", store_path) == 2
    assert "is no folder to watch" in capsys.readouterr().err


@pytest.mark.parametrize("seconds", ["-1", "soon", "nan"])
def test_seconds_that_are_none_are_wrong_usage(folder: Path, store_path: Path, seconds: str) -> None:
    words = ["watch", str(folder), "--once", "--settle", seconds, "--store", str(store_path)]
    assert main(words) == 2
