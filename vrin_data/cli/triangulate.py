"""`triangulate`: police and health side by side, as rates and ratios, with what unlinked feeds cannot say."""

import argparse

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.store import Store

HEADINGS = {
    "summary": {
        "area_name": "area",
        "source": "health feed",
        "months_compared": "months",
        "police_count": "police",
        "health_count": "health",
        "ratio": "health for each crime",
        "ratio_low": "from",
        "ratio_high": "to",
        "reason": "not compared",
    },
    "months": {
        "area_name": "area",
        "source": "source",
        "month": "month",
        "state": "came",
        "value": "count",
        "rate_per_1000": "per 1,000",
        "index": "index",
        "ratio": "health for each crime",
    },
}


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "triangulate", "Police and health by area: counts, rates and ratios, with the stamp."
    )
    command.add_argument("--definition", metavar="ID", default="violence-with-injury")
    command.add_argument(
        "--level", default="force", help="areas: force (most health feeds know no finer), csp, ..."
    )
    command.add_argument("--show", choices=tuple(HEADINGS), default="summary")
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the summary or the months."""
    by = ("area", "month")
    selection = selection_of(options, store, definition=options.definition, level=options.level, by=by)
    request = measures.TriangulateRequest(selection)
    ask = measures.triangulate if options.show == "months" else measures.triangulate_summary
    return write(shown(presented(ask(store, request)), HEADINGS[options.show], options))
