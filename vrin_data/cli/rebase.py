"""`rebase`: where the limits of a series begin anew: add, list, withdraw."""

import argparse
from collections.abc import Callable

from vrin_data.cli.options import (
    SubCommands,
    add_actions,
    add_command,
    add_format,
    add_person,
    as_json,
    month,
    now,
)
from vrin_data.measures.breaks import require_area, usual_feed
from vrin_data.records import Rebase, SeriesKey, rebase, rebases, withdraw_rebase
from vrin_data.records.rebases import FIGURE_BASES
from vrin_data.store import Store


def add_parser(commands: SubCommands) -> None:
    """Add the command and its actions."""
    command = add_command(commands, "rebase", "Let the limits of a control chart begin anew at a month.")
    actions = add_actions(command)
    added = add_command(actions, "add", "Limits of one series begin anew, as a count and as a rate alike.")
    added.add_argument("month", metavar="YYYY-MM", type=month)
    added.add_argument("--definition", metavar="ID", default="violence-with-injury")
    added.add_argument("--feed", metavar="FEED", help="default: the finest coded feed that has data")
    added.add_argument("--figure", choices=FIGURE_BASES, default="incidents")
    added.add_argument("--area", metavar="CODE", default="", help="default: all areas together")
    added.add_argument("--reason", required=True)
    add_person(added)
    listed = add_command(actions, "list", "Where limits begin anew.")
    listed.add_argument("--all", action="store_true", help="those taken back as well")
    add_format(listed)
    back = add_command(actions, "withdraw", "Take a re-basing back; the limits are as they were.")
    back.add_argument("number", metavar="NUMBER", type=int, help="its number, as `rebase list` has it")
    back.add_argument("--reason", required=True)
    add_person(back)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    print(ACTIONS[options.action](options, store))
    return 0


def _add(options: argparse.Namespace, store: Store) -> str:
    if options.area:
        require_area(store, options.area)
    feed = options.feed or usual_feed(store, options.definition)
    series = SeriesKey(options.definition, feed, options.figure, options.area)
    made = rebase(
        store.path,
        series,
        options.month,
        reason=options.reason,
        recorded_by=options.by,
        recorded_at=now(),
    )
    return f"Recorded: {_line(made)}"


def _list(options: argparse.Namespace, store: Store) -> str:
    found = rebases(store.path, with_withdrawn=options.all)
    if options.format == "json":
        return as_json(found)
    return "\n".join(map(_line, found)) or "No limits begin anew."


def _withdraw(options: argparse.Namespace, store: Store) -> str:
    withdraw_rebase(
        store.path, options.number, reason=options.reason, withdrawn_by=options.by, withdrawn_at=now()
    )
    return f"Re-basing {options.number} is taken back."


def _line(one: Rebase) -> str:
    gone = f" [taken back by {one.withdrawn_by}: {one.withdrawn_reason}]" if one.withdrawn_at else ""
    return (
        f"{one.rebase_id}  from {one.month:%Y-%m}  {one.series.words}: {one.reason} ({one.recorded_by}){gone}"
    )


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], str]] = {
    "add": _add,
    "list": _list,
    "withdraw": _withdraw,
}
