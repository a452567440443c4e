"""The figures of a map as a GeoPackage: read back whole, with the outlines and the stamp."""

import io
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from tests.report.maps import OUTLINE, a_stamp, figures, folder_of_outlines
from vrin_data.protect import Presented
from vrin_data.report.map_file import map_file


def written(folder: Path, areas: Presented, name: str | None = OUTLINE) -> Path:
    file = folder / "read-back.gpkg"
    file.write_bytes(map_file(areas, folder_of_outlines(folder), name, attribution=("Outlines: made up",)))
    return file


def test_every_figure_comes_back_as_it_was_presented(tmp_path: Path) -> None:
    found = pyogrio.read_dataframe(written(tmp_path, figures()), layer="figures")
    expected = figures().frame
    assert list(found.columns) == [*expected.columns, "geometry"]
    for name in expected.columns:
        pd.testing.assert_series_equal(
            found[name].astype(object).where(found[name].notna(), None),
            expected[name].astype(object).where(expected[name].notna(), None),
            check_dtype=False,
        )


def test_an_area_has_its_outline_and_what_was_not_placed_has_none(tmp_path: Path) -> None:
    found = gpd.read_file(written(tmp_path, figures()), layer="figures")
    assert found.crs == "EPSG:27700"
    assert found.geometry.isna().tolist() == [False, False, True]
    assert np.array_equal(found.geometry.iloc[0].bounds, (400000, 300000, 401000, 301000))
    assert found.geometry.iloc[:2].area.tolist() == [1e6, 2e6]


def test_the_stamp_is_a_table_of_its_lines(tmp_path: Path) -> None:
    file = written(tmp_path, figures())
    assert pyogrio.list_layers(file).tolist() == [["figures", "MultiPolygon"], ["stamp", None]]
    found = pyogrio.read_dataframe(file, layer="stamp", read_geometry=False)
    assert found["line"].tolist() == [*a_stamp().lines(), "Outlines: made up"]
    assert found["line_number"].tolist() == list(range(1, len(found) + 1))


def test_without_outlines_the_figures_come_all_the_same(tmp_path: Path) -> None:
    found = gpd.read_file(written(tmp_path, figures(), None), layer="figures")
    assert found.geometry.isna().all()
    assert found["harm_days"].tolist()[0] == 1460.5


def test_an_answer_of_no_area_is_an_empty_layer(tmp_path: Path) -> None:
    nothing = Presented(figures().frame.iloc[:0], a_stamp())
    assert len(pyogrio.read_dataframe(written(tmp_path, nothing), layer="figures")) == 0


def test_it_is_a_geopackage_of_the_standard(tmp_path: Path) -> None:
    content = io.BytesIO(written(tmp_path, figures()).read_bytes()).read(72)
    assert content.startswith(b"SQLite format 3\x00")
    assert content[68:72] == b"GPKG"


def test_two_maps_are_two_layers_each_with_its_own_stamp(tmp_path: Path) -> None:
    first, second = figures(), Presented(figures().frame.iloc[:2], replace(a_stamp(), period="May 2026"))
    file = tmp_path / "both.gpkg"
    file.write_bytes(map_file(first, folder_of_outlines(tmp_path), OUTLINE, other=second))
    layers = {"figures", "figures_2", "stamp", "stamp_2"}
    assert {name for name, _ in pyogrio.list_layers(file)} == layers
    assert len(pyogrio.read_dataframe(file, layer="figures")) == 3
    assert pyogrio.read_dataframe(file, layer="figures_2")["area_code"].tolist() == [
        *second.frame["area_code"]
    ]
    stamp = pyogrio.read_dataframe(file, layer="stamp_2", read_geometry=False)
    assert stamp["line"].tolist() == second.stamp.lines()
