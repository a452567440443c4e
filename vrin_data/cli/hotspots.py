"""`hotspots`: areas that stand out by incidents or harm, together with those around them, and for how many years."""

import argparse
from dataclasses import replace
from typing import get_args

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.measures.hotspot_request import Kind, Rule, refuse_streets
from vrin_data.protect import Presented
from vrin_data.store import Store

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
    found = presented(measures.hotspots(store, request))
    if options.format == "table" and not options.all:
        found = _spots(found)
    return write(shown(found, HEADINGS, options))


def _spots(every: Presented) -> Presented:
    frame = every.frame
    found = frame[frame["is_spot"]].sort_values(["spot_number", "area_name"], kind="stable")
    return replace(every, frame=found)
