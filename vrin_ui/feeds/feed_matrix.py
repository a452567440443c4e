"""The matrix of feeds by month as plain Vega-Lite: a symbol and a colour for each period of each feed.

A dict and a data set, as for the maps, so that 7,200 cells cost the server next to nothing.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, TEXT
from vrin_ui.feeds.feed_cells import SELECTED
from vrin_ui.feeds.feed_states import LOOKS
from vrin_ui.feeds.feed_view import Cell
from vrin_ui.filters import shifted
from vrin_ui.wording import wrapped

ROW_HEIGHT = 21
# SVG marks can be found one by one; from so many cells on a browser draws a canvas faster.
MOST_SVG_CELLS = 2500
TITLE_WIDTH = 90
LETTER_WIDTH, LABEL_SIZE = 6.0, 13
LEAST_LABEL_WIDTH, LABEL_GAP = 120, 8
YEAR = 12


def matrix_spec(
    cells: pd.DataFrame,
    labels: Mapping[str, str],
    *,
    first: date,
    last: date,
    heading: str,
    stamp: Stamp,
    chosen: Cell | None = None,
) -> dict[str, Any]:
    """The matrix; a click selects a period under SELECTED. The newest month stands at the right."""
    ends = [{"expr": f"utc({one.year}, {one.month - 1}, 1)"} for one in (first, shifted(last, 1))]
    reach = {"domain": ends, "type": "utc", "nice": False}
    when = {"type": "temporal", "scale": reach, "axis": _month_axis(first, last)}
    row = {"field": "row", "type": "nominal", "scale": {"domain": list(labels)}, "axis": _row_axis(labels)}
    return {
        "title": {
            "text": wrapped(heading, TITLE_WIDTH),
            "subtitle": wrapped(stamp.short(), TITLE_WIDTH, at=" · "),
        },
        "datasets": {"cells": cells},
        "data": {"name": "cells"},
        "height": {"step": ROW_HEIGHT},
        "encoding": {"y": row},
        "params": [
            {
                "name": SELECTED,
                "select": {"type": "point", "fields": [SELECTED], "on": "click", "toggle": False},
                "views": ["cells"],
            }
        ],
        "layer": [
            _squares(when),
            _symbols(when, wide=_months(first, last) <= 3 * YEAR),
            _outline(when, chosen),
        ],
        "config": CONFIG,
        "usermeta": {"embedOptions": {"renderer": "canvas" if len(cells) > MOST_SVG_CELLS else "svg"}},
    }


def _squares(when: dict[str, Any]) -> dict[str, Any]:
    tooltip = {
        "supplier": "Supplier",
        "feed": "Feed",
        "when": "Period",
        "state_name": "State",
        "due": "Due",
        "received": "Received",
        "late": "Days late",
        "rows": "Rows",
        "why": "Why",
    }
    return {
        "name": "cells",
        "mark": {"type": "rect", "aria": False, "cursor": "pointer", "strokeWidth": 1.5, "clip": True},
        "encoding": {
            "x": {"field": "from", "title": None, **when},
            "x2": {"field": "to"},
            "color": {**_of_state("fill"), "legend": None},
            "stroke": {"condition": {"test": "datum.state == 'due'", "value": "#8a9299"}, "value": "#ffffff"},
            "tooltip": [
                {"field": name, "type": "nominal", "title": title} for name, title in tooltip.items()
            ],
        },
    }


def _symbols(when: dict[str, Any], *, wide: bool) -> dict[str, Any]:
    size = 90 if wide else 24
    inside = {state: look.ink if look.is_filled else "transparent" for state, look in LOOKS.items()}
    return {
        "mark": {
            "type": "point",
            "aria": False,
            "opacity": 1,
            "size": size,
            "strokeWidth": 1.7 if wide else 1.1,
            "clip": True,
        },
        "encoding": {
            "x": {"field": "mid", "title": None, **when},
            "shape": {**_of_state("path"), "legend": None},
            "stroke": {**_of_state("ink"), "legend": None},
            "fill": {"field": "state", "type": "nominal", "scale": _scale(inside), "legend": None},
        },
    }


def _outline(when: dict[str, Any], chosen: Cell | None) -> dict[str, Any]:
    return {
        "transform": [{"filter": {"field": SELECTED, "equal": chosen.text if chosen else ""}}],
        "mark": {"type": "rect", "aria": False, "fill": None, "stroke": TEXT, "strokeWidth": 3},
        "encoding": {"x": {"field": "from", "title": None, **when}, "x2": {"field": "to"}},
    }


def _of_state(of: str) -> dict[str, Any]:
    return {
        "field": "state",
        "type": "nominal",
        "scale": _scale({state: getattr(look, of) for state, look in LOOKS.items()}),
    }


def _scale(values: Mapping[str, str]) -> dict[str, Any]:
    return {"domain": list(values), "range": list(values.values())}


def _month_axis(first: date, last: date) -> dict[str, Any]:
    """Quarters are named on a short axis and years on a long one; each January with its year."""
    step = 3 if _months(first, last) <= 3 * YEAR else YEAR
    count = _months(first, last)
    months = [shifted(first, number) for number in range(count)]
    named = [
        {"year": one.year, "month": one.month, "date": 1, "utc": True}
        for one in months
        if one.month % step == 1
    ]
    words = "utcFormat(datum.value, utcmonth(datum.value) == 0 ? '%b %Y' : '%b')"
    return {
        "orient": "top",
        "values": named,
        "labelExpr": words,
        "labelAlign": "left",
        "labelOverlap": "greedy",
        "grid": False,
        "ticks": True,
        "domain": False,
    }


def _row_axis(labels: Mapping[str, str]) -> dict[str, Any]:
    names = [words for key, words in labels.items() if not key.startswith("#")]
    width = max([LEAST_LABEL_WIDTH, *(round(len(words) * LETTER_WIDTH) + LABEL_GAP for words in names)])
    is_heading = "substring(datum.value, 0, 1) == '#'"
    return {
        "title": None,
        "labelExpr": f"({json.dumps(dict(labels))})[datum.value]",
        "labelAlign": "left",
        "labelPadding": width,
        "labelLimit": 0,
        "labelFontWeight": {"condition": {"test": is_heading, "value": "bold"}, "value": "normal"},
        "labelFontSize": LABEL_SIZE,
        "ticks": False,
        "domain": False,
        "minExtent": width,
        "maxExtent": width,
    }


def _months(first: date, last: date) -> int:
    return (last.year - first.year) * YEAR + last.month - first.month + 1
