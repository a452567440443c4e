"""Bars of what is certain and what is in doubt, for every division of the screen Who, when, where."""

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, LINE, STAMP_WIDTH, TITLE_WIDTH
from vrin_ui.wording import wrapped

UNKNOWN = "#6f777b"
DOUBT = "#c9d6e3"
BAR, LEAST_HEIGHT = 26, 120
DOUBT_WORDS = "Dark: certain. Pale with a dashed edge: in doubt."
ROOM = 1.28
"""How much longer than the longest bar the axis is, so that its figure has room beside it."""


def heading(title: str, stamp: Stamp, *words: str) -> alt.TitleParams:
    """A chart's title, what must be said of it, and its stamp."""
    said = [line for one in words if one for line in wrapped(one, STAMP_WIDTH)]
    return alt.TitleParams(
        text=wrapped(title, TITLE_WIDTH), subtitle=[*said, *wrapped(stamp.short(), STAMP_WIDTH, at=" · ")]
    )


def has_doubt(rows: pd.DataFrame) -> bool:
    """Whether some bar goes on beyond what is certain."""
    return bool((rows["most"] > rows["value"]).any())


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
    scale = alt.Scale(domain=[0, top * ROOM])
    x_axis = alt.Axis(format="~s", tickCount=4, tickMinStep=1)
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
    height = max(LEAST_HEIGHT, BAR * len(rows))
    return alt.layer(*layers).properties(title=told, height=height).configure(**CONFIG)


def _doubt(
    rows: pd.DataFrame, y: alt.Y, scale: alt.Scale, axis: str, tooltip: list[alt.Tooltip]
) -> alt.Chart:
    """What is in doubt, from the end of what is certain."""
    mark = alt.Chart(rows[rows["most"] > rows["value"]]).mark_bar(
        height={"band": 0.72}, color=DOUBT, stroke="#505a5f", strokeDash=[3, 2], strokeWidth=1
    )
    return mark.encode(x=alt.X("value:Q", title=axis, scale=scale), x2="most:Q", y=y, tooltip=tooltip)
