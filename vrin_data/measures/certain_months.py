"""Months of which another share can be told for certain than of the others: their certain counts are no trend.

An extract that begins to leave out classifications, or weapons, turns certain incidents into possible ones. What is
certain then falls although nothing did.
"""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

UNLIKELY = 0.001
"""How seldom as unlike a share may come of chance; of 36 months one in some 28 series then has one that does."""
LEAST_DIFFERENCE = 0.2
"""Fewer or more than usual by less than this share changes no trend to speak of."""

LEAST_INCIDENTS = 3
"""The same of so few incidents."""


def unlike_months(low: npt.ArrayLike, high: npt.ArrayLike, series: npt.ArrayLike) -> Flags:
    """Which months have a certain share unlike the median share of their series, by more than chance and by a fifth.

    `low` and `high` are the certain and the possible incidents (NaN for a gap), `series` the series of each. A
    binomial test, both ways: of a series whose codes grew finer in its last months, these are the unlike ones.
    """
    certain, possible = np.asarray(low, dtype="float64"), np.asarray(high, dtype="float64")
    usual = _usual_shares(certain, possible, np.asarray(series))
    is_open = (certain < possible) | (usual < 1)
    tested = is_open & (possible > 0) & (certain >= 0) & np.isfinite(usual)
    expected = usual * possible
    off = np.abs(certain - expected) > np.maximum(LEAST_DIFFERENCE * expected, LEAST_INCIDENTS)
    at = np.flatnonzero(tested & off)
    found = np.zeros(len(certain), dtype=bool)
    found[at] = _tails(certain[at], possible[at], usual[at]) < UNLIKELY
    return found


def _usual_shares(certain: Floats, possible: Floats, series: npt.NDArray[np.generic]) -> Floats:
    """By month the median over its series of the share that is certain; NaN where no month has an incident."""
    share = np.divide(certain, possible, out=np.full(len(certain), np.nan), where=possible > 0)
    usual = np.full(len(share), np.nan)
    for one in np.unique(series):
        own = series == one
        told = share[own & np.isfinite(share)]
        usual[own] = np.median(told) if len(told) else np.nan
    return usual


def _tails(certain: Floats, possible: Floats, usual: Floats) -> Floats:
    """How likely as few, or as many, are certain of so many possible ones."""
    from scipy.stats import binom

    count, size = np.rint(certain), np.rint(possible)
    return np.minimum(binom.cdf(count, size, usual), binom.sf(count - 1, size, usual))
