"""Limits against published ones: the R package NHSRplotthedots, its Python port nhspy-plotthedots, and Making Data
Count's own demonstration. Expected figures are theirs, as rounded there."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import Chart, joined, readings, segments
from vrin_data.methods.xmr import limits, xmr_chart

# R's rnorm(20) after set.seed(123): the series of NHSRplotthedots' tests, tests/testthat/test-ptd_spc.R.
RNORM = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123, -0.68685285,
    -0.44566197, 1.22408180, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314, 0.49785048, -1.96661716,
    0.70135590, -0.47279141,
]  # fmt: skip
SPIKE = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]


def chart(values: Sequence[float], settings: ChartSettings | None = None, **others: list) -> Chart:
    size = len(values)
    segment, is_next = others.get("segment", [0] * size), others.get("is_next", [True] * size)
    return xmr_chart(values, segment, is_next, settings=settings or ChartSettings())


@pytest.mark.parametrize(
    ("values", "screen", "expected"),
    [
        # NHSRplotthedots, tests/testthat/_snaps/ptd_spc.md: mean, lower and upper limit
        (RNORM, True, (0.142, -3.01, 3.29)),
        (RNORM[:10], True, (0.0746, -2.60, 2.75)),
        (RNORM[10:], True, (0.209, -3.28, 3.70)),
        # NHSRplotthedots, vignettes/deviations.Rmd: the same points with and without screening, the latter as the
        # Excel tools of Making Data Count
        (SPIKE, True, (1.94, -0.72, 4.60)),
        (SPIKE, False, (1.94, -3.06, 6.95)),
        # nhspy-plotthedots, tests/unittests/test_limits_calculations.py
        ([*range(1, 11)], True, (5.5, 2.84, 8.16)),
        ([1, 2, 3, 4, 5, 4, 3, 2, 1, 2], True, (2.7, 0.04, 5.36)),
        ([3, 1, 4, 1, 5, 9, 2], True, (3.571, -6.625, 13.768)),
        ([1, 2, 3, 2, 1, 2, 3, 4, 5, 6, 7, 4, 3, 2, 1, 2], True, (3.0, -0.01467, 6.01467)),
        ([1, 2, 3], True, (2.0, -0.66, 4.66)),
    ],
)
def test_limits_are_those_published(values: list[float], screen: bool, expected: tuple[float, ...]) -> None:
    found = limits(values, screen=screen)
    assert [found.mean, found.lower, found.upper] == pytest.approx(expected, rel=0.005, abs=0.006)


def test_near_limits_are_those_published() -> None:
    # nhspy-plotthedots, the same file
    found = chart([3, 1, 4, 1, 5, 9, 2])
    assert found.near_lower[0] == pytest.approx(-3.2263492063492065)
    assert found.near_upper[0] == pytest.approx(10.36920634920635)


def test_the_demonstration_of_making_data_count_has_its_one_point_outside() -> None:
    # NHS England's film on its tool, as read off in nhspy-plotthedots, tests/unittests/test_pandas_spc_x_calc.py
    found = chart([89, 86, 75, 77, 81, 74, 72, 78, 76, 82, 77, 54, 66, 77, 86])
    assert found.mean[0] == pytest.approx(76.67, abs=0.005)
    assert found.lower[0] == pytest.approx(57, abs=0.5)
    assert found.upper[0] == pytest.approx(96, abs=0.5)
    assert found.cause.tolist() == [""] * 11 + ["outside"] + [""] * 3


def test_a_constant_series_has_its_limits_at_the_mean_and_no_cause() -> None:
    found = chart([0.1] * 12)
    assert np.allclose([*found[:5]], 0.1)
    assert set(found.cause) == {""}


def test_one_point_has_a_mean_and_no_limits() -> None:
    found = chart([4.0])
    assert found.mean.tolist() == [4.0]
    assert np.isnan([found.lower, found.upper, found.near_lower, found.near_upper]).all()
    assert found.cause.tolist() == [""]


def test_a_range_over_a_gap_stands_in_no_limit() -> None:
    # 1 to 2 and 11 to 12 are ranges of 1; from 2 to 11 there is a month between.
    found = limits([1, 2, 11, 12], [False, True, False, True])
    assert (found.mean, found.upper) == pytest.approx((6.5, 6.5 + 2.66))


def test_runs_go_on_over_a_gap() -> None:
    gap = [False, True, True, False, *[True] * 10]
    values = [*[20, 10] * 3, 20, *[-20, -10] * 3, -20]
    assert chart(values, is_next=gap).cause.tolist() == ["run"] * 14


def test_every_segment_has_its_own_limits_and_no_run_reaches_over() -> None:
    values, segment = [5, 6, 5, 6, 15, 16, 15, 16], [0] * 4 + [1] * 4
    found = chart(values, segment=segment)
    assert found.mean.tolist() == [5.5] * 4 + [15.5] * 4
    assert found.upper.tolist() == pytest.approx([5.5 + 2.66] * 4 + [15.5 + 2.66] * 4)
    assert set(found.cause) == {""}
    assert (chart(values).cause != "").any()


def test_limits_of_few_points_are_trial_limits() -> None:
    assert chart([1.0, 2.0] * 5 + [1.0]).is_trial.all()
    assert not chart([1.0, 2.0] * 6).is_trial.any()
    assert chart([1.0, 2.0] * 6, ChartSettings(trial_below=13)).is_trial.all()


@pytest.mark.parametrize(
    ("improvement", "expected"),
    [
        ("down", ["concern", "improvement"]),
        ("up", ["improvement", "concern"]),
        ("neutral", ["neutral", "neutral"]),
    ],
)
def test_what_is_better_decides_what_a_signal_means(improvement: str, expected: list[str]) -> None:
    settings = ChartSettings(improvement=improvement)
    values = [*[5, 6] * 4, 20, *[5, 6] * 4, -9]
    found = readings(chart(values, settings), settings)
    assert [found[8], found[-1]] == expected
    assert set(found) == {*expected, "common"}


def test_no_point_makes_an_empty_chart() -> None:
    assert segments([]) == []
    assert len(joined([], 0).mean) == 0
    assert len(chart([]).cause) == 0


NUMBERS = st.lists(st.integers(0, 400), min_size=2, max_size=40)


@given(NUMBERS, st.integers(1, 50), st.integers(-100, 100))
def test_other_units_give_the_same_chart(values: list[int], times: int, plus: int) -> None:
    own, other = chart(values), chart([value * times + plus for value in values])
    assert own.cause.tolist() == other.cause.tolist()
    assert own.direction.tolist() == other.direction.tolist()
    assert np.allclose(own.upper * times + plus, other.upper)


@given(NUMBERS)
def test_a_series_upside_down_has_its_signals_the_other_way(values: list[int]) -> None:
    own, other = chart(values), chart([-value for value in values])
    turned = {"high": "low", "low": "high", "": ""}
    assert [turned[one] for one in own.direction] == other.direction.tolist()
    assert own.cause.tolist() == other.cause.tolist()


@given(NUMBERS)
def test_screening_never_widens_limits(values: list[int]) -> None:
    assert limits(values).half <= limits(values, screen=False).half + 1e-9
