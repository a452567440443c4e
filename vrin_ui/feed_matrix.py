"""The matrix of feeds by month as plain Vega-Lite: a symbol and a colour for each period of each feed.

As an Altair chart, 7,200 cells cost the server seconds; as a dict with a data set they cost hundredths.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, TEXT
from vrin_ui.feed_states import LOOKS, PROBLEM_STATES, shown_states, state_words
from vrin_ui.feed_view import Cell, kinds_of
from vrin_ui.filters import shifted
from vrin_ui.wording import DASH, day_words, listed, month_words, number, wrapped

SELECTED = "period"
ROW_HEIGHT = 21
# SVG marks can be found one by one; from so many cells on a browser draws a canvas faster.
MOST_SVG_CELLS = 2500
TITLE_WIDTH = 90
LETTER_WIDTH, LABEL_SIZE = 6.0, 13
LEAST_LABEL_WIDTH, LABEL_GAP = 120, 8
YEAR, LONGEST_MONTH = 12, 31


def matrix_cells(rows: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """What the matrix draws of narrowed rows of a ledger, one row a period.

    Columns: period (the cell's text), row (supplier and feed), from, to, mid (ISO days, of the part that lies
    within the months), state (of LOOKS), and for the tooltip supplier, feed, when, state_name, due, received,
    late, rows, why.
    """
    start = rows["period_start"].clip(lower=pd.Timestamp(first))
    end = rows["period_end"].clip(upper=pd.Timestamp(shifted(last, 1)))
    row = rows["supplier_id"] + "." + rows["feed_id"]
    states = shown_states(rows)
    return pd.DataFrame(
        {
            SELECTED: row + "." + rows["period_start"].dt.strftime("%Y-%m"),
            "row": row,
            "from": start.dt.strftime("%Y-%m-%d"),
            "to": end.dt.strftime("%Y-%m-%d"),
            "mid": (start + (end - start) / 2).dt.strftime("%Y-%m-%d"),
            "state": states,
            "supplier": rows["supplier_name"],
            "feed": rows["feed_name"],
            "when": period_words(rows),
            "state_name": [LOOKS[state].name for state in states],
            "due": _days(rows["due_on"]),
            "received": _days(rows["received_on"]),
            "late": [number(days) if days else DASH for days in rows["days_late"]],
            "rows": [number(count) for count in rows["row_count"]],
            "why": [
                text if len(text) <= 200 else f"{text[:200].rsplit(' ', 1)[0]} …" for text in rows["evidence"]
            ],
        }
    )


def period_words(rows: pd.DataFrame) -> list[str]:
    """The period of each row in words: months written out, longer ones as the ledger names them."""
    is_month = (rows["period_end"] - rows["period_start"]).dt.days <= LONGEST_MONTH
    # Many periods, few months: each is put into words once.
    named = {start: month_words(start) for start in rows["period_start"].unique()}
    told = rows["period_start"].map(named).where(is_month, rows["period"])
    return [str(words) for words in told]


def _days(days: pd.Series) -> list[str]:
    named = {day: day_words(day) for day in days.dropna().unique()}
    return [named.get(day, DASH) for day in days]


def matrix_rows(rows: pd.DataFrame, kinds: Mapping[str, str]) -> dict[str, str]:
    """The rows of the matrix from the top with their labels: suppliers by kind and feed, below a heading each.

    A heading is a row as well, whose key begins with '#'.
    """
    pairs = rows[["supplier_id", "supplier_name", "feed_id", "feed_name"]].drop_duplicates()
    pairs = pairs.assign(kind=pairs["supplier_id"].map(kinds).fillna("other"))
    labels: dict[str, str] = {}
    for kind, words in kinds_of(pairs["supplier_id"], kinds).items():
        own = pairs[pairs["kind"] == kind].sort_values(["feed_name", "supplier_name", "supplier_id"])
        for one in own.itertuples(index=False):
            labels.setdefault(f"#{kind}.{one.feed_id}", f"{words}: {one.feed_name}")
            labels[f"{one.supplier_id}.{one.feed_id}"] = str(one.supplier_name)
    return labels


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


def matrix_alt(rows: pd.DataFrame, cells: pd.DataFrame, *, heading: str) -> str:
    """The matrix in words: how many feeds and periods, the states, and whose periods are problems."""
    wanted = rows[cells["state"].isin(PROBLEM_STATES).to_numpy()]
    whose = wanted["supplier_name"].value_counts(sort=False)
    named = [f"{name} {count}" for name, count in whose.items()]
    more = f" and {len(named) - 8} more" if len(named) > 8 else ""
    problems = f"Problems by supplier: {listed(named[:8])}{more}." if named else "No period is a problem."
    feeds = cells["row"].nunique()
    return (
        f"Matrix of {feeds} feeds by month. {heading}. {len(cells):,} periods: {state_words(cells['state'])}. "
        f"{problems} The same is in the table below."
    )
