"""A funnel plot: each area by its residents and its rate, and the limits within which areas lie by chance."""

import altair as alt
import numpy as np
import pandas as pd

from vrin_data.measures import Stamp
from vrin_data.measures.selection import MONTHS_PER_YEAR
from vrin_ui.charts import CONFIG, GRID, STAMP_WIDTH, TEXT, TITLE_WIDTH
from vrin_ui.compare_areas.compare_words import CLASSES
from vrin_ui.wording import number, wrapped

HEIGHT = 620
APART = (0.2, 0.05)
"""Share of the chart to the right and upwards within which two names would run into each other."""
LEFT = 0.35
"""Names of areas further left than this stand to the right of their point."""
ROOM, FOOT = 1.12, 0.05
NEAR_FOOT = 0.1
"""Share of the chart up to which a name stands over its point, for under it are the numbers of the axis."""
LINE, WIDE, CHANCE = "#12436d", "#505a5f", "#6f777b"
SHAPES = {
    # class: shape, colour, filled
    "high998": ("triangle-up", "#801650"),
    "high95": ("triangle-up", "#d1762a"),
    "within": ("circle", "#505a5f"),
    "open": ("circle", "#505a5f"),
    "low95": ("triangle-down", "#2b7bba"),
    "low998": ("triangle-down", "#12436d"),
}
HOLLOW = "#ffffff"
DASH_95, DASH_998, DASH_CHANCE = [6, 4], [1, 0], [2, 3]


