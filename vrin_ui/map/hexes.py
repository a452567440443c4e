"""Districts as hexagons of one size with short names in them: a small town is seen as well as a wide county."""

from typing import Any

from vrin_ui.charts import TEXT
from vrin_ui.classes import Scale

MOST_NAMED = 60
"""Districts up to which their names can be read in the cells."""
LONGEST, LINE = 7, 12
SHORT = {"north": "N", "east": "E", "south": "S", "west": "W"}
SMALL_WORDS = ("and", "of", "the", "upon", "on", "in")
DARK = 55
"""Lightness (of 100) below which a name is written in white."""
# Hexagon corners come in turn, so that the middle lies between one and the fourth from it.
MIDDLE = "(datum.geometry.coordinates[0][0][{0}] + datum.geometry.coordinates[0][3][{0}]) / 2"


def short_name(name: str) -> str:
    """A name in at most two lines of seven letters: 'North East Derbyshire' is 'N E' over 'Derbys.'."""
    said = [word for word in name.replace("-", " ").split() if word.casefold() not in SMALL_WORDS]
    words = [SHORT.get(word.casefold(), word) for word in said] or [name]
    cut = [word if len(word) <= LONGEST else f"{word[: LONGEST - 1]}." for word in words]
    lines = [cut[0]]
    for word in cut[1:]:
        if len(lines[-1]) + 1 + len(word) <= LONGEST:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines[:2])


def with_names(spec: dict[str, Any], scale: Scale) -> dict[str, Any]:
    """The map of hexagons with each district's short name in its cell; `values` has it as `short`."""
    inner = ("mark", "params", "encoding")
    shapes = {name: spec[name] for name in inner}
    dark = [number for number, look in enumerate(scale.looks) if lightness(look.fill) < DARK]
    names = {
        "transform": [
            {"calculate": MIDDLE.format(0), "as": "east"},
            {"calculate": MIDDLE.format(1), "as": "north"},
            {"calculate": "split(datum.short, '\\n')", "as": "lines"},
        ],
        "mark": {
            "type": "text",
            "aria": False,
            "tooltip": False,
            "fontSize": 11,
            "lineHeight": LINE,
            "dy": {"expr": f"length(datum.lines) > 1 ? -{LINE / 2} : 0"},
            "baseline": "middle",
        },
        "encoding": {
            "longitude": {"field": "east", "type": "quantitative"},
            "latitude": {"field": "north", "type": "quantitative"},
            "text": {"field": "lines"},
            "color": {
                "condition": {"test": f"indexof({dark}, datum.band) >= 0", "value": "#ffffff"},
                "value": TEXT,
            },
        },
    }
    return {**{name: part for name, part in spec.items() if name not in inner}, "layer": [shapes, names]}


def lightness(colour: str) -> float:
    """How light a colour '#rrggbb' is, of 100 (CIE L*); of none that is drawn, 100."""
    if not colour.startswith("#"):
        return 100.0
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance
