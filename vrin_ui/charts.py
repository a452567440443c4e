"""Charts from frames: no query and no screen in here."""

from datetime import date
from typing import Any

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.readings import month_reading
from vrin_ui.wording import counted, listed, month_words, number, wrapped

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
NO_SUBMISSION, IN_PART, UNTOLD = "no submission", "in part", "cannot be told"
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

UNITS = {"harm": "days", "incidents": "incidents"}


def trend_data(by_month: pd.DataFrame, measure: str) -> tuple[pd.DataFrame, str]:
    """What a trend draws, and what it is called.

    Columns: month, from, to (ISO days, a band around the month), low, central, high, is_gap, is_partial,
    part, is_untold, is_open, label, words. Months before the first submission are left off. A month that came in part
    is no point of the line: its figure stands in `part` and low, central and high are empty. A month
    `is_open` where no single figure can be given, and then has no central one; it `is_untold` where there
    is none at all, since what came in has no weight.
    """
    rows = by_month.loc[(~by_month["is_gap"].astype(bool)).cummax()]
    read = month_reading(rows, measure)
    month, half = rows["month"], pd.Timedelta(days=15)
    partial = rows["is_partial"].astype(bool)
    # That something came in, and what it weighs is not known.
    untold = read.high.isna() & ~rows["is_gap"].astype(bool)
    words = zip(rows["is_gap"], partial, untold, read.words(), strict=True)
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
            "is_untold": (untold & ~partial).astype(bool),
            "is_open": (read.shown.isna() & read.high.notna() & ~partial).astype(bool),
            "label": [month_words(one) for one in month],
            "words": [_month_words(*one, measure=measure) for one in words],
        }
    )
    return data.reset_index(drop=True), read.title


def _month_words(is_gap: bool, is_partial: bool, is_untold: bool, text: str, *, measure: str) -> str:
    if is_gap:
        return NO_SUBMISSION
    if is_untold:
        return UNTOLD
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
        # Whole numbers alone are named: half an incident would be rounded to a number that stands there already.
        axis=alt.Axis(tickCount=5, tickMinStep=1, format=",.0f"),
    )
    tooltip = [alt.Tooltip("label:N", title="Month"), alt.Tooltip("words:N", title=name)]
    base = alt.Chart(data)
    layers = [*_gap_layers(data, when, tooltip), *_range_layers(data, when, tooltip, name)]
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


def _range_layers(data: pd.DataFrame, when: alt.X, tooltip: list[alt.Tooltip], name: str) -> list[alt.Chart]:
    """The band from low to high, and an upright line over each month that has no single figure."""
    if not has_range(data) and not data["is_open"].any():
        return []
    top = _top(data)
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
    layers = _band(gaps, when, tooltip, NO_SUBMISSION) if len(gaps) else []
    layers += _band(parts, when, tooltip, IN_PART, stripes=STRIPES) if len(parts) else []
    return layers + (_band(untold, when, tooltip, UNTOLD, color=UNTOLD_BAND) if len(untold) else [])


def _band(
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


def is_beyond(data: pd.DataFrame) -> bool:
    """Whether the highest reading of a month lies well above the end of the scale."""
    return bool(has_range(data) and float(data["high"].max()) > _top(data) * 1.05)


def band_words(data: pd.DataFrame) -> str:
    """What the band and the upright lines of a trend mean; empty where it has none."""
    words = []
    if has_range(data):
        beyond = f"; it fades where it goes on beyond the chart, to {number(data['high'].max())}"
        words.append(f"Blue band: lowest to highest reading{beyond if is_beyond(data) else ''}.")
    return " ".join([*words, _open_words(data)]).strip()


def _open_words(data: pd.DataFrame) -> str:
    """That months have no single figure, and what stands for them."""
    if not data["is_open"].any():
        return ""
    if data["central"].isna().all():
        return "Upright lines: the same for each month. No month has a single figure, so there is no line."
    return "Upright line: a month without a single figure."


def trend_alt(data: pd.DataFrame, measure: str, *, title: str) -> str:
    """The trend in words: span, highest and lowest month, and the months that did not come."""
    unit = UNITS[measure]
    come = data[~data["is_gap"] & data["central"].notna()]
    unknown = data[data["is_open"]]
    words = [f"Line chart. {title}."]
    if len(come):
        ranked = come.sort_values("central", kind="stable")
        top, low = ranked.iloc[-1], ranked.iloc[0]
        words.append(
            f"Highest {number(top['central'])} {unit} in {top['label']}, "
            f"lowest {number(low['central'])} in {low['label']}."
        )
    if len(unknown):
        words.append(
            f"{counted(len(unknown), 'month')} without a single figure, "
            f"from {number(unknown['low'].min())} to {number(unknown['high'].max())} {unit}."
        )
    gaps = list(data.loc[data["is_gap"], "label"])
    if gaps:
        words.append(f"No submission: {listed(gaps[:6])}{' and more' if len(gaps) > 6 else ''}.")
    untold = list(data.loc[data["is_untold"], "label"])
    if untold:
        words.append(f"Cannot be told: {listed(untold[:6])}.")
    parts = list(data.loc[data["is_partial"], "label"])
    if parts:
        words.append(f"Only a part came, left out of the line and of totals: {listed(parts[:6])}.")
    return " ".join([*words, "The figures are in the table below the chart."])
