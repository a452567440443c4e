"""Maps as plain Vega-Lite: outlines by address, figures as a data set, classes decided before.

With the geometry inside an Altair chart one change of month cost the server 4 to 9 seconds; this way it
costs hundredths. Every map is a dict whose `data.url` names an outline under /outlines/ and whose
`datasets.values` is a frame; maps that are drawn together stand in one `hconcat` or `vconcat`.
"""

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, STAMP_WIDTH, TEXT, TITLE_WIDTH
from vrin_ui.classes import Look, Scale
from vrin_ui.map.bounds import Bounds
from vrin_ui.map.map_values import Tooltip
from vrin_ui.wording import wrapped

SELECTED = "area"
CANVAS_LEVELS = ("lsoa", "msoa", "ward")
FINEST, FINE, USUAL, CHOSEN = 0.2, 0.4, 0.8, 3
MANY = 400
"""Areas from which on borders would cover what they enclose, unless they are very thin."""
OUTLINES = "/outlines/"
LEGEND_WIDTH = 34


def map_spec(
    values: pd.DataFrame,
    scale: Scale,
    *,
    outline: str,
    level: str,
    heading: str,
    legend: str,
    stamp: Stamp,
    tooltip: Tooltip = (),
    chosen: str | None = None,
    height: int = 600,
    also: Sequence[tuple[str, Look]] = (),
    is_counted: bool = True,
    bounds: Bounds | None = None,
) -> dict[str, Any]:
    """The map; a click selects an area under SELECTED. Areas without a row in `values` are not drawn.

    `values` has id, band (the place of its class in `scale`) and what the expressions of `tooltip` read.
    `also` are entries of the legend that no area has; `is_counted` says how many areas a class has. `bounds` are
    those of what is drawn; without them the browser finds them, which takes it a second for 2,800 areas.
    """
    fields = [name for name in values.columns if name != "id"]
    told = [{"as": f"told{number}", "calculate": words} for number, (_, words) in enumerate(tooltip)]
    return {
        "title": {
            "text": wrapped(heading, TITLE_WIDTH),
            "subtitle": wrapped(stamp.short(), STAMP_WIDTH, at=" · "),
        },
        "data": {"url": f"{OUTLINES}{outline}", "format": {"type": "topojson", "feature": "a"}},
        "datasets": {"values": values},
        "transform": [
            {"lookup": "id", "from": {"data": {"name": "values"}, "key": "id", "fields": fields}},
            {"filter": "isValid(datum.band)"},
            *told,
        ],
        "projection": {"type": "identity", "reflectY": True, **_fit(bounds)},
        "height": height,
        "mark": {"type": "geoshape", "aria": False, "strokeJoin": "round"},
        "params": [
            {"name": SELECTED, "select": {"type": "point", "fields": ["id"], "on": "click", "toggle": False}}
        ],
        "encoding": {
            **_look(scale, legend, also, chosen, width=_width(level, len(values)), is_counted=is_counted),
            "tooltip": [
                {"field": f"told{number}", "type": "nominal", "title": title}
                for number, (title, _) in enumerate(tooltip)
            ],
        },
        "config": CONFIG,
        "usermeta": {"embedOptions": {"renderer": "canvas" if is_canvas(level) else "svg"}},
    }


def _fit(bounds: Bounds | None) -> dict[str, Any]:
    """What the map is fitted to, as a line from corner to corner."""
    if bounds is None:
        return {}
    west, south, east, north = bounds
    line = {"type": "LineString", "coordinates": [[west, south], [east, north]]}
    return {"fit": {"type": "Feature", "properties": {}, "geometry": line}}


def is_canvas(level: str) -> bool:
    """Whether the areas of a level are so many that shapes in the page would be slow and heavy."""
    return level in CANVAS_LEVELS


def _width(level: str, areas: int) -> float:
    if not is_canvas(level):
        return USUAL
    return FINEST if areas > MANY else FINE


def _look(
    scale: Scale,
    legend: str,
    also: Sequence[tuple[str, Look]],
    chosen: str | None,
    *,
    width: float,
    is_counted: bool,
) -> dict[str, Any]:
    """Fill, border and dashes by class, in one legend; the chosen area stands out and above its neighbours."""
    looks = [*scale.looks, *(look for _, look in also)]
    counted = [f"{label} ({count:,})" for label, count in zip(scale.labels, scale.counts, strict=True)]
    labels = [*(counted if is_counted else scale.labels), *(label for label, _ in also)]
    shared = {"field": "band", "type": "nominal", "legend": _legend(legend, labels, is_counted=is_counted)}
    is_chosen = f"datum.id === {json.dumps(chosen or '')}"
    order = [*range(len(looks))]

    def by_class(part: str) -> dict[str, Any]:
        return {**shared, "scale": {"domain": order, "range": [_part(look, part) for look in looks]}}

    return {
        "fill": by_class("fill"),
        "stroke": {"condition": {"test": is_chosen, "value": TEXT}, **by_class("stroke")},
        "strokeDash": {"condition": {"test": is_chosen, "value": [1, 0]}, **by_class("dash")},
        "strokeWidth": {
            "condition": {"test": is_chosen, "value": CHOSEN},
            "value": width,
        },
        "order": {"condition": {"test": is_chosen, "value": 1}, "value": 0},
    }


def _part(look: Look, part: str) -> object:
    return [*look.dash] if part == "dash" else getattr(look, part)


def _legend(title: str, labels: Sequence[str], *, is_counted: bool) -> dict[str, Any]:
    lines = wrapped(title, LEGEND_WIDTH)
    return {
        "title": [*lines, "(number of areas)"] if is_counted else lines,
        "orient": "bottom",
        "direction": "vertical",
        "columns": 2,
        "symbolType": "square",
        "symbolSize": 180,
        "symbolStrokeWidth": 1.2,
        "labelExpr": f"{json.dumps([*labels], ensure_ascii=False)}[datum.value]",
    }


def together(specs: Sequence[dict[str, Any]], direction: str = "hconcat") -> dict[str, Any]:
    """Maps as one specification to take away, each with its own classes and a data set of its own name."""
    parts = [_renamed(spec, f"values{number}") for number, spec in enumerate(specs)]
    return {direction: parts, "config": CONFIG}


def _renamed(spec: dict[str, Any], name: str) -> dict[str, Any]:
    if "values" not in spec["datasets"]:
        return spec
    first, *rest = spec["transform"]
    lookup = {**first, "from": {**first["from"], "data": {"name": name}}}
    return {**spec, "datasets": {name: spec["datasets"]["values"]}, "transform": [lookup, *rest]}
