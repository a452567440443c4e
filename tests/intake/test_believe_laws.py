"""Laws of the arithmetic behind the checks: norms, runs of empty days, and where a series changes."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vrin_data.intake.believe.days import DaysOf, empty_runs
from vrin_data.intake.believe.norms import norms
from vrin_data.intake.believe.walk import changes

COUNTS = st.lists(st.integers(0, 2_000), min_size=5, max_size=40)
QUICK = settings(max_examples=60, deadline=None)


def periods(count: int, start: int = 24_000) -> np.ndarray:
    return np.arange(start, start + count)


@QUICK
@given(counts=COUNTS, years=st.integers(-3, 3))
def test_norms_do_not_hang_on_the_year(counts: list[int], years: int) -> None:
    values = np.array(counts, dtype=float)
    one = norms(periods(len(counts)), values, periods_a_year=12)
    other = norms(periods(len(counts)) + 12 * years, values, periods_a_year=12)
    np.testing.assert_array_equal(one.usual, other.usual)
    np.testing.assert_array_equal(one.z, other.z)


@QUICK
@given(counts=COUNTS, place=st.integers(0, 39))
def test_a_period_has_no_say_in_what_is_usual_for_it(counts: list[int], place: int) -> None:
    own = place % len(counts)
    values = np.array(counts, dtype=float)
    before = norms(periods(len(counts)), values, periods_a_year=1)
    values[own] = 9_999
    after = norms(periods(len(counts)), values, periods_a_year=1)
    assert after.usual[own] == before.usual[own]


@QUICK
@given(counts=COUNTS)
def test_alike_periods_are_all_usual(counts: list[int]) -> None:
    alike = np.full(len(counts), float(counts[0]))
    own = norms(periods(len(counts)), alike, periods_a_year=12)
    np.testing.assert_allclose(own.usual, alike)
    np.testing.assert_allclose(own.z, 0, atol=1e-9)


@QUICK
@given(counts=COUNTS, place=st.integers(0, 39))
def test_more_of_it_is_further_up(counts: list[int], place: int) -> None:
    own = place % len(counts)
    values = np.array(counts, dtype=float)
    less = norms(periods(len(counts)), values, periods_a_year=1).z[own]
    values[own] += 100
    assert norms(periods(len(counts)), values, periods_a_year=1).z[own] > less


DAYS = st.lists(st.lists(st.booleans(), min_size=28, max_size=31), min_size=1, max_size=12)


@QUICK
@given(days=DAYS)
def test_a_run_of_empty_days_is_the_longest_and_empty(days: list[list[bool]]) -> None:
    given_days = [
        DaysOf(date(2025, 2, 3) + timedelta(days=40 * number), np.array(one))
        for number, one in enumerate(days)
    ]
    for own, run in zip(given_days, empty_runs(given_days, least_others=4), strict=True):
        if run is None:
            assert own.has_rows.all() or not own.has_rows.any()
            continue
        start, end = (run.first - own.first).days, (run.last - own.first).days + 1
        assert end - start == run.length
        assert 0 < run.chance <= 1
        assert (run.longest_of_others is None) == (len(days) <= 4)
        # Offices' holidays are in no run; those of this test begin on a Monday in February.
        assert not own.has_rows[start:end].any()


def test_the_chance_of_a_run_by_hand() -> None:
    # 2 of 28 days have rows, the first two: of the ways to deal two days out, one leaves the other 26 free.
    alone = DaysOf(date(2025, 2, 1), np.array([True, True] + [False] * 26))
    (run,) = empty_runs([alone], least_others=4)
    assert run is not None
    assert (run.first, run.last, run.length) == (date(2025, 2, 3), date(2025, 2, 28), 26)
    assert run.chance == pytest.approx(3 * 1 / (28 * 27 / 2))


def levels(values: Sequence[float]) -> list[int]:
    def differs(stretch: Sequence[int], position: int) -> bool | None:
        mean = np.mean([values[one] for one in stretch])
        return True if abs(values[position] - mean) > 1 else None

    return [position for position, _ in changes(len(values), differs)]


@QUICK
@given(
    lengths=st.lists(st.integers(2, 6), min_size=1, max_size=5),
    steps=st.lists(st.sampled_from([-5, -3, 3, 5]), min_size=5, max_size=5),
)
def test_every_change_that_lasts_is_told_once_where_it_begins(lengths: list[int], steps: list[int]) -> None:
    heights = np.concatenate([[0], np.cumsum(steps[: len(lengths) - 1])])
    values = np.repeat(heights, lengths)
    assert levels(values.tolist()) == np.cumsum(lengths)[:-1].tolist()


@QUICK
@given(before=st.integers(1, 6), after=st.integers(1, 6))
def test_what_stood_alone_is_told_and_its_end_is_not(before: int, after: int) -> None:
    assert levels([0.0] * before + [9.0] + [0.0] * after) == [before]


def test_nothing_and_one_have_no_change() -> None:
    assert levels([]) == []
    assert levels([3.0]) == []
