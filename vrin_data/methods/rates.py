"""Rates of counts and shares, each with the limits that public health publishes: exact, Byar's and Wilson's."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from vrin_data.methods.intervals import Interval, poisson_interval

Floats = npt.NDArray[np.float64]
Z = 1.959963984540054
"""The normal limit that leaves out 2.5% at one end."""
EXACT_BELOW = 10
"""From so many events on Byar's limits stand for the exact ones, within 0.2% of them."""
EXACT, BYAR = "exact", "byar"


class Rates(NamedTuple):
    """One each for every count: the rate, its 95% limits, and by which method they are (EXACT or BYAR)."""

    value: Floats
    low: Floats
    high: Floats
    method: npt.NDArray[np.object_]


def crude_rates(count: npt.ArrayLike, population: npt.ArrayLike, *, per: float) -> Rates:
    """Counts per so many residents; NaN where nobody is known to live.

    Limits: exact Poisson below EXACT_BELOW events, else Byar's, as OHID and UKHSA publish them (Fingertips
    technical guidance; Breslow and Day 1987, Statistical Methods in Cancer Research II).
    """
    counted, people = np.asarray(count, dtype="float64"), np.asarray(population, dtype="float64")
    each = np.divide(per, people, out=np.full(np.shape(people), np.nan), where=people > 0)
    limits = count_interval(counted)
    method = np.where(counted < EXACT_BELOW, EXACT, BYAR).astype(object)
    return Rates(counted * each, limits.low * each, limits.high * each, method)


def count_interval(count: npt.ArrayLike) -> Interval:
    """95% limits of counts: exact Poisson below EXACT_BELOW, Byar's from there on."""
    counted = np.asarray(count, dtype="float64")
    few = counted < EXACT_BELOW
    exact, byar = poisson_interval(np.where(few, counted, 0.0)), byar_interval(counted)
    return Interval(np.where(few, exact.low, byar.low), np.where(few, exact.high, byar.high))


def byar_interval(count: npt.ArrayLike) -> Interval:
    """Byar's 95% limits of counts (Breslow and Day 1987, page 69); below 0 they are 0."""
    counted = np.asarray(count, dtype="float64")
    low = _byar(np.maximum(counted, 1.0), -Z)
    return Interval(np.where(counted > 0, np.maximum(low, 0.0), 0.0), _byar(counted + 1, Z))


def _byar(count: Floats, z: float) -> Floats:
    return np.asarray(count * (1 - 1 / (9 * count) + z / (3 * np.sqrt(count))) ** 3, dtype="float64")


def wilson_interval(count: npt.ArrayLike, of: npt.ArrayLike) -> Interval:
    """Wilson's 95% limits of shares (Wilson 1927, doi 10.1080/01621459.1927.10502953); NaN of nothing."""
    counted, whole = np.asarray(count, dtype="float64"), np.asarray(of, dtype="float64")
    some = np.where(whole > 0, whole, np.nan)
    middle = 2 * counted + Z**2
    reach = Z * np.sqrt(Z**2 + 4 * counted * (1 - counted / some))
    return Interval((middle - reach) / (2 * (some + Z**2)), (middle + reach) / (2 * (some + Z**2)))
