"""When incidents happen: hours and days, what spans several, what was filled in, and that all of it adds up."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import product

import pandas as pd
import pytest

from tests.measures.builds import LEICESTER, NOTTS_POLICE, SHOP
from tests.measures.event_builds import EventBuild, of_one_month
from vrin_data.errors import UsageError
from vrin_data.measures import MomentsRequest, Selection, harm, moments, moments_basis
from vrin_data.measures.moments import BY, SPANNING
from vrin_data.store import Store

APRIL = Selection(
    definition="violence-with-injury", by=(), from_month=date(2025, 4, 1), to_month=date(2025, 4, 1)
)
FIGURES = ("incident_count_low", "incident_count_high", "harm_days_low", "harm_days", "harm_days_high")
Stores = Callable[[EventBuild], Store]


def counted(store: Store, request: MomentsRequest) -> dict[tuple[object, ...], float]:
    """The certain incidents of every row that has some, by hour, by weekday, or by both."""
    frame = moments(store, request).unprotected
    keys = [name for name in ("weekday", "hour") if name in frame]
    rows = frame[frame["incident_count_low"] > 0]
    values = rows["incident_count_low"].astype(float)
    return dict(zip(rows[keys].itertuples(index=False, name=None), values, strict=True))


def reasons(store: Store, request: MomentsRequest) -> dict[str, tuple[int, bool]]:
    frame = moments_basis(store, request).unprotected
    return {one.reason: (one.incident_count_low, one.is_counted) for one in frame.itertuples()}


def test_a_week_begins_on_monday_and_every_cell_has_a_row(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", "2025-04-07T00:30", times=2)  # a Monday
    build.event(sent, "2025-04", "2025-04-13T23:59")  # a Sunday
    store = stores(build)
    frame = moments(store, MomentsRequest(APRIL)).unprotected
    assert len(frame) == 168
    assert frame.iloc[[0, -1]][
        ["weekday", "weekday_name", "hour", "incident_count_low"]
    ].to_numpy().tolist() == [
        [1, "Monday", 0, 2.0],
        [7, "Sunday", 23, 1.0],
    ]
    assert frame["incident_count_low"].sum() == 3
    assert counted(store, MomentsRequest(APRIL, by="hour")) == {(0,): 2, (23,): 1}
    assert counted(store, MomentsRequest(APRIL, by="weekday")) == {(1,): 2, (7,): 1}


def test_an_event_of_several_hours_is_spread_or_left_out(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", "2025-04-08T22:15", "2025-04-09T01:40")
    build.event(sent, "2025-04", "2025-04-08T22:15", "2025-04-08T23:10")
    store = stores(build)
    spread = MomentsRequest(APRIL)
    assert counted(store, spread) == {(2, 22): 1.25, (2, 23): 0.25, (3, 0): 0.25, (3, 1): 0.25}
    assert reasons(store, spread) == {"at": (1, True), "spread": (1, True)}
    excluded = MomentsRequest(APRIL, spanning="exclude")
    assert counted(store, excluded) == {(2, 22): 1}
    assert reasons(store, excluded) == {"at": (1, True), "spans": (1, False)}


def test_an_event_that_ends_on_the_hour_does_not_touch_that_hour(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", "2025-04-08T20:00", "2025-04-08T22:00")
    assert counted(stores(build), MomentsRequest(APRIL, by="hour")) == {(20,): 0.5, (21,): 0.5}


def test_longer_than_stated_and_backwards_are_left_out(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", "2025-04-08T20:30", "2025-04-09T20:29")
    build.event(sent, "2025-04", "2025-04-08T20:30", "2025-05-28T20:30")
    build.event(sent, "2025-04", "2025-04-08T20:30", "2025-04-07T20:30")
    store = stores(build)
    assert reasons(store, MomentsRequest(APRIL)) == {"too_long": (2, False), "backwards": (1, False)}
    longer = MomentsRequest(APRIL, longest_hours=25)
    assert reasons(store, longer) == {"spread": (1, True), "too_long": (1, False), "backwards": (1, False)}


def test_hours_of_one_day_and_days_alone_count_by_weekday(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", "2025-04-08T08:00", "2025-04-08T20:00")
    build.event(sent, "2025-04", "2025-04-10", precision="day")
    build.event(sent, "2025-04", "2025-04-01", precision="month")
    build.event(sent, "2025-04")
    store = stores(build)
    of = MomentsRequest(APRIL, by="weekday", spanning="exclude")
    assert counted(store, of) == {(2,): 1, (4,): 1}
    assert reasons(store, of) == {"at": (1, True), "day": (1, True), "none": (2, False)}
    by_hour = MomentsRequest(APRIL, by="hour", spanning="exclude")
    assert reasons(store, by_hour) == {"day": (1, False), "spans": (1, False), "none": (2, False)}


def filled_in() -> EventBuild:
    """Leicestershire fills midnight in where it knows the day; Nottinghamshire does not."""
    build, sent = of_one_month()
    other = build.sent(NOTTS_POLICE, date(2025, 4, 1))
    first = datetime(2025, 4, 7)
    for hour in range(24):
        for minute in (0, 7, 19, 31, 44):
            at = (first + timedelta(hours=hour, minutes=minute)).isoformat()
            build.event(sent, "2025-04", at, times=2, offence=SHOP)
    build.event(sent, "2025-04", "2025-04-08T00:00", times=30)
    build.event(other, "2025-04", "2025-04-08T00:00", times=3)
    return build


def test_midnight_filled_in_by_one_supplier_keeps_its_day_and_loses_its_hour(stores: Stores):
    store = stores(filled_in())
    assert reasons(store, MomentsRequest(APRIL)) == {"at": (3, True), "filled_in": (30, False)}
    assert counted(store, MomentsRequest(APRIL, by="weekday")) == {(2,): 33}
    notes = moments(store, MomentsRequest(APRIL)).stamp.notes
    told = [note for note in notes if "stand at exactly" in note]
    assert told == [
        "leicestershire-police: 32 times of the feed stand at exactly 00:00, where the hours beside it suggest about "
        "2: taken as filled in, the day alone counts"
    ]


def test_what_is_counted_and_what_is_left_out_add_up_to_harm(stores: Stores):
    build = filled_in()
    sent = build.sent("leicestershire-police", date(2025, 5, 1), is_partial=True)
    build.event(sent, "2025-05", "2025-05-08T00:00")
    build.event(1, "2025-04", "2025-04-08T20:30", "2025-04-09T20:29", weapon="sharp")
    build.event(1, "2025-04", offence="8N|", area=None)
    store = stores(build)
    asked = Selection(**{**vars(APRIL), "to_month": date(2025, 5, 1)})
    whole = harm(store, asked).unprotected.iloc[0]
    assert whole["incident_count_high"] == 35
    for by, spanning in product(BY, SPANNING):
        request = MomentsRequest(asked, by=by, spanning=spanning)
        basis = moments_basis(store, request).unprotected
        told = moments(store, request).unprotected
        for name in FIGURES:
            assert float(basis[name].sum()) == pytest.approx(float(whole[name]))
            assert float(told[name].sum()) == pytest.approx(float(basis.loc[basis["is_counted"], name].sum()))


def test_below_ten_no_share_is_given(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", "2025-04-08T20:30", times=9)
    frame = moments(stores(build), MomentsRequest(APRIL, by="hour")).unprotected
    assert frame["share_of_incidents"].isna().all()
    assert frame["share_of_harm"].isna().all()


def test_an_area_narrows_the_times(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", "2025-04-08T20:30", area=LEICESTER)
    build.event(sent, "2025-04", "2025-04-08T21:30", area="L2")
    own = Selection(**{**vars(APRIL), "area_code": LEICESTER})
    assert counted(stores(build), MomentsRequest(own, by="hour")) == {(20,): 1}


def test_the_nights_on_which_the_clocks_change_are_said(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", "2025-03-30T01:30")  # an hour that this clock did not have
    store = stores(build)
    assert counted(store, MomentsRequest(APRIL)) == {(7, 1): 1}
    assert any("clocks change" in note for note in moments(store, MomentsRequest(APRIL)).stamp.notes)


def test_what_cannot_be_asked_is_refused():
    for wrong in ({"by": "minute"}, {"spanning": "guess"}, {"longest_hours": 1}, {"longest_hours": 200}):
        with pytest.raises(UsageError):
            MomentsRequest(APRIL, **wrong)


def test_no_incident_is_a_week_of_nothing(stores: Stores):
    build, sent = of_one_month()
    build.event(sent, "2025-04", "2025-04-08T20:30", offence=SHOP)
    store = stores(build)
    frame = moments(store, MomentsRequest(APRIL)).unprotected
    assert (len(frame), frame["incident_count_high"].sum()) == (168, 0)
    assert isinstance(moments_basis(store, MomentsRequest(APRIL)).unprotected, pd.DataFrame)
