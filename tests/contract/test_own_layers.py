"""A layer of own areas: what it may be called and hold, all faults at once, and the lists it is read from."""

from pathlib import Path

import pytest

from vrin_data.contract.own_layer_lists import read_list, read_saved
from vrin_data.contract.own_layers import (
    OwnAreaRecord,
    OwnLayerRecord,
    areas_as_json,
    areas_from_json,
    layer_faults,
    own_area_code,
)
from vrin_data.errors import RefusedInput

SQUARE = "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"


def layer(*areas: OwnAreaRecord, layer_id: str = "beats", name: str = "Beats") -> OwnLayerRecord:
    return OwnLayerRecord(layer_id, name, areas, "test")


def area(name: str, *members: str, wkt: str = "") -> OwnAreaRecord:
    return OwnAreaRecord(name, members, wkt)


def test_a_sound_layer_has_no_fault() -> None:
    assert layer_faults(layer(area("North", "E07000171"), area("South", "E07000175"))) == []
    assert layer_faults(layer(area("Zone", wkt=SQUARE))) == []


def test_all_faults_are_told_at_once() -> None:
    wrong = layer(
        area("", "E07000001"),
        area("North", "E07000171", "E07000171"),
        area("north ", "E07000171"),
        area("Empty"),
        area("Zone", wkt=SQUARE),
        area("x" * 81, "E07000002"),
        layer_id="Beats 1",
        name=" ",
    )
    told = "\n".join(layer_faults(wrong))
    for words in (
        "short name: 'Beats 1' is none",
        "name: is empty",
        "area 1 has no name",
        "2 areas are called North",
        "Empty holds nothing",
        "some are lists of codes and some are polygons",
        "E07000171: is listed in North, north",
        "is longer than 80 letters",
    ):
        assert words in told, words


def test_a_code_twice_in_one_area_and_a_layer_of_nothing_are_faults() -> None:
    assert layer_faults(layer(area("North", "E07000171", "E07000171"))) == [
        "E07000171: is listed 2 times in North; list it once"
    ]
    assert layer_faults(layer()) == ["areas: there is none; a layer needs one at least"]


def test_areas_go_to_json_and_back() -> None:
    areas = (area("Nottingham ‘city’", "E06000018"), area("Zone", wkt=SQUARE))
    assert areas_from_json(areas_as_json(areas)) == areas


@pytest.mark.parametrize("text", ["", "{}x", "[1]", '[{"members": []}]', '[{"name": "A", "members": "E06"}]'])
def test_json_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(RefusedInput, match="not such a list"):
        areas_from_json(text)


def test_the_code_of_an_area_is_made_of_its_name() -> None:
    assert own_area_code("beats", "St Ann's & Sneinton") == "beats:st-ann-s-sneinton"


def read(tmp_path: Path, text: str, **said: str) -> OwnLayerRecord:
    file = tmp_path / "beats.csv"
    file.write_text(text, encoding="utf-8")
    return read_list(file, layer_id="beats", name="Beats", **said).layer


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("area_code,name\nE07000171,A\nE07000175,B\nE07000172,A\n", {}),
        ("LSOA21CD,LSOA21NM,Beat\ne07000171,x,A\nE07000175,y,B\nE07000172,z,A\n", {}),
        ("what,where\nA,E07000171\nB,E07000175\nA,E07000172\n", {}),
        (
            "sergeant,where,patch of\nx,E07000171,A\ny,E07000175,B\nz,E07000172,A\n\n",
            {"name_column": "Patch of"},
        ),
    ],
)
def test_a_list_is_read_by_its_headings_or_its_codes(tmp_path: Path, text: str, said: dict[str, str]) -> None:
    found = read(tmp_path, text, **said)
    assert found.areas == (area("A", "E07000171", "E07000172"), area("B", "E07000175"))
    assert found.source == "beats.csv"


def test_a_list_without_names_is_one_area(tmp_path: Path) -> None:
    assert read(tmp_path, "LSOA21CD,LSOA21NM\nE01000001,x\n").areas == (area("Beats", "E01000001"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name,other\nA,1\n", "no column of area codes was found. Columns: name, other"),
        ("area_code,one,two\nE07000171,A,B\n", "it cannot be told which column holds the names"),
        ("area_code,name\nE07000171,\n,B\n", "row 2: a name is missing\nrow 3: a code is missing"),
        ("area_code,name\n", "holds no rows"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(RefusedInput) as refused:
        read(tmp_path, text)
    assert words in str(refused.value)


def test_a_column_that_is_not_there_is_told_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(RefusedInput, match="there is no column 'beat'"):
        read(tmp_path, "area_code,name\nE07000171,A\n", name_column="beat")


def test_a_saved_layer_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "beats.areas.json"
    file.write_text(areas_as_json((area("A", "E07000171"),)), encoding="utf-8")
    assert read_saved(file, layer_id="beats", name="Beats").layer == OwnLayerRecord(
        "beats", "Beats", (area("A", "E07000171"),), "beats.areas.json"
    )
