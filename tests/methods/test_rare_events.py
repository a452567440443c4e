"""Charts of rare events against published ones."""

import numpy as np
import pytest

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.rare_events import gaps_in_days, more_or_fewer, t_chart, years_of

# PowerBI-SPC, test/fixtures/golden/t/basic.qicharts2.json (calculated in R by Nelson's method).
DAYS = [
    16, 20, 5, 13, 1, 26, 46, 12, 12, 5, 19, 4, 3, 15, 14, 9, 8, 15, 21, 6, 3, 1, 56, 117, 1, 33, 9, 9, 19, 12, 1, 16,
    13, 18, 1, 35, 16, 5, 21, 38, 3, 25, 3, 11, 13, 20, 9, 3, 8, 21, 24, 38, 8, 13, 9, 1, 30, 23, 3, 7, 22, 19, 11, 31,
    6, 1, 1,
]  # fmt: skip


def test_limits_of_days_between_are_those_published() -> None:
    found = t_chart(DAYS, settings=ChartSettings(screen_ranges=False))
    # The published limits are at 3 / 1.128 ranges, those of Making Data Count at 2.66.
    assert found.mean[0] == pytest.approx(11.2051, abs=5e-5)
    assert found.upper[0] == pytest.approx(106.0418, rel=5e-4)
    assert found.near_upper[0] == pytest.approx(57.8835, rel=5e-4)
    assert found.lower[0] == pytest.approx(0.0079, abs=1e-4)
    assert [DAYS[at] for at in np.flatnonzero(found.cause == "outside")] == [117]


def test_events_that_come_closer_together_are_more_events() -> None:
    found = more_or_fewer(t_chart([*[30, 40] * 6, *[3, 4] * 4], settings=ChartSettings()))
    assert set(found.direction[-8:]) == {"high"}
    assert set(found.direction[:12]) <= {"low", ""}


def test_two_on_one_day_are_no_days_apart_and_limits_end_at_0() -> None:
    found = t_chart([0, 0, 90, 0, 60, 0], settings=ChartSettings())
    assert (found.lower == 0).all()
    assert np.isfinite(found.upper).all()


def test_twelve_months_are_counted_back_from_the_last() -> None:
    assert years_of([100, 110, 111, 112, 123], 123).tolist() == [1, 1, 1, 0, 0]


def test_days_between() -> None:
    assert gaps_in_days([3, 3, 10]).tolist() == [0, 7]
