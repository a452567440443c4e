"""The register and an agreement in words, and the days that section 17A sets."""

from datetime import date, datetime

import pandas as pd

from vrin_data.contract.agreements import Agreement
from vrin_data.records import AgreementVersion, RegisterRow
from vrin_ui.agreements.agreement_view import (
    register_table,
    register_words,
    short_list,
    statutory_days,
    versions_table,
    warnings,
)
from vrin_ui.agreements.agreement_words import in_words

TODAY = date(2025, 7, 10)
NAMES = {"leics": "Leicestershire Police"}


def row(row_id: str, **values: object) -> RegisterRow:
    given = {
        "id": row_id,
        "kind": "agreement",
        "name": f"Agreement {row_id}",
        "version": 2,
        "supplier_ids": ("leics",),
        "feed_ids": ("police-offences",),
        "legal_power": "cda-17a",
        "status": "live",
        "start_day": date(2025, 1, 1),
        "review_day": None,
        "end_day": None,
        "warnings": (),
    }
    return RegisterRow(**{**given, **values})  # type: ignore[arg-type]


ROWS = [
    row("a", warnings=("a ends in 20 days, on 2025-07-30: renew it now, or intake stops.",)),
    row("b", end_day=date(2025, 7, 9)),
    row("c", start_day=date(2025, 8, 1)),
    row("d", status="draft"),
    row("OGL v3.0", kind="licence", name="data.police.uk", supplier_ids=("*",), legal_power="open-licence"),
]


def test_a_status_says_whether_it_holds_today() -> None:
    table = register_table(ROWS, NAMES, TODAY)
    assert table["Status"].tolist() == ["Live", "Run out", "Not begun", "Draft", "Open licence"]
    assert table["Suppliers"].tolist() == ["Leicestershire Police"] * 4 + ["all suppliers"]
    assert table["Agreement or licence"].tolist()[-1] == "data.police.uk (OGL v3.0)"
    assert pd.isna(table["Version"].tolist()[-1])


def test_the_register_in_a_sentence() -> None:
    assert register_words(ROWS, TODAY) == "4 agreements: 1 live, 1 run out, 1 not begun and 1 draft."
    assert register_words(ROWS[-1:], TODAY).startswith("No agreement is on record yet.")


def test_warnings_name_the_agreement_and_the_day_in_words() -> None:
    assert warnings(ROWS) == ["Agreement a ends in 20 days, on 30 July 2025: renew it now, or intake stops."]


def test_long_lists_are_cut() -> None:
    assert short_list(["a", "b", "c"]) == "a; b; c"
    assert short_list(["a", "b", "c", "d", "e"]) == "a; b; c; and 2 more"


def agreement(**fields: object) -> Agreement:
    values = {
        "agreement_id": "a-1",
        "name": "Crimes",
        "supplier_ids": ("leics",),
        "feed_ids": ("police-offences",),
        "data_items": "Dates and places.",
        "data_kind": "depersonalised",
        "legal_power": "cda-115",
        "start_day": date(2025, 4, 1),
    }
    return Agreement(**{**values, **fields})  # type: ignore[arg-type]


def test_an_agreement_in_words() -> None:
    said = in_words(agreement(cadence_every="month", due_rule="days:30", smallest_cell=5, rounding=5), NAMES)
    assert said["What it is"] == [
        "Leicestershire Police sends: Police recorded offences.",
        "The data are depersonalised rows. Dates and places.",
    ]
    assert said["On what it rests"][0].startswith(
        "Section 115, Crime and Disorder Act 1998. A power, not a duty"
    )
    assert said["When data are due"] == [
        "Police recorded offences: each month, within 30 days of the end of the month as agreed here."
    ]
    assert said["What may be shown, and to whom"][1:3] == [
        "Counts: none from 1 to 4 is shown.",
        "Counts are rounded to the nearest 5.",
    ]
    assert said["How long it holds and rows are kept"] == ["Draft, from 1 April 2025 without an end."]
    assert said["Who answers"] == ["Nobody is named."]
    assert "Impact assessment not done." in said["What it leaves open"]
    assert "Lawful basis." not in said["What it leaves open"]


def test_personal_data_without_a_lawful_basis_are_an_open_point() -> None:
    assert "Lawful basis." in in_words(agreement(data_kind="personal"), NAMES)["What it leaves open"]


def test_versions_say_what_changed() -> None:
    first = agreement(version=1)
    second = agreement(version=2, purpose="The duty", end_day=date(2026, 3, 31))
    at = datetime(2025, 4, 1, 9, 0)
    versions = [
        AgreementVersion(first, "", "A. Lead", at),
        AgreementVersion(second, "renewed", "B. Lead", at),
    ]
    assert versions_table(versions)[["Version", "By", "Why", "What changed"]].to_numpy().tolist() == [
        [2, "B. Lead", "renewed", "Purpose, Last day"],
        [1, "A. Lead", "", ""],
    ]


def test_section_17a_sets_four_days_in_the_year_to_come() -> None:
    assert statutory_days(TODAY).to_numpy().tolist() == [
        ["April to June 2025", pd.Timestamp("2025-09-30")],
        ["July to September 2025", pd.Timestamp("2025-12-31")],
        ["October to December 2025", pd.Timestamp("2026-03-31")],
        ["January to March 2026", pd.Timestamp("2026-06-30")],
    ]


def test_on_its_last_day_a_quarter_is_still_to_come() -> None:
    assert statutory_days(date(2025, 6, 30))["Three months"].tolist()[0] == "January to March 2025"
    assert statutory_days(date(2025, 7, 1))["Three months"].tolist()[0] == "April to June 2025"
