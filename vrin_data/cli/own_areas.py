"""`areas own`: a partnership's own areas: add a layer from a file, list and show them, retire and restore them."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vrin_data.cli.options import SubCommands, add_command, add_format, add_person, as_json, now
from vrin_data.cli.progress import for_programs, obey, waiting
from vrin_data.contract.own_layers import areas_as_json
from vrin_data.intake import (
    OwnLayerDone,
    bring_back_own_layer,
    check_own_layer,
    publish_own_layer,
    read_own_layer,
    take_back_own_layer,
)
from vrin_data.intake.own_areas import Finding, counted, refuse_faults
from vrin_data.records import OwnLayerVersion, own_layer_version, own_layer_versions, own_layers
from vrin_data.store import Store

WAITING = "Checking the areas, placing incidents"


def add_actions(actions: SubCommands) -> None:
    """Add `own` with its actions to those of `areas`."""
    own = add_command(
        actions, "own", "Your own areas, such as beats: add a layer, list, show, retire, restore."
    )
    owned = own.add_subparsers(dest="own_action", required=True, metavar="ACTION")
    _add_add(owned)
    add_format(add_command(owned, "list", "The layers on record and which of their versions is in force."))
    show = add_command(owned, "show", "One layer: its areas and its versions.")
    _add_layer(show)
    show.add_argument("--version", type=int, metavar="N", help="this version, not the newest")
    show.add_argument("--areas", action="store_true", help="its areas alone, as `add` reads them again")
    add_format(show)
    retire = add_command(owned, "retire", "Take a layer out of use; it stays on record.")
    restore = add_command(owned, "restore", "Bring an earlier version of a layer back.")
    for command in (retire, restore):
        _add_layer(command)
    restore.add_argument("version", type=int, metavar="VERSION")
    for command in (retire, restore):
        _add_decision(command)


def _add_add(owned: SubCommands) -> None:
    add = add_command(
        owned,
        "add",
        "Add a layer, or a new version of one: polygons (GeoJSON, GeoPackage, shapefile zip, GeoParquet) or a list "
        "(CSV, XLSX) of area codes with the name of your area in each row.",
    )
    add.add_argument("file", metavar="FILE", type=Path)
    add.add_argument("--id", required=True, metavar="ID", help="its short name, such as beats")
    add.add_argument("--name", required=True, help="what its areas are called, such as Beats")
    add.add_argument("--name-column", metavar="HEADING", help="the column of your areas' names")
    add.add_argument("--source", default="", help="where they come from (default: the file's name)")
    add.add_argument("--dry-run", action="store_true", help="read and check, and record nothing")
    _add_decision(add, is_needed=False)


def _add_layer(command: argparse.ArgumentParser) -> None:
    command.add_argument("layer", metavar="ID")


def _add_decision(command: argparse.ArgumentParser, *, is_needed: bool = True) -> None:
    if is_needed:
        add_person(command)
    else:
        command.add_argument(
            "--by", default="", metavar="NAME", help="who decided this; not needed for a dry run"
        )
    command.add_argument("--reason", default="", help="why, in words; goes on record")
    add_format(command)
    for_programs(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    print(ACTIONS[options.own_action](options, store))
    return 0


def _add(options: argparse.Namespace, store: Store) -> str:
    obey(options)
    with waiting(WAITING):
        read = read_own_layer(
            options.file, layer_id=options.id, name=options.name, name_column=options.name_column
        )
        layer = read.layer
        if options.source:
            layer = type(layer)(layer.layer_id, layer.name, layer.areas, options.source)
        notes = tuple(Finding("note", options.file.name, words) for words in read.notes)
        if options.dry_run:
            found = [*notes, *check_own_layer(store, layer)]
            if options.format == "text":
                refuse_faults(options.id, found)
            return _told(
                found, options, head="Nothing was recorded: a dry run.", areas=areas_as_json(layer.areas)
            )
        done = publish_own_layer(store, layer, by=options.by, at=now(), reason=options.reason)
    return _done(done, options, notes=notes)


def _retire(options: argparse.Namespace, store: Store) -> str:
    obey(options)
    with waiting(WAITING):
        done = take_back_own_layer(store, options.layer, by=options.by, at=now(), reason=options.reason)
    return _done(done, options)


def _restore(options: argparse.Namespace, store: Store) -> str:
    obey(options)
    with waiting(WAITING):
        done = bring_back_own_layer(
            store, options.layer, options.version, by=options.by, at=now(), reason=options.reason
        )
    return _done(done, options)


def _done(done: OwnLayerDone, options: argparse.Namespace, *, notes: tuple[Finding, ...] = ()) -> str:
    one = done.version
    retired = " is out of use;" if one.action == "retire" else f": {counted(len(one.layer.areas), 'area')};"
    head = f"{one.name} ({one.label}){retired} build {done.build.build_id}."
    return _told(
        [*notes, *done.findings], options, head=head, version=one.version, build_id=done.build.build_id
    )


def _told(found: list[Finding], options: argparse.Namespace, *, head: str, **more: Any) -> str:
    if options.format == "json":
        findings = [{"level": one.level, "message": one.message} for one in found]
        return json.dumps({"words": head, "findings": findings, **more}, ensure_ascii=False)
    return "\n".join([head, *(f"{one.level}: {one.message}" for one in found)])


def _list(options: argparse.Namespace, store: Store) -> str:
    standing = own_layers(store.path)
    newest = {one.layer_id: one for one in own_layer_versions(store.path)}
    if options.format == "json":
        return as_json([_as_row(one, standing) for one in newest.values()])
    if not newest:
        return "No own areas are on record. Add some with `areas own add FILE --id ID --name NAME`."
    return "\n".join(_line(one, standing.get(layer_id)) for layer_id, one in newest.items())


def _line(newest: OwnLayerVersion, standing: OwnLayerVersion | None) -> str:
    if standing is None:
        return f"{newest.layer_id}  {newest.name}: not in force ({newest.action} v{newest.version}, {newest.state})"
    areas = counted(len(standing.layer.areas), "area")
    later = "" if newest is standing or newest == standing else f"; v{newest.version} is {newest.state}"
    return (
        f"{standing.layer_id}  {standing.name}: v{standing.version}, {areas}, {standing.layer.basis}{later}"
    )


def _as_row(one: OwnLayerVersion, standing: dict[str, OwnLayerVersion]) -> dict[str, Any]:
    in_force = standing.get(one.layer_id)
    return {
        "layer_id": one.layer_id,
        "level": one.layer.level,
        "name": one.name,
        "newest_version": one.version,
        "newest_state": one.state,
        "version_in_force": in_force.version if in_force else None,
        "area_count": len(in_force.layer.areas) if in_force else 0,
    }


def _show(options: argparse.Namespace, store: Store) -> str:
    one = own_layer_version(store.path, options.layer, options.version)
    if options.areas:
        return areas_as_json(one.layer.areas)
    versions = own_layer_versions(store.path, options.layer)
    if options.format == "json":
        return as_json(versions)
    lines = [f"{one.name} ({one.label}), {one.layer.basis}, from {one.source}:"]
    lines += [f"  {area.name}: {', '.join(area.members) or 'a polygon'}" for area in one.layer.areas]
    lines += ["Versions:"]
    lines += [
        f"  v{each.version} {each.action}, {each.state}"
        + (f" (build {each.build_id})" if each.build_id else "")
        + f", {each.recorded_at:%d %B %Y %H:%M} UTC, {each.recorded_by}: {each.reason}"
        for each in versions
    ]
    return "\n".join(lines)


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], str]] = {
    "add": _add,
    "list": _list,
    "show": _show,
    "retire": _retire,
    "restore": _restore,
}
