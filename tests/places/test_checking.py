"""What is refused, what is repaired, and in which words."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from vrin_data.errors import RefusedInput
from vrin_data.places import AreaSet, import_files
from vrin_data.places.columns import CodeColumn, code_columns
from vrin_data.places.residents import population_columns

GRID_WORDS = "Expected EPSG:27700 (British National Grid) or EPSG:4326 (longitude, latitude)."


@pytest.fixture
def boundaries(lsoas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return lsoas.assign(LAD24CD="E06000018")


def refusal(frame: gpd.GeoDataFrame, known: AreaSet, folder: Path) -> str:
    """What is said of a file with this content, without the two phrases every refusal begins with."""
    frame.to_parquet(folder / "given.parquet")
    with pytest.raises(RefusedInput) as caught:
        import_files([folder / "given.parquet"], onto=known)
    text = str(caught.value)
    start = "Nothing was imported.\ngiven.parquet: "
    assert text.startswith(start)
    return text.removeprefix(start)


def swapped(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.transform(shape, lambda corners: corners[:, ::-1])


def test_other_projections_are_refused(boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path) -> None:
    assert refusal(boundaries.to_crs(3857), known, tmp_path) == (
        f"its projection is WGS 84 / Pseudo-Mercator. {GRID_WORDS} Reproject the file."
    )
    assert refusal(boundaries.set_crs(None, allow_override=True), known, tmp_path) == (
        f"the file names no projection. {GRID_WORDS} Set it in the file, or add the .prj of the shapefile."
    )


def test_swapped_axes_are_named(boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path) -> None:
    words = "the two axes are swapped: northing or latitude stands where easting or longitude should."
    # A swapped place can be land as well; Northampton becomes a place in the Irish Sea.
    grid = boundaries.set_geometry(boundaries.translate(20_000, -78_000), crs=27700)
    for frame in (grid, boundaries.to_crs(4326)):
        turned = frame.set_geometry([swapped(shape) for shape in frame.geometry], crs=frame.crs)
        assert refusal(turned, known, tmp_path) == words


def test_degrees_that_claim_to_be_metres_and_places_far_away(
    boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path
) -> None:
    degrees = boundaries.to_crs(4326).set_crs(27700, allow_override=True)
    assert refusal(degrees, known, tmp_path) == (
        "its coordinates are degrees, but the file says EPSG:27700. Set the projection to EPSG:4326."
    )
    moved = boundaries.set_geometry(boundaries.translate(5_000_000, 0), crs=27700)
    assert refusal(moved, known, tmp_path) == (
        "its shapes lie outside Great Britain. Check the projection that the file names."
    )


def test_two_rows_of_one_code_are_refused(
    boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path
) -> None:
    boundaries.loc[1, "LSOA21CD"] = "E01000001"
    assert refusal(boundaries, known, tmp_path) == (
        "several boundaries have the same LSOA21CD: E01000001. Dissolve them to one row a code."
    )


def test_codes_that_are_none_are_refused_with_the_first_row(
    boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path
) -> None:
    boundaries.loc[2, "LSOA21CD"] = "E0100003"
    assert refusal(boundaries, known, tmp_path) == (
        "row 3, LSOA21CD: 'E0100003' is no area code (1 rows; expected a letter and eight digits). "
        "Correct the column."
    )


def test_missing_shapes_and_points_are_refused(
    boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path
) -> None:
    words = "no polygon for E01000002. Expected one polygon or multipolygon a row."
    for shape in (None, shapely.Polygon(), shapely.Point(456_500, 339_500)):
        broken = boundaries.copy()
        broken.loc[1, "geometry"] = shape
        assert refusal(broken, known, tmp_path) == words


def test_overlaps_are_refused_and_slivers_told(
    boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path
) -> None:
    wide = boundaries.copy()
    wide.loc[0, "geometry"] = wide.geometry[0].buffer(20, join_style="mitre")
    assert refusal(wide, known, tmp_path) == (
        "areas overlap: E01000001 and E01000002. Correct the boundaries."
    )
    thin = boundaries.copy()
    thin.loc[0, "geometry"] = thin.geometry[0].buffer(0.1, join_style="mitre")
    thin.to_parquet(tmp_path / "thin.parquet")
    found = import_files([tmp_path / "thin.parquet"], onto=known).findings
    assert ("warning", "1 pairs of areas overlap by slivers under a metre wide.") in [
        (each.level, each.message) for each in found
    ]


def test_a_polygon_that_crosses_itself_is_repaired_and_told(
    boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path
) -> None:
    west, south, east, north = boundaries.geometry[0].bounds
    bow_tie = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    boundaries.loc[0, "geometry"] = bow_tie
    boundaries.to_parquet(tmp_path / "given.parquet")
    found = import_files([tmp_path / "given.parquet"], onto=known)
    warnings = [each.message for each in found.findings if each.level == "warning"]
    assert "1 polygon crossed itself and was repaired: E01000001." in warnings
    mended = found.boundaries.geometry[0]
    assert mended.is_valid
    assert mended.area == pytest.approx(500_000)


def test_residents_that_are_no_number_are_refused(
    boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path
) -> None:
    for wrong in ("many", "-1", "1.5"):
        assert refusal(boundaries.assign(pop2022_mid=["1", "", wrong, "2"]), known, tmp_path) == (
            "row 3, pop2022_mid: no whole number of residents (1 rows)."
        )


def test_every_fault_of_every_file_is_told_at_once(
    boundaries: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path
) -> None:
    boundaries.to_crs(3857).to_parquet(tmp_path / "a.parquet")
    boundaries.assign(LSOA21CD="X").to_parquet(tmp_path / "b.parquet")
    with pytest.raises(RefusedInput) as caught:
        import_files([tmp_path / name for name in ("a.parquet", "b.parquet", "c.csv")], onto=known)
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines[1:]] == ["c.csv", "a.parquet", "b.parquet", "b.parquet"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.gpkg", b"<OGRVRTDataSource/>", "its content is not .gpkg"),
        ("a.geojson", b"<OGRVRTDataSource/>", "it does not begin as GeoJSON does"),
        ("a.parquet", b"PAR1 and no more", "it cannot be read as .parquet (ArrowInvalid)"),
        ("a.zip", b"PK but no archive", "it cannot be read as .zip (BadZipFile)"),
        ("a.csv", b"", "it cannot be read as .csv (EmptyDataError)"),
        ("a.xlsx", b"PK", "it cannot be read as .xlsx (CalamineError)"),
        ("a.ods", b"PK", "no known format"),
    ],
)
def test_files_that_are_not_what_they_say(
    known: AreaSet, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedInput) as caught:
        import_files([tmp_path / name], onto=known)
    assert f"{name}: not used: {words}" in str(caught.value)
    assert str(tmp_path) not in str(caught.value)


def test_a_folder_of_nothing_is_refused(known: AreaSet, tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="holds no official areas"):
        import_files([tmp_path], onto=known)


def test_columns_are_known_by_how_ons_names_them() -> None:
    names = ["FID", "LSOA21CD", "LSOA21NM", "LSOA21NMW", "lsoa11_name", "lsoa11_code", "ltla24_code", "LADCD"]
    assert code_columns(names) == (
        CodeColumn("LSOA21CD", "LSOA", "2021", "LSOA21NM"),
        CodeColumn("lsoa11_code", "LSOA", "2011", "lsoa11_name"),
        CodeColumn("ltla24_code", "LAD", "2024", None),
    )
    assert population_columns(["pop2022_mid", "census2021_pop", "census2021_pop_oa_sum", "pop2020_0_9"]) == [
        ("pop2022_mid", 2022, "mid-2022"),
        ("census2021_pop", 2021, "census2021"),
    ]
