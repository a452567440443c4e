"""`who` on the command line: every view, what stands behind it, and what it refuses."""

import csv
import io
from pathlib import Path

import pytest

from tests.measures.event_builds import of_one_month
from vrin_data.cli.commands import main
from vrin_data.cli.who import HEADINGS, KINDS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of ten assaults in the street on a Saturday night, each with a victim of 17."""
    build, sent = of_one_month()
    person = {"age_years": 17, "sex": "male"}
    build.event(
        sent,
        "2025-04",
        "2025-04-12T23:10",
        times=10,
        people=(person,),
        location_type="street",
        weapon="sharp",
    )
    path = tmp_path_factory.mktemp("who") / "store"
    build.publish(path).close()
    return path


def run(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str, str]:
    code = main(["--store", str(folder), "who", *words])
    found = capsys.readouterr()
    return code, found.out, found.err


@pytest.mark.parametrize("by", [*HEADINGS])
def test_every_view_adds_up_to_the_ten(capsys: pytest.CaptureFixture[str], folder: Path, by: str) -> None:
    code, out, _ = run(capsys, folder, "--by", by, "--format", "csv", "--no-stamp")
    rows = [*csv.DictReader(io.StringIO(out))]
    assert code == 0
    counted = "incident_count_low" if "incident_count_low" in rows[0] else "person_count_low"
    assert sum(float(row[counted]) for row in rows) == 10


def test_a_table_has_its_headings_and_its_stamp(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    _, out, _ = run(capsys, folder, "--by", "place")
    assert out.splitlines()[0].split() == [
        "place",
        *["incidents", "at", "most", "harm", "low", "harm", "harm", "high"],
        *["share", "at", "least", "at", "most"],
    ]
    assert "street" in out
    assert "Note: shares are of 10 certain incidents" in out


def test_what_stands_behind_times_and_persons(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    _, times, _ = run(capsys, folder, "--by", "hour", "--show", "basis", "--no-stamp")
    assert "the time is told to the hour" in times
    _, persons, _ = run(capsys, folder, "--by", "age", "--show", "basis", "--no-stamp")
    assert persons.splitlines()[1].split() == ["victim", "10", "10", "10", "0"]


@pytest.mark.parametrize("by", [*KINDS])
def test_kinds_month_by_month(capsys: pytest.CaptureFixture[str], folder: Path, by: str) -> None:
    code, out, _ = run(capsys, folder, "--by", by, "--show", "months", "--no-stamp")
    assert code == 0
    assert "whole" in out


def test_a_span_that_is_none_is_refused(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, _, err = run(capsys, folder, "--by", "hour", "--longest", "1")
    assert code == 2
    assert "2 to 168 hours" in err
