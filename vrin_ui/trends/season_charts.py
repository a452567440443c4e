"""Charts of the season of a series, of the same months of three years, and of its outlook, as plain Vega-Lite."""

from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, STAMP_WIDTH, TITLE_WIDTH
from vrin_ui.trends.trend_points import DIGITS, NAMES
from vrin_ui.wording import month_words, number, span, wrapped

BLUE, GREY, WINE, PALE, PALER = "#12436d", "#a5abaf", "#801650", "#9dbfdc", "#d5e3f0"
HEIGHT = 400
AS_IT_CAME, TREND = "As it came", "Trend, without season and chance"
LINES = {AS_IT_CAME: (GREY, [1, 0]), TREND: (BLUE, [1, 0])}
YEARS = ((WINE, [1, 0], "circle"), (BLUE, [7, 3], "square"), ("#6f777b", [2, 3], "triangle-up"))


def season_spec(frame: pd.DataFrame, *, figure: str, title: str, stamp: Stamp) -> dict[str, Any]:
    """The series as it came and its trend; a month that did not come whole is a gap of the first line."""
    value = frame["value"].where(frame["state"] == "whole")
    rows = pd.concat(
        [_long(frame, value, AS_IT_CAME, figure), _long(frame, frame["trend"], TREND, figure)],
        ignore_index=True,
    )
    scales = {
        "color": {"domain": [*LINES], "range": [colour for colour, _ in LINES.values()]},
        "strokeDash": {"domain": [*LINES], "range": [dash for _, dash in LINES.values()]},
    }
    encoding = {"x": _month(), "y": _value(figure), "tooltip": _tooltip(figure)}
    mark = {
        "type": "line",
        "strokeWidth": 2.2,
        "invalid": "break-paths-show-domains",
        "point": {"size": 26},
        "aria": False,
    }
    return _whole({"mark": mark, "encoding": {**encoding, **_lines(scales)}}, rows, title=title, stamp=stamp)


def years_spec(frame: pd.DataFrame, *, figure: str, title: str, stamp: Stamp) -> dict[str, Any]:
    """The same months side by side, a line for each of the last three years; a gap where a month is not whole."""
    ends = {
        ago: f"Year to {month_words(day)}"
        for ago, day in zip(frame["years_ago"], frame["year_ending"], strict=True)
    }
    rows = pd.DataFrame(
        {
            "position": frame["position"],
            "name": [f"{month:%b}" for month in frame["month"]],
            "value": _plain(frame["value"].where(frame["state"] == "whole")),
            "line": [ends[ago] for ago in frame["years_ago"]],
            "label": [month_words(month) for month in frame["month"]],
            "words": [number(value, DIGITS[figure]) for value in frame["value"]],
        }
    ).sort_values("position")
    known = [ends[ago] for ago in sorted(ends)]
    looks = [YEARS[int(ago)] for ago in sorted(ends)]
    scales = {
        channel: {"domain": known, "range": [one[at] for one in looks]}
        for at, channel in enumerate(("color", "strokeDash", "shape"))
    }
    names = [*rows.drop_duplicates("position")["name"]]
    x = {
        "field": "name",
        "type": "ordinal",
        "sort": names,
        "title": None,
        "axis": {"labelAngle": 0, "labelOverlap": True},
    }
    encoding = {"x": x, "y": _value(figure), "tooltip": _tooltip(figure)}
    line = {"type": "line", "strokeWidth": 2.2, "invalid": "break-paths-show-domains", "aria": False}
    lines = {
        "mark": line,
        "encoding": {**encoding, **_lines({key: scales[key] for key in ("color", "strokeDash")})},
    }
    points = {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "point", "filled": True, "size": 60, "opacity": 1},
        "encoding": {**encoding, **_lines({key: scales[key] for key in ("color", "shape")})},
    }
    return _whole({"layer": [lines, points]}, rows, title=title, stamp=stamp)


