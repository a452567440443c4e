"""`feeds`: the ledger, the chase list, timeliness and versions, from the command line."""

import argparse
from collections.abc import Callable

from vrin_data import measures
from vrin_data.cli import declarations
from vrin_data.cli.options import SubCommands, add_command, day, month, now
from vrin_data.cli.presenting import presented, write
from vrin_data.measures import LedgerRequest
from vrin_data.protect import Presented
from vrin_data.report.ledger import frame_as, ledger_as, messages
from vrin_data.store import Store

AS_IT_SHOULD_BE, TO_BE_SEEN_TO = 0, 3
WORDS = (
    "The ledger: what was due of every supplier and feed, what came, what is late, partial or wrong. "
    f"Exit code {AS_IT_SHOULD_BE} where all is as it should be, {TO_BE_SEEN_TO} where something is overdue, "
    "past an agreed day, partial or stopped."
)
SHAPES = ("table", "json", "csv")


def add_parser(commands: SubCommands) -> None:
    """Add the command; without an action it prints the ledger."""
    command = add_command(commands, "feeds", WORDS)
    _add_request(command, default=None)
    command.add_argument("--from", dest="from_month", type=month, metavar="YYYY-MM", help="first month")
    command.add_argument("--to", dest="to_month", type=month, metavar="YYYY-MM", help="last month")
    command.add_argument("--format", choices=SHAPES, default="table")
    command.add_argument("--no-stamp", action="store_true", help="leave the stamp out")
    command.add_argument(
        "--only-problems", action="store_true", help="only the rows for which the exit code is 3"
    )
    actions = command.add_subparsers(dest="action", metavar="ACTION")
    asked = add_command(actions, "chase", "What to ask each supplier for now, as messages to send.")
    asked.add_argument("--format", choices=("text", "json", "csv"), default="text")
    timely = add_command(actions, "timeliness", "Lag, completeness and punctuality of every feed.")
    timely.add_argument("--by", choices=("year", "all"), default="year")
    timely.add_argument("--format", choices=SHAPES, default="table")
    for each in (asked, timely):
        _add_request(each, default=argparse.SUPPRESS)
    versions = add_command(actions, "versions", "Every version of a feed's month, with what each changed.")
    versions.add_argument("supplier", metavar="SUPPLIER")
    versions.add_argument("feed", metavar="FEED")
    versions.add_argument("month", metavar="YYYY-MM", type=month)
    versions.add_argument("--format", choices=SHAPES, default="table")
    compared = add_command(actions, "compare", "What changed between two versions, by their numbers.")
    compared.add_argument("earlier", type=int, metavar="EARLIER")
    compared.add_argument("later", type=int, metavar="LATER")
    compared.add_argument("--format", choices=SHAPES, default="table")
    declarations.add_parser(actions)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do what was asked for and print what came of it."""
    if options.action in declarations.ACTIONS:
        return declarations.run(options, store)
    if options.action is None:
        return _ledger(options, store)
    write(ACTIONS[options.action](options, store))
    return AS_IT_SHOULD_BE


def _add_request(command: argparse.ArgumentParser, *, default: str | None) -> None:
    """What both the ledger and an action of it take; an action leaves alone what stood before its name."""
    command.add_argument("--supplier", metavar="ID", default=default, help="only this supplier")
    command.add_argument("--feed", metavar="FEED", default=default, help="only this feed")
    command.add_argument(
        "--as-of",
        type=day,
        metavar="DAY",
        default=default,
        help="as it stood on this day (default: today; of simulated data alone its last day)",
    )


def _request(options: argparse.Namespace, store: Store) -> LedgerRequest:
    return LedgerRequest(
        as_of=options.as_of or measures.standing_day(store, now().date()),
        supplier=options.supplier,
        feed=options.feed,
        from_month=options.from_month,
        to_month=options.to_month,
    )


def _ledger(options: argparse.Namespace, store: Store) -> int:
    shown = presented(measures.ledger(store, _request(options, store)))
    problems = shown.frame[shown.frame["is_problem"]]
    if options.only_problems:
        shown = Presented(problems.reset_index(drop=True), shown.stamp)
    write(ledger_as(shown, options.format, with_stamp=not options.no_stamp))
    return TO_BE_SEEN_TO if len(problems) else AS_IT_SHOULD_BE


def _chase(options: argparse.Namespace, store: Store) -> str:
    shown = presented(measures.chase(store, _request(options, store)))
    return messages(shown) if options.format == "text" else frame_as(shown, options.format)


def _timeliness(options: argparse.Namespace, store: Store) -> str:
    answer = measures.timeliness(store, _request(options, store), by=options.by)
    return frame_as(presented(answer), options.format)


def _versions(options: argparse.Namespace, store: Store) -> str:
    answer = measures.submission_versions(store, options.supplier, options.feed, options.month)
    return frame_as(presented(answer), options.format)


def _compare(options: argparse.Namespace, store: Store) -> str:
    answer = measures.compare_versions(store, options.earlier, options.later)
    return frame_as(presented(answer), options.format)


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], str]] = {
    "chase": _chase,
    "timeliness": _timeliness,
    "versions": _versions,
    "compare": _compare,
}
