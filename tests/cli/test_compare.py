"""`compare` and `comparators` on the command line: every view, and a list from its file to its undoing."""

import json
from pathlib import Path

import pytest

from vrin_data.cli.commands import main
from vrin_data.store import Store

LEICS, LEICESTER, NOTTINGHAM = "E23000021", "E06000016", "E06000018"
WHO = ("--by", "J Smith", "--reason", "as published")


def run(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> tuple[int, str, str]:
    code = main(["--store", str(path), *words])
    found = capsys.readouterr()
    return code, found.out, found.err


def test_areas_stand_in_name_order_with_limits_and_stamp(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    code, out, _ = run(capsys, sample_store.path, "compare", "--area", LEICS, "--from", "2025-04")
    assert code == 0
    names = [line.split("  ")[0] for line in out.splitlines()[1:10]]
    assert names == sorted(names)
    assert "additive over-dispersion: phi" in out
    assert "a funnel of 9 areas says little" in out
    assert "SIMULATED DATA" in out


@pytest.mark.parametrize(
    ("show", "first"),
    [("summary", "incidents-rate  force"), ("curve", "      20,32"), ("months", "Blaby")],
)
def test_every_view_is_a_table(
    capsys: pytest.CaptureFixture[str], sample_store: Store, show: str, first: str
) -> None:
    words = ("--area", LEICESTER, "--comparators", "force", "--from", "2025-04", "--no-stamp")
    code, out, _ = run(capsys, sample_store.path, "compare", "--show", show, *words)
    assert code == 0
    assert out.splitlines()[1].startswith(first)


def test_a_list_that_is_not_on_record_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], sample_store: Store
) -> None:
    words = ("compare", "--area", LEICESTER, "--comparators", "list:nowhere")
    code, out, err = run(capsys, sample_store.path, *words)
    assert (code, out) == (2, "")
    assert "comparators import" in err


def test_a_list_is_taken_in_changed_and_brought_back(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    store, file = tmp_path / "store", tmp_path / "ons.csv"
    file.write_text(f"area code,neighbour code,rank\n{LEICESTER},{NOTTINGHAM},1\n", encoding="utf-8")
    assert "`comparators import" in run(capsys, store, "comparators", "list")[1]
    load = (
        "comparators",
        "import",
        str(file),
        "--id",
        "ons",
        "--name",
        "ONS neighbours",
        "--source",
        "ONS",
        *WHO,
    )
    assert "Nothing was recorded" in run(capsys, store, *load, "--dry-run")[1]
    assert "stands on record as ons v1" in run(capsys, store, *load)[1]
    run(capsys, store, "comparators", "set", "--id", "ons", NOTTINGHAM.lower(), LEICESTER, "E06000015", *WHO)
    listed = json.loads(run(capsys, store, "comparators", "show", "--id", "ons", "--format", "json")[1])
    assert listed[0]["neighbours"] == {LEICESTER: [NOTTINGHAM], NOTTINGHAM: [LEICESTER, "E06000015"]}
    assert "as ons v3" in run(capsys, store, "comparators", "restore", "--id", "ons", "1", *WHO)[1]
    shown = run(capsys, store, "comparators", "show", "--id", "ons", "--area", NOTTINGHAM)[1]
    assert "no such area on the list" in shown
    assert "v3 restore" in shown
    assert "out of use (ons v4)" in run(capsys, store, "comparators", "retire", "--id", "ons", *WHO)[1]
    assert json.loads(run(capsys, store, "comparators", "list", "--format", "json")[1]) == []
