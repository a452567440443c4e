"""`rejected` and `purge`: rows kept aside, and rows whose time is past, from the command line."""

import argparse
import json
from dataclasses import asdict

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command, add_format, day, now
from vrin_data.cli.presenting import presented, write
from vrin_data.intake import Purged, purge
from vrin_data.report import as_corrections, as_csv, as_json, as_rejected_table
from vrin_data.store import Store


def add_parsers(commands: SubCommands) -> None:
    """Add both commands."""
    told = add_command(
        commands, "rejected", "Rows that were not taken, each with file, line, column, value and reason."
    )
    told.add_argument("--supplier", metavar="ID")
    told.add_argument("--feed", metavar="FEED")
    told.add_argument("--file", metavar="NAME")
    told.add_argument(
        "--format",
        choices=("table", "csv", "json", "corrections"),
        default="table",
        help="corrections: the whole rows of one file as CSV, to be corrected and given to `correct`",
    )
    past = add_command(
        commands, "purge", "Remove rows whose agreement's time is past, from this build and all earlier ones."
    )
    past.add_argument("--on", type=day, metavar="DAY", help="as of this day (default: today)")
    past.add_argument("--dry-run", action="store_true", help="say what would be removed and remove nothing")
    add_format(past)


def run_rejected(options: argparse.Namespace, store: Store) -> int:
    """Print rejected rows."""
    request = measures.RejectedRequest(supplier=options.supplier, feed=options.feed, file=options.file)
    as_text = {
        "csv": as_csv,
        "json": as_json,
        "table": as_rejected_table,
        "corrections": as_corrections,
    }[options.format]
    return write(as_text(presented(measures.rejected(store, request))))


def run_purge(options: argparse.Namespace, store: Store) -> int:
    """Remove what is past its time and say what that was."""
    at = now()
    found = purge(store, on=options.on or at.date(), at=at, dry_run=options.dry_run)
    if options.format == "json":
        print(json.dumps([asdict(one) for one in found], indent=2, default=str))
        return 0
    verb = "would be removed" if options.dry_run else "were removed"
    for one in found:
        print(_line(one))
    rows = sum(one.row_count for one in found)
    print(f"{rows:,} rows {verb} from {len({one.build_id for one in found})} builds.")
    return 0


def _line(one: Purged) -> str:
    return (
        f"build {one.build_id}: {one.supplier_id} {one.feed_id} {one.period_start:%Y-%m}: "
        f"{one.row_count:,} rows, under {one.agreement_id}"
    )
