"""Rejected rows, counted by what is wrong and where, and narrowed by every choice."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from vrin_data import measures, protect
from vrin_data.errors import EmptyStore
from vrin_data.measures import OF_NO_PERIOD, Answer, RejectedRequest
from vrin_data.store import Store

GOOD = "A1,Leicestershire Police,8N,008/06,01/03/2026,02/03/2026,458000,304000,Street,Knife,N,34,M,,Live,"
BAD_DATE = GOOD.replace("A1", "A2").replace("02/03/2026", "02/99/2026")
BAD_EASTING = GOOD.replace("A1", "A3").replace("458000", "here")
BOTH = BAD_EASTING.replace("A3", "A4").replace(",34,", ",34,").replace("304000", "there")


@pytest.fixture
def store(offence_store: Callable[..., tuple[Store, Any]]) -> Store:
    found, _ = offence_store(GOOD, BAD_DATE, BAD_EASTING, BOTH)
    return found


def asked(answer: Answer) -> pd.DataFrame:
    return protect.present(answer, protect.Viewer.analyst()).frame


def test_rules_are_counted_most_frequent_first(store: Store):
    frame = asked(measures.rejected_counts(store, RejectedRequest()))
    told = frame[["rule", "column_name", "row_count", "kept_count"]].values.tolist()
    assert told == [
        ["not_a_number", "easting", 2, 2],
        ["not_a_date", "recorded_date", 1, 1],
        ["not_a_number", "northing", 1, 1],
    ]
    assert set(frame["file_name"]) == {"leicestershire.csv"}


def test_a_row_counts_once_in_its_period_however_many_rules_it_broke(store: Store):
    frame = asked(measures.rejected_periods(store, RejectedRequest()))
    assert frame["supplier_name"].tolist() == ["Leicestershire Police"]
    assert frame["period_start"].tolist() == [pd.Timestamp("2026-03-01")]
    assert frame[["row_count", "rows_in_count"]].values.tolist() == [[3, 4]]


@pytest.mark.parametrize(
    ("choice", "reasons"),
    [
        ({}, 4),
        ({"supplier": "leicestershire-police"}, 4),
        ({"supplier": ""}, 0),
        ({"feed": "police-uk"}, 0),
        ({"file": "leicestershire.csv"}, 4),
        ({"rule": "not_a_number"}, 3),
        ({"period": "2026-03"}, 4),
        ({"period": OF_NO_PERIOD}, 0),
        ({"rule": "not_a_number", "period": "2026-04"}, 0),
        ({"most": 2}, 2),
    ],
)
def test_every_choice_narrows(store: Store, choice: dict[str, Any], reasons: int):
    assert len(asked(measures.rejected(store, RejectedRequest(**choice)))) == reasons


def test_the_stamp_names_the_build_and_the_newest_period(store: Store):
    stamp = measures.rejected_counts(store, RejectedRequest(feed="police-offences")).stamp
    assert (stamp.build, stamp.feed, f"{stamp.data_to}") == ("000002", "police-offences", "2026-03-01")


def test_a_store_without_a_build_says_so(tmp_path: Any):
    for question in (measures.rejected, measures.rejected_counts, measures.rejected_periods):
        with pytest.raises(EmptyStore):
            question(Store.open(tmp_path / "none"), RejectedRequest())
