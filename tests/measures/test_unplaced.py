"""What stands at no area of a level: by supplier and grade, adding up to the row beside the map."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import shapely

from tests.conftest import RECEIVED
from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord
from vrin_data.intake import ingest
from vrin_data.intake.area_import import change_areas
from vrin_data.measures import Selection, harm, unplaced
from vrin_data.places import with_own_layers
from vrin_data.store import Store

HEADER = "crime reference,ho code,recorded date,easting,northing,lsoa,postcode,district,location"
DERBY, BUXTON = "435300,336300", "405900,373500"
DERBYSHIRE = (
    f"{DERBY},,,,",
    f"{DERBY},,,,",
    f"{BUXTON},,,,",
    ",,,DE1,,",
    ",,,,Derby,",
    ",,,,,",
    ",,,,,",
    "458700,304600,,,,",
    ",,E01099999,,,",
    ",,S01000001,,,",
)
LEICESTERSHIRE = ("458700,304600,,,,", ",,,LE1,,")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, store_with_areas: Path) -> Iterator[Store]:
    """A month of two forces, and an own layer of one zone in the middle of Derby; only read."""
    tmp_path = tmp_path_factory.mktemp("unplaced")
    found = Store.open(shutil.copytree(store_with_areas, tmp_path / "store"))
    for name, places in (("derbyshire", DERBYSHIRE), ("leicestershire", LEICESTERSHIRE)):
        file = tmp_path / f"{name}.csv"
        rows = [f"A{number},8N,02/03/2026,{place}" for number, place in enumerate(places)]
        file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
        ingest(found, "police-offences", [file], received_at=RECEIVED)
    zone = OwnAreaRecord("Centre", wkt=shapely.box(435_000, 336_000, 435_600, 336_600).wkt)
    layer = OwnLayerRecord("zones", "Zones", (zone,), "tests")
    change_areas(found, lambda known: with_own_layers(known, [layer]), reason="a zone", changed_at=RECEIVED)
    yield found
    found.close()


def asked(level: str, **terms: object) -> Selection:
    month = date(2026, 3, 1)
    return Selection("all-recorded-crime", level, from_month=month, to_month=month, **terms)  # type: ignore[arg-type]


def rows(store: Store, selection: Selection) -> list[tuple[object, ...]]:
    frame = unplaced(store, selection).unprotected
    return [*frame.drop(columns="supplier_name").itertuples(index=False, name=None)]


def test_who_sent_what_is_not_placed_and_how_much_of_its_place_is_known(store: Store) -> None:
    derbyshire, leicestershire = "derbyshire-police", "leicestershire-police"
    assert rows(store, asked("district")) == [
        (derbyshire, "force", False, 2, 2),
        (derbyshire, "outside", False, 1, 1),
        (derbyshire, "unknown_code", False, 1, 1),
        (leicestershire, "outward", False, 1, 1),
    ]
    assert rows(store, asked("lsoa", area_code="E23000018")) == [
        (derbyshire, "force", False, 2, 2),
        (derbyshire, "outside", False, 1, 1),
        (derbyshire, "outward", False, 1, 1),
        (derbyshire, "place_name", False, 1, 1),
        (derbyshire, "unknown_code", False, 1, 1),
    ]
    assert rows(store, asked("force")) == []


def test_a_point_where_an_own_layer_has_no_area_is_elsewhere_and_no_fault(store: Store) -> None:
    found = {
        (who, grade, elsewhere): low for who, grade, elsewhere, low, _ in rows(store, asked("own-zones"))
    }
    assert found[("derbyshire-police", "exact", True)] == 1
    assert found[("leicestershire-police", "exact", True)] == 1
    # A district's name does not tell whether the place lies in the zone.
    assert found[("derbyshire-police", "place_name", False)] == 1


@pytest.mark.parametrize("level", ["force", "csp", "district", "msoa", "lsoa", "own-zones"])
@pytest.mark.parametrize("definition", ["all-recorded-crime", "violence-with-injury"])
@pytest.mark.parametrize("area", [None, "E23000018"])
def test_the_rows_add_up_to_what_harm_calls_not_placed(
    store: Store, level: str, definition: str, area: str | None
) -> None:
    if level == "own-zones" and area is not None:
        return
    month = date(2026, 3, 1)
    selection = Selection(definition, level, from_month=month, to_month=month, area_code=area)
    beside = harm(store, selection).unprotected
    sums = ["incident_count_low", "incident_count_high"]
    wanted = beside.loc[~beside["is_placed"], sums].sum().tolist()
    assert unplaced(store, selection).unprotected[sums].sum().tolist() == wanted
    total = 12 if area is None else 10
    assert beside[sums].sum().tolist() == [total, total] or definition != "all-recorded-crime"
