"""What is recorded of incidents month by month, as columns of 100%: whether what is recorded has drifted."""

import altair as alt
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, GAP, TEXT
from vrin_ui.who_when.who_bars import heading, room
from vrin_ui.who_when.who_words import NOT_RECORDED_WORDS

# From light at the top to dark at the foot, in steps that differ without colour as well.
COLOURS = ("#7ad151", "#35b779", "#22a884", "#2a788e", "#355f8d", "#443983", "#440154")
UNKNOWN = "#dfe1e3"
HEIGHT, LEGEND_ROW = 250, 22
STATE_WORDS = {"missing": "no submission", "partial": "came in part", "few": "too few"}


def months_chart(rows: pd.DataFrame, labels: list[str], *, title: str, stamp: Stamp) -> alt.LayerChart:
    """A column of 100% a month, what is not recorded at its foot; a month without shares says why.

    `rows`: month (as words, in order), state, label (of `labels`), share, words.
    """
    months = [*dict.fromkeys(rows["month"])]
    x = alt.X(
        "month:O",
        title=None,
        sort=months,
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", ticks=False, labelPadding=6),
    )
    colours = tones(labels)
    colour = alt.Color(
        "label:N",
        scale=alt.Scale(domain=labels, range=colours),
        legend=alt.Legend(title=None, orient="bottom", columns=1, symbolType="square"),
    )
    told = rows[rows["share"].notna()].assign(place=lambda own: own["label"].map(labels.index))
    bars = (
        alt.Chart(told)
        .mark_bar(stroke="#ffffff", strokeWidth=1)
        .encode(
            x=x,
            y=alt.Y(
                "share:Q",
                title="Share of incidents",
                axis=alt.Axis(format="%", tickCount=5),
                scale=alt.Scale(domain=[0, 1]),
            ),
            color=colour,
            # What is not recorded stands at the foot, where a drift of it is seen best.
            order=alt.Order("place:Q", sort="descending"),
            tooltip=[
                alt.Tooltip("month:N", title="Month"),
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("words:N", title="Share"),
            ],
        )
    )
    layers = [bars, *_untold(rows, x)]
    heads = heading(title, stamp)
    height = HEIGHT + room(heads) + LEGEND_ROW * len(labels)
    return alt.layer(*layers).properties(title=heads, height=height).configure(**CONFIG)


def tones(labels: list[str]) -> list[str]:
    """A colour for each label, as far apart as their number lets them be; what is not recorded is pale grey."""
    known = sum(label != NOT_RECORDED_WORDS for label in labels)
    steps = iter([COLOURS[round(at * (len(COLOURS) - 1) / max(known - 1, 1))] for at in range(known)])
    return [UNKNOWN if label == NOT_RECORDED_WORDS else next(steps) for label in labels]


def _untold(rows: pd.DataFrame, x: alt.X) -> list[alt.Chart]:
    """A grey column with words in it over each month that has no shares."""
    without = rows[rows["share"].isna()].drop_duplicates("month")
    without = without[~without["month"].isin(rows.loc[rows["share"].notna(), "month"])]
    if without.empty:
        return []
    data = without.assign(
        why=without["state"].map(STATE_WORDS).fillna(STATE_WORDS["few"]), top=1.0, foot=0.0, low=0.03
    )
    rect = alt.Chart(data).mark_bar(color=GAP).encode(x=x, y=alt.Y("foot:Q"), y2="top:Q")
    words = alt.Chart(data).mark_text(angle=270, align="left", baseline="middle", color=TEXT, fontSize=12)
    return [rect, words.encode(x=x, y=alt.Y("low:Q"), text="why:N")]