def outlook_spec(frame: pd.DataFrame, *, figure: str, title: str, stamp: Stamp) -> dict[str, Any]:
    """What came, and after it the outlook with the bands that hold four and nineteen of twenty months."""
    rows = pd.DataFrame(
        {
            "month": frame["month"].dt.strftime("%Y-%m-%d"),
            "came": _plain(frame["value"].where((frame["kind"] == "observed") & (frame["state"] == "whole"))),
            "ahead": _plain(frame["value"].where(frame["kind"] == "outlook")),
            **{name: _plain(frame[name]) for name in ("lower80", "upper80", "lower95", "upper95")},
            "label": [month_words(month) for month in frame["month"]],
            "words": [_outlook_words(one, DIGITS[figure]) for one in frame.itertuples()],
        }
    )
    x, y, tooltip = _month(), _value(figure), _tooltip(figure)
    layers = [_band(x, y, width, colour) for width, colour in (("95", PALER), ("80", PALE))]
    for field, colour, dash in (("came", GREY, [1, 0]), ("ahead", BLUE, [6, 3])):
        encoding = {"x": x, "y": {**y, "field": field}, "tooltip": tooltip}
        mark = {"type": "line", "color": colour, "strokeDash": dash, "strokeWidth": 2.2, "point": {"color": colour},
                "invalid": "break-paths-show-domains", "aria": False}  # fmt: skip
        layers.append({"mark": mark, "encoding": encoding})
    return _whole({"layer": layers}, rows, title=title, stamp=stamp)


def _band(x: dict[str, Any], y: dict[str, Any], width: str, colour: str) -> dict[str, Any]:
    encoding = {"x": x, "y": {**y, "field": f"lower{width}"}, "y2": {"field": f"upper{width}"}}
    mark = {"type": "area", "color": colour, "aria": False}
    return {"transform": [{"filter": f"isValid(datum.lower{width})"}], "mark": mark, "encoding": encoding}


def _outlook_words(row: Any, digits: int) -> str:
    if row.kind == "observed":
        return number(row.value, digits) if row.state == "whole" else "no whole month"
    return f"about {number(row.value, digits)}; 19 of 20 times {span(row.lower95, row.upper95, digits)}"


def _long(frame: pd.DataFrame, values: pd.Series, line: str, figure: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "month": frame["month"].dt.strftime("%Y-%m-%d"),
            "value": _plain(values),
            "line": line,
            "label": [month_words(month) for month in frame["month"]],
            "words": [number(value, DIGITS[figure] + (line == TREND)) for value in values],
        }
    )


def _plain(values: pd.Series) -> Any:
    return values.astype("Float64").to_numpy(dtype="float64", na_value=float("nan"))


def _month() -> dict[str, Any]:
    axis = {"format": "%b %Y", "labelAngle": 0, "labelOverlap": "greedy", "tickCount": 7, "grid": False}
    return {"field": "month", "type": "temporal", "title": None, "scale": {"type": "utc"}, "axis": axis}


def _value(figure: str) -> dict[str, Any]:
    axis = {"format": f",.{DIGITS[figure]}f", "tickCount": 6}
    scale = {"zero": True, "nice": True}
    return {"field": "value", "type": "quantitative", "title": NAMES[figure], "axis": axis, "scale": scale}


def _lines(scales: dict[str, Any]) -> dict[str, Any]:
    legend = {"title": None, "orient": "bottom", "columns": 1, "symbolSize": 90}
    return {
        key: {"field": "line", "type": "nominal", "scale": scale, "legend": legend}
        for key, scale in scales.items()
    }


def _tooltip(figure: str) -> list[dict[str, str]]:
    return [
        {"field": "label", "type": "nominal", "title": "Month"},
        {"field": "words", "type": "nominal", "title": NAMES[figure]},
    ]


def _whole(marks: dict[str, Any], rows: pd.DataFrame, *, title: str, stamp: Stamp) -> dict[str, Any]:
    return {
        "title": {
            "text": wrapped(title, TITLE_WIDTH),
            "subtitle": wrapped(stamp.short(), STAMP_WIDTH, at=" · "),
        },
        "data": {"name": "rows"},
        "datasets": {"rows": rows},
        "height": HEIGHT,
        **marks,
        "config": CONFIG,
    }
