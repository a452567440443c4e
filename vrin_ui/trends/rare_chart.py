"""The chart of rare events: how many in each twelve months, with the exact interval of each."""

from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, STAMP_WIDTH, TEXT, TITLE_WIDTH
from vrin_ui.trends.trend_points import DIGITS, NAMES, labels
from vrin_ui.wording import number, span, wrapped

WHOLE, IN_PART = "Twelve whole months", "Not twelve whole months"
INK = "#12436d"
LOOKS = {WHOLE: ("#9dbfdc", [1, 0]), IN_PART: ("#ffffff", [4, 3])}
HEIGHT = 380


def rare_rows(frame: pd.DataFrame, figure: str) -> pd.DataFrame:
    """What the chart draws, a row for each twelve months: period, value, low, high, kind, words."""
    rows = frame[frame["value"].notna()]
    is_whole = rows["is_used"].astype(bool)
    ends = zip(rows["value"], rows["lower"], rows["upper"], is_whole, strict=True)
    return pd.DataFrame(
        {
            "period": [
                text for text, told in zip(labels(frame), frame["value"].notna(), strict=True) if told
            ],
            "value": rows["value"].astype("float64"),
            "low": rows["lower"].astype("Float64").where(is_whole).astype("float64"),
            "high": rows["upper"].astype("Float64").where(is_whole).astype("float64"),
            "kind": [WHOLE if one else IN_PART for one in is_whole],
            "words": [_words(*one, digits=DIGITS[figure]) for one in ends],
        }
    ).reset_index(drop=True)


def _words(value: object, low: object, high: object, is_whole: bool, *, digits: int) -> str:
    told = number(value, digits)
    if not is_whole:
        return f"{told} in the months that came"
    if pd.isna(low):
        return told
    return f"{told}; by chance alone it could have been {span(low, high, digits + 1)}"


def rare_spec(rows: pd.DataFrame, *, figure: str, title: str, stamp: Stamp) -> dict[str, Any]:
    """The chart as plain Vega-Lite: a bar for each twelve months and an upright line over its interval."""
    x = {
        "field": "period",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "axis": {"labelAngle": 0, "labelExpr": "split(datum.label, ' to ')", "labelOverlap": False},
    }
    form, step = f",.{DIGITS[figure]}f", 0.1 ** DIGITS[figure]
    y = {
        "field": "value",
        "type": "quantitative",
        "title": NAMES[figure],
        "axis": {"tickMinStep": step, "format": form},
    }
    tooltip = [
        {"field": "period", "type": "nominal", "title": "Months"},
        {"field": "words", "type": "nominal", "title": NAMES[figure]},
    ]
    domain = [kind for kind in LOOKS if (rows["kind"] == kind).any()]
    legend = {"title": None, "orient": "bottom", "columns": 1, "symbolSize": 110}

    def by_kind(at: int) -> dict[str, Any]:
        scale = {"domain": domain, "range": [LOOKS[kind][at] for kind in domain]}
        return {"field": "kind", "type": "nominal", "scale": scale, "legend": legend}

    bar = {
        "mark": {"type": "bar", "width": {"band": 0.45}, "stroke": INK, "strokeWidth": 1.5},
        "encoding": {"x": x, "y": y, "fill": by_kind(0), "strokeDash": by_kind(1), "tooltip": tooltip},
    }
    upright = {
        "transform": [{"filter": "isValid(datum.high)"}],
        "mark": {"type": "rule", "strokeWidth": 2.5, "color": TEXT, "aria": False},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    told = {
        "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 8, "dy": -3, "fontSize": 14,
                 "fontWeight": "bold", "color": TEXT, "aria": False},
        "encoding": {"x": x, "y": y, "text": {"field": "value", "type": "quantitative", "format": form}},
    }  # fmt: skip
    return {
        "title": {
            "text": wrapped(title, TITLE_WIDTH),
            "subtitle": wrapped(stamp.short(), STAMP_WIDTH, at=" · "),
        },
        "data": {"name": "years"},
        "datasets": {"years": rows},
        "height": HEIGHT,
        "layer": [bar, upright, told],
        "config": CONFIG,
    }


def rare_alt(rows: pd.DataFrame, title: str) -> str:
    """The chart in words."""
    told = "; ".join(f"{row.period}: {row.words}" for row in rows.itertuples())
    return f"{title}. {told or 'No twelve months have come in'}. The figures are in the table below."
