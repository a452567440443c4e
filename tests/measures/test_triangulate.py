"""Police and health side by side: what is compared, what is not, and never a sum of both."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.measures.builds import CHARNWOOD, LEICESTER, LEICS, LEICS_POLICE, NOTTS, NOTTS_POLICE, Build
from vrin_data.contract.periods import later
from vrin_data.errors import UsageError
from vrin_data.measures.selection import Selection
from vrin_data.measures.triangulate import TriangulateRequest, triangulate, triangulate_summary
from vrin_data.protect import Viewer, present
from vrin_data.store import Store

FIRST, LAST = date(2025, 1, 1), date(2026, 2, 1)
MONTHS = [later(FIRST, number) for number in range(14)]
ED, AMBULANCE = "leicester-ed", "east-midlands-ambulance"
REQUEST = TriangulateRequest(Selection(level="force", from_month=FIRST, to_month=LAST))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Ten crimes a month in Leicestershire and five in Nottinghamshire, whose June did not come; five attendances at
    Leicester from February 2025 on, January 2026 in part; two calls a month from either, to one service of both."""
    build = Build()
    build.home |= {ED: LEICS, AMBULANCE: None}
    for month in MONTHS:
        build.sent(LEICS_POLICE, month)
        build.incidents(month, "L1", 10)
        if month != date(2025, 6, 1):
            build.sent(NOTTS_POLICE, month)
            build.incidents(month, "L3", 5)
        if month > FIRST:
            build.sent(ED, month, feed_id="ed-assaults", is_partial=month == date(2026, 1, 1))
            build.incidents(month, LEICS, 5, feed="ed-assaults", offence="ed-assaults:")
        build.sent(AMBULANCE, month, feed_id="ambulance")
        build.incidents(month, "L1", 2, feed="ambulance", offence="ambulance:")
        build.incidents(month, "L3", 2, feed="ambulance", offence="ambulance:")
        build.incidents(month, None, 1, feed="ambulance", offence="ambulance:")
    return build.publish(tmp_path_factory.mktemp("triangulated"))


def frame_of(answer: Callable, store: Store, request: TriangulateRequest = REQUEST) -> pd.DataFrame:
    return present(answer(store, request), Viewer.analyst()).frame


def test_only_months_whole_on_both_sides_are_compared(store: Store) -> None:
    found = frame_of(triangulate_summary, store).set_index(["source", "area_code"])
    attended = found.loc[("ed-assaults", LEICS)]
    # Thirteen months of attendances, one of them in part.
    assert (attended["months_compared"], attended["months_left_out"]) == (12, 1)
    assert (attended["police_count"], attended["health_count"], attended["ratio"]) == (120, 60, 0.5)
    assert attended["ratio_low"] < 0.5 < attended["ratio_high"]
    assert (attended["first_month"], attended["last_month"]) == (
        pd.Timestamp(2025, 2, 1),
        pd.Timestamp(2026, 2, 1),
    )
    # 120 and 60 in 12 months of 400 residents.
    assert (attended["police_rate"], attended["health_rate"]) == pytest.approx((300, 150))


def test_a_month_without_police_is_left_out_of_the_ratio_and_not_taken_for_none(store: Store) -> None:
    found = frame_of(triangulate_summary, store).set_index(["source", "area_code"])
    called = found.loc[("ambulance", NOTTS)]
    assert (called["months_compared"], called["months_left_out"]) == (13, 1)
    assert (called["police_count"], called["health_count"]) == (65, 26)


def test_a_feed_that_never_came_for_an_area_is_said_and_not_nought(store: Store) -> None:
    found = frame_of(triangulate_summary, store).set_index(["source", "area_code"])
    never = found.loc[("ed-assaults", NOTTS)]
    assert (never["is_comparable"], never["reason"]) == (False, "not_sent")
    assert never[["health_count", "police_count", "ratio"]].isna().all()


def test_all_areas_are_those_that_are_compared(store: Store) -> None:
    found = frame_of(triangulate_summary, store).set_index(["source", "area_code"])
    every = found.loc[("ambulance", "")]
    assert every["area_name"] == "All 2 areas compared"
    assert (every["police_count"], every["health_count"]) == (140 + 65, 28 + 26)
    assert ("ed-assaults", "") not in found.index


def test_what_is_placed_by_the_departments_area_alone_is_not_compared_by_district(store: Store) -> None:
    districts = TriangulateRequest(replace(REQUEST.selection, level="district"))
    found = frame_of(triangulate_summary, store, districts).set_index(["source", "area_code"])
    assert found.loc[("ed-assaults", LEICESTER), "reason"] == "not_placed"
    called = found.loc[("ambulance", LEICESTER)]
    assert (called["health_count"], called["police_count"]) == (28, 140)
    # Nobody called from Charnwood, and nothing was recorded there: the months are compared and have no ratio.
    quiet = found.loc[("ambulance", CHARNWOOD)]
    assert (quiet["months_compared"], quiet["health_count"]) == (14, 0)
    assert pd.isna(quiet["ratio"])


def test_the_index_stands_on_the_first_year_whole_in_every_source(store: Store) -> None:
    found = frame_of(triangulate, store)
    own = found[found["area_code"] == LEICS]
    # February 2025 to January 2026 has a partial month, and no other twelve months are there.
    assert own["index"].isna().all()
    other = found[found["area_code"] == NOTTS]
    assert other["index"].isna().all()


def test_an_index_is_100_where_nothing_changes(tmp_path: Path) -> None:
    build = Build()
    for month in MONTHS:
        build.sent(LEICS_POLICE, month)
        build.sent(ED, month, feed_id="ed-assaults")
        build.incidents(month, "L1", 20 if month == LAST else 10)
        build.incidents(month, LEICS, 5, feed="ed-assaults", offence="ed-assaults:")
    build.home |= {ED: LEICS}
    found = frame_of(triangulate, build.publish(tmp_path)).set_index(["source", "month"])["index"]
    assert found["police"].tolist() == [100.0] * 13 + [200.0]
    assert found["ed-assaults"].tolist() == [100.0] * 14


def test_nothing_is_summed_over_sources_and_the_stamp_says_what_cannot_be_said(store: Store) -> None:
    answer = triangulate(store, REQUEST)
    assert set(frame_of(triangulate, store)["source"]) == {"police", "ed-assaults", "ambulance"}
    assert answer.stamp.feed == "police-offences, ed-assaults, ambulance"
    assert any("cannot say how many of the patients are unknown" in note for note in answer.stamp.notes)
    assert not answer.stamp.edition


def test_regions_and_definitions_of_hospitals_are_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="not compared by region"):
        triangulate(store, TriangulateRequest(replace(REQUEST.selection, level="region")))
    with pytest.raises(UsageError, match="stands on the health side"):
        triangulate(
            store, TriangulateRequest(replace(REQUEST.selection, definition="ed-assault-attendances"))
        )


def test_police_alone_is_police_alone(tmp_path: Path) -> None:
    build = Build()
    build.sent(LEICS_POLICE, FIRST)
    build.incidents(FIRST, "L1", 3)
    alone = build.publish(tmp_path)
    assert set(frame_of(triangulate, alone)["source"]) == {"police"}
    assert frame_of(triangulate_summary, alone).empty
    assert "no health feed" in triangulate(alone, REQUEST).stamp.notes[0]
