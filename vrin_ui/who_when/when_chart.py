"""The week as a table of hours by days whose cells grow dark, with the figure in each."""

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, TEXT
from vrin_ui.who_when.who_bars import heading, room
from vrin_ui.who_when.who_words import DAYS

ROW = 22
DARK = 0.68
"""Share of the greatest cell above which its figure is white: both have a contrast of 4.5 there."""
PALE, DEEP = "#f3f5f7", "#12436d"


def week_chart(cells: pd.DataFrame, *, axis: str, title: str, stamp: Stamp) -> alt.LayerChart:
    """The cells of the week, hours downwards and days from Monday on; the darker, the more.

    `cells`: day (of DAYS), hour (as 00:00), value, words.
    """
    top = float(cells["value"].max() or 0) or 1.0
    x = alt.X(
        "day:N",
        title=None,
        sort=[*DAYS],
        axis=alt.Axis(orient="top", labelAngle=0, ticks=False, domain=False, labelPadding=6),
    )
    y = alt.Y(
        "hour:N",
        title="Hour beginning",
        sort=[*dict.fromkeys(cells["hour"])],
        axis=alt.Axis(ticks=False, domain=False, labelPadding=6),
    )
    tooltip = [
        alt.Tooltip("day:N", title="Day"),
        alt.Tooltip("hour:N", title="Hour beginning"),
        alt.Tooltip("words:N", title=axis),
    ]
    colour = alt.Color("value:Q", scale=alt.Scale(domain=[0, top], range=[PALE, DEEP]), legend=None)
    base = alt.Chart(cells)
    rect = base.mark_rect(stroke="#ffffff", strokeWidth=1).encode(x=x, y=y, color=colour, tooltip=tooltip)
    is_dark = alt.condition(f"datum.value > {DARK * top}", alt.value("#ffffff"), alt.value(TEXT))
    text = base.mark_text(fontSize=11).encode(x=x, y=y, text="words:N", color=is_dark, tooltip=tooltip)
    told = heading(title, stamp)
    height = ROW * cells["hour"].nunique() + room(told)
    return alt.layer(rect, text).properties(title=told, height=height).configure(**CONFIG)
