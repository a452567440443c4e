"""One source's months, and the lines of all sources set to 100: charts of the screen Police and health."""

from datetime import timedelta

import altair as alt
import numpy as np
import pandas as pd

from vrin_data.measures import Stamp
from vrin_data.report.triangulation_words import ON_CHART
from vrin_ui.charts import (
    BAND,
    CONFIG,
    IN_PART,
    LINE,
    NO_SUBMISSION,
    STAMP_WIDTH,
    STRIPES,
    TITLE_WIDTH,
    UNTOLD,
    UNTOLD_BAND,
    month_axis,
    month_band,
)
from vrin_ui.police_health.health_choice import COUNT, RATE, RATIO
from vrin_ui.wording import DASH, listed, month_words, number, wrapped

HEIGHT, INDEX_HEIGHT = 340, 470
HALF = timedelta(days=15)
AXES = {COUNT: "A month", RATE: "Per 1,000 residents a month", RATIO: "For each recorded crime"}
DIGITS = {COUNT: 0, RATE: 3, RATIO: 2}
WHOLE, UNCOMPARED, NOT_COMPARED = "whole", "uncompared", "not compared"
"""Of ratios alone: a month that did not come whole from both."""
MOST_LISTED = 6
PALETTE = ("#12436d", "#f46a25", "#28a197", "#801650", "#3d3d3d")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [4, 4])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")


def month_data(rows: pd.DataFrame, show: str) -> pd.DataFrame:
    """What the chart of one source draws: month, from, to, value, low, high, part, state, words, label."""
    read, low, high = _reading(rows, show)
    month = rows["month"]
    is_whole = (rows["state"] == "whole").to_numpy()
    is_part = (rows["state"] == "partial").to_numpy()
    told = is_whole if show != RATIO else rows["is_compared"].to_numpy(dtype=bool)
    data = pd.DataFrame(
        {
            "month": month.dt.strftime("%Y-%m-%d"),
            "from": (month - HALF).dt.strftime("%Y-%m-%d"),
            "to": (month + HALF).dt.strftime("%Y-%m-%d"),
            "value": np.where(told, read, np.nan),
            "low": np.where(told, low, np.nan),
            "high": np.where(told, high, np.nan),
            "part": np.where(is_part & (show != RATIO), read, np.nan),
            "state": np.where(told, WHOLE, UNCOMPARED) if show == RATIO else rows["state"].to_numpy(),
            "label": [month_words(one) for one in month],
        }
    )
    data["words"] = [_words(one, show) for one in data.itertuples(index=False)]
    return data.replace([np.inf, -np.inf], np.nan)