def funnel_data(rows: pd.DataFrame, digits: int) -> pd.DataFrame:
    """What the points are drawn from: people, value, class in words, label (of those that stand out), and tooltips."""
    told = rows[rows["class"] != "none"].copy()
    named = _named(told)
    return pd.DataFrame(
        {
            "area": told["area_name"],
            # Readers know an area by its residents and not by what a quarter of a year makes of them.
            "people": told["resident_years"] * MONTHS_PER_YEAR / told["months_expected"],
            "value": told["value"],
            "most": told["value_most"],
            "is_open": told["class"] == "open",
            "where": told["class"].map(CLASSES),
            "label": told["area_name"].where(named, ""),
            "chosen": told["is_chosen"],
            "is_low": told["class"].str.startswith("low") & (told["value"] > NEAR_FOOT * told["value"].max()),
            "is_left": told["resident_years"] < LEFT * told["resident_years"].max(),
            "rate": [
                f"{number(low, digits)} to {number(high, digits)}" if is_open else number(low, digits)
                for low, high, is_open in zip(
                    told["value"], told["value_most"], told["class"] == "open", strict=True
                )
            ],
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


def _named(told: pd.DataFrame) -> pd.Series:
    """Which areas are named: the chosen one and those that stand out, the furthest first, where there is room."""
    out = told[told["is_chosen"] | ~told["class"].isin(["within", "open"])]
    order = out.assign(far=out["z_adjusted"].abs()).sort_values(["is_chosen", "far"], ascending=False)
    wide, high = told["resident_years"].max(), told["value"].max()
    taken: list[tuple[float, float]] = []
    kept = []
    for row in order.itertuples():
        x, y = row.resident_years / wide, row.value / high if high > 0 else 0.0
        if all(abs(x - left) > APART[0] or abs(y - up) > APART[1] for left, up in taken):
            taken.append((x, y))
            kept.append(row.Index)
    return told.index.to_series().isin(kept)


def funnel_chart(
    data: pd.DataFrame,
    curve: pd.DataFrame,
    *,
    months: int,
    axis: str,
    title: str,
    line: str,
    stamp: Stamp,
    is_adjusted: bool,
) -> alt.LayerChart:
    """The limits as lines, the rate of all as a rule, areas as points whose shape and colour say where they lie.

    `months` are those of the period: residents stand for as many.
    """
    curve = curve.assign(people=curve["resident_years"] * MONTHS_PER_YEAR / months)
    top = _top(data, curve)
    # What lies beyond the chart is cut here: the axis must not grow with the limits of the smallest areas.
    shown = curve.where(curve <= top).assign(people=curve["people"])
    x = alt.X(
        "people:Q",
        title="Residents, times the share of months that came" if _is_uneven(data) else "Residents",
        scale=alt.Scale(domain=[0, float(curve["people"].max())], nice=False),
        axis=alt.Axis(format=",.0f", tickCount=4, grid=False),
    )
    # Areas near 0 would lie on the axis.
    scale = alt.Scale(domain=[-FOOT * top, top], nice=False)
    layers = [*_lines(shown, x, scale, axis, is_adjusted), _rule(curve, x, scale, axis)]
    layers += _points(data, scale, axis)
    heading = alt.TitleParams(
        text=wrapped(title, TITLE_WIDTH),
        subtitle=[*wrapped(line, STAMP_WIDTH), *wrapped(stamp.short(), STAMP_WIDTH, at=" · ")],
    )
    return alt.layer(*layers).properties(title=heading, height=HEIGHT).configure(**CONFIG)


def _is_uneven(data: pd.DataFrame) -> bool:
    """Whether an area stands on fewer months than were asked for."""
    had = data["months"].str.split(" of ", expand=True)
    return bool((had[0] != had[1]).any())


def _top(data: pd.DataFrame, curve: pd.DataFrame) -> float:
    """Where the scale ends: beyond every point and every limit of all but the smallest areas."""
    near = curve.loc[curve["people"] >= data["people"].min(), "upper95"].max()
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
    ends = curve.iloc[[0, -1]].assign(people=[0.0, float(curve["people"].max())])
    line = alt.Chart(ends).mark_line(color=TEXT, strokeWidth=1.2, aria=False)
    return line.encode(x=x, y=alt.Y("target:Q", title=axis, scale=scale))


def _points(data: pd.DataFrame, scale: alt.Scale, axis: str) -> list[alt.Chart]:
    present = [name for name in SHAPES if (data["where"] == CLASSES[name]).any()]
    domain = [CLASSES[name] for name in present]
    legend = alt.Legend(title="Where areas lie", orient="bottom", columns=1, symbolSize=110)
    place = alt.X("people:Q")
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
        .mark_point(opacity=0.95, strokeWidth=1.2)
        .encode(
            x=place,
            y=value,
            shape=alt.Shape(
                "where:N",
                scale=alt.Scale(domain=domain, range=[SHAPES[one][0] for one in present]),
                legend=legend,
            ),
            stroke=alt.Stroke(
                "where:N",
                scale=alt.Scale(domain=domain, range=[TEXT] * len(present)),
                legend=legend,
            ),
            fill=alt.Fill(
                "where:N",
                scale=alt.Scale(
                    domain=domain, range=[HOLLOW if one == "open" else SHAPES[one][1] for one in present]
                ),
                legend=legend,
            ),
            size=alt.condition("datum.chosen", alt.value(210), alt.value(75)),
            tooltip=tooltip,
        )
    )
    ring = alt.Chart(data[data["chosen"]]).mark_point(
        filled=False, size=420, color=TEXT, strokeWidth=2, shape="circle", aria=False
    )
    layers = [*_ranges(data, scale, axis), points]
    if data["chosen"].any():
        layers.append(ring.encode(x=place, y=value))
    for (is_left, is_low), rows in data[data["label"] != ""].groupby(["is_left", "is_low"]):
        names = alt.Chart(rows).mark_text(
            align="left" if is_left else "right",
            dx=12 if is_left else -12,
            dy=12 if is_low else -9,
            color=TEXT,
            fontSize=12,
            limit=170,
        )
        layers.append(names.encode(x=place, y=value, text="label:N"))
    return layers


def _ranges(data: pd.DataFrame, scale: alt.Scale, axis: str) -> list[alt.Chart]:
    """The ranges of areas of which it cannot be told where they lie, as thin uprights, cut at the top of the scale."""
    unsure = data[data["is_open"]]
    if unsure.empty:
        return []
    top = unsure["most"].clip(upper=float(scale.domain[1]))
    base = alt.Chart(unsure.assign(most=top)).mark_rule(color=SHAPES["open"][1], strokeWidth=1, aria=False)
    return [base.encode(x=alt.X("people:Q"), y=alt.Y("value:Q", title=axis, scale=scale), y2="most:Q")]
