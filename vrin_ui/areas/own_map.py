"""The map of a layer of own areas: a number and a colour for each, and what is in none of them in grey."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from vrin_ui.areas.nesting import Nesting
from vrin_ui.areas.outline_file import OBJECT, Outlines
from vrin_ui.areas.own_draft import Draft
from vrin_ui.charts import CONFIG, TEXT
from vrin_ui.wording import counted

COLOURS = ("#a6cee3", "#fdbf6f", "#b2df8a", "#cab2d6", "#fb9a99", "#ffffb3", "#80b1d3", "#bc8f6f")
"""Light enough for black numbers on them; areas beside each other have different ones."""
NONE_COLOUR, LINE = "#f3f2f1", "#6f777b"
NONE_WORDS = "in none of the areas"
MANY_SHAPES = 400
HEIGHT = 460


def drawn_level(draft: Draft, nesting: Nesting) -> str:
    """The level whose outlines show a draft: districts where all areas are made of whole ones, else small areas."""
    held = [member for _, members in draft.areas for member in members]
    for member in held:
        parts = nesting.parts(member, "district")
        if any(nesting.levels[one] != "district" for one in parts):
            return "lsoa"
    return "district"


def drawn_areas(draft: Draft, nesting: Nesting, level: str) -> dict[str, int]:
    """By code of an outline the number of the own area that it is in; 0 for none."""
    found = dict.fromkeys(nesting.of_level(level), 0)
    for number, (_, members) in enumerate(draft.areas, start=1):
        small = nesting.small_of(members)
        for code in found:
            if nesting.small(code) <= small:
                found[code] = number
    return found


def colours_of(numbers: Mapping[str, int], outlines: Outlines) -> dict[int, str]:
    """A colour for each own area, other than those of the areas that it touches as far as there are enough."""
    beside = _beside(numbers, outlines)
    chosen: dict[int, str] = {}
    for number in sorted(set(numbers.values()) - {0}):
        taken = {chosen[one] for one in beside[number] if one in chosen}
        free = [one for one in COLOURS if one not in taken] or list(COLOURS)
        chosen[number] = free[0] if taken else free[number % len(free)]
    return chosen


def _beside(numbers: Mapping[str, int], outlines: Outlines) -> dict[int, set[int]]:
    owners: defaultdict[int, set[int]] = defaultdict(set)
    for code, number in numbers.items():
        for arc in outlines.arcs.get(code, ()):
            owners[arc].add(number)
    beside: defaultdict[int, set[int]] = defaultdict(set)
    for held in owners.values():
        for one in held:
            beside[one] |= held - {one}
    return beside


def labels_of(numbers: Mapping[str, int], outlines: Outlines) -> pd.DataFrame:
    """Where the number of each own area stands: east, north, number; in the outline nearest to its middle."""
    groups: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)
    for code, number in numbers.items():
        if number and code in outlines.points:
            groups[number].append(outlines.points[code])
    rows = []
    for number, points in sorted(groups.items()):
        east, north = (sum(one[at] for one in points) / len(points) for at in (0, 1))
        nearest = min(points, key=lambda one: (one[0] - east) ** 2 + (one[1] - north) ** 2)
        rows.append((*nearest, str(number)))
    return pd.DataFrame(rows, columns=["east", "north", "number"])


def preview_spec(
    numbers: Mapping[str, int],
    names: Sequence[str],
    places: Mapping[str, str],
    outlines: Outlines,
    *,
    file_name: str,
    title: str,
) -> dict[str, Any]:
    """The map as plain Vega-Lite. `names` are the own areas' in order, `places` those of the outlines by code."""
    colours = colours_of(numbers, outlines)
    values = pd.DataFrame(
        {
            "id": list(numbers),
            "place": [places.get(code, code) for code in numbers],
            "own": [f"{number} {names[number - 1]}" if number else NONE_WORDS for number in numbers.values()],
            "colour": [colours.get(number, NONE_COLOUR) for number in numbers.values()],
        }
    )
    looked_up = {"data": {"name": "values"}, "key": "id", "fields": ["place", "own", "colour"]}
    return {
        "title": title,
        "height": HEIGHT,
        "datasets": {"values": values, "labels": labels_of(numbers, outlines)},
        "projection": {"type": "identity", "reflectY": True},
        "layer": [
            {
                "data": {
                    "url": f"/outlines/{file_name}",
                    "format": {"type": "topojson", "feature": OBJECT},
                },
                "transform": [
                    {"lookup": "id", "from": looked_up},
                    {"filter": "isValid(datum.colour)"},
                ],
                "mark": {"type": "geoshape", "aria": False, "strokeJoin": "round"},
                "encoding": {
                    "color": {"field": "colour", "type": "nominal", "scale": None},
                    "stroke": {"value": LINE},
                    "strokeWidth": {"value": 0.3 if len(numbers) > MANY_SHAPES else 0.8},
                    "tooltip": [
                        {"field": "own", "type": "nominal", "title": "Own area"},
                        {"field": "place", "type": "nominal", "title": "Here"},
                    ],
                },
            },
            {
                "data": {"name": "labels"},
                "mark": {"type": "text", "fontSize": 13, "fontWeight": "bold", "aria": False},
                "encoding": {
                    "longitude": {"field": "east", "type": "quantitative"},
                    "latitude": {"field": "north", "type": "quantitative"},
                    "text": {"field": "number", "type": "nominal"},
                    "color": {"value": TEXT},
                },
            },
        ],
        "config": CONFIG,
        "usermeta": {"embedOptions": {"renderer": "canvas" if len(numbers) > MANY_SHAPES else "svg"}},
    }


def preview_alt(draft: Draft, loose: str) -> str:
    """The map in words."""
    count = len(draft.areas)
    return f"Map of {counted(count, 'own area')}, each with its number as in the table beside it. {loose}"
