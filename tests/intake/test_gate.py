"""No live agreement, no ingest; open data comes under its licence; identifiers are refused by name."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.intake.conftest import RECEIVED_AT
from vrin_data.intake import Acceptance, accept_held, discard_held
from vrin_data.records import agreement, end_agreement, held_files, overrides


@pytest.fixture
def closed(desk: Any) -> Any:
    """A desk whose one agreement has ended before anything comes in."""
    end_agreement(
        desk.store.path,
        "for-tests",
        on=date(2024, 1, 31),
        reason="test",
        recorded_by="tests",
        recorded_at=RECEIVED_AT,
    )
    assert agreement(desk.store.path, "for-tests").status == "ended"
    return desk


def test_without_a_live_agreement_nothing_comes_in(closed: Any):
    reason = closed.refusal(closed.text(closed.row("A2")))
    assert "no live agreement for derbyshire-police and the feed police-offences on 30 June 2024" in reason


def test_a_named_person_may_let_it_in_and_that_stands_on_record(closed: Any):
    result = closed.hand_in(
        closed.text(closed.row("A2")), without_agreement=Acceptance("A. Lead", "signed tomorrow")
    )
    assert result.build_id == "000002"
    (one,) = overrides(closed.store.path)
    assert (one.kind, one.person, one.reason) == ("no_agreement", "A. Lead", "signed tomorrow")
    assert closed.rows("select agreement_id from submission where period_start = '2024-02-01'") == [
        (f"override: {one.override_id}",)
    ]


def test_open_data_comes_under_its_licence(closed: Any):
    result = closed.send(closed.text(closed.open_row("a"), header=closed.open_header), feed="police-uk")
    assert result.build_id == "000002"
    assert closed.rows("select agreement_id from submission where feed_id = 'police-uk'") == [
        ("licence: OGL v3.0",)
    ]


def test_a_file_with_a_column_of_names_is_refused_with_the_column_named(desk: Any):
    header = desk.header.replace("Weapon", "NHS Number")
    reason = desk.refusal(desk.text(desk.row("A2"), header=header))
    assert "the column 'NHS Number' identifies persons" in reason
    assert desk.rows("select 1 from rejected_row") == []


def test_a_stopped_file_waits_until_a_person_decides(desk: Any):
    for month in range(1, 7):
        many = [
            desk.row(f"M{month}-{n}", recorded_date=f"{n % 27 + 1:02d}/{month:02d}/2023") for n in range(80)
        ]
        assert not desk.send(desk.text(*many), name=f"m{month}.csv").is_refused
    before = desk.store.current_build()
    few = desk.text(*(desk.row(f"F{n}", recorded_date=f"{n + 1:02d}/07/2023") for n in range(3)))
    result = desk.hand_in(few, name="few.csv", period=(date(2023, 7, 1), date(2023, 8, 1)))
    assert [one.status for one in result.submissions] == ["stopped"], result.submissions
    assert (result.is_stopped, result.build_id, desk.store.current_build()) == (True, None, before)
    (held,) = held_files(desk.store.path)
    assert (held.file_name, held.supplier_id, held.period) == ("few.csv", "derbyshire-police", "2023-07")
    assert held.findings[0] == {"said": {"period": ["2023-07-01", "2023-08-01"]}}
    again = desk.send(few, name="few.csv")
    assert again.is_stopped
    assert len(held_files(desk.store.path)) == 1
    taken = accept_held(
        desk.store, held.held_id, person="A. Lead", reason="the force confirmed it", at=RECEIVED_AT
    )
    assert taken.build_id is not None
    assert desk.rows(
        "select accepted_by, accepted_reason from submission where period_start = '2023-07-01'"
    ) == [("A. Lead", "the force confirmed it")]
    assert held_files(desk.store.path) == []


def test_an_archive_of_several_feeds_is_accepted_as_a_whole_and_under_its_exception(desk: Any, zipped: Any):
    for month in range(1, 7):
        many = [
            desk.row(f"M{month}-{n}", recorded_date=f"{n % 27 + 1:02d}/{month:02d}/2023") for n in range(80)
        ]
        desk.send(desk.text(*many), name=f"m{month}.csv")
    few = desk.text(*(desk.row(f"F{n}", recorded_date=f"{n + 1:02d}/07/2023") for n in range(3)))
    street = desk.text(desk.open_row("b" * 64), header=desk.open_header)
    archive = zipped({"few.csv": few, "street.csv": street})
    exception = Acceptance("A. Lead", "on its way")
    result = desk.hand_in(archive, name="both.zip", feed="auto", without_agreement=exception)
    assert result.is_stopped
    (held,) = held_files(desk.store.path)
    said = held.findings[0]["said"]
    assert said["feed"] == {"id": "auto", "supplier": None}
    assert said["without_agreement"] == {"person": "A. Lead", "reason": "on its way"}
    accept_held(desk.store, held.held_id, person="A. Lead", reason="a quiet month", at=RECEIVED_AT)
    feeds = desk.rows("select distinct feed_id from submission where period_start >= '2023-07-01' order by 1")
    assert [feed for (feed,) in feeds] == ["police-offences", "police-uk"]


def test_a_stopped_file_may_be_discarded(desk: Any, tmp_path: Path):
    for month in range(1, 7):
        many = [
            desk.row(f"M{month}-{n}", recorded_date=f"{n % 27 + 1:02d}/{month:02d}/2023") for n in range(80)
        ]
        desk.send(desk.text(*many), name=f"m{month}.csv")
    desk.send(desk.text(desk.row("F1", recorded_date="01/07/2023")), name="few.csv")
    (held,) = held_files(desk.store.path)
    kept = held.path(desk.store.path)
    assert kept.is_file()
    discard_held(desk.store, held.held_id, person="A. Lead", reason="wrong file", at=RECEIVED_AT)
    assert not kept.exists()
    assert held_files(desk.store.path) == []
