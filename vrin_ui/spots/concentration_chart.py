"""Lorenz curves: which share of the places holds which share of the incidents and of the harm."""

from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, STAMP_WIDTH, TITLE_WIDTH
from vrin_ui.wording import wrapped

FIGURES = {
    # figure: its name, its colour, its dashes
    "incidents": ("Incidents", "#12436d", [1, 0]),
    "harm": ("Harm", "#801650", [8, 3]),
    "harm without homicide": ("Harm without homicide", "#a3490a", [2, 3]),
}
EVEN = "Spread evenly"
HEIGHT = 560


def lorenz_spec(curves: pd.DataFrame, *, title: str, stamp: Stamp) -> dict[str, Any]:
    """The curves as plain Vega-Lite, with the line of an even spread."""
    names = {figure: name for figure, (name, _, _) in FIGURES.items() if (curves["figure"] == figure).any()}
    rows = pd.DataFrame(
        {
            "line": curves["figure"].map(names),
            "places": curves["rank_share"],
            "held": curves["cumulative_share"],
        }
    )
    even = pd.DataFrame({"line": EVEN, "places": [0.0, 1.0], "held": [0.0, 1.0]})
    domain = [*names.values(), EVEN]
    looks = [FIGURES[figure][1:] for figure in names]
    legend = {"title": None, "orient": "bottom", "columns": 1, "symbolSize": 400, "symbolStrokeWidth": 2.5}
    return {
        "title": {
            "text": wrapped(title, TITLE_WIDTH),
            "subtitle": wrapped(stamp.short(), STAMP_WIDTH, at=" · "),
        },
        "data": {"name": "curves"},
        "datasets": {"curves": pd.concat([rows, even], ignore_index=True)},
        "height": HEIGHT,
        "mark": {"type": "line", "strokeWidth": 2.5, "aria": False},
        "encoding": {
            "x": _share("places", "Share of the places, those that hold most first"),
            "y": _share("held", "Share held"),
            "color": {
                "field": "line",
                "type": "nominal",
                "scale": {"domain": domain, "range": [*(colour for colour, _ in looks), "#6f777b"]},
                "legend": legend,
            },
            "strokeDash": {
                "field": "line",
                "type": "nominal",
                "scale": {"domain": domain, "range": [*(dash for _, dash in looks), [1, 2]]},
                "legend": legend,
            },
            "tooltip": [
                {"field": "line", "type": "nominal", "title": "Figure"},
                {"field": "places", "type": "quantitative", "format": ".1%", "title": "of the places hold"},
                {"field": "held", "type": "quantitative", "format": ".0%", "title": "of it"},
            ],
        },
        "config": CONFIG,
    }


def _share(field: str, title: str) -> dict[str, Any]:
    axis = {"format": "%", "labelOverlap": True, "values": [0, 0.25, 0.5, 0.75, 1], "titlePadding": 10}
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "axis": axis,
        "scale": {"domain": [0, 1]},
    }
