"""Official files into the areas known: what is taken, what takes whose place, what is left out and said."""

import zipfile
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from vrin_data.errors import RefusedInput
from vrin_data.places import AreaSet, import_files, level_closure

NOTTINGHAM = {"region": "E12000004", "force": "E23000019", "csp": "E22000210", "district": "E06000018"}
BROXTOWE = {"region": "E12000004", "force": "E23000019", "csp": "E22000366", "district": "E07000172"}


def nested(area_set: AreaSet) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code, level, ancestor in level_closure(area_set).itertuples(index=False):
        found.setdefault(code, {})[level] = ancestor
    return found


def messages(area_set: AreaSet) -> list[str]:
    return sorted(f"{found.level} {found.file}: {found.message}" for found in area_set.findings)


def link_rows(area_set: AreaSet, child: str) -> set[tuple[str, str, str]]:
    rows = area_set.links[area_set.links["child_code"] == child]
    return set(rows[["parent_code", "parent_level", "relation"]].itertuples(index=False, name=None))


def test_a_folder_takes_the_place_of_the_sample(known: AreaSet, official: Path) -> None:
    found = import_files([official], onto=known)
    assert found.areas[["area_code", "area_name", "level", "vintage"]].to_numpy().tolist() == [
        ["E12000004", "East Midlands", "region", "2024"],
        ["E23000019", "Nottinghamshire", "force", "2024"],
        ["E22000210", "Nottingham", "csp", "2024"],
        ["E22000366", "South Nottinghamshire", "csp", "2024"],
        ["E06000018", "Nottingham", "district", "2024"],
        ["E07000172", "Broxtowe", "district", "2024"],
        ["E01000001", "Nottingham 001A", "lsoa", "2021"],
        ["E01000002", "Nottingham 001B", "lsoa", "2021"],
        ["E01000003", "Broxtowe 001A", "lsoa", "2021"],
        ["E01000004", "Broxtowe 001B", "lsoa", "2021"],
        ["E01000091", "E01000091", "lsoa", "2011"],
        ["E01000092", "E01000092", "lsoa", "2011"],
        ["E01000093", "E01000093", "lsoa", "2011"],
        ["E02000001", "Nottingham 001", "msoa", "2021"],
        ["E02000002", "Broxtowe 001", "msoa", "2021"],
    ]
    assert not found.areas["is_approximate"].any()
    assert found.boundaries[["area_code", "vintage"]].to_numpy().tolist() == [
        [f"E0100000{n}", "2021"] for n in (1, 2, 3, 4)
    ]
    assert found.boundaries.crs.to_epsg() == 27_700


def test_every_level_nests_and_2011_follows(known: AreaSet, official: Path) -> None:
    found = nested(import_files([official], onto=known))
    for code in ("E01000001", "E01000002"):
        assert found[code] == NOTTINGHAM | {"msoa": "E02000001", "lsoa": code}
    for code in ("E01000003", "E01000004"):
        assert found[code] == BROXTOWE | {"msoa": "E02000002", "lsoa": code}
    for code in ("E01000091", "E01000092"):
        assert found[code] == NOTTINGHAM | {"msoa": "E02000001", "lsoa": "E01000002"}
    assert found["E01000093"] == BROXTOWE | {"msoa": "E02000002"}


def test_links_say_how_2011_areas_went_over(known: AreaSet, official: Path) -> None:
    found = import_files([official], onto=known)
    assert link_rows(found, "E01000001") == {
        ("E02000001", "msoa", "within"),
        ("E06000018", "district", "within"),
    }
    assert link_rows(found, "E01000091") == {("E01000002", "lsoa", "same")}
    assert link_rows(found, "E01000093") >= {("E01000003", "lsoa", "split"), ("E01000004", "lsoa", "split")}
    assert not (found.links["child_code"] == found.links["parent_code"]).any()
    assert not found.links.isin(["S01000001", "S02000001", "E01099999", "E02099999"]).any(axis=None)


def test_a_split_across_districts_agrees_on_the_force_only(known: AreaSet, official: Path) -> None:
    text = (official / "conversion.csv").read_text(encoding="utf-8")
    text = text.replace("E01000093,E01000003,S", "E01000093,E01000002,S")
    (official / "conversion.csv").write_text(text, encoding="utf-8")
    found = nested(import_files([official], onto=known))
    assert found["E01000093"] == {"region": "E12000004", "force": "E23000019"}


