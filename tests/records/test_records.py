"""Records: the log of events and the definition versions."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from vrin_data.contract.definitions import built_in_versions, definition
from vrin_data.errors import VrinError
from vrin_data.records import definition_versions, events, log_event, record_definitions

NOON = datetime(2026, 11, 1, 12)


def test_events_are_kept_in_order(tmp_path: Path) -> None:
    log_event(tmp_path, "ingest", "build 000001", happened_at=NOON, detail={"rows_kept": 3}, actor="analyst")
    log_event(tmp_path, "restore", "build 000001", happened_at=NOON, actor="analyst")
    found = events(tmp_path)
    assert [(one.action, one.detail) for one in found] == [("ingest", {"rows_kept": 3}), ("restore", {})]
    assert {one.actor for one in found} == {"analyst"}


def test_built_in_definitions_are_recorded_once(tmp_path: Path) -> None:
    texts = built_in_versions()
    assert record_definitions(tmp_path, texts, recorded_at=NOON) == len(texts)
    assert record_definitions(tmp_path, texts, recorded_at=NOON) == 0
    assert [(one.definition_id, one.version) for one in definition_versions(tmp_path)] == [
        (one.id, one.version) for one, _ in texts
    ]


def test_a_recorded_version_cannot_change_its_meaning(tmp_path: Path) -> None:
    one, text = next(each for each in built_in_versions() if each[0].ref == "knife-enabled@1")
    record_definitions(tmp_path, [(one, text)], recorded_at=NOON)
    changed = one.model_copy(update={"unknown": "out"})
    with pytest.raises(VrinError, match="new version number"):
        record_definitions(tmp_path, [(changed, text + "\n# changed")], recorded_at=NOON)
    described = one.model_copy(update={"number": "D99", "summary": "Said better."})
    assert record_definitions(tmp_path, [(described, text + "\n# changed")], recorded_at=NOON) == 0
    second = definition("knife-enabled").model_copy(update={"version": 2})
    assert record_definitions(tmp_path, [(second, text)], recorded_at=NOON) == 1
    assert replace(definition_versions(tmp_path)[0], version=1).definition_id == "knife-enabled"
