"""The control chart of one series: its points by class, its limits by segment, and all that was left out."""

from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, STAMP_WIDTH, STRIPES, TEXT, TITLE_WIDTH, month_axis, month_band
from vrin_ui.trend_months import IN_PART, NO_SUBMISSION
from vrin_ui.trends.line_labels import TARGET, LineLabel, line_labels
from vrin_ui.trends.point_looks import LOOKS
from vrin_ui.trends.trend_points import DIGITS, LINE_DIGITS, NAMES, gap_runs
from vrin_ui.wording import wrapped

PATH, MIDDLE, LIMIT, NEAR, AIM, MARK = "#a5abaf", "#0b0c0c", "#0b0c0c", "#6f777b", "#00703c", "#5a2d0c"
LINE_LOOKS = {
    # line: its words, its colour, its dashes, its width
    "mean": ("mean", MIDDLE, [1, 0], 1.8),
    "upper": ("upper", LIMIT, [7, 4], 1.3),
    "lower": ("lower", LIMIT, [7, 4], 1.3),
    "near_upper": ("", NEAR, [2, 3], 1),
    "near_lower": ("", NEAR, [2, 3], 1),
}
HEIGHT = 470
EDGE = 10
FAR_FROM_ZERO = 0.45
HEADROOM, TOP_SHARE = 1.12, 3.0


class Marks(NamedTuple):
    """What is drawn besides the series: breaks (month, words, label), months with homicides, the target."""

    breaks: pd.DataFrame | None = None
    homicides: pd.DataFrame | None = None
    target: float | None = None


NO_MARKS = Marks()


def control_chart(
    drawn: pd.DataFrame,
    *,
    figure: str,
    title: str,
    middle: str,
    stamp: Stamp,
    lines: Sequence[str] = ("mean", "upper", "lower"),
    marks: Marks = NO_MARKS,
) -> alt.LayerChart:
    """The chart of `trend_points.points`; `middle` is what its middle line is called, `lines` are those drawn."""
    ends = domain(drawn, lines, marks.target)
    when, value = month_axis(drawn, padding=EDGE), _value_axis(figure, ends)
    tooltip = [alt.Tooltip("label:N", title="Month"), alt.Tooltip("words:N", title=NAMES[figure])]
    layers = [
        *_band_layers(drawn, when, tooltip),
        *_line_layers(drawn, when, value, lines),
        *_target_layers(marks.target, value),
        *_break_layers(marks.breaks),
        *_point_layers(drawn, when, value, tooltip),
        *_homicide_layers(marks.homicides),
        *line_labels(_labels(drawn, lines, marks.target, middle=middle), ends, digits=LINE_DIGITS[figure]),
    ]
    heading = alt.TitleParams(
        text=wrapped(title, TITLE_WIDTH),
        subtitle=[
            *wrapped(_told(drawn, ends, marks), STAMP_WIDTH),
            *wrapped(stamp.short(), STAMP_WIDTH, at=" · "),
        ],
        offset=24,
    )
    return alt.layer(*layers).properties(title=heading, height=HEIGHT).configure(**CONFIG)


def _told(drawn: pd.DataFrame, ends: Sequence[float], marks: Marks) -> str:
    """What a reader cannot see of the chart without a word: where its scale begins, and what its marks are."""
    parts = ["The scale does not begin at 0." if ends[0] > 0 else ""]
    if drawn["high"].notna().any():
        parts.append("Grey upright: a month without a single figure, from the least to the most it can be.")
    if marks.breaks is not None and len(marks.breaks):
        parts.append("Numbers over the plot: breaks, listed below.")
    return " ".join(part for part in parts if part)


def _value_axis(figure: str, ends: Sequence[float]) -> alt.Y:
    # Half an incident would be rounded to a number that stands there already.
    step = 1 if DIGITS[figure] == 0 else alt.Undefined
    axis = alt.Axis(tickCount=6, tickMinStep=step, format=f",.{DIGITS[figure]}f")
    scale = alt.Scale(domain=[*ends], nice=True)
    return alt.Y("value:Q", title=NAMES[figure], axis=axis, scale=scale)


def domain(drawn: pd.DataFrame, lines: Sequence[str], target: float | None = None) -> list[float]:
    """Where the scale begins and ends: at 0, but for a series that stays far from it."""
    told = [drawn["value"], drawn["part"], *(drawn[line] for line in lines)]
    known = pd.concat(told).dropna()
    ends = [*known, *([] if target is None else [target])]
    top = max(ends, default=0.0)
    if drawn["high"].notna().any():
        # A range without a single figure may reach far beyond the line, and must not press it flat.
        most = top * TOP_SHARE if len(known) else float("inf")
        top = max(top, min(float(drawn["high"].max()), most))
    bottom = min([*ends, *drawn["low"].dropna()], default=0.0)
    begins = bottom - (top - bottom) * (HEADROOM - 1) if bottom > top * FAR_FROM_ZERO else 0.0
    return [
        max(begins, 0.0),
        (top * HEADROOM if begins == 0 else top + (top - bottom) * (HEADROOM - 1)) or 1.0,
    ]


