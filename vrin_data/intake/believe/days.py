"""Runs of days without a row, and how surprising they are for this supplier.

A day with rows is one thing to notice and a day with many is no more, since rows are often entered
in heaps. Each weekday's chance of being empty is taken from the supplier's other periods; where
there are too few of those, from the period itself: its days with rows, dealt out at random, would
have to leave the run free.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import comb

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
WEEKDAYS = 7
WEEKEND = (5, 6)
OFFICE_WEEKEND = 0.8
"""Share of empty Saturdays and Sundays from which on rows are taken to be entered in office hours."""
MANY_OTHERS = 8
"""From so many others on, the one with the longest run may itself be partial and is left out."""


@dataclass(frozen=True)
class DaysOf:
    """The days of one period, the first to the last, and whether each has a row."""

    first: date
    has_rows: npt.NDArray[np.bool_]


@dataclass(frozen=True)
class EmptyRun:
    """The longest run of days without a row: inclusive days, its length, its chance, the others' longest."""

    first: date
    last: date
    length: int
    period_days: int
    chance: float
    longest_of_others: int | None

    @property
    def words(self) -> str:
        """Where the run lies."""
        first = f"{self.first.day} {self.first:%B}"
        return f"no row is dated {first} to {self.last.day} {self.last:%B %Y} ({self.length} days)"


def empty_runs(periods: Sequence[DaysOf], *, least_others: int) -> list[EmptyRun | None]:
    """The longest run of empty days of each period of a supplier; None where every day has a row, or none has."""
    is_known = len(periods) > least_others
    if _is_office(periods):
        periods = [_without_holidays(one) for one in periods]
    used, days = _by_weekday(periods)
    longest = [_longest(one.has_rows) for one in periods]
    runs: list[EmptyRun | None] = []
    for own, (start, length), own_used, own_days in zip(periods, longest, used, days, strict=True):
        if not length or not own.has_rows.any():
            runs.append(None)
            continue
        chance = _chance_alone(own, length)
        if is_known:
            empty = _share_empty(used.sum(axis=0) - own_used, days.sum(axis=0) - own_days)
            chance = float(np.prod(empty[(own.first.weekday() + start + np.arange(length)) % WEEKDAYS]))
        others = _longest_of_others([run for _, run in longest], length) if is_known else None
        runs.append(_run(own, start, length, chance=chance, others=others))
    return runs


def _run(own: DaysOf, start: int, length: int, *, chance: float, others: int | None) -> EmptyRun:
    """The run; one that may lie anywhere has as many chances as there are places for it."""
    first, total = own.first + timedelta(days=start), len(own.has_rows)
    last = first + timedelta(days=length - 1)
    return EmptyRun(first, last, length, total, min(1.0, chance * (total - length + 1)), others)


def _is_office(periods: Sequence[DaysOf]) -> bool:
    """Whether rows are entered in office hours: hardly any weekend has one."""
    used, days = _by_weekday(periods)
    weekend = list(WEEKEND)
    return bool(used[:, weekend].sum() < (1 - OFFICE_WEEKEND) * days[:, weekend].sum())


def _without_holidays(period: DaysOf) -> DaysOf:
    """The days with those on which offices are closed taken as if they had rows, so that they tell nothing."""
    days = [period.first + timedelta(days=number) for number in range(len(period.has_rows))]
    closed = [(day.month == 12 and day.day >= 24) or (day.month == 1 and day.day <= 2) for day in days]
    # A period without any row stays one.
    return DaysOf(period.first, period.has_rows | (np.array(closed) & period.has_rows.any()))


def _by_weekday(periods: Sequence[DaysOf]) -> tuple[Floats, Floats]:
    """Days with rows, and all days, one row a period, by weekday from Monday."""
    used, days = np.zeros((len(periods), WEEKDAYS)), np.zeros((len(periods), WEEKDAYS))
    for number, one in enumerate(periods):
        weekday = (one.first.weekday() + np.arange(len(one.has_rows))) % WEEKDAYS
        days[number] = np.bincount(weekday, minlength=WEEKDAYS)
        used[number] = np.bincount(weekday[one.has_rows], minlength=WEEKDAYS)
    return used, days


def _share_empty(used: Floats, days: Floats) -> Floats:
    return np.asarray((days - used + 0.5) / (days + 1))


def _longest(has_rows: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Position and length of the longest run without a row."""
    edges = np.flatnonzero(np.concatenate([[True], has_rows, [True]]))
    gaps = np.diff(edges) - 1
    best = int(np.argmax(gaps))
    return int(edges[best]), int(gaps[best])


def _longest_of_others(lengths: Sequence[int], own: int) -> int:
    others = sorted(lengths)
    others.remove(own)
    return others[-2] if len(others) >= MANY_OTHERS else others[-1]


def _chance_alone(own: DaysOf, length: int) -> float:
    """The chance that the period's days with rows, dealt out at random, all fall outside a given run."""
    total, used = len(own.has_rows), int(own.has_rows.sum())
    return comb(total - length, used) / comb(total, used)
