"""Health events for each recorded crime, by area and feed: a mark and its interval a row, as plain Vega-Lite."""

from typing import Any

import numpy as np
import pandas as pd

from vrin_data.measures import Stamp
from vrin_data.report.triangulation_words import ON_CHART, ratio_words
from vrin_ui.charts import LINE, TEXT
from vrin_ui.range_charts import (
    BAR,
    amount_at,
    heading,
    labels,
    place,
    row_height,
    row_labels,
    row_spec,
    said,
    tooltip,
    value_axis,
)

AXIS = "Health events for each recorded crime"
BEYOND_SHARE = 1.6


def ratio_rows(summary: pd.DataFrame) -> pd.DataFrame:
    """What the chart of a feed draws: row, name, words, low, mark, high; areas that are not compared are left out."""
    rows = summary[summary["is_comparable"].astype(bool) & summary["ratio"].notna()]
    data = pd.DataFrame(
        {
            "name": rows["area_name"],
            "words": [ratio_words(one) for one in rows.itertuples(index=False)],
            "low": rows["ratio_low"].astype(float),
            "mark": rows["ratio"].astype(float),
            "high": rows["ratio_high"].astype(float).replace(np.inf, np.nan),
        }
    )
    return data.assign(row=range(len(data))).reset_index(drop=True)


def ratio_spec(data: pd.DataFrame, *, title: str, stamp: Stamp) -> dict[str, Any]:
    """A mark at each ratio and a line over its interval, in the order of the rows."""
    top = float(
        max(data["mark"].max() * BEYOND_SHARE, data["high"].clip(upper=data["mark"].max() * 2).max(), 0.1)
    )
    rows = data.assign(
        label=row_labels(data["name"]),
        zero=0.0,
        top=top,
        end=data["high"].fillna(top).clip(upper=top),
        one=1.0 if top >= 1 else None,
    )
    step = row_height(rows["label"])
    axis = value_axis(AXIS, 0, top)
    axis["axis"] = {**axis["axis"], "format": ".2~f"}
    of_row = {"tooltip": tooltip("Area", AXIS)}
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "size": BAR, "color": "#f0f2f4", **place(step)},
            "encoding": {"x": axis, "x2": {"field": "top"}, **of_row},
        },
        {
            "mark": {"type": "bar", "size": 4, "color": LINE, **place(step)},
            "encoding": {"x": amount_at("low"), "x2": {"field": "end"}, **of_row},
        },
        {
            "mark": {
                "type": "point",
                "filled": True,
                "opacity": 1,
                "size": 110,
                "color": TEXT,
                **place(step),
            },
            "encoding": {"x": amount_at("mark"), **of_row},
        },
        {
            "transform": [said("one")],
            "mark": {"type": "tick", "color": "#505a5f", "thickness": 1, "size": BAR + 10, **place(step)},
            "encoding": {"x": amount_at("one")},
        },
        *labels(step),
    ]
    notes = f"Mark: the ratio. Line: its exact 95% interval. Thin tick: 1. {ON_CHART}"
    return row_spec(rows, layers, title=heading(title, notes, stamp), step=step)


def ratio_alt(data: pd.DataFrame, title: str) -> str:
    """The ratios in words."""
    listed = "; ".join(f"{one.name}: {one.words}" for one in data.itertuples(index=False))
    return f"Chart of ratios with intervals. {title}. {listed}. {ON_CHART} The figures are in the table."
