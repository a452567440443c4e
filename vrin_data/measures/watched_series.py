"""The series that are watched, by month, and why some of them cannot be searched."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from vrin_data.measures.breaks import rebase_months
from vrin_data.measures.chart_kinds import RARE, counts_homicide_alone, kind_of
from vrin_data.measures.monthly import MISSING, UNTOLD, WHOLE, Monthly
from vrin_data.measures.question import Question
from vrin_data.measures.selection import month_number
from vrin_data.measures.trend_request import AUTO
from vrin_data.measures.watched_months import LEAST_POINTS, REFUSED, SHORT, asked_of, months_of
from vrin_data.methods.control_chart import Flags, Floats, Steps
from vrin_data.records.signals import INCIDENTS, Watch
from vrin_data.store import Store

RECENT = 3
"""A signal is one that touches so many of the last periods."""
MOST_UNTOLD = 0.25
"""A series of whose months more are ranges is not searched: those that can be told are not like the others."""
STALE, RANGES, IS_RARE = "stale", "ranges", "rare"
LEFT_OUT = {
    SHORT: f"fewer than {LEAST_POINTS} whole months since its limits last began anew",
    STALE: f"none of its last {RECENT} months came whole",
    RANGES: "too many months, or the last ones, can only be told as a range",
    IS_RARE: "too rare for a chart by month",
    REFUSED: "the definition cannot be asked of this build",
}
"""Why a series cannot be searched."""


@dataclass(frozen=True, eq=False)
class WatchedSeries:
    """One series: its place among those of `found`, its whole months as numbers, and a row of values a reading.

    The readings are the figure and, where it is a range, its lowest and its highest.
    """

    found: Monthly
    area_code: str
    area_name: str
    figure: str
    numbers: Steps
    readings: Floats


@dataclass(frozen=True, eq=False)
class Gathered:
    """The series that can be searched, and how many cannot, by reason of LEFT_OUT."""

    series: list[WatchedSeries] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def watched_count(self) -> int:
        """The series that were to be searched."""
        return len(self.series) + self.left_out.total()


def gathered(store: Store, watch: Watch) -> Gathered:
    """The watched series of the current build. Raises EmptyStore where it holds no feed of crimes."""
    asked = asked_of(store, watch)
    found = Gathered(left_out=asked.left_out)
    for series in months_of(store, asked):
        codes = series.frame["area_code"].unique()
        _split(series, series.figure, rebase_months(store, series.question, series.figure, codes), found)
    return found


def _split(series: Monthly, figure: str, rebases: dict[str, list[date]], found: Gathered) -> None:
    frame = series.frame
    columns = _Columns(
        numbers=(frame["month"].dt.year * 12 + frame["month"].dt.month - 1).to_numpy("int64") - 1900 * 12,
        state=frame["state"].to_numpy(),
        readings=np.stack(
            [
                frame[name].to_numpy("float64", na_value=np.nan)
                for name in ("value", "value_low", "value_high")
            ]
        ),
    )
    is_homicide = counts_homicide_alone(series.question)
    for code, name, rows in _areas(frame["area_code"].to_numpy(), frame["area_name"].to_numpy()):
        began = month_number(rebases[code][-1]) if code in rebases else 0
        part = columns.part(rows, began)
        reason = part.reason(series.question, figure, is_homicide=is_homicide)
        if reason:
            found.left_out[reason] += 1
        else:
            found.series.append(
                WatchedSeries(series, code, name, figure, part.numbers[part.is_whole], part.told)
            )


@dataclass(frozen=True, eq=False)
class _Columns:
    """The months of some series as columns: number, state, and a row of values for each reading."""

    numbers: Steps
    state: np.ndarray
    readings: Floats

    def part(self, rows: slice, began: int) -> "_Columns":
        """The months of one series, those before its limits began anew left out."""
        kept = np.arange(rows.start, rows.stop)[self.numbers[rows] >= began]
        return _Columns(self.numbers[kept], self.state[kept], self.readings[:, kept])

    @property
    def is_whole(self) -> Flags:
        return np.asarray(self.state == WHOLE)

    @property
    def told(self) -> Floats:
        """The whole months' values: the figure, and its lowest and highest reading where they are not the same."""
        whole = self.readings[:, self.is_whole]
        apart = [one for one in whole[1:] if not np.array_equal(one, whole[0]) and np.isfinite(one).all()]
        return np.stack([whole[0], *apart])

    def reason(self, question: Question, figure: str, *, is_homicide: bool) -> str:
        """Why the series cannot be searched, '' where it can."""
        whole = np.flatnonzero(self.is_whole)
        is_untold = self.state == UNTOLD
        if len(whole) < LEAST_POINTS:
            return RANGES if len(whole) + is_untold.sum() >= LEAST_POINTS else SHORT
        recent = month_number(question.asked[-1].start) - RECENT * question.width
        if self.numbers[whole[-1]] <= recent:
            return RANGES if is_untold[self.numbers > recent].any() else STALE
        if is_untold.sum() > MOST_UNTOLD * (self.state != MISSING).sum():
            return RANGES
        values = self.readings[0, whole]
        counts = values if figure == INCIDENTS else None
        kind = kind_of(AUTO, values, counts, is_homicide=is_homicide, is_untold=False, varies=False)
        return IS_RARE if kind.kind == RARE else ""


def _areas(codes: np.ndarray, names: np.ndarray) -> Iterator[tuple[str, str, slice]]:
    """The rows of each area: they stand together."""
    starts: Sequence[int] = (
        np.flatnonzero(np.append(True, codes[1:] != codes[:-1])).tolist() if len(codes) else []
    )
    for start, stop in zip(starts, [*starts[1:], len(codes)], strict=True):
        yield str(codes[start]), str(names[start]), slice(start, stop)
