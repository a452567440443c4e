"""Two periods against each other: published tests and tables, and what must hold whatever the counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from vrin_data.methods.two_periods import difference_of_sums, rate_ratio, root_z, split_p_values


def test_rs_own_example_of_two_rates() -> None:
    # poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)): lung cancer in Fredericia against three other Danish
    # cities (ISwR, eba1977). The ratio 1.971488 stands in the tests of the R package tidystats, the limits 0.8649 to
    # 4.2288 in the binomial test that R's page says it is made of. R's p-value for unequal times, 0.07966863, adds up
    # what is less likely instead; twice the smaller tail is never smaller.
    found = rate_ratio(21, 11, time_before=3011, time_now=800)
    assert found.value == pytest.approx(1.971488, abs=1e-6)
    share = binomtest(11, 32).proportion_ci(0.95, method="exact")
    assert (found.low, found.high) == pytest.approx(
        [one / (1 - one) * 3011 / 800 for one in (share.low, share.high)]
    )
    assert binomtest(11, 32, 800 / 3811).pvalue == pytest.approx(0.07966863, abs=1e-8)
    assert found.p_value >= 0.07966863


@pytest.mark.parametrize(("before", "now", "e_test"), [(2, 6, 0.1749), (0, 3, 0.0884)])
def test_the_conditional_test_is_more_careful_than_the_e_test(before: int, now: int, e_test: float) -> None:
    # Krishnamoorthy and Thomson 2004, as Wheeler prints them in the R package ptools (e_test).
    assert rate_ratio(before, now).p_value > e_test


def test_the_p_value_of_a_split_is_the_exact_binomial_one() -> None:
    # By hand: 2 of 64 ways for 0 of 6, 2 (1 + 8) of 256 for 1 of 8, all of them for an even split.
    found = split_p_values(np.array([0, 7, 5, 0]), np.array([6, 1, 5, 0]))
    assert found == pytest.approx([2 / 64, 18 / 256, 1, 1])


@pytest.mark.parametrize(("before", "now"), [(3, 9), (9, 3), (0, 1), (40, 61), (1, 1), (826, 802), (30, 20)])
def test_the_p_value_is_that_of_scipy(before: int, now: int) -> None:
    assert split_p_values(before, now) == pytest.approx(binomtest(now, before + now, 0.5).pvalue)


def test_wheelers_rule_of_thumb() -> None:
    # 30 to 20 is -2.0: within 3, so chance can explain it.
    assert root_z([30, 826, 16, 4], [20, 802, 36, 25]) == pytest.approx([-2.0102, -0.8412, 4, 6], abs=1e-4)


def test_a_difference_of_weighted_sums() -> None:
    # Wheeler and Ratcliffe 2018: an estimate of -118 with the standard error sqrt(1568) lies from -196 to -40.
    found = difference_of_sums(118, 0, variance=1568)
    assert (found.value, found.low, found.high) == pytest.approx((-118, -195.6, -40.4), abs=0.1)
    wide = difference_of_sums(118, 0, variance=1568, dispersion=4)
    assert wide.high - wide.value == pytest.approx(2 * (found.high - found.value))
    assert difference_of_sums(118, 0, variance=1568, dispersion=0.3) == found


@given(st.integers(0, 3000), st.integers(0, 3000))
@settings(max_examples=80, deadline=None)
def test_the_limits_leave_out_one_exactly_where_chance_is_below_five_percent(before: int, now: int) -> None:
    found, back = rate_ratio(before, now), rate_ratio(now, before)
    if before + now:
        assert (found.p_value < 0.05) == (not found.low <= 1 <= found.high)
        assert found.p_value == pytest.approx(back.p_value)
    if before and now:
        assert found.low <= found.value <= found.high
        assert 1 / found.low == pytest.approx(back.high)
