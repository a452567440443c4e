"""An area month by month, bold, over the thin lines of its comparators and the band that they reach across."""

from datetime import timedelta

import altair as alt
import numpy as np
import pandas as pd

from vrin_data.measures import Stamp
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
from vrin_ui.wording import DASH, counted, month_words, number, wrapped

HEIGHT = 380
HALF = timedelta(days=15)
OTHER = "#8a9299"
MOST_LINES = 12
"""More comparators than these are a band alone: their lines would be a cloud."""
AXIS = "Per 1,000 residents a month"


def month_data(frame: pd.DataFrame, digits: int) -> pd.DataFrame:
    """The area's own months: month, from, to, value, part, state, low, middle, high, words and label."""
    own = frame[frame["is_chosen"]]
    is_whole, is_part = ((own["state"] == state).to_numpy() for state in ("whole", "partial"))
    value = own["value"].to_numpy("float64", na_value=np.nan)
    data = pd.DataFrame(
        {
            "month": own["month"].dt.strftime("%Y-%m-%d"),
            "from": (own["month"] - HALF).dt.strftime("%Y-%m-%d"),
            "to": (own["month"] + HALF).dt.strftime("%Y-%m-%d"),
            "value": np.where(is_whole, value, np.nan),
            "part": np.where(is_part, value, np.nan),
            "state": own["state"].to_numpy(),
            "low": own["comparator_low"].to_numpy("float64", na_value=np.nan),
            "middle": own["comparator_median"].to_numpy("float64", na_value=np.nan),
            "high": own["comparator_high"].to_numpy("float64", na_value=np.nan),
            "label": [month_words(one) for one in own["month"]],
        }
    )
    data["words"] = [_words(one, digits) for one in data.itertuples(index=False)]
    data["others"] = [
        DASH if pd.isna(one.low) else f"{number(one.low, digits)} to {number(one.high, digits)}"
        for one in data.itertuples(index=False)
    ]
    return data.reset_index(drop=True)


def _words(one: object, digits: int) -> str:
    value, part, state = (getattr(one, name) for name in ("value", "part", "state"))
    if not pd.isna(value):
        return number(value, digits)
    if not pd.isna(part):
        return f"{number(part, digits)} in the part that came"
    return {"missing": NO_SUBMISSION, "untold": UNTOLD}.get(str(state), DASH)


def months_chart(frame: pd.DataFrame, *, area: str, title: str, digits: int, stamp: Stamp) -> alt.LayerChart:
    """The band and the thin lines of the comparators, and over them the area's own line with a point a month."""
    data = month_data(frame, digits)
    when = month_axis(data)
    tooltip = [
        alt.Tooltip("label:N", title="Month"),
        alt.Tooltip("words:N", title=area),
        alt.Tooltip("others:N", title="Comparators"),
    ]
    layers = [*_state_layers(data, when, tooltip), *_other_layers(frame, data, when)]
    value = alt.Y("value:Q", title=AXIS, axis=alt.Axis(tickCount=5))
    base = alt.Chart(data)
    is_told = bool(data["value"].notna().any())
    line = base.mark_line(color=LINE, strokeWidth=3.2, invalid="break-paths-show-domains")
    points = base.mark_point(color=LINE, filled=True, size=55, opacity=1, invalid="filter", aria=is_told)
    layers += [line.encode(x=when, y=value), points.encode(x=when, y=value, tooltip=tooltip)]
    if data["part"].notna().any():
        part = base.mark_point(color=LINE, filled=False, size=70, strokeDash=[2, 2], invalid="filter")
        layers.append(part.encode(x=when, y=alt.Y("part:Q", title=AXIS), tooltip=tooltip))
    heading = alt.TitleParams(
        text=wrapped(title, TITLE_WIDTH),
        subtitle=[
            *wrapped(
                f"Bold: {area}. {'Thin: its comparators. ' if _has_lines(frame) else ''}Band: from lowest to highest "
                "of them. Dashed: their middle.",
                STAMP_WIDTH,
            ),
            *wrapped(stamp.short(), STAMP_WIDTH, at=" · "),
        ],
    )
    return alt.layer(*layers).properties(title=heading, height=HEIGHT).configure(**CONFIG)


def _has_lines(frame: pd.DataFrame) -> bool:
    return frame.loc[~frame["is_chosen"], "area_code"].nunique() <= MOST_LINES


def _other_layers(frame: pd.DataFrame, data: pd.DataFrame, when: alt.X) -> list[alt.Chart]:
    band = alt.Chart(data).mark_area(color=BAND, opacity=0.45, invalid="break-paths-show-domains", aria=False)
    layers = [band.encode(x=when, y=alt.Y("low:Q", title=AXIS), y2="high:Q")]
    others = frame[~frame["is_chosen"]]
    if _has_lines(frame):
        rows = pd.DataFrame(
            {
                "month": others["month"].dt.strftime("%Y-%m-%d"),
                "area": others["area_name"],
                "rate": others["value"]
                .where(others["state"] == "whole")
                .to_numpy("float64", na_value=np.nan),
            }
        )
        thin = alt.Chart(rows).mark_line(
            color=OTHER, strokeWidth=0.8, opacity=0.8, invalid="break-paths-show-domains", aria=False
        )
        layers.append(thin.encode(x=when, y=alt.Y("rate:Q", title=AXIS), detail="area:N"))
    middle = alt.Chart(data).mark_line(
        color="#3d3d3d", strokeWidth=1.6, strokeDash=[6, 4], invalid="break-paths-show-domains", aria=False
    )
    return [*layers, middle.encode(x=when, y=alt.Y("middle:Q", title=AXIS))]


def _state_layers(data: pd.DataFrame, when: alt.X, tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    gaps, parts, untold = (data[data["state"] == state] for state in ("missing", "partial", "untold"))
    layers = month_band(gaps, when, tooltip, NO_SUBMISSION) if len(gaps) else []
    layers += month_band(parts, when, tooltip, IN_PART, stripes=STRIPES) if len(parts) else []
    return layers + (month_band(untold, when, tooltip, UNTOLD, color=UNTOLD_BAND) if len(untold) else [])


def months_alt(frame: pd.DataFrame, title: str, digits: int) -> str:
    """The chart in words."""
    own = frame[frame["is_chosen"] & (frame["state"] == "whole")]
    gaps = int((frame["is_chosen"] & (frame["state"] == "missing")).sum())
    last = own.iloc[-1] if len(own) else None
    parts = [
        f"Line chart. {title}.",
        f"Last whole month {month_words(last['month'])}: {number(last['value'], digits)}, comparators "
        f"{number(last['comparator_low'], digits)} to {number(last['comparator_high'], digits)}."
        if last is not None
        else "",
        f"{counted(gaps, 'month')} did not come." if gaps else "",
        "The figures are in the table.",
    ]
    return " ".join(filter(None, parts))
