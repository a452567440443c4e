"""One small chart among many: a series with its limits, without words that would not fit."""

from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, GAP
from vrin_ui.trends.control_chart import AIM, LIMIT, MIDDLE, PATH, domain
from vrin_ui.trends.point_looks import LOOKS
from vrin_ui.trends.rare_chart import rare_spec
from vrin_ui.trends.trend_points import DIGITS, NAMES, gap_runs

HEIGHT = 130
LINES = ("mean", "lower", "upper")
SMALL = {**CONFIG, "axis": {**CONFIG["axis"], "labelFontSize": 11, "titleFontSize": 11}}


def small_spec(
    drawn: pd.DataFrame, *, figure: str, ends: list[float] | None = None, target: float | None = None
) -> dict[str, Any]:
    """The small chart of `trend_points.points` as plain Vega-Lite; `ends` are those of a scale shared by all."""
    months = [drawn["month"].iloc[0], drawn["month"].iloc[-1]]
    ticks = [{"year": int(one[:4]), "month": int(one[5:7]), "date": 1, "utc": True} for one in months]
    x = {
        "field": "month",
        "type": "temporal",
        "title": None,
        "scale": {"type": "utc", "padding": 6},
        "axis": {"format": "%b %Y", "values": ticks, "grid": False, "labelFlush": True, "labelAngle": 0},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "title": None,
        "axis": {"tickCount": 3, "tickMinStep": 0.1 ** DIGITS[figure], "format": f",.{DIGITS[figure]}f"},
        "scale": {"domain": ends or domain(drawn, LINES, target), "nice": ends is None},
    }
    layers = [*_bands(drawn, x), *_ranges(drawn, x, y), *_lines(drawn, x, y), *_part(drawn, x, y)]
    if drawn["value"].notna().any():
        layers += [_path(x, y), _points(drawn, x, y, figure)]
    if target is not None:
        rule = {"type": "rule", "color": AIM, "strokeDash": [8, 3, 2, 3], "clip": True, "aria": False}
        layers.append({"data": {"values": [{"value": target}]}, "mark": rule, "encoding": {"y": y}})
    return {
        "data": {"name": "points"},
        "datasets": {"points": drawn},
        "height": HEIGHT,
        "layer": layers,
        "config": SMALL,
    }


def _bands(drawn: pd.DataFrame, x: dict[str, Any]) -> list[dict[str, Any]]:
    gaps = gap_runs(drawn)
    if not len(gaps):
        return []
    mark = {"type": "rect", "color": GAP}
    encoding = {
        "x": {**x, "field": "from"},
        "x2": {"field": "to"},
        "tooltip": [{"field": "label", "type": "nominal"}, {"field": "words", "type": "nominal"}],
    }
    return [{"data": {"values": gaps.to_dict("records")}, "mark": mark, "encoding": encoding}]


def _ranges(drawn: pd.DataFrame, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    if not drawn["high"].notna().any():
        return []
    mark = {"type": "rule", "color": PATH, "strokeWidth": 3, "clip": True}
    tooltip = [{"field": "label", "type": "nominal"}, {"field": "words", "type": "nominal"}]
    encoding = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "tooltip": tooltip}
    return [{"transform": [{"filter": "isValid(datum.high)"}], "mark": mark, "encoding": encoding}]


def small_rare_spec(rows: pd.DataFrame, *, figure: str, stamp: Stamp) -> dict[str, Any]:
    """The small chart of rare events, a bar for each twelve months."""
    spec = rare_spec(rows, figure=figure, title="", stamp=stamp)
    spec = {name: part for name, part in spec.items() if name != "title"}
    for layer in spec["layer"]:
        for channel in ("fill", "strokeDash"):
            if channel in layer["encoding"]:
                layer["encoding"][channel]["legend"] = None
        layer["encoding"]["y"] = {**layer["encoding"]["y"], "title": None}
    return {**spec, "height": HEIGHT, "config": SMALL}


def _lines(drawn: pd.DataFrame, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    layers = []
    for line in LINES:
        if not drawn[line].notna().any():
            continue
        dash, colour = ([1, 0], MIDDLE) if line == "mean" else ([5, 3], LIMIT)
        mark = {"type": "line", "interpolate": "step", "strokeWidth": 1, "strokeDash": dash, "color": colour,
                "clip": True, "aria": False}  # fmt: skip
        encoding = {"x": x, "y": {**y, "field": line}, "detail": {"field": "segment", "type": "nominal"}}
        layers.append({"mark": mark, "encoding": encoding})
    return layers


def _path(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    mark = {
        "type": "line",
        "color": PATH,
        "strokeWidth": 1.2,
        "invalid": "break-paths-show-domains",
        "aria": False,
    }
    return {"mark": mark, "encoding": {"x": x, "y": y}}


def _part(drawn: pd.DataFrame, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    if not drawn["part"].notna().any():
        return []
    mark = {"type": "point", "filled": False, "size": 30, "strokeDash": [2, 2], "color": LIMIT, "clip": True}
    tooltip = [{"field": "label", "type": "nominal"}, {"field": "words", "type": "nominal"}]
    encoding = {"x": x, "y": {**y, "field": "part"}, "tooltip": tooltip}
    return [{"transform": [{"filter": "isValid(datum.part)"}], "mark": mark, "encoding": encoding}]


def _points(drawn: pd.DataFrame, x: dict[str, Any], y: dict[str, Any], figure: str) -> dict[str, Any]:
    used = [one for one in dict.fromkeys(LOOKS.values()) if (drawn["point"] == one.name).any()]
    names = [one.name for one in used]
    of = {"field": "point", "type": "nominal", "legend": None}
    return {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "point", "filled": True, "size": 38, "opacity": 1, "clip": True},
        "encoding": {
            "x": x,
            "y": y,
            "color": {**of, "scale": {"domain": names, "range": [one.colour for one in used]}},
            "shape": {**of, "scale": {"domain": names, "range": [one.shape for one in used]}},
            "tooltip": [
                {"field": "label", "type": "nominal", "title": "Month"},
                {"field": "words", "type": "nominal", "title": NAMES[figure]},
            ],
        },
    }
