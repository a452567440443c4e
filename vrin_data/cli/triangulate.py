"""`triangulate`: police and health side by side, as rates and ratios, with what unlinked feeds cannot say."""

import argparse
from dataclasses import replace

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.protect import Presented
from vrin_data.report.triangulation_words import ratio_words
from vrin_data.store import Store

HEADINGS = {
    "summary": {
        "area_name": "area",
        "source": "health feed",
        "months_compared": "months",
        "police_count_low": "police, at least",
        "police_count_high": "at most",
        "health_count_low": "health, at least",
        "health_count_high": "at most",
        "words": "health",
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
    "persons": {
        "source": "health feed",
        "window_days": "days",
        "health_keyed_count": "events with a key",
        "health_only_count": "health alone",
        "health_only_share": "share",
        "matched_person_count": "persons, both",
        "health_only_person_count": "health alone",
        "police_only_person_count": "police alone",
    },
    "estimate": {
        "source": "health feed",
        "window_days": "days",
        "known_person_count": "known to either",
        "estimate": "at least",
        "estimate_low": "from",
        "estimate_high": "to",
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
    command.add_argument(
        "--show",
        choices=tuple(HEADINGS),
        default="summary",
        help="persons: whom both sides saw, by person keys; estimate: a lower bound, for analysts alone",
    )
    command.add_argument(
        "--windows",
        type=int,
        nargs="+",
        default=list(measures.WINDOWS),
        metavar="DAYS",
        help="days within which two events of a person are one (7 30)",
    )
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the summary, the months, the persons or the estimate."""
    by = ("area", "month")
    selection = selection_of(options, store, definition=options.definition, level=options.level, by=by)
    found = presented(_answer(options, store, selection))
    if options.show == "summary":
        found = with_words(found)
    return write(shown(found, HEADINGS[options.show], options))


def with_words(found: Presented) -> Presented:
    """The summary, each ratio with its words: one of small counts that are hidden is a floor."""
    words = [ratio_words(row) for row in found.frame.itertuples()]
    return replace(found, frame=found.frame.assign(words=words))


def _answer(options: argparse.Namespace, store: Store, selection: measures.Selection) -> measures.Answer:
    if options.show in ("persons", "estimate"):
        linked = measures.LinkedRequest(selection, windows=tuple(options.windows))
        return {"persons": measures.linked_people, "estimate": measures.linked_estimate}[options.show](
            store, linked
        )
    request = measures.TriangulateRequest(selection)
    return {"summary": measures.triangulate_summary, "months": measures.triangulate}[options.show](
        store, request
    )
