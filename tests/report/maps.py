"""A map of two squares: its outline, its figures and its specification, written by hand."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from vrin_data.measures import Stamp
from vrin_data.protect import Presented

OUTLINE = "squares-0.topo.json"
SQUARES = {
    "type": "Topology",
    "objects": {
        "a": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "id": "A0", "arcs": [[0]], "properties": {"name": "Ashby"}},
                {
                    "type": "MultiPolygon",
                    "id": "A1",
                    "arcs": [[[1]], [[2]]],
                    "properties": {"name": "Barrow"},
                },
            ],
        }
    },
    "arcs": [
        [[400000, 300000], [400000, 301000], [401000, 301000], [401000, 300000], [400000, 300000]],
        [[401000, 300000], [401000, 301000], [402000, 301000], [402000, 300000], [401000, 300000]],
        [[403000, 300000], [403000, 301000], [404000, 301000], [404000, 300000], [403000, 300000]],
    ],
}


def folder_of_outlines(folder: Path) -> Path:
    """The folder, with the outline of the squares in it."""
    (folder / OUTLINE).write_text(json.dumps(SQUARES), encoding="utf-8")
    return folder


def figures() -> Presented:
    """Two areas, one of them without a submission, and what was not placed."""
    frame = pd.DataFrame(
        {
            "area_code": ["A0", "A1", "not-placed"],
            "area_name": ["Ashby", "Barrow", "Not placed"],
            "incident_count_low": pd.array([12, None, 3], dtype="Int64"),
            "harm_days": pd.array([1460.5, None, 5.25], dtype="Float64"),
            "month": pd.to_datetime(["2026-04-01"] * 3),
            "is_gap": [False, True, False],
        }
    )
    return Presented(frame, a_stamp())


def a_stamp() -> Stamp:
    """The stamp of simulated figures."""
    return Stamp(
        build="000007",
        built_at=datetime(2026, 5, 1),
        data_to=date(2026, 4, 1),
        feed="police-offences",
        period="April 2026",
        definition="violence-with-injury v1",
        definition_name="Violence with injury",
        attribution=("Crown copyright",),
        is_simulated=True,
        disclosure="exact figures, RESTRICTED: for authorised analysts, not for publication",
    )


def unit_map(**more: Any) -> dict[str, Any]:
    """A map of the squares as the screen draws it: the outline by address, the figures as a data set."""
    return {
        "title": {"text": "Harm by square", "subtitle": "SIMULATED DATA"},
        "data": {"url": f"/outlines/{OUTLINE}", "format": {"type": "topojson", "feature": "a"}},
        "transform": [
            {"lookup": "id", "from": {"data": {"name": "values"}, "key": "id", "fields": ["band", "words"]}},
            {"filter": "isValid(datum.band)"},
        ],
        "projection": {"type": "identity", "reflectY": True},
        "height": 200,
        "mark": {"type": "geoshape"},
        "encoding": {
            "color": {
                "field": "band",
                "type": "nominal",
                "title": "Harm (days)",
                "legend": {"orient": "bottom"},
                "scale": {"domain": ["1,000 or more", "No submission"], "range": ["#08468b", "#a3a8ab"]},
            },
        },
        **more,
    }


def whole_map() -> dict[str, Any]:
    """The specification that the screen is handed, with what only a screen knows."""
    values = pd.DataFrame(
        {"id": ["A0", "A1"], "band": ["1,000 or more", "No submission"], "words": ["1,461", None]}
    )
    return {
        **unit_map(params=[{"name": "area", "select": {"type": "point", "fields": ["id"]}}]),
        "datasets": {"values": values},
        "config": {"font": "Source Sans", "background": "#ffffff"},
        "usermeta": {"embedOptions": {"renderer": "canvas"}},
    }
