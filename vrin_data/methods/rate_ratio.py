"""How many times as many: the ratio of two counts, and how far chance alone may move it."""

import numpy as np
import numpy.typing as npt

from vrin_data.methods.intervals import TAIL, Floats, Interval


def ratio_of_counts(over: npt.ArrayLike, under: npt.ArrayLike) -> Floats:
    """The first counts divided by the second; NaN where the second is 0."""
    above, below = np.asarray(over, dtype="float64"), np.asarray(under, dtype="float64")
    return np.divide(above, below, out=np.full(np.broadcast(above, below).shape, np.nan), where=below > 0)


def ratio_interval(over: npt.ArrayLike, under: npt.ArrayLike) -> Interval:
    """Exact 95% limits of the ratio of two Poisson counts, given their sum.

    Given the sum, the first is binomial; its Clopper-Pearson limits p give p / (1 - p). The upper limit is infinite
    where the second count is 0, and both are NaN where both counts are. Source: Przyborowski and Wilenski
    1940, Biometrika 31:313-323; R's poisson.test.
    """
    # Taken in here, because it costs memory that the process of an upload has no use for.
    from scipy.special import betaincinv

    above, below = np.broadcast_arrays(np.asarray(over, dtype="float64"), np.asarray(under, dtype="float64"))
    some = above + below > 0
    low = np.where(above > 0, _odds(betaincinv(np.maximum(above, 1), below + 1, TAIL)), 0.0)
    high = np.where(below > 0, _odds(betaincinv(above + 1, np.maximum(below, 1), 1 - TAIL)), np.inf)
    return Interval(np.where(some, low, np.nan), np.where(some, high, np.nan))


def _odds(share: npt.ArrayLike) -> Floats:
    part = np.asarray(share, dtype="float64")
    return np.asarray(part / (1 - part))
