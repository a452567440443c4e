"""Where the level of a series may have changed: a search whose finds are questions for a person, and no findings.

The search is PELT on squared differences (Killick, Fearnhead and Eckley 2012): a change is asked about where two
levels in place of one take away more than the penalty, which grows with the length of the series and with how much
neighbouring months differ anyway.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vrin_data.methods.seasons import is_rare

Floats = npt.NDArray[np.float64]

LEAST_POINTS = 12
LEAST_STRETCH = 4
"""Months that a level must last for to be asked about."""
PENALTY = 3.0
"""Times the variance and the logarithm of the length. Chosen so that of a hundred series of 36 months of pure noise
about five are asked about."""
MOST_QUESTIONS = 4
DIFFERENCE_TO_VARIANCE = 1.4826 / np.sqrt(2)


class ChangePoint(NamedTuple):
    """The position at which a new level begins, both levels, and the share of all variation that the step explains."""

    position: int
    before: float
    after: float
    gain: float


def change_points(values: Floats, *, penalty: float = PENALTY) -> list[ChangePoint]:
    """Where a series, without gaps, may have changed its level, oldest first; none in one that is short or rare."""
    if len(values) < LEAST_POINTS or np.ptp(values) == 0 or is_rare(values):
        return []
    import ruptures

    search = ruptures.Pelt(model="l2", min_size=LEAST_STRETCH, jump=1).fit(np.asarray(values, dtype=float))
    cost = penalty * np.log(len(values)) * _variance(values)
    ends = [0, *search.predict(pen=cost)]
    found = [_point(values, *ends[at : at + 3]) for at in range(len(ends) - 2)]
    largest = sorted(found, key=lambda one: -one.gain)[:MOST_QUESTIONS]
    return sorted(largest, key=lambda one: one.position)


def _variance(values: Floats) -> float:
    """The variance about a level that may move: from the differences of neighbours, a step being one among many.

    Many equal counts make the median of the differences 0; their mean square is taken then.
    """
    differences = np.abs(np.diff(values))
    robust = float((DIFFERENCE_TO_VARIANCE * np.median(differences)) ** 2)
    return max(robust, float(np.mean(np.square(differences))) / 4)


def _point(values: Floats, first: int, change: int, last: int) -> ChangePoint:
    before, after = values[first:change], values[change:last]
    both = values[first:last]
    left = np.square(before - before.mean()).sum() + np.square(after - after.mean()).sum()
    whole = np.square(both - both.mean()).sum()
    return ChangePoint(change, float(before.mean()), float(after.mean()), float(1 - left / whole))
