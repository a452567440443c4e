"""Count against harm: nine classes of areas by thirds of both, and the small chart that is their legend."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from vrin_ui.charts import CONFIG, TEXT
from vrin_ui.classes import NOT_TOLD, SPECIAL, Codes, Look, Numbers, Scale, class_names, round_edge
from vrin_ui.map.map_figures import figures_of
from vrin_ui.map.map_values import class_line, figure

THIRDS = 3
HARM_WORDS = ("low harm", "middle harm", "high harm")
COUNT_WORDS = ("few incidents", "some incidents", "many incidents")
# From row to row harm rises and from one to the next within a row the incidents do. Every two of the nine stay
# apart, by 20 or more in CIE Lab, for readers without red, green or blue cones as well.
PALETTE = (
    "#efefef", "#f0c788", "#e0a100",
    "#9bacd8", "#93827e", "#7c5a2a",
    "#2f6fbf", "#2c4471", "#1d1d2b",
)  # fmt: skip
WIDTH, TALL = 330, 300
AT_MOST = (
    "The extract does not say enough for one figure of harm, so these classes are of the highest reading: high is what "
    "may be high, not what is known to be."
)
NAMES = tuple(f"{harm}, {count}".capitalize() for harm in HARM_WORDS for count in COUNT_WORDS)


@dataclass(frozen=True)
class Bivariate:
    """The classes of the placed areas, their figures, and the names of the thirds of incidents and of harm."""

    scale: Scale
    rows: pd.DataFrame
    count_thirds: tuple[str, ...]
    harm_thirds: tuple[str, ...]
    titles: tuple[str, str]

    @property
    def is_at_most(self) -> bool:
        """Whether the harm is the highest reading, because there is no single one."""
        return self.titles[1].endswith("at most")

    @property
    def heading(self) -> str:
        """What the map is of."""
        return f"Incidents against harm{', at most' if self.is_at_most else ''}"


def bivariate(frame: pd.DataFrame) -> Bivariate:
    """The areas of an answer of harm by thirds of incidents and of harm.

    `rows` has area_code, area_name, count and harm.
    """
    counts, harms = figures_of(frame, "incidents"), figures_of(frame, "harm")
    rows = counts.placed[["area_code", "area_name", "state", "had", "due"]].assign(
        count=counts.placed["shown"], harm=harms.placed["shown"]
    )
    state = rows["state"].where(
        rows["state"] != "", np.where(rows["harm"].isna() | rows["count"].isna(), NOT_TOLD, "")
    )
    is_told = (state == "").to_numpy()
    count_at, count_names = _thirds(rows["count"][is_told], whole=True)
    harm_at, harm_names = _thirds(rows["harm"][is_told], whole=False)
    special = [label for label in SPECIAL if (state == label).any()]
    codes = np.zeros(len(rows), dtype="int8")
    codes[is_told] = harm_at * THIRDS + count_at
    for number, label in enumerate(special):
        codes[(state == label).to_numpy()] = len(NAMES) + number
    looks = (*map(Look, PALETTE), *(SPECIAL[label] for label in special))
    titles = (counts.title, harms.title)
    return Bivariate(Scale((*NAMES, *special), looks, codes), rows, count_names, harm_names, titles)


def _thirds(values: pd.Series, *, whole: bool) -> tuple[Codes, tuple[str, ...]]:
    """The third that each value lies in, and the names of the thirds by their round edges; '' of one that is empty."""
    numbers = values.astype("Float64").to_numpy(dtype="float64", na_value=np.nan)
    lower = _edges(np.sort(numbers), whole=whole)
    at = (np.searchsorted(lower, numbers, side="right") - 1).clip(0).astype("int8")
    names = class_names(lower, numbers.max() if len(numbers) else 0.0, whole=whole)
    if whole and len(names) > 1:
        names = [f"up to {round(lower[1]) - 1:,}", *names[1:]]
    return at, (*names, *[""] * (THIRDS - len(names)))


def _edges(rising: Numbers, *, whole: bool) -> list[float]:
    found = [0.0]
    for cut in np.quantile(rising, (1 / 3, 2 / 3)) if len(rising) else ():
        below, above = rising[rising <= cut], rising[rising > cut]
        if len(above) and len(below) and above[0] > 0:
            edge = round_edge(float(below[-1]), float(above[0]), whole=whole)
            if edge > found[-1] and (rising < edge).any() and (rising >= edge).any():
                found.append(edge)
    return found


def legend_spec(found: Bivariate) -> dict[str, Any]:
    """The legend: three by three fields, incidents from left to right and harm upwards, each with its areas."""
    counts = found.scale.counts
    cells = pd.DataFrame(
        {
            "code": range(len(NAMES)),
            "count": [number % THIRDS for number in range(len(NAMES))],
            "harm": [number // THIRDS for number in range(len(NAMES))],
            "areas": counts[: len(NAMES)],
            "words": NAMES,
            "light": [number in (0, 1, 2, 3) for number in range(len(NAMES))],
        }
    )
    axis = {
        "grid": False,
        "domain": False,
        "ticks": False,
        "labelAngle": 0,
        "labelPadding": 6,
        "labelFontSize": 11,
        "titleFontSize": 12,
    }
    x = _axis("count", COUNT_WORDS, found.count_thirds, found.titles[0], axis)
    y = _axis("harm", HARM_WORDS, found.harm_thirds, found.titles[1], axis) | {"sort": [2, 1, 0]}
    return {
        "title": {
            "text": "How to read the colours",
            "subtitle": "In each field the number of areas",
            "fontSize": 13,
        },
        "datasets": {"legend": cells},
        "data": {"name": "legend"},
        "width": WIDTH,
        "height": TALL,
        "encoding": {"x": x, "y": y},
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "#505a5f", "strokeWidth": 0.8, "aria": False},
                "encoding": {
                    "fill": {
                        "field": "code",
                        "type": "nominal",
                        "scale": {"domain": [*range(len(NAMES))], "range": [*PALETTE]},
                        "legend": None,
                    },
                    "tooltip": [
                        {"field": "words", "type": "nominal", "title": "Class"},
                        {"field": "areas", "type": "quantitative", "title": "Areas"},
                    ],
                },
            },
            {
                "mark": {"type": "text", "fontSize": 13, "aria": False},
                "encoding": {
                    "text": {"field": "areas", "type": "quantitative"},
                    "color": {"condition": {"test": "datum.light", "value": TEXT}, "value": "#ffffff"},
                },
            },
        ],
        "config": CONFIG,
        "usermeta": {"embedOptions": {"renderer": "svg"}},
    }


def _axis(
    field: str, words: tuple[str, ...], thirds: tuple[str, ...], title: str, axis: dict[str, Any]
) -> dict[str, Any]:
    """An axis whose places are named in words, with the figures below them."""
    # In lines of their own: beside each other long figures would run into the next field's.
    shown = [[word.partition(" ")[0], *_lines(third)] for word, third in zip(words, thirds, strict=True)]
    label = f"{shown!r}[datum.value]".replace('"', "'")
    return {"field": field, "type": "ordinal", "title": title, "axis": {**axis, "labelExpr": label}}


def _lines(third: str) -> list[str]:
    first, to, last = third.partition(" to ")
    if first in ("", "up", "under"):
        return [third]
    return [first, f"to {last}"] if to else [third]


def legend_alt(found: Bivariate) -> str:
    """The legend in words: how many areas each class has."""
    pairs = zip(NAMES, found.scale.counts, strict=False)
    return "Legend. " + "; ".join(f"{name}: {count:,}" for name, count in pairs if count) + " areas."


def values(found: Bivariate) -> pd.DataFrame:
    """The data set of the map: id, band, count and harm."""
    rows = found.rows
    exact = "float64" if len(rows) < 1000 else "float32"
    return pd.DataFrame(
        {
            "id": rows["area_code"],
            "band": found.scale.codes,
            "count": rows["count"].astype("Float64").astype(exact),
            "harm": rows["harm"].astype("Float64").astype(exact),
        }
    )


def tooltip(found: Bivariate) -> list[tuple[str, str]]:
    """The lines of a tooltip: area, incidents, harm, and the class in words."""
    return [
        ("Area", "datum.properties.name"),
        (found.titles[0], figure("count")),
        (found.titles[1], figure("harm")),
        class_line(found.scale),
    ]


def without_nine(spec: dict[str, Any]) -> dict[str, Any]:
    """The map with a legend of what is no figure only: the nine classes have a chart of their own."""
    encoding = dict(spec["encoding"])
    for channel in ("fill", "stroke", "strokeDash"):
        rest = [code for code in encoding[channel]["scale"]["domain"] if code >= len(NAMES)]
        legend = (
            {**encoding[channel]["legend"], "title": "Not in these classes", "values": rest} if rest else None
        )
        encoding[channel] = {**encoding[channel], "legend": legend}
    return {**spec, "encoding": encoding}


def classes_table(frame: pd.DataFrame, found: Bivariate) -> pd.Series:
    """The class of every row of an answer in words; of what is not placed, a dash."""
    of_area = dict(zip(found.rows["area_code"], found.scale.of_values, strict=True))
    return frame["area_code"].map(of_area).fillna("–")
