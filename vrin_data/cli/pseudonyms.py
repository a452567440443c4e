"""`pseudonyms`: person keys in place of names, made by a supplier at home before a file is sent."""

import argparse

from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import write
from vrin_data.protect import pseudonyms
from vrin_data.store import Store


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "pseudonyms",
        "Put a person key in place of names, at the supplier's, before a file is sent.",
    )
    pseudonyms.add_arguments(command)


def run(options: argparse.Namespace, _store: Store) -> int:
    """Make the secret, or the file with person keys, and say what came of it."""
    return write(pseudonyms.run(options))
