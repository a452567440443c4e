"""Bars of what is certain and what is in doubt, for every division of the screen Who, when, where."""

from typing import Any

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, LINE, STAMP_WIDTH, TITLE_WIDTH
from vrin_ui.wording import wrapped

UNKNOWN = "#6f777b"
DOUBT_LOOK: dict[str, Any] = {
    "color": "#c9d6e3",
    "stroke": "#505a5f",
    "strokeDash": [3, 2],
    "strokeWidth": 1,
}
BAR, COLUMNS_HEIGHT = 26, 190
LINE_HEIGHTS = (20, 15)
AXIS_ROOM = 62
PLAIN = ",~r"
"""Numbers of an axis in full: thousands with a comma, and as many decimals as its steps need."""
NAMED = 3
"""One column in so many is named, as a narrow screen has room for."""
SEEN = 0.005
"""Share of the longest bar below which what is in doubt cannot be seen."""
DOUBT_WORDS = "Dark: certain. Pale with a dashed edge: in doubt."
ROOM_A_LETTER = 0.045
"""How much longer than the longest bar the axis is for each letter of the figure beside it."""


def heading(title: str, stamp: Stamp, *words: str) -> alt.TitleParams:
    """A chart's title, what must be said of it, and its stamp."""
    said = [line for one in words if one for line in wrapped(one, STAMP_WIDTH)]
    return alt.TitleParams(
        text=wrapped(title, TITLE_WIDTH), subtitle=[*said, *wrapped(stamp.short(), STAMP_WIDTH, at=" · ")]
    )


def room(told: alt.TitleParams) -> int:
    """The height that a title and an axis take of a chart."""
    return AXIS_ROOM + LINE_HEIGHTS[0] * len(told.text) + LINE_HEIGHTS[1] * len(told.subtitle)


def has_doubt(rows: pd.DataFrame) -> bool:
    """Whether some bar goes on beyond what is certain, so far that it is seen."""
    return bool((rows["most"] - rows["value"] > SEEN * rows["most"].max()).any())


def bars(rows: pd.DataFrame, *, axis: str, title: str, stamp: Stamp) -> alt.LayerChart:
    """A bar for each row, in the order of the rows, with its figure in words at its end.

    `rows`: label, value (what is certain), most (with what is in doubt), words, is_recorded.
    """
    top = float(rows["most"].max() or 0) or 1.0
    y = alt.Y(
        "label:N",
        title=None,
        sort=[*rows["label"]],
        axis=alt.Axis(labelLimit=150, ticks=False, domain=False, labelPadding=6),
    )
    longest = max((len(words) for words in rows["words"]), default=0)
    scale = alt.Scale(domain=[0, top * (1 + ROOM_A_LETTER * longest)])
    x_axis = alt.Axis(format=PLAIN, tickCount=4, tickMinStep=1)
    x = alt.X("value:Q", title=axis, scale=scale, axis=x_axis)
    tooltip = [alt.Tooltip("label:N", title=" "), alt.Tooltip("words:N", title=axis)]
    base = alt.Chart(rows)
    colour = alt.condition("datum.is_recorded", alt.value(LINE), alt.value(UNKNOWN))
    layers = [base.mark_bar(height={"band": 0.72}).encode(x=x, y=y, color=colour, tooltip=tooltip)]
    if has_doubt(rows):
        layers.append(_doubt(rows, y, scale, axis, tooltip))
    text = base.mark_text(align="left", dx=5, fontSize=13, color="#0b0c0c")
    layers.append(text.encode(x=alt.X("most:Q", title=axis, scale=scale), y=y, text="words:N"))
    told = heading(title, stamp, DOUBT_WORDS if has_doubt(rows) else "")
    height = BAR * len(rows) + room(told)
    return alt.layer(*layers).properties(title=told, height=height).configure(**CONFIG)


def columns(rows: pd.DataFrame, *, axis: str, foot: str, title: str, stamp: Stamp) -> alt.LayerChart:
    """A column for each row, in the order of the rows; the figures are in the tooltips and the table."""
    x = alt.X(
        "label:N",
        title=foot,
        sort=[*rows["label"]],
        axis=alt.Axis(labelAngle=0, values=[*rows["label"]][::NAMED], ticks=False, labelPadding=6),
    )
    y = alt.Y(
        "value:Q",
        title=axis,
        axis=alt.Axis(format=PLAIN, tickCount=4, tickMinStep=1),
        scale=alt.Scale(domain=[0, float(rows["most"].max() or 0) or 1.0]),
    )
    tooltip = [alt.Tooltip("label:N", title=foot), alt.Tooltip("words:N", title=axis)]
    layers = [alt.Chart(rows).mark_bar(width={"band": 0.8}, color=LINE).encode(x=x, y=y, tooltip=tooltip)]
    if has_doubt(rows):
        mark = alt.Chart(rows[rows["most"] > rows["value"]]).mark_bar(width={"band": 0.8}, **DOUBT_LOOK)
        layers.append(mark.encode(x=x, y=y, y2="most:Q", tooltip=tooltip))
    told = heading(title, stamp, DOUBT_WORDS if has_doubt(rows) else "")
    height = COLUMNS_HEIGHT + room(told)
    return alt.layer(*layers).properties(title=told, height=height).configure(**CONFIG)


def _doubt(
    rows: pd.DataFrame, y: alt.Y, scale: alt.Scale, axis: str, tooltip: list[alt.Tooltip]
) -> alt.Chart:
    """What is in doubt, from the end of what is certain."""
    mark = alt.Chart(rows[rows["most"] > rows["value"]]).mark_bar(height={"band": 0.72}, **DOUBT_LOOK)
    return mark.encode(x=alt.X("value:Q", title=axis, scale=scale), x2="most:Q", y=y, tooltip=tooltip)
