"""`concentration` and `hotspots` on the command line: every view and format, and what they refuse."""

import csv
import io
import json

import pytest

from vrin_data.cli.commands import main
from vrin_data.store import Store

LEICS, SPOT = "E23000021", "S01000205"


def run(capsys: pytest.CaptureFixture[str], store: Store, *words: str) -> tuple[int, str, str]:
    code = main(["--store", str(store.path), *words])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_the_summary_stands_with_its_baseline_and_stamp(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    code, out, _ = run(capsys, sample_store, "concentration", "--area", LEICS, "--runs", "20")
    assert code == 0
    assert [line.split("  ")[0] for line in out.splitlines()[1:4]] == [
        "incidents",
        "harm",
        "harm without homicide",
    ]
    assert "places that hold half" in out.splitlines()[0]
    assert "fall 20 times" in out
    assert "SIMULATED DATA" in out


def test_a_curve_in_csv_keeps_its_decimals(capsys: pytest.CaptureFixture[str], sample_store: Store) -> None:
    words = ("concentration", "--show", "curve", "--format", "csv", "--no-stamp", "--area", LEICS)
    code, out, _ = run(capsys, sample_store, *words)
    rows = [*csv.DictReader(io.StringIO(out))]
    assert code == 0
    ranks = [float(row["rank_share"]) for row in rows if row["figure"] == "incidents"]
    assert len(set(ranks)) == len(ranks) == 200
    assert (ranks[0], ranks[-1]) == (0, 1)


def test_spots_alone_are_listed_unless_all_are_asked_for(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    words = ("hotspots", "--area", LEICS, "--years", "0", "--no-stamp")
    code, out, _ = run(capsys, sample_store, *words)
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()[1:]] == [["1", SPOT]]
    _, every, _ = run(capsys, sample_store, *words, "--all")
    assert len(every.splitlines()) == 1 + 657


def test_json_has_every_area_with_its_q_value(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    words = ("hotspots", "--area", LEICS, "--years", "0", "--format", "json")
    code, out, _ = run(capsys, sample_store, *words)
    found = json.loads(out)
    assert code == 0
    assert [row["area_code"] for row in found["rows"] if row["is_spot"]] == [SPOT]
    assert all(0 <= row["q_value"] <= 1 for row in found["rows"])
    assert found["stamp"]["is_simulated"]


@pytest.mark.parametrize("command", ["concentration", "hotspots"])
def test_streets_are_refused_with_the_reason(
    capsys: pytest.CaptureFixture[str], sample_store: Store, command: str
) -> None:
    code, out, err = run(capsys, sample_store, command, "--level", "street")
    assert (code, out) == (2, "")
    assert "every point is moved to one of a few fixed places" in err
