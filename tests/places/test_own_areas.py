"""Own areas against the areas that are known: polygon files, and every fault in words."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord
from vrin_data.errors import RefusedInput
from vrin_data.places import AreaSet, own_layer_findings, read_shapes, sample_area_set

LEICESTER, BLABY, BROXTOWE, SOUTH_NOTTS = "E06000016", "E07000129", "E07000172", "E22000366"
WEST, SOUTH = 456_000, 339_000  # dry land in Nottingham


@pytest.fixture(scope="module")
def known() -> AreaSet:
    return sample_area_set()


def small_of(known: AreaSet, district: str) -> str:
    """The first small area of a district."""
    links = known.links[
        (known.links["parent_code"] == district) & known.links["child_code"].str.startswith("S01")
    ]
    return str(links["child_code"].min())


def listed(**areas: list[str]) -> OwnLayerRecord:
    made = tuple(OwnAreaRecord(name, tuple(codes)) for name, codes in areas.items())
    return OwnLayerRecord("joint", "Joint", made, "test")


def told(layer: OwnLayerRecord, known: AreaSet, *levels: str) -> list[str]:
    return [one.message for one in own_layer_findings(layer, known) if one.level in levels]


def test_districts_wards_and_small_areas_may_be_mixed(known: AreaSet) -> None:
    layer = listed(A=[LEICESTER, small_of(known, BLABY)], B=[BROXTOWE])
    assert told(layer, known, "error", "warning") == []
    (loose,) = told(layer, known, "note")
    assert "small areas are left over (in 33 districts: " in loose


def test_unknown_and_former_codes_are_told_together(known: AreaSet) -> None:
    found = told(listed(A=["E99999999", LEICESTER], B=["E07000150"]), known, "error")
    assert "E99999999" in found[0]
    assert "not known here" in found[0]
    assert found[1:] == [
        "Corby (E07000150) is no longer in force: it became North Northamptonshire (E06000061). List that instead."
    ]


def test_a_district_and_one_of_its_small_areas_in_two_areas_is_a_fault(known: AreaSet) -> None:
    small = small_of(known, LEICESTER)
    (fault,) = told(listed(A=[LEICESTER], B=[small, BLABY]), known, "error")
    assert (
        f"({small}) is in B and lies in Leicester ({LEICESTER}), which is in A: leave it in one of them"
        in fault
    )


def test_a_partnership_and_a_district_of_it_in_two_areas_is_a_fault(known: AreaSet) -> None:
    (fault,) = told(listed(A=[SOUTH_NOTTS], B=[BROXTOWE]), known, "error")
    assert fault.startswith(
        f"Broxtowe ({BROXTOWE}) is in B and lies in South Nottinghamshire ({SOUTH_NOTTS})"
    )


def test_what_is_listed_beside_its_district_in_one_area_counts_once(known: AreaSet) -> None:
    layer = listed(A=[LEICESTER, small_of(known, LEICESTER)])
    assert told(layer, known, "error") == []
    assert "it counts once" in told(layer, known, "note")[0]


def test_a_listed_area_without_small_areas_is_a_warning(known: AreaSet) -> None:
    (warning,) = told(listed(A=["E08000025"]), known, "warning")
    assert warning.startswith("No small area is known in Birmingham (E08000025)")


def square(column: float, row: float = 0, side: int = 1_000) -> shapely.Polygon:
    west, south = WEST + 1_000 * column, SOUTH + 1_000 * row
    return shapely.box(west, south, west + side, south + side)


def drawn(**areas: shapely.Geometry) -> OwnLayerRecord:
    made = tuple(OwnAreaRecord(name, wkt=shape.wkt) for name, shape in areas.items())
    return OwnLayerRecord("beats", "Beats", made, "test")


def test_a_zone_of_one_polygon_is_fine(known: AreaSet) -> None:
    assert own_layer_findings(drawn(Zone=square(0)), known) == []


def test_polygons_that_overlap_are_named(known: AreaSet) -> None:
    (fault,) = told(drawn(North=square(0), South=square(0.5)), known, "error")
    assert "North and South" in fault


def test_polygons_outside_the_known_land_are_told(known: AreaSet) -> None:
    found = told(drawn(Bradford=shapely.box(415_000, 432_000, 416_000, 433_000)), known, "warning")
    assert found == ["Bradford lies outside the areas known here: no incident can be placed in it."]


def test_swapped_axes_are_an_error_where_the_known_land_betrays_them(known: AreaSet) -> None:
    turned = shapely.transform(square(0), lambda at: at[:, ::-1])
    (fault,) = told(drawn(Zone=turned), known, "error")
    assert fault.startswith("the two axes are swapped")


def shapes(**columns: list[str]) -> gpd.GeoDataFrame:
    count = len(next(iter(columns.values())))
    return gpd.GeoDataFrame(columns, geometry=[square(at) for at in range(count)], crs=27700)


@pytest.mark.parametrize("end", ["geojson", "gpkg", "parquet"])
@pytest.mark.parametrize("crs", [27700, 4326])
def test_polygon_files_are_read_in_metres(tmp_path: Path, end: str, crs: int) -> None:
    frame = shapes(beat_name=["North", "South"], code=["N1", "S1"]).to_crs(crs)
    file = tmp_path / f"beats.{end}"
    frame.to_parquet(file) if end == "parquet" else frame.to_file(file)
    found = read_shapes(file, layer_id="beats", name="Beats")
    assert [one.name for one in found.layer.areas] == ["North", "South"]
    for at, one in enumerate(found.layer.areas):
        assert shapely.from_wkt(one.wkt).symmetric_difference(square(at)).area < 100
    assert found.notes == ("Read as 2 polygons, their names from the column 'beat_name'.",)


def test_the_column_of_names_is_chosen_or_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "beats.geojson"
    shapes(one=["a", "b"], other=["North", "South"]).to_file(file)
    with pytest.raises(RefusedInput, match="it cannot be told which column holds the names"):
        read_shapes(file, layer_id="beats", name="Beats")
    found = read_shapes(file, layer_id="beats", name="Beats", name_column="Other")
    assert [one.name for one in found.layer.areas] == ["North", "South"]


def test_one_polygon_is_called_as_the_layer(tmp_path: Path) -> None:
    file = tmp_path / "zone.geojson"
    shapes(id=["7"]).to_file(file)
    assert [
        one.name
        for one in read_shapes(
            file,
            layer_id="zone",
            name="Zone",
        ).layer.areas
    ] == ["Zone"]


def test_another_projection_and_overlaps_are_refused(tmp_path: Path) -> None:
    frame = shapes(name=["North", "South"])
    twice = frame.set_geometry([square(0), square(0.5)], crs=27700)
    for number, (one, words) in enumerate(
        [(frame.to_crs(3857), "projection is"), (twice, "North and South")]
    ):
        file = tmp_path / f"wrong{number}.gpkg"
        one.to_file(file)
        with pytest.raises(RefusedInput, match=words):
            read_shapes(file, layer_id="beats", name="Beats")


def test_a_file_that_is_no_polygon_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "beats.geojson"
    file.write_text("hello", encoding="utf-8")
    with pytest.raises(RefusedInput, match="was not read"):
        read_shapes(file, layer_id="beats", name="Beats")
