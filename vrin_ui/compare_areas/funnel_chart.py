"""A funnel plot: each area by its residents and its rate, and the limits within which areas lie by chance."""

import altair as alt
import numpy as np
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, GRID, STAMP_WIDTH, TEXT, TITLE_WIDTH
from vrin_ui.compare_areas.compare_words import CLASSES
from vrin_ui.wording import number, wrapped

HEIGHT = 520
MOST_NAMED = 12
ROOM = 1.12
LINE, WIDE, CHANCE = "#12436d", "#505a5f", "#6f777b"
SHAPES = {
    # class: shape, colour, filled
    "high998": ("triangle-up", "#801650"),
    "high95": ("triangle-up", "#d1762a"),
    "within": ("circle", "#505a5f"),
    "low95": ("triangle-down", "#2b7bba"),
    "low998": ("triangle-down", "#12436d"),
}
DASH_95, DASH_998, DASH_CHANCE = [6, 4], [1, 0], [2, 3]


def funnel_data(rows: pd.DataFrame, digits: int) -> pd.DataFrame:
    """What the points are drawn from: years, value, class in words, label (of those that stand out), and tooltips."""
    told = rows[rows["class"] != "none"].copy()
    out = told["class"] != "within"
    named = told["is_chosen"] | (out & (told["z_adjusted"].abs().rank(ascending=False) <= MOST_NAMED))
    return pd.DataFrame(
        {
            "area": told["area_name"],
            "years": told["resident_years"],
            "value": told["value"],
            "where": told["class"].map(CLASSES),
            "label": told["area_name"].where(named, ""),
            "chosen": told["is_chosen"],
            "rate": [number(one, digits) for one in told["value"]],
            "limits": [
                f"{number(low, digits)} to {number(high, digits)}"
                for low, high in zip(told["lower95"], told["upper95"], strict=True)
            ],
            "counts": [
                f"{number(seen)} seen, {number(due)} expected"
                for seen, due in zip(told["observed"], told["expected"], strict=True)
            ],
            "months": [
                f"{had} of {asked}"
                for had, asked in zip(told["months_whole"], told["months_expected"], strict=True)
            ],
        }
    ).reset_index(drop=True)


def funnel_chart(
    data: pd.DataFrame,
    curve: pd.DataFrame,
    *,
    axis: str,
    title: str,
    line: str,
    stamp: Stamp,
    is_adjusted: bool,
) -> alt.LayerChart:
    """The limits as lines, the rate of all as a rule, areas as points whose shape and colour say where they lie."""
    top = _top(data, curve)
    # What lies beyond the chart is cut here: the axis must not grow with the limits of the smallest areas.
    shown = curve.where(curve <= top).assign(resident_years=curve["resident_years"])
    x = alt.X(
        "resident_years:Q",
        title="Residents, times the years that came whole",
        scale=alt.Scale(domain=[0, float(curve["resident_years"].max())], nice=False),
        axis=alt.Axis(format="~s", tickCount=6, grid=False),
    )
    scale = alt.Scale(domain=[0, top], nice=False)
    layers = [*_lines(shown, x, scale, axis, is_adjusted), _rule(curve, x, scale, axis)]
    layers += _points(data, scale, axis)
    heading = alt.TitleParams(
        text=wrapped(title, TITLE_WIDTH),
        subtitle=[*wrapped(line, STAMP_WIDTH), *wrapped(stamp.short(), STAMP_WIDTH, at=" · ")],
    )
    return alt.layer(*layers).properties(title=heading, height=HEIGHT).configure(**CONFIG)


def _top(data: pd.DataFrame, curve: pd.DataFrame) -> float:
    """Where the scale ends: beyond every point and every limit of all but the smallest areas."""
    smallest = data["years"].min()
    near = curve.loc[curve["resident_years"] >= smallest, "upper95"].max()
    return float(np.nanmax([data["value"].max(), near, curve["target"].max()]) * ROOM)


def _lines(curve: pd.DataFrame, x: alt.X, scale: alt.Scale, axis: str, is_adjusted: bool) -> list[alt.Chart]:
    base = alt.Chart(curve)
    looks = [("lower95", LINE, DASH_95, 1.8), ("upper95", LINE, DASH_95, 1.8)]
    looks += [("lower998", LINE, DASH_998, 1.8), ("upper998", LINE, DASH_998, 1.8)]
    if is_adjusted:
        looks += [
            (f"chance_{end}{name}", CHANCE, DASH_CHANCE, 1)
            for end in ("lower", "upper")
            for name in ("95", "998")
        ]
    return [
        base.mark_line(color=colour, strokeDash=dashes, strokeWidth=width, aria=False).encode(
            x=x, y=alt.Y(f"{name}:Q", title=axis, scale=scale, axis=alt.Axis(tickCount=6, gridColor=GRID))
        )
        for name, colour, dashes, width in looks
    ]


def _rule(curve: pd.DataFrame, x: alt.X, scale: alt.Scale, axis: str) -> alt.Chart:
    ends = curve.iloc[[0, -1]].assign(resident_years=[0.0, float(curve["resident_years"].max())])
    line = alt.Chart(ends).mark_line(color=TEXT, strokeWidth=1.2, aria=False)
    return line.encode(x=x, y=alt.Y("target:Q", title=axis, scale=scale))


def _points(data: pd.DataFrame, scale: alt.Scale, axis: str) -> list[alt.Chart]:
    present = [name for name in SHAPES if (data["where"] == CLASSES[name]).any()]
    domain = [CLASSES[name] for name in present]
    legend = alt.Legend(title="Where areas lie", orient="bottom", columns=1, symbolSize=110)
    place = alt.X("years:Q", title="Residents, times the years that came whole")
    value = alt.Y("value:Q", title=axis, scale=scale)
    tooltip = [
        alt.Tooltip("area:N", title="Area"),
        alt.Tooltip("rate:N", title="Rate"),
        alt.Tooltip("limits:N", title="95% limits"),
        alt.Tooltip("counts:N", title="In numbers"),
        alt.Tooltip("where:N", title="Where"),
        alt.Tooltip("months:N", title="Months"),
    ]
    points = (
        alt.Chart(data)
        .mark_point(filled=True, opacity=0.9, strokeWidth=1.5)
        .encode(
            x=place,
            y=value,
            shape=alt.Shape(
                "where:N",
                scale=alt.Scale(domain=domain, range=[SHAPES[one][0] for one in present]),
                legend=legend,
            ),
            color=alt.Color(
                "where:N",
                scale=alt.Scale(domain=domain, range=[SHAPES[one][1] for one in present]),
                legend=legend,
            ),
            size=alt.condition("datum.chosen", alt.value(210), alt.value(75)),
            tooltip=tooltip,
        )
    )
    ring = alt.Chart(data[data["chosen"]]).mark_point(
        filled=False, size=420, color=TEXT, strokeWidth=2, shape="circle", aria=False
    )
    names = alt.Chart(data[data["label"] != ""]).mark_text(
        align="right", dx=-12, dy=-9, color=TEXT, fontSize=12, limit=170
    )
    layers = [points]
    if data["chosen"].any():
        layers.append(ring.encode(x=place, y=value))
    return [*layers, names.encode(x=place, y=value, text="label:N")]
