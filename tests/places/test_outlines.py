"""Outlines to draw: they nest, they hold no figure, and their name changes with them."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely
import topojson

from vrin_data.places import AreaSet, attribution, drawn_layers, import_files, sample_area_set, write_outlines


@pytest.fixture
def imported(known: AreaSet, official: Path) -> AreaSet:
    return import_files([official], onto=known)


def shapes_of(path: Path) -> dict[str, shapely.Geometry]:
    """Feature id to polygon, decoded from the steps of the arcs."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = []
    for steps in topology["arcs"]:
        east = north = 0
        points = []
        for step in steps:
            east, north = east + step[0], north + step[1]
            points.append((east, north))
        arcs.append(points)

    def ring(numbers: list[int]) -> list[tuple[int, int]]:
        points: list[tuple[int, int]] = []
        for number in numbers:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points += arc[1:] if points else arc
        return points

    def polygon(rings: list[list[int]]) -> shapely.Polygon:
        return shapely.Polygon(ring(rings[0]), [ring(hole) for hole in rings[1:]])

    found = {}
    for feature in topology["objects"]["a"]["geometries"]:
        parts = [feature["arcs"]] if feature["type"] == "Polygon" else feature["arcs"]
        found[feature["id"]] = shapely.MultiPolygon([polygon(part) for part in parts])
    return found


def features(path: Path) -> dict[str, dict[str, Any]]:
    topology = json.loads(path.read_text(encoding="utf-8"))
    return {each["id"]: each["properties"] for each in topology["objects"]["a"]["geometries"]}


def test_files_of_the_small_land(imported: AreaSet, tmp_path: Path) -> None:
    names = write_outlines(drawn_layers(imported), tmp_path / "outlines")
    assert list(names) == ["region", "force", "csp", "district", "msoa", "lsoa", "hex-district"]
    assert sorted(path.name for path in (tmp_path / "outlines").iterdir()) == sorted(names.values())
    above = {"force": "E23000019"}
    assert features(tmp_path / "outlines" / names["district"]) == {
        "E06000018": {"name": "Nottingham", "district": "E06000018", "csp": "E22000210"} | above,
        "E07000172": {"name": "Broxtowe", "district": "E07000172", "csp": "E22000366"} | above,
    }
    assert features(tmp_path / "outlines" / names["force"]) == {
        "E23000019": {"name": "Nottinghamshire", "district": None, "csp": None} | above
    }
    assert (
        features(tmp_path / "outlines" / names["lsoa"])["E01000003"]
        == {
            "name": "Broxtowe 001A",
            "district": "E07000172",
            "csp": "E22000366",
        }
        | above
    )


def test_what_is_drawn_is_the_shape_in_whole_metres(imported: AreaSet, tmp_path: Path) -> None:
    names = write_outlines(drawn_layers(imported), tmp_path)
    drawn = shapes_of(tmp_path / names["lsoa"])
    given = imported.boundaries.set_index("area_code").geometry
    assert set(drawn) == {"E01000001", "E01000002", "E01000003", "E01000004"}
    for code, shape in drawn.items():
        assert shape.equals(given[code])
    district = shapes_of(tmp_path / names["district"])["E06000018"]
    assert district.equals(given["E01000001"].union(given["E01000002"]))


def test_the_same_areas_give_the_same_files_and_other_names_others(imported: AreaSet, tmp_path: Path) -> None:
    first = write_outlines(drawn_layers(imported), tmp_path)
    stamp = (tmp_path / first["lsoa"]).stat().st_mtime_ns
    assert write_outlines(drawn_layers(imported), tmp_path) == first
    assert (tmp_path / first["lsoa"]).stat().st_mtime_ns == stamp
    renamed = imported.areas.replace({"area_name": {"Broxtowe": "Broxtowe Borough"}})
    second = write_outlines(drawn_layers(replace(imported, areas=renamed)), tmp_path)
    assert {level for level in first if first[level] != second[level]} == {"district", "hex-district"}


def test_no_boundaries_no_files(known: AreaSet, tmp_path: Path) -> None:
    bare = replace(known, boundaries=known.boundaries.iloc[:0])
    assert write_outlines(drawn_layers(bare), tmp_path) == {}
    assert list(tmp_path.iterdir()) == []


def test_the_sample_nests_when_drawn(tmp_path: Path) -> None:
    names = write_outlines(drawn_layers(sample_area_set()), tmp_path)
    drawn = {level: shapes_of(tmp_path / name) for level, name in names.items()}
    assert {level: len(shapes) for level, shapes in drawn.items()} == {
        "region": 1,
        "force": 5,
        "csp": 37,
        "district": 35,
        "msoa": 559,
        "lsoa": 2_848,
        "hex-district": 35,
    }
    hexagons = [*drawn.pop("hex-district").values()]
    assert all(len(one.geoms[0].exterior.coords) == 7 for one in hexagons)
    assert shapely.area(hexagons).max() == pytest.approx(shapely.area(hexagons).min(), rel=1e-3)
    assert shapely.coverage_is_valid(hexagons) or shapely.union_all(hexagons).area == pytest.approx(
        shapely.area(hexagons).sum(), rel=1e-3
    )
    region = drawn["region"]["E12000004"]
    for shapes in drawn.values():
        assert shapely.is_valid(list(shapes.values())).all()
        assert sum(shape.area for shape in shapes.values()) == pytest.approx(region.area, rel=1e-9)
    assert (tmp_path / names["lsoa"]).stat().st_size < 1_500_000


def test_the_steps_decode_as_the_format_says(imported: AreaSet, tmp_path: Path) -> None:
    """The package that encodes the arcs reads the file back to the same feature."""
    names = write_outlines(drawn_layers(imported), tmp_path)
    content = json.loads((tmp_path / names["csp"]).read_text(encoding="utf-8"))
    read = topojson.Topology(content, object_name="a").to_gdf()
    assert read.total_bounds.tolist() == imported.boundaries.total_bounds.tolist()


def test_attribution_follows_what_is_drawn(known: AreaSet, imported: AreaSet) -> None:
    (sample,) = attribution(known)
    assert sample.startswith("Approximate outlines derived from postcode points. Contains OS data ©")
    assert attribution(imported) == [
        "Source: Office for National Statistics licensed under the Open Government Licence v.3.0",
        "Contains OS data © Crown copyright and database right",
    ]
