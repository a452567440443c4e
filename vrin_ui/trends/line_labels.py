"""What the lines of a control chart are called and where they stand, to the right of the plot, where no point lies."""

from collections.abc import Sequence
from typing import NamedTuple

import altair as alt
import pandas as pd

from vrin_ui.wording import number

GAP_SHARE = 0.11
"""Share of the scale that a label of two lines takes up."""
SIZE, LINE_HEIGHT = 12, 13
TARGET = "target"


class LineLabel(NamedTuple):
    """The name of a line, where it stands, and its colour."""

    name: str
    value: float
    colour: str


def spread(values: Sequence[float], ends: Sequence[float]) -> list[float]:
    """Where labels of these values stand on a scale with these ends, so far apart that none lies on another."""
    apart = GAP_SHARE * (ends[1] - ends[0])
    places = [0.0] * len(values)
    least = ends[0] + apart / 2
    for at in sorted(range(len(values)), key=lambda one: values[one]):
        places[at] = max(values[at], least)
        least = places[at] + apart
    most = ends[1]
    for at in sorted(range(len(values)), key=lambda one: places[one], reverse=True):
        places[at] = min(places[at], most)
        most = places[at] - apart
    return places


def line_labels(labels: Sequence[LineLabel], ends: Sequence[float], *, digits: int) -> list[alt.Chart]:
    """Each label beside the plot, its name over its figure; none without a line."""
    if not labels:
        return []
    places = spread([one.value for one in labels], ends)
    rows = pd.DataFrame(
        {
            "value": places,
            "text": [f"{one.name}\n{number(one.value, _digits(one, digits))}" for one in labels],
            "colour": [one.colour for one in labels],
        }
    )
    # A colour by rows would have a scale, and the points' legend would be drawn twice.
    return [_words(own, colour) for colour, own in rows.groupby("colour", sort=False)]


def _words(rows: pd.DataFrame, colour: str) -> alt.Chart:
    mark = alt.Chart(rows).mark_text(
        align="left",
        baseline="middle",
        dx=6,
        color=colour,
        fontSize=SIZE,
        lineBreak="\n",
        lineHeight=LINE_HEIGHT,
        fontWeight="bold",
        aria=False,
    )
    return mark.encode(x=alt.value(alt.ExprRef("width")), y="value:Q", text="text:N")


def _digits(label: LineLabel, digits: int) -> int:
    # A target is what someone set: its own decimals are told, and no more.
    return digits if label.name != TARGET else int(label.value % 1 > 0) * max(digits, 1)
