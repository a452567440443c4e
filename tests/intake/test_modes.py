"""How a submission meets what was there: a period replaced, records changed, nothing to report, an older version."""

from datetime import date, datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

PROBATION = "CRN,Event Number,SOFT_DELETED,ROW_VERSION,Offence Code,Conviction Date"
DERBYSHIRE = "derbyshire-police"


def delta(*rows: str) -> str:
    return "\n".join([PROBATION, *rows]) + "\n"


def current(desk: Any) -> list[tuple[Any, ...]]:
    """The records of the probation feed that stand: key, version and state."""
    return desk.rows(
        """
        select record_key, row_version, profile.status
        from incident
        join profile using (profile_id)
        join submission using (submission_id)
        where feed_id = 'probation'
        order by all
        """
    )


def statuses(result: Any) -> list[str]:
    return [one.status for one in result.submissions]


DELTAS = {
    "first": (delta("X1,1,0,1,00806,05/01/2024", "X2,1,0,1,00806,06/01/2024"), datetime(2024, 2, 1)),
    "second": (delta("X1,1,0,2,00501,05/01/2024", "X1,2,0,1,00806,07/02/2024"), datetime(2024, 3, 1)),
    "third": (delta("X2,1,1,3,00806,06/01/2024"), datetime(2024, 4, 1)),
}


@pytest.mark.parametrize("order", list(permutations(DELTAS)))
def test_records_end_in_their_last_version_whatever_the_order_of_the_files(
    new_desk: Any, order: tuple[str, ...]
):
    desk = new_desk()
    for name in order:
        content, drawn = DELTAS[name]
        result = desk.hand_in(
            content,
            name=f"{name}.csv",
            feed="probation",
            supplier="east-midlands-probation",
            extracted_at=drawn,
        )
        assert statuses(result) == ["accepted"], result.submissions
    assert current(desk) == [
        ("X1 | 1", 2, "not_recorded"),
        ("X1 | 2", 1, "not_recorded"),
        ("X2 | 1", 3, "deleted"),
    ]
    desk.store.close()


def test_a_record_twice_in_a_file_counts_once_in_its_last_version(desk: Any):
    content = delta("X1,1,0,2,00806,05/01/2024", "X1,1,0,1,00501,05/01/2024")
    result = desk.hand_in(content, feed="probation", supplier="east-midlands-probation")
    assert [(one.rows_in, one.rows_kept, one.incidents) for one in result.submissions] == [(2, 2, 1)]
    assert current(desk) == [("X1 | 1", 2, "not_recorded")]


def test_the_same_delta_again_is_unchanged(desk: Any):
    said = {"feed": "probation", "supplier": "east-midlands-probation"}
    content = delta("X1,1,0,2,00806,05/01/2024")
    desk.hand_in(content, **said)
    again = desk.hand_in(content, name="again.csv", **said)
    assert (statuses(again), again.build_id) == (["unchanged"], None)


@pytest.mark.parametrize("order", [("early", "late"), ("late", "early")])
def test_the_version_drawn_last_holds_in_whatever_order_the_two_arrive(new_desk: Any, order: tuple[str, str]):
    desk = new_desk()
    sent = {
        "early": (desk.text(desk.row("A2"), desk.row("A3")), datetime(2024, 3, 1)),
        "late": (desk.text(desk.row("A2"), desk.row("A4")), datetime(2024, 3, 9)),
    }
    results = [desk.hand_in(sent[name][0], name=f"{name}.csv", extracted_at=sent[name][1]) for name in order]
    assert [key for _, key in desk.kept()] == ["A2", "A4"]
    assert statuses(results[1]) == (["accepted"] if order[1] == "late" else ["superseded"])
    assert len(desk.rows("select 1 from submission where file_name <> 'base.csv'")) == 2
    desk.store.close()


def test_a_header_with_a_period_and_no_rows_is_a_true_nil(desk: Any):
    header = f"period,2024-02\n\n{desk.header}\n"
    result = desk.hand_in(header, name="derbyshire-police.csv", supplier=DERBYSHIRE)
    assert [(one.period, one.status, one.is_nil) for one in result.submissions] == [
        ("2024-02", "accepted", True)
    ]
    assert desk.rows("select is_nil, incident_count from submission where period_start = '2024-02-01'") == [
        (True, 0)
    ]


