"""Series of what is rare, by twelve months: counts with their exact limits of chance."""

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from vrin_data.measures.month_arrays import PER_RATE, MonthArrays
from vrin_data.measures.monthly import MISSING, PARTIAL, UNTOLD, WHOLE
from vrin_data.methods.control_chart import Floats
from vrin_data.methods.intervals import poisson_interval
from vrin_data.methods.rare_events import years_of

MONTHS = 12


def rare_years(series: MonthArrays) -> MonthArrays:
    """A row for every twelve months of a series, back from its last month that came, oldest first.

    `month` is the first of the twelve. `state` is whole where all of the twelve came whole, and the value is of those
    months that did.
    """
    came = series.numbers[series.state != MISSING]
    if not len(came):
        return _rows(series, np.zeros(0, dtype="int64"))
    # A year of a feed that counts by quarter ends with its last quarter.
    year = years_of(series.numbers, int(came[-1]) + series.width - 1)
    starts = np.flatnonzero(np.append(True, year[1:] != year[:-1]) & (year >= 0))
    ends = np.append(starts[1:], int((year >= 0).sum()))
    years = [slice(int(start), int(end)) for start, end in zip(starts, ends, strict=True)]
    value, low, high = (
        np.array([_sum(each[one], series.is_used[one]) for one in years])
        for each in (series.value, series.value_low, series.value_high)
    )
    states = np.array([_state(series.state[one], series.width) for one in years], dtype=object)
    return replace(_rows(series, starts), state=states, value=value, value_low=low, value_high=high)


def chance_limits(years: MonthArrays) -> tuple[Floats, Floats]:
    """The exact 95% limits of the counts of twelve months, in units of the figure; NaN for harm and what is not used.

    Those of harm need the weights of its incidents (`rare_harm`).
    """
    counts = years.incidents
    low, high = np.full(len(years.month), np.nan), np.full(len(years.month), np.nan)
    if counts is not None:
        found = poisson_interval(np.rint(np.maximum(counts, 0)))
        per = years.population[years.is_used] / PER_RATE if years.figure.endswith("rate") else 1.0
        low[years.is_used], high[years.is_used] = found.low / per, found.high / per
    return low, high


def _rows(series: MonthArrays, at: npt.NDArray[np.int64]) -> MonthArrays:
    return replace(
        series,
        width=MONTHS,
        month=series.month[at],
        value=series.value[at],
        value_low=series.value_low[at],
        value_high=series.value_high[at],
        state=series.state[at],
        population=series.population[at],
    )


def _sum(values: Floats, is_used: npt.NDArray[np.bool_]) -> float:
    return float(values[is_used].sum()) if is_used.any() else float("nan")


def _state(states: npt.NDArray[Any], width: int) -> str:
    told = int((states == WHOLE).sum())
    if told * width == MONTHS:
        return WHOLE
    if (states == MISSING).all():
        return MISSING
    is_full = len(states) * width == MONTHS and told + int((states == UNTOLD).sum()) == len(states)
    return UNTOLD if is_full else PARTIAL
