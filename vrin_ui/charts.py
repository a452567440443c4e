"""Charts from frames: no query and no screen in here."""

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.trend_months import BAND_SHARE as BAND_SHARE
from vrin_ui.trend_months import (
    IN_PART,
    NO_SUBMISSION,
    UNTOLD,
    band_words,
    has_range,
    is_beyond,
    top_of,
)
from vrin_ui.wording import wrapped

TEXT = "#0b0c0c"
GRID = "#dfe1e2"
LINE = "#12436d"
BAND = "#9dbfdc"
GAP = "#e3e3e3"
FONT = "Source Sans, Source Sans Pro, Arial, sans-serif"
TITLE_WIDTH, STAMP_WIDTH = 40, 54
TICKS = 6
STRIPES = 4
UNTOLD_BAND = "#f2dfb0"

CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "#ffffff",
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "color": TEXT,
        "subtitleColor": "#3b4045",
        "fontSize": 16,
        "subtitleFontSize": 12,
        "subtitlePadding": 6,
        "offset": 12,
    },
    "axis": {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": "#505a5f",
        "tickColor": "#505a5f",
    },
    "legend": {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "bold",
        "labelLimit": 260,
        "titleLimit": 260,
    },
}


def trend_chart(
    data: pd.DataFrame, name: str, *, title: str, stamp: Stamp, height: int = 350
) -> alt.LayerChart:
    """A line with a point a month, a blue band from low to high.

    A grey band stands where a month did not come, a striped one with a hollow point where it came in part.
    """
    when = month_axis(data)
    value = alt.Y(
        "central:Q",
        title=name,
        scale=alt.Scale(domain=[0, top_of(data)], nice=True),
        # Whole numbers alone are named: half an incident would be rounded to a number that stands there already.
        axis=alt.Axis(tickCount=5, tickMinStep=1, format=",.0f"),
    )
    tooltip = [alt.Tooltip("label:N", title="Month"), alt.Tooltip("words:N", title=name)]
    base = alt.Chart(data)
    layers = [*_gap_layers(data, when, tooltip), *_range_layers(data, when, tooltip, name)]
    line = base.mark_line(color=LINE, strokeWidth=2, invalid="break-paths-show-domains")
    # Without a month that has a single figure there is no point, and a group of none would be an image without words.
    is_told = bool(data["central"].notna().any())
    points = base.mark_point(color=LINE, filled=True, size=45, opacity=1, invalid="filter", aria=is_told)
    layers += [line.encode(x=when, y=value), points.encode(x=when, y=value, tooltip=tooltip)]
    if data["is_partial"].any():
        part = base.mark_point(color=LINE, filled=False, size=60, strokeDash=[2, 2], invalid="filter")
        layers.append(part.encode(x=when, y=alt.Y("part:Q", title=name), tooltip=tooltip))
    heading = alt.TitleParams(
        text=wrapped(title, TITLE_WIDTH),
        subtitle=[*wrapped(band_words(data), STAMP_WIDTH), *wrapped(stamp.short(), STAMP_WIDTH, at=" · ")],
    )
    return alt.layer(*layers).properties(title=heading, height=height).configure(**CONFIG)


def _range_layers(data: pd.DataFrame, when: alt.X, tooltip: list[alt.Tooltip], name: str) -> list[alt.Chart]:
    """The band from low to high, and an upright line over each month that has no single figure."""
    if not has_range(data) and not data["is_open"].any():
        return []
    top = top_of(data)
    # What lies beyond the chart is cut here, for the colour fades over what is drawn alone.
    shown = data.assign(low=data["low"].clip(upper=top), high=data["high"].clip(upper=top))
    low = alt.Y("low:Q", title=name)
    band = alt.Chart(shown).mark_area(
        color=_fading() if is_beyond(data) else BAND, opacity=0.6, invalid="break-paths-show-domains"
    )
    layers = [band.encode(x=when, y=low, y2="high:Q")]
    if data["is_open"].any():
        upright = alt.Chart(shown[shown["is_open"]]).mark_rule(color=LINE, strokeWidth=3)
        layers.append(upright.encode(x=when, y=low, y2="high:Q", tooltip=tooltip))
    return layers


def _fading() -> alt.Gradient:
    """The colour of a band that goes on beyond the chart: it grows pale upwards."""
    stops = [alt.GradientStop(color=BAND, offset=0), alt.GradientStop(color="#ffffff", offset=1)]
    return alt.LinearGradient(gradient="linear", x1=0, x2=0, y1=1, y2=0, stops=stops)


def _gap_layers(data: pd.DataFrame, when: alt.X, tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    gaps, parts, untold = (data[data[name]] for name in ("is_gap", "is_partial", "is_untold"))
    layers = month_band(gaps, when, tooltip, NO_SUBMISSION) if len(gaps) else []
    layers += month_band(parts, when, tooltip, IN_PART, stripes=STRIPES) if len(parts) else []
    return layers + (month_band(untold, when, tooltip, UNTOLD, color=UNTOLD_BAND) if len(untold) else [])


def month_band(
    months: pd.DataFrame,
    when: alt.X,
    tooltip: list[alt.Tooltip],
    text: str,
    *,
    stripes: int = 0,
    color: str = GAP,
) -> list[alt.Chart]:
    """A band over each of these months with words in it, whole or in stripes."""
    rows = months if not stripes else _striped(months, stripes)
    band = (
        alt.Chart(rows)
        .mark_rect(color=color)
        .encode(x=alt.X("from:T", scale=alt.Scale(type="utc")), x2="to:T", tooltip=tooltip)
    )
    # Drawn downwards from the top, so that the words never reach below the axis.
    words = alt.Chart(months).mark_text(
        text=text, angle=270, align="right", baseline="middle", color=TEXT, fontSize=12
    )
    return [band, words.encode(x=when, y=alt.value(6))]


def _striped(months: pd.DataFrame, count: int) -> pd.DataFrame:
    """Each month's band as so many narrow ones with as much white between them."""
    start, end = (pd.to_datetime(months[name]) for name in ("from", "to"))
    width = (end - start) / (2 * count - 1)
    lefts = [start + 2 * number * width for number in range(count)]
    return pd.concat([months.assign(**{"from": _clock(left), "to": _clock(left + width)}) for left in lefts])


def _clock(moments: pd.Series) -> pd.Series:
    return moments.dt.strftime("%Y-%m-%dT%H:%M")


def month_axis(data: pd.DataFrame, *, padding: int = 0) -> alt.X:
    """The axis of the months of `data`, about six of them named; `padding` is room at both ends, in pixels."""
    axis = alt.Axis(format="%b %Y", labelAngle=0, labelOverlap="greedy", values=_ticks(data), grid=False)
    scale = alt.Scale(type="utc", padding=padding) if padding else alt.Scale(type="utc")
    return alt.X("month:T", title=None, scale=scale, axis=axis)


def _ticks(data: pd.DataFrame) -> list[alt.DateTime]:
    """About six months to name on the axis."""
    step = -(-len(data) // TICKS)
    months = [date.fromisoformat(day) for day in data["month"].iloc[::step]]
    return [alt.DateTime(year=one.year, month=one.month, date=1, utc=True) for one in months]
