"""The rules one by one. Series and expected flags are those of the tests of NHSRplotthedots (tests/testthat/
test-ptd_calculate_point_type.R and its issues), of nhspy-plotthedots and of the Power BI visual PowerBI-SPC."""

from collections.abc import Sequence

import numpy as np
import pytest

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import readings
from vrin_data.methods.special_causes import in_run, special_causes, trends, two_of_three
from vrin_data.methods.xmr import xmr_chart


def causes(values: Sequence[float], settings: ChartSettings | None = None) -> tuple[list[str], list[str]]:
    found = xmr_chart(values, [0] * len(values), [True] * len(values), settings=settings or ChartSettings())
    return found.cause.tolist(), found.direction.tolist()


def trend_of(values: Sequence[float], length: int = 7, *, ties: bool = False) -> list[int]:
    return trends(np.array(values, dtype="float64"), length, passes_ties=ties).tolist()


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        # NHSRplotthedots, ptd_seven_point_one_side_mean, with every point of the run flagged
        ([], []),
        ([1] * 6, [False] * 6),
        ([1] * 6 + [-1], [False] * 7),
        ([1] * 8 + [-1], [True] * 8 + [False]),
        ([-1] * 8 + [1], [True] * 8 + [False]),
        ([0] * 9, [False] * 9),
        ([1] * 4 + [0] + [1] * 4, [False] * 9),
    ],
)
def test_seven_on_one_side_of_the_mean(side: list[int], expected: list[bool]) -> None:
    assert in_run(np.array(side, dtype="int64"), 7).tolist() == expected


def test_the_length_of_a_run_can_be_chosen() -> None:
    side = np.array([1] * 6 + [-1] * 7 + [1] * 8)
    assert [int(in_run(side, length).sum()) for length in (6, 7, 8)] == [21, 15, 8]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # NHSRplotthedots, ptd_seven_point_trend
        ([], []),
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([1, 2, 3, 4, 5, 6, 7], [1] * 7),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, *[1] * 7, 0]),
        ([7, 6, 5, 4, 3, 2, 1], [-1] * 7),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], [0, *[-1] * 7, 0]),
        # nhspy-plotthedots, test_seven_point_trend.py
        ([1, 2, 3, 4, 5, 4, 3, 2, 1, 2], [0] * 10),
        ([1] * 7, [0] * 7),
        ([1, 2, 3, 2, 1, 2, 3, 4, 5, 6, 7, 4, 3, 2, 1, 2], [0] * 4 + [1] * 7 + [0] * 5),
    ],
)
def test_seven_rising_or_falling(values: list[float], expected: list[int]) -> None:
    assert trend_of(values) == expected


# NHSRplotthedots, pull request 24: a fall with a pair of equal points in its middle.
WITH_A_PAIR = [1, 0.5, 0, -0.5, -0.5, -1, -1.5, -2]


def test_an_equal_value_ends_a_trend_or_passes_as_chosen() -> None:
    assert trend_of(WITH_A_PAIR) == [0] * 8
    assert trend_of(WITH_A_PAIR, ties=True) == [-1] * 8
    # A repeat does not count: seven points with one of them repeated are six.
    assert trend_of(WITH_A_PAIR[1:], ties=True) == [0] * 7
    assert trend_of([0, *WITH_A_PAIR, -2], ties=True) == [0, *[-1] * 8, 0]


