"""`assets`: community assets of lists, each with a place, taken in, listed and removed."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from vrin_data import measures, protect
from vrin_data.cli.indicators import LINES_IN_JSON, left_out_words, write_left_out
from vrin_data.cli.options import SubCommands, add_actions, add_command, add_format, add_person, now
from vrin_data.cli.progress import for_programs, obey, waiting
from vrin_data.errors import RefusedInput, UsageError
from vrin_data.intake import AssetImport, AssetTerms, import_assets, remove_assets
from vrin_data.report import as_csv, as_json, as_listing
from vrin_data.store import Store

DONE = 0
SHOWN = {
    "kind": "kind",
    "asset_name": "name",
    "district_name": "district",
    "contact": "contact",
    "source": "list",
}


def add_parser(commands: SubCommands) -> None:
    """Add the command and its actions."""
    command = add_command(
        commands, "assets", "Community assets and protective factors: youth clubs, schools, navigators."
    )
    actions = add_actions(command)
    _add_import(actions)
    shown = add_command(actions, "list", "The assets of the current build, by kind and name.")
    shown.add_argument("--area", metavar="CODE", help="only those that lie in this area")
    shown.add_argument("--kind", help="only those of this kind")
    shown.add_argument("--format", choices=("table", "csv", "json"), default="table")
    gone = add_command(actions, "remove", "Publish a build without a list.")
    gone.add_argument("source", metavar="LIST", help="the list's name, as `assets list` shows it")
    add_person(gone)


def _add_import(actions: SubCommands) -> None:
    load = add_command(actions, "import", "Take a list in, in place of what came under its name before.")
    load.add_argument("file", metavar="FILE", type=Path, help="CSV, XLSX, ODS or Parquet, one row an asset")
    load.add_argument("--source", default="", metavar="LIST", help="the list's name (default: the file's)")
    load.add_argument("--kind", default="", help="the kind of all rows that name none")
    load.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="WHAT=HEADING",
        help="name, kind, contact, easting, northing, longitude, latitude, postcode or area_code",
    )
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
        build_id = remove_assets(store, options.source, by=options.by, at=now())
        print(f"{options.source} is removed. Published build {build_id}; `builds --restore` brings it back.")
        return DONE
    request = measures.AssetRequest(area_code=options.area, kind=options.kind)
    presented = protect.present(measures.assets(store, request), protect.Viewer.analyst())
    if options.format == "table":
        print(as_listing(presented, SHOWN).rstrip("\n"))
    else:
        print((as_csv if options.format == "csv" else as_json)(presented).rstrip("\n"))
    return DONE


def _import(options: argparse.Namespace, store: Store) -> int:
    obey(options)
    if not options.file.is_file():
        raise RefusedInput(f"There is no such file: {options.file}. Check the path.")
    terms = AssetTerms(options.source, options.kind, dict(_pair(text) for text in options.column))
    with waiting("Reading, checking and placing the assets"):
        done = import_assets(store, options.file, terms, by=options.by, at=now(), is_dry_run=options.dry_run)
    if options.left_out:
        write_left_out(options.left_out, done.left_out)
    print(json.dumps(as_object(done), ensure_ascii=False) if options.format == "json" else account(done))
    return DONE


def _pair(text: str) -> tuple[str, str]:
    what, sign, heading = text.partition("=")
    if not sign:
        raise UsageError(f"{text!r} names no column (expected WHAT=HEADING).")
    return what.strip(), heading.strip()


def account(done: AssetImport) -> str:
    """What came of an import, in words."""
    columns = ", ".join(f"{what} from {heading}" for what, heading in done.columns.items())
    kinds = ", ".join(f"{kind} ({count:,})" for kind, count in done.kinds.items())
    lines = [
        f"{done.file}, list {done.source}: {columns}.",
        f"{done.row_count:,} rows: {done.taken_count:,} taken, {len(done.left_out):,} left out.",
        f"Kinds: {kinds}.",
    ]
    if done.replaced_count:
        lines.append(f"They take the place of {done.replaced_count:,} assets of the same list.")
    lines += [*left_out_words(done.reasons, done.left_out), *(f"Note: {one}" for one in done.warnings)]
    verb = f"Published build {done.build_id}" if done.build_id else "Nothing was published"
    return "\n".join([*lines, f"{verb}."])


def as_object(done: AssetImport) -> dict[str, object]:
    """What came of an import for programs, with the first of the rows left out."""
    content = asdict(done)
    content["left_out"] = content["left_out"][:LINES_IN_JSON]
    return {**content, "left_out_count": len(done.left_out), "reasons": done.reasons}
