"""`breakdown`: what a harm total is made of, how sure it is, and how it reads in other ways."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.contract.periods import later
from vrin_data.measures import Answer, Selection
from vrin_data.store import Store

HARM = {
    "incident_count": "incidents",
    "harm_days_low": "harm low",
    "harm_days": "harm days",
    "harm_days_high": "harm high",
}
WEIGHT = {"weight": "days each", "basis": "weight is"}


@dataclass(frozen=True)
class View:
    """One thing to show: the question that answers it, and the columns of its table."""

    ask: Callable[[Store, Selection, argparse.Namespace], Answer]
    headings: dict[str, str]


VIEWS = {
    "offences": View(
        lambda store, selection, _: measures.breakdown(store, selection),
        {
            "offence_label": "offence",
            **HARM,
            "share_of_harm": "share",
            **WEIGHT,
            "unweighted_count": "no weight",
        },
    ),
    "sureness": View(
        lambda store, selection, _: measures.sureness(store, selection), {"words": "how sure", **HARM}
    ),
    "change": View(
        lambda store, selection, _: measures.waterfall(store, _year_before(selection)),
        {
            "offence_label": "offence",
            "harm_days_before": "harm before",
            "harm_days_now": "harm now",
            "harm_days_change": "change",
            "harm_days_change_low": "change at least",
            "harm_days_change_high": "change at most",
        },
    ),
    "series": View(
        lambda store, selection, _: measures.by_series(store, selection),
        {"series_name": "series", **HARM, "incident_count_at_most": "incidents at most"},
    ),
    "parts": View(
        lambda store, selection, _: measures.by_part(store, selection), {"part_name": "part", **HARM}
    ),
    "rules": View(lambda store, selection, _: measures.by_rule(store, selection), {"words": "rule", **HARM}),
    "editions": View(
        lambda store, selection, options: measures.by_edition(
            store, measures.EditionsRequest(selection, (selection.weights, *options.beside))
        ),
        {"edition": "edition", **HARM, "unweighted_count": "no weight"},
    ),
    "worksheet": View(
        lambda store, selection, _: measures.worksheet_data(store, selection),
        {
            "consideration": "consideration",
            "words": "what",
            "value_low": "low",
            "value": "figure",
            "value_high": "high",
            "unit": "unit",
            "text": "remark",
        },
    ),
    "costs": View(
        lambda store, selection, _: measures.costs(store, selection),
        {"incident_count": "incidents", "cost_gbp": "pounds", "unweighted_count": "no cost"},
    ),
    "severity": View(
        lambda store, selection, _: measures.severity(store, selection),
        {"incident_count": "incidents", "severity": "points", "unweighted_count": "no weight"},
    ),
}


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "breakdown", "What a harm total is made of, and how sure it is, with its stamp."
    )
    command.add_argument("--definition", metavar="ID", default="violence-with-injury")
    command.add_argument("--show", choices=tuple(VIEWS), default="offences", help="what to show of the total")
    command.add_argument(
        "--beside",
        metavar="EDITION",
        action="append",
        default=[],
        help="with --show editions: another edition; may be given again",
    )
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print what was asked of the total."""
    view = VIEWS[options.show]
    selection = selection_of(options, store, definition=options.definition, level="force", by=())
    return write(shown(presented(view.ask(store, selection, options)), view.headings, options))


def _year_before(selection: Selection) -> measures.BetweenRequest:
    return measures.BetweenRequest(
        selection, later(selection.from_month, -12), later(selection.to_month, -12)
    )
