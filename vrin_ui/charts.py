"""Charts from frames: no query and no screen in here."""

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.readings import reading
from vrin_ui.wording import listed, month_words, number, wrapped

TEXT = "#0b0c0c"
GRID = "#dfe1e2"
LINE = "#12436d"
BAND = "#9dbfdc"
GAP = "#e3e3e3"
FONT = "Source Sans, Source Sans Pro, Arial, sans-serif"
TITLE_WIDTH, STAMP_WIDTH = 40, 54
BAND_SHARE = 2.5
LEAST_BAND = 0.02
TICKS = 6
STRIPES = 4
NO_SUBMISSION, IN_PART = "no submission", "in part"

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

UNITS = {"harm": "days", "incidents": "incidents"}


def trend_data(by_month: pd.DataFrame, measure: str) -> tuple[pd.DataFrame, str]:
    """What a trend draws, and what it is called.

    Columns: month, from, to (ISO days, a band around the month), low, central, high, is_gap, is_partial,
    part, label, words. Months before the first submission are left off. A month that came in part is
    no point of the line: its figure stands in `part` and low, central and high are empty.
    """
    rows = by_month.loc[(~by_month["is_gap"].astype(bool)).cummax()]
    read = reading(rows, measure)
    month, half = rows["month"], pd.Timedelta(days=15)
    partial = rows["is_partial"].astype(bool)
    words = zip(rows["is_gap"], partial, read.words(), strict=True)
    data = pd.DataFrame(
        {
            "month": month.dt.strftime("%Y-%m-%d"),
            "from": (month - half).dt.strftime("%Y-%m-%d"),
            "to": (month + half).dt.strftime("%Y-%m-%d"),
            "low": read.low.mask(partial),
            "central": read.shown.mask(partial),
            "high": read.high.mask(partial),
            "is_gap": rows["is_gap"].astype(bool),
            "is_partial": partial,
            "part": read.shown.where(partial),
            "label": [month_words(one) for one in month],
            "words": [_month_words(gap, part, text, measure) for gap, part, text in words],
        }
    )
    return data.reset_index(drop=True), read.title


def _month_words(is_gap: bool, is_partial: bool, text: str, measure: str) -> str:
    if is_gap:
        return NO_SUBMISSION
    return f"{text} {UNITS[measure]}{' in the part that came' if is_partial else ''}"


def trend_chart(
    data: pd.DataFrame, name: str, *, title: str, stamp: Stamp, height: int = 350
) -> alt.LayerChart:
    """A line with a point a month, a blue band from low to high.

    A grey band stands where a month did not come, a striped one with a hollow point where it came in part.
    """
    when = alt.X(
        "month:T",
        title=None,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(format="%b %Y", labelAngle=0, labelOverlap="greedy", values=_ticks(data), grid=False),
    )
    value = alt.Y(
        "central:Q",
        title=name,
        scale=alt.Scale(domain=[0, _top(data)], nice=True),
        axis=alt.Axis(tickCount=5, format=",.0f"),
    )
    tooltip = [alt.Tooltip("label:N", title="Month"), alt.Tooltip("words:N", title=name)]
    base = alt.Chart(data)
    layers = _gap_layers(data, when, tooltip)
    if has_range(data):
        band = base.mark_area(color=BAND, opacity=0.6, invalid="break-paths-show-domains", clip=True)
        layers.append(band.encode(x=when, y=alt.Y("low:Q", title=name), y2="high:Q"))
    line = base.mark_line(color=LINE, strokeWidth=2, invalid="break-paths-show-domains")
    points = base.mark_point(color=LINE, filled=True, size=45, opacity=1, invalid="filter")
    layers += [line.encode(x=when, y=value), points.encode(x=when, y=value, tooltip=tooltip)]
    if data["is_partial"].any():
        part = base.mark_point(color=LINE, filled=False, size=60, strokeDash=[2, 2], invalid="filter")
        layers.append(part.encode(x=when, y=alt.Y("part:Q", title=name), tooltip=tooltip))
    heading = alt.TitleParams(
        text=wrapped(title, TITLE_WIDTH),
        subtitle=[*wrapped(band_words(data), STAMP_WIDTH), *wrapped(stamp.short(), STAMP_WIDTH, at=" · ")],
    )
    return alt.layer(*layers).properties(title=heading, height=height).configure(**CONFIG)


def _gap_layers(data: pd.DataFrame, when: alt.X, tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    gaps, parts = data[data["is_gap"]], data[data["is_partial"]]
    layers = _band(gaps, when, tooltip, NO_SUBMISSION) if len(gaps) else []
    return layers + (_band(parts, when, tooltip, IN_PART, stripes=STRIPES) if len(parts) else [])


def _band(
    months: pd.DataFrame, when: alt.X, tooltip: list[alt.Tooltip], text: str, *, stripes: int = 0
) -> list[alt.Chart]:
    """A grey band over each of these months with words in it, whole or in stripes."""
    rows = months if not stripes else _striped(months, stripes)
    band = (
        alt.Chart(rows)
        .mark_rect(color=GAP)
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


def _ticks(data: pd.DataFrame) -> list[alt.DateTime]:
    """About six months to name on the axis."""
    step = -(-len(data) // TICKS)
    months = [date.fromisoformat(day) for day in data["month"].iloc[::step]]
    return [alt.DateTime(year=one.year, month=one.month, date=1, utc=True) for one in months]


def has_range(data: pd.DataFrame) -> bool:
    """Whether low and high differ in any month by enough to be seen."""
    return bool((data["high"] - data["low"] > LEAST_BAND * _top(data)).fillna(False).any())


def _top(data: pd.DataFrame) -> float:
    """Where the scale ends: at the highest reading, but no further than the line stays readable."""
    high = float(data["high"].max() or 1) if data["high"].notna().any() else 1.0
    central = float(data["central"].max()) if data["central"].notna().any() else 0.0
    return max(min(high, central * BAND_SHARE) if central > 0 else high, 1.0)


def band_words(data: pd.DataFrame) -> str:
    """What the band of a trend means; empty where it has none."""
    if not has_range(data):
        return ""
    high = float(data["high"].max())
    beyond = f", which goes beyond the chart to {number(high)}" if high > _top(data) * 1.05 else ""
    return f"Blue band: lowest to highest reading{beyond}."


def trend_alt(data: pd.DataFrame, measure: str, *, title: str) -> str:
    """The trend in words: span, highest and lowest month, and the months that did not come."""
    unit = UNITS[measure]
    come = data[~data["is_gap"] & data["central"].notna()]
    words = [f"Line chart. {title}."]
    if len(come):
        ranked = come.sort_values("central", kind="stable")
        top, low = ranked.iloc[-1], ranked.iloc[0]
        words.append(
            f"Highest {number(top['central'])} {unit} in {top['label']}, "
            f"lowest {number(low['central'])} in {low['label']}."
        )
    gaps = list(data.loc[data["is_gap"], "label"])
    if gaps:
        words.append(f"No submission: {listed(gaps[:6])}{' and more' if len(gaps) > 6 else ''}.")
    parts = list(data.loc[data["is_partial"], "label"])
    if parts:
        words.append(f"Only a part came, left out of the line and of totals: {listed(parts[:6])}.")
    return " ".join([*words, "The figures are in the table below the chart."])
