"""What the imports of context figures and of assets share: their options, and what is said of rows left out."""

import argparse
import csv
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

from vrin_data.cli.options import add_format
from vrin_data.cli.progress import for_programs, obey
from vrin_data.errors import RefusedInput, UsageError
from vrin_data.intake import AssetImport, IndicatorImport
from vrin_data.intake.indicator_rows import LeftOut

LINES_SHOWN = 10
LINES_IN_JSON = 500
Done = TypeVar("Done", bound=AssetImport | IndicatorImport)


def add_taking(load: argparse.ArgumentParser) -> None:
    """Let an import write what it leaves out, try without publishing, name a person, and answer programs."""
    load.add_argument("--left-out", type=Path, metavar="FILE.csv", help="write the rows left out here")
    load.add_argument("--dry-run", action="store_true", help="say how it is read and publish nothing")
    load.add_argument("--by", default="", metavar="NAME", help="who takes it in")
    for_programs(load)
    add_format(load)


def take(options: argparse.Namespace, load: Callable[[], Done], account: Callable[[Done], list[str]]) -> str:
    """Take the file in; what came of it as `account` words it, or as JSON."""
    obey(options)
    if not options.file.is_file():
        raise RefusedInput(f"There is no such file: {options.file}. Check the path.")
    done = load()
    if options.left_out:
        _write_left_out(options.left_out, done.left_out)
    if options.format == "json":
        return json.dumps(_as_object(done), ensure_ascii=False)
    return "\n".join([*account(done), *_rest(done)])


def pair(text: str, *, what: str) -> tuple[str, str]:
    """Two words with a sign of equality between them; `what` says what they would be, should it not be there."""
    first, sign, second = text.partition("=")
    if not sign:
        raise UsageError(f"{text!r} {what}.")
    return first.strip(), second.strip()


def _rest(done: AssetImport | IndicatorImport) -> list[str]:
    """Why rows were left out, each reason with its first lines; the notes; whether a build was published."""
    words = []
    for reason, count in done.reasons.items():
        lines = [one.line for one in done.left_out if one.reason == reason]
        more = " ..." if len(lines) > LINES_SHOWN else ""
        words.append(
            f"  left out, {count:,}: {reason} (line {', '.join(map(str, lines[:LINES_SHOWN]))}{more})"
        )
    verb = f"Published build {done.build_id}" if done.build_id else "Nothing was published"
    return [*words, *(f"Note: {one}" for one in done.warnings), f"{verb}."]


def _write_left_out(path: Path, left_out: tuple[LeftOut, ...]) -> None:
    """Write the rows that were left out as CSV: line, area_code, raw_value, reason."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("line", "area_code", "raw_value", "reason"))
        writer.writerows((one.line, one.area_code, one.raw_value, one.reason) for one in left_out)


def _as_object(done: AssetImport | IndicatorImport) -> dict[str, object]:
    """What came of an import for programs, with the first of the rows left out."""
    content = asdict(done)
    content["left_out"] = content["left_out"][:LINES_IN_JSON]
    return {**content, "left_out_count": len(done.left_out), "reasons": done.reasons}
