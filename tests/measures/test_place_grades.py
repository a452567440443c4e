"""How closely places are known, and an area beside those that touch it: the figures of `harm`, told otherwise."""

from datetime import date

import pandas as pd
import pytest

from vrin_data.errors import UsageError
from vrin_data.measures import Selection, harm, neighbours, place_grades
from vrin_data.store import Store

YEAR = {"from_month": date(2025, 4, 1), "to_month": date(2026, 3, 1)}
LEICESTER, DERBYSHIRE, NOTTINGHAMSHIRE, SMALL = "E06000016", "E23000018", "E23000019", "S01000205"


def asked(level: str, area: str | None) -> Selection:
    return Selection(level=level, by=("area",), area_code=area, **YEAR)


@pytest.mark.parametrize("area", [None, LEICESTER, NOTTINGHAMSHIRE, SMALL])
def test_the_grades_add_up_to_the_total(sample_store: Store, area: str | None) -> None:
    grades = place_grades(sample_store, asked("district", area)).unprotected
    total = harm(sample_store, Selection(by=(), area_code=area, **YEAR)).unprotected
    counts = ["incident_count_low", "incident_count_high"]
    assert grades[counts].sum().tolist() == total[counts].iloc[0].tolist()


def test_grades_stand_from_the_closest_to_the_vaguest_in_words(sample_store: Store) -> None:
    grades = place_grades(sample_store, asked("district", None)).unprotected
    assert grades["place_precision"].tolist() == ["exact", "force"]
    assert grades["words"].tolist() == [
        "coordinates of the place itself",
        "no place given: the supplier's own area only",
    ]


def test_a_period_of_which_nothing_came_has_no_grades(sample_store: Store) -> None:
    # Nottinghamshire sent no submission of this month.
    missing = {"from_month": date(2025, 11, 1), "to_month": date(2025, 11, 1)}
    asked_for = Selection(by=("area",), area_code=NOTTINGHAMSHIRE, **missing)
    assert place_grades(sample_store, asked_for).unprotected.empty


def test_an_area_stands_beside_those_that_touch_it(sample_store: Store) -> None:
    found = neighbours(sample_store, asked("district", LEICESTER)).unprotected
    assert found["area_name"].tolist() == [
        "Blaby",
        "Charnwood",
        "Harborough",
        "Leicester",
        "Oadby and Wigston",
    ]
    assert found["is_own"].tolist() == [False, False, False, True, False]


@pytest.mark.parametrize(("level", "area"), [("force", DERBYSHIRE), ("district", LEICESTER), ("lsoa", SMALL)])
def test_figures_are_those_of_harm(sample_store: Store, level: str, area: str) -> None:
    found = neighbours(sample_store, asked(level, area)).unprotected
    every = harm(sample_store, asked(level, None)).unprotected
    same = every[every["area_code"].isin(found["area_code"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(found.drop(columns="is_own"), same)


def test_an_area_that_touches_none_stands_alone(sample_store: Store) -> None:
    found = neighbours(sample_store, asked("region", "E12000004")).unprotected
    assert found["area_name"].tolist() == ["East Midlands"]


@pytest.mark.parametrize("area", [None, SMALL, "E99999999"])
def test_an_area_of_another_level_has_no_neighbours_there(sample_store: Store, area: str | None) -> None:
    with pytest.raises(UsageError, match="no area of the level 'district'"):
        neighbours(sample_store, asked("district", area))
