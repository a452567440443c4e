"""Areas, their nesting and vintages, boundaries, point in area, and outlines to draw."""

from vrin_data.places.area_set import AreaSet, Finding, level_closure
from vrin_data.places.check_report import check_report
from vrin_data.places.hexagons import HEX_LEVEL
from vrin_data.places.importing import import_files
from vrin_data.places.layers import (
    boundaries_in_force,
    linked_layers,
    with_own_layers,
)
from vrin_data.places.one_area import OneArea, one_area
from vrin_data.places.outlines import attribution, drawn_layers, neighbours, write_outlines
from vrin_data.places.own_checks import own_layer_findings
from vrin_data.places.own_shapes import read_shapes
from vrin_data.places.placing import EDGE, is_land, place_points, place_positions, to_grid, whole_squares
from vrin_data.places.register import sample_area_set

__all__ = [
    "EDGE",
    "HEX_LEVEL",
    "AreaSet",
    "Finding",
    "OneArea",
    "attribution",
    "boundaries_in_force",
    "check_report",
    "drawn_layers",
    "import_files",
    "is_land",
    "level_closure",
    "linked_layers",
    "neighbours",
    "one_area",
    "own_layer_findings",
    "place_points",
    "place_positions",
    "read_shapes",
    "sample_area_set",
    "to_grid",
    "whole_squares",
    "with_own_layers",
    "write_outlines",
]
