"""Rejected rows come back corrected, and purge removes what is past its time from every build."""

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import agree_to_everything
from tests.intake.conftest import RECEIVED_AT
from vrin_data import measures, protect
from vrin_data.errors import RefusedInput
from vrin_data.intake import correct, purge
from vrin_data.report import as_corrections
from vrin_data.store import Store


def corrections_of(desk: Any, file: str) -> list[dict[str, str]]:
    request = measures.RejectedRequest(file=file)
    presented = protect.present(measures.rejected(desk.store, request), protect.Viewer.analyst())
    return list(csv.DictReader(io.StringIO(as_corrections(presented))))


def written(desk: Any, rows: list[dict[str, str]]) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return desk.write("corrected.csv", out.getvalue())


@pytest.fixture
def with_bad_rows(desk: Any) -> Any:
    desk.send(
        desk.text(
            desk.row("A2"),
            desk.row("A3", recorded_date="31/02/2024"),
            desk.row("A4", easting="somewhere"),
            desk.row("A5", recorded_date="2024-14-01"),
        )
    )
    return desk


def test_a_row_is_kept_whole_to_be_corrected(with_bad_rows: Any):
    rows = corrections_of(with_bad_rows, "extract.csv")
    assert [
        (row["vrin_line"], row["Crime reference"], row["Recorded date"], row["Easting"]) for row in rows
    ] == [
        ("3", "A3", "31/02/2024", "435000"),
        ("4", "A4", "02/02/2024", "somewhere"),
        ("5", "A5", "2024-14-01", "435000"),
    ]
    assert "is not a date that exists" in rows[0]["vrin_reason"]


def test_a_cell_that_was_guarded_against_spreadsheets_comes_back_as_it_was(desk: Any):
    desk.send(desk.text(desk.row("A2"), desk.row("-A3", recorded_date="31/02/2024")))
    (row,) = corrections_of(desk, "extract.csv")
    assert row["Crime reference"] == "'-A3"
    done = correct(desk.store, written(desk, [{**row, "Recorded date": "02/02/2024"}]), person="A", at=RECEIVED_AT)
    assert done.taken == 1
    found = desk.store.query("test", "select record_key from incident order by record_key")
    assert "-A3" in list(found["record_key"])


def test_corrected_rows_join_their_submission_and_what_is_still_wrong_stays(with_bad_rows: Any):
    desk = with_bad_rows
    rows = corrections_of(desk, "extract.csv")
    rows[0]["Recorded date"], rows[1]["Easting"] = "28/02/2024", "435001"
    done = correct(desk.store, written(desk, rows), person="A. Lead", at=RECEIVED_AT)
    assert (done.taken, list(done.still_rejected.values())) == (2, [1])
    assert sorted(key for _, key in desk.kept()) == ["A2", "A3", "A4"]
    assert [line for line, *_ in desk.rejected()] == [5]
    sql = """
        select rows_in_count, rows_kept_count, rows_rejected_count, rows_corrected_count, incident_count
        from submission where period_start = '2024-02-01'
    """
    assert desk.rows(sql) == [(4, 3, 1, 2, 3)]


def test_the_suppliers_own_file_again_leaves_the_corrections_standing(with_bad_rows: Any):
    desk = with_bad_rows
    rows = corrections_of(desk, "extract.csv")
    rows[0]["Recorded date"] = "28/02/2024"
    correct(desk.store, written(desk, rows), person="A. Lead", at=RECEIVED_AT)
    again = desk.send_paths(desk.folder / "extract.csv")
    assert (again.submissions[0].status, again.build_id) == ("unchanged", None)
    assert sorted(key for _, key in desk.kept()) == ["A2", "A3"]


def test_a_row_that_was_never_rejected_is_no_correction(with_bad_rows: Any):
    desk = with_bad_rows
    rows = corrections_of(desk, "extract.csv")
    rows[0]["vrin_line"] = "2"
    with pytest.raises(RefusedInput, match="line 2: no rejected row"):
        correct(desk.store, written(desk, rows), person="A. Lead", at=RECEIVED_AT)
    with pytest.raises(RefusedInput, match="is no file of corrections"):
        correct(desk.store, desk.write("x.csv", "a,b\n1,2\n"), person="A. Lead", at=RECEIVED_AT)


def test_purge_takes_rows_out_of_every_build_and_out_of_the_files(
    tmp_path: Path, base_store: Path, desk: Any
):
    agree_to_everything(desk.store, retention_months=6, version_of="short")
    desk.send(
        desk.text(
            desk.row("SECRET-OLD", recorded_date="05/01/2024"), desk.row("B1", recorded_date="05/01/2024")
        )
    )
    desk.send(desk.text(desk.row("YOUNG", recorded_date="05/06/2024")), name="young.csv")
    told = purge(desk.store, on=date(2024, 8, 15), at=datetime(2024, 8, 15), dry_run=True)
    assert {one.period_start for one in told} == {date(2024, 1, 1)}
    assert desk.rows("select count(*) from incident where record_key = 'SECRET-OLD'") == [(1,)]
    done = purge(desk.store, on=date(2024, 8, 15), at=datetime(2024, 8, 15))
    assert [(one.build_id, one.row_count) for one in done] == [(one.build_id, one.row_count) for one in told]
    for build_id in desk.store.build_ids():
        left = desk.store.query("t", "select record_key from incident", build_id=build_id)[
            "record_key"
        ].tolist()
        assert "SECRET-OLD" not in left
        assert b"SECRET-OLD" not in desk.store.build_file(build_id).read_bytes()
    assert desk.rows("select record_key from incident") == [("YOUNG",)]
    assert purge(desk.store, on=date(2024, 8, 15), at=datetime(2024, 8, 15)) == []


def test_a_reader_that_has_a_build_open_no_longer_sees_what_was_purged(desk: Any):
    agree_to_everything(desk.store, retention_months=6, version_of="short")
    desk.send(desk.text(desk.row("OLD", recorded_date="05/01/2024")))
    other = Store.open(desk.store.path)
    assert len(other.query("t", "select 1 from incident where record_key = 'OLD'")) == 1
    purge(desk.store, on=date(2024, 12, 1), at=datetime(2024, 12, 1))
    assert len(other.query("t", "select 1 from incident where record_key = 'OLD'")) == 0
    other.close()
