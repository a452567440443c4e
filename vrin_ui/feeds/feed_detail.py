"""The why of one period of a feed: what was due, what came, what was found, and what each version changed."""

import pandas as pd
import streamlit as st

from vrin_data.contract.agreements import Agreement
from vrin_data.contract.checks import checks
from vrin_data.protect import Presented
from vrin_ui import figures
from vrin_ui.ask import Between, VersionsOf, ask
from vrin_ui.feeds import feed_tables
from vrin_ui.feeds.feed_cells import period_words
from vrin_ui.feeds.feed_states import LOOKS, MEANINGS, shown_states, swatch
from vrin_ui.feeds.feed_view import Cell
from vrin_ui.wording import counted, day_words, number, plain, sentence


def why(rows: pd.DataFrame, agreements: dict[str, Agreement]) -> None:
    """What the ledger says of a period, its one row, as a list in words."""
    state, row = shown_states(rows).iloc[0], rows.iloc[0]
    st.html(f"<p>{swatch(state)} <strong>{LOOKS[state].name}</strong>: {MEANINGS[state]}.</p>")
    lines = [*due_lines(row, agreements), *came_lines(row), *found_lines(row)]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def title(rows: pd.DataFrame) -> str:
    """Whose data, of which feed and period."""
    row = rows.iloc[0]
    return f"{row['supplier_name']}: {row['feed_name']}, {period_words(rows)[0]}"


def due_lines(row: pd.Series, agreements: dict[str, Agreement]) -> list[str]:
    """When it was due, and under what."""
    due = "Nothing was due." if pd.isna(row["due_on"]) else f"Due by {day_words(row['due_on'])}."
    one = agreements.get(row["agreement_id"])
    if one is not None:
        basis = f"Under the agreement {one.name} ({one.agreement_id}), {one.power.name}."
        until = f" It holds to {day_words(one.end_day)}." if one.end_day else " It has no end."
        basis += until
    elif str(row["agreement_id"]).startswith(("licence: ", "override: ")):
        basis = f"It came in under {row['agreement_id'].replace(': ', ' ', 1)}."
    elif row["basis"]:
        basis = f"Without an agreement. {sentence(row['basis']).rstrip('.')}."
    else:
        basis = "Without an agreement."
    kind = "The day is set by law." if row["is_duty"] else ""
    if not row["is_duty"] and not row["is_owed"]:
        kind = "Nobody owes it: it is not chased."
    backlog = (
        "It is from before the agreement or the first receipt, and so was never late."
        if row["is_backlog"]
        else ""
    )
    return [line for line in (due, basis, kind, backlog) if line]


def came_lines(row: pd.Series) -> list[str]:
    """When it came and what it held."""
    if pd.isna(row["received_on"]):
        late = f": {counted(int(row['days_late']), 'day')} past the day" if row["days_late"] else ""
        return [f"Not received{late}."]
    late = f"{counted(int(row['days_late']), 'day')} late" if row["days_late"] else "in time"
    if pd.isna(row["due_on"]) or row["is_backlog"]:
        late = ""
    lag = (
        f"{counted(int(row['lag_days']), 'day')} after the period's last day"
        if pd.notna(row["lag_days"])
        else ""
    )
    first = f"Received on {day_words(row['received_on'])}" + "".join(
        f", {part}" for part in (late, lag) if part
    )
    rows = (
        (
            f"{counted(int(row['row_count']), 'row')} kept, {number(row['rejected_count'])} rejected, "
            f"{counted(int(row['incident_count']), 'incident')}"
        )
        if pd.notna(row["row_count"])
        else ""
    )
    versions = (
        f"{counted(int(row['version_count']), 'earlier version')} replaced" if row["version_count"] else ""
    )
    return [f"{line}." for line in (first, rows, versions) if line]


def found_lines(row: pd.Series) -> list[str]:
    """What the checks found and what was declared, a line each, and what can be done about it."""
    found = [f"{sentence(part)}." for part in str(row["evidence"]).split("; ") if part]
    known = [checks()[one] for one in str(row["check_ids"]).split(", ") if one in checks()]
    return found + [f"{one.means} What to do: {one.to_do}" for one in known]


def versions(cell: Cell) -> None:
    """The versions of a period, and what each changed by month and group of offences."""
    came = ask("versions", VersionsOf(cell.supplier_id, cell.feed_id, cell.start))
    if came.frame.empty:
        return
    st.markdown("**Versions**")
    figures.draw_table(
        feed_tables.versions_table(came.frame), alt="The versions of this period, in order of arrival"
    )
    for one in came.frame[came.frame["replaces_id"].notna()].itertuples(index=False):
        with st.expander(f"What version {one.version} changed"):
            _changes(ask("changes", Between(int(one.replaces_id), int(one.submission_id))))


def _changes(changes: Presented) -> None:
    table = feed_tables.changes_table(changes.frame)
    if table.empty:
        st.markdown("Nothing that is counted: no record was added, none vanished, none changed.")
        return
    figures.draw_table(table, alt="What changed, by month and group of offences")
    st.caption(
        "Records added, vanished and changed; events are what is counted of them. Groups without a change are left out."
    )