def _reading(rows: pd.DataFrame, show: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    if show == RATIO:
        found = (rows["ratio"], rows["ratio_low"], rows["ratio_high"])
    else:
        counts = [rows[name] for name in ("value", "value_low", "value_high")]
        people = rows["population"].astype("Float64") / 1000
        found = tuple(one.astype("Float64") / people for one in counts) if show == RATE else tuple(counts)
    value, low, high = (one.to_numpy(dtype="float64", na_value=np.nan) for one in found)
    return value, low, high


def _words(one: object, show: str) -> str:
    value, low, high, part = (getattr(one, name) for name in ("value", "low", "high", "part"))
    if not pd.isna(value):
        ends = f" ({number(low, DIGITS[show])} to {number(high, DIGITS[show])})" if low != high else ""
        return f"{number(value, DIGITS[show])}{ends}"
    if not pd.isna(part):
        return f"{number(part, DIGITS[show])} in the part that came"
    state = str(one.state)  # type: ignore[attr-defined]
    said = {"missing": NO_SUBMISSION, "partial": IN_PART, "untold": UNTOLD, UNCOMPARED: NOT_COMPARED}
    return said.get(state, DASH)


def month_chart(data: pd.DataFrame, show: str, *, title: str, stamp: Stamp) -> alt.LayerChart:
    """A line with a point a month and a band where a month has a range; months that are not whole are marked."""
    when, top = month_axis(data), _top(data)
    name = AXES[show]
    value = alt.Y(
        "value:Q", title=name, scale=alt.Scale(domain=[0, top], nice=True), axis=alt.Axis(tickCount=4)
    )
    tooltip = [alt.Tooltip("label:N", title="Month"), alt.Tooltip("words:N", title=name)]
    shown = data.assign(high=data["high"].clip(upper=top))
    base = alt.Chart(shown)
    layers = _state_layers(data, when, tooltip)
    if (data["high"] > data["low"]).any():
        band = base.mark_area(color=BAND, opacity=0.6, invalid="break-paths-show-domains")
        layers.append(band.encode(x=when, y=alt.Y("low:Q", title=name), y2="high:Q"))
    line = base.mark_line(color=LINE, strokeWidth=2, invalid="break-paths-show-domains")
    is_told = bool(data["value"].notna().any())
    points = base.mark_point(color=LINE, filled=True, size=40, opacity=1, invalid="filter", aria=is_told)
    layers += [line.encode(x=when, y=value), points.encode(x=when, y=value, tooltip=tooltip)]
    if data["part"].notna().any():
        part = base.mark_point(color=LINE, filled=False, size=60, strokeDash=[2, 2], invalid="filter")
        layers.append(part.encode(x=when, y=alt.Y("part:Q", title=name), tooltip=tooltip))
    return (
        alt.layer(*layers)
        .properties(title=_heading(title, stamp, _band_words(data, show, top)), height=HEIGHT)
        .configure(**CONFIG)
    )


def _top(data: pd.DataFrame) -> float:
    """Where the scale ends: no further than the line stays readable beside its band."""
    most = np.nanmax([data["value"].max(), data["part"].max(), 0.0])
    high = data["high"].max()
    return float(max(most * 1.1, min(high, most * 1.8) if not pd.isna(high) else 0) or 1.0)


def _band_words(data: pd.DataFrame, show: str, top: float) -> str:
    if show != RATIO:
        return ""
    beyond = " It goes on beyond the chart." if (data["high"] > top).any() else ""
    return f"Band: exact 95% interval of the month.{beyond}"


def _state_layers(data: pd.DataFrame, when: alt.X, tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    gaps, parts, untold = (data[data["state"] == state] for state in ("missing", "partial", "untold"))
    uncompared = data[data["state"] == UNCOMPARED]
    layers = month_band(gaps, when, tooltip, NO_SUBMISSION) if len(gaps) else []
    layers += month_band(uncompared, when, tooltip, NOT_COMPARED) if len(uncompared) else []
    layers += month_band(parts, when, tooltip, IN_PART, stripes=STRIPES) if len(parts) else []
    return layers + (month_band(untold, when, tooltip, UNTOLD, color=UNTOLD_BAND) if len(untold) else [])


def month_alt(data: pd.DataFrame, title: str) -> str:
    """One source's months in words."""
    told = data[data["value"].notna()]
    words = [f"Line chart. {title}."]
    if len(told):
        top, low = told.loc[told["value"].idxmax()], told.loc[told["value"].idxmin()]
        words.append(f"Highest {top['words']} in {top['label']}, lowest {low['words']} in {low['label']}.")
    for state, said in (
        ("missing", "No submission"),
        ("partial", "Only a part came"),
        ("untold", "Cannot be told"),
        (UNCOMPARED, "Not compared, since it did not come whole from both"),
    ):
        months = [*data.loc[data["state"] == state, "label"]]
        if months:
            words.append(
                f"{said}: {listed(months[:MOST_LISTED])}{' and more' if len(months) > MOST_LISTED else ''}."
            )
    return " ".join([*words, ON_CHART, "The figures are in the table."])


def index_chart(rows: pd.DataFrame, *, title: str, stamp: Stamp) -> alt.LayerChart:
    """The index of every source over the months, told apart by colour, dash and shape of the point."""
    data = index_data(rows)
    names = [*data["name"].drop_duplicates()]
    when = month_axis(data.drop_duplicates("month"))
    legend = alt.Legend(orient="bottom", columns=1, title=None, symbolStrokeWidth=2, labelLimit=320)
    colour = alt.Color("name:N", scale=alt.Scale(domain=names, range=[*PALETTE[: len(names)]]), legend=legend)
    dash = alt.StrokeDash(
        "name:N", scale=alt.Scale(domain=names, range=[*DASHES[: len(names)]]), legend=legend
    )
    shape = alt.Shape("name:N", scale=alt.Scale(domain=names, range=[*SHAPES[: len(names)]]), legend=legend)
    value = alt.Y("index:Q", title="Index, first whole year is 100", scale=alt.Scale(zero=True, nice=True))
    tooltip = [
        alt.Tooltip(f"{name}:N", title=words)
        for name, words in (("name", "Source"), ("label", "Month"), ("words", "Index"))
    ]
    base = alt.Chart(data)
    even = alt.Chart(pd.DataFrame({"index": [100]})).mark_rule(color="#505a5f", strokeWidth=1, aria=False)
    line = base.mark_line(strokeWidth=2, invalid="break-paths-show-domains").encode(
        x=when, y=value, color=colour, strokeDash=dash
    )
    points = base.mark_point(filled=True, size=45, opacity=1, invalid="filter")
    marks = points.encode(x=when, y=value, color=colour, shape=shape, tooltip=tooltip)
    return (
        alt.layer(even.encode(y=value), line, marks)
        .properties(title=_heading(title, stamp), height=INDEX_HEIGHT)
        .configure(**CONFIG)
    )


def index_data(rows: pd.DataFrame) -> pd.DataFrame:
    """What the chart of indices draws: name, month, index, words, label."""
    told = rows[rows["source"].isin(rows.loc[rows["index"].notna(), "source"])]
    return pd.DataFrame(
        {
            "name": told["source_name"],
            "month": told["month"].dt.strftime("%Y-%m-%d"),
            "index": told["index"].astype(float),
            "words": [number(one) for one in told["index"]],
            "label": [month_words(one) for one in told["month"]],
        }
    )


def index_alt(rows: pd.DataFrame, title: str) -> str:
    """The indices in words: where each stands in its last whole month."""
    told = index_data(rows).dropna(subset=["index"]).groupby("name", sort=False).tail(1)
    last = "; ".join(f"{one.name} {one.words} in {one.label}" for one in told.itertuples(index=False))
    return f"Line chart of several sources, each set to 100. {title}. Last whole months: {last}. {ON_CHART}"


def _heading(title: str, stamp: Stamp, more: str = "") -> alt.TitleParams:
    below = [
        *wrapped(f"{ON_CHART} {more}".strip(), STAMP_WIDTH),
        *wrapped(stamp.short(), STAMP_WIDTH, at=" · "),
    ]
    return alt.TitleParams(text=wrapped(title, TITLE_WIDTH), subtitle=below)
