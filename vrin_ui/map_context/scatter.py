"""A context figure against harm as a scatter, each area a point: frames in, Vega-Lite out."""

from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, LINE, STAMP_WIDTH, TITLE_WIDTH
from vrin_ui.map_context.association import RankCorrelation
from vrin_ui.wording import number, wrapped

MANY = 200
"""Areas from which on points are small and pale, so that a crowd is seen as one."""
AXIS_WIDTH = 44
CHOSEN_COLOUR = "#801650"
ROW_HEIGHT, AROUND_ROWS = 42, 170
"""Pixels of a class, and of heading and axis, which count into the height of a chart."""
ROOT_WORDS = "the scale grows with the square root"


def scatter_spec(
    both: pd.DataFrame,
    *,
    figure: str,
    measure: str,
    heading: str,
    stamp: Stamp,
    chosen: str | None = None,
    height: int = 560,
) -> dict[str, Any]:
    """Each area a point: the context figure across, harm upwards; of classes a row of points for each class.

    `both` is a frame of `side_by_side`. The chosen area is a larger diamond.
    """
    is_class = bool(both["class_name"].notna().any())
    along = "class_name" if is_class else "value"
    values = both[["area_name", "harm", along]].assign(chosen=both["area_code"].eq(chosen or ""))
    size, opacity = (18, 0.45) if len(both) >= MANY else (60, 0.8)
    across: dict[str, Any] = {
        "field": "value",
        "type": "quantitative",
        "title": wrapped(figure, AXIS_WIDTH),
        "scale": {"zero": False, "nice": True},
    }
    upwards = _harm(measure, is_crowd=len(both) >= MANY)
    if is_class:
        across, upwards = upwards, _classes(both)
        height = ROW_HEIGHT * both["class_name"].nunique() + AROUND_ROWS
    return {
        "title": {
            "text": wrapped(heading, TITLE_WIDTH),
            "subtitle": wrapped(stamp.short(), STAMP_WIDTH, at=" · "),
        },
        "datasets": {"values": values},
        "data": {"name": "values"},
        "height": height,
        "mark": {"type": "point", "filled": True, "aria": False},
        "encoding": {
            "x": across,
            "y": upwards,
            "shape": {"condition": {"test": "datum.chosen", "value": "diamond"}, "value": "circle"},
            "size": {"condition": {"test": "datum.chosen", "value": 260}, "value": size},
            "color": {"condition": {"test": "datum.chosen", "value": CHOSEN_COLOUR}, "value": LINE},
            "opacity": {"condition": {"test": "datum.chosen", "value": 1}, "value": opacity},
            "order": {"condition": {"test": "datum.chosen", "value": 1}, "value": 0},
            "tooltip": [
                {"field": "area_name", "type": "nominal", "title": "Area"},
                {"field": along, "type": "nominal" if is_class else "quantitative", "title": figure},
                {"field": "harm", "type": "quantitative", "title": measure, "format": ",.1f"},
            ],
        },
        "config": CONFIG,
        "usermeta": {"embedOptions": {"renderer": "canvas" if len(both) >= MANY else "svg"}},
    }


def _harm(measure: str, *, is_crowd: bool) -> dict[str, Any]:
    """The axis of harm; among many small areas a few lie so far out that a plain scale would flatten all others."""
    title = f"{measure} ({ROOT_WORDS})" if is_crowd else measure
    return {
        "field": "harm",
        "type": "quantitative",
        "title": wrapped(title, AXIS_WIDTH),
        "scale": {"type": "sqrt" if is_crowd else "linear", "zero": True},
        "axis": {"tickCount": 6},
    }


def _classes(both: pd.DataFrame) -> dict[str, Any]:
    return {
        "field": "class_name",
        "type": "nominal",
        "title": None,
        "sort": sorted(both["class_name"].dropna().unique()),
        "axis": {"labelExpr": "split(datum.label, ': ')", "labelLimit": 170, "grid": True},
    }


def scatter_alt(both: pd.DataFrame, found: RankCorrelation | None, *, heading: str) -> str:
    """The scatter in words: how many areas, where they reach, and how far their ranks agree."""
    words = [f"Scatter of {len(both):,} areas. {heading}."]
    if len(both):
        words.append(f"Upwards from {number(both['harm'].min(), 1)} to {number(both['harm'].max(), 1)}.")
    if found is not None:
        words.append(f"Rank correlation {number(found.value, 2)}.")
    return " ".join([*words, "The same figures are in the table below."])
