"""Every fault planted in the simulated extracts stands in the ledger under its name, and nothing else does."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from vrin_data import protect
from vrin_data.measures import (
    LedgerRequest,
    Selection,
    chase,
    compare_versions,
    harm,
    ledger,
    standing_day,
    submission_versions,
)
from vrin_data.store import Store

SAMPLE = Path(__file__).parents[2] / "sample_data"
PLANTED = tomllib.loads((SAMPLE / "truth.toml").read_text(encoding="utf-8"))["planted"]
AS_OF = tomllib.loads((SAMPLE / "order.toml").read_text(encoding="utf-8"))["as_of"]
DECLARED = tomllib.loads((SAMPLE / "declared.toml").read_text(encoding="utf-8"))["declared"]
AS_IT_SHOULD_BE = ("received", "due", "not_due")
ANALYST = protect.Viewer.analyst()

Key = tuple[str, str, str]


def key_of(one: Any, month: str) -> Key:
    return one["supplier_id"], one["feed_id"], month


def months_of(one: dict[str, Any]) -> list[str]:
    return one.get("months") or [one.get("month") or one["from_month"]]


def states_planted() -> dict[Key, str]:
    planted = {key_of(one, month): one["state"] for one in PLANTED if "state" in one for month in months_of(one)}
    for one in DECLARED:
        months = pd.period_range(one["from_month"], one["to_month"], freq="M")
        planted |= {key_of(one, str(month)): one["state"] for month in months}
    return planted


@pytest.fixture(scope="module")
def rows(sample_store: Store) -> pd.DataFrame:
    shown = protect.present(ledger(sample_store, LedgerRequest(as_of=AS_OF)), ANALYST).frame
    shown["month"] = shown["period_start"].dt.strftime("%Y-%m")
    return shown


def keyed(frame: pd.DataFrame, name: str) -> dict[Key, Any]:
    keys = zip(frame["supplier_id"], frame["feed_id"], frame["month"], strict=True)
    return dict(zip(keys, frame[name], strict=True))


def test_every_state_that_is_not_as_it_should_be_was_planted(rows: pd.DataFrame) -> None:
    flagged = rows[~rows["state"].isin(AS_IT_SHOULD_BE)]
    assert keyed(flagged, "state") == states_planted()


def test_what_is_due_is_not_past_its_day(rows: pd.DataFrame) -> None:
    assert (rows.loc[rows["state"] == "due", "due_on"] >= pd.Timestamp(AS_OF)).all()
    problems = rows[rows["is_problem"]]
    expected = {key for key, state in states_planted().items() if state in ("overdue", "partial")}
    assert set(keyed(problems, "state")) == expected


def test_every_check_that_was_to_find_something_did_and_no_other(rows: pd.DataFrame) -> None:
    found = {key: set(text.split(", ")) for key, text in keyed(rows[rows["check_ids"] != ""], "check_ids").items()}
    # A drift is named once, at the month it begins; a fault of all of a feed's periods at its first.
    first = rows.groupby(["supplier_id", "feed_id"])["month"].first()
    planted = {
        key_of(one, one.get("month") or one.get("from_month") or first[one["supplier_id"], one["feed_id"]]): set(
            one["check_ids"]
        )
        for one in PLANTED
        if "check_ids" in one
    }
    assert found.keys() == planted.keys()
    # The truth names the checks that can see a fault; the one that saw it first may speak for both.
    assert all(named <= planted[key] for key, named in found.items())


def test_the_resend_stands_as_a_second_version_with_what_it_changed(sample_store: Store, rows: pd.DataFrame) -> None:
    one = next(one for one in PLANTED if one["id"] == "resend")
    versions = keyed(rows[rows["version_count"] > 0], "version_count")
    assert versions == {key_of(one, month): 1 for month in one["months"]}
    for number, month in enumerate(one["months"]):
        asked = (one["supplier_id"], one["feed_id"], date.fromisoformat(f"{month}-01"))
        frame = protect.present(submission_versions(sample_store, *asked), ANALYST).frame
        later = frame[frame["status"] == "accepted"].iloc[0]
        changed = protect.present(
            compare_versions(sample_store, int(later["replaces_id"]), int(later["submission_id"])), ANALYST
        ).frame
        for name in ("added", "vanished", "changed"):
            assert later[f"{name}_count"] == changed[f"{name}_count"].sum() == one[name][number], (month, name)


def test_those_are_asked_of_whom_something_is_lacking_and_nobody_else(sample_store: Store) -> None:
    frame = protect.present(chase(sample_store, LedgerRequest(as_of=AS_OF)), ANALYST).frame
    lacking = {key[0] for key, state in states_planted().items() if state in ("overdue", "partial")}
    assert set(frame["supplier_id"]) == lacking


def test_missing_and_partial_months_reach_the_stamp_of_harm(sample_store: Store) -> None:
    selection = Selection(from_month=date(2023, 4, 1), to_month=date(2026, 3, 1), level="force")
    stamp = harm(sample_store, selection).stamp
    police = {
        state: {month for _, feed, month in _of_state(state) if feed == "police-offences"}
        for state in ("overdue", "partial")
    }
    assert {text.split()[-1] for text in stamp.missing} == police["overdue"]
    assert {text.split()[-1] for text in stamp.partial} == police["partial"]
    assert stamp.months_words() == f"{36 - len(police['overdue'] | police['partial'])} of 36 months"


def _of_state(state: str) -> list[Key]:
    return [key for key, one in states_planted().items() if one == state]


def test_the_samples_ledger_stands_on_its_last_day_and_a_real_one_on_today(sample_store: Store, tmp_path: Path):
    today = date(2027, 1, 1)
    assert date(2026, 5, 1) < standing_day(sample_store, today) <= date(2026, 5, 10)
    assert standing_day(sample_store, date(2026, 4, 1)) == date(2026, 4, 1)
    assert standing_day(Store.open(tmp_path / "nothing"), today) == today
