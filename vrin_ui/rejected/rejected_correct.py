"""Correcting rejected rows of one file: in a table, one row at a time, or in the file that was downloaded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.measures import RejectedRequest
from vrin_data.protect import Presented
from vrin_data.report import as_corrections
from vrin_ui import act, names
from vrin_ui.ask import ask
from vrin_ui.rejected import corrections, rejected_table
from vrin_ui.rejected.corrections import LINE, WHY
from vrin_ui.wording import counted, plain

SENT, CHANGES = "corrections_sent", "corrections_changed"
MOST_IN_PLACE = 50
TABLE, ONE = "All rows in a table", "One row at a time"


def draw(counts: Presented, request: RejectedRequest) -> None:
    """The choice of a file, and every way to correct its rows."""
    act.draw_outcome(SENT)
    files = rejected_table.files_to_correct(counts.frame)
    if not files:
        st.markdown(
            "None of these rows can be corrected here: their values are not kept. Ask for the file again."
        )
        return
    file = str(st.selectbox("File to correct", list(files), key="correct_file"))
    found = _narrowed(file, request)
    table = corrections.as_they_are(found.frame)
    left_out = found.frame["line_number"].nunique() - len(table)
    out = f" {counted(left_out, 'row')} more cannot be: the values are not kept." if left_out else ""
    st.markdown(f"{counted(len(table), 'row')} of this choice can be corrected.{out}")
    if len(table) <= MOST_IN_PLACE:
        _draw_in_place(file, table)
    else:
        st.markdown(
            f"Up to {MOST_IN_PLACE} can be corrected on the screen: choose a reason or a period above to have fewer, "
            "or correct them with a spreadsheet."
        )
    _draw_by_file(file, found)


def _narrowed(file: str, request: RejectedRequest) -> Presented:
    """The rows of a file that the choice leaves, each with all that is wrong with it."""
    lines = ask("rejected", replace(request, file=file)).frame["line_number"]
    whole = ask("rejected", RejectedRequest(file=file, feed=request.feed))
    return replace(whole, frame=whole.frame[whole.frame["line_number"].isin(lines)])


def _draw_in_place(file: str, table: pd.DataFrame) -> None:
    changes = _changes(file)
    shown = corrections.with_changes(table, changes)
    way = st.radio("Correct them here", (TABLE, ONE), key="correct_way", horizontal=True)
    if way == TABLE:
        _draw_table(file, table, shown)
    else:
        _draw_row(file, table, shown)
    there = {int(line) for line in table[LINE]}
    changed = {line: cells for line, cells in _changes(file).items() if line in there}
    _draw_send(file, table, changed)


def _changes(file: str) -> dict[int, dict[str, str]]:
    """What was changed of a file so far, by line."""
    found: dict[int, dict[str, str]] = st.session_state.setdefault(CHANGES, {}).setdefault(file, {})
    return found


def _draw_table(file: str, table: pd.DataFrame, shown: pd.DataFrame) -> None:
    # The editor keeps its own changes on top of the rows that it was first given.
    base_key, editor = f"correct_base_{file}", f"correct_editor_{file}"
    if editor not in st.session_state or list(st.session_state[base_key][LINE]) != list(shown[LINE]):
        st.session_state[base_key] = shown
    edited = st.data_editor(
        st.session_state[base_key],
        key=editor,
        hide_index=True,
        width="stretch",
        disabled=[LINE, WHY],
        column_config={LINE: st.column_config.NumberColumn(pinned=True, format="%d")},
        alt=f"Rejected rows of {file}, to be corrected",
    )
    st.session_state[CHANGES][file] = corrections.changes_between(table, edited)
    st.caption("Double-click a cell to change it. By keyboard, 'One row at a time' is easier.")


def _draw_row(file: str, table: pd.DataFrame, shown: pd.DataFrame) -> None:
    changes = _changes(file)
    words = {
        int(line): _row_words(int(line), str(why), changes)
        for line, why in zip(table[LINE], table[WHY], strict=True)
    }
    line = int(st.selectbox("Row", list(words), format_func=words.__getitem__, key=f"correct_line_{file}"))
    row = shown[shown[LINE] == line].iloc[0]
    with st.form(f"correct_row_{file}_{line}", border=True, enter_to_submit=False):
        st.markdown(f"**Line {line}:** {plain(str(row[WHY]))}")
        cells = {}
        sides = st.columns(2)
        for number, (name, is_wrong) in enumerate(corrections.headings_to_show(table, str(row[WHY]))):
            label = f"{name} (look here)" if is_wrong else name
            key = f"cell_{file}_{line}_{name}"
            cells[name] = sides[number % 2].text_input(label, value=row[name], key=key)
        kept = st.form_submit_button("Keep these changes")
    if kept:
        before = table[table[LINE] == line]
        after = before.assign(**{name: [value] for name, value in cells.items()})
        changes.pop(line, None)
        changes.update(corrections.changes_between(before, after))
        st.rerun()


def _row_words(line: int, why: str, changes: Mapping[int, Any]) -> str:
    return f"Line {line}{' (changed)' if line in changes else ''}: {why}"


def _draw_send(file: str, table: pd.DataFrame, changed: dict[int, dict[str, str]]) -> None:
    with st.form(f"correct_send_{file}", border=True, enter_to_submit=False):
        st.markdown(f"**{counted(len(changed), 'row')} changed.** Rows that are not changed stay rejected.")
        names.name_box(f"correct_by_{file}")
        sent = st.form_submit_button("Send the corrections", type="primary", disabled=not changed)
    if sent:
        content = corrections.corrections_csv(file, table, changed)
        _send(content.encode(), by=names.given(f"correct_by_{file}"))


def _send(content: bytes, *, by: str) -> None:
    with st.spinner("Taking the corrections in"):
        act.attempt(SENT, act.send_corrections, content, by=by)
    st.rerun()


def _draw_by_file(file: str, found: Presented) -> None:
    with st.expander("With a spreadsheet: download, correct, send back"):
        st.markdown(
            "Keep the first two columns as they are; they say which row each is. Save as CSV (UTF-8). Look at dates "
            "and long numbers before you save: a spreadsheet changes them without saying so."
        )
        st.download_button(
            "Download these rows to correct (CSV)",
            data=lambda: as_corrections(found).encode("utf-8-sig"),
            file_name=f"corrections-{file.rpartition('/')[2].rpartition('.')[0] or 'rows'}.csv",
            mime="text/csv",
            on_click="ignore",
            key="correct_download",
        )
        number = st.session_state.setdefault("correct_inlet", 0)
        dropped = st.file_uploader("Corrected file", type=["csv"], key=f"correct_file_{number}")
        with st.form("correct_file_send", border=False, enter_to_submit=False):
            names.name_box("correct_file_by")
            sent = st.form_submit_button("Send the corrected file", disabled=dropped is None)
    if sent and dropped is not None:
        st.session_state["correct_inlet"] = number + 1
        _send(dropped.getvalue(), by=names.given("correct_file_by"))
