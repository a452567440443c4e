"""Lists of assets taken in: places told by their values, addresses that stay secret, rows in = taken + left out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import shapely

from tests.conftest import RECEIVED
from vrin_data import measures, protect
from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord
from vrin_data.errors import RefusedInput, UsageError
from vrin_data.intake import AssetImport, AssetTerms, asset_sources, import_assets, remove_assets
from vrin_data.intake.area_import import change_areas
from vrin_data.places import with_own_layers
from vrin_data.places.postcodes import has_postcodes
from vrin_data.store import Store

LIST = AssetTerms(source="Our list")
EAST, NORTH = 458_700, 304_200  # the middle of Leicester


@pytest.fixture
def send(store: Store, tmp_path: Path) -> Callable[..., AssetImport]:
    """A function that takes in a list of these lines."""

    def sent(*lines: str, terms: AssetTerms = LIST, **more: Any) -> AssetImport:
        file = tmp_path / "assets.csv"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return import_assets(store, file, terms, by="A. Name", at=RECEIVED, **more)

    return sent


def held(store: Store, **asked: Any) -> list[list[Any]]:
    answer = measures.assets(store, measures.AssetRequest(**asked))
    frame = protect.present(answer, protect.Viewer.analyst()).frame
    return frame[["asset_name", "kind", "easting_m", "northing_m", "district_name"]].values.tolist()


def test_grid_degrees_and_swapped_axes_give_the_same_place(store: Store, send: Callable[..., Any]) -> None:
    done = send(
        "Name,Type,Easting,Northing",
        f"Grid,Club,{EAST},{NORTH}",
        f"Swapped,Club,{NORTH},{EAST}",
        "Degrees,Club,-1.134122,52.632387",
        "Degrees swapped,Club,52.632387,-1.134122",
    )
    found = held(store)
    assert [row[0] for row in found] == ["Degrees", "Degrees swapped", "Grid", "Swapped"]
    assert all(abs(row[2] - EAST) < 30 and abs(row[3] - NORTH) < 30 for row in found)
    assert {row[4] for row in found} == {"Leicester"}
    assert done.warnings == ("Places with swapped axes, which were turned: 2.",)


def test_rows_that_cannot_be_used_are_left_out_with_line_and_reason(send: Callable[..., Any]) -> None:
    done = send(
        "Organisation,Category,Website,Easting,Northing,LSOA code",
        f"Clock,Club,https://clock.example,{EAST},{NORTH},",
        f",Club,,{EAST},{NORTH},",
        f"No kind,,,{EAST},{NORTH},",
        "Sea,Club,,100000,100,",
        "London,Club,,530000,180000,",
        f"clock,Club,,{EAST},{NORTH},",
        f"Somebody,Club,AB123456C,{EAST},{NORTH},",
        f"Haven,Refuge,,{EAST},{NORTH},",
        "Haven,Refuge,,,,E06000016",
    )
    assert [(one.line, one.reason.partition(":")[0]) for one in done.left_out] == [
        (3, "no name"),
        (4, "no kind"),
        (5, "no place that can be read, or one in the sea"),
        (6, "it lies in none of the areas known here"),
        (7, "the same name at the same place stands in an earlier row"),
        (8, "the contact holds a National Insurance number"),
        (9, "the address of a refuge is kept secret"),
    ]
    assert done.row_count == done.taken_count + len(done.left_out) == 9
    assert all(one.raw_value == "" for one in done.left_out)


def test_an_asset_known_by_its_area_stands_at_a_point_inside_and_says_so(
    store: Store, send: Callable[..., Any]
) -> None:
    send("name,type,area code", "Haven,Refuge,E06000016")
    [row] = held(store)
    assert row[4] == "Leicester"
    answer = measures.assets(store, measures.AssetRequest())
    source = protect.present(answer, protect.Viewer.analyst()).frame["source"].iloc[0]
    assert source == "Our list (taken in 2026-11-01; place known by its area alone)"
    assert answer.stamp.attribution == ("Our list (taken in 2026-11-01)",)


def test_a_contact_of_ones_own_is_warned_of_without_being_repeated(send: Callable[..., Any]) -> None:
    done = send(
        "name,type,contact,easting,northing",
        f"One,Club,jo.bloggs@club.example,{EAST},{NORTH}",
        f"Two,Club,07700 900123,{EAST},{NORTH}",
        f"Three,Club,someone@gmail.com,{EAST},{NORTH}",
        f"Four,Club,info@club.example,{EAST},{NORTH}",
        f"Five,Club,0116 496 0123,{EAST},{NORTH}",
    )
    [warning] = done.warnings
    assert "on line 2, 3, 4." in warning
    assert "bloggs" not in warning
    assert done.taken_count == 5


@pytest.mark.filterwarnings("ignore:The inplace keyword")
@pytest.mark.skipif(not has_postcodes(), reason="the package of postcodes is not installed")
def test_a_postcode_is_a_place(store: Store, send: Callable[..., Any]) -> None:
    done = send("name,type,postcode", "Town hall,Council,LE1 9BG", "Nowhere,Council,LE99 9ZZ")
    assert [row[4] for row in held(store)] == ["Leicester"]
    assert [one.line for one in done.left_out] == [3]


def test_all_faults_are_said_at_once_and_nothing_changes(store: Store, send: Callable[..., Any]) -> None:
    with pytest.raises(RefusedInput) as refused:
        send("a,b", "1,2", terms=replace(LIST, columns={"name": "Nom", "colour": "a"}))
    words = str(refused.value)
    for part in (
        "no column 'Nom'",
        "'colour' is nothing",
        "names of the assets",
        "of what kind",
        "where each stands",
    ):
        assert part in words, part
    with pytest.raises(RefusedInput, match="none of its 1 rows can be used: no place"):
        send("name,type,easting,northing", "Sea,Club,1,1")
    assert store.current_build() == "000001"


def test_a_list_is_replaced_whole_others_stay_and_one_can_be_removed(
    store: Store, send: Callable[..., Any]
) -> None:
    head = "name,type,easting,northing"
    send(head, f"One,Club,{EAST},{NORTH}", f"Two,School,{EAST},{NORTH}")
    send(head, f"Other,Club,{EAST},{NORTH}", terms=AssetTerms(source="Second"))
    assert asset_sources(store) == {"Our list": 2, "Second": 1}
    assert send(head, f"Three,Club,{EAST},{NORTH}").replaced_count == 2
    assert [row[0] for row in held(store)] == ["Other", "Three"]
    assert [row[0] for row in held(store, kind="School")] == []
    remove_assets(store, "Second", by="A. Name", at=RECEIVED)
    assert [row[0] for row in held(store)] == ["Three"]
    with pytest.raises(UsageError, match="no list of assets 'Second'"):
        remove_assets(store, "Second", by="A. Name", at=RECEIVED)


def test_a_dry_run_publishes_nothing_and_a_constant_kind_fills_in(
    store: Store, send: Callable[..., Any]
) -> None:
    done = send(
        "name,easting,northing",
        f"One,{EAST},{NORTH}",
        terms=replace(LIST, kind="Youth club"),
        is_dry_run=True,
    )
    assert (done.kinds, done.build_id) == ({"Youth club": 1}, None)
    assert store.current_build() == "000001"


def test_assets_are_placed_anew_when_areas_change(store: Store, send: Callable[..., Any]) -> None:
    send("name,type,easting,northing", f"In,Club,{EAST},{NORTH}", "Out,Club,435000,336000")
    zone = OwnLayerRecord(
        "zones",
        "Zones",
        (OwnAreaRecord("Centre", wkt=shapely.box(458_000, 303_500, 459_500, 305_000).wkt),),
        "x",
    )
    change_areas(store, lambda known: with_own_layers(known, [zone]), reason="zones", changed_at=RECEIVED)
    assert [row[0] for row in held(store, area_code="zones:centre")] == ["In"]
    assert [row[0] for row in held(store, area_code="E06000016")] == ["In"]
    assert [row[0] for row in held(store, area_code="E06000015")] == ["Out"]
