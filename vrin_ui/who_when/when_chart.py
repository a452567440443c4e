"""The week as a table of hours by days whose cells grow dark, with the figure in each."""

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG
from vrin_ui.who_when.who_bars import heading, room
from vrin_ui.who_when.who_words import DAYS

ROW = 22
PALE, DEEP = (243, 245, 247), (18, 67, 109)
BLACK, WHITE = "#000000", "#ffffff"
MIDDLE_LIGHT = 0.179
"""Luminance at which black and white stand out alike from a colour: each by more than 4.5 to 1."""


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
    base = alt.Chart(cells.assign(**_colours(cells["value"] / top)))
    fill, ink = (alt.Color(f"{name}:N", scale=None, legend=None) for name in ("fill", "ink"))
    rect = base.mark_rect(stroke="#ffffff", strokeWidth=1).encode(x=x, y=y, color=fill, tooltip=tooltip)
    text = base.mark_text(fontSize=11).encode(x=x, y=y, text="words:N", color=ink, tooltip=tooltip)
    told = heading(title, stamp)
    height = ROW * cells["hour"].nunique() + room(told)
    return alt.layer(rect, text).properties(title=told, height=height).configure(**CONFIG)


def _colours(shares: pd.Series) -> dict[str, list[str]]:
    """The fill of each share of the greatest cell, and the ink that stands out from it most."""
    mixed = [
        [round(pale + (deep - pale) * share) for pale, deep in zip(PALE, DEEP, strict=True)]
        for share in shares.astype("float64").fillna(0.0)
    ]
    return {
        "fill": [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in mixed],
        "ink": [BLACK if luminance(one) > MIDDLE_LIGHT else WHITE for one in mixed],
    }


def luminance(colour: list[int]) -> float:
    """The relative luminance of a colour by its red, green and blue of 0 to 255, as WCAG has it."""
    parts = [one / 255 for one in colour]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
