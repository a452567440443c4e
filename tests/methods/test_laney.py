"""u' and p' charts against published limits."""

import numpy as np
import pytest

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.laney import p_prime, u_prime

# Accident and emergency departments of England, from PowerBI-SPC, test/fixtures/golden/up and pp/basic.qicharts2.json
# (calculated in R by Laney's method).
COUNTS = [
    266501, 264225, 276532, 281461, 269071, 261215, 270409, 279778, 270483, 270320, 267923, 271478, 255353, 256820,
    261835, 259144, 255910, 260863, 264465, 260989,
]  # fmt: skip
SIZES = [
    280443, 276823, 291681, 296155, 282343, 275888, 283867, 295251, 284468, 282529, 279618, 283932, 266629, 268091,
    276803, 271578, 266005, 273520, 278574, 273772,
]  # fmt: skip
UPPER = [0.96567, 0.965753, 0.965421, 0.965326, 0.965627, 0.965775, 0.965593, 0.965345, 0.965579, 0.965623]
LOWER = [0.94013, 0.940046, 0.940378, 0.940473, 0.940173, 0.940025, 0.940207, 0.940454, 0.94022, 0.940177]
NEAR_UPPER = [0.961413, 0.961469, 0.961247, 0.961184]
ALL = ChartSettings(screen_ranges=False)


def of_one(size: int) -> tuple[list[int], list[bool]]:
    return [0] * size, [True] * size


@pytest.mark.parametrize("make", [u_prime, p_prime])
def test_limits_are_those_published(make: object) -> None:
    found = make(COUNTS, SIZES, *of_one(20), settings=ALL)  # type: ignore[operator]
    assert found.mean == pytest.approx([0.9529] * 20, abs=5e-5)
    assert found.upper[:10] == pytest.approx(UPPER, abs=2e-6)
    assert found.lower[:10] == pytest.approx(LOWER, abs=2e-6)
    assert found.near_upper[:4] == pytest.approx(NEAR_UPPER, abs=2e-6)


def test_with_one_denominator_the_limits_are_nearly_those_of_an_xmr_chart() -> None:
    from vrin_data.methods.xmr import limits

    counts = [12, 15, 11, 18, 14, 13, 16, 19, 12, 14, 17, 11]
    found = u_prime(counts, [2.0] * 12, *of_one(12), settings=ALL)
    own = limits(np.array(counts) / 2, screen=False)
    # 3 / 1.128 is 2.6596 where Making Data Count has 2.66.
    assert found.upper[0] == pytest.approx(own.upper, rel=2e-4)
    assert found.mean[0] == pytest.approx(own.mean)


def test_a_larger_denominator_has_narrower_limits() -> None:
    found = u_prime([5, 9, 5, 40, 60, 50], [1, 1, 1, 10, 10, 10], *of_one(6), settings=ALL)
    width = found.upper - found.lower
    assert (width[3:] < width[:3]).all()


def test_nothing_counted_has_its_limits_at_0() -> None:
    found = u_prime([0] * 6, [2.0] * 6, *of_one(6), settings=ChartSettings())
    assert np.array_equal(np.vstack(found[:5]), np.zeros((5, 6)))
    assert set(found.cause) == {""}
