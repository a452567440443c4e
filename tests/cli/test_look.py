"""`look`: which feed a file is of, who sent it, and how it would be read, without taking anything in."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import OFFENCE_HEADER, RECEIVED
from tests.intake.unfamiliar import ROWS, SHOUTING
from vrin_data.cli.commands import main
from vrin_data.contract.variant_text import as_toml
from vrin_data.contract.variants import Variant
from vrin_data.records import save_variant
from vrin_data.store import Store

ROW = "A1,Leicestershire Police,8N,008/06,01/03/2026 10:00,02/03/2026,458000,304000,Street,Zweihander,N,34,M,,Live,"


@pytest.fixture
def store_path(tmp_path: Path, store_with_areas: Path) -> Path:
    return Path(shutil.copytree(store_with_areas, tmp_path / "store"))


@pytest.fixture
def extract(tmp_path: Path) -> Path:
    path = tmp_path / "march.csv"
    path.write_text(f"{OFFENCE_HEADER}\n{ROW}\n", encoding="utf-8")
    return path


def look(capsys: pytest.CaptureFixture[str], store_path: Path, *words: object) -> Any:
    code = main([str(word) for word in ("look", *words, "--format", "json", "--store", store_path)])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    return json.loads(captured.out)


def standing(store_path: Path) -> list[Path]:
    """What stands in a store, without the files that SQLite keeps beside an open database."""
    return sorted(path for path in store_path.rglob("*") if not path.name.endswith(("-shm", "-wal")))



def test_a_file_is_recognised_with_its_sender(
    capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path
) -> None:
    before = standing(store_path)
    (seen,) = look(capsys, store_path, extract)
    assert (seen["path"], seen["file_count"]) == ("march.csv", 1)
    (file,) = seen["files"]
    assert [one["feed_id"] for one in file["fits"]] == ["police-offences"]
    assert file["senders"] == {
        "supplier_ids": ["leicestershire-police"],
        "told_by": "its column force",
        "strangers": [],
    }
    assert standing(store_path) == before


def test_names_of_nobody_known_are_told(
    capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path
) -> None:
    extract.write_text(extract.read_text().replace("Leicestershire Police", "Ruritania Police"))
    (seen,) = look(capsys, store_path, extract)
    assert seen["files"][0]["senders"]["strangers"] == ["Ruritania Police"]
    assert seen["files"][0]["senders"]["supplier_ids"] == []


def test_headings_that_fit_nothing_are_likened(
    capsys: pytest.CaptureFixture[str], store_path: Path, tmp_path: Path
) -> None:
    (seen,) = look(capsys, store_path, SHOUTING.write(tmp_path))
    (file,) = seen["files"]
    assert file["fits"] == []
    assert file["likely"][0]["feed_id"] == "police-offences"
    assert "for 20 of 23 headings" in file["likely"][0]["words"]


def test_a_supplier_is_known_again_by_its_own_headings(
    capsys: pytest.CaptureFixture[str], store_path: Path, tmp_path: Path
) -> None:
    path = SHOUTING.write(tmp_path)
    proposed = Variant(**look(capsys, store_path, path, "--feed", "police-offences", "--propose")["variant"])
    save_variant(
        store_path,
        "leicestershire-police",
        "police-offences",
        as_toml(proposed),
        recorded_by="A. Analyst",
        recorded_at=RECEIVED,
    )
    (seen,) = look(capsys, store_path, path)
    (file,) = seen["files"]
    assert file["fits"][0]["feed_id"] == "police-offences"
    assert file["variant_of"] == "leicestershire-police"
    assert file["fits"][0]["words"].endswith("the headings that were put on record for this supplier")


def test_every_file_of_an_archive_is_looked_at(
    capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path, tmp_path: Path
) -> None:
    archive = tmp_path / "both.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(extract, "a/march.csv")
        packed.writestr("a/empty.csv", "")
    (seen,) = look(capsys, store_path, archive)
    assert seen["file_count"] == 2
    assert [bool(one["refusal"]) for one in seen["files"]] == [True, False]
    assert "is empty" in seen["files"][0]["refusal"]


def test_what_is_no_archive_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], store_path: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"PK\x03\x04 cut short")
    (seen,) = look(capsys, store_path, broken)
    assert seen["files"] == []
    assert "broken.zip" in seen["refusal"]


def test_a_close_look_shows_rows_and_what_is_not_known(
    capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path
) -> None:
    seen = look(capsys, store_path, extract, "--feed", "police-offences", "--codes")
    assert seen["headings"] == []
    assert [(one["column"], one["raw"], one["count"]) for one in seen["codes"]] == [("weapon", "Zweihander", 1)]
    (row,) = seen["preview"]["rows"]
    assert row["before"]["weapon"] == "Zweihander"
    assert row["after"]["recorded_at"] == "2026-03-02"
    bare = look(capsys, store_path, extract, "--feed", "police-offences")
    assert bare["codes"] == []


def test_a_mapping_is_proposed_and_another_one_can_be_tried(
    capsys: pytest.CaptureFixture[str], store_path: Path, tmp_path: Path
) -> None:
    path = SHOUTING.write(tmp_path)
    proposed = look(capsys, store_path, path, "--feed", "police-offences", "--propose")
    assert proposed["preview"]["rows_kept"] == ROWS
    assert len(proposed["headings"]) == len(SHOUTING.headings)
    worse = Variant(**proposed["variant"])
    worse = worse.model_copy(update={"columns": {**worse.columns, "recorded_at": "BEAT"}})
    toml = tmp_path / "worse.toml"
    toml.write_text(as_toml(worse), encoding="utf-8")
    tried = look(capsys, store_path, path, "--feed", "police-offences", "--variant", toml)
    assert tried["preview"]["rows_kept"] == 0


def test_in_words(capsys: pytest.CaptureFixture[str], store_path: Path, extract: Path) -> None:
    assert main(["look", str(extract), "--store", str(store_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["march.csv: 1 file(s)", "march.csv: from leicestershire-police"]
    assert Store.open(store_path).current_build() == "000001"
