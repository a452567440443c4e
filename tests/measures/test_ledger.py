"""The ledger: every period that was due or came, named for what it is."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.measures.builds import LEICS_POLICE, NOTTS_POLICE, Build
from vrin_data import protect
from vrin_data.contract.codes import CODE_LISTS
from vrin_data.errors import EmptyStore, UnknownFeed, UsageError
from vrin_data.measures import LedgerRequest, ledger
from vrin_data.records import declare, end_agreement, expectations, hold_file, withdraw
from vrin_data.store import Store

AS_OF = date(2025, 7, 10)
NOW = datetime(2025, 6, 1, 9, 0)


def asked(store: Store, as_of: date = AS_OF, **terms: Any) -> protect.Presented:
    return protect.present(ledger(store, LedgerRequest(as_of=as_of, **terms)), protect.Viewer.analyst())


def rows(store: Store, *columns: str, as_of: date = AS_OF, **terms: Any) -> list[list[Any]]:
    """The columns of every row, days as ISO text and blanks as None."""
    frame = asked(store, as_of, **terms).frame[list(columns)].astype(object)
    return [[_plain(value) for value in row] for row in frame.to_numpy().tolist()]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or value != value:
        return None
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else value


def on(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T15:30")


def half_a_year() -> Build:
    """Of January to May: in time, nil, late, partial and late, missing."""
    build = Build()
    build.sent(LEICS_POLICE, "2025-01", received_at=on("2025-02-15"))
    build.sent(LEICS_POLICE, "2025-02", received_at=on("2025-03-04"), is_nil=True, rows_kept_count=0)
    build.sent(LEICS_POLICE, "2025-03", received_at=on("2025-04-18"), rows_rejected_count=2)
    april = build.sent(LEICS_POLICE, "2025-04", received_at=on("2025-05-20"), is_partial=True)
    build.found(april, "volume", "partial", "45% of the usual number")
    build.found(april, "last_day", "partial", "rows up to 14 April only")
    build.found(april, "blanks", "note", "not shown")
    return build


def test_every_state_of_a_feed_under_an_agreement(stores: Any, agree: Any) -> None:
    store = stores(half_a_year())
    agree(store, LEICS_POLICE)
    columns = ("period", "state", "due_on", "received_on", "days_late", "lag_days", "row_count", "is_problem")
    assert rows(store, *columns) == [
        ["2025-01", "received", "2025-02-15", "2025-02-15", 0, 15, 10, False],
        ["2025-02", "nil", "2025-03-15", "2025-03-04", 0, 4, 0, False],
        ["2025-03", "late", "2025-04-15", "2025-04-18", 3, 18, 10, False],
        ["2025-04", "partial", "2025-05-15", "2025-05-20", 5, 20, 10, True],
        ["2025-05", "overdue", "2025-06-15", None, 25, None, None, True],
        ["2025-06", "due", "2025-07-15", None, 0, None, None, False],
        ["2025-07", "not_due", "2025-08-15", None, 0, None, None, False],
    ]
    frame = asked(store).frame
    assert set(frame["state"]) <= set(CODE_LISTS["feed_state"])
    april = frame[frame["state"] == "partial"].iloc[0]
    assert april["evidence"] == "rows up to 14 April only; 45% of the usual number"
    assert april["check_ids"] == "last_day, volume"
    assert frame["agreement_id"].unique().tolist() == [f"{LEICS_POLICE}-police-offences"]
    assert frame["rejected_count"].tolist()[:4] == [0, 0, 2, 0]


def test_the_due_day_itself_is_in_time(stores: Any, agree: Any) -> None:
    store = stores(half_a_year())
    agree(store, LEICS_POLICE)
    may = {"from_month": date(2025, 5, 1), "to_month": date(2025, 5, 1)}
    assert rows(store, "state", "days_late", as_of=date(2025, 6, 15), **may) == [["due", 0]]
    assert rows(store, "state", "days_late", as_of=date(2025, 6, 16), **may) == [["overdue", 1]]


def test_a_period_is_not_due_on_its_last_day_and_due_on_the_day_after(stores: Any, agree: Any) -> None:
    store = stores(Build())
    agree(store, LEICS_POLICE)
    january = {"from_month": date(2025, 1, 1), "to_month": date(2025, 1, 1)}
    assert rows(store, "state", as_of=date(2025, 1, 31), **january) == [["not_due"]]
    assert rows(store, "state", as_of=date(2025, 2, 1), **january) == [["due"]]


def test_section_115_makes_nothing_overdue_however_long_ago(stores: Any, agree: Any) -> None:
    store = stores(Build())
    agree(store, LEICS_POLICE, legal_power="cda-115")
    found = rows(store, "state", "days_late", "is_duty", "is_problem", to_month=date(2025, 5, 1))
    assert {row[0] for row in found} == {"due"}
    assert [row[1] for row in found] == [145, 117, 86, 56, 25]
    assert {tuple(row[2:]) for row in found} == {(False, True)}


def test_without_days_of_its_own_an_agreement_takes_the_feeds(stores: Any, agree: Any) -> None:
    store = stores(Build())
    agree(store, LEICS_POLICE, cadence_every=None, due_rule="")
    found = rows(store, "period", "due_on", "state", "is_duty", as_of=date(2025, 7, 1))
    assert found == [
        # Section 17A: each quarter by the end of the next; the feed itself comes month by month.
        ["2025-01", "2025-06-30", "overdue", True],
        ["2025-02", "2025-06-30", "overdue", True],
        ["2025-03", "2025-06-30", "overdue", True],
        ["2025-04", "2025-09-30", "due", True],
        ["2025-05", "2025-09-30", "due", True],
        ["2025-06", "2025-09-30", "due", True],
        ["2025-07", "2025-12-31", "not_due", True],
    ]


def test_what_came_from_before_the_agreement_is_backlog_and_never_late(stores: Any, agree: Any) -> None:
    build = Build()
    for month in ("2024-10", "2024-12", "2025-01"):
        build.sent(LEICS_POLICE, month, received_at=on("2025-04-01"))
    store = stores(build)
    agree(store, LEICS_POLICE)
    columns = ("period", "state", "days_late", "is_backlog", "due_on")
    assert rows(store, *columns, to_month=date(2025, 1, 1)) == [
        ["2024-10", "received", 0, True, None],
        ["2024-11", "not_due", 0, False, None],
        ["2024-12", "received", 0, True, None],
        ["2025-01", "late", 45, False, "2025-02-15"],
    ]


def test_an_ended_agreement_goes_on_counting_for_its_days_and_no_longer(stores: Any, agree: Any) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-04", received_at=on("2025-05-02"))
    store = stores(build)
    one = agree(store, LEICS_POLICE)
    end_agreement(
        store.path, one.agreement_id, on=date(2025, 2, 28), reason="over", recorded_by="lead", recorded_at=NOW
    )
    assert rows(store, "period", "state", "due_on") == [
        ["2025-01", "overdue", "2025-02-15"],
        ["2025-02", "overdue", "2025-03-15"],
        ["2025-04", "received", None],
    ]


def test_a_renewal_takes_over_from_its_first_month(stores: Any, agree: Any) -> None:
    store = stores(Build())
    agree(store, LEICS_POLICE, end_day=date(2025, 3, 15))
    agree(
        store, LEICS_POLICE, agreement_id="renewal", start_day=date(2025, 3, 16), due_rule="end_of_next_period"
    )
    found = rows(store, "period", "agreement_id", "due_on", to_month=date(2025, 4, 1))
    assert found == [
        ["2025-01", f"{LEICS_POLICE}-police-offences", "2025-02-15"],
        ["2025-02", f"{LEICS_POLICE}-police-offences", "2025-03-15"],
        ["2025-03", "renewal", "2025-04-30"],
        ["2025-04", "renewal", "2025-05-31"],
    ]


def test_a_draft_expects_nothing(stores: Any, agree: Any) -> None:
    store = stores(Build())
    agree(store, LEICS_POLICE, status="draft")
    assert rows(store, "period") == []


def test_an_agreement_for_all_expects_of_those_alone_who_ever_sent(stores: Any, agree: Any) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-05", received_at=on("2025-06-02"))
    store = stores(build)
    agree(store, "*", agreement_id="all-forces", supplier_ids=("*",), start_day=date(2025, 5, 1))
    assert rows(store, "supplier_id", "period", "state", "agreement_id") == [
        [LEICS_POLICE, "2025-05", "received", "all-forces"],
        [LEICS_POLICE, "2025-06", "due", "all-forces"],
        [LEICS_POLICE, "2025-07", "not_due", "all-forces"],
    ]


def test_one_agreement_of_many_expects_of_each_what_its_kind_can_send(stores: Any, agree: Any) -> None:
    store = stores(Build())
    agree(
        store,
        LEICS_POLICE,
        supplier_ids=(LEICS_POLICE, "leicester-ed"),
        feed_ids=("police-offences", "ed-assaults"),
        start_day=date(2025, 6, 1),
    )
    found = rows(store, "supplier_id", "feed_id", to_month=date(2025, 6, 1))
    assert sorted(found) == [["leicester-ed", "ed-assaults"], [LEICS_POLICE, "police-offences"]]


def test_open_data_are_looked_for_and_never_overdue_or_owed(stores: Any) -> None:
    build = Build()
    for month in ("2025-01", "2025-03"):
        build.sent(LEICS_POLICE, month, feed_id="police-uk", received_at=on("2025-05-20"))
    store = stores(build)
    columns = ("period", "state", "days_late", "is_backlog", "is_owed", "is_problem", "basis")
    assert rows(store, *columns) == [
        ["2025-01", "received", 0, True, False, False, "OGL v3.0"],
        ["2025-02", "due", 71, False, False, False, "OGL v3.0"],
        ["2025-03", "received", 0, True, False, False, "OGL v3.0"],
        ["2025-04", "due", 10, False, False, False, "OGL v3.0"],
        ["2025-05", "due", 0, False, False, False, "OGL v3.0"],
        ["2025-06", "due", 0, False, False, False, "OGL v3.0"],
        ["2025-07", "not_due", 0, False, False, False, "OGL v3.0"],
    ]


def test_a_gap_in_a_feed_without_an_agreement_is_overdue_where_a_statute_sets_the_day(stores: Any) -> None:
    build = Build()
    for month in ("2025-01", "2025-03"):
        build.sent(LEICS_POLICE, month, received_at=on("2025-04-02"))
    found = rows(stores(build), "period", "state", "is_duty", "agreement_id", to_month=date(2025, 3, 1))
    assert found == [
        ["2025-01", "received", True, ""],
        ["2025-02", "overdue", True, ""],
        ["2025-03", "received", True, ""],
    ]


def test_a_feed_by_quarter_has_a_row_a_quarter(stores: Any, agree: Any) -> None:
    build = Build()
    build.sent(
        "leicestershire-youth-justice", "2025-01", months=3, feed_id="youth-justice", received_at=on("2025-05-01")
    )
    store = stores(build)
    agree(
        store,
        "leicestershire-youth-justice",
        "youth-justice",
        cadence_every=None,
        due_rule="",
        legal_power="uk-gdpr-public-task",
    )
    columns = ("period", "period_start", "period_end", "state", "due_on", "row_count", "lag_days")
    assert rows(store, *columns) == [
        ["January to March 2025", "2025-01-01", "2025-04-01", "received", "2025-06-30", 10, 31],
        ["April to June 2025", "2025-04-01", "2025-07-01", "due", "2025-09-30", None, None],
        ["July to September 2025", "2025-07-01", "2025-10-01", "not_due", "2025-12-31", None, None],
    ]


def test_a_submission_of_part_of_a_quarter_is_partial_once_its_day_is_past(stores: Any, agree: Any) -> None:
    build = Build()
    build.sent(
        "leicestershire-youth-justice", "2025-01", months=1, feed_id="youth-justice", received_at=on("2025-05-01")
    )
    store = stores(build)
    agree(store, "leicestershire-youth-justice", "youth-justice", cadence_every=None, due_rule="")
    first = {"to_month": date(2025, 3, 1)}
    assert rows(store, "state", as_of=date(2025, 6, 30), **first) == [["due"]]
    assert rows(store, "state", "evidence", "days_late", **first) == [
        ["partial", "did not come: 2025-02 to 2025-03", 10]
    ]


def test_one_submission_of_many_months_covers_each_and_counts_its_rows_once(stores: Any) -> None:
    build = Build()
    build.sent("metropolitan-police", "2025-01", months=3, feed_id="monthly-counts", mode="snapshot")
    found = rows(stores(build), "period", "state", "row_count", to_month=date(2025, 3, 1))
    assert found == [["2025-01", "received", 10], ["2025-02", "received", None], ["2025-03", "received", None]]


def test_a_resend_keeps_the_day_of_the_first_and_counts_the_version(stores: Any, agree: Any) -> None:
    build = Build()
    first = build.sent(LEICS_POLICE, "2025-01", received_at=on("2025-02-10"), status="superseded")
    build.sent(
        LEICS_POLICE, "2025-01", received_at=on("2025-04-20"), replaces_id=first, rows_kept_count=12
    )
    store = stores(build)
    agree(store, LEICS_POLICE)
    january = {"to_month": date(2025, 1, 1)}
    columns = ("state", "received_on", "row_count", "version_count")
    assert rows(store, *columns, **january) == [["received", "2025-02-10", 12, 1]]
    # Before the resend came, the first was the current one.
    assert rows(store, *columns, as_of=date(2025, 3, 1), **january) == [["received", "2025-02-10", 10, 0]]
    assert rows(store, "state", as_of=date(2025, 2, 9), **january) == [["due"]]


def test_the_day_of_receipt_counts_from_its_first_minute_to_its_last(stores: Any, agree: Any) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01", received_at=datetime(2025, 2, 15, 23, 59))
    store = stores(build)
    agree(store, LEICS_POLICE)
    january = {"to_month": date(2025, 1, 1)}
    assert rows(store, "state", as_of=date(2025, 2, 15), **january) == [["received"]]
    assert rows(store, "state", as_of=date(2025, 2, 14), **january) == [["due"]]


def says(store: Store, state: str, first: str, last: str | None, reason: str = "as agreed by phone") -> None:
    declare(
        store.path,
        LEICS_POLICE,
        "police-offences",
        state=state,
        from_month=date.fromisoformat(f"{first}-01"),
        to_month=date.fromisoformat(f"{last}-01") if last else None,
        reason=reason,
        recorded_by="data lead",
        recorded_at=NOW,
    )


def test_what_was_declared_stands_where_nothing_came_and_nowhere_else(stores: Any, agree: Any) -> None:
    store = stores(half_a_year())
    agree(store, LEICS_POLICE)
    says(store, "withheld", "2025-03", None)
    says(store, "held_by_partner", "2025-06", "2025-06", reason="the county analyses it")
    columns = ("period", "state", "days_late", "evidence", "is_problem")
    assert rows(store, *columns, from_month=date(2025, 3, 1)) == [
        ["2025-03", "late", 3, "", False],
        ["2025-04", "partial", 5, "rows up to 14 April only; 45% of the usual number", True],
        ["2025-05", "withheld", 0, "as agreed by phone", False],
        ["2025-06", "held_by_partner", 0, "the county analyses it", False],
        ["2025-07", "withheld", 0, "as agreed by phone", False],
    ]


def test_a_declaration_taken_back_counts_no_more(stores: Any, agree: Any) -> None:
    store = stores(half_a_year())
    agree(store, LEICS_POLICE)
    says(store, "not_due", "2025-05", "2025-05")
    may = {"from_month": date(2025, 5, 1), "to_month": date(2025, 5, 1)}
    assert rows(store, "state", **may) == [["not_due"]]
    withdraw(store.path, expectations(store.path)[0].expectation_id, withdrawn_by="lead", withdrawn_at=NOW)
    assert rows(store, "state", **may) == [["overdue"]]


def test_a_declared_feed_stands_in_the_ledger_without_an_agreement_or_a_file(stores: Any) -> None:
    store = stores(Build())
    says(store, "held_by_partner", "2025-06", None)
    assert rows(store, "supplier_name", "period", "state", "due_on") == [
        ["Leicestershire Police", "2025-06", "held_by_partner", None],
        ["Leicestershire Police", "2025-07", "held_by_partner", None],
    ]


def test_a_file_that_waits_for_a_person_is_stopped(stores: Any, agree: Any, tmp_path: Path) -> None:
    store = stores(half_a_year())
    agree(store, LEICS_POLICE)
    file = tmp_path / "may.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    hold_file(
        store.path,
        file,
        feed_id="police-offences",
        supplier_id=LEICS_POLICE,
        period="2025-05",
        findings=[{"check_id": "dates", "level": "stop", "evidence": "all dates in one year"}],
        held_at=NOW,
    )
    may = {"from_month": date(2025, 5, 1), "to_month": date(2025, 5, 1)}
    found = rows(store, "state", "evidence", "is_problem", "days_late", **may)
    assert found == [["stopped", "may.csv waits for a decision: all dates in one year", True, 25]]
    assert rows(store, "state", as_of=date(2025, 5, 31), **may) == [["not_due"]]


def test_a_stopped_file_of_a_feed_that_never_came_stands_in_the_ledger(stores: Any, tmp_path: Path) -> None:
    store = stores(Build())
    file = tmp_path / "first.csv"
    file.write_text("a\n1\n", encoding="utf-8")
    for supplier in (LEICS_POLICE, None):
        hold_file(
            store.path,
            file,
            feed_id="police-offences",
            supplier_id=supplier,
            period="2025-03 to 2025-04",
            findings=[],
            held_at=NOW,
        )
    presented = asked(store, to_month=date(2025, 5, 1))
    assert presented.frame[["period", "state"]].to_numpy().tolist() == [
        ["2025-03", "stopped"],
        ["2025-04", "stopped"],
        ["2025-05", "due"],
    ]
    assert any("1 stopped files wait whose supplier is not known" in note for note in presented.stamp.notes)


def test_rows_are_chosen_by_supplier_feed_and_months(stores: Any, agree: Any) -> None:
    build = half_a_year()
    build.sent(NOTTS_POLICE, "2025-02", received_at=on("2025-03-01"))
    build.sent(LEICS_POLICE, "2025-02", feed_id="police-uk", received_at=on("2025-03-01"))
    store = stores(build)
    agree(store, LEICS_POLICE)
    february = {"from_month": date(2025, 2, 1), "to_month": date(2025, 2, 1)}
    assert rows(store, "supplier_id", "feed_id", **february) == [
        [LEICS_POLICE, "police-offences"],
        [LEICS_POLICE, "police-uk"],
        [NOTTS_POLICE, "police-offences"],
    ]
    assert rows(store, "feed_id", supplier=NOTTS_POLICE, **february) == [["police-offences"]]
    assert rows(store, "supplier_id", feed="police-uk", **february) == [[LEICS_POLICE]]


def test_an_empty_ledger_has_its_columns(stores: Any) -> None:
    frame = asked(stores(Build())).frame
    assert len(frame) == 0
    assert {"supplier_id", "state", "due_on", "is_problem"} <= set(frame.columns)


@pytest.mark.parametrize(
    ("terms", "error"),
    [
        ({"feed": "no-such"}, UnknownFeed),
        ({"supplier": "no-such"}, UsageError),
        ({"from_month": date(2025, 5, 1), "to_month": date(2025, 4, 1)}, UsageError),
    ],
)
def test_a_wrong_question_is_named(stores: Any, terms: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        asked(stores(half_a_year()), **terms)


def test_the_stamp_rests_on_no_definition_and_says_as_of_when(stores: Any) -> None:
    build = half_a_year()
    build.submissions[0]["is_simulated"] = True
    stamp = asked(stores(build)).stamp
    lines = stamp.lines()
    assert not any(line.startswith(("Definition", "Harm", "Missing")) for line in lines)
    assert "Note: as it stood at the end of 10 July 2025" in lines
    assert lines[0].startswith("SIMULATED")
    assert stamp.short().startswith("SIMULATED DATA · data to Apr 2025 · build 000001")


def test_a_change_of_the_records_is_seen_at_once(stores: Any, agree: Any) -> None:
    store = stores(Build())
    assert rows(store, "period") == []
    agree(store, LEICS_POLICE, start_day=date(2025, 7, 1))
    assert rows(store, "period") == [["2025-07"]]


def test_purged_rows_did_come(stores: Any, agree: Any) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01", received_at=on("2025-02-10"), status="purged")
    store = stores(build)
    agree(store, LEICS_POLICE)
    assert rows(store, "state", to_month=date(2025, 1, 1)) == [["received"]]


def test_before_the_first_file_the_ledger_says_what_is_due(agree: Any, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "new")
    with pytest.raises(EmptyStore):
        asked(store)
    assert not store.path.exists()
    agree(store, LEICS_POLICE, start_day=date(2025, 6, 1))
    assert rows(store, "period", "state") == [["2025-06", "due"], ["2025-07", "not_due"]]
    assert asked(store).stamp.build == "none yet"
