"""Own areas in builds: figures at their level, what lies elsewhere, the way back, and what a failure leaves."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
import shapely

from tests.conftest import OFFENCE_HEADER
from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord, layer_faults
from vrin_data.errors import RefusedInput, UsageError, VrinError
from vrin_data.intake import (
    apply_own_layers,
    bring_back_own_layer,
    check_own_layer,
    ingest,
    publish_own_layer,
    read_own_layer,
    take_back_own_layer,
)
from vrin_data.measures import Selection, area_list, catalogue, harm
from vrin_data.places import sample_area_set
from vrin_data.records import own_layer_versions, own_layers
from vrin_data.store import Store

NOON = datetime(2026, 11, 2, 12)
DECIDED = {"by": "A. Lead", "at": NOON, "reason": "for the test"}
LEICESTER, BLABY, EREWASH = "E06000016", "E07000129", "E07000036"
# Crime reference, force, code, dates and a point in Leicester, in Blaby, and one in Birmingham, which is elsewhere.
POINTS = {
    "leicester": (458_700, 304_600),
    "blaby": (457_000, 299_000),
    "birmingham": (407_000, 286_900),
    "derby": (435_300, 336_300),
}
Take = Callable[..., tuple[Store, object]]


def row(key: str, place: str, *, force: str = "Leicestershire Police", day: str = "02/03/2026") -> str:
    east, north = POINTS[place]
    return f"{key},{force},8N,008/06,{day},{day},{east},{north},street,knife,N,30,M,,live,police"


def send(store: Store, tmp_path: Path, name: str, *rows: str) -> None:
    file = tmp_path / name
    file.write_text("\n".join([OFFENCE_HEADER, *rows]) + "\n", encoding="utf-8")
    ingest(store, "police-offences", [file], received_at=NOON)


def listed(**areas: list[str]) -> OwnLayerRecord:
    made = tuple(OwnAreaRecord(name, tuple(codes)) for name, codes in areas.items())
    return OwnLayerRecord("joint", "Joint partnerships", made, "test")


def by_area(store: Store, level: str, **more: object) -> pd.DataFrame:
    march = date(2026, 3, 1)
    selection = Selection(
        "all-recorded-crime", level=level, by=("area",), from_month=march, to_month=march, **more
    )
    return harm(store, selection).unprotected


def counts(store: Store, level: str) -> dict[str, int]:
    frame = by_area(store, level)
    told = frame[frame["incident_count_low"].notna()]
    return dict(zip(told["area_code"], told["incident_count_low"].astype(int), strict=True))


@pytest.fixture
def store(offence_store: Take) -> Store:
    return offence_store(
        row("A1", "leicester"), row("A2", "leicester"), row("A3", "blaby"), row("A4", "birmingham")
    )[0]


def test_own_areas_and_what_lies_elsewhere_add_up(store: Store) -> None:
    done = publish_own_layer(store, listed(City=[LEICESTER]), **DECIDED)
    assert (done.version.version, done.build.build_id) == (1, "000003")
    assert counts(store, "own-joint") == {"joint:city": 2, "not-placed": 2}
    assert sum(counts(store, "own-joint").values()) == sum(counts(store, "force").values()) == 4


def test_an_area_across_two_forces_says_that_one_has_not_sent(store: Store, tmp_path: Path) -> None:
    derby = row("D1", "derby", force="Derbyshire Constabulary", day="03/02/2026")
    send(store, tmp_path, "derbyshire.csv", derby)
    publish_own_layer(store, listed(Cross=[LEICESTER, EREWASH], City=[BLABY]), **DECIDED)
    found = by_area(store, "own-joint").set_index("area_code")
    assert int(found.at["joint:city", "months_covered"]) == 1
    assert int(found.at["joint:cross", "months_covered"]) == 0
    assert bool(found.at["joint:cross", "is_gap"])


def test_polygons_that_cut_small_areas_take_points_by_where_they_lie(store: Store) -> None:
    known = sample_area_set().boundaries
    east, north = POINTS["leicester"]
    small = known[known.contains(shapely.Point(east, north))].geometry.iloc[0]
    west, south, far, top = small.bounds
    middle = east - 10
    halves = [
        shapely.box(west - 5, south - 5, middle, top + 5),
        shapely.box(middle, south - 5, far + 5, top + 5),
    ]
    areas = tuple(
        OwnAreaRecord(name, wkt=half.wkt) for name, half in zip(("West", "East"), halves, strict=True)
    )
    publish_own_layer(store, OwnLayerRecord("beats", "Beats", areas, "test"), **DECIDED)
    found = counts(store, "own-beats")
    assert found["beats:east"] == 2
    assert found.get("beats:west", 0) == 0
    assert sum(found.values()) == 4
    # The small area keeps both, whichever side of the cut they lie on.
    lsoa = counts(store, "lsoa")
    assert sum(lsoa.values()) == 4
    assert 2 in lsoa.values()


def test_a_short_name_given_as_its_level_is_taken_without_that_beginning(tmp_path: Path) -> None:
    file = tmp_path / "beats.csv"
    file.write_text(f"code,beat\n{LEICESTER},City\n", encoding="utf-8")
    assert read_own_layer(file, layer_id="own-beats", name="Beats").layer.level == "own-beats"
    named = replace(listed(City=[LEICESTER]), layer_id="own-beats")
    assert [words.startswith("short name: ") for words in layer_faults(named)] == [True]


def test_a_layer_that_is_not_there_is_answered_with_the_levels_there_are(store: Store) -> None:
    publish_own_layer(store, listed(City=[LEICESTER]), **DECIDED)
    with pytest.raises(UsageError, match=r"no layer 'own-none' .* Levels there are: .*district.*own-joint\."):
        counts(store, "own-none")


def test_a_layer_is_offered_until_it_is_retired_and_again_once_restored(store: Store) -> None:
    publish_own_layer(store, listed(City=[LEICESTER]), **DECIDED)
    publish_own_layer(store, listed(County=[BLABY]), **DECIDED)
    assert catalogue(store).levels["own-joint"] == "Joint partnerships"
    assert area_list(store, "own-joint")["area_name"].tolist() == ["County"]
    take_back_own_layer(store, "joint", **DECIDED)
    assert "own-joint" not in catalogue(store).levels
    bring_back_own_layer(store, "joint", 1, **DECIDED)
    assert counts(store, "own-joint") == {"joint:city": 2, "not-placed": 2}
    assert [(one.action, one.state) for one in own_layer_versions(store.path, "joint")] == [
        ("save", "applied"),
        ("save", "applied"),
        ("retire", "applied"),
        ("restore", "applied"),
    ]


def test_two_layers_stand_side_by_side_and_a_later_file_is_placed_in_both(
    store: Store, tmp_path: Path
) -> None:
    publish_own_layer(store, listed(City=[LEICESTER]), **DECIDED)
    zone = shapely.Point(POINTS["blaby"]).buffer(300)
    publish_own_layer(
        store, OwnLayerRecord("zones", "Zones", (OwnAreaRecord("Zone", wkt=zone.wkt),), "test"), **DECIDED
    )
    assert counts(store, "own-zones") == {"zones:zone": 1, "not-placed": 3}
    rows = [row("A1", "leicester"), row("A3", "blaby"), row("A5", "blaby")]
    send(store, tmp_path, "leicestershire-again.csv", *rows)
    assert counts(store, "own-zones") == {"zones:zone": 2, "not-placed": 1}
    assert counts(store, "own-joint") == {"joint:city": 1, "not-placed": 2}


def test_a_fault_records_nothing(store: Store) -> None:
    with pytest.raises(RefusedInput, match="E99999999"):
        publish_own_layer(store, listed(City=["E99999999"]), **DECIDED)
    assert own_layer_versions(store.path) == []
    assert store.build_ids() == ["000001", "000002"]
    assert [one.level for one in check_own_layer(store, listed(City=["E99999999"]))] == ["error"]


@pytest.mark.parametrize("failure", [VrinError("the disk is full"), MemoryError(), SystemExit(143)])
def test_a_failed_build_keeps_the_one_before_and_is_marked(
    store: Store, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    publish_own_layer(store, listed(City=[LEICESTER]), **DECIDED)

    def fail(*_: object, **__: object) -> None:
        raise failure

    with monkeypatch.context() as broken:
        broken.setattr("vrin_data.intake.area_import.rebuild_facts", fail)
        with pytest.raises(type(failure)):
            publish_own_layer(store, listed(County=[BLABY]), **DECIDED)
    assert store.current_build() == "000003"
    assert counts(store, "own-joint") == {"joint:city": 2, "not-placed": 2}
    assert own_layers(store.path)["joint"].version == 1
    last = own_layer_versions(store.path, "joint")[-1]
    words = str(failure) if isinstance(failure, VrinError) else type(failure).__name__
    assert (last.state, last.failure, last.build_id) == ("not applied", words, None)
    # What is on record can be applied again at any time, and the failed version is not among it.
    apply_own_layers(store, at=NOON)
    assert counts(store, "own-joint") == {"joint:city": 2, "not-placed": 2}


def test_files_of_each_kind_are_read(tmp_path: Path) -> None:
    for name, text in {
        "a.csv": "area_code,name\nE06000016,A\n",
        "a.areas.json": '[{"name": "A", "members": ["X"]}]',
    }.items():
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        assert [one.name for one in read_own_layer(file, layer_id="a", name="As").layer.areas] == ["A"]
    for name, words in {"none.csv": "no such file", "a.txt": "no known format"}.items():
        if name == "a.txt":
            (tmp_path / name).write_text("x", encoding="utf-8")
        with pytest.raises(RefusedInput, match=words):
            read_own_layer(tmp_path / name, layer_id="a", name="As")
