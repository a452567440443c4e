"""The season of a monthly series: STL, which parts it into trend, season and remainder (Cleveland and others 1990).

The season is the same in every year, as `stl(x, s.window = "periodic", robust = TRUE)` of R has it: three years
do not tell a season that moves from chance.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

PERIOD = 12
LEAST_POINTS = 24
MOST_GAPS = 0.125
"""The largest share of months without a value that may be filled for the decomposition."""
FILLINGS = 10
"""So often gaps are filled anew by what the decomposition says of them; they move no more after a few times."""
LEAST_MEAN = 1.0
SHORT, GAPS, RARE, EMPTY_MONTH, CONSTANT = "short", "gaps", "rare", "empty_month", "constant"
REFUSALS = {
    SHORT: f"there are fewer than {LEAST_POINTS} whole months",
    GAPS: "too many months are missing or partial",
    RARE: "there is fewer than one a month, or none in most months",
    EMPTY_MONTH: "a month of the year came whole in no year",
    CONSTANT: "every month has the same figure",
}
"""Why a season cannot be told."""


class Seasons(NamedTuple):
    """A series in parts, which add up to it; where it had no value the remainder is NaN and `is_filled` holds.

    Before the first value and after the last all parts are NaN.
    """

    trend: Floats
    seasonal: Floats
    remainder: Floats
    is_filled: Flags

    @property
    def strength(self) -> float:
        """How much of what is not trend is season, 0 to 1 (Wang, Smith and Hyndman 2006)."""
        known = ~np.isnan(self.remainder)
        remainder, seasonal = self.remainder[known], self.seasonal[known]
        both = float(np.var(remainder + seasonal))
        return max(0.0, 1 - float(np.var(remainder)) / both) if both else 0.0


def refusal(values: Floats) -> str:
    """Why no season can be told of a series with NaN for months that did not come whole; '' where it can."""
    inside = _inside(values)
    known = ~np.isnan(inside)
    if known.sum() < LEAST_POINTS:
        return SHORT
    if (~known).mean() > MOST_GAPS:
        return GAPS
    if is_rare(inside[known]):
        return RARE
    if any(not known[at::PERIOD].any() for at in range(PERIOD)):
        return EMPTY_MONTH
    return CONSTANT if np.ptp(inside[known]) == 0 else ""


def is_rare(values: Floats) -> bool:
    """Whether so little happens that a single month more or less would pass for a season or a change of level."""
    return bool(values.mean() < LEAST_MEAN or np.median(values) == 0)


def seasons(values: Floats, *, robust: bool = True) -> Seasons | None:
    """A series in trend, season and remainder; None where `refusal` says why not.

    `robust` lets months far from the rest weigh less, as one month of disorder does not make a season.
    Gaps are filled for the decomposition alone, by what its own trend and season say of them.
    """
    if refusal(values):
        return None
    first = int(np.flatnonzero(~np.isnan(values))[0])
    inside = _inside(values)
    gaps = np.isnan(inside)
    filled = np.where(gaps, np.interp(np.arange(len(inside)), np.flatnonzero(~gaps), inside[~gaps]), inside)
    trend, seasonal = _stl(filled, robust)
    for _ in range(FILLINGS if gaps.any() else 0):
        filled = np.where(gaps, trend + seasonal, inside)
        trend, seasonal = _stl(filled, robust)
    parts = (trend, seasonal, inside - trend - seasonal, gaps.astype(float))
    trend, seasonal, remainder, is_filled = (_within(part, first, len(values)) for part in parts)
    return Seasons(trend, seasonal, remainder, np.nan_to_num(is_filled).astype(bool))


def without_season(values: Floats) -> Floats | None:
    """A series with its season taken out, NaN where it had no value; None where no season can be told."""
    found = seasons(values)
    return None if found is None else values - found.seasonal


def _stl(values: Floats, robust: bool) -> tuple[Floats, Floats]:
    """Trend and season of a series without gaps, the season's mean over a year being in the trend."""
    from statsmodels.tsa.seasonal import STL

    # The windows of R for a periodic season, of degree 0, and its jumps: a tenth of each window.
    window = 10 * len(values) + 1
    trend, low_pass = _trend_window(window), PERIOD + 1
    found = STL(
        values,
        period=PERIOD,
        seasonal=window,
        seasonal_deg=0,
        trend=trend,
        low_pass=low_pass,
        robust=robust,
        seasonal_jump=_tenth(window),
        trend_jump=_tenth(trend),
        low_pass_jump=_tenth(low_pass),
    ).fit(inner_iter=1 if robust else 2, outer_iter=15 if robust else 0)
    seasonal = _same_each_year(np.asarray(found.seasonal))
    return np.asarray(found.trend), seasonal


def _trend_window(seasonal: int) -> int:
    """The next odd number to 1.5 periods over (1 - 1.5 / window), as R's `stl` has it."""
    wanted = int(np.ceil(1.5 * PERIOD / (1 - 1.5 / seasonal)))
    return wanted + (wanted % 2 == 0)


def _tenth(window: int) -> int:
    return -(-window // 10)


def _same_each_year(seasonal: Floats) -> Floats:
    """The season averaged over the years, as R does where it is periodic."""
    at = np.arange(len(seasonal)) % PERIOD
    means = np.bincount(at, weights=seasonal, minlength=PERIOD) / np.bincount(at, minlength=PERIOD)
    return means[at]


def _inside(values: Floats) -> Floats:
    """A series from its first value to its last."""
    known = np.flatnonzero(~np.isnan(values))
    return values[known[0] : known[-1] + 1] if len(known) else values[:0]


def _within(part: Floats, first: int, length: int) -> Floats:
    found = np.full(length, np.nan)
    found[first : first + len(part)] = part
    return found
