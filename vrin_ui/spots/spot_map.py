"""A map of the areas that stand out, by incidents or by harm."""

from typing import Any

import numpy as np
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.classes import NO_SUBMISSION, NOT_TOLD, SPECIAL, Look, scale_of_labels
from vrin_ui.map.map_values import class_line, figure
from vrin_ui.map.spec import map_spec

BOTH, HOT, HARM, NEITHER = "Both", "By incidents alone", "By harm alone", "Does not stand out"
# Falls of light differ too, and the borders: read in grey, the three kinds of spot stay apart.
LOOKS = {
    BOTH: Look("#1d1d2b", "#0b0c0c"),
    HOT: Look("#2b7bba", "#08468b"),
    HARM: Look("#e8923a", "#a3490a"),
    NEITHER: Look("#f5f5f3", "#b1b4b6"),
    NOT_TOLD: SPECIAL[NOT_TOLD],
    NO_SUBMISSION: SPECIAL[NO_SUBMISSION],
}
SPOTS = (BOTH, HOT, HARM)
HEIGHT = 620
SPOT_BORDER = 2.5


def spot_classes(own: pd.DataFrame, other: pd.DataFrame, *, alone: str) -> np.ndarray:
    """The class of every area of the one map; `alone` is what a spot of this map is called that the other lacks."""
    elsewhere = set(other.loc[other["is_spot"], "area_code"])
    spot = np.where(own["area_code"].isin(elsewhere), BOTH, alone)
    rest = np.where(own["is_gap"], NO_SUBMISSION, np.where(own["value"].isna(), NOT_TOLD, NEITHER))
    return np.where(own["is_spot"], spot, rest).astype(object)


def spot_spec(
    own: pd.DataFrame,
    other: pd.DataFrame,
    *,
    alone: str,
    outline: str,
    level: str,
    heading: str,
    stamp: Stamp,
) -> dict[str, Any]:
    """The map as plain Vega-Lite."""
    scale = scale_of_labels(spot_classes(own, other, alone=alone), LOOKS)
    values = pd.DataFrame({"id": own["area_code"], "band": scale.codes})
    values["spot"] = own["spot_number"].astype("Float64").astype("float32")
    values["incidents"] = own["incident_count"].astype("Float64").astype("float32")
    values["harm"] = own["harm_days"].astype("Float64").astype("float32")
    tooltip = [
        ("Area", "datum.properties.name"),
        ("Stands out", class_line(scale)[1]),
        ("Spot", figure("spot")),
        ("Incidents", figure("incidents")),
        ("Harm (days)", figure("harm")),
    ]
    spec = map_spec(
        values,
        scale,
        outline=outline,
        level=level,
        heading=heading,
        legend="Stands out",
        stamp=stamp,
        tooltip=tooltip,
        height=HEIGHT,
    )
    return _raised(spec, [code for code, label in enumerate(scale.labels) if label in SPOTS])


def _raised(spec: dict[str, Any], codes: list[int]) -> dict[str, Any]:
    """The map with the spots above the other areas and in a strong border: a small one must be seen in a wide land."""
    is_spot = {"test": f"indexof({codes}, datum.band) >= 0"}
    width = {
        "condition": {**is_spot, "value": SPOT_BORDER},
        "value": spec["encoding"]["strokeWidth"]["value"],
    }
    order = {"condition": {**is_spot, "value": 1}, "value": 0}
    return {**spec, "encoding": {**spec["encoding"], "strokeWidth": width, "order": order}}