@pytest.mark.parametrize(
    ("near", "side", "expected"),
    [
        # NHSRplotthedots, ptd_two_in_three and ptd_part_of_two_in_three: only the points near the limit
        ([1, 0, 1], [1, 1, 1], [1, 0, 1]),
        ([0, 1, 1], [1, 1, 1], [0, 1, 1]),
        ([1, 1, 0], [1, 1, 1], [1, 1, 0]),
        ([0, 0, 1, 0, 1, 0, 0], [1] * 7, [0, 0, 1, 0, 1, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [1] * 7, [0, 0, 1, 1, 0, 0, 0]),
        ([1, 0, 0, 1], [1] * 4, [0] * 4),
        ([1, 0, 0, 1, 1], [1] * 5, [0, 0, 0, 1, 1]),
        ([1, 0, 1], [1, -1, 1], [0, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [-1, 1, 1, 1, -1, 1, -1], [0, 0, 1, 1, 0, 0, 0]),
        ([0, 0, 1, 1, 0, 0, 0], [-1, -1, 1, 1, -1, 1, -1], [0] * 7),
        ([], [], []),
        ([1, 1], [1, 1], [0, 0]),
    ],
)
def test_two_of_three_all_on_one_side(near: list[int], side: list[int], expected: list[int]) -> None:
    found = two_of_three(np.array(near, dtype="int64"), np.array(side, dtype="int64"), one_side=True)
    assert found.tolist() == expected


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        # PowerBI-SPC, test/Outlier Flagging/twoInThree.test.ts: the third may lie anywhere
        ([0, 1, 1, 0, 0, 0], [0, 1, 1, 0, 0, 0]),
        ([1, 0, 1, 0, 0], [1, 0, 1, 0, 0]),
        ([0, 1, 1, -1, 0, 0], [0, 1, 1, 0, 0, 0]),
        ([0, 1, 1, 0, 1, 0, 0], [0, 1, 1, 0, 1, 0, 0]),
        ([0, -1, -1, 0, 0], [0, -1, -1, 0, 0]),
        ([1, 0, 0, 0, 0], [0] * 5),
        ([1, -1, 0], [0, 0, 0]),
    ],
)
def test_two_of_three_with_the_third_anywhere(near: list[int], expected: list[int]) -> None:
    held = np.array(near, dtype="int64")
    assert two_of_three(held, np.sign(held), one_side=False).tolist() == expected


def test_two_near_opposite_limits_are_no_signal() -> None:
    # NHSRplotthedots, tests/testthat/test-ptd_spc_standard.R, after its issue 143
    found, _ = causes([*[1, -1] * 7, 5.5, -5.5])
    assert found[-2:] == ["", ""]


def test_a_point_outside_does_not_count_as_near() -> None:
    # NHSRplotthedots, issue 153: three, of which the last alone is between near limit and limit
    lines = [np.full(3, value, dtype="float64") for value in (0, -9, 9, -6, 6)]
    found = special_causes([10, 10, 7], lines, ChartSettings())
    assert found.cause.tolist() == ["outside", "outside", ""]
    assert special_causes([10, 7, 7], lines, ChartSettings()).cause.tolist() == [
        "outside",
        "two_of_three",
        "two_of_three",
    ]


def test_a_rise_and_a_fall_of_eight_are_flagged_alike() -> None:
    # NHSRplotthedots, issue 167; the first and last lie outside 0.84 to 6.16
    up, down = causes([*range(8)]), causes([*range(0, -8, -1)])
    assert up[0] == down[0] == ["outside", *["trend"] * 6, "outside"]
    assert up[1] == ["low", *["high"] * 7]
    assert down[1] == ["high", *["low"] * 7]


def test_a_point_of_two_trends_belongs_to_the_later_and_one_outside_to_neither() -> None:
    # NHSRplotthedots, issue 200
    found, direction = causes([*range(8), *range(6, 0, -1)])
    assert found == ["outside", *["trend"] * 6, "outside", *["trend"] * 6]
    assert direction == ["low", *["high"] * 7, *["low"] * 6]
    assert trend_of([*range(8), *range(6, 0, -1)]) == [*[1] * 7, *[-1] * 7]


def test_a_fall_above_the_mean_is_a_fall() -> None:
    # NHSRplotthedots, issue 171: the direction is that of the trend, not the side of the mean
    settings = ChartSettings(improvement="up", screen_ranges=False)
    values = [*[0, 40] * 8, 39, 38, 37, 36, 35, 34, 33]
    found = xmr_chart(values, [0] * 23, [True] * 23, settings=settings)
    assert found.cause[-7:].tolist() == ["trend"] * 7
    assert readings(found, settings)[-7:].tolist() == ["concern"] * 7


def test_the_first_rule_that_holds_names_a_point() -> None:
    # outside before trend before two of three before run, as in NHSRplotthedots' pull request 180
    lines = [np.full(9, value, dtype="float64") for value in (0, -9, 9, -6, 6)]
    found = special_causes([1, 2, 3, 4, 5, 7, 10, 7, 8], lines, ChartSettings())
    assert found.cause.tolist() == [*["trend"] * 6, "outside", "two_of_three", "two_of_three"]
    later = special_causes([7, 1, 8, 1, 1, 2, 1, 2, 1], lines, ChartSettings())
    assert later.cause.tolist() == ["two_of_three", "run", "two_of_three", *["run"] * 6]
