"""Two periods against each other: how far chance alone may move a count, or what some incidents weigh."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vrin_data.methods.rate_ratio import ratio_interval
from vrin_data.methods.rates import Z

Floats = npt.NDArray[np.float64]
CHANCE_LIMIT = 3.0
"""Wheeler's rule of thumb: chance can explain two counts while `root_z` stays within 3 either way."""


class RateRatio(NamedTuple):
    """One each for every pair: now over before, its exact 95% limits, and how likely chance gives as much."""

    value: Floats
    low: Floats
    high: Floats
    p_value: Floats


class Difference(NamedTuple):
    """One each for every pair: now less before, and its 95% limits."""

    value: Floats
    low: Floats
    high: Floats


def rate_ratio(
    before: npt.ArrayLike,
    now: npt.ArrayLike,
    *,
    time_before: npt.ArrayLike = 1.0,
    time_now: npt.ArrayLike = 1.0,
) -> RateRatio:
    """The ratio of the rates of two counts over two times, exact given their sum.

    Given the sum, the later count is binomial; limits are those of Clopper and Pearson turned into ratios. The value is
    NaN of two zeros and infinite of a rise from zero. The p-value is twice the smaller tail, at most 1: it is below 5%
    where the limits leave out 1. R's `poisson.test` has the same limits, and the same p-value for equal times.
    Source: Przyborowski and Wilenski 1940, doi 10.1093/biomet/31.3-4.313.
    """
    earlier, later = (np.asarray(one, dtype="float64") for one in (before, now))
    times = np.asarray(time_before, dtype="float64") / np.asarray(time_now, dtype="float64")
    limits = ratio_interval(later, earlier)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.asarray(later / earlier * times)
    return RateRatio(
        value, limits.low * times, limits.high * times, _p_values(earlier, later, 1 / (1 + times))
    )


def _p_values(before: Floats, now: Floats, share: Floats) -> Floats:
    from scipy.special import bdtr, bdtrc

    whole = (before + now).astype("int64")
    at_most = bdtr(now, whole, share)
    at_least = np.where(now > 0, bdtrc(np.maximum(now - 1, 0), whole, share), 1.0)
    return np.asarray(np.minimum(1.0, 2 * np.minimum(at_most, at_least)))


def split_p_values(before: npt.ArrayLike, now: npt.ArrayLike) -> Floats:
    """How likely as uneven a split of two counts over two equally long times is, to either side, at equal risk."""
    return rate_ratio(before, now).p_value


def root_z(before: npt.ArrayLike, now: npt.ArrayLike) -> Floats:
    """2 (sqrt(now) - sqrt(before)): a quick check, within 3 either way where only chance tells two counts apart.

    Of two Poisson counts its variance is about 2 and not 1, so that it is no z to read a p off; the rule of thumb is 3.
    Source: A. Wheeler 2016, doi 10.1177/1098611116651403 (tables and graphs for crime).
    """
    roots = np.sqrt(np.asarray(now, dtype="float64")) - np.sqrt(np.asarray(before, dtype="float64"))
    return np.asarray(2 * roots, dtype="float64")


def difference_of_sums(
    before: npt.ArrayLike, now: npt.ArrayLike, *, variance: npt.ArrayLike, dispersion: npt.ArrayLike = 1.0
) -> Difference:
    """The difference of two sums with normal 95% limits.

    `variance` is that of both sums added: of a count the count itself, of a weighted sum the sum of the squared
    weights. `dispersion` says by how much more than by chance the months of the series vary; below 1 it is 1.
    Source: Wheeler and Ratcliffe 2018, Crime Science 7:11, without control areas.
    """
    value = np.asarray(now, dtype="float64") - np.asarray(before, dtype="float64")
    wide = np.asarray(variance, dtype="float64") * np.maximum(np.asarray(dispersion, dtype="float64"), 1.0)
    reach = Z * np.sqrt(wide)
    return Difference(value, value - reach, value + reach)
