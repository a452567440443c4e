"""Rejected rows on paper: a table to read, and the whole rows as CSV to be corrected and sent again."""

import csv
import io
import json

from rich.console import Console
from rich.table import Table

from vrin_data.errors import UsageError
from vrin_data.protect import Presented
from vrin_data.report.export import WIDE, harmless

AHEAD = ("vrin_file", "vrin_line", "vrin_reason")


def as_rejected_table(presented: Presented) -> str:
    """One line a reason for a terminal, with a count below."""
    out = io.StringIO()
    console = Console(file=out, width=WIDE, highlight=False)
    table = Table(box=None, pad_edge=False)
    for name in ("feed", "file", "line", "column", "value", "reason"):
        table.add_column(name, no_wrap=True)
    for row in presented.frame.itertuples(index=False):
        value = row.raw_value if isinstance(row.raw_value, str) else ""
        table.add_row(
            row.feed_id, row.file_name, f"{row.line_number}", row.column_name, value[:60], row.reason
        )
    console.print(table, markup=False) if len(presented.frame) else console.print("No row was rejected.")
    lines = presented.frame[["feed_id", "file_name", "line_number"]].drop_duplicates()
    console.print(f"{len(lines):,} rows, {len(presented.frame):,} reasons.", markup=False)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def as_corrections(presented: Presented) -> str:
    """The rejected rows of one file as CSV: file, line and reason in front, then the file's own columns.

    Rows that could not be split into cells, or whose values must not be kept, are left out. Raises
    UsageError where the rows are of several files, whose columns differ.
    """
    frame = presented.frame[presented.frame["row_json"].notna()]
    files = sorted(set(frame["file_name"]))
    if len(files) != 1:
        shown = ", ".join(files[:5]) or "none"
        raise UsageError(f"Corrections are made file by file; name one with --file. Files: {shown}.")
    rows: dict[int, dict[str, str]] = {}
    reasons: dict[int, list[str]] = {}
    for one in frame.itertuples(index=False):
        rows[one.line_number] = json.loads(one.row_json)
        reasons.setdefault(one.line_number, []).append(f"{one.column_name} {one.reason}".strip())
    headings = list(dict.fromkeys(name for row in rows.values() for name in row))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*AHEAD, *headings])
    for line, row in rows.items():
        cells = [harmless(row.get(name) or "") for name in headings]
        writer.writerow([files[0], line, "; ".join(reasons[line]), *cells])
    return out.getvalue()
