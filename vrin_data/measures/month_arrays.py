"""The series of figures by month as arrays: of many areas one frame is slow to take apart, and arrays are not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.measures.monthly import UNTOLD, WHOLE, Monthly
from vrin_data.measures.selection import FIRST_YEAR, MONTHS_PER_YEAR, month_number
from vrin_data.methods.control_chart import Flags, Floats, Steps

Months = npt.NDArray[np.datetime64]
PER_RATE = 1000


@dataclass(frozen=True, eq=False)
class MonthArrays:
    """One series, oldest month first; figures that there are not are NaN. `width` is how many months one has."""

    area_code: str
    area_name: str
    figure: str
    width: int
    month: Months
    value: Floats
    value_low: Floats
    value_high: Floats
    state: npt.NDArray[Any]
    population: Floats

    @property
    def is_used(self) -> Flags:
        """Which months came whole with a figure."""
        return np.asarray(self.state == WHOLE)

    @property
    def numbers(self) -> Steps:
        """The months as numbers, as `month_number` gives them."""
        return self.month.astype("datetime64[M]").astype("int64") + (1970 - FIRST_YEAR) * MONTHS_PER_YEAR

    @property
    def used(self) -> Floats:
        """The values of the months used."""
        return self.value[self.is_used]

    @property
    def incidents(self) -> Floats | None:
        """The incidents of the months used, None for harm."""
        if self.figure == "incidents":
            return self.used
        if self.figure == "incidents-rate":
            return np.asarray(self.used * self.population[self.is_used] / PER_RATE)
        return None

    @property
    def is_next(self) -> Flags:
        """Of the months used: whether each follows the one used before it without a gap."""
        used = self.numbers[self.is_used]
        return np.append(False, np.diff(used) == self.width)[: len(used)]

    def segment(self, anew: Sequence[date]) -> Steps:
        """For each month how many of the months at which limits begin anew have come."""
        starts = np.sort(np.array([month_number(one) for one in anew], dtype="int64"))
        return np.searchsorted(starts, self.numbers, side="right")

    def as_ranges(self) -> "MonthArrays":
        """The series where no single figure can be told: its whole months as ranges."""
        value = np.where(self.is_used, np.nan, self.value)
        return replace(self, value=value, state=np.where(self.is_used, UNTOLD, self.state).astype(object))


def month_arrays(found: Monthly) -> Iterator[MonthArrays]:
    """The series of each area, in the order of the frame, in which the rows of an area stand together."""
    frame = found.frame
    if frame.empty:
        return
    codes, names = frame["area_code"].to_numpy(), frame["area_name"].to_numpy()
    states, month = frame["state"].to_numpy(dtype=object), frame["month"].to_numpy()
    floats = [_floats(frame[name]) for name in ("value", "value_low", "value_high", "population")]
    ends = [*(np.flatnonzero(codes[1:] != codes[:-1]) + 1).tolist(), len(codes)]
    for start, stop in zip([0, *ends[:-1]], ends, strict=True):
        at = slice(start, stop)
        value, low, high, population = (one[at] for one in floats)
        yield MonthArrays(
            str(codes[start]),
            str(names[start]),
            found.figure,
            found.question.width,
            month[at],
            value,
            low,
            high,
            states[at],
            population,
        )


def as_rows(found: Monthly, series: Sequence[MonthArrays]) -> dict[str, Any]:
    """The columns of `Monthly` of some series, one after another."""
    sizes = [len(one.month) for one in series]
    joined = {
        name: np.concatenate([np.zeros(0), *(getattr(one, name) for one in series)])
        for name in ("value", "value_low", "value_high", "population")
    }
    like = found.frame
    month = np.concatenate([like["month"].to_numpy()[:0], *(one.month for one in series)])
    state = np.concatenate([np.zeros(0, dtype=object), *(one.state for one in series)])
    return {
        "area_code": np.repeat(np.array([one.area_code for one in series], dtype=object), sizes),
        "area_name": np.repeat(np.array([one.area_name for one in series], dtype=object), sizes),
        "month": month,
        **{name: _figures(joined[name], found.figure) for name in ("value", "value_low", "value_high")},
        "state": state,
        "population": _nullable(joined["population"]).astype(like["population"].dtype),
    }


def _floats(values: pd.Series) -> Floats:
    return values.to_numpy(dtype="float64", na_value=np.nan)


def _figures(values: Floats, figure: str) -> Any:
    """Figures as they are, incidents as the whole numbers that they are unless a season was taken out of them."""
    held = _nullable(values)
    known = values[~np.isnan(values)]
    is_counted = figure == "incidents" and np.array_equal(known, np.rint(known))
    return held.astype("Int64") if is_counted else held


def _nullable(values: Floats) -> Any:
    held = pd.array(values, dtype="Float64")
    held[np.isnan(values)] = pd.NA
    return held
