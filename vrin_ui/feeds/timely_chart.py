"""How much of what was due came whole, and in time, by month: data, chart and words from a frame."""

from datetime import date
from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, LINE
from vrin_ui.wording import number, wrapped

WHOLE, ON_TIME = "whole by now", "whole and in time"
COLOURS = {WHOLE: "#801650", ON_TIME: LINE}
DASHES = {WHOLE: [5, 4], ON_TIME: [1, 0]}
SHAPES = {WHOLE: "diamond", ON_TIME: "circle"}
TITLE_WIDTH = 90
MONTHS = {
    "field": "month",
    "type": "temporal",
    "title": "Month in which it was due",
    "scale": {"type": "utc"},
    "axis": {"format": "%b %Y", "labelAngle": 0, "labelOverlap": "greedy", "grid": False, "tickCount": 6},
}
SHARES = {
    "field": "share",
    "type": "quantitative",
    "title": "Share of submissions (%)",
    "scale": {"domain": [0, 100]},
    "axis": {"tickCount": 5},
}
TOOLTIP = [
    {"field": name, "type": "nominal", "title": title}
    for name, title in (("label", "Due in"), ("what", "Came"), ("words", "Submissions"))
]


def timely_data(by_due_month: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Two rows a month in which something was due: month (ISO day), label, what, share (percent), words."""
    frame = by_due_month[by_due_month["due_month"].between(pd.Timestamp(first), pd.Timestamp(last))]
    sums = frame.groupby("due_month")[["due_count", "whole_count", "on_time_count"]].sum().reset_index()
    parts = []
    for what, name in ((WHOLE, "whole_count"), (ON_TIME, "on_time_count")):
        words = zip(sums[name], sums["due_count"], strict=True)
        parts.append(
            pd.DataFrame(
                {
                    "month": sums["due_month"].dt.strftime("%Y-%m-%d"),
                    "label": sums["due_month"].dt.strftime("%B %Y"),
                    "what": what,
                    "share": (100 * sums[name] / sums["due_count"]).astype(float).round(1),
                    "words": [f"{number(had)} of {number(due)}" for had, due in words],
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def timely_spec(data: pd.DataFrame, *, heading: str, stamp: Stamp) -> dict[str, Any]:
    """Two lines of shares; they differ by dash and point as well as by colour."""
    line = {"type": "line", "strokeWidth": 2, "aria": False}
    point = {"type": "point", "filled": True, "size": 55, "opacity": 1, "aria": False}
    return {
        "title": {
            "text": wrapped(heading, TITLE_WIDTH),
            "subtitle": wrapped(stamp.short(), TITLE_WIDTH, at=" · "),
        },
        "datasets": {"shares": data},
        "data": {"name": "shares"},
        "height": 260,
        "encoding": {"x": MONTHS, "y": SHARES, "color": _by_what(COLOURS), "tooltip": TOOLTIP},
        "layer": [
            {"mark": line, "encoding": {"strokeDash": _by_what(DASHES)}},
            {"mark": point, "encoding": {"shape": _by_what(SHAPES)}},
        ],
        "config": CONFIG,
        "usermeta": {"embedOptions": {"renderer": "svg"}},
    }


def _by_what(values: dict[str, Any]) -> dict[str, Any]:
    return {
        "field": "what",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(values), "range": list(values.values())},
        "legend": {"orient": "top", "symbolSize": 90, "symbolStrokeWidth": 2},
    }


def timely_alt(data: pd.DataFrame, *, heading: str) -> str:
    """The chart in words: the last month, and the worst one."""
    told = []
    for what in (ON_TIME, WHOLE):
        own = data[data["what"] == what]
        last, worst = own.iloc[-1], own.loc[own["share"].idxmin()]
        told.append(
            f"{what}: {last['words']} of those due in {last['label']}; lowest {worst['words']} in {worst['label']}."
        )
    return f"Line chart. {heading}. {' '.join(told)} The table below has each feed."