def test_an_irregular_change_is_a_part_of_each(known: AreaSet, official: Path) -> None:
    text = (official / "conversion.csv").read_text(encoding="utf-8").replace(",S", ",X")
    (official / "conversion.csv").write_text(text, encoding="utf-8")
    found = import_files([official], onto=known)
    assert link_rows(found, "E01000093") == {
        ("E01000003", "lsoa", "part"),
        ("E01000004", "lsoa", "part"),
    }


def test_residents_of_small_areas_are_taken_and_the_district_keeps_its_own(
    known: AreaSet, official: Path
) -> None:
    (official / "districts.csv").write_text(
        "LAD24CD,LAD24NM,pop2022_mid\nE06000018,Nottingham,3100\nE07000172,Broxtowe,3500\n", encoding="utf-8"
    )
    found = import_files([official], onto=known).populations
    assert found[["area_code", "year", "person_count", "basis"]].to_numpy().tolist() == [
        ["E06000018", 2022, 330_000, "mid-2022"],
        ["E07000172", 2022, 3_500, "mid-2022"],
        ["E01000001", 2022, 1_500, "mid-2022"],
        ["E01000002", 2022, 1_600, "mid-2022"],
        ["E01000003", 2022, 1_700, "mid-2022"],
        ["E01000004", 2022, 1_800, "mid-2022"],
    ]


def test_findings_say_what_was_read_and_what_was_not(known: AreaSet, official: Path) -> None:
    formats = ".geojson, .json, .gpkg, .parquet, .zip (shapefile), .shp, .xlsx or .csv"
    assert messages(import_files([official], onto=known)) == [
        "note LSOA: 3 codes of 2011 are no longer used: 2 went whole into a newer area, 1 were split, "
        "so that only a point can tell which newer area is meant.",
        "note LSOA: all 4 LSOAs nest in msoa, district, csp, force.",
        "note conversion.csv: read as a lookup of LSOA 2021, LSOA 2011: 5 rows.",
        "note lookup.csv: 1 codes of MSOA 2021 lie outside the LSOA boundaries known and were left out.",
        "note lookup.csv: read as a lookup of LSOA 2021, MSOA 2021, LAD 2024: 5 rows.",
        "note lsoa21.parquet: read as LSOA 2021: 4 boundaries.",
        f"note notes.txt: not used: no known format (expected {formats})",
        "note other.csv: not used: no column of area codes of a level here (expected one such as LSOA21CD)",
        "warning lookup.csv: 1 LSOAs have no boundary, though others of their district have one: E01099999. "
        "Nothing can be placed in them; import boundaries that hold them.",
    ]


def test_the_order_of_files_does_not_matter(known: AreaSet, official: Path) -> None:
    files = [official / name for name in ("lsoa21.parquet", "lookup.csv", "conversion.csv")]
    one, other = import_files(files, onto=known), import_files(files[::-1], onto=known)
    pd.testing.assert_frame_equal(one.areas, other.areas)
    pd.testing.assert_frame_equal(one.links, other.links)
    pd.testing.assert_frame_equal(one.populations, other.populations)
    assert one.boundaries.geometry.geom_equals(other.boundaries.geometry).all()


def test_importing_again_changes_nothing(known: AreaSet, official: Path) -> None:
    once = import_files([official], onto=known)
    again = import_files([official], onto=once)
    pd.testing.assert_frame_equal(once.areas, again.areas)
    assert len(again.links) == len(once.links)
    assert not again.links.duplicated(["child_code", "parent_code"]).any()
    assert nested(again) == nested(once)
    assert sorted(again.populations["person_count"]) == sorted(once.populations["person_count"])
    assert len(again.boundaries) == len(once.boundaries) == 4


def test_a_lookup_can_come_after_the_boundaries_it_explains(
    known: AreaSet, official: Path, lsoas: gpd.GeoDataFrame
) -> None:
    """Boundaries with the force alone are enough to begin with; a later lookup adds the rest."""
    first = official / "first.parquet"
    lsoas.assign(PFA24CD="E23000019").to_parquet(first)
    begun = import_files([first], onto=known)
    assert [found.level for found in begun.findings] == ["note", "warning", "warning", "warning"]
    assert nested(begun)["E01000001"] == {"region": "E12000004", "force": "E23000019", "lsoa": "E01000001"}
    full = import_files([official / "lookup.csv"], onto=begun)
    assert nested(full)["E01000001"] == NOTTINGHAM | {"msoa": "E02000001", "lsoa": "E01000001"}


