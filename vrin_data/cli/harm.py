"""`harm`: incidents and harm under one definition, or under several beside each other."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import presented, write
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.errors import UsageError
from vrin_data.measures import Answer, CompareRequest
from vrin_data.protect import Presented
from vrin_data.report import as_csv, as_json, as_listing, as_table
from vrin_data.store import Store

USUAL = "violence-with-injury"
MOST_WORDS = 160
"""Letters of a changed clause that a table shows; other formats have it whole."""
FIGURES = {
    "incident_count": "incidents",
    "harm_days_low": "harm low",
    "harm_days": "harm days",
    "harm_days_high": "harm high",
}


@dataclass(frozen=True)
class View:
    """One thing to show of several definitions: the question that answers it, and the columns of its table."""

    ask: Callable[[Store, CompareRequest], Answer]
    headings: Mapping[str, str]


VIEWS = {
    "totals": View(
        measures.compare,
        {
            "definition": "definition",
            **FIGURES,
            "harm_days_per_1000": "harm/1,000",
            "months_covered": "months",
        },
    ),
    "months": View(measures.compare_months, {"definition": "definition", "month": "month", **FIGURES}),
    "overlap": View(
        measures.overlap,
        {
            "relation": "relation",
            "incident_count": "incidents",
            "further_count": "suppressed, at most",
            "share": "share",
            "harm_days_low": "harm low",
            "harm_days_high": "harm high",
        },
    ),
    "offences": View(
        measures.difference_offences,
        {
            "offence_key": "offence",
            "offence_label": "name",
            "in_first": "first",
            "in_second": "second",
            "both_count": "both",
            "only_first_count": "only first",
            "only_second_count": "only second",
            "same_count": "both or neither",
            "cannot_tell_count": "cannot tell",
            "harm_days_change": "harm change",
            "harm_days_change_low": "at least",
            "harm_days_change_high": "at most",
        },
    ),
    "areas": View(
        measures.difference_areas,
        {
            "area_name": "area",
            "first_incident_count": "first",
            "second_incident_count": "second",
            "incident_count_change": "change",
            "first_harm_days_per_1000": "first harm/1,000",
            "second_harm_days_per_1000": "second harm/1,000",
            "places_moved": "places moved",
        },
    ),
    "clauses": View(
        measures.clause_steps,
        {
            "incident_count_low_change": "incidents low",
            "incident_count_high_change": "incidents high",
            "harm_days_low_change": "harm low",
            "harm_days_change": "harm days",
            "harm_days_high_change": "harm high",
            "words": "by this change",
        },
    ),
}
VIEW_BY = {None: "totals", "": "totals", "month": "months", "area": "areas"}
"""What is shown of several definitions where only `--by` says so."""


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands, "harm", "Incidents and harm under one definition or several, with their stamp."
    )
    command.add_argument(
        "--definition",
        dest="definitions",
        metavar="ID[@VERSION]",
        action="append",
        help=f"given several times, they stand beside each other (default: {USUAL})",
    )
    command.add_argument("--level", default="district", help="region, force, csp, district, msoa or lsoa")
    command.add_argument("--by", metavar="area,month", help="area, month, or both (default: area)")
    command.add_argument(
        "--show",
        choices=tuple(VIEWS),
        help="of several definitions: their totals (the default), or what sets two of them apart",
    )
    command.add_argument(
        "--one-figure", action="store_true", help="refuse, with the reason, where there is only a range"
    )
    add_terms(command)


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the figures of one definition, or what sets several apart."""
    refs = options.definitions or [USUAL]
    if len(refs) == 1:
        if options.show:
            raise UsageError("--show is for several definitions: give --definition more than once.")
        found = presented(_harm(options, store, refs[0]))
        as_words: Callable[..., str] = as_table
    else:
        view = VIEWS[options.show or _view_by(options.by)]
        found = presented(view.ask(store, _request(options, store, refs)))
        as_words = _listing(view)
    as_text = {"csv": as_csv, "json": as_json}.get(options.format, as_words)
    return write(as_text(found, with_stamp=not options.no_stamp))


def _harm(options: argparse.Namespace, store: Store, ref: str) -> Answer:
    by = "area" if options.by is None else options.by
    dimensions = tuple(part.strip() for part in by.split(",") if part.strip())
    selection = selection_of(options, store, definition=ref, level=options.level, by=dimensions)
    return measures.harm(store, selection, one_figure=options.one_figure)


def _request(options: argparse.Namespace, store: Store, refs: list[str]) -> CompareRequest:
    selection = selection_of(options, store, definition=refs[0], level=options.level, by=())
    return CompareRequest(selection, tuple(refs), one_figure=options.one_figure)


def _view_by(by: str | None) -> str:
    if by not in VIEW_BY:
        raise UsageError(
            f"Several definitions are shown by area or by month, not by {by!r}. Choose one, or see --show."
        )
    return VIEW_BY[by]


def _listing(view: View) -> Callable[..., str]:
    def listing(found: Presented, *, with_stamp: bool) -> str:
        frame = found.frame.copy()
        for name in {"words"} & {*frame.columns}:
            frame[name] = frame[name].map(lambda words: shorten(words, MOST_WORDS, placeholder=" ..."))
        return as_listing(replace(found, frame=frame), view.headings, with_stamp=with_stamp)

    return listing
