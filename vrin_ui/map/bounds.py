"""Where the outlines of a level lie, so that a browser need not find it out from thousands of shapes."""

import json
from functools import lru_cache
from pathlib import Path

from vrin_ui.ask import open_store

Bounds = tuple[float, float, float, float]
"""West, south, east and north, in metres."""


def bounds_of(outline: str) -> Bounds | None:
    """The bounds of all outlines of a file; None where it does not say them."""
    return _bounds(open_store().outlines_folder / outline)


@lru_cache(maxsize=32)
def _bounds(file: Path) -> Bounds | None:
    # The name changes with the content, so what is kept stays right.
    if not file.is_file():
        return None
    box = json.loads(file.read_bytes()).get("bbox")
    return (box[0], box[1], box[2], box[3]) if box else None
