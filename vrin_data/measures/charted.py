"""Figures by month made into control charts: each area's series by the chart that suits it, whole months alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from vrin_data.measures.chart_kinds import UNTOLD_MOSTLY, Kind, counts_homicide_alone, is_untold, kind_of
from vrin_data.measures.chart_rows import Columns, chart_columns, chart_rows
from vrin_data.measures.month_arrays import PER_RATE, MonthArrays, month_arrays
from vrin_data.measures.monthly import Monthly
from vrin_data.measures.rare_years import chance_limits, rare_years
from vrin_data.measures.trend_request import AUTO, LANEY, NONE, RARE, RUN_CHART, XMR
from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import Chart, Steps, blank
from vrin_data.methods.laney import u_prime
from vrin_data.methods.run_chart import run_chart
from vrin_data.methods.seasons import without_season as seasonless
from vrin_data.methods.xmr import xmr_chart

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
class _Drawn:
    """A series with its chart: columns of its rows by name, and what holds of the whole."""

    series: MonthArrays
    columns: Columns
    facts: SeriesFacts


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
    drawn = []
    for series in month_arrays(found):
        chosen = _kind(
            series,
            kind,
            is_homicide=alone or series.area_code in of_homicide,
            is_uncertain=found.question.is_uncertain,
        )
        anew = tuple(sorted((rebases or {}).get(series.area_code, ())))
        drawn.append(_drawn(series, chosen, anew, settings, without_season=without_season))
    frame = chart_rows(found, [one.series for one in drawn], [one.columns for one in drawn])
    return Charted(frame, tuple(one.facts for one in drawn))


def _kind(series: MonthArrays, asked: str, *, is_homicide: bool, is_uncertain: bool) -> Kind:
    people = series.population[series.is_used]
    return kind_of(
        asked,
        series.used,
        series.incidents,
        is_homicide=is_homicide,
        is_untold=is_untold(series, is_uncertain=is_uncertain),
        varies=series.figure == "incidents-rate" and bool(len(people) and np.ptp(people) > 0),
    )


def _drawn(
    series: MonthArrays,
    chosen: Kind,
    anew: tuple[date, ...],
    settings: ChartSettings,
    *,
    without_season: bool,
) -> _Drawn:
    calm = _calm(series, chosen) if without_season else None
    shown = series if calm is None else calm
    if chosen.reason == UNTOLD_MOSTLY:
        shown = shown.as_ranges()
    elif chosen.kind == RARE:
        shown = rare_years(shown)
    segment = np.zeros(len(shown.month), dtype="int64") if chosen.kind == RARE else shown.segment(anew)
    chart = _chart(shown, chosen, segment, settings)
    facts = SeriesFacts(
        series.area_code, series.area_name, chosen, chart.screened, anew, has_season_out=calm is not None
    )
    columns = chart_columns(shown, chosen.kind, segment, chart=chart, settings=settings)
    return _Drawn(shown, columns, facts)


def _calm(series: MonthArrays, chosen: Kind) -> MonthArrays | None:
    """The series with the season taken out of its whole months; None where there is none to take out."""
    if chosen.kind not in (XMR, RUN_CHART) or series.width != 1:
        return None
    calm = seasonless(np.where(series.is_used, series.value, np.nan))
    return None if calm is None else replace(series, value=np.where(series.is_used, calm, series.value))


def _chart(series: MonthArrays, chosen: Kind, segment: Steps, settings: ChartSettings) -> Chart:
    used, at = series.used, segment[series.is_used]
    if chosen.kind == NONE or not len(used):
        return blank(len(used))
    if chosen.kind == RARE:
        return _of_years(series)
    if chosen.kind == RUN_CHART:
        return run_chart(used, at, settings=settings)
    if chosen.kind == LANEY:
        return _laney(series, at, settings)
    return xmr_chart(used, at, series.is_next, settings=settings)


def _of_years(years: MonthArrays) -> Chart:
    """Counts of twelve months have their own limits of chance, and no rule."""
    chart = blank(len(years.used))
    low, high = chance_limits(years)
    chart.mean[:] = years.used.mean()
    chart.lower[:], chart.upper[:] = low[years.is_used], high[years.is_used]
    return chart


def _laney(series: MonthArrays, segment: Steps, settings: ChartSettings) -> Chart:
    """Counts to the residents and the days of each month, its lines in the units of the figure."""
    first = series.month[series.is_used].astype("datetime64[M]")
    days = (first + series.width).astype("datetime64[D]") - first.astype("datetime64[D]")
    lengths = days.astype("int64") / (DAYS_OF_MONTH * series.width)
    is_rate = series.figure == "incidents-rate"
    size = series.population[series.is_used] if is_rate else 1.0
    counts = series.incidents
    chart = u_prime(
        series.used if counts is None else counts, size * lengths, segment, series.is_next, settings=settings
    )
    per = lengths * PER_RATE if is_rate else lengths
    return chart.moved(one * per for one in chart.lines)
