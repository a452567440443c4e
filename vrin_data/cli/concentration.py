"""`concentration`: how unevenly incidents and harm lie over places, beside what chance alone would give."""

import argparse

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.measures.hotspot_request import refuse_streets
from vrin_data.store import Store

HEADINGS = {
    "summary": {
        "figure": "figure",
        "place_count": "places",
        "total": "total",
        "gini": "Gini",
        "random_gini": "at random",
        "gini_generalised": "generalised Gini",
        "share_of_places_half": "places that hold half",
        "random_share_of_places_half": "at random",
    },
    "curve": {"figure": "figure", "rank_share": "share of places", "cumulative_share": "share held"},
}


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "concentration", "How unevenly incidents and harm lie over places, with the stamp."
    )
    command.add_argument("--definition", metavar="ID", default="violence-with-injury")
    command.add_argument("--level", default="lsoa", help="the places: region to lsoa, ward, or own-...")
    command.add_argument("--show", choices=tuple(HEADINGS), default="summary")
    command.add_argument(
        "--runs", type=int, default=200, metavar="N", help="how often the incidents fall at random (200)"
    )
    command.add_argument("--seed", type=int, default=1, metavar="N", help="another series of falls (1)")
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the summary or the curves."""
    refuse_streets(options.level)
    selection = selection_of(options, store, definition=options.definition, level=options.level, by=("area",))
    request = measures.ConcentrationRequest(selection, runs=options.runs, seed=options.seed)
    ask = measures.concentration if options.show == "curve" else measures.concentration_summary
    return write(shown(presented(ask(store, request)), HEADINGS[options.show], options))
