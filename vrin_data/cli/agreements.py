"""`agreements`: the register of sharing agreements, from the command line."""

import argparse
from collections.abc import Callable
from pathlib import Path

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
from vrin_data.contract.agreement_text import agreement_toml, read_agreement, template
from vrin_data.contract.agreements import expiry_words
from vrin_data.contract.feeds import feeds
from vrin_data.contract.legal_powers import legal_powers
from vrin_data.errors import RefusedInput
from vrin_data.records import (
    RegisterRow,
    agreement,
    agreement_versions,
    end_agreement,
    register,
    save_agreement,
)
from vrin_data.store import Store


def add_parser(commands: SubCommands) -> None:
    """Add the command and its actions."""
    actions = add_actions(
        add_command(commands, "agreements", "Sharing agreements: who may send what, until when.")
    )
    add_format(add_command(actions, "list", "Agreements and licences, with warnings of what ends soon."))
    show = add_command(actions, "show", "One agreement as TOML, with its versions.")
    show.add_argument("agreement_id", metavar="ID")
    add_command(actions, "template", "An agreement to fill in, as commented TOML.")
    add = add_command(actions, "add", "Put an agreement on record, or a new version of one.")
    add.add_argument("file", metavar="FILE.toml", type=Path)
    add.add_argument("--reason", default="", help="why there is a new version")
    add_person(add)
    end = add_command(actions, "end", "End an agreement; it goes on counting for the days before.")
    end.add_argument("agreement_id", metavar="ID")
    end.add_argument(
        "--on", type=day, required=True, metavar="DAY", help="last day on which it holds, YYYY-MM-DD"
    )
    end.add_argument("--reason", required=True)
    add_person(end)
    add_format(add_command(actions, "powers", "The legal powers, and what each does not authorise."))


def run(options: argparse.Namespace, store: Store) -> int:
    """Do the action that was asked for and print what came of it."""
    print(ACTIONS[options.action](options, store))
    return 0


def _list(options: argparse.Namespace, store: Store) -> str:
    found = register(store.path, feeds().values(), today=now().date())
    if options.format == "json":
        return as_json(found)
    return "\n".join(line for one in found for line in _register_lines(one))


def _register_lines(one: RegisterRow) -> list[str]:
    if one.kind == "licence":
        return [f"{one.id}  licence  {', '.join(one.feed_ids)}: {one.name}"]
    days = f"from {one.start_day}" + (f" to {one.end_day}" if one.end_day else "")
    covers = f"{', '.join(one.supplier_ids)}: {', '.join(one.feed_ids)}"
    line = f"{one.id} v{one.version}  {one.status}  {days}  {one.legal_power}  {covers}"
    return [line, *(f"  warning: {words}" for words in one.warnings)]


def _show(options: argparse.Namespace, store: Store) -> str:
    one = agreement(store.path, options.agreement_id)
    told = [f"# {one.power.name}: {one.power.note}"]
    told += [f"# warning: {words}" for words in expiry_words(one, now().date())]
    for each in agreement_versions(store.path, one.agreement_id):
        why = f": {each.change_reason}" if each.change_reason else ""
        status = each.agreement.status
        told.append(
            f"# version {each.agreement.version}, {status}, {each.recorded_at} UTC, {each.recorded_by}{why}"
        )
    return "\n".join([*told, agreement_toml(one).rstrip()])


def _template(_options: argparse.Namespace, _store: Store) -> str:
    return template().rstrip()


def _add(options: argparse.Namespace, store: Store) -> str:
    try:
        text = options.file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedInput(f"{options.file.name}: not UTF-8 text. Save the file as UTF-8.") from None
    one = read_agreement(text, options.file.name)
    saved = save_agreement(store.path, one, recorded_by=options.by, recorded_at=now(), reason=options.reason)
    warnings = [f"warning: {words}" for words in expiry_words(saved, now().date())]
    return "\n".join(
        [f"{saved.agreement_id} stands on record as version {saved.version}, {saved.status}.", *warnings]
    )


def _end(options: argparse.Namespace, store: Store) -> str:
    ended = end_agreement(
        store.path,
        options.agreement_id,
        on=options.on,
        reason=options.reason,
        recorded_by=options.by,
        recorded_at=now(),
    )
    return f"{ended.agreement_id} ends on {ended.end_day}; that is version {ended.version}."


def _powers(options: argparse.Namespace, _store: Store) -> str:
    found = legal_powers().values()
    if options.format == "json":
        return as_json(found)
    return "\n\n".join(
        f"{one.id}: {one.name}\n  {one.note}\n  Authorises: {one.authorises}\n"
        f"  Does not: {one.does_not}\n  Source: {one.source}"
        for one in found
    )


ACTIONS: dict[str, Callable[[argparse.Namespace, Store], str]] = {
    "list": _list,
    "show": _show,
    "template": _template,
    "add": _add,
    "end": _end,
    "powers": _powers,
}
