"""What a check found, in tables and words."""

from typing import Any

import pandas as pd
import pytest

from vrin_ui.upload import upload_tables
from vrin_ui.upload.upload_tables import READY, REFUSED, STOPPED, UNCHANGED, Finding, Refusal

NAMES = {"a": "A Police", "b": "B Police"}


def submission(**changes: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "file": "march.csv",
        "supplier": "a",
        "feed": "police-offences",
        "period": "2026-03",
        "rows_in": 10,
        "rows_kept": 8,
        "rows_rejected": 2,
        "incidents": 7,
        "status": "accepted",
        "reason": "",
        "is_nil": False,
        "replaces_rows": None,
        "changes": {},
        "findings": [],
        "is_partial": False,
        "warnings": [],
        "rejected_reasons": {},
        "agreement": "ag-1",
        "cause": "",
    }
    return usual | changes


@pytest.mark.parametrize(
    ("state", "changes"),
    [
        (READY, [{}]),
        (READY, [{}, {"status": "unchanged"}]),
        (UNCHANGED, [{"status": "unchanged"}]),
        (STOPPED, [{"status": "stopped", "findings": ["few (stop)"]}, {"status": "stopped"}]),
        (READY, [{"status": "stopped"}, {}]),
        (REFUSED, [{"status": "refused"}, {"status": "stopped", "findings": ["few (stop)"]}]),
    ],
)
def test_states(state: str, changes: list[dict[str, Any]]) -> None:
    assert upload_tables.state_of([submission(**one) for one in changes]) == state


def test_every_reason_of_a_refusal_stands_once():
    refused = submission(status="refused", reason="no agreement", cause="no_agreement")
    assert upload_tables.refusals([refused, refused, submission()]) == [
        Refusal("no agreement", "no_agreement")
    ]


def test_findings_that_stop_come_first_and_keep_their_words():
    found = upload_tables.findings(
        [
            submission(findings=["blank weapons (60%) (warn)", "half a month (partial)"]),
            submission(supplier="b", period=None, findings=["4 where 900 are usual (stop)", "no level told"]),
        ],
        NAMES,
    )
    feed = "police-offences"
    assert found == [
        Finding("B Police", "", "4 where 900 are usual", "stop", feed),
        Finding("A Police", "2026-03", "blank weapons (60%)", "warn", feed),
        Finding("A Police", "2026-03", "half a month", "partial", feed),
        Finding("B Police", "", "no level told", "note", feed),
    ]


def test_totals_in_a_sentence():
    both = [submission(), submission(supplier="b", period="2026-04")]
    assert upload_tables.total_words(both) == (
        "20 rows of 2 suppliers, 2 periods: **16 kept**, **4 rejected**; 14 incidents."
    )


def test_changes_are_told_where_something_came_before():
    assert upload_tables.change_words([submission()]) == ""
    again = submission(replaces_rows=9, changes={"added": 1, "vanished": 2, "changed": 3, "same": 4})
    assert upload_tables.change_words([again, submission()]) == (
        "1 period came before and would be replaced: of the records 1 appeared, 2 vanished, 3 changed, 4 are alike."
    )


def test_under_what_they_come_in():
    came = [submission(agreement=one) for one in ("ag-1", "ag-1", "licence: OGL v3.0", "override: 3", "")]
    assert upload_tables.agreement_words(came, {"ag-1": "The agreement of 2026"}) == [
        "under the agreement 'The agreement of 2026'",
        "under the licence OGL v3.0",
        "without an agreement, by name and reason",
    ]


def test_a_row_a_period_by_supplier():
    came = [
        submission(supplier="b", is_nil=True),
        submission(replaces_rows=9, changes={"added": 1, "vanished": 0, "changed": 2}),
        submission(supplier=None, period=None, status="unchanged"),
        submission(status="refused"),
    ]
    table = upload_tables.period_table(came, NAMES)
    assert table[["Supplier", "Period", "Is"]].values.tolist() == [
        ["A Police", "March 2026", "a new version"],
        ["B Police", "March 2026", "nothing to report"],
        ["not told", "not told", "the same as before"],
    ]
    assert table["Changed"].tolist() == [2, pd.NA, pd.NA]


def test_a_quarter_spans_its_months():
    assert upload_tables.period_words("2017-04", "home-office-prc") == "April 2017 to June 2017"
    assert upload_tables.period_words("2017-04") == "April 2017"
    assert upload_tables.period_words(None) == "not told"


def test_reasons_of_a_file_are_counted_once_however_many_periods_it_holds():
    reasons = {"date is blank": 2, "easting is not a number": 1}
    came = [
        submission(rejected_reasons=reasons),
        submission(period="2026-04", rejected_reasons=reasons),
        submission(file="april.csv", rejected_reasons={"easting is not a number": 5}),
    ]
    assert upload_tables.reason_table(came).values.tolist() == [
        ["easting is not a number", 6],
        ["date is blank", 2],
    ]


def test_unknown_values_are_noticed():
    assert upload_tables.has_unknown_values([submission(warnings=["weapon: 'x' is not known and was kept"])])
    assert not upload_tables.has_unknown_values([submission(warnings=["columns were left out: x"])])


def test_the_first_rows_before_and_after():
    shown = {
        "rows": [
            {
                "line": 2,
                "before": {"When": "1/3/26", "What": "x"},
                "after": {"recorded_at": "2026-03-01"},
                "reasons": [],
            },
            {
                "line": 3,
                "before": {"When": "??", "What": "y"},
                "after": None,
                "reasons": ["When is not a date"],
            },
        ]
    }
    assert upload_tables.before_table(shown).values.tolist() == [[2, "1/3/26", "x"], [3, "??", "y"]]
    after = upload_tables.after_table(shown)
    assert after.to_dict("records") == [
        {"Line": 2, "Rejected": "", "recorded at": "2026-03-01"},
        {"Line": 3, "Rejected": "When is not a date", "recorded at": ""},
    ]
    good = {"rows": shown["rows"][:1]}
    assert "Rejected" not in upload_tables.after_table(good)
    assert upload_tables.after_table({"rows": []}).empty
