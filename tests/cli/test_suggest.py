"""`ingest --suggest`: what is shown, written, edited, confirmed and saved, and that the file goes in afterwards."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import agree_to_everything
from tests.intake.unfamiliar import ROWS, SHOUTING
from vrin_data.cli.commands import main
from vrin_data.contract.variant_text import read_variant
from vrin_data.records import variants
from vrin_data.store import Store

SUPPLIER = "leicestershire-police"


@pytest.fixture
def store_path(tmp_path: Path, store_with_areas: Path) -> Path:
    path = Path(shutil.copytree(store_with_areas, tmp_path / "store"))
    agree_to_everything(Store.open(path))
    return path


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    return SHOUTING.write(tmp_path)


def run(capsys: pytest.CaptureFixture[str], store_path: Path, *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in ("ingest", "police-offences", *words, "--store", store_path)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_proposal_shows_columns_codes_rows_and_toml(
    capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path
) -> None:
    code, out, _ = run(capsys, store_path, extract, "--suggest")
    assert code == 0
    table_text = out.partition("To be looked at")[0]
    table = {line.split()[0]: line.split()[1:3] for line in table_text.splitlines() if line.startswith("DT_")}
    assert table.pop("DT_LAST_UPD")[0] not in ("event_start_at", "event_end_at", "recorded_at")
    assert table == {
        "DT_COMMITTED_FRM": ["event_start_at", "sure"],
        "DT_COMMITTED_TO": ["event_end_at", "sure"],
        "DT_CREATED": ["recorded_at", "sure"],
    }
    assert "Not used, since no column of the feed is like them: DT_LAST_UPD, BEAT, TEAM" in out
    (not_found,) = (line for line in out.splitlines() if line.startswith("Columns of the feed that no heading"))
    assert "longitude (such as 'longitude')" in not_found
    assert "weapon (" not in not_found
    assert "SHARP INSTRUMENT - OTHER" in out
    assert f"{ROWS} of the first {ROWS} rows would be kept." in out
    assert 'recorded_at = "DT_CREATED"  # sure (0.9' in out
    assert not variants(store_path)


def test_a_confirmed_proposal_is_saved_and_the_file_goes_in(
    capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: "y")
    words = (extract, "--suggest", "--supplier", SUPPLIER, "--save", "--by", "A. Analyst")
    code, out, _ = run(capsys, store_path, *words)
    assert code == 0
    assert f"Saved as version 1 of how {SUPPLIER} sends police-offences." in out
    (saved,) = variants(store_path)
    assert (saved.supplier_id, saved.recorded_by) == (SUPPLIER, "A. Analyst")
    code, out, _ = run(capsys, store_path, extract, "--supplier", SUPPLIER)
    assert (code, f"{ROWS} rows = {ROWS} kept + 0 rejected" in out) == (0, True)


@pytest.mark.parametrize("answer", ["", "n", "maybe"])
def test_nothing_is_saved_without_a_yes(
    capsys: pytest.CaptureFixture[str],
    store_path: Path,
    extract: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
) -> None:
    monkeypatch.setattr("builtins.input", lambda _: answer)
    words = (extract, "--suggest", "--supplier", SUPPLIER, "--save", "--by", "A. Analyst")
    code, _, told = run(capsys, store_path, *words)
    assert (code, told, variants(store_path)) == (1, "Not saved.\n", [])


def test_a_written_proposal_is_edited_and_given_back(
    capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path, tmp_path: Path
) -> None:
    file = tmp_path / "leics.toml"
    run(capsys, store_path, extract, "--suggest", "--supplier", SUPPLIER, "--out", file)
    text = file.read_text(encoding="utf-8")
    edited = text.replace('"FIREARM - OTHER" = "firearm"', '"FIREARM - OTHER" = "other"')
    assert edited != text
    file.write_text(edited, encoding="utf-8")
    words = (extract, "--suggest", "--variant", file, "--supplier", SUPPLIER, "--save", "--by", "A", "--yes")
    code, out, _ = run(capsys, store_path, *words)
    assert code == 0
    (shown,) = (
        line.split() for line in out.splitlines() if line.startswith("weapon  ") and "FIREARM" in line
    )
    assert shown[5] == "other"
    (saved,) = variants(store_path)
    assert read_variant(saved.toml, "saved").codes["weapon"]["FIREARM - OTHER"] == "other"
    code, out, _ = run(capsys, store_path, extract, "--variant", file)
    assert (code, f"{ROWS} kept" in out) == (0, True)


def test_what_would_be_refused_is_not_saved(
    capsys: pytest.CaptureFixture[str], store_path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("colour,shape\nred,round\n", encoding="utf-8")
    words = (file, "--suggest", "--supplier", SUPPLIER, "--save", "--by", "A", "--yes")
    code, out, told = run(capsys, store_path, *words)
    assert code == 1
    assert "Missing: record_key: needed, and no heading is like it" in out
    assert "would be refused" in told
    assert variants(store_path) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--save", "--by", "A"), "give --supplier and --by"),
        (("--save", "--supplier", SUPPLIER), "give --supplier and --by"),
        (("--supplier", "nobody"), "There is no supplier 'nobody'"),
        (("second.csv",), "name exactly one"),
    ],
)
def test_wrong_usage_is_said(
    capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path, words: tuple[str, ...], told: str
) -> None:
    code, _, error = run(capsys, store_path, extract, *words, "--suggest")
    assert (code, told in error) == (2, True)


def test_a_variant_with_faults_tells_them_all(
    capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(
        'feed = "police-offences"\n[columns]\ncolour = "X"\n[codes.weapon]\nspoon = "cutlery"\n',
        encoding="utf-8",
    )
    code, _, error = run(capsys, store_path, extract, "--suggest", "--variant", file)
    assert (code, "columns.colour" in error, "'cutlery'" in error) == (1, True, True)


def test_control_characters_of_a_file_never_reach_the_terminal(
    capsys: pytest.CaptureFixture[str], store_path: Path, tmp_path: Path
) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        "reference,ho code,date recorded,\x1b[31mred\nA1,8N,05/03/2025,\x1b[2J\n", encoding="utf-8"
    )
    _, out, _ = run(capsys, store_path, file, "--suggest")
    assert "\x1b" not in out
