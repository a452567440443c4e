"""`feeds declare`, `declared` and `withdraw`: what the data lead says of a feed, from the command line."""

import argparse
from collections.abc import Callable

from vrin_data.cli.options import SubCommands, add_command, add_format, add_person, as_json, month, now
from vrin_data.intake import confirm_whole, doubt_again
from vrin_data.records import Expectation, declare, expectations, withdraw
from vrin_data.records.expectations import DECLARED_STATES
from vrin_data.store import Store


def add_parser(actions: SubCommands) -> None:
    """Add the actions to those of `feeds`."""
    told = add_command(actions, "declare", "Say that a feed is withheld, held by the partner, or not due.")
    told.add_argument("supplier", metavar="SUPPLIER")
    told.add_argument("feed", metavar="FEED")
    told.add_argument("--from", dest="from_month", type=month, required=True, metavar="YYYY-MM")
    told.add_argument(
        "--to", dest="to_month", type=month, metavar="YYYY-MM", help="last month (default: until further)"
    )
    told.add_argument("--state", required=True, choices=tuple(DECLARED_STATES))
    told.add_argument("--reason", required=True)
    add_person(told)
    add_format(add_command(actions, "declared", "What has been declared and stands."))
    for name, words in (
        ("confirm", "Let a month that a check took for partial count as whole, by name and reason."),
        ("doubt", "Take such a confirmation back."),
    ):
        whole = add_command(actions, name, words)
        whole.add_argument("supplier", metavar="SUPPLIER")
        whole.add_argument("feed", metavar="FEED")
        whole.add_argument("month", metavar="YYYY-MM", type=month)
        if name == "confirm":
            whole.add_argument("--reason", required=True)
            add_person(whole)
    back = add_command(actions, "withdraw", "Take a declaration back.")
    back.add_argument("number", metavar="NUMBER", type=int, help="its number, as `feeds declared` lists it")
    add_person(back)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    print(ACTIONS[options.action](options, store))
    return 0


def _declare(options: argparse.Namespace, store: Store) -> str:
    made = declare(
        store.path,
        options.supplier,
        options.feed,
        state=options.state,
        from_month=options.from_month,
        to_month=options.to_month,
        reason=options.reason,
        recorded_by=options.by,
        recorded_at=now(),
    )
    return f"Declared: {_line(made)}"


def _confirm(options: argparse.Namespace, store: Store) -> str:
    build_id = confirm_whole(
        store,
        options.supplier,
        options.feed,
        options.month,
        person=options.by,
        reason=options.reason,
        at=now(),
    )
    return f"{options.month:%Y-%m} counts as whole. Published build {build_id}."


def _doubt(options: argparse.Namespace, store: Store) -> str:
    build_id = doubt_again(store, options.supplier, options.feed, options.month, at=now())
    return f"{options.month:%Y-%m} is partial again. Published build {build_id}."


def _declared(options: argparse.Namespace, store: Store) -> str:
    found = expectations(store.path)
    if options.format == "json":
        return as_json(found)
    return "\n".join(map(_line, found)) or "Nothing is declared."


def _withdraw(options: argparse.Namespace, store: Store) -> str:
    withdraw(store.path, options.number, withdrawn_by=options.by, withdrawn_at=now())
    return f"Declaration {options.number} is taken back."


def _line(one: Expectation) -> str:
    until = f"to {one.to_month:%Y-%m}" if one.to_month else "until further"
    return (
        f"{one.expectation_id}  {one.supplier_id} {one.feed_id}  from {one.from_month:%Y-%m} {until}  "
        f"{one.state} ({DECLARED_STATES[one.state]}): {one.reason}"
    )


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], str]] = {
    "declare": _declare,
    "declared": _declared,
    "confirm": _confirm,
    "doubt": _doubt,
    "withdraw": _withdraw,
}
