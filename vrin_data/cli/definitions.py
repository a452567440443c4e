"""`definitions`: list, read, check and compare them, and take one from a draft to approved."""

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

from vrin_data.cli import definition_account as account
from vrin_data.cli.options import SubCommands, add_actions, add_command, add_format, add_person, now
from vrin_data.contract.definition_diff import clause_changes, text_changes
from vrin_data.contract.definition_text import read_draft
from vrin_data.contract.definitions import Definition
from vrin_data.errors import RefusedInput, UnknownDefinition
from vrin_data.records import (
    DefinitionVersion,
    approve,
    definition_register,
    definition_version,
    discard_draft,
    in_force,
    retire,
    save_draft,
    send_back,
    set_aside,
    submit,
    worksheet,
)
from vrin_data.records.weights import known_edition
from vrin_data.store import Store

_STEPS = {
    "submit": (submit, ("draft",), "Hand a draft in for approval."),
    "approve": (approve, ("submitted",), "Adopt a submitted version; its text never changes again."),
    "send-back": (send_back, ("submitted",), "Make a submitted version a draft again."),
    "retire": (retire, ("approved", "built-in"), "Take a version out of force; it still runs by id@version."),
    "discard": (discard_draft, ("draft",), "Give a draft up."),
}
"""What can be done to a version: the step, the states it starts from, and its words."""


def add_parser(commands: SubCommands) -> None:
    """Add the command and its actions."""
    actions = add_actions(
        add_command(commands, "definitions", "Definitions of serious violence, and their versions.")
    )
    _add_reading(actions)
    load = add_command(actions, "import", "Save a TOML file as the draft of its definition.")
    load.add_argument("file", metavar="FILE", type=Path)
    load.add_argument("--replace", action="store_true", help="put it in the place of another person's draft")
    add_person(load)
    out = add_command(actions, "export", "Write a definition as TOML, to a file or to the terminal.")
    out.add_argument("ref", metavar="REF")
    out.add_argument("file", metavar="FILE", type=Path, nargs="?")
    for name, (_, states, words) in _STEPS.items():
        step = add_command(actions, name, words)
        step.add_argument(
            "ref", metavar="REF", help=f"id@version, or the id where one is {' or '.join(states)}"
        )
        step.add_argument("--reason", required=name != "submit", default="", help="why; kept on record")
        add_person(step)
        if name == "approve":
            step.add_argument(
                "--alone", metavar="REASON", help="why no second person approves what you wrote"
            )


def _add_reading(actions: SubCommands) -> None:
    listing = add_command(actions, "list", "Definitions in force, and drafts.")
    listing.add_argument(
        "--all", action="store_true", help="every version there was, retired and discarded ones too"
    )
    add_format(listing)
    show = add_command(
        actions, "show", "One definition in plain English, with its offences, versions and worksheet."
    )
    show.add_argument("ref", metavar="REF", help="id, or id@version")
    show.add_argument("--toml", action="store_true", help="the definition itself")
    show.add_argument("--offences", action="store_true", help="every offence and not the heaviest alone")
    show.add_argument("--weights", metavar="EDITION", default="cchi-2020")
    add_format(show)
    check = add_command(actions, "check", "Say all that is wrong with a definition file, or what it counts.")
    check.add_argument("file", metavar="FILE", type=Path)
    diff = add_command(actions, "diff", "What differs between two definitions, clause by clause.")
    diff.add_argument("first", metavar="A", help="id, id@version or a TOML file")
    diff.add_argument("second", metavar="B")
    add_format(diff)


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    print(ACTIONS[options.action](options, store))
    return 0


def _list(options: argparse.Namespace, store: Store) -> str:
    register = definition_register(store.path, with_discarded=True)
    standing = in_force(store.path)
    if not options.all:
        open_states = ("draft", "submitted")
        register = [
            one for one in register if one.state in open_states or standing.get(one.definition_id) == one
        ]
    return account.listing(register, standing, options.format, aside=set_aside(store.path))


