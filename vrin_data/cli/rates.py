"""`rates`: incidents and harm per residents with their limits, age-standardised where residents by age are known."""

import argparse

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.measures.change_request import last_year
from vrin_data.measures.rates import PER
from vrin_data.store import Store

HEADINGS = {
    "area_code": "area",
    "area_name": "name",
    "incident_count": "incidents",
    "population": "residents",
    "months_covered": "months",
    "rate": "rate",
    "rate_low": "at least",
    "rate_high": "at most",
    "method": "limits",
    "reliability": "reliability",
    "harm_per": "harm",
    "harm_per_low": "at least",
    "harm_per_high": "at most",
}
STANDARDISED = {
    "standardised_rate": "standardised",
    "standardised_rate_low": "at least",
    "standardised_rate_high": "at most",
    "age_unknown_count": "age unknown",
}


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "rates", "Incidents and harm per residents, with their limits and the stamp."
    )
    command.add_argument("--definition", metavar="ID", default="violence-with-injury")
    command.add_argument("--level", default="district", help="the areas: region to lsoa, ward, or own-...")
    command.add_argument("--by", choices=("area", "total"), default="area")
    command.add_argument("--per", type=int, choices=PER, default=PER[0], help="residents that a rate is of")
    command.add_argument(
        "--standardised",
        action="store_true",
        help="also as if every area had the ages of the European Standard Population 2013",
    )
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the rates, areas by name; without a first month those of the last 12 months."""
    by = ("area",) if options.by == "area" else ()
    selection = selection_of(options, store, definition=options.definition, level=options.level, by=by)
    if options.from_month is None:
        selection = last_year(selection)
    request = measures.RatesRequest(selection, per=options.per, standardised=options.standardised)
    headings = HEADINGS | (STANDARDISED if options.standardised else {})
    return write(shown(presented(measures.rates(store, request)), headings, options))
