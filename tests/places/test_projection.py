"""Shapes that do not lie where their file says, and how that is told."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from vrin_data.errors import RefusedInput
from vrin_data.places import AreaSet, import_files
from vrin_data.places.projection import shift_fault

WITHOUT_DATUM = (
    "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +units=m +no_defs"
)


@pytest.fixture
def shifted(lsoas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The LSOAs as a tool makes them that goes from degrees to the grid without the change of datum."""
    frame = lsoas.assign(LAD24CD="E06000018").to_crs(4326).to_crs(WITHOUT_DATUM)
    return frame.set_crs(27700, allow_override=True)


def refusal(path: Path, known: AreaSet) -> str:
    with pytest.raises(RefusedInput) as caught:
        import_files([path], onto=known)
    return str(caught.value)


WORDS = "all shapes stand about 110 m to the west of where {} have them: the change of datum was left out"


@pytest.mark.parametrize("columns", [("BNG_E", "BNG_N"), ("LONG", "LAT")])
def test_the_shift_of_a_datum_shows_against_the_file_itself(
    shifted: gpd.GeoDataFrame,
    lsoas: gpd.GeoDataFrame,
    known: AreaSet,
    tmp_path: Path,
    columns: tuple[str, str],
) -> None:
    true = lsoas.centroid if columns[0] == "BNG_E" else lsoas.centroid.to_crs(4326)
    shifted.assign(**{columns[0]: true.x, columns[1]: true.y}).to_parquet(tmp_path / "lsoa.parquet")
    assert WORDS.format("the file's own columns of coordinates") in refusal(tmp_path / "lsoa.parquet", known)


def test_the_shift_shows_against_boundaries_that_are_known(
    shifted: gpd.GeoDataFrame, lsoas: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path
) -> None:
    lsoas.assign(LAD24CD="E06000018").to_parquet(tmp_path / "right.parquet")
    shifted.to_parquet(tmp_path / "wrong.parquet")
    right = import_files([tmp_path / "right.parquet"], onto=known)
    assert WORDS.format("the known boundaries") in refusal(tmp_path / "wrong.parquet", right)


def test_label_points_that_lie_every_way_are_no_shift(lsoas: gpd.GeoDataFrame, known: AreaSet) -> None:
    apart = [(150, 0), (-150, 0), (0, 150), (0, -150)]
    east = lsoas.centroid.x + [x for x, _ in apart]
    north = lsoas.centroid.y + [y for _, y in apart]
    frame = lsoas.assign(bng_e=east, bng_n=north)
    nothing = known.boundaries.iloc[:0]
    assert shift_fault(frame, frame["LSOA21CD"], frame.geometry, nothing) is None
    moved = frame.assign(bng_e=lsoas.centroid.x - 100, bng_n=lsoas.centroid.y)
    told = shift_fault(moved, moved["LSOA21CD"], moved.geometry, nothing)
    assert told is not None
    assert told.startswith("all shapes stand about 100 m to the east of")


def test_metres_that_claim_to_be_degrees(lsoas: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path) -> None:
    metres = lsoas.assign(LAD24CD="E06000018").set_crs(4326, allow_override=True)
    metres.to_parquet(tmp_path / "a.parquet")
    words = "its coordinates are metres, but the file says EPSG:4326. Set the projection to EPSG:27700."
    assert words in refusal(tmp_path / "a.parquet", known)


def test_heights_are_dropped_and_told(lsoas: gpd.GeoDataFrame, known: AreaSet, tmp_path: Path) -> None:
    raised = lsoas.assign(LAD24CD="E06000018")
    raised = raised.set_geometry([shapely.force_3d(shape, 5.0) for shape in raised.geometry], crs=27700)
    raised.to_parquet(tmp_path / "a.parquet")
    found = import_files([tmp_path / "a.parquet"], onto=known)
    assert not found.boundaries.geometry.has_z.any()
    assert "4 shapes have heights, which were dropped." in [one.message for one in found.findings]
