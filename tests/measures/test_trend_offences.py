"""Groups of offences over time: each incident in one, and none that its code leaves open counted for certain."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.measures.builds import LEICS_POLICE, MURDER, NOTTS_POLICE, Build
from vrin_data import protect
from vrin_data.contract.definitions import definitions
from vrin_data.contract.offence_sets import offence_sets
from vrin_data.contract.periods import later
from vrin_data.errors import UsageError
from vrin_data.measures import Selection, TrendRequest, trend, trend_offences, trend_offences_summary
from vrin_data.measures.offence_groups import GROUPS, group_names, groups_of

FIRST, LAST = date(2025, 1, 1), date(2025, 10, 1)
GBH18, ABH = "5D|005/27", "8N|008/06"
ANALYST = protect.Viewer.analyst()


def asked(definition: str, *by: str) -> TrendRequest:
    return TrendRequest(
        Selection(definition, by=by or ("month",), from_month=FIRST, to_month=LAST), kind="run"
    )


def build() -> Build:
    """Ten months of two forces; the last of Leicestershire did not come."""
    made = Build()
    for number in range(10):
        month = later(FIRST, number)
        made.sent(NOTTS_POLICE, month)
        if number < 9:
            made.sent(LEICS_POLICE, month)
            made.incidents(month, "L1", 10 + number, offence=ABH)
            made.incidents(month, "L1", 2, offence=GBH18)
    made.incidents(FIRST, "L1", 1, offence=MURDER)
    return made


@pytest.mark.parametrize("name", sorted(definitions()))
def test_groups_share_no_offence_and_leave_none_out(name: str):
    one = definitions()[name]
    if not one.counts_crimes:
        return
    groups = {group: own.pairs() for group, own in groups_of(one).items()}
    assert all(groups.values())
    assert frozenset().union(*groups.values()) == one.pairs()
    assert sum(map(len, groups.values())) == len(one.pairs())


def test_a_group_goes_by_the_narrowest_set():
    groups = groups_of(definitions()["violence-with-injury"])
    assert groups["GBH18"].pairs() <= offence_sets()["GBH18"]
    assert not groups["VWI"].pairs() & offence_sets()["GBH18"]
    assert [*group_names()][: len(GROUPS)] == [*GROUPS]


def test_groups_add_up_to_the_whole_and_a_month_that_did_not_come_is_in_none(tmp_path: Path):
    with closing(build().publish(tmp_path)) as store:
        parts = protect.present(trend_offences(store, asked("violence-with-injury")), ANALYST).frame
        whole = protect.present(trend(store, asked("violence-with-injury")), ANALYST).frame
        lines = protect.present(trend_offences_summary(store, asked("violence-with-injury")), ANALYST).frame
    assert [*parts["area_code"].unique()] == ["GBH18", "VWI"]
    sums = parts.groupby("month")["value"].sum(min_count=1)
    pd.testing.assert_series_equal(
        sums.reset_index(drop=True), whole["value"].reset_index(drop=True), check_names=False
    )
    assert lines[["area_name", "points", "left_out_count"]].values.tolist() == [
        [group_names()["GBH18"], 9, 1],
        [group_names()["VWI"], 9, 1],
    ]


def test_what_has_no_offences_and_what_is_by_area_is_refused_in_words(tmp_path: Path):
    with closing(build().publish(tmp_path)) as store, pytest.raises(UsageError, match="one area at a time"):
        trend_offences(store, asked("violence-with-injury", "area", "month"))
