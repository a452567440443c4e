"""Age and sex: females to the left, males to the right, the age groups upwards, what is not recorded at the foot."""

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, LINE, TEXT
from vrin_ui.who_when.who_bars import DOUBT_WORDS, UNKNOWN, has_doubt, heading, room

ROW, LEGEND = 28, 30
ROOM = 1.5
"""How much longer than the longest bar each side is, so that its figure has room beside it."""
FEMALE, MALE = "#c77ba3", LINE
"""Light and dark, so that the sides differ without colour as well."""
SIDES = {"female": ("Female", FEMALE, -1), "male": ("Male", MALE, 1)}


def pyramid(rows: pd.DataFrame, *, title: str, stamp: Stamp) -> alt.LayerChart:
    """Bars of persons by age group to both sides of a line.

    `rows`: label (the age group, in order), sex (of SIDES), value, most, words, is_recorded.
    """
    top = float(rows["most"].max() or 0) or 1.0
    sign = rows["sex"].map({sex: side for sex, (_, _, side) in SIDES.items()})
    data = rows.assign(
        at=rows["value"] * sign,
        end=rows["most"] * sign,
        side=rows["sex"].map({sex: name for sex, (name, _, _) in SIDES.items()}),
    )
    y = alt.Y(
        "label:N",
        title=None,
        sort=[*dict.fromkeys(rows["label"])],
        axis=alt.Axis(ticks=False, domain=False, labelPadding=6, labelLimit=110),
    )
    scale = alt.Scale(domain=[-ROOM * top, ROOM * top])
    axis = alt.Axis(labelExpr="format(abs(datum.value), ',.0f')", tickCount=5, tickMinStep=1)
    x = alt.X("at:Q", title="Persons", scale=scale, axis=axis)
    colour = alt.Color(
        "side:N",
        scale=alt.Scale(domain=["Female", "Male"], range=[FEMALE, MALE]),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("side:N", title="Sex"),
        alt.Tooltip("label:N", title="Age"),
        alt.Tooltip("words:N", title="Persons"),
    ]
    layers = [alt.Chart(data).mark_bar(height={"band": 0.72}).encode(x=x, y=y, color=colour, tooltip=tooltip)]
    in_doubt = data[data["most"] > data["value"]]
    if len(in_doubt):
        mark = alt.Chart(in_doubt).mark_bar(
            height={"band": 0.72}, fillOpacity=0.25, stroke="#505a5f", strokeDash=[3, 2], strokeWidth=1
        )
        layers.append(mark.encode(x=x, x2="end:Q", y=y, color=colour, tooltip=tooltip))
    layers += [_figures(data, sex, scale, y) for sex in SIDES]
    layers.append(_names(top, scale))
    layers.append(alt.Chart(pd.DataFrame({"at": [0]})).mark_rule(color=UNKNOWN).encode(x=x))
    told = heading(title, stamp, DOUBT_WORDS if has_doubt(rows) else "")
    told.offset = LEGEND
    height = ROW * rows["label"].nunique() + room(told) + LEGEND
    return alt.layer(*layers).properties(title=told, height=height).configure(**CONFIG)


def _names(top: float, scale: alt.Scale) -> alt.Chart:
    """The name of each side over it."""
    rows = pd.DataFrame(
        {"name": [name for name, *_ in SIDES.values()], "at": [side * top / 2 for *_, side in SIDES.values()]}
    )
    mark = alt.Chart(rows).mark_text(
        baseline="bottom", fontSize=14, fontWeight="bold", color=TEXT, aria=False
    )
    return mark.encode(x=alt.X("at:Q", title="Persons", scale=scale), y=alt.value(-4), text="name:N")


def _figures(data: pd.DataFrame, sex: str, scale: alt.Scale, y: alt.Y) -> alt.Chart:
    """The figure of each bar of one side, beyond its end."""
    is_left = SIDES[sex][2] < 0
    own = alt.Chart(data[data["sex"] == sex])
    mark = own.mark_text(align="right" if is_left else "left", dx=-5 if is_left else 5, fontSize=12)
    return mark.encode(x=alt.X("end:Q", title="Persons", scale=scale), y=y, text="words:N")
