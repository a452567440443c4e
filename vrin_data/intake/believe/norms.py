"""How many incidents a supplier usually has in a period, from its own other periods.

A period is compared with the median of those nearest to it in time, once the season is taken out.
Counts are compared by square roots, which makes the noise of small and large counts alike; what a
supplier's counts vary beyond that noise is measured on its other periods. Everything rests on
medians, so that a partial or doubled period among the others does no harm.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

NEAREST = 4
"""Other periods that make the level: enough to even out noise, few enough to follow season and trend."""
NEAREST_FOR_SEASON = 12
LEAST_YEARS = 2
SEASON_TRUST = 44.0
"""Incidents at which a season's factor is half believed: the noise of so many is about 15%."""
LEAST_VARIATION = 0.08
"""Share by which any supplier's months vary beyond chance, known before its history is."""
FEW = 1.5
"""By how much of 1/others the spread is widened, since few periods tell little of it."""
STABLE = 3 / 8
MEDIAN_TO_SIGMA = 1.4826


@dataclass(frozen=True)
class Norms:
    """For each period: the usual count, and how far the period's own is from it in spreads (z)."""

    usual: Floats
    z: Floats


def norms(periods: Ints, counts: Floats, *, periods_a_year: int) -> Norms:
    """The usual count of each period, told by the others. `periods` are running numbers, two at least."""
    nearest = _nearest(periods)
    season = _seasons(periods, counts, nearest[:, :NEAREST_FOR_SEASON], periods_a_year)
    usual = np.median((counts / season)[nearest[:, :NEAREST]], axis=1) * season
    distance = 2 * (np.sqrt(counts + STABLE) - np.sqrt(usual + STABLE))
    return Norms(usual, distance / _spreads(distance, usual))


def _nearest(periods: Ints) -> Ints:
    """For each period the others, the nearest in time first."""
    gaps = np.abs(periods[:, None] - periods[None, :]).astype(float)
    np.fill_diagonal(gaps, np.inf)
    return np.argsort(gaps, axis=1, kind="stable")[:, :-1].astype(np.int64)


def _seasons(periods: Ints, counts: Floats, nearest: Ints, periods_a_year: int) -> Floats:
    """Factor of each period's time of the year, from other years; 1 where there are fewer than two."""
    level = np.median(counts[nearest], axis=1)
    ratio = np.divide(counts, level, out=np.ones_like(counts), where=level > 0)
    factors = np.ones_like(counts)
    if periods_a_year == 1:
        return factors
    for time_of_year in range(periods_a_year):
        alike = np.flatnonzero(periods % periods_a_year == time_of_year)
        if len(alike) > LEAST_YEARS:
            for own in alike:
                others = alike[alike != own]
                trust = level[others].sum() / (level[others].sum() + SEASON_TRUST)
                factors[own] = 1 + trust * (np.median(ratio[others]) - 1)
    # A time of the year in which nothing ever happens leaves a sliver, to divide by.
    return np.maximum(factors, 0.05)


def _spreads(distance: Floats, usual: Floats) -> Floats:
    """How far periods lie from what is usual, for each period as the others tell; 1 is bare chance."""
    count = len(distance)
    far = np.abs(distance)
    others = np.array([np.median(np.delete(far, own)) for own in range(count)])
    least = np.sqrt(1 + LEAST_VARIATION**2 * usual)
    return np.maximum(MEDIAN_TO_SIGMA * others, least) * (1 + FEW / (count - 1))
