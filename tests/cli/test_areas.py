"""`areas` on the command line: check, show, list, and another day."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from vrin_data.cli.area_words import report_lines
from vrin_data.cli.commands import main
from vrin_data.places import Finding

PLAN = (
    "area_code,area_name,level,valid_from,predecessors\n"
    "E06000901,Boston and East Lindsey,district,2028-04-01,E07000136;E07000137\n"
)


@pytest.fixture
def store_path(tmp_path: Path, store_with_areas: Path) -> Path:
    return Path(shutil.copytree(store_with_areas, tmp_path / "store"))


def said(capsys: pytest.CaptureFixture[str], store: Path, *words: object) -> tuple[int, str]:
    code = main(["areas", *map(str, words), "--store", str(store)])
    caught = capsys.readouterr()
    return code, caught.out + caught.err


def test_the_areas_that_come_with_vrin_have_nothing_to_put_right(
    capsys: pytest.CaptureFixture[str], store_path: Path
) -> None:
    code, text = said(capsys, store_path, "check")
    assert code == 0
    assert text.endswith("Nothing is to be put right.\n")
    code, text = said(capsys, store_path, "check", "--format", "json")
    assert {row["is_fault"] for row in json.loads(text)} == {False}


def test_an_area_is_shown_with_its_neighbours(capsys: pytest.CaptureFixture[str], store_path: Path) -> None:
    code, text = said(capsys, store_path, "show", "E07000136")
    assert code == 0
    assert text.startswith("E07000136  Boston\n")
    assert "lies in: force Lincolnshire (E23000020)" in text
    assert "E07000137" in text.splitlines()[-1]
    code, text = said(capsys, store_path, "show", "E07000136", "--format", "json")
    assert json.loads(text)[0]["name"] == "Boston"
    assert said(capsys, store_path, "show", "E99999999")[0] == 2


def test_a_store_without_layers_says_so(capsys: pytest.CaptureFixture[str], store_path: Path) -> None:
    assert said(capsys, store_path, "list", "--layers") == (
        0,
        "The build holds no wards and no areas of your own.\n",
    )


def test_a_merger_shows_on_its_day_and_a_check_of_its_file_changes_nothing(
    capsys: pytest.CaptureFixture[str], store_path: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.csv"
    plan.write_text(PLAN, encoding="utf-8")
    code, text = said(capsys, store_path, "check", plan)
    assert code == 0
    assert "Boston and East Lindsey (E06000901) takes the place of Boston (E07000136)" in text
    assert said(capsys, store_path, "show", "E06000901")[0] == 2
    assert said(capsys, store_path, "import", plan)[0] == 0
    assert ", not in force" in said(capsys, store_path, "show", "E06000901")[1]
    assert said(capsys, store_path, "as-at", "2028-04-01")[0] == 0
    assert ", not in force" not in said(capsys, store_path, "show", "E06000901")[1]
    assert ", not in force" in said(capsys, store_path, "show", "E07000136")[1]


def test_a_check_with_warnings_says_what_they_mean_and_not_that_nothing_is_wrong() -> None:
    report = pd.DataFrame({"level": [], "subject": [], "message": [], "is_fault": []}).astype(
        {"is_fault": bool}
    )
    warned = report_lines(report, [Finding("warning", "lookup.csv", "E07000150 has not existed since 2021.")])
    assert warned.startswith("warning: lookup.csv: ")
    assert "Nothing is to be put right" not in warned
    assert "The warning above says what was read otherwise" in warned
    assert report_lines(report, [Finding("note", "", "one")]).endswith("Nothing is to be put right.")
