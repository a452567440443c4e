"""The data set of a map: as few and as small columns as its colours and tooltips need.

Words are made from the numbers in the browser: words for each of 2,800 areas would be most of what is sent.
"""

import json
from collections.abc import Sequence

import pandas as pd

from vrin_ui.classes import Scale, scale_of
from vrin_ui.map.map_figures import Figures
from vrin_ui.wording import DASH

MANY = 1000
"""Areas from which on figures are sent with seven figures instead of sixteen."""
Tooltip = Sequence[tuple[str, str]]
"""Lines of a tooltip: a heading, and a Vega expression for what follows it."""


def classes(figures: Figures, scheme: str = "quantiles") -> Scale:
    """The classes of the figures of the placed areas."""
    rows = figures.placed
    return scale_of(rows["shown"], rows["state"], digits=figures.digits, whole=figures.whole, scheme=scheme)


def map_values(figures: Figures, scale: Scale) -> pd.DataFrame:
    """For every placed area id, band (the place of its class) and figure, and what tooltips need besides.

    low and high stand there where any range has two ends, the other columns where any area has them.
    """
    rows = figures.placed
    exact = "float64" if len(rows) < MANY else "float32"
    values = pd.DataFrame({"id": rows["area_code"], "band": scale.codes})
    values["figure"] = _sent(rows["shown"], exact)
    if (rows["low"] < rows["high"]).fillna(False).any():
        values["low"], values["high"] = _sent(rows["low"], exact), _sent(rows["high"], exact)
    for name in ("interval_low", "interval_high", "raw"):
        if name in rows and rows[name].notna().any():
            values[name] = _sent(rows[name], exact)
    if "is_busy" in rows and rows["is_busy"].any():
        values["busy"] = rows["is_busy"].astype("int8")
    if rows["had"].nunique() > 1:
        values["had"] = rows["had"].astype("int16")
    return values


def tooltip(figures: Figures, values: pd.DataFrame, scale: Scale) -> list[tuple[str, str]]:
    """The lines of a tooltip: area, figure with its range and interval, class, months received."""
    form = f",.{figures.digits}f"
    rows = figures.placed
    lines = [("Area", "datum.properties.name"), (figures.title, words("figure", form, values))]
    if "raw" in values:
        lines.append(("As counted", figure("raw", form)))
    if "interval_low" in values:
        lines.append(("95% interval", span("interval_low", "interval_high", form)))
    lines.append(class_line(scale))
    if "busy" in values:
        told = json.dumps("more incidents than residents explain: many here may be visitors")
        lines.append(("Note", f"datum.busy ? {told} : ''"))
    due = int(rows["due"].max()) if len(rows) else 0
    had = "datum.had" if "had" in values else str(int(rows["had"].max()) if len(rows) else 0)
    lines.append(("Received", f"{had} + ' of {due} month{'s' if due != 1 else ''}'"))
    return lines


def class_line(scale: Scale) -> tuple[str, str]:
    """The line of a tooltip that names the class."""
    return "Class", f"{json.dumps([*scale.labels])}[datum.band]"


def figure(name: str, form: str = ",.0f") -> str:
    """An expression for a figure, a dash where there is none."""
    return f"isValid(datum.{name}) ? format(datum.{name}, '{form}') : '{DASH}'"


def words(name: str, form: str, values: pd.DataFrame, *, ends: tuple[str, str] = ("low", "high")) -> str:
    """An expression for a figure with its range where it has one, the range alone where none is single."""
    if ends[0] not in values:
        return figure(name, form)
    own = f"format(datum.{name}, '{form}')"
    both = span(ends[0], ends[1], form)
    low, high = (f"format(datum.{end}, '{form}')" for end in ends)
    ranged = f"{low} === {high} ? {own} : {own} + ' (range ' + {both} + ')'"
    return f"isValid(datum.{name}) ? ({ranged}) : isValid(datum.{ends[0]}) ? ({both}) : '{DASH}'"


def span(low: str, high: str, form: str) -> str:
    """An expression for a range, one figure where both ends read the same."""
    first, last = f"format(datum.{low}, '{form}')", f"format(datum.{high}, '{form}')"
    return f"(isValid(datum.{low}) ? ({first} === {last} ? {first} : {first} + ' to ' + {last}) : '{DASH}')"


def _sent(figures: pd.Series, kind: str) -> pd.Series:
    return figures.astype("Float64").astype(kind)
