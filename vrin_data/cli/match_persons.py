"""`match-persons`: keys that meet for persons whom two files spell differently, made where names may be seen."""

import argparse
from pathlib import Path

from vrin_data.cli.options import SubCommands, add_command
from vrin_data.cli.presenting import write
from vrin_data.errors import UsageError
from vrin_data.protect import common_keys
from vrin_data.protect.alike_persons import USUAL_THRESHOLD
from vrin_data.protect.pseudonyms import read_secret
from vrin_data.store import Store


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "match-persons",
        "Give persons whom two files spell differently one key, where names may be seen.",
    )
    for name in ("first", "second"):
        command.add_argument(
            name, type=Path, metavar=name.upper(), help="CSV with forename, surname and birth date"
        )
        command.add_argument(f"--{name}-columns", nargs="+", required=True, metavar="PART=HEADING")
        command.add_argument(
            f"--{name}-drop", nargs="+", default=[], metavar="HEADING", help="columns to leave out"
        )
        command.add_argument(
            f"--{name}-out", type=Path, required=True, metavar="FILE", help="the file to send"
        )
    command.add_argument("--key-file", type=Path, required=True, metavar="KEY", help="file with the secret")
    command.add_argument(
        "--threshold",
        type=float,
        default=USUAL_THRESHOLD,
        help="probability from which two are one person (0.95)",
    )


def run(options: argparse.Namespace, _store: Store) -> int:
    """Write both files and say how many persons are in both, at two thresholds."""
    first, second = (
        common_keys.Side(
            getattr(options, name),
            _columns(getattr(options, f"{name}_columns")),
            getattr(options, f"{name}_drop"),
            getattr(options, f"{name}_out"),
        )
        for name in ("first", "second")
    )
    found = common_keys.common_keys(first, second, read_secret(options.key_file), threshold=options.threshold)
    return write(common_keys.words(found, threshold=options.threshold))


def _columns(given: list[str]) -> dict[str, str]:
    if any("=" not in one for one in given):
        raise UsageError("Columns: expected PART=HEADING, such as surname=Surname.")
    return dict(one.split("=", 1) for one in given)
