"""Wards: drawn, or known by the small areas that fit them best; none of another district."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from tests.places.conftest import SOUTH, WEST, square
from vrin_data.places import AreaSet, import_files, level_closure, linked_layers

FITS = """\
LSOA21CD,WD24CD,WD24NM,WD25CD_largest_area,WD25NM_largest_area,WD25_area_share,LAD24CD
E01000001,E05000001,Abbey,E05000001,Abbey,1.0,E06000018
E01000002,E05000002,Bridge,E05000009,Castle,0.6,E06000018
E01000003,E05000003,Dale,E05000003,Dale,0.99,E07000172
E01000004,E05000003,Dale,E05000003,Dale,0.9,E07000172
"""


@pytest.fixture
def fitted(official: Path) -> Path:
    """The folder of official files with a lookup of wards."""
    (official / "wards.csv").write_text(FITS, encoding="utf-8")
    return official


def wards_of(area_set: AreaSet) -> dict[str, str]:
    found = level_closure(area_set)
    own = found[(found["level"] == "ward") & found["area_code"].str.startswith("E01")]
    return dict(own[["area_code", "ancestor_code"]].itertuples(index=False, name=None))


def messages(area_set: AreaSet) -> list[str]:
    return [one.message for one in area_set.findings]


def test_without_boundaries_each_small_area_counts_in_the_newest_ward_that_it_fits(
    known: AreaSet, fitted: Path
) -> None:
    found = import_files([fitted], onto=known)
    assert found.layers.to_dict("records") == [
        {"level": "ward", "layer_name": "Wards", "basis": "best_fit", "source": "Imported from wards.csv"}
    ]
    assert wards_of(found) == {
        "E01000001": "E05000001",
        "E01000002": "E05000009",
        "E01000003": "E05000003",
        "E01000004": "E05000003",
        # It was merged into the one of that ward, and the split one into two of the same ward.
        "E01000091": "E05000009",
        "E01000092": "E05000009",
        "E01000093": "E05000003",
    }
    own = found.areas[found.areas["level"] == "ward"].set_index("area_code")["vintage"]
    assert own.to_dict() == {
        "E05000001": "2025",
        "E05000002": "2024",
        "E05000003": "2025",
        "E05000009": "2025",
    }


def test_links_say_how_well_a_ward_fits(known: AreaSet, fitted: Path) -> None:
    links = import_files([fitted], onto=known).links
    own = links[links["parent_level"] == "ward"].set_index(["child_code", "parent_code"])["relation"]
    assert own.drop("E01000093", level=0).to_dict() == {
        ("E01000001", "E05000001"): "within",
        ("E01000002", "E05000002"): "best_fit",
        ("E01000002", "E05000009"): "best_fit",
        ("E01000003", "E05000003"): "within",
        ("E01000004", "E05000003"): "best_fit",
    }
    above = links[links["child_code"] == "E05000009"]
    assert above[["parent_code", "relation"]].to_numpy().tolist() == [["E06000018", "within"]]
    assert not (links["child_code"].str.startswith("E02") & (links["parent_level"] == "ward")).any()


def test_residents_of_fitted_wards_are_those_of_their_small_areas(known: AreaSet, fitted: Path) -> None:
    people = import_files([fitted], onto=known).populations
    own = people[people["area_code"].str.startswith("E05")].set_index("area_code")
    assert own["person_count"].to_dict() == {"E05000001": 1_500, "E05000003": 3_500, "E05000009": 1_600}
    assert set(own["basis"]) == {"mid-2022"}


def test_a_ward_of_another_district_is_not_used_and_that_is_told(known: AreaSet, fitted: Path) -> None:
    text = FITS.replace(
        "E01000004,E05000003,Dale,E05000003,Dale", "E01000004,E05000001,Abbey,E05000001,Abbey"
    )
    text += "E01000001,E05000001,Abbey,E05000001,Abbey,1.0,E06000018\n"
    (fitted / "wards.csv").write_text(text, encoding="utf-8")
    found = import_files([fitted], onto=known)
    assert "E01000004" not in wards_of(found)
    assert (
        "1 small area was not put into the ward of best fit, since it lies in another district: "
        "E01000004 (ward E05000001)."
    ) in messages(found)


def test_a_file_that_says_so_itself_is_believed(known: AreaSet, fitted: Path) -> None:
    lines = FITS.splitlines()
    marked = [f"{line},{end}" for line, end in zip(lines, ["WD24_outside_LAD", "", "Y", "", ""], strict=True)]
    (fitted / "wards.csv").write_text("\n".join(marked) + "\n", encoding="utf-8")
    found = import_files([fitted], onto=known)
    assert "E05000002" not in set(found.areas["area_code"])
    assert wards_of(found)["E01000002"] == "E05000009"
    assert any("E01000002 (ward E05000002)" in message for message in messages(found))


@pytest.fixture
def drawn() -> gpd.GeoDataFrame:
    """Ward boundaries: one across the border of two LSOAs, one of whole LSOAs, and one far away."""
    middle = WEST + 1_500
    return gpd.GeoDataFrame(
        {
            "WD25CD": ["E05000001", "E05000009", "E05000003", "E05999999"],
            "WD25NM": ["Abbey", "Castle", "Dale", "Far"],
            "LAD25CD": ["E06000018", "E06000018", "E07000172", "E07000172"],
        },
        geometry=[
            shapely.box(WEST, SOUTH, middle, SOUTH + 1_000),
            shapely.box(middle, SOUTH, WEST + 2_000, SOUTH + 1_000),
            square(2).union(square(3)),
            square(30),
        ],
        crs=27700,
    )


def test_boundaries_make_the_layer_and_cut_small_areas(
    known: AreaSet, fitted: Path, drawn: gpd.GeoDataFrame
) -> None:
    drawn.to_parquet(fitted / "wd25.parquet")
    found = import_files([fitted], onto=known)
    assert found.layers["basis"].tolist() == ["boundaries"]
    assert "1 wards lie outside the small areas known and were left out." in messages(found)
    linked = linked_layers(found)
    assert {code: ward for code, ward in wards_of(linked).items() if code < "E01000005"} == {
        "E01000001": "E05000001",
        "E01000003": "E05000003",
        "E01000004": "E05000003",
    }
    parts = linked.links[(linked.links["relation"] == "part") & (linked.links["parent_level"] == "ward")]
    assert parts[["child_code", "parent_code"]].to_numpy().tolist() == [
        ["E01000002", "E05000001"],
        ["E01000002", "E05000009"],
    ]
    people = linked.populations
    own = people[people["area_code"].str.startswith("E05")].set_index("area_code")["person_count"]
    assert own.to_dict() == {"E05000001": 2_300, "E05000009": 800, "E05000003": 3_500}


def test_a_lookup_newer_than_the_boundaries_is_not_used_and_that_is_told(
    known: AreaSet, official: Path, drawn: gpd.GeoDataFrame
) -> None:
    drawn.to_parquet(official / "wd25.parquet")
    (official / "wards.csv").write_text("LSOA21CD,WD26CD\nE01000001,E05000777\n", encoding="utf-8")
    found = import_files([official], onto=known)
    assert "E05000777" not in set(found.areas["area_code"])
    assert (
        "wards of 2026 were not used: the newest ward boundaries known are of 2025. "
        "Import the ward boundaries of 2026."
    ) in messages(found)


def test_a_ward_that_no_small_area_fits_is_told(known: AreaSet, fitted: Path) -> None:
    (fitted / "list.csv").write_text(
        "WD25CD,LAD24CD\nE05000001,E06000018\nE05000008,E06000018\n", encoding="utf-8"
    )
    found = import_files([fitted], onto=known)
    assert (
        "1 wards are the best fit of no small area, and no boundaries of them are known: E05000008. "
        "They were left out; import ward boundaries to have them."
    ) in messages(found)


def test_a_lookup_through_wards_does_not_move_a_small_area(known: AreaSet, official: Path) -> None:
    """ONS gives the district of the ward in such a file, which need not be that of the small area."""
    (official / "wd.csv").write_text(
        "LSOA21CD,WD24CD,LAD24CD\nE01000002,E05000003,E07000172\n", encoding="utf-8"
    )
    found = import_files([official], onto=known)
    own = found.links[
        (found.links["child_code"] == "E01000002") & (found.links["parent_level"] == "district")
    ]
    assert own["parent_code"].tolist() == ["E06000018"]
