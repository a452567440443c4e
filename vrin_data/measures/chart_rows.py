"""What a chart says of each row of its series, as columns: lines, causes and readings, over months left out too."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from vrin_data.measures.month_arrays import MonthArrays, as_rows
from vrin_data.measures.monthly import Monthly
from vrin_data.measures.trend_request import LANEY, NONE, RARE
from vrin_data.methods.chart_settings import ChartSettings
from vrin_data.methods.control_chart import Chart, Flags, Floats, Steps, Words, blank, readings

LINES = ("mean", "lower", "upper", "near_lower", "near_upper")
Columns = dict[str, Any]


def chart_columns(
    series: MonthArrays, kind: str, segment: Steps, *, chart: Chart, settings: ChartSettings
) -> Columns:
    """What was found of each row: lines reach over months left out, and what a point is does not."""
    is_used = series.is_used
    spread = _over_gaps if kind not in (LANEY, RARE) else _at
    said = readings(chart, settings) if kind != NONE else chart.cause
    trial = np.zeros(len(is_used), dtype=bool)
    trial[is_used] = chart.is_trial
    return {
        "is_used": is_used,
        "segment": segment,
        "kind": np.full(len(is_used), kind, dtype=object),
        **{name: spread(getattr(chart, name), is_used, segment) for name in LINES},
        "is_trial": trial,
        "cause": _words(chart.cause, is_used),
        "direction": _words(chart.direction, is_used),
        "reading": _words(said, is_used),
    }


def chart_rows(found: Monthly, series: Sequence[MonthArrays], columns: Sequence[Columns]) -> pd.DataFrame:
    """The rows of `trend`: the columns of `Monthly` of these series and those of their charts."""
    joined = {
        name: np.concatenate([empty, *(one[name] for one in columns)])
        for name, empty in _no_columns(found.figure).items()
    }
    return pd.DataFrame(as_rows(found, series) | joined)


def _no_columns(figure: str) -> Columns:
    """The columns of a series without a month, for their kinds."""
    none, words = np.zeros(0), np.zeros(0, dtype=object)
    month, segment = np.zeros(0, dtype="datetime64[s]"), np.zeros(0, dtype="int64")
    series = MonthArrays("", "", figure, 1, month, none, none, none, words, none)
    return chart_columns(series, NONE, segment, chart=blank(0), settings=ChartSettings())


def _at(values: Floats, is_used: Flags, segment: Steps) -> Floats:
    held = np.full(len(segment), np.nan)
    held[is_used] = values
    return held


def _over_gaps(values: Floats, is_used: Flags, segment: Steps) -> Floats:
    """Lines that are the same throughout a segment, at every month of it."""
    held, of_used = np.full(len(segment), np.nan), segment[is_used]
    if len(of_used):
        at = np.minimum(np.searchsorted(of_used, segment), len(of_used) - 1)
        same = of_used[at] == segment
        held[same] = values[at[same]]
    return held


def _words(found: Words, is_used: Flags) -> Words:
    held = np.full(len(is_used), "", dtype=object)
    held[is_used] = found
    return held
