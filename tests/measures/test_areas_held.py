"""What a build holds of areas: its levels and vintages, how they nest, and the outlines it names."""

from pathlib import Path

import pytest

from vrin_data.errors import EmptyStore
from vrin_data.measures import area_nesting, areas_held, outlines_held
from vrin_data.store import Store


@pytest.fixture
def store(store_with_areas: Path) -> Store:
    return Store.open(store_with_areas)


def test_every_level_has_its_counts_vintage_and_boundaries(store: Store) -> None:
    columns = ["level", "vintage", "area_count", "in_force_count", "boundary_count", "approximate_count"]
    found = areas_held(store).unprotected
    assert found[columns].to_numpy().tolist() == [
        ["region", "2024", 1, 1, 0, 0],
        ["force", "2024", 43, 43, 0, 0],
        ["csp", "2024", 314, 314, 0, 0],
        ["district", "2024", 325, 318, 0, 0],
        ["msoa", "sample", 559, 559, 0, 559],
        ["lsoa", "sample", 2848, 2848, 2848, 2848],
    ]
    assert found["residents_years"].tolist()[-1] == "2022"
    assert set(found["basis"]) == {""}


def test_an_area_nests_in_what_it_lies_in_alone(store: Store) -> None:
    found = area_nesting(store).unprotected.set_index("area_code")
    # Broxtowe lies in the partnership of South Nottinghamshire; North Northamptonshire holds several.
    assert found.loc["E07000172", ["level", "in_csp", "in_force"]].tolist() == [
        "district",
        "E22000366",
        "E23000019",
    ]
    assert found.at["E06000061", "in_csp"] is None
    assert "E07000150" not in found.index


def test_the_outlines_of_every_level_are_named(store: Store) -> None:
    found = outlines_held(store).unprotected
    assert {"force", "csp", "district", "msoa", "lsoa"} <= set(found["level"])
    assert all((store.outlines_folder / name).is_file() for name in found["file_name"])


def test_a_store_without_a_build_says_how_to_begin(tmp_path: Path) -> None:
    for question in (areas_held, area_nesting, outlines_held):
        with pytest.raises(EmptyStore, match="holds no areas yet"):
            question(Store.open(tmp_path / "nothing"))
