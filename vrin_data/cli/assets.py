"""`assets`: community assets of lists, each with a place, taken in, listed and removed."""

import argparse
from pathlib import Path

from vrin_data import measures
from vrin_data.cli.context_files import add_taking, pair, take
from vrin_data.cli.options import SubCommands, add_actions, add_command, add_person, now
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.progress import waiting
from vrin_data.intake import AssetImport, AssetTerms, import_assets, remove_assets
from vrin_data.store import Store

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
    add_taking(load)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    if options.action == "import":
        return write(take(options, lambda: _import(options, store), account))
    if options.action == "remove":
        build_id = remove_assets(store, options.source, by=options.by, at=now())
        return write(
            f"{options.source} is removed. Published build {build_id}; `builds --restore` brings it back."
        )
    request = measures.AssetRequest(area_code=options.area, kind=options.kind)
    return write(shown(presented(measures.assets(store, request)), SHOWN, options))


def _import(options: argparse.Namespace, store: Store) -> AssetImport:
    columns = dict(pair(text, what="names no column (expected WHAT=HEADING)") for text in options.column)
    terms = AssetTerms(options.source, options.kind, columns)
    with waiting("Reading, checking and placing the assets"):
        return import_assets(store, options.file, terms, by=options.by, at=now(), is_dry_run=options.dry_run)


def account(done: AssetImport) -> list[str]:
    """How a list was read and what was taken, in lines."""
    columns = ", ".join(f"{what} from {heading}" for what, heading in done.columns.items())
    kinds = ", ".join(f"{kind} ({count:,})" for kind, count in done.kinds.items())
    lines = [
        f"{done.file}, list {done.source}: {columns}.",
        f"{done.row_count:,} rows: {done.taken_count:,} taken, {len(done.left_out):,} left out.",
        f"Kinds: {kinds}.",
    ]
    if done.replaced_count:
        lines.append(f"They take the place of {done.replaced_count:,} assets of the same list.")
    return lines
