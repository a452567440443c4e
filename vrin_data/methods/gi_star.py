"""Getis-Ord Gi*: whether an area and those that touch it hold more than as many areas picked at random."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Steps = npt.NDArray[np.int64]
STEPS = 4095
"""The values are laid on so many equal steps, so that the sums that chance can give are whole numbers."""
LEAST_P = 1e-12
"""What the arithmetic can tell from nothing."""
FALSE_SHARE = 0.05
"""The share of the spots that may be false (Benjamini and Hochberg 1995)."""


class GiStar(NamedTuple):
    """By area: the standardised statistic, how likely chance gives as much, and the same corrected for all tests."""

    z: Floats
    p_value: Floats
    q_value: Floats

    @property
    def is_spot(self) -> Flags:
        """Which areas stand out upwards."""
        return (self.q_value < FALSE_SHARE) & (self.z > 0)


def gi_star(values: npt.ArrayLike, touching: Any) -> GiStar:
    """Gi* of every area with itself and the areas that touch it, each counting once.

    `touching` is a sparse matrix, 1 where two areas touch. An area that touches none is judged alone.
    z is the statistic as published (Ord and Getis 1995, Geographical Analysis 27:286-306, equation 14; R's
    spdep::localG and esda's G_Local). Its p-value is not read off the normal curve: counts and harm are so skewed
    that the curve finds spots where there are none. It is the exact share, of all ways to pick as many
    areas at random, of sums that lie as far from the mean, to either side.
    """
    from scipy.sparse import identity
    from scipy.stats import false_discovery_control

    value = np.asarray(values, dtype="float64")
    around = touching + identity(len(value), format="csr")
    members = np.asarray(around.sum(axis=1)).reshape(-1)
    z = _standardised(value, around @ value, members)
    steps = _steps(value)
    p = _shares_as_far(steps, np.rint(around @ steps).astype("int64"), members.astype("int64"))
    return GiStar(z, p, np.asarray(false_discovery_control(p)))


def _standardised(values: Floats, sums: Floats, members: Floats) -> Floats:
    count, spread = len(values), values.std()
    scale = spread * np.sqrt(np.maximum(count * members - members**2, 0) / max(count - 1, 1))
    off = sums - members * values.mean()
    return np.divide(off, scale, out=np.zeros(count), where=scale > 0)


def _steps(values: Floats) -> Steps:
    span = np.ptp(values)
    if not span:
        return np.zeros(len(values), dtype="int64")
    return np.asarray(np.rint((values - values.min()) / span * STEPS).astype("int64"))


def _shares_as_far(steps: Steps, sums: Steps, members: Steps) -> Floats:
    """For each sum of so many members the share of random sums that are as far from the mean or farther."""
    p = np.ones(len(steps))
    for size in np.unique(members):
        at = members == size
        p[at] = _as_far(chances_of_sums(steps, int(size)), sums[at], size * steps.mean())
    return np.maximum(p, LEAST_P)


def _as_far(chances: Floats, sums: Steps, mean: float) -> Floats:
    far = np.abs(sums - mean) - 1e-6
    below = np.append(0.0, np.cumsum(chances))
    above = np.append(np.cumsum(chances[::-1])[::-1], 0.0)
    low = np.clip(np.floor(mean - far).astype("int64") + 1, 0, len(chances))
    high = np.clip(np.ceil(mean + far).astype("int64"), 0, len(chances))
    return np.where(far <= 0, 1.0, np.minimum(below[low] + above[high], 1.0))


def chances_of_sums(steps: Steps, size: int) -> Floats:
    """How likely each sum is of `size` values picked at random from the steps, each pick from all of them.

    Picking from all each time spreads the sums a little more than picking every area once at most: the p-values
    are on the safe side, by size / count at most.
    """
    from scipy.fft import irfft, next_fast_len, rfft

    length = int(steps.max()) * size + 1
    fast = next_fast_len(length, real=True)
    of_one = np.bincount(steps, minlength=int(steps.max()) + 1) / len(steps)
    return np.asarray(irfft(rfft(of_one, fast) ** size, fast)[:length].clip(min=0))
