"""Layouts of hexagons as people draw them for a map of equal cells: hexjson files."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from vrin_data.places.area_set import HEX_COLUMNS, Finding

LAYOUT = "odd-r"
"""Rows of hexagons that stand on a corner, the odd ones half a cell to the right; r counts upwards."""


def is_layout(path: Path) -> bool:
    """Whether a file is a layout of hexagons by its name."""
    return path.suffix.lower() == ".hexjson" and path.is_file()


def read_layouts(paths: Sequence[Path]) -> tuple[pd.DataFrame, list[Finding]]:
    """The places of districts in the layouts: area_code, column_number, row_number; a later file's where two tell."""
    parts, findings = [pd.DataFrame(columns=[*HEX_COLUMNS])], []
    for path in paths:
        try:
            frame = _read(path)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            words = fault if type(fault) is ValueError else "it is no layout of hexagons"
            message = f"not used: {words}. Expected hexjson of layout {LAYOUT} with q and r for each code."
            findings.append(Finding("error", path.name, message))
            continue
        parts.append(frame)
        findings.append(Finding("note", path.name, f"read as a layout of {len(frame):,} hexagons."))
    found = pd.concat(parts[1:] or parts, ignore_index=True)
    return found.drop_duplicates("area_code", keep="last").reset_index(drop=True), findings


def _read(path: Path) -> pd.DataFrame:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as fault:
        raise TypeError("no JSON") from fault
    if content["layout"] != LAYOUT:
        raise ValueError(f"its layout is {str(content['layout'])[:20]!r}")
    cells = [(code, int(cell["q"]), int(cell["r"])) for code, cell in content["hexes"].items()]
    frame = pd.DataFrame(cells, columns=[*HEX_COLUMNS])
    twice = frame[frame.duplicated(["column_number", "row_number"], keep=False)]["area_code"]
    if len(twice):
        raise ValueError(f"two codes have one place: {', '.join(twice[:4])}")
    return frame