def _show(options: argparse.Namespace, store: Store) -> str:
    found = definition_version(store.path, options.ref)
    if options.toml:
        return found.toml.rstrip("\n")
    own = [
        one
        for one in definition_register(store.path, with_discarded=True)
        if one.definition_id == found.definition_id
    ]
    filled_in = worksheet(store.path, found.definition_id, found.version)
    edition = known_edition(store.path, options.weights)
    if options.format == "json":
        return account.as_json(found, own, filled_in, edition)
    return account.as_text(found, own, filled_in, edition, with_all=options.offences)


def _check(options: argparse.Namespace, _store: Store) -> str:
    return account.check_words(options.file.name, read_draft(_text(options.file), options.file.name))


def _diff(options: argparse.Namespace, store: Store) -> str:
    first, second = (_ref_or_file(store, told) for told in (options.first, options.second))
    return account.difference(clause_changes(first, second), text_changes(first, second), options.format)


def _import(options: argparse.Namespace, store: Store) -> str:
    text = _text(options.file)
    opened = _open_draft(read_draft(text, str(options.file)).id, store)
    saves = [step.person for step in opened.steps if step.action == "save"] if opened else []
    whose = saves[-1] if saves else ""
    if opened and whose != options.by and not options.replace:
        raise RefusedInput(
            f"There is an open draft {opened.ref} of {whose}; nothing was saved. Look at it with `definitions show "
            f"{opened.ref}`, and give --replace to put this text in its place: the earlier one stays on record."
        )
    saved = save_draft(store.path, text, by=options.by, at=now())
    if opened and saved.toml == opened.toml:
        return f"{saved.label} stands on record with this text already; nothing was changed."
    replaced = f" It takes the place of the draft of {whose}." if opened else ""
    return (
        f"{saved.label} stands on record as a draft.{replaced} Read it with `definitions show {saved.ref}`, "
        f"hand it in with `definitions submit {saved.ref} --by NAME`."
    )


def _open_draft(definition_id: str, store: Store) -> DefinitionVersion | None:
    own = (one for one in definition_register(store.path) if one.definition_id == definition_id)
    return next((one for one in own if one.state == "draft"), None)


def _export(options: argparse.Namespace, store: Store) -> str:
    found = definition_version(store.path, options.ref)
    if options.file is None:
        return found.toml.rstrip("\n")
    if options.file.exists():
        raise RefusedInput(f"{options.file} exists already; nothing was written. Name a file that does not.")
    options.file.write_text(found.toml, encoding="utf-8", newline="\n")
    return f"{found.label} was written to {options.file}."


def _step(options: argparse.Namespace, store: Store, *, name: str) -> str:
    act, states, _ = _STEPS[name]
    one = _meant(store, options.ref, states)
    alone = {"alone_reason": options.alone} if name == "approve" else {}
    done = act(  # type: ignore[operator]
        store.path, one.definition_id, one.version, by=options.by, at=now(), reason=options.reason, **alone
    )
    return account.step_words(done, in_force(store.path).get(done.definition_id))


def _meant(store: Store, ref: str, states: tuple[str, ...]) -> DefinitionVersion:
    """The version that a ref names; of an id alone the last one that the step can start from."""
    if "@" in ref:
        return definition_version(store.path, ref)
    own = [one for one in definition_register(store.path) if one.definition_id == ref]
    fitting = [one for one in own if one.state in states]
    if own and not fitting:
        there_are = ", ".join(f"{one.ref} ({one.state})" for one in own)
        raise UnknownDefinition(f"No version of '{ref}' is {' or '.join(states)}. There is: {there_are}.")
    return fitting[-1] if fitting else definition_version(store.path, ref)


def _ref_or_file(store: Store, told: str) -> Definition:
    if told.endswith(".toml") or Path(told).is_file():
        return read_draft(_text(Path(told)), Path(told).name)
    return definition_version(store.path, told).definition


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedInput(f"{path.name}: not UTF-8 text. Save the file as UTF-8.") from None


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], str]] = {
    "list": _list,
    "show": _show,
    "check": _check,
    "diff": _diff,
    "import": _import,
    "export": _export,
    **{name: partial(_step, name=name) for name in _STEPS},
}
