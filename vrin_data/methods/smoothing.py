"""Exponential smoothing with a level and an additive season, ETS(A,N,A), fitted to a series that may have gaps.

For given smoothing weights the errors are linear in the level and the season at the start (Hyndman, Koehler,
Ord and Snyder 2008, chapter 5), so the start that fits best is solved for, and only the two weights
are searched, over the same grid every time: the same series always gives the same outlook. A month without a value
moves no state. One pass serves every origin of a back-test.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PERIOD = 12
STEPS = (0.001, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""The smoothing weights tried: of the level, and of the season as a share of what the level leaves of 1."""
SMALL = 1e-8


class Fitted(NamedTuple):
    """The fit at one origin: smoothing weights, the state after the last value, and the variance of one step's error.

    `state` is the level, then the season of the months before the next, the latest first. `start_variances` is what
    not knowing the start for sure adds to the variance of each of the next months, as a share of `variance`.
    """

    alpha: float
    gamma: float
    state: Floats
    variance: float
    start_variances: Floats

    def means(self, horizon: int) -> Floats:
        """The expected values of the months to come."""
        season = self.state[1:]
        ahead = np.arange(horizon) % len(season)
        return self.state[0] + season[len(season) - 1 - ahead]

    def spreads(self, horizon: int) -> Floats:
        """The standard errors of the months to come (Hyndman and others 2008, table 6.1), the start's own among them.

        R and statsmodels leave the start's own out; with three years of months their intervals hold too seldom.
        """
        steps = np.arange(1, horizon + 1)
        seasons_on = (steps - 1) // (len(self.state) - 1)
        grown = self.alpha**2 * (steps - 1) + self.gamma * seasons_on * (2 * self.alpha + self.gamma)
        of_start = self.start_variances[(steps - 1) % len(self.start_variances)]
        return np.sqrt(self.variance * (1 + grown + of_start))


def fitted(values: Floats, origins: list[int], *, period: int = PERIOD) -> list[Fitted]:
    """The best fit to the first so many values, for each of the origins. Each needs more values than period + 2."""
    weights = _weights()
    errors, slopes, states, state_slopes = _passed(values, weights, period)
    found = []
    for origin in origins:
        known = ~np.isnan(values[:origin])
        starts, left = _starts(errors[:, :origin][:, known], slopes[:, :origin][:, known])
        best = int(np.argmin(left))
        moved = state_slopes[best, origin]
        # Two smoothing weights, a level, and a season that sums to 0 were chosen to fit.
        freedom = max(1, int(known.sum()) - period - 2)
        state = states[best, origin] + moved @ starts[best]
        alpha, gamma = weights[best]
        of_start = _start_variances(moved, slopes[best, :origin][known])
        found.append(Fitted(float(alpha), float(gamma), state, float(left[best]) / freedom, of_start))
    return found


@lru_cache(maxsize=1)
def _weights() -> Floats:
    return np.array([(alpha, share * (1 - alpha)) for alpha in STEPS for share in STEPS])


def _passed(values: Floats, weights: Floats, period: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Errors and states of every pair of weights from a start of 0, and how each moves with the start.

    error = errors + slopes @ start, state after t values = states[t] + state_slopes[t] @ start.
    """
    pairs, length, size = len(weights), len(values), period + 1
    state, slope = np.zeros((pairs, size)), np.tile(_start_slopes(period), (pairs, 1, 1))
    errors, slopes = np.zeros((pairs, length)), np.zeros((pairs, length, period))
    states, state_slopes = np.zeros((pairs, length + 1, size)), np.zeros((pairs, length + 1, size, period))
    states[:, 0], state_slopes[:, 0] = state, slope
    for at, value in enumerate(values):
        error = (0.0 if np.isnan(value) else value) - state[:, 0] - state[:, -1]
        moved = -slope[:, 0] - slope[:, -1]
        if np.isnan(value):
            error, moved = np.zeros_like(error), np.zeros_like(moved)
        errors[:, at], slopes[:, at] = error, moved
        state = _next(state, weights[:, :1] * error[:, None], weights[:, 1:] * error[:, None])
        slope = _next(slope, (weights[:, :1] * moved)[:, None], (weights[:, 1:] * moved)[:, None])
        states[:, at + 1], state_slopes[:, at + 1] = state, slope
    return errors, slopes, states, state_slopes


def _next(state: Floats, to_level: Floats, to_season: Floats) -> Floats:
    """The state a month on: the level moved, and the oldest season moved to be the newest."""
    return np.concatenate([state[:, :1] + to_level, state[:, -1:] + to_season, state[:, 1:-1]], axis=1)


def _start_slopes(period: int) -> Floats:
    """The state at the start from a level and all seasons but one, the last being what makes them sum to 0."""
    found = np.zeros((period + 1, period))
    found[:period, :] = np.eye(period)
    found[period, 1:] = -1
    return found


def _start_variances(moved: Floats, slopes: Floats) -> Floats:
    """For each of the next months the variance that the estimate of the start brings, in units of one error's."""
    ahead = moved[0] + moved[:0:-1]
    square = slopes.T @ slopes + SMALL * np.eye(slopes.shape[1])
    return np.einsum("hs,hs->h", ahead, np.linalg.solve(square, ahead.T).T)


def _starts(errors: Floats, slopes: Floats) -> tuple[Floats, Floats]:
    """For each pair of weights the start that leaves the least squares, and those."""
    across = slopes.transpose(0, 2, 1)
    square = across @ slopes + SMALL * np.eye(slopes.shape[2])
    starts = np.asarray(-np.linalg.solve(square, across @ errors[:, :, None])[:, :, 0], dtype="float64")
    left = errors + np.einsum("pts,ps->pt", slopes, starts)
    squares: Floats = np.square(left).sum(axis=1)
    return starts, squares
