"""How far chance alone may move a count or a harm total: exact Poisson, and the gamma method for weighted sums.

Both treat what was recorded as one of many outcomes of the same underlying risk. They say nothing of
crimes that were never recorded, and nothing of what an extract leaves open: that is the range from low
to high, so an interval of a range goes from the lower limit of the low reading to the upper limit of
the high one.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

TAIL = 0.025
"""What an interval of 95% leaves out at either end."""


class Interval(NamedTuple):
    """Lower and upper 95% limits, one each for every total asked about."""

    low: Floats
    high: Floats


def poisson_interval(count: npt.ArrayLike) -> Interval:
    """Exact 95% limits of counts of 0 and more (Garwood 1936, doi 10.1093/biomet/28.3-4.437)."""
    return Interval(poisson_low(count), poisson_high(count))


def poisson_low(count: npt.ArrayLike) -> Floats:
    """The lower of the limits of `poisson_interval`."""
    counted = np.asarray(count, dtype="float64")
    return np.where(counted > 0, _gamma_limit(np.maximum(counted, 1.0), TAIL), 0.0)


def poisson_high(count: npt.ArrayLike) -> Floats:
    """The upper of the limits of `poisson_interval`."""
    return _gamma_limit(np.asarray(count, dtype="float64") + 1, 1 - TAIL)


def fay_feuer_interval(weights: npt.ArrayLike, counts: npt.ArrayLike, largest: float) -> Interval:
    """95% limits of the weighted sum of some counts; `largest` is the greatest weight an incident could have had."""
    weight, counted = np.asarray(weights, dtype="float64"), np.asarray(counts, dtype="float64")
    return interval_of_sums((weight * counted).sum(), (weight**2 * counted).sum(), largest)


def interval_of_sums(total: npt.ArrayLike, squares: npt.ArrayLike, largest: float) -> Interval:
    """95% limits of weighted sums, from the sums of weights and of squared weights over their incidents.

    The upper limit allows for one more incident of the largest weight, so that an area without a
    homicide is not taken to be free of the risk of one. With equal weights the limits are those of the exact
    Poisson interval. Source: Fay and Feuer 1997, Statistics in Medicine 16:791-801.
    """
    return Interval(low_of_sums(total, squares), high_of_sums(total, squares, largest))


def low_of_sums(total: npt.ArrayLike, squares: npt.ArrayLike) -> Floats:
    """The lower of the limits of `interval_of_sums`."""
    whole, variance = np.asarray(total, dtype="float64"), np.asarray(squares, dtype="float64")
    some = (whole > 0) & (variance > 0)
    low = _scaled_limit(np.where(some, whole, 1.0), np.where(some, variance, 1.0), TAIL)
    return np.where(some, low, 0.0)


def high_of_sums(total: npt.ArrayLike, squares: npt.ArrayLike, largest: float) -> Floats:
    """The upper of the limits of `interval_of_sums`."""
    whole, variance = np.asarray(total, dtype="float64"), np.asarray(squares, dtype="float64")
    return _scaled_limit(whole + largest, variance + largest**2, 1 - TAIL)


def _scaled_limit(total: Floats, variance: Floats, share: float) -> Floats:
    """A limit of the gamma distribution that has this mean and variance."""
    return variance / total * _gamma_limit(total**2 / variance, share)


def _gamma_limit(shape: Floats, share: float) -> Floats:
    """Half the chi-square limit on twice `shape` degrees of freedom."""
    # Taken in here, because it costs memory that the process of an upload has no use for.
    from scipy.special import gammaincinv

    # Of many totals few are distinct, and each limit is looked for in steps.
    distinct, at = np.unique(shape, return_inverse=True)
    return np.asarray(gammaincinv(distinct, share))[at].reshape(np.shape(shape))
