"""`indicators`: context figures of areas, taken in from any file, listed, shown and removed."""

import argparse
import csv
import json
from dataclasses import asdict
from pathlib import Path

from vrin_data import measures, protect
from vrin_data.cli.options import (
    SubCommands,
    add_actions,
    add_command,
    add_format,
    add_person,
    now,
)
from vrin_data.cli.progress import for_programs, obey, waiting
from vrin_data.errors import RefusedInput, UsageError
from vrin_data.intake import IndicatorImport, IndicatorTerms, import_indicator, remove_indicator
from vrin_data.intake.indicator_rows import LeftOut
from vrin_data.report import as_csv, as_json, as_listing
from vrin_data.store import Store

DONE = 0
LINES_SHOWN = 10
LINES_IN_JSON = 500
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
    load.add_argument("--left-out", type=Path, metavar="FILE.csv", help="write the rows left out here")
    load.add_argument("--dry-run", action="store_true", help="say how it is read and publish nothing")
    load.add_argument("--by", default="", metavar="NAME", help="who takes it in")
    for_programs(load)
    add_format(load)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    if options.action == "import":
        return _import(options, store)
    if options.action == "remove":
        build_id = remove_indicator(store, options.indicator_id, year=options.year, by=options.by, at=now())
        print(
            f"{options.indicator_id} is removed. Published build {build_id}; `builds --restore` brings it back."
        )
        return DONE
    print(_list(options, store) if options.action == "list" else _show(options, store))
    return DONE


def _import(options: argparse.Namespace, store: Store) -> int:
    obey(options)
    if not options.file.is_file():
        raise RefusedInput(f"There is no such file: {options.file}. Check the path.")
    terms = IndicatorTerms(
        indicator_id=options.id,
        year=options.year,
        name=options.name,
        unit=options.unit,
        source=options.source,
        code_column=options.code_column,
        value_column=options.value_column,
        level=options.level,
        where=tuple(_pair(text) for text in options.where),
    )
    with waiting("Reading and checking the figures"):
        done = import_indicator(
            store, options.file, terms, by=options.by, at=now(), is_dry_run=options.dry_run
        )
    if options.left_out:
        write_left_out(options.left_out, done.left_out)
    print(json.dumps(as_object(done), ensure_ascii=False) if options.format == "json" else account(done))
    return DONE


def _pair(text: str) -> tuple[str, str]:
    heading, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"{text!r} chooses no rows (expected HEADING=VALUE).")
    return heading.strip(), value.strip()


def account(done: IndicatorImport) -> str:
    """What came of an import, in words."""
    verb = "Published build " + done.build_id if done.build_id else "Nothing was published"
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
    lines += [*left_out_words(done.reasons, done.left_out), *(f"Note: {one}" for one in done.warnings)]
    return "\n".join([*lines, f"{verb}."])


def left_out_words(reasons: dict[str, int], left_out: tuple[LeftOut, ...]) -> list[str]:
    """Why rows were left out, each reason with its first lines."""
    words = []
    for reason, count in reasons.items():
        lines = [one.line for one in left_out if one.reason == reason]
        more = " ..." if len(lines) > LINES_SHOWN else ""
        words.append(
            f"  left out, {count:,}: {reason} (line {', '.join(map(str, lines[:LINES_SHOWN]))}{more})"
        )
    return words


def write_left_out(path: Path, left_out: tuple[LeftOut, ...]) -> None:
    """Write the rows that were left out as CSV: line, area_code, raw_value, reason."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("line", "area_code", "raw_value", "reason"))
        writer.writerows((one.line, one.area_code, one.raw_value, one.reason) for one in left_out)


def as_object(done: IndicatorImport) -> dict[str, object]:
    """What came of an import for programs, with the first of the rows left out."""
    content = asdict(done)
    content["left_out"] = content["left_out"][:LINES_IN_JSON]
    return {**content, "left_out_count": len(done.left_out), "reasons": done.reasons}


def _list(options: argparse.Namespace, store: Store) -> str:
    presented = protect.present(measures.indicator_list(store), protect.Viewer.analyst())
    if options.format == "json":
        return as_json(presented)
    if presented.frame.empty:
        return "The build holds no context figure yet: `indicators import` takes one in."
    rows = presented.frame.itertuples(index=False)
    return "\n".join(
        f"{one.indicator_id}  {one.indicator_name}, {one.unit}  {', '.join(map(str, one.years))}  "
        f"{', '.join(one.levels)}  ({one.source})"
        for one in rows
    )


def _show(options: argparse.Namespace, store: Store) -> str:
    request = measures.IndicatorRequest(options.indicator_id, options.level, options.year, options.area)
    presented = protect.present(measures.indicators(store, request), protect.Viewer.analyst())
    if options.format == "table":
        return as_listing(presented, SHOWN).rstrip("\n")
    return (as_csv if options.format == "csv" else as_json)(presented).rstrip("\n")
