"""Figures by month made into control charts: each area's series by the chart that suits it, whole months alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from vrin_data.measures.chart_kinds import (
    UNTOLD_MOSTLY,
    Kind,
    counts_homicide_alone,
    incidents_of,
    is_untold,
    kind_of,
)
from vrin_data.measures.monthly import UNTOLD, WHOLE, Monthly
from vrin_data.measures.rare_years import rare_years
from vrin_data.measures.selection import month_number
from vrin_data.measures.trend_request import AUTO, LANEY, NONE, RARE, RUN_CHART, XMR
from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import Chart, Flags, Floats, Steps, blank, readings
from vrin_data.methods.laney import u_prime
from vrin_data.methods.run_chart import run_chart
from vrin_data.methods.seasons import without_season as seasonless
from vrin_data.methods.xmr import xmr_chart

LINES = ("mean", "lower", "upper", "near_lower", "near_upper")
FOUND = ("is_used", "segment", "kind", *LINES, "is_trial", "cause", "direction", "reading")
PER_RATE = 1000
DAYS_OF_MONTH = 365.25 / 12


class SeriesFacts(NamedTuple):
    """What holds of a whole series: its chart and why, moving ranges left out, months at which limits begin anew."""

    area_code: str
    area_name: str
    kind: Kind
    screened: int
    rebased: tuple[date, ...]
    has_season_out: bool = False


@dataclass(frozen=True, eq=False)
class Charted:
    """The rows of `trend`, and what holds of each series, in the order of the rows."""

    frame: pd.DataFrame
    series: tuple[SeriesFacts, ...]


@dataclass(frozen=True, eq=False)
class _Months:
    """The months of a series as numbers, each with its segment, and which of them are used."""

    numbers: Steps
    segment: Steps
    is_used: Flags
    width: int

    @property
    def is_next(self) -> Flags:
        """Of the used months: whether each follows the used one before it without a gap."""
        used = self.numbers[self.is_used]
        return np.append(False, np.diff(used) == self.width)[: len(used)]


def charted(
    found: Monthly,
    *,
    settings: ChartSettings,
    kind: str = AUTO,
    rebases: Mapping[str, Sequence[date]] | None = None,
    of_homicide: frozenset[str] = frozenset(),
    without_season: bool = False,
) -> Charted:
    """Charts of every series; `rebases` are months at which limits begin anew, `of_homicide` areas never on XmR.

    A month that did not come whole leaves the series: those on either side are neighbours for the rules, and the
    range between them stands in no limit.
    """
    alone = counts_homicide_alone(found.question)
    frames, series = [], []
    for code, rows in found.frame.groupby("area_code", sort=False):
        months = _months(found, rows, (rebases or {}).get(str(code), ()))
        chosen = _kind(found, rows, months, kind, is_homicide=alone or code in of_homicide)
        if chosen.reason == UNTOLD_MOSTLY:
            rows = _as_ranges(rows)
            months = _months(found, rows, ())
        calm = _without_season(found, rows, chosen) if without_season else None
        frame, screened = _one(found, rows if calm is None else calm, months, chosen, settings)
        frames.append(frame)
        anew = tuple(sorted((rebases or {}).get(str(code), ())))
        name = str(rows["area_name"].iloc[0])
        series.append(SeriesFacts(str(code), name, chosen, screened, anew, has_season_out=calm is not None))
    return Charted(_together(found, frames), tuple(series))


def _together(found: Monthly, frames: list[pd.DataFrame]) -> pd.DataFrame:
    if frames:
        return pd.concat(frames, ignore_index=True)
    months = _Months(*(np.zeros(0, dtype="int64") for _ in range(2)), np.zeros(0, dtype=bool), 1)
    return _columns(found.frame, months, Kind(NONE, "short"), blank(0), ChartSettings())


def _months(found: Monthly, rows: pd.DataFrame, anew: Sequence[date]) -> _Months:
    numbers = np.asarray(rows["month"].dt.year * 12 + rows["month"].dt.month - 1, dtype="int64") - 1900 * 12
    starts = np.sort([month_number(one) for one in anew])
    segment = (
        np.searchsorted(starts, numbers, side="right") if len(starts) else np.zeros(len(numbers), "int64")
    )
    is_used = (rows["state"] == WHOLE).to_numpy()
    return _Months(numbers, np.asarray(segment, dtype="int64"), is_used, found.question.width)


def _kind(found: Monthly, rows: pd.DataFrame, months: _Months, asked: str, *, is_homicide: bool) -> Kind:
    used = rows[months.is_used]
    varies = found.figure == "incidents-rate" and used["population"].nunique() > 1
    values = used["value"].astype("float64").to_numpy()
    return kind_of(
        asked,
        values,
        incidents_of(used, found.figure),
        is_homicide=is_homicide,
        is_untold=is_untold(rows, found.figure),
        varies=varies,
    )


def _as_ranges(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of a series of which no single figure can be told: certain incidents are hardly any of it."""
    is_whole = rows["state"] == WHOLE
    return rows.assign(value=rows["value"].mask(is_whole), state=rows["state"].mask(is_whole, UNTOLD))


