"""Charts over time: every month of a figure with its limits, what was found of it, and one line for each series."""

import math
from dataclasses import replace
from datetime import date
from functools import lru_cache

import pandas as pd

from vrin_data.measures.answer import Answer
from vrin_data.measures.breaks import rebase_months, series_codes
from vrin_data.measures.chart_kinds import counts_homicide, dominated_areas
from vrin_data.measures.charted import Charted, SeriesFacts, charted
from vrin_data.measures.harm_notes import harm_notes
from vrin_data.measures.monthly import Monthly, monthly
from vrin_data.measures.place_figures import without_homicide
from vrin_data.measures.question import Question, question_of
from vrin_data.measures.rare_harm import with_harm_limits
from vrin_data.measures.signal_spans import EARLIER, earlier_signals, first_signal
from vrin_data.measures.stamps import question_stamp
from vrin_data.measures.trend_notes import trend_notes
from vrin_data.measures.trend_request import TrendRequest
from vrin_data.measures.weight_kinds import require_kind
from vrin_data.methods.assurance import assurance
from vrin_data.store import Store


def trend(store: Store, request: TrendRequest) -> Answer:
    """A figure month by month with the limits of its chart and what was found of each month.

    One row per area and month, areas by name, oldest month first. Columns: those of `monthly`; is_used (stands in
    the limits), segment (0 and up, one more from every month at which limits begin anew), kind ("xmr", "run",
    "laney", "rare", "none"), mean (median of a run chart), lower, upper, near_lower, near_upper (NULL where the
    chart has none), is_trial, cause ("", "outside", "trend", "two_of_three", "run", "crossings"), direction ("",
    "high", "low"), reading ("improvement", "concern", "neutral", "common"; "" for months left out).
    Of a series that is rare a row stands for twelve months, `month` being the first of them, and the limits are the
    exact 95% limits of its count. With `without_season` the value of a whole month is what is left without its
    season, of XmR and run charts of which a season can be told; others are as they came. Raises what `harm` raises.
    Source of the rules: NHS England, Making Data Count; Anhoej and Olesen 2014; Laney 2002.
    """
    question, found, notes = _charts(store, request)
    return Answer(found.frame.copy(), question_stamp(question, (*notes, *harm_notes(store, question))))


def trend_summary(store: Store, request: TrendRequest) -> Answer:
    """One line for each series of `trend`, areas by name.

    Columns: area_code, area_name, kind, kind_reason ("usual", "short", "untold", "rare", "homicide", "skewed",
    "denominators", "asked"), points (months used), left_out_count (months left out), last_month, last_value and
    last_value_high (the most there may be; of the last month used), certain_share (of the charted figure in the most
    there may be), mean, lower, upper (of its segment), variation ("improvement", "concern", "neutral",
    "common", "none": of the last month used), variation_direction, last_cause, assurance ("pass", "fail",
    "inconsistent", "none"), target, screened_count (moving ranges left out of the limits), rebased_months (yyyy-mm,
    by comma), first_signal_month (of the signals that reach the last month used; NULL without), and of a series
    whose last month is as usual earlier_from, earlier_to, earlier_reading, earlier_direction (of its last signals
    within a year; NULL without). Raises what `trend` raises.
    """
    question, found, notes = _charts(store, request)
    by_area = {str(code): part for code, part in found.frame.groupby("area_code", sort=False)}
    rows = [summary_line(by_area[one.area_code], one, request) for one in found.series]
    stamp = question_stamp(question, (*notes, *harm_notes(store, question)))
    return Answer(pd.DataFrame(rows, columns=list(SUMMARY)), stamp)


SUMMARY = (
    "area_code",
    "area_name",
    "kind",
    "kind_reason",
    "points",
    "left_out_count",
    "last_month",
    "last_value",
    "last_value_high",
    "certain_share",
    "mean",
    "lower",
    "upper",
    "variation",
    "variation_direction",
    "last_cause",
    "assurance",
    "target",
    "screened_count",
    "rebased_months",
    "first_signal_month",
    *EARLIER,
)


def _charts(store: Store, request: TrendRequest) -> tuple[Question, Charted, tuple[str, ...]]:
    """The question, its charts, and what the stamp says of them."""
    question = question_of(store, request.selection)
    if request.figure.startswith("harm"):
        require_kind(question.edition, "days")
    anew = rebase_months(store, question, request.figure, series_codes(question))
    # A target changes no chart.
    asked = replace(request, target=None)
    made = _made(
        store, question, asked, tuple((code, tuple(months)) for code, months in sorted(anew.items()))
    )
    return question, made, trend_notes(request, made)


# A screen asks for the months and for the line of the same series.
@lru_cache(maxsize=8)
def _made(
    store: Store, question: Question, request: TrendRequest, anew: tuple[tuple[str, tuple[date, ...]], ...]
) -> Charted:
    """The charts of a question; not to be changed, since they are kept."""
    found = monthly(store, question, request.figure)
    made = charted(
        found,
        settings=request.settings,
        kind=request.kind,
        rebases=dict(anew),
        of_homicide=_of_homicide(store, question, found),
        without_season=request.without_season,
    )
    return with_harm_limits(store, question, request.figure, made)


def _of_homicide(store: Store, question: Question, found: Monthly) -> frozenset[str]:
    """The areas whose harm is so much of homicide in a month that a chart of it would show little else."""
    if not found.figure.startswith("harm") or not counts_homicide(question):
        return frozenset()
    rest = question_of(store, without_homicide(question.selection))
    return dominated_areas(found, monthly(store, rest, found.figure))


def summary_line(rows: pd.DataFrame, series: SeriesFacts, request: TrendRequest) -> dict[str, object]:
    """The line of one series by SUMMARY, from its rows of `trend` and what holds of the whole."""
    used = rows[rows["is_used"]]
    last = used.iloc[-1] if len(used) else None
    lower, upper = (float("nan"), float("nan")) if last is None else (last["lower"], last["upper"])
    has_limits = series.kind.kind in ("xmr", "laney")
    return {
        "area_code": series.area_code,
        "area_name": series.area_name,
        "kind": series.kind.kind,
        "kind_reason": series.kind.reason,
        "points": len(used),
        "left_out_count": len(rows) - len(used),
        **_of_last(last),
        "certain_share": _certain_share(used),
        "mean": float("nan") if last is None else last["mean"],
        "lower": lower,
        "upper": upper,
        "assurance": assurance(lower, upper, request.target, request.settings.improvement)
        if has_limits
        else "none",
        "target": math.nan if request.target is None else request.target,
        "screened_count": series.screened,
        "rebased_months": ",".join(f"{month:%Y-%m}" for month in series.rebased),
        "first_signal_month": first_signal(used),
        **earlier_signals(used),
    }


def _certain_share(used: pd.DataFrame) -> float:
    """What is charted as a share of what there may be at most; 1 where there is nothing."""
    certain, most = (float(used[name].astype("Float64").sum()) for name in ("value", "value_high"))
    return min(certain / most, 1.0) if most > 0 else 1.0


def _of_last(last: pd.Series | None) -> dict[str, object]:
    if last is None:
        return {
            "last_month": pd.NaT,
            "last_value": float("nan"),
            "last_value_high": float("nan"),
            "variation": "none",
            "variation_direction": "",
            "last_cause": "",
        }
    return {
        "last_month": last["month"],
        "last_value": last["value"],
        "last_value_high": last["value_high"],
        "variation": last["reading"] or "none",
        "variation_direction": last["direction"],
        "last_cause": last["cause"],
    }
