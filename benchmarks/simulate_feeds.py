"""Simulated suppliers of which it is known what is wrong, for measuring how the checks of submissions do.

Each kind of supplier is a rate with its season, trend and noise beyond chance; a day's rows come in
the pattern of the kind. Amplitudes and noise are assumptions of plausible size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from vrin_data.contract.periods import later

FIRST_MONTH = date(2023, 4, 1)
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Kind:
    """A kind of supplier: `amplitude` of its season, `trend` a month, `noise` beyond chance, all as shares."""

    name: str
    amplitude: float = 0.15
    trend: float = 0.0
    noise: float = 0.05
    days: str = "even"


CALM = Kind("calm")
TRENDING = Kind("trending", trend=0.02)
SEASONAL = Kind("seasonal", amplitude=0.3, noise=0.08)
ERRATIC = Kind("erratic", noise=0.2)
VOLUME_KINDS = (CALM, TRENDING, SEASONAL, ERRATIC)
DAY_KINDS = tuple(Kind(name, noise=0.1, days=name) for name in ("even", "weekend", "office", "bursty"))


def month_counts(kind: Kind, mean: float, months: int, *, rng: np.random.Generator) -> Counts:
    """Rows a month of one supplier."""
    return rng.poisson(_rates(kind, mean, months, rng)).astype(np.int64)


def day_counts(
    kind: Kind, mean: float, months: int, *, rng: np.random.Generator
) -> list[tuple[date, Counts]]:
    """First day and rows a day of each month of one supplier."""
    found = []
    for number, rate in enumerate(_rates(kind, mean, months, rng)):
        first = later(FIRST_MONTH, number)
        weights = _day_weights(kind.days, first, (later(first, 1) - first).days, rng)
        found.append((first, rng.poisson(rate * weights / weights.sum()).astype(np.int64)))
    return found


def halved(count: int, *, rng: np.random.Generator) -> int:
    """What came of a month of which the first fourteen days were sent."""
    return int(rng.binomial(count, 14 / 30.4))


def suppliers(seed: int, count: int) -> Iterator[np.random.Generator]:
    """Independent random streams, one a supplier."""
    return (np.random.default_rng(child) for child in np.random.SeedSequence(seed).spawn(count))


def _rates(kind: Kind, mean: float, months: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    number = np.arange(months)
    season = 1 + kind.amplitude * np.cos(2 * np.pi * (number - rng.integers(12)) / 12)
    trend = (1 + rng.choice([-1, 1]) * kind.trend) ** (number - months / 2)
    noise = rng.gamma(1 / kind.noise**2, kind.noise**2, size=months)
    return np.asarray(mean * season * trend * noise)


def _day_weights(pattern: str, first: date, length: int, rng: np.random.Generator) -> npt.NDArray[np.float64]:
    days = [first + timedelta(days=number) for number in range(length)]
    if pattern == "weekend":
        return np.array([2.0 if day.weekday() >= 4 else 0.5 for day in days])
    if pattern == "office":
        return np.array([0.0 if day.weekday() >= 5 or _is_holiday(day) else 1.0 for day in days])
    if pattern == "bursty":
        return rng.gamma(1.0, 1.0, size=length)
    return np.ones(length)


def _is_holiday(day: date) -> bool:
    return (day.month == 12 and day.day >= 24) or (day.month == 1 and day.day == 1)