def _band_layers(drawn: pd.DataFrame, when: alt.X, tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    gaps, parts, untold = gap_runs(drawn), drawn[drawn["is_partial"]], drawn[drawn["is_open"]]
    layers = month_band(gaps, when, tooltip, NO_SUBMISSION) if len(gaps) else []
    layers += month_band(parts, when, tooltip, IN_PART, stripes=STRIPES) if len(parts) else []
    if untold["high"].notna().any():
        upright = alt.Chart(untold).mark_rule(color=PATH, strokeWidth=4, clip=True)
        layers.append(upright.encode(x=when, y="low:Q", y2="high:Q", tooltip=tooltip))
    return layers


def _line_layers(drawn: pd.DataFrame, when: alt.X, value: alt.Y, lines: Sequence[str]) -> list[alt.Chart]:
    layers = []
    for line in (one for one in LINE_LOOKS if one in lines and drawn[one].notna().any()):
        _, colour, dash, width = LINE_LOOKS[line]
        rows = drawn.loc[drawn[line].notna(), ["month", "segment"]].assign(value=drawn[line])
        mark = alt.Chart(rows).mark_line(
            color=colour, strokeDash=dash, strokeWidth=width, interpolate="step", clip=True, aria=False
        )
        layers.append(mark.encode(x=when, y=value, detail="segment:N"))
    return layers


def _labels(
    drawn: pd.DataFrame, lines: Sequence[str], target: float | None, *, middle: str
) -> list[LineLabel]:
    """What each line that is drawn is called, and where it stands now, at its end."""
    found = [] if target is None else [LineLabel(TARGET, target, AIM)]
    for line in (one for one in LINE_LOOKS if one in lines and LINE_LOOKS[one][0]):
        known = drawn[line].dropna()
        if len(known):
            name = middle if line == "mean" else LINE_LOOKS[line][0]
            found.append(LineLabel(name, float(known.iloc[-1]), TEXT))
    return found


def _target_layers(target: float | None, value: alt.Y) -> list[alt.Chart]:
    if target is None:
        return []
    row = pd.DataFrame({"value": [target]})
    return [alt.Chart(row).mark_rule(color=AIM, strokeWidth=2, strokeDash=[10, 3, 2, 3]).encode(y=value)]


def _break_layers(breaks: pd.DataFrame | None) -> list[alt.Chart]:
    if breaks is None or not len(breaks):
        return []
    x = alt.X("month:T", scale=alt.Scale(type="utc"))
    tooltip = [alt.Tooltip("label:N", title="Date"), alt.Tooltip("words:N", title="What changed")]
    rule = alt.Chart(breaks).mark_rule(color=MARK, strokeWidth=1.5, strokeDash=[4, 2])
    # The numbers stand over the plot, where no point and no other word lies.
    words = alt.Chart(breaks).mark_text(
        baseline="bottom", color=MARK, fontSize=12, fontWeight="bold", aria=False
    )
    return [rule.encode(x=x, tooltip=tooltip), words.encode(x=x, y=alt.value(-3), text="short:N")]


def _point_layers(
    drawn: pd.DataFrame, when: alt.X, value: alt.Y, tooltip: list[alt.Tooltip]
) -> list[alt.Chart]:
    base = alt.Chart(drawn)
    told = drawn[drawn["value"].notna()]
    path = base.mark_line(color=PATH, strokeWidth=1.5, invalid="break-paths-show-domains", aria=False).encode(
        x=when, y=value
    )
    if not len(told):
        return [path]
    layers = [path, _classes(told[~told["is_left_out"]], when, value, tooltip)]
    hollow = drawn[drawn["is_partial"] | drawn["is_left_out"]]
    if len(hollow):
        shown = hollow.assign(value=np.where(hollow["is_partial"], hollow["part"], hollow["value"]))
        mark = alt.Chart(shown).mark_point(color=TEXT, filled=False, size=70, strokeDash=[2, 2])
        layers.append(mark.encode(x=when, y=value, tooltip=tooltip))
    return layers


def _classes(told: pd.DataFrame, when: alt.X, value: alt.Y, tooltip: list[alt.Tooltip]) -> alt.Chart:
    """The points in the colour and the shape of their class."""
    used = [one for one in dict.fromkeys(LOOKS.values()) if (told["point"] == one.name).any()]
    names = [one.name for one in used]
    legend = alt.Legend(title=None, orient="bottom", columns=2, symbolSize=110)
    colour = alt.Color(
        "point:N", legend=legend, scale=alt.Scale(domain=names, range=[one.colour for one in used])
    )
    shape = alt.Shape(
        "point:N", legend=legend, scale=alt.Scale(domain=names, range=[one.shape for one in used])
    )
    mark = alt.Chart(told).mark_point(filled=True, size=85, opacity=1, stroke="#ffffff", strokeWidth=0.6)
    return mark.encode(x=when, y=value, color=colour, shape=shape, tooltip=tooltip)


def _homicide_layers(homicides: pd.DataFrame | None) -> list[alt.Chart]:
    if homicides is None or not len(homicides):
        return []
    x = alt.X("month:T", scale=alt.Scale(type="utc"))
    mark = alt.Chart(homicides).mark_text(
        baseline="bottom", dy=-3, fontSize=12, color=TEXT, fontWeight="bold"
    )
    tooltip = [
        alt.Tooltip("label:N", title="Month"),
        alt.Tooltip("words:N", title="Homicides, not in the line"),
    ]
    return [mark.encode(x=x, y=alt.value(alt.ExprRef("height")), text="text:N", tooltip=tooltip)]
