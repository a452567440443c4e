"""What is drawn by chance, and the months it is drawn for.

Every supplier and feed has a stream of random numbers of its own, so that a change to one leaves the
others as they were.
"""

import zlib
from calendar import monthrange
from datetime import date

import numpy as np
import pandas

from sample_data.forces import LAST_MONTH


def stream(supplier_id: str, feed_id: str, what: str = "") -> np.random.Generator:
    """The random numbers of a supplier's feed."""
    return np.random.default_rng(zlib.crc32(f"{supplier_id} {feed_id} {what}".encode()))


def months_from(first: str, last: str = LAST_MONTH, *, step: int = 1) -> list[str]:
    """First months of the periods of `step` months from `first` on, as YYYY-MM, oldest first."""
    return [str(month) for month in pandas.period_range(first, last, freq="M")[::step]]


def last_day(month: str, length: int = 1) -> date:
    """Last day of the period of `length` months that begins with a month."""
    end = pandas.Period(month, "M") + (length - 1)
    return date(end.year, end.month, monthrange(end.year, end.month)[1])


def season(month: str) -> float:
    """Factor on a monthly rate: a seventh more in July, as much less in January."""
    return float(1 + 0.15 * np.cos(2 * np.pi * (int(month[5:7]) - 7) / 12))


def chosen(spread: dict[str, float], count: int, rng: np.random.Generator) -> np.ndarray:
    """So many values drawn by their shares, which add up to 1."""
    return rng.choice(np.array(list(spread), dtype=object), size=count, p=list(spread.values()))


def moments(month: str, count: int, rng: np.random.Generator, *, length: int = 1) -> pandas.Series:
    """So many times to the minute within a period, most in the evening, oldest first."""
    start = pandas.Timestamp(f"{month}-01")
    days = (last_day(month, length) - start.date()).days + 1
    weights = np.array([4, 3, 3, 2, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 6], dtype=float)
    minutes = rng.integers(0, days, size=count) * 1440
    minutes += rng.choice(24, size=count, p=weights / weights.sum()) * 60 + rng.integers(0, 60, size=count)
    return pandas.Series(start + pandas.to_timedelta(np.sort(minutes), unit="m"))
