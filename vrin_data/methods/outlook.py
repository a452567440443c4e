"""An outlook by exponential smoothing with its rolling back-test against the same month of the year before."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vrin_data.methods.seasons import GAPS, MOST_GAPS, RARE, SHORT, is_rare
from vrin_data.methods.seasons import REFUSALS as WHY
from vrin_data.methods.smoothing import PERIOD, Fitted, fitted

Floats = npt.NDArray[np.float64]

LEAST_MONTHS = 36
FIRST_ORIGIN = 24
HORIZON = 12
WIDTHS = {80: 1.2815515655446004, 95: 1.959963984540054}
"""Standard errors either side of the middle that an interval takes in, by its per cent."""
NOT_BETTER, TOO_NARROW = "not_better", "too_narrow"
LEAST_HELD = 0.85
"""Of the months that are known so many at least must lie in what is called their 95% interval."""
REFUSALS = {
    SHORT: f"there are fewer than {LEAST_MONTHS} months from the first whole one to the last",
    GAPS: WHY[GAPS],
    RARE: WHY[RARE],
    NOT_BETTER: "in the months that are known it was no better than the same month of the year before",
    TOO_NARROW: "in the months that are known its intervals held far fewer than they should",
}
"""Why there is no outlook."""


class BackTest(NamedTuple):
    """How outlooks made at earlier months came true: mean absolute errors, and shares within their intervals.

    `origins` outlooks were made, of `forecasts` months in all that were whole and had a year before them.
    """

    error_own: float
    error_naive: float
    coverage80: float
    coverage95: float
    origins: int
    forecasts: int


class Outlook(NamedTuple):
    """The months to come: middle, and intervals of 80 and 95 per cent, none of them below 0."""

    means: Floats
    spreads: Floats

    def interval(self, per_cent: int) -> tuple[Floats, Floats]:
        """Lower and upper end."""
        half = WIDTHS[per_cent] * self.spreads
        return np.maximum(self.means - half, 0), np.maximum(self.means + half, 0)


class Told(NamedTuple):
    """An outlook and its back-test; `reason` says why none is offered, '' where it is."""

    reason: str
    outlook: Outlook | None
    test: BackTest | None


def outlook(values: Floats) -> Told:
    """The twelve months after a series with NaN for months that did not come whole, or why nothing is said of them."""
    reason = refusal(values)
    if reason:
        return Told(reason, None, None)
    origins = [at for at in range(FIRST_ORIGIN, len(values)) if _is_learnt(values[:at])]
    *earlier, last = fitted(values, [*origins, len(values)])
    test = back_test(values, dict(zip(origins, earlier, strict=True)))
    means = np.maximum(last.means(HORIZON), 0)
    made = Outlook(means, last.spreads(HORIZON))
    return Told(_verdict(test), made, test)


def _verdict(test: BackTest) -> str:
    """Why the outlook is not offered, after how it came true; '' where it is."""
    if test.error_own >= test.error_naive:
        return NOT_BETTER
    # A band that lets one month in four out, as after a change of level, says more than is known.
    return TOO_NARROW if test.coverage95 < LEAST_HELD else ""


def refusal(values: Floats) -> str:
    """Why there can be no outlook of a series before any is made; '' where one can be tried."""
    at = np.flatnonzero(~np.isnan(values))
    if len(at) == 0 or at[-1] - at[0] + 1 < LEAST_MONTHS:
        return SHORT
    if len(at) < (1 - MOST_GAPS) * (at[-1] - at[0] + 1):
        return GAPS
    return RARE if is_rare(values[at]) else ""


def _is_learnt(before: Floats) -> bool:
    """Whether every month of the year came whole, and enough of two years: the smoothing has a season to learn."""
    known = ~np.isnan(before)
    return known.sum() >= (1 - MOST_GAPS) * FIRST_ORIGIN and all(
        known[at::PERIOD].any() for at in range(PERIOD)
    )


def back_test(values: Floats, fits: dict[int, Fitted]) -> BackTest:
    """How the outlooks of earlier origins came true, beside the last value of the same month."""
    own, naive, within = [], [], []
    for origin, fit in fits.items():
        true = values[origin : origin + HORIZON]
        before = _same_month_before(values[:origin], len(true))
        middle, spread = np.maximum(fit.means(len(true)), 0), fit.spreads(len(true))
        told = ~np.isnan(true) & ~np.isnan(before)
        own.append(np.abs(true - middle)[told])
        naive.append(np.abs(true - before)[told])
        within.append((np.abs(true - fit.means(len(true))) / spread)[told])
    errors, naives, distances = (np.concatenate(parts) for parts in (own, naive, within))
    return BackTest(
        error_own=float(errors.mean()),
        error_naive=float(naives.mean()),
        coverage80=float((distances <= WIDTHS[80]).mean()),
        coverage95=float((distances <= WIDTHS[95]).mean()),
        origins=len(fits),
        forecasts=len(errors),
    )


def _same_month_before(values: Floats, horizon: int) -> Floats:
    """The last value of the same month of each month to come; of two years before where the last was not whole."""
    years = [values[len(values) - PERIOD * (ago + 1) :][:PERIOD] for ago in range(len(values) // PERIOD)]
    found = years[0].copy()
    for earlier in years[1:]:
        found = np.where(np.isnan(found), earlier, found)
    return found[np.arange(horizon) % PERIOD]
