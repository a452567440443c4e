"""Areas, their nesting and vintages, boundaries, point in area, and outlines to draw."""

from vrin_data.places.area_set import AreaSet, Finding, level_closure
from vrin_data.places.importing import import_files
from vrin_data.places.outlines import attribution, write_outlines
from vrin_data.places.placing import is_land, place_points, place_positions, to_grid
from vrin_data.places.register import sample_area_set

__all__ = [
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
    "write_outlines",
]
