"""Run charts: a median, and the two rules that tell from runs and crossings alone whether it shifted.

Source: Anhoej and Olesen 2014, PLoS ONE 9(11):e113825, doi 10.1371/journal.pone.0113825. Points on the median count
for neither rule.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import (
    CROSSINGS,
    HIGH,
    LOW,
    NEITHER,
    NO_CAUSE,
    RUN,
    Chart,
    Flags,
    Floats,
    blank,
    joined,
    segments,
)
from vrin_data.methods.special_causes import sides

LEAST_SHARE = 0.05
"""How likely chance alone gives fewer crossings than are allowed, at most."""


class Runs(NamedTuple):
    """The runs of one segment: points off the median, the longest run and how long it may be, crossings and how
    few they may be, and which points stand in a run that is too long.
    """

    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    fewest_allowed: int
    in_long_run: Flags

    @property
    def is_signal(self) -> bool:
        """Whether either rule says that something changed."""
        return self.longest > self.longest_allowed or self.crossings < self.fewest_allowed


def runs(values: npt.ArrayLike) -> Runs:
    """The runs of a series about its median."""
    value = np.asarray(values, dtype="float64")
    side = sides(value, np.full(len(value), np.median(value) if len(value) else np.nan))
    useful = np.flatnonzero(side)
    held = side[useful]
    if not len(held):
        return Runs(0, 0, 0, 0, 0, np.zeros(len(value), dtype=bool))
    starts = np.flatnonzero(np.append(True, held[1:] != held[:-1]))
    sizes = np.diff(np.append(starts, len(held)))
    most = longest_allowed(len(held))
    long = np.zeros(len(value), dtype=bool)
    long[useful] = np.repeat(sizes > most, sizes)
    return Runs(len(held), int(sizes.max()), most, len(starts) - 1, fewest_crossings(len(held)), long)


def longest_allowed(useful: int) -> int:
    """How long a run on one side of the median may be among so many useful points."""
    return round(np.log2(useful) + 3)


def fewest_crossings(useful: int) -> int:
    """How few crossings of the median so many useful points may have: the 5% point of the binomial distribution."""
    if useful < 2:
        return 0
    from scipy.stats import binom

    return int(binom.ppf(LEAST_SHARE, useful - 1, 0.5))


def run_chart(values: npt.ArrayLike, segment: npt.ArrayLike, *, settings: ChartSettings) -> Chart:
    """The chart of a series, its median anew in every segment; without limits.

    Too few crossings are of no point more than another: the last point of the segment stands for them, and where it
    points is not said.
    """
    value = np.asarray(values, dtype="float64")
    return joined([_segment(value[one], settings) for one in segments(segment)], len(value))


def _segment(value: Floats, settings: ChartSettings) -> Chart:
    chart, found = blank(len(value)), runs(value)
    chart.mean[:] = np.median(value)
    chart.is_trial[:] = len(value) < settings.trial_below
    side = sides(value, chart.mean)
    chart.cause[:] = np.where(found.in_long_run, RUN, NO_CAUSE)
    chart.direction[:] = np.where(found.in_long_run, np.where(side > 0, HIGH, LOW), NEITHER)
    if found.crossings < found.fewest_allowed and not found.in_long_run[-1]:
        chart.cause[-1] = CROSSINGS
    return chart
