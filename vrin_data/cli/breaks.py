"""`breaks`: dated events after which figures may count otherwise: the register, those of a series, add, withdraw."""

import argparse
from collections.abc import Callable

from vrin_data import measures
from vrin_data.cli.options import (
    SubCommands,
    add_actions,
    add_command,
    add_format,
    add_person,
    as_json,
    day,
    now,
)
from vrin_data.cli.presenting import presented, shown
from vrin_data.cli.selecting import add_terms, selection_of
from vrin_data.contract.breaks import KINDS, Break, Concern, national_breaks
from vrin_data.measures.breaks import require_area
from vrin_data.records import record_break, recorded_breaks, withdraw_break
from vrin_data.store import Store

HEADINGS = {
    "area_code": "series of",
    "happened_on": "day",
    "kind": "kind",
    "title": "what happened",
    "concerns": "concerns",
    "basis": "known as",
    "is_definition_change": "counts another thing",
}


def add_parser(commands: SubCommands) -> None:
    """Add the command and its actions."""
    command = add_command(
        commands, "breaks", "Dated events after which figures may count otherwise than before."
    )
    actions = add_actions(command)
    listed = add_command(actions, "list", "The register: national breaks, and those that people recorded.")
    listed.add_argument("--all", action="store_true", help="those taken back as well")
    add_format(listed)
    of = add_command(actions, "series", "The breaks that concern a series, with the stamp.")
    of.add_argument("--definition", metavar="ID", default="violence-with-injury")
    of.add_argument("--level", help="those of the series of each area of a level (default: one series)")
    add_terms(of)
    _add_adding(actions)
    back = add_command(actions, "withdraw", "Take a break back; it stays on record.")
    back.add_argument("number", metavar="NUMBER", type=int, help="its number, as `breaks list` has it")
    back.add_argument("--reason", required=True)
    add_person(back)


def _add_adding(actions: SubCommands) -> None:
    added = add_command(
        actions, "add", "Record a break. All that is named after --feed to --definition must hold."
    )
    added.add_argument("happened_on", metavar="DAY", type=day)
    added.add_argument("--kind", required=True, choices=tuple(KINDS))
    added.add_argument("--title", required=True, help="what happened, in a line")
    for name, words in (
        ("feed", "the feed it concerns; a star at its end for all so called"),
        ("supplier", "the supplier it concerns"),
        ("area", "the code of the area it concerns"),
        ("definition", "the definition it concerns, in any version"),
    ):
        added.add_argument(f"--{name}", default="", metavar="ID", help=words)
    added.add_argument(
        "--counts-another-thing", action="store_true", help="figures before and after are not compared"
    )
    added.add_argument("--reason", required=True)
    add_person(added)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    print(ACTIONS[options.action](options, store))
    return 0


def _list(options: argparse.Namespace, store: Store) -> str:
    found = recorded_breaks(store.path, with_withdrawn=options.all)
    if options.format == "json":
        return as_json([*national_breaks(), *found])
    lines = [f"-  {_line(one)}" for one in national_breaks()]
    for one in found:
        gone = f" [taken back by {one.withdrawn_by}: {one.withdrawn_reason}]" if one.withdrawn_at else ""
        lines.append(f"{one.number}  {_line(one.what)}{gone}")
    return "\n".join(lines)


def _series(options: argparse.Namespace, store: Store) -> str:
    by = ("area", "month") if options.level else ("month",)
    level = options.level or "force"
    selection = selection_of(options, store, definition=options.definition, level=level, by=by)
    return shown(presented(measures.breaks(store, measures.BreaksRequest(selection))), HEADINGS, options)


def _add(options: argparse.Namespace, store: Store) -> str:
    if options.area:
        require_area(store, options.area)
    number = record_break(
        store.path,
        options.happened_on,
        kind=options.kind,
        title=options.title,
        concern=Concern(options.feed, options.supplier, options.area, options.definition),
        is_definition_change=options.counts_another_thing,
        reason=options.reason,
        recorded_by=options.by,
        recorded_at=now(),
    )
    return f"Break {number} of {options.happened_on} is recorded."


def _withdraw(options: argparse.Namespace, store: Store) -> str:
    withdraw_break(
        store.path, options.number, reason=options.reason, withdrawn_by=options.by, withdrawn_at=now()
    )
    return f"Break {options.number} is taken back."


def _line(one: Break) -> str:
    change = ", counts another thing" if one.is_definition_change else ""
    return f"{one.happened_on}  {one.kind}{change}  {one.concern.words}: {one.title} ({one.reason})"


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], str]] = {
    "list": _list,
    "series": _series,
    "add": _add,
    "withdraw": _withdraw,
}
