"""Own layers on record: versions, what is in force, what was not applied, and the way back."""

from datetime import datetime
from pathlib import Path

import pytest

from vrin_data.contract.own_layers import OwnAreaRecord, OwnLayerRecord
from vrin_data.errors import RefusedInput, UnknownArea
from vrin_data.records import (
    OwnLayerVersion,
    events,
    mark_applied,
    mark_not_applied,
    own_layer_version,
    own_layer_versions,
    own_layers,
    restore_own_layer,
    retire_own_layer,
    save_own_layer,
)

NOON = datetime(2026, 11, 1, 12)
DECIDED = {"recorded_by": "A. Lead", "recorded_at": NOON, "reason": "the board said so"}


def beats(*members: str, name: str = "Beats") -> OwnLayerRecord:
    return OwnLayerRecord("beats", name, (OwnAreaRecord("North", members or ("E07000171",)),), "beats.csv")


def applied(store: Path, layer: OwnLayerRecord, build: str = "000002") -> OwnLayerVersion:
    made = save_own_layer(store, layer, **DECIDED)
    mark_applied(store, made, build, at=NOON)
    return own_layer_version(store, layer.layer_id)


def test_a_version_counts_once_a_build_has_it(tmp_path: Path) -> None:
    made = save_own_layer(tmp_path, beats(), **DECIDED)
    assert (made.version, made.state, made.layer) == (1, "waiting", beats())
    assert own_layers(tmp_path) == {}
    mark_applied(tmp_path, made, "000002", at=NOON)
    standing = own_layers(tmp_path)["beats"]
    assert (standing.version, standing.build_id, standing.recorded_by) == (1, "000002", "A. Lead")


def test_what_was_not_applied_leaves_the_version_before(tmp_path: Path) -> None:
    first = applied(tmp_path, beats())
    made = save_own_layer(tmp_path, beats("E07000175"), **DECIDED)
    mark_not_applied(tmp_path, made, "the disk is full", at=NOON)
    assert own_layers(tmp_path) == {"beats": first}
    assert [(one.version, one.state, one.failure) for one in own_layer_versions(tmp_path)] == [
        (1, "applied", None),
        (2, "not applied", "the disk is full"),
    ]


def test_retired_and_restored_nothing_is_deleted(tmp_path: Path) -> None:
    applied(tmp_path, beats())
    applied(tmp_path, beats("E07000175"))
    gone = retire_own_layer(tmp_path, "beats", **DECIDED)
    mark_applied(tmp_path, gone, "000004", at=NOON)
    assert own_layers(tmp_path) == {}
    back = restore_own_layer(tmp_path, "beats", 1, **DECIDED)
    mark_applied(tmp_path, back, "000005", at=NOON)
    assert own_layers(tmp_path)["beats"].layer == beats()
    found = own_layer_versions(tmp_path, "beats")
    assert [(one.version, one.action) for one in found] == [
        (1, "save"),
        (2, "save"),
        (3, "retire"),
        (4, "restore"),
    ]
    logged = [(one.action, one.subject, one.actor) for one in events(tmp_path)]
    assert logged[-2:] == [
        ("restore own areas", "beats", "A. Lead"),
        ("publish own areas", "beats", "A. Lead"),
    ]


def test_faults_are_told_at_once_and_nothing_is_recorded(tmp_path: Path) -> None:
    wrong = OwnLayerRecord("beats", "", (OwnAreaRecord("North"),), "x")
    with pytest.raises(RefusedInput) as refused:
        save_own_layer(tmp_path, wrong, recorded_by=" ", recorded_at=NOON, reason="")
    for words in ("name: is empty", "North holds nothing", "by: is empty", "reason: is empty"):
        assert words in str(refused.value)
    assert own_layer_versions(tmp_path) == []


def test_the_same_again_and_a_wrong_number_are_refused(tmp_path: Path) -> None:
    applied(tmp_path, beats())
    with pytest.raises(RefusedInput, match="says the same as version 1"):
        save_own_layer(tmp_path, beats(), **DECIDED)
    with pytest.raises(RefusedInput, match="is in force already"):
        restore_own_layer(tmp_path, "beats", 1, **DECIDED)
    with pytest.raises(UnknownArea, match="beats has no version 7"):
        restore_own_layer(tmp_path, "beats", 7, **DECIDED)
    with pytest.raises(UnknownArea, match="No layer of own areas is called 'zones'"):
        retire_own_layer(tmp_path, "zones", **DECIDED)
    gone = retire_own_layer(tmp_path, "beats", **DECIDED)
    mark_applied(tmp_path, gone, "000003", at=NOON)
    with pytest.raises(RefusedInput, match="nothing to retire"):
        retire_own_layer(tmp_path, "beats", **DECIDED)
