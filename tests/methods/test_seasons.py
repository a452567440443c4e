"""Trend, season and remainder: a published decomposition, the laws of its parts, gaps, and when it is refused."""

import numpy as np
import pytest

from vrin_data.methods.seasons import refusal, seasons, without_season

# Mean monthly air temperature at Nottingham Castle, 1920 to 1939, in degrees Fahrenheit (R dataset nottem).
NOTTEM = [
    40.6, 40.8, 44.4, 46.7, 54.1, 58.5, 57.7, 56.4, 54.3, 50.5, 42.9, 39.8, 44.2, 39.8, 45.1, 47.0, 54.1, 58.7, 66.3,
    59.9, 57.0, 54.2, 39.7, 42.8, 37.5, 38.7, 39.5, 42.1, 55.7, 57.8, 56.8, 54.3, 54.3, 47.1, 41.8, 41.7, 41.8, 40.1,
    42.9, 45.8, 49.2, 52.7, 64.2, 59.6, 54.4, 49.2, 36.3, 37.6, 39.3, 37.5, 38.3, 45.5, 53.2, 57.7, 60.8, 58.2, 56.4,
    49.8, 44.4, 43.6, 40.0, 40.5, 40.8, 45.1, 53.8, 59.4, 63.5, 61.0, 53.0, 50.0, 38.1, 36.3, 39.2, 43.4, 43.4, 48.9,
    50.6, 56.8, 62.5, 62.0, 57.5, 46.7, 41.6, 39.8, 39.4, 38.5, 45.3, 47.1, 51.7, 55.0, 60.4, 60.5, 54.7, 50.3, 42.3,
    35.2, 40.8, 41.1, 42.8, 47.3, 50.9, 56.4, 62.2, 60.5, 55.4, 50.2, 43.0, 37.3, 34.8, 31.3, 41.0, 43.9, 53.1, 56.9,
    62.5, 60.3, 59.8, 49.2, 42.9, 41.9, 41.6, 37.1, 41.2, 46.9, 51.2, 60.4, 60.1, 61.6, 57.0, 50.9, 43.0, 38.8, 37.1,
    38.4, 38.4, 46.5, 53.5, 58.4, 60.6, 58.2, 53.8, 46.6, 45.5, 40.6, 42.4, 38.4, 40.3, 44.6, 50.9, 57.0, 62.1, 63.5,
    56.3, 47.3, 43.6, 41.8, 36.2, 39.3, 44.5, 48.7, 54.2, 60.8, 65.5, 64.9, 60.1, 50.2, 42.1, 35.8, 39.4, 38.2, 40.4,
    46.9, 53.4, 59.6, 66.5, 60.4, 59.2, 51.2, 42.8, 45.8, 40.0, 42.6, 43.5, 47.1, 50.0, 60.5, 64.6, 64.0, 56.8, 48.6,
    44.2, 36.4, 37.3, 35.0, 44.0, 43.9, 52.7, 58.6, 60.0, 61.1, 58.1, 49.6, 41.6, 41.3, 40.8, 41.0, 38.4, 47.4, 54.1,
    58.6, 61.4, 61.8, 56.3, 50.9, 41.4, 37.1, 42.1, 41.2, 47.3, 46.6, 52.4, 59.0, 59.6, 60.4, 57.0, 50.7, 47.8, 39.2,
    39.4, 40.9, 42.4, 47.8, 52.4, 58.0, 60.7, 61.8, 58.2, 46.7, 46.6, 37.8,
]  # fmt: skip
# The season of `stl(nottem, s.window = "periodic")` in R, January to December.
NOTTEM_SEASON = [
    -9.3471980, -9.8552496, -6.8533008, -2.7634710, 3.5013569, 8.9833032,
    12.8452501, 11.4763813, 7.4475114, 0.4736899, -6.4301309, -9.4781423,
]  # fmt: skip
MONTHS = np.arange(48)
SEASON = 20 * np.sin(MONTHS * 2 * np.pi / 12)
PLAIN = 100 + MONTHS / 4 + SEASON


def test_the_season_is_that_of_r() -> None:
    found = seasons(np.array(NOTTEM), robust=False)
    assert found is not None
    assert found.seasonal[:12] == pytest.approx(NOTTEM_SEASON, abs=1e-6)
    assert found.seasonal[12:24] == pytest.approx(found.seasonal[:12])


@pytest.mark.parametrize("gaps", [[], [17], [20, 21, 40]])
def test_the_parts_add_up_and_a_gap_stays_a_gap(gaps: list[int]) -> None:
    values = PLAIN + np.random.default_rng(5).normal(0, 2, 48)
    values[gaps] = np.nan
    found = seasons(values)
    assert found is not None
    assert [*np.flatnonzero(found.is_filled)] == gaps
    assert [*np.flatnonzero(np.isnan(found.remainder))] == gaps
    whole = ~np.isnan(values)
    assert (found.trend + found.seasonal + found.remainder)[whole] == pytest.approx(values[whole])
    assert found.seasonal == pytest.approx(SEASON, abs=4)
    assert found.strength > 0.9


def test_months_before_the_first_and_after_the_last_have_no_parts() -> None:
    values = np.concatenate([[np.nan] * 3, PLAIN, [np.nan]])
    found = seasons(values)
    assert found is not None
    outside = [0, 1, 2, 51]
    assert [*np.flatnonzero(np.isnan(found.trend))] == outside
    assert not found.is_filled.any()
    calm = without_season(values)
    assert calm is not None
    assert calm[3:51] == pytest.approx(100 + MONTHS / 4, abs=1.5)


def test_one_month_of_disorder_does_not_make_a_season() -> None:
    values = PLAIN.copy()
    values[16] += 90
    robust, plain = seasons(values), seasons(values, robust=False)
    assert robust is not None
    assert plain is not None
    assert abs(robust.seasonal[16] - SEASON[16]) < 1
    assert abs(plain.seasonal[16] - SEASON[16]) > 10


def test_it_is_refused_where_too_little_came() -> None:
    gappy, lacking = PLAIN.copy(), PLAIN.copy()
    gappy[10:17] = np.nan
    lacking[4::12] = np.nan
    assert refusal(PLAIN[:23]) == "short"
    assert refusal(PLAIN[:0]) == "short"
    assert refusal(gappy) == "gaps"
    assert refusal(lacking) == "empty_month"
    assert refusal(np.full(36, 7.0)) == "constant"
    assert refusal(np.random.default_rng(2).poisson(0.4, 48).astype(float)) == "rare"
    assert refusal(PLAIN[:24]) == ""
    assert seasons(gappy) is None
    assert without_season(PLAIN[:23]) is None