def test_small_areas_without_a_boundary_do_not_push_the_sample_out(known: AreaSet, official: Path) -> None:
    found = import_files([official / "lookup.csv"], onto=known)
    pd.testing.assert_frame_equal(found.areas, known.areas)
    assert nested(found)["S01000001"] == NOTTINGHAM | {"msoa": "S02000001", "lsoa": "S01000001"}
    warnings = [each.message for each in found.findings if each.level == "warning"]
    assert warnings == [
        f"5 codes of {kind} 2021 were left out: no LSOA boundaries are known. Import those too."
        if kind == "LSOA"
        else f"3 codes of {kind} 2021 were left out: no LSOA boundaries are known. Import those too."
        for kind in ("LSOA", "MSOA")
    ]


def test_boundaries_that_lie_in_no_force_are_refused(known: AreaSet, official: Path) -> None:
    with pytest.raises(RefusedInput, match="4 of 4 LSOAs lie in no one area of level force"):
        import_files([official / "lsoa21.parquet"], onto=known)


def test_districts_of_a_newer_vintage_bring_new_codes_and_keep_old_dates(
    known: AreaSet, tmp_path: Path
) -> None:
    path = tmp_path / "districts.csv"
    path.write_text(
        "LAD25CD,LAD25NM,PFA25CD,PFA25NM\n"
        "E06000018,Nottingham City,E23000019,Nottinghamshire\n"
        "E07000999,Newland,E23000019,Nottinghamshire\n",
        encoding="utf-8",
    )
    found = import_files([path], onto=known)
    areas = found.areas.set_index("area_code")
    assert areas.loc["E06000018", ["area_name", "vintage"]].tolist() == ["Nottingham City", "2025"]
    assert areas.loc["E07000172", ["area_name", "vintage"]].tolist() == ["Broxtowe", "2024"]
    assert link_rows(found, "E07000999") == {("E23000019", "force", "within")}
    assert (
        "note districts.csv: 1 areas of level district were not known and were added: E07000999."
        in messages(found)
    )


def test_a_dated_link_of_the_register_outlives_a_lookup_of_its_vintage(
    known: AreaSet, tmp_path: Path
) -> None:
    since = pd.Timestamp("2021-04-01")
    dated = known.links.copy()
    dated.loc[dated["child_code"] == "E06000018", "valid_from"] = since
    path = tmp_path / "lookup.csv"
    path.write_text("LAD24CD,CSP24CD,PFA24CD\nE06000018,E22000210,E23000019\n", encoding="utf-8")
    found = import_files([path], onto=replace(known, links=dated)).links
    own = found[found["child_code"] == "E06000018"]
    assert own[["parent_code", "valid_from"]].to_numpy().tolist() == [
        ["E22000210", since],
        ["E23000019", since],
    ]


@pytest.mark.parametrize("form", ["geojson", "gpkg", "shp", "zip", "parquet", "degrees"])
def test_every_format_gives_the_same_boundaries(
    known: AreaSet, lsoas: gpd.GeoDataFrame, tmp_path: Path, form: str
) -> None:
    frame = lsoas.assign(LAD24CD="E06000018")
    path = tmp_path / f"lsoa.{form}"
    if form == "parquet":
        frame.to_parquet(path)
    elif form == "degrees":
        path = tmp_path / "lsoa.geojson"
        frame.to_crs(4326).to_file(path, driver="GeoJSON", COORDINATE_PRECISION=7)
    elif form == "zip":
        frame.to_file(tmp_path / "lsoa.shp")
        with zipfile.ZipFile(path, "w") as archive:
            for part in sorted(tmp_path.glob("lsoa.*")):
                if part != path:
                    archive.write(part, f"inside/{part.name}")
    else:
        frame.to_file(path)
    found = import_files([path], onto=known).boundaries
    assert found["area_code"].tolist() == ["E01000001", "E01000002", "E01000003", "E01000004"]
    tolerance = 0.05 if form == "degrees" else 0.0
    pairs = zip(found.geometry, lsoas.geometry, strict=True)
    assert all(got.hausdorff_distance(given) <= tolerance for got, given in pairs)


def test_the_parts_of_a_shapefile_in_a_folder_are_one_file(
    known: AreaSet, lsoas: gpd.GeoDataFrame, tmp_path: Path
) -> None:
    lsoas.assign(LAD24CD="E06000018").to_file(tmp_path / "lsoa.shp")
    found = import_files([tmp_path], onto=known)
    assert [each.file for each in found.findings if each.file != "LSOA"] == ["lsoa.shp"]
