"""A partnership's own areas on their way into a build: read, checked, put on record, published, taken back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vrin_data.contract.codes import OWN
from vrin_data.contract.own_layer_lists import LIST_FILES, SAVED, ReadLayer, read_list, read_saved
from vrin_data.contract.own_layers import OwnLayerRecord, layer_faults
from vrin_data.errors import RefusedInput, VrinError
from vrin_data.intake.area_import import AreaImport, change_areas
from vrin_data.intake.areas import read_areas
from vrin_data.places import (
    AreaSet,
    Finding,
    own_layer_findings,
    read_shapes,
    sample_area_set,
    with_own_layers,
)
from vrin_data.places.messages import counted as counted
from vrin_data.records import (
    OwnLayerVersion,
    mark_applied,
    mark_not_applied,
    own_layer_version,
    own_layers,
    restore_own_layer,
    retire_own_layer,
    save_own_layer,
)
from vrin_data.records.own_layers import RETIRE
from vrin_data.store import Store
from vrin_data.store.connect import connect_reader

SHAPE_FILES = (".geojson", ".json", ".gpkg", ".parquet", ".zip", ".shp")


@dataclass(frozen=True)
class OwnLayerDone:
    """What came of a change: the version on record, the build that has it, and what a person should know."""

    version: OwnLayerVersion
    build: AreaImport
    findings: tuple[Finding, ...] = ()


def read_own_layer(path: Path, *, layer_id: str, name: str, name_column: str | None = None) -> ReadLayer:
    """The layer of a polygon file, of a list (CSV or a workbook), or as `areas own show --areas` writes it.

    A short name that is given as its level (own-beats) is taken without that beginning. Raises RefusedInput
    with every fault of the file.
    """
    layer_id = layer_id.removeprefix(OWN)
    suffix = path.suffix.lower()
    if not path.is_file():
        raise RefusedInput(f"There is no such file: {path.name}. Check the path.")
    if path.name.lower().endswith(SAVED):
        return read_saved(path, layer_id=layer_id, name=name)
    if suffix in LIST_FILES:
        return read_list(path, layer_id=layer_id, name=name, name_column=name_column)
    if suffix in SHAPE_FILES:
        return read_shapes(path, layer_id=layer_id, name=name, name_column=name_column)
    raise RefusedInput(
        f"{path.name}: no known format (expected {', '.join((*SHAPE_FILES, *LIST_FILES))}). Save it as one of these."
    )


def check_own_layer(store: Store, layer: OwnLayerRecord) -> list[Finding]:
    """All that is wrong with a layer (error), and what a person should know of it (warning, note)."""
    faults = [Finding("error", layer.layer_id, words) for words in layer_faults(layer)]
    return faults or own_layer_findings(layer, known_areas(store))


def publish_own_layer(
    store: Store, layer: OwnLayerRecord, *, by: str, at: datetime, reason: str
) -> OwnLayerDone:
    """Put a layer on record and publish a build that has it, in one act.

    Raises RefusedInput with every fault before anything is recorded. Where no build can be made the version
    is marked as not applied, and the build before stays.
    """
    findings = check_own_layer(store, layer)
    refuse_faults(layer.layer_id, findings)
    version = save_own_layer(store.path, layer, recorded_by=by, recorded_at=at, reason=reason)
    return OwnLayerDone(version, _publish(store, version, at=at), tuple(findings))


def take_back_own_layer(store: Store, layer_id: str, *, by: str, at: datetime, reason: str) -> OwnLayerDone:
    """Take a layer out of use: its end on record, and a build without it. Raises as `publish_own_layer` does."""
    version = retire_own_layer(store.path, layer_id, recorded_by=by, recorded_at=at, reason=reason)
    return OwnLayerDone(version, _publish(store, version, at=at))


def bring_back_own_layer(
    store: Store, layer_id: str, number: int, *, by: str, at: datetime, reason: str
) -> OwnLayerDone:
    """Publish a build with an earlier version of a layer, on record as a new one. Raises as `publish_own_layer`."""
    layer = own_layer_version(store.path, layer_id, number).layer
    findings = check_own_layer(store, layer)
    refuse_faults(f"{layer_id} v{number}", findings)
    version = restore_own_layer(store.path, layer_id, number, recorded_by=by, recorded_at=at, reason=reason)
    return OwnLayerDone(version, _publish(store, version, at=at), tuple(findings))


def apply_own_layers(store: Store, *, at: datetime, pending: OwnLayerVersion | None = None) -> AreaImport:
    """Publish a build whose own layers are those in force on record, with `pending` in place of its own."""
    wanted = own_layers(store.path)
    if pending is not None:
        wanted = _with_pending(wanted, pending)
    layers = [_sourced(one) for _, one in sorted(wanted.items())]
    words = f"{pending.action} {pending.label}" if pending else "as they stand on record"
    return change_areas(
        store, lambda known: with_own_layers(known, layers), reason=f"own areas: {words}", changed_at=at
    )


def known_areas(store: Store) -> AreaSet:
    """The areas that the current build holds; those that come with VRIN where there is no build yet."""
    build_id = store.current_build()
    if build_id is None:
        return sample_area_set()
    store.check_version(build_id)
    connection = connect_reader(store.build_file(build_id))
    try:
        return read_areas(connection) or sample_area_set()
    finally:
        connection.close()


def refuse_faults(what: str, findings: Iterable[Finding]) -> None:
    """Nothing where no finding is an error. Raises RefusedInput that lists every one."""
    faults = [one.message for one in findings if one.level == "error"]
    if faults:
        raise RefusedInput(
            "\n".join([f"{what} was not recorded, and nothing was changed:", *(f"  {one}" for one in faults)])
        )


def _with_pending(
    standing: Mapping[str, OwnLayerVersion], pending: OwnLayerVersion
) -> dict[str, OwnLayerVersion]:
    others = {layer_id: one for layer_id, one in standing.items() if layer_id != pending.layer_id}
    return others if pending.action == RETIRE else {**others, pending.layer_id: pending}


def _sourced(one: OwnLayerVersion) -> OwnLayerRecord:
    """A version as a layer whose source says which version it is; no person's name goes into a build."""
    layer = one.layer
    return OwnLayerRecord(
        layer.layer_id, layer.name, layer.areas, f"Version {one.version}, from {one.source}"
    )


def _publish(store: Store, version: OwnLayerVersion, *, at: datetime) -> AreaImport:
    try:
        done = apply_own_layers(store, at=at, pending=version)
    except BaseException as error:
        # Also where the process is told to end: the record must not say that a build has it.
        words = str(error) if isinstance(error, VrinError) else type(error).__name__
        mark_not_applied(store.path, version, words, at=at)
        raise
    mark_applied(store.path, version, done.build_id, at=at)
    return done
