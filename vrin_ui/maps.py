"""Maps as plain Vega-Lite: outlines by address, figures as a data set, classes decided here.

With the geometry inside an Altair chart one change of month cost the server 4 to 9 seconds; this
way it costs hundredths.
"""

from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.charts import CONFIG, STAMP_WIDTH, TEXT, TITLE_WIDTH
from vrin_ui.classes import NO_SUBMISSION, Scale, scale_of
from vrin_ui.readings import reading
from vrin_ui.wording import of_months, wrapped

SELECTED = "area"
CANVAS_LEVELS = ("lsoa", "msoa")


def map_values(by_area: pd.DataFrame, measure: str) -> tuple[pd.DataFrame, Scale, str]:
    """What a map draws for each placed area, its classes, and the title of its legend.

    Columns: id (area code), name, band (class), figure, words, months.
    """
    rows = placed(by_area)
    read = reading(rows, measure)
    scale = scale_of(read.shown, rows["is_gap"], digits=read.digits, whole=measure == "incidents")
    covered = zip(rows["months_covered"], rows["months_expected"], strict=True)
    values = pd.DataFrame(
        {
            "id": rows["area_code"].to_numpy(),
            "name": rows["area_name"].to_numpy(),
            "band": scale.of_values,
            "figure": read.shown.to_numpy(dtype="float64", na_value=float("nan")),
            "words": read.words(),
            "months": [of_months(int(had), int(due)) for had, due in covered],
        }
    )
    return values, scale, read.title


def placed(by_area: pd.DataFrame) -> pd.DataFrame:
    """The rows that are areas, without the one for what could not be placed."""
    return by_area[by_area["is_placed"].astype(bool)]


def map_spec(
    values: pd.DataFrame,
    scale: Scale,
    *,
    outline: str,
    level: str,
    heading: str,
    legend: str,
    stamp: Stamp,
    chosen: str | None = None,
    height: int = 600,
) -> dict[str, Any]:
    """The map; a click selects an area under SELECTED. Areas without a row in `values` are not drawn."""
    shown = values.drop(columns="figure").assign(chosen=values["id"].eq(chosen or ""))
    fields = ["name", "band", "words", "months", "chosen"]
    colour = {
        "field": "band",
        "type": "nominal",
        "title": wrapped(legend, 30),
        "scale": {"domain": list(scale.labels), "range": list(scale.colours)},
        "legend": {
            "orient": "bottom",
            "direction": "vertical",
            "columns": 2,
            "symbolType": "square",
            "symbolStrokeColor": "#505a5f",
            "symbolSize": 180,
        },
    }
    return {
        "title": {
            "text": wrapped(heading, TITLE_WIDTH),
            "subtitle": wrapped(stamp.short(), STAMP_WIDTH, at=" · "),
        },
        "data": {"url": f"/outlines/{outline}", "format": {"type": "topojson", "feature": "a"}},
        "datasets": {"values": shown},
        "transform": [
            {"lookup": "id", "from": {"data": {"name": "values"}, "key": "id", "fields": fields}},
            {"filter": "isValid(datum.band)"},
        ],
        "projection": {"type": "identity", "reflectY": True},
        "height": height,
        "mark": {"type": "geoshape", "aria": False, "strokeJoin": "round"},
        "params": [
            {"name": SELECTED, "select": {"type": "point", "fields": ["id"], "on": "click", "toggle": False}}
        ],
        "encoding": {
            "color": colour,
            "stroke": {"condition": {"test": "datum.chosen", "value": TEXT}, "value": "#505a5f"},
            "strokeWidth": {
                "condition": {"test": "datum.chosen", "value": 3},
                "value": 0.4 if level in CANVAS_LEVELS else 0.8,
            },
            "tooltip": [
                {"field": "name", "type": "nominal", "title": "Area"},
                {"field": "words", "type": "nominal", "title": legend},
                {"field": "band", "type": "nominal", "title": "Class"},
                {"field": "months", "type": "nominal", "title": "Received"},
            ],
        },
        "config": CONFIG,
        "usermeta": {"embedOptions": {"renderer": "canvas" if level in CANVAS_LEVELS else "svg"}},
    }


def map_alt(values: pd.DataFrame, *, heading: str) -> str:
    """The map in words: how many areas, the three highest, and how many are gaps."""
    top = values.dropna(subset=["figure"]).nlargest(3, "figure")
    highest = "; ".join(f"{row.name} {row.words}" for row in top[["name", "words"]].itertuples(index=False))
    gaps = int((values["band"] == NO_SUBMISSION).sum())
    parts = [
        f"Map of {len(values)} areas. {heading}.",
        f"Highest: {highest}." if highest else "",
        f"{gaps} without a submission." if gaps else "",
        "The same figures are in the table.",
    ]
    return " ".join(filter(None, parts))
