"""XmR charts: limits of a series from the moving ranges of its neighbours, anew in every segment.

Source: NHS England, Making Data Count, in the form that NHSRplotthedots gives it: limits at the mean and 2.66 times the
mean moving range to either side, near limits at two thirds of that. Screening: Nelson 1982, Journal of Quality
Technology 14:172-173.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import Chart, Flags, Floats, blank, joined, segments
from vrin_data.methods.special_causes import special_causes

WIDTH = 2.66
NEAR = 2 / 3
SCREEN = 3.267
LEAST_POINTS = 2


class Limits(NamedTuple):
    """Centre and half the width of the limits of one segment (NaN without a moving range), and the ranges left out."""

    mean: float
    half: float
    screened: int

    @property
    def lower(self) -> float:
        """The lower limit."""
        return self.mean - self.half

    @property
    def upper(self) -> float:
        """The upper limit."""
        return self.mean + self.half


def limits(values: npt.ArrayLike, is_next: npt.ArrayLike | None = None, *, screen: bool = True) -> Limits:
    """The limits of one segment; `is_next` says of each value whether it follows the one before it without a gap.

    A range over a gap is not the change from one month to the next and is left out.
    """
    value = np.asarray(values, dtype="float64")
    if not len(value):
        return Limits(float("nan"), float("nan"), 0)
    ranges = np.abs(np.diff(value))
    if is_next is not None:
        ranges = ranges[np.asarray(is_next, dtype=bool)[1:]]
    mean_range, screened = screened_mean(ranges, screen=screen)
    return Limits(float(value.mean()), WIDTH * mean_range, screened)


def screened_mean(ranges: Floats, *, screen: bool = True) -> tuple[float, int]:
    """The mean of moving ranges, without those of 3.267 times it and more where asked, and how many those are."""
    if not len(ranges):
        return float("nan"), 0
    first = float(ranges.mean())
    # A series that never moves has no extreme range, and leaving all of them out would leave no limit.
    if not screen or first == 0:
        return first, 0
    kept = ranges[ranges < SCREEN * first]
    return float(kept.mean()), len(ranges) - len(kept)


def xmr_chart(
    values: npt.ArrayLike, segment: npt.ArrayLike, is_next: npt.ArrayLike, *, settings: ChartSettings
) -> Chart:
    """The chart of a series without gaps in its values: limits and causes by segment, no rule reaching over two."""
    value, follows = np.asarray(values, dtype="float64"), np.asarray(is_next, dtype=bool)
    parts = [_segment(value[one], follows[one], settings) for one in segments(segment)]
    return joined(parts, len(value))


def _segment(value: Floats, follows: Flags, settings: ChartSettings) -> Chart:
    found = limits(value, follows, screen=settings.screen_ranges)
    size, half = len(value), found.half
    lines = [np.full(size, found.mean + by) for by in (0.0, -half, half, -half * NEAR, half * NEAR)]
    causes = special_causes(value, lines, settings)
    chart = blank(size).moved(lines)
    return chart._replace(
        is_trial=np.full(size, size < settings.trial_below),
        cause=causes.cause,
        direction=causes.direction,
        screened=found.screened,
    )
