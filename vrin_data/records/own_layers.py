"""A partnership's own layers of areas on record: every version, who recorded it and why, and what builds have.

A version is recorded before the build is made that has it, and counts once such a build is there. Nothing is
deleted: to retire a layer is a version of it, and to restore an earlier one is another.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from vrin_data.contract.own_layers import OwnLayerRecord, areas_as_json, areas_from_json, layer_faults
from vrin_data.errors import RefusedInput, UnknownArea
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.events import add_event

WAITING, APPLIED, NOT_APPLIED = "waiting", "applied", "not applied"
SAVE, RETIRE, RESTORE = "save", "retire", "restore"
LONGEST_FAILURE = 2_000


@dataclass(frozen=True)
class OwnLayerVersion:
    """One version of a layer, with who recorded it, why, and the build that has it first, None where none has."""

    layer_id: str
    version: int
    name: str
    action: str
    areas_json: str
    source: str
    reason: str
    state: str
    build_id: str | None
    failure: str | None
    recorded_by: str
    recorded_at: datetime

    @property
    def layer(self) -> OwnLayerRecord:
        """The layer itself."""
        return OwnLayerRecord(self.layer_id, self.name, areas_from_json(self.areas_json), self.source)

    @property
    def label(self) -> str:
        """Layer and version as people say it."""
        return f"{self.layer_id} v{self.version}"


def own_layers(store_path: Path) -> dict[str, OwnLayerVersion]:
    """By id the version of each layer that is in force: the last one applied, where that did not retire it."""
    last = {one.layer_id: one for one in own_layer_versions(store_path) if one.state == APPLIED}
    return {layer_id: one for layer_id, one in last.items() if one.action != RETIRE}


def own_layer_versions(store_path: Path, layer_id: str | None = None) -> list[OwnLayerVersion]:
    """Every version on record, of one layer or of all, by layer and version."""
    table = TABLES["own_layer_version"]
    question = sa.select(table).order_by(table.c.layer_id, table.c.version)
    if layer_id is not None:
        question = question.where(table.c.layer_id == layer_id)
    return [OwnLayerVersion(**row) for row in rows(store_path, question)]


def own_layer_version(store_path: Path, layer_id: str, version: int | None = None) -> OwnLayerVersion:
    """One version of a layer, the newest where none is named. Raises UnknownArea, which says what there is."""
    own = own_layer_versions(store_path, layer_id)
    if not own:
        known = ", ".join(dict.fromkeys(one.layer_id for one in own_layer_versions(store_path))) or "none"
        raise UnknownArea(f"No layer of own areas is called {layer_id!r}. On record: {known}.")
    found = [one for one in own if version is None or one.version == version]
    if not found:
        listed = ", ".join(str(one.version) for one in own)
        raise UnknownArea(f"{layer_id} has no version {version}. Versions: {listed}.")
    return found[-1]


def save_own_layer(
    store_path: Path, layer: OwnLayerRecord, *, recorded_by: str, recorded_at: datetime, reason: str
) -> OwnLayerVersion:
    """Record a layer as the next version of its id, waiting for a build that has it.

    Raises RefusedInput with every fault, also where the version in force says the same.
    """
    what = f"The layer {layer.layer_id}"
    faults = [*layer_faults(layer), *blank({"by": recorded_by, "reason": reason})]
    standing = own_layers(store_path).get(layer.layer_id)
    if standing and (standing.name, standing.layer.areas) == (layer.name, layer.areas):
        faults.append(f"it says the same as version {standing.version}, which is in force")
    refuse(what, faults)
    return _add(store_path, layer, SAVE, by=recorded_by, at=recorded_at, reason=reason)


def retire_own_layer(
    store_path: Path, layer_id: str, *, recorded_by: str, recorded_at: datetime, reason: str
) -> OwnLayerVersion:
    """Record that a layer goes out of use, waiting for a build without it. Raises RefusedInput or UnknownArea."""
    refuse(f"The end of {layer_id}", blank({"by": recorded_by, "reason": reason}))
    own_layer_version(store_path, layer_id)
    standing = own_layers(store_path).get(layer_id)
    if standing is None:
        raise RefusedInput(f"{layer_id} is not in force, so there is nothing to retire.")
    return _add(store_path, standing.layer, RETIRE, by=recorded_by, at=recorded_at, reason=reason)


def restore_own_layer(
    store_path: Path,
    layer_id: str,
    version: int,
    *,
    recorded_by: str,
    recorded_at: datetime,
    reason: str,
) -> OwnLayerVersion:
    """Record an earlier version again as the newest, waiting for a build that has it.

    Raises RefusedInput, also where that version is in force already, or UnknownArea.
    """
    refuse(f"The return to {layer_id} v{version}", blank({"by": recorded_by, "reason": reason}))
    wanted = own_layer_version(store_path, layer_id, version)
    standing = own_layers(store_path).get(layer_id)
    if standing and (standing.name, standing.areas_json) == (wanted.name, wanted.areas_json):
        raise RefusedInput(f"What version {version} of {layer_id} says is in force already.")
    return _add(store_path, wanted.layer, RESTORE, by=recorded_by, at=recorded_at, reason=reason)


def mark_applied(store_path: Path, one: OwnLayerVersion, build_id: str, *, at: datetime) -> None:
    """Record that a build has a version."""
    _mark(store_path, one, {"state": APPLIED, "build_id": build_id}, at=at)


def mark_not_applied(store_path: Path, one: OwnLayerVersion, failure: str, *, at: datetime) -> None:
    """Record that no build has a version, and why. `failure` must hold no personal value."""
    _mark(store_path, one, {"state": NOT_APPLIED, "failure": failure[:LONGEST_FAILURE]}, at=at)


def _add(
    store_path: Path, layer: OwnLayerRecord, action: str, *, by: str, at: datetime, reason: str
) -> OwnLayerVersion:
    version = max((one.version for one in own_layer_versions(store_path, layer.layer_id)), default=0) + 1
    made = OwnLayerVersion(
        layer_id=layer.layer_id,
        version=version,
        name=layer.name.strip(),
        action=action,
        areas_json=areas_as_json(layer.areas),
        source=layer.source,
        reason=reason.strip(),
        state=WAITING,
        build_id=None,
        failure=None,
        recorded_by=by.strip(),
        recorded_at=at,
    )
    with writing(store_path, f"The version {made.label}") as connection:
        insert(connection, "own_layer_version", dict(vars(made)))
        detail = {"version": version, "areas": len(layer.areas)}
        add_event(
            connection,
            f"{action} own areas",
            layer.layer_id,
            happened_at=at,
            detail=detail,
            actor=made.recorded_by,
        )
    return made


def _mark(store_path: Path, one: OwnLayerVersion, values: dict[str, str], *, at: datetime) -> None:
    table = TABLES["own_layer_version"]
    with writing(store_path, f"What became of {one.label}") as connection:
        which = (table.c.layer_id == one.layer_id) & (table.c.version == one.version)
        connection.execute(sa.update(table).where(which).values(**values))
        detail = {"version": one.version, "state": values["state"], "build": values.get("build_id", "")}
        add_event(
            connection,
            "publish own areas",
            one.layer_id,
            happened_at=at,
            detail=detail,
            actor=one.recorded_by,
        )
