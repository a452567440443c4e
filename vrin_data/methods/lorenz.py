"""How unevenly something lies over places: Lorenz curve, Gini, and what it would be if it fell at random."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
HALF = 0.5
TAIL = 0.025
"""What an interval of 95% leaves out at either end."""
CROWDED = 2
"""Incidents of one weight a place above which it is quicker to draw how many each place gets."""


def lorenz_curve(amounts: npt.ArrayLike) -> tuple[Floats, Floats]:
    """The share of places, those with most first, and the share of all that they hold; from 0 to 1 in both.

    The shares are NaN where there is nothing to share.
    """
    held = np.sort(np.asarray(amounts, dtype="float64"))[::-1]
    ranks = np.arange(len(held) + 1) / max(len(held), 1)
    total = held.sum()
    shares = np.append(0.0, np.cumsum(held) / total) if total > 0 else np.full(len(held) + 1, np.nan)
    return ranks, shares


def gini(amounts: npt.ArrayLike) -> float:
    """The Gini coefficient: 0 where every place holds the same, towards 1 where one holds all; NaN for nothing."""
    held = np.sort(np.asarray(amounts, dtype="float64"), axis=-1)
    return float(_gini_of_sorted(held[None, :])[0])


def generalised_gini(amounts: npt.ArrayLike, events: float) -> float:
    """The Gini of `events` events over places, of which there may be more than events: 0 where they lie as evenly as
    they can. G' = max(1, places / events) (G - 1) + 1.

    Source: Bernasco and Steenbeek 2017, Journal of Quantitative Criminology 33:451-467,
    doi 10.1007/s10940-016-9324-7.
    """
    held = np.asarray(amounts, dtype="float64")
    return max(1.0, len(held) / events) * (gini(held) - 1) + 1 if events > 0 else float("nan")


def share_of_places_half(amounts: npt.ArrayLike) -> float:
    """The smallest share of the places that holds half or more; NaN where there is nothing."""
    held = np.sort(np.asarray(amounts, dtype="float64"))
    return float(_half_of_sorted(held[None, :])[0])


def _gini_of_sorted(held: Floats) -> Floats:
    """By row, of values from the least."""
    count = held.shape[1]
    total = held.sum(axis=1)
    ranked = held @ np.arange(1.0, count + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(total > 0, (2 * ranked / total - count - 1) / count, np.nan)


def _half_of_sorted(held: Floats) -> Floats:
    """By row, of values from the least: places that hold half, those with most first."""
    most_first = np.cumsum(held[:, ::-1], axis=1)
    total = most_first[:, -1:]
    # Sums of weights that are no whole numbers may miss the half by a hair.
    enough = most_first >= HALF * total * (1 - 1e-12)
    return np.where(total[:, 0] > 0, (enough.argmax(axis=1) + 1) / held.shape[1], np.nan)


class AtRandom(NamedTuple):
    """What chance alone gives: the share of places that hold half (2.5% and 97.5% points) and the mean Gini."""

    half_low: float
    half_high: float
    gini: float


def at_random(
    incidents: npt.ArrayLike, weights: npt.ArrayLike, places: int, *, runs: int, seed: int
) -> AtRandom:
    """What the same incidents give where each falls in any of the places with the same chance.

    `incidents` of each weight keep it: only where they fall is drawn, `runs` times. NaN where there are none.
    """
    random = np.random.default_rng(seed)
    count = np.rint(np.asarray(incidents, dtype="float64")).astype("int64")
    weight = np.asarray(weights, dtype="float64")
    kept = (count > 0) & (weight > 0)
    if not kept.any():
        return AtRandom(*[float("nan")] * 3)
    halves, ginis = np.empty(runs), np.empty(runs)
    for run in range(runs):
        held = np.sort(_fallen(random, count[kept], weight[kept], places))[None, :]
        halves[run], ginis[run] = _half_of_sorted(held)[0], _gini_of_sorted(held)[0]
    low, high = np.quantile(halves, [TAIL, 1 - TAIL])
    return AtRandom(float(low), float(high), float(ginis.mean()))


def _fallen(random: np.random.Generator, count: npt.NDArray[np.int64], weight: Floats, places: int) -> Floats:
    """What each place holds after one fall of all incidents."""
    many = count > CROWDED * places
    few = np.repeat(weight[~many], count[~many])
    held = np.zeros(places)
    held += np.bincount(random.integers(places, size=len(few)), weights=few, minlength=places)
    even = np.full(places, 1 / places)
    for number, each in zip(count[many], weight[many], strict=True):
        held += random.multinomial(number, even) * each
    return held
