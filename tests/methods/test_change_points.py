"""Questions about changes of level: a published series, a planted step, and how rarely noise is asked about."""

import numpy as np
import pytest

from vrin_data.methods.change_points import change_points

# Annual flow of the Nile at Aswan, 1871 to 1970, in 10^8 m3 (R dataset Nile; Cobb 1978). The break after 1898 is the
# textbook case of strucchange and ruptures alike.
NILE = [
    1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
    1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
    831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759,
    781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890,
    744, 749, 838, 1050, 918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
]  # fmt: skip


def test_the_nile_changed_after_1898() -> None:
    (found,) = change_points(np.array(NILE, dtype=float))
    assert 1871 + found.position == 1899
    assert found.before == pytest.approx(1097.75)
    assert found.after == pytest.approx(849.9722, abs=1e-4)
    assert found.gain == pytest.approx(0.4366, abs=1e-4)


def test_a_step_is_asked_about_at_its_month_and_a_rise_and_fall_at_both() -> None:
    noise = np.random.default_rng(7).normal(0, 4, 36)
    (step,) = change_points(60 + 20 * (np.arange(36) >= 24) + noise)
    assert step.position == 24
    found = change_points(60 + 25 * ((np.arange(36) >= 12) & (np.arange(36) < 24)) + noise)
    assert [one.position for one in found] == [12, 24]


def test_pure_noise_is_asked_about_in_about_five_of_a_hundred_series() -> None:
    generator = np.random.default_rng(20260401)
    asked = [bool(change_points(generator.poisson(20, 36).astype(float))) for _ in range(200)]
    print(f"change points asked about in {np.mean(asked):.1%} of 200 series of 36 months of pure noise")
    assert np.mean(asked) < 0.1


@pytest.mark.parametrize("values", [[], [5.0] * 36, [1.0, 9.0] * 5, [0.0] * 24 + [2.0] * 10])
def test_a_short_constant_or_rare_series_is_not_asked_about(values: list[float]) -> None:
    assert change_points(np.array(values)) == []
