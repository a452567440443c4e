"""The map of a context figure, and of community assets upon it: frames in, Vega-Lite out."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from vrin_data.measures import Stamp
from vrin_ui.classes import SPECIAL, Look, Scale, scale_of, scale_of_labels
from vrin_ui.map.spec import map_spec
from vrin_ui.wording import number, span

SHADES = ("#e5f2e0", "#b9deb3", "#80c08a", "#3f9463", "#0b5e3c")
"""Green, so that the map of a context figure is never taken for one of harm, which is blue."""
CLASS_FILLS = (
    "#12436d", "#f46a25", "#28a197", "#a285d1", "#3d3d3d", "#f7c9a9", "#801650", "#a8d5cf", "#d4cde8", "#bdbdbd",
)  # fmt: skip
NO_FIGURE = "No figure"
PLAIN = "Area"
FIFTHS = 5


@dataclass(frozen=True)
class ContextFigures:
    """A context figure of every area in view: area_code, area_name, value, class_name; its name and its unit."""

    rows: pd.DataFrame
    name: str
    unit: str

    @property
    def is_class(self) -> bool:
        """Whether its figures are classes and no numbers."""
        return bool(self.rows["class_name"].notna().any())

    @property
    def title(self) -> str:
        """The name with the unit, where that says more than 'score' or 'class'."""
        return self.name if self.unit in ("", "score", "class") else f"{self.name} ({self.unit})"


def context_scale(found: ContextFigures) -> Scale:
    """The classes of a context figure: fifths from round edge to round edge, or its own classes by name."""
    rows = found.rows
    if found.is_class:
        names = sorted(rows["class_name"].dropna().unique())
        looks = {name: Look(CLASS_FILLS[place % len(CLASS_FILLS)]) for place, name in enumerate(names)}
        return scale_of_labels(
            rows["class_name"].fillna(NO_FIGURE).to_numpy(dtype=object), looks | {NO_FIGURE: _missing()}
        )
    if (rows["value"] < 0).any():
        return _fifths(rows["value"])
    states = pd.Series(np.where(rows["value"].isna(), NO_FIGURE, ""), index=rows.index, dtype=object)
    has_none = rows["value"].isna()
    told = scale_of(rows["value"][~has_none], states[~has_none], digits=1, whole=_is_whole(rows["value"]))
    return _with_missing(_in_green(told), has_none.to_numpy(dtype=bool))


def _is_whole(values: pd.Series) -> bool:
    told = values.dropna()
    return bool((told == told.round()).all())


def _in_green(scale: Scale) -> Scale:
    ordinary = [number for number, label in enumerate(scale.labels) if label not in SPECIAL]
    places = np.linspace(0, len(SHADES) - 1, len(ordinary)).round().astype(int)
    fills = dict(zip(ordinary, (SHADES[place] for place in places), strict=True))
    looks = tuple(
        replace(look, fill=fills[number]) if number in fills else look
        for number, look in enumerate(scale.looks)
    )
    return replace(scale, looks=looks)


def _with_missing(scale: Scale, has_none: np.ndarray) -> Scale:
    """The scale of the areas that have a figure, with a class of its own for those that have none."""
    if not has_none.any():
        return scale
    codes = np.full(len(has_none), len(scale.labels), dtype="int8")
    codes[~has_none] = scale.codes
    return Scale((*scale.labels, NO_FIGURE), (*scale.looks, _missing()), codes)


def _missing() -> Look:
    return replace(SPECIAL["No submission"])


def _fifths(values: pd.Series) -> Scale:
    """Classes of figures of which some lie below zero: fifths of the areas, each named by its lowest and highest."""
    told = values.dropna().astype("float64")
    cuts = np.unique(np.quantile(told, np.linspace(0, 1, FIFTHS + 1)[1:-1]))
    groups = told.groupby(np.searchsorted(cuts, told, side="left"))
    names = {one: span(rows.min(), rows.max(), 2) for one, rows in groups}
    places = np.linspace(0, len(SHADES) - 1, len(names)).round().astype(int)
    looks = {name: Look(SHADES[place]) for name, place in zip(names.values(), places, strict=True)}
    labels = pd.Series(NO_FIGURE, index=values.index, dtype=object)
    labels[told.index] = [names[one] for one in groups.ngroup().map(dict(enumerate(names)))]
    return scale_of_labels(labels.to_numpy(dtype=object), looks | {NO_FIGURE: _missing()})


def context_spec(
    found: ContextFigures,
    *,
    outline: str,
    level: str,
    heading: str,
    stamp: Stamp,
    chosen: str | None = None,
    height: int = 600,
) -> dict[str, Any]:
    """The map of a context figure."""
    scale = context_scale(found)
    values = pd.DataFrame({"id": found.rows["area_code"], "band": scale.codes})
    label = "told" if found.is_class else "figure"
    values[label] = found.rows["class_name" if found.is_class else "value"]
    told = (
        "datum.told"
        if found.is_class
        else "isValid(datum.figure) ? format(datum.figure, ',.3~r') : 'no figure'"
    )
    return map_spec(
        values,
        scale,
        outline=outline,
        level=level,
        heading=heading,
        legend=found.title,
        stamp=stamp,
        tooltip=[("Area", "datum.properties.name"), (found.name, told)],
        chosen=chosen,
        height=height,
    )


def plain_spec(
    areas: pd.DataFrame, *, outline: str, level: str, heading: str, stamp: Stamp, chosen: str | None = None
) -> dict[str, Any]:
    """A map of the areas alone, for what stands upon it."""
    scale = scale_of_labels(np.full(len(areas), PLAIN, dtype=object), {PLAIN: Look("#f3f2f1")})
    values = pd.DataFrame({"id": areas["area_code"], "band": scale.codes})
    return map_spec(
        values,
        scale,
        outline=outline,
        level=level,
        heading=heading,
        legend="Areas",
        stamp=stamp,
        tooltip=[("Area", "datum.properties.name")],
        chosen=chosen,
        height=600,
    )


def context_alt(found: ContextFigures, *, heading: str) -> str:
    """The map in words."""
    rows = found.rows
    words = [f"Map of {len(rows):,} areas. {heading}."]
    if found.is_class:
        counts = rows["class_name"].value_counts()
        words.append("; ".join(f"{name}: {count:,} areas" for name, count in counts.items()) + ".")
    elif rows["value"].notna().any():
        low, high = rows.loc[rows["value"].idxmin()], rows.loc[rows["value"].idxmax()]
        words.append(
            f"From {number(low['value'], 2)} ({low['area_name']}) to {number(high['value'], 2)} ({high['area_name']})."
        )
    return " ".join([*words, "The same figures are in the table below."])
