"""The command line: what is printed, where, and with which exit code."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from vrin_data.cli.commands import main
from vrin_data.records import definition_versions, events
from vrin_data.store import Store

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
PLACE = "-1.47663,52.92253,On or near High Street,E01013453,Derby 013A"
FORCE = "Derbyshire Constabulary"


def street(*rows: tuple[str, str, str]) -> str:
    """A street file of (crime id, crime type, outcome) rows in Derby."""
    lines = [
        f"{crime},2018-10,{FORCE},{FORCE},{PLACE},{kind},{outcome},"
        for crime, kind, outcome in rows
    ]
    return "\n".join([HEADER, *lines]) + "\n"


ROWS = (
    ("", "Anti-social behaviour", ""),
    ("", "Anti-social behaviour", ""),
    ("c1", "Robbery", "Under investigation"),
    ("c1", "Robbery", "Offender sent to prison"),
    ("c2", "Shoplifting", "Local resolution"),
)


@pytest.fixture
def store_path(tmp_path: Path, store_with_areas: Path) -> Path:
    return Path(shutil.copytree(store_with_areas, tmp_path / "store"))


@pytest.fixture
def street_file(tmp_path: Path) -> Path:
    file = tmp_path / "2018-10-derbyshire-street.csv"
    file.write_text(street(*ROWS), encoding="utf-8")
    return file


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_ingest_prints_one_object_a_submission(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path
) -> None:
    code, out, _ = run(capsys, "ingest", "police-uk", street_file, "--store", store_path, "--format", "json")
    assert code == 0
    (one,) = json.loads(out)
    wanted = {
        "file": street_file.name,
        "supplier": "derbyshire-police",
        "feed": "police-uk",
        "period": "2018-10",
        "mode": "replace_period",
        "rows_in": 5,
        "rows_kept": 5,
        "rows_rejected": 0,
        "incidents": 4,
        "status": "accepted",
    }
    assert {name: one[name] for name in wanted} == wanted


def test_ingest_says_that_outcome_lines_are_one_crime(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path
) -> None:
    code, out, _ = run(capsys, "--store", store_path, "ingest", "police-uk", street_file)
    assert code == 0
    assert "5 rows = 5 kept + 0 rejected; 4 incidents" in out
    assert "1 rows are further outcome lines of a crime that is counted once" in out


def test_the_same_again_is_unchanged_and_another_month_is_another_submission(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path
) -> None:
    first = ("ingest", "police-uk", street_file, "--store", store_path, "--format", "json")
    run(capsys, *first)
    before = Store.open(store_path).current_build()
    code, out, _ = run(capsys, *first)
    assert (code, [one["status"] for one in json.loads(out)]) == (0, ["unchanged"])
    assert Store.open(store_path).current_build() == before
    street_file.write_text(street(*ROWS[:3]), encoding="utf-8")
    code, out, _ = run(capsys, *first)
    (one,) = json.loads(out)
    assert (one["status"], one["rows_kept"], one["replaces_rows"]) == ("accepted", 3, 5)
    assert Store.open(store_path).query("n", "select count(*) as n from incident")["n"].tolist() == [3]


def test_line_ends_do_not_make_a_new_submission(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path
) -> None:
    words = ("ingest", "police-uk", street_file, "--store", store_path, "--format", "json")
    run(capsys, *words)
    street_file.write_bytes(street_file.read_bytes().replace(b"\n", b"\r\n"))
    _, out, _ = run(capsys, *words)
    assert [one["status"] for one in json.loads(out)] == ["unchanged"]


def test_one_bad_file_holds_back_the_whole_call(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.csv"
    page.write_text("<!doctype html><html><body>Sign in</body></html>", encoding="utf-8")
    before = Store.open(store_path).current_build()
    code, out, _ = run(
        capsys, "ingest", "police-uk", street_file, page, "--store", store_path, "--format", "json"
    )
    assert code == 1
    statuses = {one["file"]: (one["status"], one["reason"]) for one in json.loads(out)}
    assert statuses["page.csv"][0] == "refused"
    assert "web page" in statuses["page.csv"][1]
    assert statuses[street_file.name][0] == "stopped"
    assert Store.open(store_path).current_build() == before


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("no-such-command",),
        ("ingest", "no-such-feed", "x.csv"),
        ("ingest", "police-offences", "x.csv", "--supplier", "nobody"),
        ("harm", "--definition", "no-such"),
        ("harm", "--from", "2018/10"),
        ("harm", "--level", "village"),
        ("harm", "--weights", "cchi-1066"),
        ("harm", "--by", "weapon"),
        ("areas", "list", "--level", "village"),
    ],
)
def test_wrong_usage_exits_with_two(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path, words: tuple[str, ...]
) -> None:
    run(capsys, "ingest", "police-uk", street_file, "--store", store_path)
    code, out, err = run(capsys, "--store", store_path, *words)
    assert code == 2
    assert out == ""
    assert err != ""


def test_harm_writes_the_same_figures_in_every_format(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path
) -> None:
    run(capsys, "ingest", "police-uk", street_file, "--store", store_path)
    asked = ("harm", "--definition", "all-recorded-crime", "--level", "force", "--by", "area,month")
    asked = (*asked, "--store", str(store_path))
    _, table, _ = run(capsys, *asked)
    _, text, _ = run(capsys, *asked, "--format", "csv")
    _, bare, _ = run(capsys, *asked, "--format", "csv", "--no-stamp")
    _, data, _ = run(capsys, *asked, "--format", "json")
    stamp = [line for line in text.splitlines() if line.startswith("#")]
    assert any("all-recorded-crime v1" in line for line in stamp)
    assert any("RESTRICTED" in line for line in stamp)
    assert "all-recorded-crime v1" in table
    assert text.splitlines()[len(stamp) :] == bare.splitlines()
    rows = {row["area_code"]: row for row in csv.DictReader(io.StringIO(bare))}
    objects = {row["area_code"]: row for row in json.loads(data)["rows"]}
    assert rows["E23000018"]["incident_count_low"] == "2"
    assert objects["E23000018"]["incident_count_low"] == 2
    assert rows["E23000019"]["incident_count_low"] == ""
    assert objects["E23000019"]["incident_count_low"] is None
    assert json.loads(data)["stamp"]["definition"] == "all-recorded-crime v1"


def test_builds_are_listed_and_restored(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path
) -> None:
    run(capsys, "ingest", "police-uk", street_file, "--store", store_path)
    _, listed, _ = run(capsys, "builds", "--store", store_path)
    assert listed.splitlines()[-1].startswith("* 000002")
    code, out, _ = run(capsys, "builds", "--restore", "1", "--store", store_path)
    assert (code, out) == (0, "Build 000001 is current.\n")
    code, _, err = run(capsys, "builds", "--restore", "99", "--store", store_path)
    assert code == 1
    assert "000001, 000002" in err
    objects = json.loads(run(capsys, "builds", "--format", "json", "--store", store_path)[1])
    assert [one["is_current"] for one in objects] == [True, False]


def test_an_ingest_leaves_its_mark_in_the_records(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path
) -> None:
    run(capsys, "ingest", "police-uk", street_file, "--store", store_path)
    event, search = events(store_path)[-2:]
    assert (event.action, event.subject) == ("ingest", "build 000002")
    assert (search.action, search.subject) == ("search signals", "build 000002")
    assert event.detail["rows_kept"] == 5
    assert {one.definition_id for one in definition_versions(store_path)} >= {"violence-with-injury", "knife-enabled"}


def test_an_empty_store_says_what_to_do(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, "harm", "--store", tmp_path / "none")
    assert (code, out) == (1, "")
    assert "vrin_data sample" in err
    assert run(capsys, "builds", "--store", tmp_path / "none")[0] == 0


def test_describe_prints_the_dictionary(capsys: pytest.CaptureFixture[str]) -> None:
    assert "### incident" in run(capsys, "describe")[1]
    assert json.loads(run(capsys, "describe", "--format", "json")[1])["code_lists"]["weapon"]["sharp"]


def test_a_missing_path_is_refused(capsys: pytest.CaptureFixture[str], store_path: Path) -> None:
    code, out, _ = run(capsys, "ingest", "police-uk", "nowhere.zip", "--store", store_path)
    assert code == 1
    assert "there is no such file" in out
    assert run(capsys, "areas", "import", "nowhere.gpkg", "--store", store_path)[0] == 1


def test_a_store_that_is_a_file_is_said_in_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    code, _, err = run(capsys, "ingest", "police-uk", "x.csv", "--store", file)
    assert code == 1
    assert err.strip().startswith("vrin: ")
    assert len(err.strip().splitlines()) == 1


def test_a_store_path_may_hold_an_apostrophe(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, store_with_areas: Path, street_file: Path
) -> None:
    path = shutil.copytree(store_with_areas, tmp_path / "o'brien")
    assert run(capsys, "ingest", "police-uk", street_file, "--store", path)[0] == 0


def test_no_figure_of_the_table_is_cut(
    capsys: pytest.CaptureFixture[str], store_path: Path, street_file: Path
) -> None:
    run(capsys, "ingest", "police-uk", street_file, "--store", store_path)
    _, table, _ = run(capsys, "harm", "--definition", "all-recorded-crime", "--level", "force", "--store", store_path)
    assert "…" not in table
    assert "Derbyshire" in table
    assert "no submission" in table
