"""One bar that says how sure a total is: what is exact, and what its range is made of."""

from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, TEXT
from vrin_ui.range_charts import FIT, UPRIGHT, amount_at, heading, value_axis
from vrin_ui.wording import number

PIECES = {
    # piece: the part of the answer, from which to which reading, its colour, and what it is
    "exact": ("exact", None, "low", "#12436d", "Exact: surely counted, one weight"),
    "least": (
        "several_weights",
        None,
        "low",
        "#5d8fc2",
        "At least: surely counted, the lightest weight each",
    ),
    "weights": ("several_weights", "low", "high", "#c6d8ea", "Open: heavier weights that may apply"),
    "may_be": ("may_be_in", "low", "high", "#f3c9a5", "Open: may or may not be within the definition"),
    "hidden": ("suppressed", "low", "high", "#dfe1e2", "Open: small counts that the supplier hid"),
}
"""The pieces in the order in which the bar has them; their names stand in the legend with their figures."""
LEGEND = {
    "orient": "bottom",
    "columns": 1,
    "labelLimit": 480,
    "symbolType": "square",
    "symbolSize": 160,
    "symbolStrokeColor": "#505a5f",
    "symbolStrokeWidth": 1,
}


def sureness_data(frame: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The pieces of the bar that are there: piece, from, to, words."""
    rows, pieces, at = frame.set_index("sureness"), [], 0.0
    for name, (part, since, until, _, label) in PIECES.items():
        start = float(rows.loc[part, f"harm_days_{since}"]) if since else 0.0
        size = float(rows.loc[part, f"harm_days_{until}"]) - start
        if size > 0:
            pieces.append((name, at, at + size, f"{label}, {number(size)} {unit}"))
            at += size
    return pd.DataFrame(pieces, columns=["piece", "from", "to", "words"])


def sureness_spec(
    data: pd.DataFrame, central: float | None, unit: str, *, title: str, stamp: Stamp
) -> dict[str, Any]:
    """The bar from 0 to the highest reading as plain Vega-Lite, with a mark at the central one."""
    words = [*data["words"]]
    rows = data.assign(at=central if central is not None else pd.NA)
    colours = {"domain": words, "range": [PIECES[piece][3] for piece in data["piece"]]}
    colour = {
        "field": "words",
        "type": "nominal",
        "sort": words,
        "title": None,
        "scale": colours,
        "legend": LEGEND,
    }
    piece = {"type": "bar", "size": 40, "stroke": "#505a5f", "strokeWidth": 0.8, "aria": False}
    x = value_axis(unit, 0, float(data["to"].max()), "from")
    under = [{"field": "words", "type": "nominal", "title": "Part"}]
    layers: list[dict[str, Any]] = [
        {"mark": piece, "encoding": {"x": x, "x2": {"field": "to"}, "color": colour, "tooltip": under}}
    ]
    notes = "From left to right in the order of the list below."
    if central is not None:
        tick = {"type": "tick", "color": TEXT, "thickness": 3, "size": 58, "aria": False}
        # One mark, not one for each piece.
        once = {"aggregate": [{"op": "max", "field": "at", "as": "at"}]}
        layers.append({"transform": [once], "mark": tick, "encoding": {"x": amount_at("at")}})
        notes += f" {UPRIGHT}"
    return {
        "title": heading(title, notes, stamp),
        "datasets": {"pieces": rows},
        "data": {"name": "pieces"},
        "height": 64,
        "autosize": FIT,
        "layer": layers,
        "config": CONFIG,
        "usermeta": {"embedOptions": {"renderer": "svg"}},
    }


def sureness_alt(data: pd.DataFrame, central: float | None, unit: str, *, title: str) -> str:
    """The bar in words."""
    said = "; ".join(data["words"])
    mark = f" The central reading is {number(central)} {unit}." if central is not None else ""
    return f"One bar in {len(data)} pieces. {title}. {said}.{mark} The figures are in the table below."
