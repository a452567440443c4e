"""`indicators`: context figures of areas, taken in from any file, listed, shown and removed."""

import argparse
from pathlib import Path

from vrin_data import measures
from vrin_data.cli.context_files import add_taking, pair, take
from vrin_data.cli.options import SubCommands, add_actions, add_command, add_format, add_person, now
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.progress import waiting
from vrin_data.intake import IndicatorImport, IndicatorTerms, import_indicator, remove_indicator
from vrin_data.report import as_json
from vrin_data.store import Store

SHOWN = {
    "area_code": "code",
    "area_name": "area",
    "value": "value",
    "class_name": "class",
    "unit": "unit",
    "basis": "basis",
}


def add_parser(commands: SubCommands) -> None:
    """Add the command and its actions."""
    command = add_command(
        commands, "indicators", "Context figures of areas: deprivation, exclusions, a survey of your own."
    )
    actions = add_actions(command)
    _add_import(actions)
    add_format(add_command(actions, "list", "The context figures of the current build."))
    shown = add_command(actions, "show", "One figure of every area of a level.")
    shown.add_argument("indicator_id", metavar="ID")
    shown.add_argument("--level", default="district")
    shown.add_argument("--year", type=int, metavar="YYYY", help="default: the latest")
    shown.add_argument("--area", metavar="CODE", help="only areas that lie in this one")
    shown.add_argument("--format", choices=("table", "csv", "json"), default="table")
    gone = add_command(actions, "remove", "Publish a build without a figure.")
    gone.add_argument("indicator_id", metavar="ID")
    gone.add_argument("--year", type=int, metavar="YYYY", help="default: all years")
    add_person(gone)


def _add_import(actions: SubCommands) -> None:
    load = add_command(
        actions,
        "import",
        "Take one figure of one year in, in place of what there was of it; no incident moves.",
    )
    load.add_argument("file", metavar="FILE", type=Path, help="CSV, XLSX, ODS or Parquet, one row an area")
    load.add_argument(
        "--id", required=True, metavar="ID", help="small letters, digits, hyphens: school-meals"
    )
    load.add_argument("--year", required=True, type=int, metavar="YYYY", help="the year that it is about")
    load.add_argument("--name", default="", help="its name in words")
    load.add_argument("--unit", default="", help="'%%', 'per 1,000', 'count' (added up), 'class' (words)")
    load.add_argument("--source", default="", help="publisher and release (default: the file's name)")
    load.add_argument("--code-column", default="", metavar="HEADING", help="default: told by its values")
    load.add_argument("--value-column", default="", metavar="HEADING", help="default: told by id and name")
    load.add_argument("--level", default="", help="of several levels in the file, the one to take")
    load.add_argument("--where", action="append", default=[], metavar="HEADING=VALUE", help="only such rows")
    add_taking(load)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    if options.action == "import":
        return write(take(options, lambda: _import(options, store), account))
    if options.action == "remove":
        build_id = remove_indicator(store, options.indicator_id, year=options.year, by=options.by, at=now())
        return write(
            f"{options.indicator_id} is removed. Published build {build_id}; `builds --restore` brings it back."
        )
    return write(_list(options, store) if options.action == "list" else _show(options, store))


def _import(options: argparse.Namespace, store: Store) -> IndicatorImport:
    terms = IndicatorTerms(
        indicator_id=options.id,
        year=options.year,
        name=options.name,
        unit=options.unit,
        source=options.source,
        code_column=options.code_column,
        value_column=options.value_column,
        level=options.level,
        where=tuple(pair(text, what="chooses no rows (expected HEADING=VALUE)") for text in options.where),
    )
    with waiting("Reading and checking the figures"):
        return import_indicator(
            store, options.file, terms, by=options.by, at=now(), is_dry_run=options.dry_run
        )


def account(done: IndicatorImport) -> list[str]:
    """How a file was read and what was taken, in lines."""
    lines = [
        f"{done.file}: {done.indicator_name} ({done.indicator_id}), {done.unit}, {done.year}, by {done.level}.",
        f"Codes from column {done.code_column}, figures from column {done.value_column}.",
        f"{done.row_count:,} rows: {done.taken_count:,} taken, {len(done.left_out):,} left out"
        + (f", {done.not_chosen_count:,} not chosen." if done.not_chosen_count else "."),
    ]
    if done.carried_count:
        lines.append(
            f"{done.carried_count:,} codes of an older vintage were carried to the areas they became."
        )
    if done.replaced_count:
        lines.append(f"They take the place of {done.replaced_count:,} figures of the same id and year.")
    return lines


def _list(options: argparse.Namespace, store: Store) -> str:
    found = presented(measures.indicator_list(store))
    if options.format == "json":
        return as_json(found)
    if found.frame.empty:
        return "The build holds no context figure yet: `indicators import` takes one in."
    rows = found.frame.itertuples(index=False)
    return "\n".join(
        f"{one.indicator_id}  {one.indicator_name}, {one.unit}  {', '.join(map(str, one.years))}  "
        f"{', '.join(one.levels)}  ({one.source})"
        for one in rows
    )


def _show(options: argparse.Namespace, store: Store) -> str:
    request = measures.IndicatorRequest(options.indicator_id, options.level, options.year, options.area)
    return shown(presented(measures.indicators(store, request)), SHOWN, options)
