"""A control chart as numbers: for every point of a series its centre, its limits, and what was found of it."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from vrin_data.methods.chart_settings import ChartSettings

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Steps = npt.NDArray[np.int64]
Words = npt.NDArray[Any]

OUTSIDE, TREND, TWO_OF_THREE, RUN, CROSSINGS, NO_CAUSE = (
    "outside",
    "trend",
    "two_of_three",
    "run",
    "crossings",
    "",
)
HIGH, LOW, NEITHER = "high", "low", ""
IMPROVEMENT, CONCERN, NEUTRAL, COMMON = "improvement", "concern", "neutral", "common"
HAIR = 1e-12
"""Two values that differ by less than this share of the largest are the same: sums of decimals miss by as much."""


class Chart(NamedTuple):
    """One entry a point: centre (`mean`, or the median of a run chart), limits (NaN where a chart has none),
    whether the limits are trial limits, `cause` (OUTSIDE and so on, or NO_CAUSE), `direction` (HIGH, LOW, NEITHER).
    `screened` is how many moving ranges were left out of the limits.
    """

    mean: Floats
    lower: Floats
    upper: Floats
    near_lower: Floats
    near_upper: Floats
    is_trial: Flags
    cause: Words
    direction: Words
    screened: int

    @property
    def lines(self) -> tuple[Floats, ...]:
        """Mean, lower, upper, near lower and near upper."""
        return self[:5]

    def moved(self, lines: Iterable[Floats]) -> "Chart":
        """The same findings at other lines, as in other units."""
        mean, lower, upper, near_lower, near_upper = lines
        return self._replace(
            mean=mean, lower=lower, upper=upper, near_lower=near_lower, near_upper=near_upper
        )


def blank(size: int) -> Chart:
    """A chart of so many points that has nothing yet."""
    mean, lower, upper, near_lower, near_upper = (np.full(size, np.nan) for _ in range(5))
    cause, direction = (np.full(size, "", dtype=object) for _ in range(2))
    trial = np.zeros(size, dtype=bool)
    return Chart(mean, lower, upper, near_lower, near_upper, trial, cause, direction, 0)


def joined(parts: list[Chart], size: int) -> Chart:
    """Charts of segments that follow each other, as one."""
    if not parts:
        return blank(size)
    names = Chart._fields[:-1]
    columns = {name: np.concatenate([getattr(one, name) for one in parts]) for name in names}
    return blank(size)._replace(**columns, screened=sum(one.screened for one in parts))


def segments(segment: npt.ArrayLike) -> list[slice]:
    """Where each segment of a series lies; a segment's points stand together."""
    at = np.asarray(segment)
    ends = [*(np.flatnonzero(at[1:] != at[:-1]) + 1).tolist(), len(at)] if len(at) else []
    return [slice(start, end) for start, end in pairwise([0, *ends])]


def readings(chart: Chart, settings: ChartSettings) -> Words:
    """What each point is: improvement or concern by its direction, neutral where neither is better, else common."""
    better = {"down": LOW, "up": HIGH}.get(settings.improvement)
    found = np.where(chart.direction == better, IMPROVEMENT, CONCERN).astype(object)
    if better is None:
        found[:] = NEUTRAL
    found[chart.direction == NEITHER] = NEUTRAL
    found[chart.cause == NO_CAUSE] = COMMON
    return found
