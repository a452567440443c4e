"""How often shuffled months give as late a change: the chance behind "something changed lately", by series.

A series is compared with itself in other orders, so that no distribution is assumed: counts may be small,
skewed or tied. What is taken for granted is that its months would be alike but for their season.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
MONTHS = 12
LEAST_FOR_SEASON = 24
"""Months below which a season cannot be told from anything else, and is not taken out."""
LONGEST_WINDOW = 12
LATE_POINTS = 3
"""Each of so many last months is looked at alone as well."""
ENOUGH = 10
"""A series is shuffled until so many orders were as extreme (Besag and Clifford 1991, Biometrika 78:301-304)."""
MOST_ORDERS = 49_999
LEAST_BATCH, CELLS = 250, 60_000
"""Orders tried at once: as many as give so many scores, so that many series take little memory and few little time."""


class LateChange(NamedTuple):
    """By series: the chance of as late a change in months that are alike, and where the strongest one begins.

    `is_rise` tells its direction; `since` is the place of its first month in the series.
    """

    p_value: Floats
    is_rise: npt.NDArray[np.bool_]
    since: Ints


class _Late(NamedTuple):
    """What is made of one pattern of calendar months: the windows, and how the season is taken out."""

    contrasts: Floats
    season: Floats
    firsts: Ints


def late_changes(values: npt.ArrayLike, calendar: Sequence[int], *, seed: int = 1) -> LateChange:
    """The late change of several series of the same months, one a row; `calendar` has a month's place in its year.

    The statistic is the greatest, over windows of 1 to 12 months that end with the last one and over each of the
    last three alone, of the distance between a window's mean and that of the other months, in units of its own
    spread. Where there are 24 months or more, each calendar month's own mean is taken out first, and again of every
    shuffled order (Freedman and Lane 1983, JBES 1:292-298), so that a season is no change. Values are best put on
    a scale on which their spread does not grow with them, as by `levelled`.
    """
    rows = np.atleast_2d(np.asarray(values, dtype="float64"))
    late = _late(tuple(calendar))
    residuals = rows - rows.mean(axis=1, keepdims=True)
    residuals = residuals - residuals @ late.season @ late.season.T
    found = residuals @ late.contrasts
    spread = np.linalg.norm(residuals, axis=1)
    flat = spread <= 1e-9 * np.maximum(np.abs(rows).max(axis=1), 1)
    score = np.divide(np.abs(found).max(axis=1), spread, out=np.zeros(len(rows)), where=~flat)
    strongest = np.abs(found).argmax(axis=1)
    p = np.ones(len(rows))
    p[~flat] = _chances(residuals[~flat] / spread[~flat, None], score[~flat], late, seed)
    return LateChange(p, found[np.arange(len(rows)), strongest] > 0, late.firsts[strongest])


def levelled(values: npt.ArrayLike) -> Floats:
    """Counts or sums on the scale of their root, on which the spread of a Poisson count is the same everywhere.

    Source: Anscombe 1948, Biometrika 35:246-254.
    """
    return np.sqrt(np.maximum(np.asarray(values, dtype="float64"), 0) + 3 / 8)


def false_discovery(p_values: npt.ArrayLike) -> Floats:
    """The smallest share of false findings at which each is found (Benjamini and Hochberg 1995); none for none."""
    p = np.asarray(p_values, dtype="float64")
    if not len(p):
        return p
    order = np.argsort(p)
    scaled = p[order] * len(p) / np.arange(1, len(p) + 1)
    found = np.empty_like(p)
    found[order] = np.minimum.accumulate(scaled[::-1])[::-1].clip(max=1)
    return found


def _late(calendar: tuple[int, ...]) -> _Late:
    count = len(calendar)
    widths = range(1, min(LONGEST_WINDOW, count // 2) + 1)
    windows = [(count - width, width) for width in widths]
    windows += [(count - back, 1) for back in range(2, min(LATE_POINTS, count // 2) + 1)]
    season = _season(np.asarray(calendar))
    contrasts = np.zeros((count, len(windows)))
    for at, (first, width) in enumerate(windows):
        contrasts[:, at] = -1 / (count - width)
        contrasts[first : first + width, at] = 1 / width
    contrasts -= season @ (season.T @ contrasts)
    sizes = np.linalg.norm(contrasts, axis=0)
    told = sizes > 1e-9
    firsts = np.array([first for first, _ in windows], dtype="int64")
    return _Late(contrasts[:, told] / sizes[told], season, firsts[told])


def _season(calendar: npt.NDArray[Any]) -> Floats:
    """A column of length 1 for each calendar month, or for all months together where a season cannot be told."""
    group = calendar if len(calendar) >= LEAST_FOR_SEASON else np.zeros(len(calendar), dtype="int64")
    members = (group[:, None] == np.unique(group)[None, :]).astype("float64")
    return members / np.sqrt(members.sum(axis=0))


def _chances(residuals: Floats, scores: Floats, late: _Late, seed: int) -> Floats:
    """The share of orders that score as high, each series shuffled until enough did or the orders end."""
    random = np.random.default_rng(seed)
    p = np.zeros(len(scores))
    reached = np.zeros(len(scores), dtype="int64")
    open_ = np.arange(len(scores))
    done = 0
    while len(open_) and done < MOST_ORDERS:
        size = min(max(LEAST_BATCH, min(CELLS // len(open_), done)), MOST_ORDERS - done)
        orders = random.permuted(np.tile(np.arange(residuals.shape[1]), (size, 1)), axis=1)
        high = _scores(residuals[open_], orders, late) >= scores[open_, None] * (1 - 1e-9)
        counted = reached[open_, None] + np.cumsum(high, axis=1)
        ended = counted[:, -1] >= ENOUGH
        p[open_[ended]] = ENOUGH / (done + 1 + (counted[ended] >= ENOUGH).argmax(axis=1))
        reached[open_] = counted[:, -1]
        open_, done = open_[~ended], done + size
    p[open_] = (reached[open_] + 1) / (done + 1)
    return p


def _scores(residuals: Floats, orders: Ints, late: _Late) -> Floats:
    """By series and order the score of the months in that order; series have length 1."""
    count, size = residuals.shape[1], len(orders)
    if len(residuals) < late.contrasts.shape[1]:
        shuffled = residuals[:, orders].reshape(-1, count)
        found, season = shuffled @ late.contrasts, shuffled @ late.season
    else:
        # To shuffle a series is to shuffle what it is multiplied with, and that is done once for all of them.
        found = residuals @ late.contrasts[orders].transpose(1, 0, 2).reshape(count, -1)
        season = residuals @ late.season[orders].transpose(1, 0, 2).reshape(count, -1)
    highest = np.abs(found).reshape(len(residuals), size, -1).max(axis=2)
    taken = (season.reshape(len(residuals), size, -1) ** 2).sum(axis=2)
    return highest / np.sqrt(np.maximum(1 - taken, 1e-12))
