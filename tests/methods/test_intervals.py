"""The intervals against published worked examples, and the laws that hold for any counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vrin_data.contract.definitions import definition
from vrin_data.contract.weights import edition
from vrin_data.measures.largest_weight import largest_weight
from vrin_data.methods.intervals import (
    fay_feuer_interval,
    interval_of_sums,
    poisson_interval,
)

# Births with Down's syndrome in Michigan, 1950 to 1964, by age of the mother, of mothers who had five children or
# more; births of the same mothers, and of all. Fleiss 1981, table 14.4; used by Fay and Feuer 1997.
CASES = (0, 8, 63, 112, 262, 295)
BIRTHS = (327, 30_666, 123_419, 149_919, 104_088, 34_392)
ALL_BIRTHS = (319_933, 931_318, 786_511, 488_235, 237_863, 61_313)


def test_the_gamma_interval_of_the_authors_own_example() -> None:
    # Printed in the vignette of the R package dsrTest 1.0.0 (method "gamma", per 100,000).
    weights = 1e5 * np.array(ALL_BIRTHS) / sum(ALL_BIRTHS) / np.array(BIRTHS)
    low, high = fay_feuer_interval(weights, CASES, weights.max())
    assert (weights * CASES).sum() == pytest.approx(75.52901, abs=5e-6)
    assert (low, high) == pytest.approx((67.70212, 188.30017), abs=5e-6)


# Garwood 1936; from 1 to 99 as the National Vital Statistics Reports (United States) table them as factors of a count.
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.68888), (1, 0.02532, 5.57164), (2, 0.24221, 7.22469), (10, 4.79539, 18.39036), (99, 80.4632, 120.5285)],
)
def test_exact_poisson_limits(count: int, low: float, high: float) -> None:
    assert poisson_interval(count) == pytest.approx((low, high), rel=2e-5, abs=1e-4)


@given(st.integers(0, 10_000_000), st.floats(0.1, 6000))
@settings(max_examples=60, deadline=None)
def test_with_equal_weights_it_is_the_exact_poisson_interval(count: int, weight: float) -> None:
    low, high = poisson_interval(count)
    assert interval_of_sums(weight * count, weight**2 * count, weight) == pytest.approx((weight * low, weight * high))


@given(st.lists(st.tuples(st.sampled_from([0.3, 1, 10, 182.5, 1460, 5475]), st.integers(0, 500)), min_size=1))
@settings(max_examples=60, deadline=None)
def test_the_total_lies_within_its_interval_and_a_larger_weight_never_narrows_it(
    incidents: list[tuple[float, int]],
) -> None:
    weights, counts = zip(*incidents, strict=True)
    total = float(np.dot(weights, counts))
    low, high = fay_feuer_interval(weights, counts, max(weights))
    wider = fay_feuer_interval(weights, counts, 10_000)
    assert 0 <= low <= total <= high <= wider.high
    assert wider.low == low


def test_many_totals_are_answered_at_once_and_alike() -> None:
    totals, squares = np.array([0.0, 10.0, 5485.0]), np.array([0.0, 100.0, 5475.0**2 + 100])
    together = interval_of_sums(totals, squares, 5475)
    apart = [interval_of_sums(total, square, 5475) for total, square in zip(totals, squares, strict=True)]
    assert together.low.tolist() == [float(one.low) for one in apart]
    assert together.high.tolist() == [float(one.high) for one in apart]
    assert together.low[0] == 0
    assert together.high[0] == pytest.approx(5475 * 3.688879)


def test_the_largest_weight_is_that_of_the_gravest_offence_a_definition_may_count() -> None:
    # Of most serious violence homicide weighs most, and after it attempted murder.
    cchi, most_serious = edition("cchi-2020"), definition("most-serious-violence")
    assert largest_weight(most_serious, cchi) == 5475
    assert largest_weight(most_serious.without_offences(("HOM",)), cchi) == 3285
    assert largest_weight(definition("assault-admissions"), cchi) is None
