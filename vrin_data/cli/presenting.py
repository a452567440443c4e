"""An answer on the command line: let out by the protector, as a table, CSV or JSON."""

import argparse
import sys
from collections.abc import Mapping

from vrin_data import measures, protect
from vrin_data.protect import Presented
from vrin_data.report import as_csv, as_json, as_listing

DONE = 0


def presented(answer: measures.Answer) -> Presented:
    """The answer as an analyst, who the command line is for, may see it."""
    return protect.present(answer, protect.Viewer.analyst())


def shown(found: Presented, headings: Mapping[str, str], options: argparse.Namespace) -> str:
    """The answer in the format asked for; of a table the columns with headings. The stamp is left out where asked."""
    with_stamp = not getattr(options, "no_stamp", False)
    if options.format == "table":
        return as_listing(found, headings, with_stamp=with_stamp).rstrip("\n")
    return {"csv": as_csv, "json": as_json}[options.format](found, with_stamp=with_stamp).rstrip("\n")


def write(text: str) -> int:
    """Write a text, ending in one new line, and say that it is done."""
    sys.stdout.write(text.rstrip("\n") + "\n")
    return DONE
