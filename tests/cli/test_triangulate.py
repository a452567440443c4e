"""`triangulate` on the command line: police and health side by side, and persons where there are keys."""

import csv
import io

import pytest

from vrin_data.cli.commands import main
from vrin_data.store import Store


def run(capsys: pytest.CaptureFixture[str], store: Store, *words: str) -> tuple[int, str, str]:
    code = main(["--store", str(store.path), "triangulate", *words])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_the_sample_is_compared_by_force_with_what_cannot_be_said(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    code, out, _ = run(capsys, sample_store)
    assert code == 0
    assert "health, at least" in out.splitlines()[0]
    assert "cannot say how many of the patients are unknown to the police" in out
    assert "SIMULATED DATA" in out


def test_the_months_of_the_sample_hold_its_gaps_and_no_ratio_for_them(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    code, out, _ = run(capsys, sample_store, "--show", "months", "--format", "csv", "--no-stamp")
    rows = [*csv.DictReader(io.StringIO(out))]
    assert code == 0
    assert {row["source"] for row in rows} >= {"police", "ed-assaults", "ed-assaults-ecds", "ambulance"}
    gaps = [row for row in rows if row["state"] != "whole"]
    assert gaps
    assert all(row["ratio"] == "" for row in gaps)


def test_without_keys_no_person_is_matched(capsys: pytest.CaptureFixture[str], sample_store: Store) -> None:
    code, out, _ = run(capsys, sample_store, "--show", "persons", "--format", "csv", "--no-stamp")
    assert code == 0
    assert len(out.splitlines()) == 1


def test_regions_and_days_below_nought_are_refused(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    assert run(capsys, sample_store, "--level", "region")[0] == 2
    code, _, said = run(capsys, sample_store, "--show", "persons", "--windows", "-1")
    assert code == 2
    assert "whole numbers from 0 on" in said
