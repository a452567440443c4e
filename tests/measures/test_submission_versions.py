"""The versions of one feed and period, and what changed between any two of them."""

from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest

from tests.measures.builds import LEICS_POLICE, Build
from vrin_data import protect
from vrin_data.errors import UnknownFeed, UsageError
from vrin_data.measures import Answer, compare_versions, submission_versions

MONTH = pd.Timestamp("2025-01-01")


def shown(answer: Answer) -> pd.DataFrame:
    return protect.present(answer, protect.Viewer.analyst()).frame


def three_versions() -> Build:
    """January three times: the second adds two and drops one, the third changes one and drops an added one."""
    build = Build()
    first = build.sent(LEICS_POLICE, "2025-01", status="superseded", received_at=datetime(2025, 2, 5))
    second = build.sent(
        LEICS_POLICE, "2025-01", status="superseded", received_at=datetime(2025, 3, 5), replaces_id=first
    )
    third = build.sent(LEICS_POLICE, "2025-01", received_at=datetime(2025, 4, 5), replaces_id=second)
    build.sent(LEICS_POLICE, "2025-02", received_at=datetime(2025, 3, 5))
    build.changes = [
        change(second, first, "Robbery", added=2, same=3, before=3, after=5),
        change(second, first, "Theft", vanished=1, same=4, before=5, after=4),
        change(third, second, "Robbery", vanished=1, changed=1, same=3, before=5, after=4),
    ]
    return build


def change(later: int, earlier: int, group: str, **counts: int) -> dict[str, Any]:
    return {
        "submission_id": later,
        "replaces_id": earlier,
        "month": MONTH,
        "offence_group": group,
        "added_count": counts.get("added", 0),
        "vanished_count": counts.get("vanished", 0),
        "changed_count": counts.get("changed", 0),
        "same_count": counts["same"],
        "quantity_before_count": counts["before"],
        "quantity_after_count": counts["after"],
    }


def test_versions_in_order_of_arrival_with_what_each_changed(stores: Any) -> None:
    frame = shown(submission_versions(stores(three_versions()), LEICS_POLICE, "police-offences", date(2025, 1, 1)))
    columns = ["version", "submission_id", "replaces_id", "status", "added_count", "vanished_count", "changed_count"]
    assert frame[columns].astype(object).where(frame[columns].notna(), None).to_numpy().tolist() == [
        [1, 1, None, "superseded", None, None, None],
        [2, 2, 1, "superseded", 2, 1, 0],
        [3, 3, 2, "accepted", 0, 1, 1],
    ]


def test_two_versions_that_follow_upon_each_other(stores: Any) -> None:
    answer = compare_versions(stores(three_versions()), 1, 2)
    expected = pd.DataFrame(
        {
            "month": [MONTH, MONTH],
            "offence_group": ["Robbery", "Theft"],
            "added_count": [2, 0],
            "vanished_count": [0, 1],
            "changed_count": [0, 0],
            "same_count": [3, 4],
            "quantity_before_count": [3, 5],
            "quantity_after_count": [5, 4],
        }
    )
    pd.testing.assert_frame_equal(shown(answer), expected, check_dtype=False)
    assert answer.stamp.notes == ("submission 2 against submission 1",)


def test_versions_further_apart_are_told_in_steps_from_the_first_to_the_last(stores: Any) -> None:
    answer = compare_versions(stores(three_versions()), 1, 3)
    columns = ["offence_group", "added_count", "vanished_count", "quantity_before_count", "quantity_after_count"]
    assert shown(answer)[columns].to_numpy().tolist() == [["Robbery", 2, 1, 3, 4], ["Theft", 0, 1, 5, 4]]
    assert any("2 steps added up" in note for note in answer.stamp.notes)


@pytest.mark.parametrize("pair", [(2, 1), (1, 1), (1, 4), (1, 99)])
def test_what_does_not_descend_is_refused(stores: Any, pair: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="does not replace"):
        compare_versions(stores(three_versions()), *pair)


def test_a_month_that_never_came_has_no_versions(stores: Any) -> None:
    store = stores(three_versions())
    assert len(shown(submission_versions(store, LEICS_POLICE, "police-offences", date(2025, 5, 1)))) == 0
    with pytest.raises(UnknownFeed):
        submission_versions(store, LEICS_POLICE, "no-such", date(2025, 5, 1))
