"""The drawn map as a picture for print: outlines put into the chart, the stamp below it."""

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.stamp import Stamp

Form = Literal["png", "svg"]
VEGA_LITE = "6.4"
WIDTH = 760
"""Of the whole picture, in pixels at 72 to the inch: what an A4 page takes with little loss."""
PRINT_PPI = 200
LINE_HEIGHT, LINE_CHARACTERS = 15, 132
SPACING = 20
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""The first is what the converter brings along; a reader of an SVG has one of the others."""
OUTLINES = "/outlines/"
OF_THE_SCREEN = ("$schema", "usermeta", "background", "padding", "autosize", "config")
LOOKS = ("color", "fill", "stroke", "strokeDash", "strokeWidth", "shape", "size", "opacity")
SIDE_BY_SIDE = ("hconcat", "concat")


@dataclass(frozen=True)
class MapPicture:
    """A map to be drawn: its Vega-Lite specification as on the screen, and what stands below it.

    `outlines` is the folder that the addresses /outlines/... in the specification mean.
    """

    spec: Mapping[str, Any]
    outlines: Path
    stamp: Stamp
    attribution: Sequence[str] = ()


def map_image(picture: MapPicture, form: Form) -> bytes:
    """The picture as PNG (200 pixels an inch) or SVG. Nothing is fetched: outlines come from the folder.

    Raises UsageError where an outline is not there any more.
    """
    import vl_convert  # Late: it holds a browser's engine, which costs a second and much memory.

    spec = printable(picture)
    if form == "svg":
        return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[]).encode()
    return bytes(vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, ppi=PRINT_PPI, allowed_base_urls=[]))


def printable(picture: MapPicture) -> dict[str, Any]:
    """The specification with its outlines and figures inside, as wide as a page, the stamp's lines below."""
    datasets: dict[str, Any] = {}
    drawn = _inlined(picture.spec, picture.outlines, datasets)
    if '"param":' not in json.dumps(drawn):
        drawn = _without_clicks(drawn)
    return {
        "background": "#ffffff",
        "padding": 16,
        "config": {**picture.spec.get("config", {}), "font": FONT},
        "datasets": datasets,
        "vconcat": [_sized(drawn, WIDTH), _below(stamp_lines(picture.stamp, picture.attribution))],
        "spacing": SPACING,
        # Legends stay with their map, and do not wander to the side of the stamp.
        "resolve": {"scale": dict.fromkeys(LOOKS, "independent")},
    }


def stamp_lines(stamp: Stamp, attribution: Sequence[str] = ()) -> list[str]:
    """The lines that stand with a map on paper: the stamp's, and the sources that it does not name."""
    lines = stamp.lines()
    said = "\n".join(lines)
    return [*lines, *(words for words in attribution if words not in said)]


def _inlined(node: Any, outlines: Path, datasets: dict[str, Any]) -> Any:
    """A part of a specification as plain JSON; data sets are moved to `datasets`, what is for screens is left out."""
    if isinstance(node, pd.DataFrame):
        return json.loads(node.to_json(orient="records", double_precision=10))
    if isinstance(node, Mapping):
        sets = {name: _inlined(one, outlines, datasets) for name, one in node.get("datasets", {}).items()}
        datasets.update(sets)
        kept = {name: one for name, one in node.items() if name not in ("datasets", *OF_THE_SCREEN)}
        if str(kept.get("url", "")).startswith(OUTLINES):
            file = outline_file(outlines, kept.pop("url"))
            return {"values": json.loads(file.read_text(encoding="utf-8")), **kept}
        return {name: _inlined(one, outlines, datasets) for name, one in kept.items()}
    if isinstance(node, (list, tuple)):
        return [_inlined(one, outlines, datasets) for one in node]
    return node


def outline_file(outlines: Path, address: str) -> Path:
    """The file of an outline by its address or its name. Raises UsageError where it is not there."""
    name = address.removeprefix(OUTLINES)
    file = outlines / name
    if file.parent != outlines or not file.is_file():
        raise UsageError(
            f"There is no outline {name!r} any more. Reload the page, and ask for the map again."
        )
    return file


def _without_clicks(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _without_clicks(one) for name, one in node.items() if name != "params"}
    return [_without_clicks(one) for one in node] if isinstance(node, list) else node


def _sized(spec: dict[str, Any], width: int) -> dict[str, Any]:
    """The specification as wide as that; maps side by side share the width."""
    side = next((name for name in SIDE_BY_SIDE if name in spec), None)
    if side is not None:
        across = spec.get("columns", len(spec[side]))
        each = (width - SPACING * (across - 1)) // across
        return {**spec, side: [_sized(one, each) for one in spec[side]]}
    if "vconcat" in spec:
        return {**spec, "vconcat": [_sized(one, width) for one in spec["vconcat"]]}
    return spec if isinstance(spec.get("width"), (int, dict)) else {**spec, "width": width}


def _below(lines: Sequence[str]) -> dict[str, Any]:
    """The lines as a view of text, broken where they would be wider than the map."""
    rows = [row for line in lines for row in textwrap.wrap(line, LINE_CHARACTERS)]
    return {
        "data": {"values": [{"line": row, "row": number} for number, row in enumerate(rows)]},
        "width": WIDTH,
        "height": LINE_HEIGHT * len(rows),
        "view": {"stroke": None},
        "mark": {"type": "text", "align": "left", "baseline": "top", "fontSize": 11, "color": "#3b4045"},
        "encoding": {
            "x": {"value": 0},
            "y": {"field": "row", "type": "ordinal", "axis": None},
            "text": {"field": "line", "type": "nominal"},
        },
    }
