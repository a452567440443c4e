"""Lag, completeness and punctuality of a feed, in all and by year."""

from datetime import date, datetime
from typing import Any

import pandas as pd

from tests.measures.builds import LEICS_POLICE, Build
from vrin_data import protect
from vrin_data.measures import LedgerRequest, timeliness
from vrin_data.store import Store

AS_OF = date(2025, 4, 20)
OF = {
    "supplier_id": LEICS_POLICE,
    "supplier_name": "Leicestershire Police",
    "feed_id": "police-offences",
    "feed_name": "Police recorded offences",
}


def asked(store: Store, **terms: Any) -> pd.DataFrame:
    answer = timeliness(store, LedgerRequest(as_of=AS_OF), **terms)
    return protect.present(answer, protect.Viewer.analyst()).frame


def two_years() -> Build:
    """November in time, December late, January missing, February partial, March early, April not yet due."""
    build = Build()
    for month, received, partial in (
        ("2024-11", "2024-12-10", False),
        ("2024-12", "2025-01-31", False),
        ("2025-02", "2025-03-10", True),
        ("2025-03", "2025-04-02", False),
    ):
        build.sent(LEICS_POLICE, month, received_at=datetime.fromisoformat(received), is_partial=partial)
    return build


def test_by_year(stores: Any, agree: Any) -> None:
    store = stores(two_years())
    agree(store, LEICS_POLICE, start_day=date(2024, 11, 1))
    expected = pd.DataFrame(
        {
            **OF,
            "year": [2024, 2025],
            "due_count": [2, 3],
            "whole_count": [2, 1],
            "on_time_count": [1, 1],
            "lag_days_median": [20.5, 6.0],
            "lag_days_most": [31.0, 10.0],
            "completeness_share": [1.0, 1 / 3],
            "on_time_share": [0.5, 1 / 3],
        }
    )
    pd.testing.assert_frame_equal(asked(store), expected, check_dtype=False)


def test_in_all(stores: Any, agree: Any) -> None:
    store = stores(two_years())
    agree(store, LEICS_POLICE, start_day=date(2024, 11, 1))
    columns = ["due_count", "whole_count", "on_time_count", "completeness_share", "on_time_share"]
    assert asked(store, by="all")[columns].to_numpy().tolist() == [[5, 3, 2, 0.6, 0.4]]


def test_by_the_month_in_which_it_was_due(stores: Any, agree: Any) -> None:
    store = stores(two_years())
    agree(store, LEICS_POLICE, start_day=date(2024, 11, 1))
    columns = ["due_month", "due_count", "whole_count", "on_time_count"]
    months = pd.date_range("2024-12-01", periods=5, freq="MS")
    counts = [(1, 1, 1), (1, 1, 0), (1, 0, 0), (1, 0, 0), (1, 1, 1)]
    expected = [[month, *counted] for month, counted in zip(months, counts, strict=True)]
    assert asked(store, by="due_month")[columns].to_numpy().tolist() == expected


def test_backlog_and_what_nobody_asks_for_are_left_out(stores: Any, agree: Any) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2024-01", received_at=datetime(2025, 3, 1))
    build.sent(LEICS_POLICE, "2025-02", received_at=datetime(2025, 3, 1))
    store = stores(build)
    agree(store, LEICS_POLICE, start_day=date(2025, 2, 1))
    assert asked(store, by="all")[["due_count", "lag_days_most"]].to_numpy().tolist() == [[2, 1]]


def test_a_feed_of_which_nothing_was_due_has_no_row(stores: Any, agree: Any) -> None:
    store = stores(Build())
    agree(store, LEICS_POLICE, start_day=date(2025, 4, 1))
    assert len(asked(store)) == 0
