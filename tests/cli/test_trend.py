"""`trend` on the command line: every view and format, its settings, and what it refuses."""

import csv
import io
import json

import pytest

from vrin_data.cli.commands import main
from vrin_data.store import Store

NOTTINGHAM = "E06000018"


def run(capsys: pytest.CaptureFixture[str], store: Store, *words: str) -> tuple[int, str, str]:
    code = main(["--store", str(store.path), "trend", *words])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_a_line_for_each_area_stands_with_the_rules_in_the_stamp(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    code, out, _ = run(capsys, sample_store, "--level", "force", "--target", "100")
    lines = out.splitlines()
    assert code == 0
    assert lines[0].split()[:3] == ["area", "chart", "why"]
    assert [line.split("  ")[0] for line in lines[1:6]] == [
        "Derbyshire",
        "Leicestershire",
        "Lincolnshire",
        "Northamptonshire",
        "Nottinghamshire",
    ]
    assert lines[1].split()[-1] == "pass"
    assert lines[5].split()[-1] == "fail"
    assert "rules of this chart: 7 points make a run or a trend" in out
    assert "SIMULATED DATA" in out


def test_the_months_carry_their_state_and_the_limits_follow_the_settings(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    words = ("--area", NOTTINGHAM, "--show", "months", "--format", "csv", "--no-stamp")
    plain = run(capsys, sample_store, *words)[1]
    other = run(capsys, sample_store, *words, "--improvement", "up", "--run-length", "8", "--all-ranges")[1]
    rows, better = ([*csv.DictReader(io.StringIO(text))] for text in (plain, other))
    assert len(rows) == 36
    assert [row["state"] for row in rows if row["month"].startswith("2025-11")] == ["missing"]
    assert rows[24]["reading"] == "concern"
    assert better[27]["reading"] == "improvement"


def test_days_between_are_of_rare_incidents(capsys: pytest.CaptureFixture[str], sample_store: Store) -> None:
    words = ("--definition", "vru-non-domestic-homicide", "--show", "days", "--format", "json", "--no-stamp")
    code, out, _ = run(capsys, sample_store, *words)
    rows = json.loads(out)["rows"]
    assert code == 0
    assert [row["happened_on"] for row in rows] == sorted(row["happened_on"] for row in rows)
    # Two spans hold the half month and the missing one: how long they were is not known.
    assert sum(not row["is_used"] for row in rows) == 2
    assert all((row["days"] is None) == (not row["is_used"]) for row in rows)
    assert {row["reading"] for row in rows if row["is_used"]} == {"common"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--show", "days"), "Choose a narrower definition, area or period, or a chart by month."),
        (("--figure", "harm", "--chart", "laney"), "A u' chart is of incidents"),
        (("--trial-below", "0"), "Trial limits end at 2 to 60 points, not at 0."),
    ],
)
def test_what_cannot_be_charted_so_is_refused(
    capsys: pytest.CaptureFixture[str], sample_store: Store, words: tuple[str, ...], said: str
) -> None:
    code, _, told = run(capsys, sample_store, *words)
    assert code == 2
    assert said in told
