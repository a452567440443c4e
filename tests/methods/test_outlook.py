"""Exponential smoothing and the outlook made of it: R's figures, gaps, the back-test, and when none is offered."""

import numpy as np
import pytest

from vrin_data.methods.outlook import NOT_BETTER, TOO_NARROW, BackTest, Outlook, _verdict, outlook
from vrin_data.methods.smoothing import Fitted, fitted

# International tourist nights in Australia in millions, quarterly, 1999 to 2015 (austourists of fpp2, Hyndman and
# Athanasopoulos 2018).
NIGHTS = [
    30.0525, 19.1485, 25.3177, 27.5914, 32.0765, 23.488, 28.4759, 35.1238, 36.8385, 25.007, 30.7222, 28.6938,
    36.641, 23.8246, 29.3117, 31.7703, 35.1779, 19.7752, 29.6017, 34.5388, 41.2736, 26.6559, 28.2799, 35.1912,
    42.2057, 24.6492, 32.6673, 37.2574, 45.2425, 29.3505, 36.3442, 41.7821, 49.2766, 31.2754, 37.8506, 38.837,
    51.2369, 31.8386, 41.3234, 42.799, 55.7084, 33.4071, 42.3166, 45.1571, 59.5761, 34.8373, 44.8417, 46.9712,
    60.019, 38.3712, 46.9759, 50.7338, 61.6469, 39.2996, 52.6712, 54.3323, 66.8344, 40.8712, 51.8285, 57.4919,
    65.2515, 43.0612, 54.7608, 59.8345, 73.257, 47.6966, 61.0978, 66.0558,
]  # fmt: skip
# forecast::ets(austourists, "ANA") in R, as statsmodels keeps it among the results that its own tests compare with.
R_ALPHA, R_GAMMA, R_VARIANCE = 0.54216695, 0.39203017, 6.56104274
R_FORECAST = [75.32914757, 50.16726775, 62.21021038, 65.90296904]
MONTHS = np.arange(48)
PLAIN = 100 + 20 * np.sin(MONTHS * 2 * np.pi / 12)


def noisy(seed: int, *, spread: float = 5, length: int = 48) -> np.ndarray:
    return (PLAIN + np.random.default_rng(seed).normal(0, spread, 48))[:length]


def test_the_fit_is_that_of_r_within_one_per_cent() -> None:
    (found,) = fitted(np.array(NIGHTS), [len(NIGHTS)], period=4)
    assert found.means(4) == pytest.approx(R_FORECAST, rel=0.01)
    assert found.variance == pytest.approx(R_VARIANCE, rel=0.01)
    assert (found.alpha, found.gamma) == pytest.approx((R_ALPHA, R_GAMMA), abs=0.05)


def test_the_spread_grows_as_the_published_formula_has_it() -> None:
    one = Fitted(alpha=0.5, gamma=0.2, state=np.zeros(5), variance=4.0, start_variances=np.zeros(4))
    # 1 + (h - 1) alpha^2 + gamma k (2 alpha + gamma), k whole years of four quarters before the step.
    expected = [1, 1.25, 1.5, 1.75, 2 + 0.24, 2.25 + 0.24]
    assert np.square(one.spreads(6)) / 4 == pytest.approx(expected)


def test_a_plain_season_is_carried_on_and_a_gap_changes_nothing() -> None:
    gappy = PLAIN.copy()
    gappy[[13, 30]] = np.nan
    for values in (PLAIN, gappy):
        told = outlook(values)
        assert told.outlook is not None
        assert told.outlook.means == pytest.approx(PLAIN[:12], abs=0.01)


def test_an_outlook_beats_the_year_before_on_noise_about_a_steady_season() -> None:
    told = outlook(noisy(4))
    assert told.reason == ""
    assert told.test is not None
    assert told.test.error_own < told.test.error_naive
    assert (told.test.origins, told.test.forecasts) == (24, 222)
    assert 0.6 < told.test.coverage80 <= told.test.coverage95 <= 1


def test_intervals_hold_about_as_often_as_they_say() -> None:
    tests = [outlook(noisy(seed)).test for seed in range(12)]
    inside80 = np.mean([one.coverage80 for one in tests if one])
    inside95 = np.mean([one.coverage95 for one in tests if one])
    print(f"months within the 80% interval: {inside80:.0%}; within the 95% interval: {inside95:.0%}")
    assert inside80 == pytest.approx(0.8, abs=0.05)
    assert inside95 == pytest.approx(0.95, abs=0.03)


def test_where_the_year_before_does_as_well_nothing_is_offered() -> None:
    # Each year is as the one before but for its last months, which no smoothing can know of.
    years = np.tile(np.random.default_rng(1).normal(100, 30, 12), 3)
    told = outlook(years)
    assert told.reason == "not_better"
    assert told.test is not None
    assert told.test.error_naive == 0


def test_it_is_refused_where_too_little_came() -> None:
    gappy = noisy(1)
    gappy[20:27] = np.nan
    late = np.concatenate([[np.nan] * 10, noisy(1, length=35)])
    assert outlook(noisy(1, length=35)).reason == "short"
    assert outlook(late).reason == "short"
    assert outlook(np.array([])).reason == "short"
    assert outlook(gappy).reason == "gaps"
    assert outlook(np.random.default_rng(2).poisson(0.4, 48).astype(float)).reason == "rare"


def test_no_count_falls_below_nought() -> None:
    made = Outlook(np.array([1.0, 0.0]), np.array([2.0, 2.0]))
    lower, upper = made.interval(95)
    assert [*lower] == [0, 0]
    assert upper == pytest.approx([4.92, 3.92], abs=0.01)


def test_the_same_series_always_has_the_same_outlook() -> None:
    first, again = outlook(noisy(9)), outlook(noisy(9))
    assert first.outlook is not None
    assert again.outlook is not None
    assert [*first.outlook.means] == [*again.outlook.means]
    assert first.test == again.test


def test_an_outlook_whose_bands_let_too_many_months_out_is_not_offered() -> None:
    test = BackTest(error_own=5, error_naive=9, coverage80=0.64, coverage95=0.77, origins=12, forecasts=70)
    assert _verdict(test) == TOO_NARROW
    assert _verdict(test._replace(coverage95=0.93)) == ""
    assert _verdict(test._replace(coverage95=0.93, error_own=9)) == NOT_BETTER
