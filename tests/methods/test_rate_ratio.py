"""The ratio of two counts, against published figures and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from vrin_data.methods.rate_ratio import ratio_interval, ratio_of_counts

COUNTS = some.integers(0, 5000)


def test_the_limits_are_those_of_the_reference_implementation() -> None:
    # The example of R's ?poisson.test, poisson.test(c(11, 6 + 8 + 7), c(800, 1083 + 1050 + 878)): rate ratio 1.971488,
    # 95 per cent limits 0.8584264 and 4.2772659.
    times = (1083 + 1050 + 878) / 800
    low, high = ratio_interval(11, 21)
    assert float(ratio_of_counts(11, 21)) * times == pytest.approx(1.971488, abs=5e-5)
    assert [float(low) * times, float(high) * times] == pytest.approx([0.8584264, 4.2772659], abs=1e-5)


def test_nothing_under_has_no_upper_limit_and_nothing_at_all_no_ratio() -> None:
    low, high = ratio_interval([5, 0, 0], [0, 0, 4])
    assert np.isinf(high[0])
    assert low[0] > 0
    assert np.isnan([low[1], high[1]]).all()
    assert low[2] == 0
    assert high[2] == pytest.approx(1.5149, abs=1e-4)
    assert np.isnan(ratio_of_counts([5], [0])).all()


@given(COUNTS, COUNTS)
def test_turned_round_the_limits_are_the_reciprocals(over: int, under: int) -> None:
    if over and under:
        low, high = ratio_interval(over, under)
        turned = ratio_interval(under, over)
        assert float(low) == pytest.approx(1 / float(turned.high), rel=1e-6)
        assert float(low) < over / under < float(high)
