"""The limits of funnel plots: published examples with and without over-dispersion, and what must hold of any counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.methods.funnel import (
    DEVIATES,
    TAILS,
    adjusted_distances,
    chance_limits,
    classes,
    distances,
    spread,
    wider_limits,
)

# Days in hospital observed and expected at each of 54 hospitals of Arizona in 1991: the vignette "Funnel plots" of
# the R package FunnelPlotR (NHS-R Community), which takes the data set medpar of the R package COUNT (Hilbe 2014) and
# expects what a Poisson regression on hmo, died, age80 and type of admission does; expected days to two decimals.
HOSPITALS = np.array([
    (406, 523.70), (642, 612.98), (46, 53.79), (764, 763.72), (82, 120.94), (201, 250.19), (193, 155.49),
    (569, 484.71), (404, 362.22), (134, 188.93), (614, 554.38), (491, 616.74), (501, 360.15),
    (131, 245.61), (274, 263.56), (124, 154.66), (456, 475.02), (48, 38.93), (429, 445.10), (14, 28.80),
    (369, 347.54), (8, 7.56), (37, 73.21), (128, 118.11), (145, 273.34), (493, 449.79), (104, 172.38),
    (6, 19.20), (308, 321.86), (34, 36.56), (7, 19.96), (935, 851.72), (134, 198.94), (339, 302.39),
    (458, 410.16), (22, 45.87), (2, 9.67), (160, 212.34), (87, 38.92), (55, 31.74), (252, 285.64),
    (174, 186.66), (43, 33.98), (228, 255.65), (210, 242.03), (321, 279.48), (631, 619.26), (543, 626.13),
    (105, 145.67), (389, 413.86), (92, 111.26), (1012, 685.59), (283, 181.11), (95, 24.81),
], dtype="float64")  # fmt: skip
# Six units of the same package's own tests (tests/testthat/test-classes_methods.R).
SIX = np.array([(100, 108), (150, 112), (180, 165), (80, 95), (120, 100), (225, 220)], dtype="float64")


def test_nine_hospitals_stand_out_once_over_dispersion_is_allowed_for():
    # The vignette: "Given these adjustments, we now only have nine organisations showing special-cause variation."
    observed, expected = HOSPITALS.T
    found = spread(observed, expected, outliers="trim", scale="log")
    low, high = wider_limits(expected, found.tau2, DEVIATES["998"], scale="log")
    assert np.flatnonzero((observed > high) | (observed < low)).size == 9
    assert found.used == 44
    assert (found.phi, found.tau2) == pytest.approx((8.533, 0.02841), rel=2e-4)


def test_far_more_hospitals_stand_out_by_chance_alone():
    observed, expected = HOSPITALS.T
    by_chance = classes(observed, expected, 0.0)
    allowed_for = classes(observed, expected, spread(observed, expected).tau2)
    assert np.isin(by_chance, ["high998", "low998"]).sum() == 23
    assert np.isin(allowed_for, ["high998", "low998"]).sum() == 2


def test_the_ratio_of_dispersion_is_the_published_one():
    # round(phi, 6) is 2.948033 there, by the method of the mortality indicator.
    assert round(spread(*SIX.T, outliers="trim", scale="log").phi, 6) == 2.948033


def test_limits_of_chance_are_those_of_single_poisson_probabilities():
    # Poisson with mean 15: 8 or fewer 3.7%, 7 or fewer 1.8%; 23 or more 3.3%, 24 or more 2.0% (R: ppois).
    low, high = chance_limits([15.0], TAILS["95"])
    assert 7 < low[0] < 8
    assert 23 < high[0] < 24


@given(
    st.floats(0.05, 400),
    st.integers(0, 500),
    st.sampled_from(["95", "998"]),
)
def test_a_count_is_outside_just_where_as_far_or_further_is_rarer_than_the_tail(expected, count, name):
    from scipy.stats import poisson

    low, high = (limit[0] for limit in chance_limits([expected], TAILS[name]))
    above, below = poisson.sf(count - 1, expected), poisson.cdf(count, expected)
    near = min(abs(above - TAILS[name]), abs(below - TAILS[name])) < 1e-9
    if not near:
        assert (count > high) == (above < TAILS[name])
        assert (count < low) == (below < TAILS[name])


@given(st.lists(st.tuples(st.integers(0, 300), st.floats(0.5, 300)), min_size=2, max_size=30))
def test_what_areas_differ_by_beyond_chance_only_widens_the_limits(pairs):
    observed, expected = np.array(pairs, dtype="float64").T
    found = spread(observed, expected)
    assert found.tau2 >= 0
    own, none = (wider_limits(expected, tau2, DEVIATES["95"]) for tau2 in (found.tau2, 0.0))
    assert (own.low <= none.low + 1e-9).all()
    assert (own.high >= none.high - 1e-9).all()
    closer = np.abs(adjusted_distances(observed, expected, found.tau2))
    assert (closer <= np.abs(distances(observed, expected)) + 1e-9).all()


def test_areas_that_differ_by_chance_alone_are_given_no_more_room():
    random = np.random.default_rng(7)
    expected = random.uniform(50, 500, 4000)
    found = spread(random.poisson(expected), expected, outliers="none")
    assert found.phi == pytest.approx(1, abs=0.05)
    assert found.tau2 < 0.001


def test_a_known_variance_between_areas_is_found():
    random = np.random.default_rng(8)
    expected = random.uniform(200, 900, 3000)
    # A standard deviation of 0.3 of the ratio is one of 0.15 of its root.
    found = spread(random.poisson(expected * random.gamma(1 / 0.09, 0.09, 3000)), expected, outliers="none")
    assert found.tau2 == pytest.approx(0.15**2, rel=0.1)


def test_what_has_no_expected_count_is_in_no_class_and_no_estimate():
    observed, expected = np.array([10.0, 4.0, np.nan, 90.0]), np.array([10.0, 0.0, 20.0, 30.0])
    assert [*classes(observed, expected, 0.0)] == ["within", "none", "none", "high998"]
    assert spread(observed, expected).used == 2
    assert spread(observed[:1], expected[:1]) == (1.0, 0.0, 1)


def test_no_incidents_are_low_only_where_some_were_to_be_expected():
    assert [*classes([0, 0, 0], [3.0, 4.0, 8.0], 0.0)] == ["within", "low95", "low998"]
    assert [*classes([0], [8.0], 0.3)] == ["within"]


def test_an_area_whose_range_crosses_a_limit_is_open_and_one_beyond_it_at_both_ends_is_not():
    low, most, due = [0, 0, 7, 20, 14, 8], [8, 0, 9, 20, 20, 40], [8.0] * 6
    assert [*classes(low, due, 0.0)] == ["low998", "low998", "within", "high998", "within", "within"]
    found = classes(low, due, 0.0, most=most)
    assert [*found] == ["open", "low998", "within", "high998", "open", "open"]
    assert [*classes([15, np.nan], [8.0, 8.0], 0.0, most=[30, 9])] == ["high95", "none"]
