"""`weights`: editions of harm weights, scores and costs, what they differ in, and the central choices."""

import argparse
from collections.abc import Callable
from pathlib import Path

from vrin_data.cli import weight_words as words
from vrin_data.cli.options import SubCommands, add_actions, add_command, add_format, add_person, now
from vrin_data.contract.edition_diff import differences
from vrin_data.contract.offences import UNMAPPED, offences
from vrin_data.contract.weight_import import KINDS, Wording
from vrin_data.contract.weight_text import amount_text, rows_as_csv
from vrin_data.errors import UsageError
from vrin_data.records.weight_imports import import_weights
from vrin_data.records.weights import (
    choice_steps,
    choices,
    known_edition,
    published_edition,
    save_choice,
    weight_editions,
    withdraw_choice,
)
from vrin_data.store import Store


def add_parser(commands: SubCommands) -> None:
    """Add the command and its actions."""
    actions = add_actions(
        add_command(
            commands, "weights", "Editions of weights: list, compare, import, choose central weights."
        )
    )
    add_format(add_command(actions, "list", "The editions there are, built in and on record."))
    _add_reading(actions)
    _add_import(actions)
    choose = add_command(
        actions, "choose", "Choose the central weight of an offence that may be several rows."
    )
    choose.add_argument("edition", metavar="EDITION")
    choose.add_argument("offence", metavar="OFFENCE_KEY", help="such as 8N, 8N|008/01 or |008/06")
    choose.add_argument(
        "--days", type=float, required=True, metavar="D", help="the weight of one of its rows"
    )
    take_back = add_command(actions, "withdraw", "Take a choice of your own back.")
    take_back.add_argument("edition", metavar="EDITION")
    take_back.add_argument("offence", metavar="OFFENCE_KEY")
    for command in (choose, take_back):
        command.add_argument("--reason", required=True)
        add_person(command)


def _add_reading(actions: SubCommands) -> None:
    show = add_command(actions, "show", "What an edition is, and its rows of an offence.")
    show.add_argument("edition", metavar="EDITION")
    show.add_argument("--offence", metavar="CODE", help="only what may be this offence, such as 8N or 008/06")
    show.add_argument(
        "--attempts", action="store_true", help="the attempts that weigh other than the completed offence"
    )
    add_format(show)
    diff = add_command(actions, "diff", "The rows in which two editions differ.")
    diff.add_argument("first", metavar="A")
    diff.add_argument("second", metavar="B")
    add_format(diff)
    export = add_command(actions, "export", "The rows of an edition as CSV in VRIN's own form.")
    export.add_argument("edition", metavar="EDITION")
    chosen = add_command(actions, "choices", "The central choices of an edition, built in and your own.")
    chosen.add_argument("edition", metavar="EDITION")
    add_format(chosen)


def _add_import(actions: SubCommands) -> None:
    load = add_command(
        actions,
        "import",
        "Put a published workbook, the ONS list of weights, or a CSV of your own on record.",
    )
    load.add_argument("file", metavar="FILE", type=Path)
    load.add_argument(
        "--edition", required=True, metavar="ID", help="its id, such as cchi-2026 or ons-css-v2"
    )
    load.add_argument("--name", default="", help="its full name")
    load.add_argument("--published", default="", metavar="WHEN", help="when it was published, in words")
    load.add_argument("--attribution", default="", help="the line of credit to print beside its figures")
    load.add_argument(
        "--kind", choices=KINDS, help="what its weights are, where the file is to be held to it"
    )
    load.add_argument("--against", metavar="EDITION", help="compare with this one, not the last of its kind")
    load.add_argument("--by", default="", metavar="NAME", help="who imports it; not needed for a dry run")
    load.add_argument("--dry-run", action="store_true", help="read and compare, and record nothing")
    add_format(load)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    print(ACTIONS[options.action](options, store))
    return 0


def offence_key(text: str) -> str:
    """The key of an offence as people write it: 8N, 8N|008/01, 008/06. Raises UsageError for anything else."""
    if text in offences().by_key and text != UNMAPPED:
        return text
    key = offences().parse(text).key
    if key == UNMAPPED:
        raise UsageError(f"{text!r} is no offence that is known (expected such as 8N, 8N|008/01 or 008/06).")
    return key


def _list(options: argparse.Namespace, store: Store) -> str:
    return words.edition_list(weight_editions(store.path).values(), options.format)


def _show(options: argparse.Namespace, store: Store) -> str:
    shown = known_edition(store.path, options.edition)
    if options.attempts:
        return words.attempts(shown, options.format)
    if options.offence:
        return words.offence_rows(shown, offence_key(options.offence), options.format)
    return words.edition_account(shown, options.format)


def _diff(options: argparse.Namespace, store: Store) -> str:
    first, second = (known_edition(store.path, one) for one in (options.first, options.second))
    if first.kind != second.kind:
        raise UsageError(
            f"{first.edition_id} is in {first.kind} and {second.edition_id} in {second.kind}: they measure "
            "different things and cannot be compared row by row."
        )
    return words.difference_list(first, second, differences(first, second), options.format)


def _import(options: argparse.Namespace, store: Store) -> str:
    wording = Wording(
        options.edition, options.name, options.published, options.attribution, kind=options.kind
    )
    done = import_weights(
        store.path,
        options.file,
        wording,
        by=options.by,
        at=now(),
        against=options.against,
        is_dry_run=options.dry_run,
    )
    return words.import_account(done, options.format)


def _export(options: argparse.Namespace, store: Store) -> str:
    one = known_edition(store.path, options.edition)
    return rows_as_csv(one.rows, one.kind).rstrip("\n")


def _choose(options: argparse.Namespace, store: Store) -> str:
    step = save_choice(
        store.path,
        options.edition,
        offence_key(options.offence),
        days=options.days,
        reason=options.reason,
        recorded_by=options.by,
        recorded_at=now(),
    )
    chosen = (
        f"{step.offence_key} of {step.edition_id} weighs {amount_text(options.days)} in the central reading"
    )
    return f"{chosen}: choices v{step.version}."


def _withdraw(options: argparse.Namespace, store: Store) -> str:
    step = withdraw_choice(
        store.path,
        options.edition,
        offence_key(options.offence),
        reason=options.reason,
        recorded_by=options.by,
        recorded_at=now(),
    )
    return f"The choice for {step.offence_key} of {step.edition_id} is taken back: choices v{step.version}."


def _choices(options: argparse.Namespace, store: Store) -> str:
    published = published_edition(store.path, options.edition)
    own = choices(store.path, options.edition)
    return words.choice_table(published, own, choice_steps(store.path, options.edition), options.format)


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], str]] = {
    "list": _list,
    "show": _show,
    "diff": _diff,
    "import": _import,
    "export": _export,
    "choose": _choose,
    "withdraw": _withdraw,
    "choices": _choices,
}
