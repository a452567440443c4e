"""A file of outlines read for labels: where each area's label can stand, and which areas share a border."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OBJECT = "a"
Point = tuple[float, float]


@dataclass(frozen=True)
class Outlines:
    """By area the place of its label, metres, and the numbers of the border pieces that it shares."""

    points: dict[str, Point]
    arcs: dict[str, frozenset[int]]


def read_outlines(path: Path) -> Outlines:
    """The label places and borders of a TopoJSON file as `write_outlines` writes it."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    places = [_place(arc) for arc in topology["arcs"]]
    points, arcs = {}, {}
    for one in topology["objects"][OBJECT]["geometries"]:
        rings = [*_rings(one)]
        if rings:
            points[one["id"]] = _middle([places[_plain(arc)] for arc in max(rings, key=len)])
            arcs[one["id"]] = frozenset(_plain(arc) for ring in rings for arc in ring)
    return Outlines(points, arcs)


def _rings(geometry: dict[str, Any]) -> Iterator[list[int]]:
    if geometry.get("type") == "Polygon":
        yield from geometry["arcs"]
    elif geometry.get("type") == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def _plain(arc: int) -> int:
    """The number of an arc, whichever way it is walked."""
    return arc if arc >= 0 else ~arc


def _place(arc: list[list[int]]) -> tuple[float, float, float, float]:
    """West, south, east and north of an arc, whose points after the first are steps."""
    east, north = arc[0]
    easts, norths = [east], [north]
    for step_east, step_north in arc[1:]:
        east, north = east + step_east, north + step_north
        easts.append(east)
        norths.append(north)
    return min(easts), min(norths), max(easts), max(norths)


def _middle(boxes: list[tuple[float, float, float, float]]) -> Point:
    west, south, east, north = zip(*boxes, strict=True)
    return (min(west) + max(east)) / 2, (min(south) + max(north)) / 2
