"""Run charts against published limits and worked series."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.run_chart import fewest_crossings, longest_allowed, run_chart, runs

# Anhoej and Olesen 2014, as the vignette of qicharts2 lists them: round(log2(n) + 3), and the crossings of qbinom(0.05,
# n - 1, 0.5); the longest runs also in the table at unaettie.com/en-us/faq.php.
LONGEST = {10: 6, 11: 6, 12: 7, 13: 7, 16: 7, 22: 7, 23: 8, 24: 8, 30: 8, 45: 8, 46: 9, 59: 9, 90: 9, 91: 10}
FEWEST = {10: 2, 11: 2, 12: 3, 13: 3, 14: 4, 16: 4, 17: 5, 18: 5, 19: 6, 20: 6, 22: 7, 24: 8, 30: 10, 60: 23}


@pytest.mark.parametrize(("useful", "expected"), LONGEST.items())
def test_the_longest_run_allowed(useful: int, expected: int) -> None:
    assert longest_allowed(useful) == expected


@pytest.mark.parametrize(("useful", "expected"), FEWEST.items())
def test_the_fewest_crossings_allowed(useful: int, expected: int) -> None:
    assert fewest_crossings(useful) == expected


def test_a_worked_series_without_a_signal() -> None:
    # PowerBI-SPC, test/fixtures/golden/run/basic.qicharts2.json (qicharts2 0.8.1): the median is 14
    values = [12, 15, 11, 18, 14, 13, 16, 19, 12, 14, 17, 11, 15, 13, 16, 18, 12, 14]
    found = run_chart(values, [0] * 18, settings=ChartSettings())
    assert set(found.mean) == {14.0}
    assert set(found.cause) == {""}
    told = runs(values)
    # Three points lie on the median.
    assert (told.useful, told.longest, told.longest_allowed) == (15, 2, 7)
    assert (told.crossings, told.fewest_allowed, told.is_signal) == (12, 4, False)


def test_points_of_too_long_a_run_are_flagged_and_no_other() -> None:
    values = [*[9] * 9, *[1, 2] * 4, 1]
    found = run_chart(values, [0] * 18, settings=ChartSettings())
    assert found.cause.tolist() == ["run"] * 18
    assert found.direction.tolist() == [*["high"] * 9, *["low"] * 9]


def test_points_on_the_median_neither_end_nor_lengthen_a_run() -> None:
    values = [9, 9, 9, 5, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 1, 1, 1]
    told = runs(values)
    assert (told.useful, told.longest, told.crossings) == (16, 8, 1)
    assert told.in_long_run.tolist() == [True] * 3 + [False] + [True] * 13


def test_too_few_crossings_stand_at_the_last_point_and_point_nowhere() -> None:
    block = [*[9] * 6, *[1] * 6]
    values = [*block, *block]
    found = run_chart(values, [0] * 24, settings=ChartSettings())
    assert runs(values).crossings == 3
    assert found.cause.tolist() == [*[""] * 23, "crossings"]
    assert set(found.direction) == {""}


def test_a_median_holds_within_its_segment() -> None:
    found = run_chart([1, 2, 3, 7, 8, 9], [0, 0, 0, 1, 1, 1], settings=ChartSettings())
    assert found.mean.tolist() == [2, 2, 2, 8, 8, 8]
    assert found.is_trial.all()


def test_a_constant_series_has_no_useful_point_and_no_signal() -> None:
    assert runs([4] * 20).useful == 0
    assert not runs([4] * 20).is_signal
    assert not runs([]).is_signal


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
def test_a_run_is_no_longer_than_the_useful_points(values: list[int]) -> None:
    told = runs(values)
    assert told.longest + told.crossings <= told.useful
    assert told.in_long_run.sum() <= told.useful
