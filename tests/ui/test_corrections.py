"""Rejected rows while they are corrected: laid out, changed, and written as a file of corrections."""

import csv
import io
import json

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from vrin_ui.rejected.corrections import (
    LINE,
    WHY,
    as_they_are,
    changes_between,
    corrections_csv,
    headings_to_show,
    with_changes,
)


def rejected(*rows: tuple[int, str, str, dict[str, str | None] | None]) -> pd.DataFrame:
    """Rows of (line, column, reason, the whole row)."""
    return pd.DataFrame(
        [
            {
                "line_number": line,
                "column_name": column,
                "reason": reason,
                "row_json": json.dumps(row) if row is not None else None,
            }
            for line, column, reason, row in rows
        ]
    )


ROW = {"Ref": "A1", "When": "31/02/2026", "X": None}
FRAME = rejected(
    (3, "When", "is not a date", ROW),
    (3, "X", "is blank", ROW),
    (5, "When", "is not a date", {**ROW, "Ref": "A2"}),
    (9, "Notes", "holds an identifier", None),
)


def test_one_row_a_line_with_all_its_reasons_and_without_what_is_not_kept():
    assert as_they_are(FRAME).to_dict("records") == [
        {LINE: 3, WHY: "When is not a date; X is blank", "Ref": "A1", "When": "31/02/2026", "X": ""},
        {LINE: 5, WHY: "When is not a date", "Ref": "A2", "When": "31/02/2026", "X": ""},
    ]
    assert as_they_are(rejected((9, "Notes", "holds an identifier", None))).empty


def test_only_changed_rows_are_written_with_all_their_cells():
    table = as_they_are(FRAME)
    text = corrections_csv("march.csv", table, {5: {"When": "28/02/2026"}})
    assert list(csv.reader(io.StringIO(text))) == [
        ["vrin_file", "vrin_line", "vrin_reason", "Ref", "When", "X"],
        ["march.csv", "5", "When is not a date", "A2", "28/02/2026", ""],
    ]


def test_the_headings_that_are_wrong_come_first():
    table = as_they_are(FRAME)
    shown = headings_to_show(table, table[WHY][0])
    assert shown == [("When", True), ("X", True), ("Ref", False)]


@given(
    st.dictionaries(
        st.sampled_from([3, 5]),
        st.dictionaries(st.sampled_from(["Ref", "When", "X"]), st.text(max_size=5), min_size=1),
    )
)
def test_what_is_changed_is_what_differs(changes: dict[int, dict[str, str]]):
    table = as_they_are(FRAME)
    found = changes_between(table, with_changes(table, changes))
    cells = {(line, name): value for line, row in changes.items() for name, value in row.items()}
    was = {(row[LINE], name): row[name] for row in table.to_dict("records") for name in ("Ref", "When", "X")}
    assert {(line, name): value for line, row in found.items() for name, value in row.items()} == {
        key: value for key, value in cells.items() if value != was[key]
    }
