"""Where and how: shares that add up with what is not recorded, ranges, months, and the sum that harm gives."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from tests.measures.builds import ABH, ABH_CODE_ONLY
from tests.measures.event_builds import EventBuild, of_one_month
from vrin_data.errors import UsageError
from vrin_data.measures import KindsRequest, Selection, harm, kinds, kinds_by_month, public_share
from vrin_data.measures.kinds import OF
from vrin_data.store import Store

Stores = Callable[[EventBuild], Store]
FIGURES = ("incident_count_low", "incident_count_high", "harm_days_low", "harm_days", "harm_days_high")


def asked(definition: str = "violence-with-injury", to: date = date(2025, 4, 1)) -> Selection:
    return Selection(definition=definition, by=(), from_month=date(2025, 4, 1), to_month=to)


def of_places(**counts: int) -> EventBuild:
    """Incidents of April 2025 by kind of place."""
    build, sent = of_one_month()
    for place, count in counts.items():
        build.event(sent, "2025-04", times=count, location_type=place)
    return build


def test_shares_of_places_add_up_with_what_is_not_recorded(stores: Stores):
    store = stores(of_places(street=31, dwelling=40, licensed=7, not_recorded=22))
    frame = kinds(store, KindsRequest(asked())).unprotected
    rows = frame[frame["incident_count_low"] > 0].set_index("code")
    assert rows["share"].to_dict() == {
        "dwelling": 0.4,
        "street": 0.31,
        "licensed": 0.07,
        "not_recorded": 0.22,
    }
    assert frame["share"].sum() == pytest.approx(1)
    assert frame["code"].iloc[-1] == "not_recorded"
    assert (rows.loc["street", "share_low"], rows.loc["street", "share_high"]) == (0.31, 0.53)
    assert pd.isna(rows.loc["not_recorded", "share_low"])


def test_the_share_in_public_space_is_a_range(stores: Stores):
    store = stores(of_places(street=25, park=4, transport=2, dwelling=47, not_recorded=22))
    row = public_share(store, asked()).unprotected.iloc[0]
    assert (row["incident_count_low"], row["total_high"]) == (31, 100)
    assert (row["share_low"], row["share_high"], row["not_recorded_share"]) == (0.31, 0.53, 0.22)


def test_those_in_doubt_widen_the_range(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", times=10, weapon="sharp", offence=ABH)
    build.event(sent, "2025-04", times=30, offence=ABH)
    frame = kinds(stores(build), KindsRequest(asked("knife-enabled"), of="weapon")).unprotected.set_index(
        "code"
    )
    assert frame.loc["sharp", ["share", "share_low", "share_high"]].tolist() == [1, 0.25, 1]
    assert frame.loc["none", ["share", "share_low", "share_high"]].tolist() == [0, 0, 0.75]
    assert frame.loc["not_recorded", ["incident_count_low", "incident_count_high"]].tolist() == [0, 30]


def test_the_rows_add_up_to_harm(stores: Stores):
    build = of_places(street=3, not_recorded=5)
    build.event(1, "2025-04", weapon="sharp", injury="serious", offence=ABH_CODE_ONLY)
    late = build.sent("leicestershire-police", date(2025, 5, 1), is_partial=True)
    build.event(late, "2025-05", times=7)
    store = stores(build)
    selection = asked(to=date(2025, 5, 1))
    whole = harm(store, selection).unprotected.iloc[0]
    assert whole["incident_count_high"] == 9
    for of in OF:
        frame = kinds(store, KindsRequest(selection, of=of)).unprotected
        assert {name: float(frame[name].sum()) for name in FIGURES} == pytest.approx(
            {name: float(whole[name]) for name in FIGURES}
        )


def test_below_ten_no_share_is_given(stores: Stores):
    store = stores(of_places(street=5, dwelling=4))
    frame = kinds(store, KindsRequest(asked())).unprotected
    assert frame[["share", "share_low", "share_high", "share_of_harm"]].isna().all(axis=None)
    assert public_share(store, asked()).unprotected[["share_low", "share_high"]].isna().all(axis=None)


def test_by_month_a_missing_one_has_no_count_and_a_partial_one_no_share(stores: Stores):
    build = of_places(street=6, not_recorded=4)
    late = build.sent("leicestershire-police", date(2025, 6, 1), is_partial=True)
    build.event(late, "2025-06", times=12, location_type="street")
    store = stores(build)
    # March is before the first month that came; May did not come.
    selection = Selection(
        definition="violence-with-injury", by=(), from_month=date(2025, 3, 1), to_month=date(2025, 6, 1)
    )
    frame = kinds_by_month(store, KindsRequest(selection)).unprotected
    rows = frame[frame["code"].isin(["street", "not_recorded"])]
    found = [
        (f"{one.month:%m}", one.state, one.code, one.incident_count_low, one.share)
        for one in rows.fillna(-1).itertuples()
    ]
    assert found == [
        ("04", "whole", "street", 6, 0.6),
        ("04", "whole", "not_recorded", 4, 0.4),
        ("05", "missing", "street", -1, -1),
        ("05", "missing", "not_recorded", -1, -1),
        ("06", "partial", "street", 12, -1),
        ("06", "partial", "not_recorded", 0, -1),
    ]


def test_what_cannot_be_asked_is_refused():
    with pytest.raises(UsageError, match="not by 'sex'"):
        KindsRequest(asked(), of="sex")
