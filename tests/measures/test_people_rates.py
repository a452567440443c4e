"""Persons per 1,000 residents of their age and sex: groups that residents are known for, and their limits."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.measures.builds import LEICESTER
from tests.measures.event_builds import EventBuild, of_one_month
from vrin_data.measures import PeopleRequest, Selection, people_rates
from vrin_data.store import Store

Stores = Callable[[EventBuild], Store]
LEICESTERS = PeopleRequest(
    Selection(
        definition="violence-with-injury",
        by=(),
        from_month=date(2025, 4, 1),
        to_month=date(2025, 4, 1),
        area_code=LEICESTER,
    )
)


def with_residents() -> EventBuild:
    """Leicester with residents in bands that begin at 0, 10, 15 and 25, of each sex."""
    build, sent = of_one_month()
    for years, sex, times in ((12, "male", 6), (24, "female", 4), (30, "male", 1), (None, "male", 2)):
        build.event(sent, "2025-04", times=times, people=({"age_years": years, "sex": sex},))
    for sex in ("female", "male"):
        for low, high, count in ((0, 9, 500), (10, 14, 200), (15, 24, 300), (25, None, 1000)):
            build.residents.append(
                {
                    "area_code": LEICESTER,
                    "year": 2024,
                    "sex": sex,
                    "age_low_years": low,
                    "age_high_years": high,
                    "person_count": count,
                    "source": "made up",
                }
            )
    return build


def test_groups_are_those_that_residents_are_known_for(stores: Stores):
    frame = people_rates(stores(with_residents()), LEICESTERS).unprotected
    found = frame.set_index(["age_group", "sex"])[["person_count", "residents", "rate"]].astype(float)
    # 14, 16 and 18 begin no band of residents, so that 10 to 24 is one group; of two the age is not recorded.
    assert found.loc["10 to 24"].to_dict("index") == {
        "female": {"person_count": 4, "residents": 500, "rate": 8},
        "male": {"person_count": 6, "residents": 500, "rate": 12},
        "all": {"person_count": 10, "residents": 1000, "rate": 10},
    }
    assert found.loc[("25 and over", "all")].tolist() == [1, 2000, 0.5]
    assert [*dict.fromkeys(frame["age_group"])] == ["0 to 9", "10 to 24", "25 and over"]


def test_limits_are_exact_below_ten_and_byars_from_there(stores: Stores):
    frame = people_rates(stores(with_residents()), LEICESTERS).unprotected
    rows = frame.set_index(["age_group", "sex"])
    # Published limits of a count (Breslow and Day 1987): 4 is 1.09 to 10.24 exactly; of 10 Byar's are 4.79 to 18.39.
    four, ten = rows.loc[("10 to 24", "female")], rows.loc[("10 to 24", "all")]
    assert (four["method"], ten["method"]) == ("exact", "byar")
    assert (four["rate_low"], four["rate_high"]) == pytest.approx((2.18, 20.48), abs=0.01)
    assert (ten["rate_low"], ten["rate_high"]) == pytest.approx((4.79, 18.39), abs=0.01)


def test_without_residents_by_age_there_is_no_rate(stores: Stores):
    build = with_residents()
    build.residents.clear()
    answer = people_rates(stores(build), LEICESTERS)
    assert answer.unprotected.empty
    assert "no residents by age" in answer.stamp.notes[0]