def _without_season(found: Monthly, rows: pd.DataFrame, chosen: Kind) -> pd.DataFrame | None:
    """The rows with the season taken out of whole months; None where there is none to take out."""
    if chosen.kind not in (XMR, RUN_CHART) or found.question.width != 1:
        return None
    value, is_whole = rows["value"].to_numpy("float64", na_value=np.nan), (rows["state"] == WHOLE).to_numpy()
    calm = seasonless(np.where(is_whole, value, np.nan))
    if calm is None:
        return None
    held = np.where(is_whole, calm, value)
    return rows.assign(value=pd.array(held, dtype="Float64")).assign(
        value=lambda frame: frame["value"].mask(rows["value"].isna())
    )


def _one(
    found: Monthly, rows: pd.DataFrame, months: _Months, chosen: Kind, settings: ChartSettings
) -> tuple[pd.DataFrame, int]:
    if chosen.kind == RARE:
        rows = rare_years(rows, found.figure, months.numbers, months.width)
        used = (rows["state"] == WHOLE).to_numpy()
        months = _Months(np.arange(len(rows)), np.zeros(len(rows), dtype="int64"), used, 1)
        chart = _of_years(rows[used])
    else:
        chart = _chart(found, rows[months.is_used], months, chosen, settings)
    return _columns(rows, months, chosen, chart, settings), chart.screened


def _of_years(years: pd.DataFrame) -> Chart:
    """Counts of twelve months have their own limits of chance, and no rule."""
    chart = blank(len(years))
    if len(years):
        chart.mean[:] = years["value"].astype("float64").mean()
    chart.lower[:], chart.upper[:] = years["lower"], years["upper"]
    return chart


def _chart(
    found: Monthly, used: pd.DataFrame, months: _Months, chosen: Kind, settings: ChartSettings
) -> Chart:
    value, segment = used["value"].astype("float64").to_numpy(), months.segment[months.is_used]
    if chosen.kind == NONE or not len(value):
        return blank(len(value))
    if chosen.kind == RUN_CHART:
        return run_chart(value, segment, settings=settings)
    if chosen.kind == LANEY:
        return _laney(found, used, months, settings)
    return xmr_chart(value, segment, months.is_next, settings=settings)


def _laney(found: Monthly, used: pd.DataFrame, months: _Months, settings: ChartSettings) -> Chart:
    """Counts to the residents and the days of each month, its lines in the units of the figure."""
    lengths = used["month"].dt.days_in_month.to_numpy() / DAYS_OF_MONTH
    counts = incidents_of(used, found.figure)
    size = used["population"].astype("float64").to_numpy() if found.figure == "incidents-rate" else 1.0
    segment = months.segment[months.is_used]
    chart = u_prime(counts, size * lengths, segment, months.is_next, settings=settings)
    per = lengths * PER_RATE if found.figure == "incidents-rate" else lengths
    return Chart(*(one * per for one in chart[:5]), *chart[5:])


def _columns(
    rows: pd.DataFrame, months: _Months, chosen: Kind, chart: Chart, settings: ChartSettings
) -> pd.DataFrame:
    """The rows with what was found: lines reach over months left out, and what a point is does not."""
    at = np.flatnonzero(months.is_used)
    frame = rows.drop(columns=["lower", "upper"], errors="ignore").assign(
        is_used=months.is_used, segment=months.segment, kind=chosen.kind
    )
    reach = chosen.kind not in (LANEY, RARE)
    for name in LINES:
        frame[name] = (
            _over_gaps(getattr(chart, name), months) if reach else _at(getattr(chart, name), at, rows)
        )
    trial = np.zeros(len(rows), dtype=bool)
    trial[at] = chart.is_trial
    said = readings(chart, settings) if chosen.kind != NONE else chart.cause
    words = {"cause": chart.cause, "direction": chart.direction, "reading": said}
    frame["is_trial"] = trial
    for name, found in words.items():
        held = np.full(len(rows), "", dtype=object)
        held[at] = found
        frame[name] = held
    return frame


def _at(values: Floats, at: Steps, rows: pd.DataFrame) -> Floats:
    held = np.full(len(rows), np.nan)
    held[at] = values
    return held


def _over_gaps(values: Floats, months: _Months) -> Floats:
    """Lines that are the same throughout a segment, at every month of it."""
    held = np.full(len(months.segment), np.nan)
    of_used = months.segment[months.is_used]
    if not len(of_used):
        return held
    at = np.minimum(np.searchsorted(of_used, months.segment), len(of_used) - 1)
    same = of_used[at] == months.segment
    held[same] = values[at[same]]
    return held
