"""`hotspots`: areas that stand out by incidents or harm, together with those around them, and for how many years."""

import argparse
import sys
from dataclasses import replace
from typing import get_args

from vrin_data import measures, protect
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.measures.hotspot_request import Kind, Rule, refuse_streets
from vrin_data.report import as_csv, as_json, as_listing
from vrin_data.store import Store

DONE = 0
HEADINGS = {
    "spot_number": "spot",
    "area_code": "area",
    "area_name": "name",
    "district_name": "district",
    "incident_count": "incidents",
    "harm_days": "harm days",
    "z": "z",
    "q_value": "q",
    "years_as_spot": "years a spot",
    "years_judged": "of",
}


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "hotspots",
        "Areas that stand out by incidents or harm, and for how many years, with the stamp.",
    )
    command.add_argument("--definition", metavar="ID", default="violence-with-injury")
    command.add_argument("--level", default="lsoa", help="the areas: region to lsoa, ward, or own-...")
    command.add_argument("--kind", choices=get_args(Kind), default="harm", help="what an area stands out by")
    command.add_argument(
        "--rule",
        choices=get_args(Rule),
        default="gi_star",
        help="Getis-Ord Gi* at a false discovery rate of 5%%, or two standard deviations above the mean",
    )
    command.add_argument("--years", type=int, default=3, metavar="N", help="years looked back on (3)")
    command.add_argument(
        "--all", action="store_true", help="in a table: also the areas that do not stand out"
    )
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the spots, the one that holds most first; csv and json have every area, by name."""
    refuse_streets(options.level)
    selection = selection_of(options, store, definition=options.definition, level=options.level, by=("area",))
    request = measures.HotspotRequest(selection, kind=options.kind, rule=options.rule, years=options.years)
    presented = protect.present(measures.hotspots(store, request), protect.Viewer.analyst())
    with_stamp = not options.no_stamp
    if options.format == "table":
        shown = presented if options.all else _spots(presented)
        text = as_listing(shown, HEADINGS, with_stamp=with_stamp)
    else:
        text = {"csv": as_csv, "json": as_json}[options.format](presented, with_stamp=with_stamp)
    sys.stdout.write(text.rstrip("\n") + "\n")
    return DONE


def _spots(presented: protect.Presented) -> protect.Presented:
    frame = presented.frame
    found = frame[frame["is_spot"]].sort_values(["spot_number", "area_name"], kind="stable")
    return replace(presented, frame=found)