def test_a_nil_replaces_rows_and_rows_replace_a_nil(desk: Any):
    rows = desk.text(desk.row("A2"))
    nil = f"period,2024-02\n\n{desk.header}\n"
    assert statuses(desk.hand_in(rows, name="a.csv")) == ["accepted"]
    desk.hand_in(nil, name="b.csv", supplier=DERBYSHIRE)
    assert desk.kept() == []
    desk.hand_in(rows, name="c.csv")
    assert desk.kept() == [(2, "A2")]


def test_rows_outside_the_period_that_the_call_names_are_rejected(desk: Any):
    content = desk.text(desk.row("A2"), desk.row("A3", recorded_date="05/03/2024"))
    result = desk.hand_in(content, period=(date(2024, 2, 1), date(2024, 3, 1)))
    assert desk.kept() == [(2, "A2")]
    assert desk.rejected() == [(3, "Recorded date", "05/03/2024", "outside_the_period")]
    one = result.submissions[0]
    assert (one.rows_in, one.rows_kept, one.rows_rejected) == (2, 1, 1)


def test_two_files_of_a_call_that_say_when_they_were_drawn_may_be_of_one_month(desk: Any):
    early = desk.write("e.csv", f"extracted,2024-03-01\n\n{desk.text(desk.row('A2'))}")
    late = desk.write("l.csv", f"extracted,2024-03-09\n\n{desk.text(desk.row('A4'))}")
    for order in ((early, late), (late, early)):
        result = desk.send_paths(*order)
        assert not result.is_refused, result.submissions
        assert [key for _, key in desk.kept()] == ["A4"]


def test_a_resend_is_compared_with_what_it_replaces(desk: Any):
    desk.send(desk.text(desk.row("A2"), desk.row("A3"), desk.row("A4")))
    result = desk.send(
        desk.text(desk.row("A2"), desk.row("A3", weapon="gun"), desk.row("A5")), name="again.csv"
    )
    assert [one.changes for one in result.submissions] == [
        {"added": 1, "vanished": 1, "changed": 1, "same": 1}
    ]
    assert desk.rows(
        "select offence_group, added_count, vanished_count, changed_count from submission_change"
    ) == [("Violence against the person", 1, 1, 1)]


def test_equal_rows_without_a_reference_are_paired_one_by_one(desk: Any):
    rows = [desk.open_row("", type="Anti-social behaviour") for _ in range(3)]
    desk.send(desk.text(*rows, header=desk.open_header), feed="police-uk")
    result = desk.send(desk.text(*rows, rows[0], header=desk.open_header), feed="police-uk", name="again.csv")
    assert [one.changes for one in result.submissions] == [
        {"added": 1, "vanished": 0, "changed": 0, "same": 3}
    ]


def test_another_line_end_is_the_same_content(desk: Any):
    rows = (desk.row("A2"), desk.row("A3"))
    desk.send(desk.text(*rows))
    assert statuses(desk.send(desk.text(*reversed(rows), end="\r\n"), name="again.csv")) == ["unchanged"]


def test_counts_carry_suppressed_marks_as_ranges(desk: Any, tmp_path: Path):
    content = "Admission Month,ICD-10 code,LA code,Count\n2024-02,X99,E07000035,*\n2024-02,X99,E07000036,12\n"
    result = desk.hand_in(content, feed="hospital-admissions", supplier="derby-ed")
    if result.is_refused:
        pytest.fail(result.submissions[0].reason)
    assert desk.rows(
        "select signed_quantity, signed_quantity_high from incident where record_key <> 'BASE' order by all"
    ) == [(1, 7), (12, 12)]


def test_a_file_whose_own_period_ends_in_the_middle_of_a_month_is_partial(desk: Any):
    head = "period start,01/02/2024\nperiod end,14/02/2024\n\n"
    result = desk.hand_in(head + desk.text(desk.row("A2")), supplier=DERBYSHIRE)
    assert [one.is_partial for one in result.submissions] == [True], result.submissions
    assert desk.rows("select check_id, evidence from submission_check") == [
        ("period_ends_early", "the file's own period ends on 14 February 2024")
    ]
    assert desk.rows("select is_partial from submission where period_start = '2024-02-01'") == [(True,)]
