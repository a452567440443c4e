"""`comparators`: lists of the areas most like an area: taken in from a file, shown, edited, retired, restored."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_actions, add_command, add_format, add_person, as_json, now
from vrin_data.cli.presenting import presented, write
from vrin_data.contract.comparator_files import read_comparators
from vrin_data.errors import EmptyStore
from vrin_data.records import (
    ComparatorVersion,
    comparator_list,
    comparator_lists,
    comparator_versions,
    restore_comparators,
    retire_comparators,
    save_comparators,
)
from vrin_data.store import Store


def add_parser(commands: SubCommands) -> None:
    """Add the command and its actions."""
    command = add_command(
        commands, "comparators", "Lists of the areas most like an area, such as nearest neighbours of ONS."
    )
    actions = add_actions(command)
    _add_import(actions)
    add_format(add_command(actions, "list", "The lists on record."))
    show = add_command(actions, "show", "One list: its areas with their comparators, and its versions.")
    show.add_argument("--area", metavar="CODE", help="only this area")
    show.add_argument("--version", type=int, metavar="N", help="this version, not the last")
    add_format(show)
    change = add_command(
        actions, "set", "The comparators of one area, nearest first; none takes it off the list."
    )
    change.add_argument("area", metavar="AREA")
    change.add_argument("codes", metavar="CODE", nargs="*")
    restore = add_command(actions, "restore", "Bring an earlier version of a list back.")
    restore.add_argument("version", type=int, metavar="VERSION")
    retire = add_command(actions, "retire", "Take a list out of use; it stays on record.")
    for one in (show, change, restore, retire):
        one.add_argument("--id", required=True, metavar="ID", help="the list")
    for one in (change, restore, retire):
        _add_decision(one)


def _add_import(actions: SubCommands) -> None:
    load = add_command(
        actions,
        "import",
        "Take a list in: CSV or XLSX, a row for each pair (area code, neighbour code, rank) or for each area.",
    )
    load.add_argument("file", metavar="FILE", type=Path)
    load.add_argument("--id", required=True, metavar="ID", help="its short name, such as ons-2024")
    load.add_argument("--name", required=True, help="its name in words")
    load.add_argument("--source", default="", help="publisher and edition (default: the file's name)")
    load.add_argument(
        "--level", default="district", help="level of the areas, where the file has names (district)"
    )
    load.add_argument("--dry-run", action="store_true", help="read and check, and record nothing")
    _add_decision(load)


def _add_decision(command: argparse.ArgumentParser) -> None:
    add_person(command)
    command.add_argument("--reason", required=True, help="why, in words; goes on record")


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    return write(ACTIONS[options.action](options, store))


def _import(options: argparse.Namespace, store: Store) -> str:
    read = read_comparators(
        options.file,
        list_id=options.id,
        name=options.name,
        source=options.source,
        codes=_codes_by_name(store, options.level),
    )
    words = [f"{options.file.name}: {note}." for note in read.notes]
    if options.dry_run:
        return "\n".join([*words, "Nothing was recorded: a dry run."])
    saved = save_comparators(store.path, read.comparators, **_who(options))
    return "\n".join([*words, f"{saved.name} stands on record as {saved.label}."])


def _codes_by_name(store: Store, level: str) -> dict[str, str]:
    """Codes of the areas of a level by name; none where the store has no areas yet."""
    try:
        held = presented(measures.area_nesting(store)).frame
    except EmptyStore:
        return {}
    held = held[held["level"] == level]
    return dict(zip(held["area_name"], held["area_code"], strict=True))


def _list(options: argparse.Namespace, store: Store) -> str:
    standing = comparator_lists(store.path)
    if options.format == "json":
        return as_json(_as_row(one) for one in standing.values())
    if not standing:
        return (
            "No list of comparators is on record. `comparators import FILE --id ID --name NAME` takes one in, such as "
            "the statistical nearest neighbours of ONS or the most similar forces of the Home Office."
        )
    return "\n".join(
        f"{one.list_id}  {one.name}: v{one.version}, {len(one.comparators.neighbours):,} areas ({one.source})"
        for one in standing.values()
    )


def _as_row(one: ComparatorVersion) -> dict[str, object]:
    return {
        "list_id": one.list_id,
        "name": one.name,
        "version": one.version,
        "area_count": len(one.comparators.neighbours),
        "source": one.source,
    }


def _show(options: argparse.Namespace, store: Store) -> str:
    one = comparator_list(store.path, options.id, options.version)
    of_areas = one.comparators.of_areas
    wanted = {code: own for code, own in of_areas.items() if options.area in (None, code)}
    if options.format == "json":
        return as_json([{**_as_row(one), "neighbours": {code: [*own] for code, own in wanted.items()}}])
    lines = [f"{one.name} ({one.label}), {one.source}:"]
    lines += [f"  {code}: {', '.join(own)}" for code, own in wanted.items()] or ["  no such area on the list"]
    lines += ["Versions:"]
    lines += [
        f"  v{each.version} {each.action}, {each.recorded_at:%d %B %Y %H:%M} UTC, {each.recorded_by}: {each.reason}"
        for each in comparator_versions(store.path, options.id)
    ]
    return "\n".join(lines)


def _set(options: argparse.Namespace, store: Store) -> str:
    standing = comparator_list(store.path, options.id).comparators
    changed = standing.with_area(options.area.upper(), [code.upper() for code in options.codes])
    saved = save_comparators(store.path, changed, **_who(options))
    return f"{options.area.upper()} has {len(options.codes)} comparators in {saved.label}."


def _restore(options: argparse.Namespace, store: Store) -> str:
    saved = restore_comparators(store.path, options.id, options.version, **_who(options))
    return f"What version {options.version} says stands again, as {saved.label}."


def _retire(options: argparse.Namespace, store: Store) -> str:
    saved = retire_comparators(store.path, options.id, **_who(options))
    return f"{saved.name} is out of use ({saved.label}). `comparators restore` brings it back."


def _who(options: argparse.Namespace) -> dict[str, Any]:
    return {"recorded_by": options.by, "recorded_at": now(), "reason": options.reason}


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], str]] = {
    "import": _import,
    "list": _list,
    "show": _show,
    "set": _set,
    "restore": _restore,
    "retire": _retire,
}
