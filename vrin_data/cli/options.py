"""What the commands share: how one is added to the parser, days and months as words, the time of day."""

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeAlias

# In quotes: argparse knows the type by this name to type checkers alone.
SubCommands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"

STORE_HELP = "store directory (default: VRIN_STORE, or the folder 'store' of the project)"


def add_command(commands: SubCommands, name: str, words: str) -> argparse.ArgumentParser:
    """A new command, which takes `--store` after its name as well."""
    command = commands.add_parser(name, help=words, description=words)
    command.add_argument("--store", type=Path, default=argparse.SUPPRESS, metavar="DIR", help=STORE_HELP)
    return command


def add_actions(command: argparse.ArgumentParser) -> SubCommands:
    """The place for a command's actions, one of which has to be named."""
    return command.add_subparsers(dest="action", required=True, metavar="ACTION")


def add_person(command: argparse.ArgumentParser) -> None:
    """Ask a command for who is acting: what people decide goes on record with a name."""
    command.add_argument("--by", required=True, metavar="NAME", help="who decided this")


def add_format(command: argparse.ArgumentParser) -> None:
    """Let a command answer in words or as JSON."""
    command.add_argument("--format", choices=("text", "json"), default="text")


def day(text: str) -> date:
    """A day written as 2026-03-31; anything else is wrong usage."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day (expected YYYY-MM-DD)") from None


def month(text: str) -> date:
    """The first day of a month written as 2026-03; anything else is wrong usage."""
    try:
        return datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a month (expected YYYY-MM)") from None


def now() -> datetime:
    """The time, UTC, to the second and without a zone, as the records keep it."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def as_json(found: Iterable[Any]) -> str:
    """Dataclasses or dicts as a JSON list, days and times as ISO text."""
    listed = [asdict(one) if is_dataclass(one) and not isinstance(one, type) else one for one in found]
    return json.dumps(listed, indent=2, ensure_ascii=False, default=str)
