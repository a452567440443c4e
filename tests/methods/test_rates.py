"""Rates, their limits and flags against published figures, and the laws that hold for any counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vrin_data.methods.rates import byar_interval, count_interval, crude_rates, wilson_interval
from vrin_data.methods.reliability import reliability
from vrin_data.methods.standardised import standardised_rates

ESP_2013 = (5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500,
            1500, 1000)  # fmt: skip
# Counts and residents of 19 bands, with what the published tests of pyphindicators (a port of PHEindicatormethods,
# MIT licence) say of them.
EVENTS = (50, 55, 55, 55, 60, 60, 65, 70, 70, 70, 70, 65, 60, 55, 50, 40, 25, 15, 10)
RESIDENTS = (509, 559, 559, 559, 609, 609, 659, 709, 709, 709, 709, 659, 609, 559, 509, 409, 259, 159, 109)


def test_byars_lower_limit_as_the_port_of_the_public_health_package_prints_it() -> None:
    # Its upper limit of 100, 121.6246, divides by 9 x 100 + 1 for 9 (100 + 1), and is not taken over.
    assert byar_interval(100).low == pytest.approx(81.36210549052788)
    assert byar_interval(100).high == pytest.approx(101 * (1 - 1 / 909 + 1.959964 / (3 * 101**0.5)) ** 3)
    assert byar_interval(0).low == 0


def test_wilsons_limits_as_the_same_tests_print_them() -> None:
    # 100 of 10,000 in percent, and 100 of 1,000.
    assert wilson_interval(100, 10000) == pytest.approx((0.008229336148148417, 0.012146982255114647))
    assert wilson_interval(100, 1000) == pytest.approx((0.0829094435930957, 0.1201519631953484))


def test_a_rate_per_100000_and_its_lower_limit_as_the_same_tests_print_them() -> None:
    found = crude_rates(100, 10000, per=100_000)
    assert [*map(float, found[:2])] == pytest.approx([1000, 813.6210549052789])
    assert found.method == "byar"


def test_below_ten_events_the_limits_are_the_exact_ones() -> None:
    # Garwood 1936: 9 events, 4.11537 to 17.08480.
    found = crude_rates([9, 0], [1000, 1000], per=1000)
    assert (found.low[0], found.high[0]) == pytest.approx((4.11537, 17.08480), abs=1e-5)
    assert (found.low[1], found.high[1]) == pytest.approx((0, 3.68888), abs=1e-5)
    assert found.method.tolist() == ["exact", "exact"]


def test_without_residents_there_is_no_rate() -> None:
    assert np.isnan(crude_rates(5, 0, per=1000)[:3]).all()
    assert np.isnan(wilson_interval(0, 0)).all()


def test_a_standardised_rate_with_dobsons_limits_as_the_same_tests_print_it() -> None:
    found = standardised_rates(EVENTS, RESIDENTS, ESP_2013, per=100_000)
    assert found == pytest.approx((9832.763039564017, 9232.668299548477, 10461.61759955204))


def test_below_ten_events_or_without_residents_nothing_is_standardised() -> None:
    found = standardised_rates(
        [[4, 5], [5, 5], [9, 9], [0, 12]], [[9, 9], [9, 9], [0, 9], [0, 9]], [1, 1], per=1
    )
    assert np.isnan(found.value).tolist() == [True, False, True, False]
    assert np.isnan(found.low).tolist() == [True, False, True, False]


@given(st.lists(st.integers(1, 900), min_size=3, max_size=3), st.integers(10, 5000))
@settings(max_examples=40, deadline=None)
def test_with_the_ages_of_the_standard_it_is_the_crude_rate(events: list[int], people: int) -> None:
    standard = np.array([50, 30, 20])
    found = standardised_rates(np.array(events) + 3, standard * people, standard, per=1000)
    crude = crude_rates(sum(events) + 9, 100 * people, per=1000)
    assert found.value == pytest.approx(crude.value)


@given(st.integers(10, 100_000))
@settings(max_examples=60, deadline=None)
def test_byars_limits_lie_close_to_the_exact_ones(count: int) -> None:
    # "Within 0.2% of the exact value for numerators of 10 or more" (Fingertips technical guide, confidence intervals).
    from vrin_data.methods.intervals import poisson_interval

    assert np.array(count_interval(count)) == pytest.approx(np.array(poisson_interval(count)), rel=0.002)


def test_the_flags_of_few_events() -> None:
    assert reliability([0, 2, 3, 19, 20]).tolist() == ["few", "few", "unreliable", "unreliable", ""]
