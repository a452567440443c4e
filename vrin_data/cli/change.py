"""`change`: incidents and harm of a period against an earlier one, in figures and in words."""

import argparse
from dataclasses import replace

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command, month
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.measures.change_request import last_year
from vrin_data.protect import Presented
from vrin_data.report.change_words import change_words
from vrin_data.report.changed import changes_of
from vrin_data.store import Store

HEADINGS = {
    "area_name": "area",
    "figure": "figure",
    "months_compared": "months",
    "root_z": "quick check (within 3)",
    "p_value": "p",
    "words": "what can be told",
}


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "change", "Whether a period differs from an earlier one by more than chance, in words."
    )
    command.add_argument("--definition", metavar="ID", default="violence-with-injury")
    command.add_argument("--level", default="district", help="the areas: region to lsoa, ward, or own-...")
    command.add_argument("--by", choices=("area", "total"), default="total")
    command.add_argument(
        "--base-from", type=month, metavar="YYYY-MM", help="first month of the base (default: a year before)"
    )
    command.add_argument("--base-to", type=month, metavar="YYYY-MM", help="last month of the base")
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the changes, areas by name; without a first month the last 12 months are the later period."""
    by = ("area",) if options.by == "area" else ()
    selection = selection_of(options, store, definition=options.definition, level=options.level, by=by)
    if options.from_month is None:
        selection = last_year(selection)
    request = measures.ChangeRequest(selection, options.base_from, options.base_to)
    return write(shown(with_words(presented(measures.period_change(store, request))), HEADINGS, options))


def with_words(found: Presented) -> Presented:
    """The changes, each with its words."""
    words = [change_words(one) for one in changes_of(found.frame)]
    return replace(found, frame=found.frame.assign(words=words))
