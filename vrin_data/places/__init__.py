"""Areas, their nesting and vintages, boundaries, point in area, and outlines to draw."""

from vrin_data.places.area_set import AreaSet, Finding, level_closure
from vrin_data.places.importing import import_files
from vrin_data.places.outlines import attribution, write_outlines
from vrin_data.places.placing import EDGE, is_land, place_points, place_positions, to_grid, whole_squares
from vrin_data.places.register import sample_area_set

__all__ = [
    "EDGE",
    "AreaSet",
    "Finding",
    "attribution",
    "import_files",
    "is_land",
    "level_closure",
    "place_points",
    "place_positions",
    "sample_area_set",
    "to_grid",
    "whole_squares",
    "write_outlines",
]
