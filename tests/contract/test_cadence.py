"""Periods tile the calendar, and no due day lies within the period it is for."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from vrin_data.contract.cadence import Cadence, Period, days_late, due_on, period_of, periods
from vrin_data.contract.legal_powers import legal_powers
from vrin_data.errors import UsageError

EVERY = st.sampled_from(["month", "quarter", "year", "financial_year", "academic_year"])
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
RULES = st.one_of(
    st.integers(0, 400).map("days:{}".format),
    st.just("end_of_next_period"),
    st.integers(1, 31).map("day:{}_of_next_month".format),
)


@given(EVERY, DAYS, st.integers(0, 2500))
def test_periods_tile_without_gap_or_overlap(every: str, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    found = periods(every, first, last)
    assert found[0].start <= first < found[0].end
    assert found[-1].start <= last < found[-1].end
    assert all(one.end == after.start for one, after in pairwise(found))
    assert all(period_of(one.last_day, every) == one for one in found)


@given(EVERY, DAYS)
def test_a_period_holds_its_months(every: str, day: date) -> None:
    found = period_of(day, every)
    assert [period_of(month, "month").start for month in found.months()] == found.months()
    assert found.months()[0] == found.start
    assert period_of(found.months()[-1], "month").end == found.end


@given(DAYS, EVERY, RULES)
def test_a_due_day_is_never_before_the_periods_last_day(day: date, every: str, rule: str) -> None:
    due = due_on(day, every, rule)
    assert due is not None
    assert due >= period_of(day, every).last_day


@given(DAYS, EVERY, RULES)
def test_any_day_of_a_period_gives_the_same_due_day(day: date, every: str, rule: str) -> None:
    assert due_on(day, every, rule) == due_on(period_of(day, every).start, every, rule)


@given(DAYS, EVERY, RULES)
def test_a_later_period_is_never_due_earlier(day: date, every: str, rule: str) -> None:
    assert due_on(period_of(day, every).end, every, rule) > due_on(day, every, rule)


@pytest.mark.parametrize(
    ("start", "every", "rule", "due"),
    [
        # SI 2007/1831: each three months by the end of the next three.
        (date(2026, 1, 1), "quarter", "end_of_next_period", date(2026, 6, 30)),
        (date(2025, 10, 1), "quarter", "end_of_next_period", date(2026, 3, 31)),
        (date(2024, 1, 1), "month", "end_of_next_period", date(2024, 2, 29)),
        (date(2025, 1, 1), "month", "end_of_next_period", date(2025, 2, 28)),
        (date(2024, 1, 1), "month", "day:31_of_next_month", date(2024, 2, 29)),
        (date(2026, 1, 1), "month", "day:10_of_next_month", date(2026, 2, 10)),
        (date(2025, 12, 1), "month", "day:10_of_next_month", date(2026, 1, 10)),
        (date(2024, 2, 1), "month", "days:1", date(2024, 3, 1)),
        (date(2023, 2, 1), "month", "days:0", date(2023, 2, 28)),
        (date(2025, 4, 1), "financial_year", "days:30", date(2026, 4, 30)),
        (date(2025, 9, 1), "academic_year", "end_of_next_period", date(2027, 8, 31)),
        (date(2026, 1, 1), "month", "none", None),
    ],
)
def test_due_days(start: date, every: str, rule: str, due: date | None) -> None:
    assert due_on(start, every, rule) == due


def test_periods_have_names_and_inclusive_last_days() -> None:
    day = date(2026, 2, 14)
    assert [period_of(day, every).label for every in ("month", "quarter", "year")] == [
        "2026-02",
        "January to March 2026",
        "2026",
    ]
    assert period_of(day, "financial_year") == Period(date(2025, 4, 1), date(2026, 4, 1), "financial_year")
    assert period_of(day, "financial_year").label == "2025/26"
    assert period_of(date(1999, 9, 1), "academic_year").label == "1999/00"
    assert period_of(date(2024, 2, 1), "month").last_day == date(2024, 2, 29)


def test_no_periods_where_the_last_day_is_before_the_first() -> None:
    assert periods("month", date(2026, 2, 1), date(2026, 1, 31)) == []


def test_days_late_are_counted_from_the_due_day() -> None:
    due = date(2026, 2, 10)
    assert [days_late(due, date(2026, 2, day)) for day in (9, 10, 11)] == [0, 0, 1]
    assert days_late(None, due) == 0


@pytest.mark.parametrize(
    "rule", ["", "days:", "days:-1", "day:0_of_next_month", "day:32_of_next_month", "soon"]
)
def test_a_rule_nobody_can_read_is_refused(rule: str) -> None:
    with pytest.raises(UsageError, match="due '"):
        due_on(date(2026, 1, 1), "month", rule)
    with pytest.raises(ValidationError, match="due '"):
        Cadence(every="month", due=rule)


def test_a_cadence_says_whether_the_law_sets_the_day() -> None:
    quarterly = Cadence(every="quarter", due="end_of_next_period", basis="SI 2007/1831", power="cda-17a")
    assert quarterly.due_on(date(2026, 1, 1)) == date(2026, 6, 30)
    assert quarterly.is_duty
    assert not Cadence(every="month", due="days:30", power="cda-115").is_duty
    assert not Cadence(every="month", due="days:30").is_duty
    with pytest.raises(ValidationError, match="'cda-116' is no legal power"):
        Cadence(every="month", due="days:30", power="cda-116")


def test_powers_and_duties_are_told_apart() -> None:
    powers = legal_powers()
    assert {one.id for one in powers.values() if one.is_duty} == {"cda-17a", "istv"}
    assert {one.id for one in powers.values() if one.bars_health_personal} == {"pcsc-16", "pcsc-17"}
    assert all(one.note and one.authorises and one.does_not and one.source for one in powers.values())
    assert "power, not a duty" in powers["cda-115"].note
