"""The words of the command line."""

import argparse
import os
from pathlib import Path

from vrin_data.cli import (
    agreements,
    areas,
    assets,
    breakdown,
    breaks,
    change,
    comparators,
    compare,
    concentration,
    definitions,
    feeds,
    harm,
    hotspots,
    indicators,
    ingesting,
    look,
    match_persons,
    pseudonyms,
    rates,
    rebase,
    signals,
    suppliers,
    trend,
    triangulate,
    upkeep,
    watch,
    weights,
    who,
)
from vrin_data.cli.options import STORE_HELP, SubCommands, add_command

DEFAULT_STORE = Path(__file__).resolve().parents[2] / "store"


def store_path() -> Path:
    """The store where none is named: VRIN_STORE, or `store` beside the project."""
    return Path(os.environ.get("VRIN_STORE") or DEFAULT_STORE)


def make_parser() -> argparse.ArgumentParser:
    """The parser of all commands. `--store` may stand before or after the command."""
    parser = argparse.ArgumentParser(prog="python -m vrin_data", description="VRIN's data commands.")
    parser.add_argument("--store", type=Path, default=None, metavar="DIR", help=STORE_HELP)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    ingesting.add_parsers(commands)
    look.add_parser(commands)
    watch.add_parser(commands)
    upkeep.add_parsers(commands)
    feeds.add_parser(commands)
    agreements.add_parser(commands)
    suppliers.add_parser(commands)
    definitions.add_parser(commands)
    weights.add_parser(commands)
    harm.add_parser(commands)
    breakdown.add_parser(commands)
    breaks.add_parser(commands)
    rebase.add_parser(commands)
    compare.add_parser(commands)
    comparators.add_parser(commands)
    concentration.add_parser(commands)
    hotspots.add_parser(commands)
    rates.add_parser(commands)
    change.add_parser(commands)
    signals.add_parser(commands)
    trend.add_parser(commands)
    triangulate.add_parser(commands)
    pseudonyms.add_parser(commands)
    match_persons.add_parser(commands)
    who.add_parser(commands)
    areas.add_parser(commands)
    indicators.add_parser(commands)
    assets.add_parser(commands)
    _builds(commands)
    _describe(commands)
    _sample(commands)
    return parser


def _builds(commands: SubCommands) -> None:
    command = add_command(commands, "builds", "List the builds of the store, or make an earlier one current.")
    command.add_argument("--restore", metavar="ID", help="make this build the current one")
    command.add_argument("--format", choices=("text", "json"), default="text")


def _describe(commands: SubCommands) -> None:
    command = add_command(commands, "describe", "The data dictionary: every table, column and code list.")
    command.add_argument("--format", choices=("markdown", "json"), default="markdown")


def _sample(commands: SubCommands) -> None:
    command = add_command(
        commands, "sample", "Build the sample store from the simulated extracts, where there is none."
    )
    command.add_argument("--format", choices=("text", "json"), default="text")
