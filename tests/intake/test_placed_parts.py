"""Layers that cut small areas: every incident counts once, parts add up to their small area, none is lost."""

import shutil
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import RECEIVED
from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord
from vrin_data.intake import ingest
from vrin_data.intake.area_import import change_areas
from vrin_data.places import with_own_layers
from vrin_data.store import Store

HEADER = "crime reference,ho code,recorded date,easting,northing,lsoa"
LEVELS_SQL = """
    select area_level.level, area.area_code, sum(signed_quantity)::integer as incident_count
    from incident
    join area_level using (area_id)
    join area on area.area_id = area_level.ancestor_id
    group by all
    order by all
"""
HALVES = 435_300
"""Where two areas of the layer meet: an easting in the middle of Derby."""


def layer_of(*boxes: tuple[int, int, int, int]) -> OwnLayerRecord:
    areas = tuple(OwnAreaRecord(f"Zone {at}", wkt=shapely.box(*box).wkt) for at, box in enumerate(boxes))
    return OwnLayerRecord("zones", "Zones", areas, "tests")


def sent(folder: Path, rows: list[str]) -> Path:
    file = folder / "derbyshire.csv"
    lines = [f"A{number},8N,02/03/2026,{row}" for number, row in enumerate(rows)]
    file.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return file


def counts(store: Store, level: str) -> dict[str, int]:
    found = store.query("levels", LEVELS_SQL)
    own = found[found["level"] == level]
    return {
        str(code): int(count) for code, count in zip(own["area_code"], own["incident_count"], strict=True)
    }


def with_layer(store: Store, layer: OwnLayerRecord) -> None:
    change_areas(store, lambda known: with_own_layers(known, [layer]), reason="zones", changed_at=RECEIVED)


def test_a_point_on_the_border_of_two_areas_counts_in_one(store: Store, tmp_path: Path) -> None:
    with_layer(store, layer_of((434_000, 335_000, HALVES, 338_000), (HALVES, 335_000, 437_000, 338_000)))
    rows = [f"{HALVES},336300,", f"{HALVES - 1},336300,", f"{HALVES + 1},336300,"]
    ingest(store, "police-offences", [sent(tmp_path, rows)], received_at=RECEIVED)
    found = counts(store, "own-zones")
    assert sum(found.values()) == 3
    assert sorted(found.values()) == [1, 2]


def test_parts_add_up_to_their_small_area_and_the_same_file_again_changes_nothing(
    store: Store, tmp_path: Path
) -> None:
    rows = [f"{HALVES + step},336300," for step in range(-40, 41, 10)] + [",,S01000001"]
    file = sent(tmp_path, rows)
    ingest(store, "police-offences", [file], received_at=RECEIVED)
    before = {level: counts(store, level) for level in ("lsoa", "msoa", "district", "csp", "force")}
    with_layer(store, layer_of((434_000, 335_000, HALVES, 338_000), (HALVES, 335_000, 437_000, 338_000)))
    cut = {level: counts(store, level) for level in before}
    assert cut == before
    parts = store.query("parts", "select 1 from incident join area using (area_id) where area.level = 'part'")
    assert len(parts) > 0
    result = ingest(store, "police-offences", [file], received_at=RECEIVED)
    assert [one.status for one in result.submissions] == ["unchanged"]
    again = sent(tmp_path, [*rows, f"{HALVES},336300,"])
    ingest(store, "police-offences", [again], received_at=RECEIVED)
    assert sum(counts(store, "lsoa").values()) == sum(before["lsoa"].values()) + 1


def test_a_small_area_s_code_counts_in_a_layer_only_where_it_lies_whole_in_one_of_its_areas(
    store: Store, tmp_path: Path
) -> None:
    ingest(store, "police-offences", [sent(tmp_path, [",,S01000001"])], received_at=RECEIVED)
    shape = store.query("shape", "select wkb from boundary where area_code = 'S01000001'")["wkb"].iloc[0]
    west, south, east, north = (round(end) for end in shapely.from_wkb(bytes(shape)).bounds)
    middle = (west + east) // 2
    with_layer(
        store, layer_of((west - 9, south - 9, middle, north + 9), (middle, south - 9, east + 9, north + 9))
    )
    assert counts(store, "own-zones") == {}
    assert counts(store, "lsoa") == {"S01000001": 1}
    with_layer(store, layer_of((west - 9, south - 9, east + 9, north + 9)))
    assert sum(counts(store, "own-zones").values()) == 1


POINT = st.tuples(st.integers(430_000, 440_000), st.integers(331_000, 341_000))
BOX = st.tuples(st.integers(0, 9), st.integers(1, 5))


@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    points=st.lists(POINT, min_size=1, max_size=30),
    strips=st.lists(BOX, max_size=3, unique_by=lambda one: one[0]),
)
def test_what_levels_hold_and_what_they_do_not_is_everything(
    tmp_path_factory: pytest.TempPathFactory,
    store_with_areas: Path,
    points: list[tuple[int, int]],
    strips: list[tuple[int, int]],
) -> None:
    folder = tmp_path_factory.mktemp("law")
    store = Store.open(shutil.copytree(store_with_areas, folder / "store"))
    boxes = [
        (430_000 + at * 1_000, 330_000, 431_000 + at * 1_000, 331_000 + high * 2_000) for at, high in strips
    ]
    if boxes:
        with_layer(store, layer_of(*boxes))
    rows = [f"{east},{north}," for east, north in points]
    ingest(store, "police-offences", [sent(folder, rows)], received_at=RECEIVED)
    for level in ("force", "csp", "district", "msoa", "lsoa", *(["own-zones"] if boxes else [])):
        missing = store.query(
            "missing",
            "select count(*) as n from incident "
            "where area_id not in (select area_id from area_level where level = $level)",
            {"level": level},
        )["n"].iloc[0]
        assert sum(counts(store, level).values()) + missing == len(points), level
    inside = [
        sum(west <= east <= right and low <= north <= high for west, low, right, high in boxes) > 0
        for east, north in points
    ]
    # A point without a small area around it stands at no level, whatever layer lies over it.
    assert sum(counts(store, "own-zones").values()) <= sum(inside)
    store.close()
