"""Charts of counts and shares whose denominators change: u' and p' with limits as wide as the series really varies.

Source: Laney 2002, Quality Engineering 14:531-537, doi 10.1081/QEN-120003555.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import Chart, Flags, Floats, blank, joined, segments
from vrin_data.methods.special_causes import special_causes
from vrin_data.methods.xmr import screened_mean

D2 = 1.128
"""The mean moving range of normal values with a standard deviation of 1."""
SIGMAS, NEAR_SIGMAS = 3.0, 2.0
Spread = Callable[[float, Floats], Floats]


def u_prime(
    counts: npt.ArrayLike,
    denominators: npt.ArrayLike,
    segment: npt.ArrayLike,
    is_next: npt.ArrayLike,
    *,
    settings: ChartSettings,
) -> Chart:
    """The chart of counts per denominator, in those units; every denominator is above 0."""
    return _chart(counts, denominators, segment, is_next, settings, _of_counts)


def p_prime(
    counts: npt.ArrayLike,
    denominators: npt.ArrayLike,
    segment: npt.ArrayLike,
    is_next: npt.ArrayLike,
    *,
    settings: ChartSettings,
) -> Chart:
    """The chart of shares: counts of so many that could have been."""
    return _chart(counts, denominators, segment, is_next, settings, _of_shares)


def _of_counts(centre: float, size: Floats) -> Floats:
    return np.sqrt(centre / size)


def _of_shares(centre: float, size: Floats) -> Floats:
    return np.sqrt(centre * (1 - centre) / size)


def _chart(
    counts: npt.ArrayLike,
    denominators: npt.ArrayLike,
    segment: npt.ArrayLike,
    is_next: npt.ArrayLike,
    settings: ChartSettings,
    spread: Spread,
) -> Chart:
    count, size = np.asarray(counts, dtype="float64"), np.asarray(denominators, dtype="float64")
    follows = np.asarray(is_next, dtype=bool)
    parts = [_segment(count[one], size[one], follows[one], settings, spread) for one in segments(segment)]
    return joined(parts, len(count))


def _segment(count: Floats, size: Floats, follows: Flags, settings: ChartSettings, spread: Spread) -> Chart:
    value, centre = count / size, float(count.sum() / size.sum())
    sigma = spread(centre, size)
    z = np.divide(value - centre, sigma, out=np.zeros(len(value)), where=sigma > 0)
    ranges = np.abs(np.diff(z))[follows[1:]]
    mean_range, screened = screened_mean(ranges, screen=settings.screen_ranges)
    wide = sigma * mean_range / D2
    mean = np.full(len(value), centre)
    lines = [mean, *(mean + by * wide for by in (-SIGMAS, SIGMAS, -NEAR_SIGMAS, NEAR_SIGMAS))]
    causes = special_causes(value, lines, settings)
    return (
        blank(len(value))
        .moved(lines)
        ._replace(
            is_trial=np.full(len(value), len(value) < settings.trial_below),
            cause=causes.cause,
            direction=causes.direction,
            screened=screened,
        )
    )
