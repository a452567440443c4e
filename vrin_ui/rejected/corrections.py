"""Rejected rows of one file while a person corrects them, and the file of corrections that comes of it."""

import csv
import io
import json
from collections.abc import Mapping

import pandas as pd

AHEAD = ("vrin_file", "vrin_line", "vrin_reason")
LINE, WHY = "Line", "What is wrong"
Changes = Mapping[int, Mapping[str, str]]
"""By line, the cells that a person has changed, by heading."""


def as_they_are(frame: pd.DataFrame) -> pd.DataFrame:
    """The rejected rows of one file by line: Line, What is wrong, then the file's own columns as text.

    Rows whose values are not kept are left out. One row a line, however many rules it broke.
    """
    kept = frame[frame["row_json"].notna()]
    cells: dict[int, dict[str, str]] = {}
    reasons: dict[int, list[str]] = {}
    for one in kept.itertuples(index=False):
        line = int(one.line_number)
        cells[line] = {name: value or "" for name, value in json.loads(one.row_json).items()}
        reasons.setdefault(line, []).append(f"{one.column_name} {one.reason}".strip())
    headings = list(dict.fromkeys(name for row in cells.values() for name in row))
    table = pd.DataFrame(
        [
            [line, "; ".join(reasons[line]), *(row.get(name, "") for name in headings)]
            for line, row in cells.items()
        ],
        columns=[LINE, WHY, *headings],
    )
    return table.astype(dict.fromkeys(headings, "str"))


def with_changes(table: pd.DataFrame, changes: Changes) -> pd.DataFrame:
    """The rows with what a person has changed so far."""
    changed = table.copy()
    for number, line in enumerate(table[LINE]):
        for name, value in changes.get(int(line), {}).items():
            if name in changed:
                changed.iloc[number, changed.columns.get_loc(name)] = value
    return changed


def changes_between(before: pd.DataFrame, after: pd.DataFrame) -> dict[int, dict[str, str]]:
    """By line, the cells in which two tables of the same rows differ, as they are in the second."""
    found: dict[int, dict[str, str]] = {}
    for first, second in zip(before.to_dict("records"), after.to_dict("records"), strict=True):
        cells = {str(name): _text(second[name]) for name in second if name not in (LINE, WHY)}
        changed = {name: value for name, value in cells.items() if value != _text(first[name])}
        if changed:
            found[int(first[LINE])] = changed
    return found


def headings_to_show(table: pd.DataFrame, why: str) -> list[tuple[str, bool]]:
    """The file's own headings, those first (with True) of which the reasons speak."""
    told = {word.strip(",;") for word in why.split()}
    headings = [str(name) for name in table.columns if name not in (LINE, WHY)]
    wrong = [name for name in headings if name in told or f"{name} " in why]
    return [(name, True) for name in wrong] + [(name, False) for name in headings if name not in wrong]


def corrections_csv(file_name: str, table: pd.DataFrame, changes: Changes) -> str:
    """The changed rows as a file of corrections."""
    changed = with_changes(table, changes)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    headings = [name for name in changed.columns if name not in (LINE, WHY)]
    writer.writerow([*AHEAD, *headings])
    for row in changed.to_dict("records"):
        if int(row[LINE]) in changes:
            writer.writerow([file_name, row[LINE], row[WHY], *(_text(row[name]) for name in headings)])
    return out.getvalue()


def _text(value: object) -> str:
    return "" if value is None or pd.isna(value) else str(value)
