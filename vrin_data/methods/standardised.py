"""Rates as they would be if every area had the same ages: direct standardisation, with Dobson's limits."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vrin_data.methods.rates import byar_interval
from vrin_data.methods.reliability import LEAST_FOR_STANDARDISED

Floats = npt.NDArray[np.float64]


class Standardised(NamedTuple):
    """One each for every area: the rate and its 95% limits; NaN below 10 events or where residents lack."""

    value: Floats
    low: Floats
    high: Floats


def standardised_rates(
    counts: npt.ArrayLike, residents: npt.ArrayLike, standard: npt.ArrayLike, *, per: float
) -> Standardised:
    """The rates of areas (rows) whose events and residents are given by band of ages (columns).

    `standard` is the population that every area is given the ages of. A band without residents that has no events
    adds nothing; one with events has no rate, and then the area has none. Source of the limits: Dobson and others
    1991, Statistics in Medicine 10:457-462, upon Byar's of the count, as OHID and UKHSA publish them.
    """
    events, people = np.asarray(counts, dtype="float64"), np.asarray(residents, dtype="float64")
    share = np.asarray(standard, dtype="float64") / np.sum(standard)
    each = np.divide(share, people, out=np.zeros(np.shape(people)), where=people > 0)
    total, rate, variance = events.sum(-1), (each * events).sum(-1), (each**2 * events).sum(-1)
    unknown = (np.isnan(people) | ((people <= 0) & (events > 0))).any(-1)
    shown = (total >= LEAST_FOR_STANDARDISED) & ~unknown
    limits, some = byar_interval(total), np.where(shown, total, np.nan)
    reach = np.sqrt(variance / some)
    return Standardised(
        np.where(shown, rate, np.nan) * per,
        (rate + reach * (limits.low - total)) * per,
        (rate + reach * (limits.high - total)) * per,
    )
