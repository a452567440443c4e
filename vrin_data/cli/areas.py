"""`areas`: list, show and check the areas of the build, import official files, show the areas of another day."""

import argparse
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from vrin_data import measures
from vrin_data.cli import own_areas, words
from vrin_data.cli.area_words import area_lines, area_object, layer_lines, report_lines
from vrin_data.cli.options import SubCommands, add_actions, add_command, add_format, as_json, day, now
from vrin_data.cli.progress import waiting
from vrin_data.errors import RefusedInput
from vrin_data.intake import import_areas, known_areas
from vrin_data.intake.area_day import areas_as_at, check_areas, shown_area
from vrin_data.measures.area_neighbours import area_neighbours
from vrin_data.store import Store

DONE, REFUSED = 0, 1


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "areas", "Areas: import official files, list, show and check what the build holds."
    )
    actions = add_actions(command)
    shown = add_command(actions, "list", "The areas of a level in the current build, or its layers.")
    shown.add_argument("--level", default="district", help="region to lsoa, ward, or own-...")
    shown.add_argument("--layers", action="store_true", help="the levels that lie across the small areas")
    add_format(shown)
    one = add_command(actions, "show", "All that is known of one area.")
    one.add_argument("code", metavar="CODE")
    add_format(one)
    check = add_command(
        actions,
        "check",
        "What the build holds and lacks; with files, what an import of them would make. Exit code 1 where "
        "something is to be put right. Nothing is changed.",
    )
    check.add_argument("paths", metavar="FILE", nargs="*", type=Path)
    add_format(check)
    load = add_command(
        actions, "import", "Load official boundary and lookup files and place every incident anew."
    )
    load.add_argument("paths", metavar="FILE", nargs="+", type=Path)
    as_at = add_command(
        actions, "as-at", "Show the areas and the nesting of a day, such as one after a reorganisation."
    )
    as_at.add_argument("day", metavar="YYYY-MM-DD", type=day)
    own_areas.add_actions(actions)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do what the action says."""
    return ACTIONS[options.action](options, store)


def _list(options: argparse.Namespace, store: Store) -> int:
    if options.layers:
        layers = known_areas(store).layers
        print(_json(layers) if options.format == "json" else layer_lines(layers))
        return DONE
    listed = measures.area_list(store, options.level)
    print(_json(listed) if options.format == "json" else words.area_list(listed))
    return DONE


def _show(options: argparse.Namespace, store: Store) -> int:
    area = shown_area(store, options.code)
    beside = area_neighbours(store, area.code, area.level)
    print(as_json([area_object(area, beside)]) if options.format == "json" else area_lines(area, beside))
    return DONE


def _check(options: argparse.Namespace, store: Store) -> int:
    _refuse_missing(options.paths)
    if options.paths:
        with waiting("Reading and checking the files"):
            found = check_areas(store, options.paths, on=now().date())
    else:
        found = check_areas(store, on=now().date())
    report, findings = found.report, found.findings
    if options.format == "json":
        told = [{"level": one.level, "file": one.file, "message": one.message} for one in findings]
        print(as_json([*told, *report.to_dict("records")]))
    else:
        print(report_lines(report, findings))
    return REFUSED if report["is_fault"].any() else DONE


def _import(options: argparse.Namespace, store: Store) -> int:
    _refuse_missing(options.paths)
    with waiting("Reading and checking boundaries, placing incidents"):
        done = import_areas(store, options.paths, received_at=now())
    print(words.area_account(done))
    return DONE


def _as_at(options: argparse.Namespace, store: Store) -> int:
    with waiting("Placing incidents in the areas of that day"):
        done = areas_as_at(store, options.day, changed_at=now())
    print(words.area_account(done))
    return DONE


def _refuse_missing(paths: list[Path]) -> None:
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise RefusedInput(f"There is no such file or folder: {', '.join(missing)}. Check the path.")


def _json(frame: pd.DataFrame) -> str:
    return as_json(frame.to_dict("records"))


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], int]] = {
    "list": _list,
    "show": _show,
    "check": _check,
    "import": _import,
    "as-at": _as_at,
    "own": own_areas.run,
}
