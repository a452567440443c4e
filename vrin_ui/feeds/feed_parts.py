"""The parts of the page Feeds: what stands on top, the matrix with its table, whom to ask for what."""

from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.protect import Presented
from vrin_data.report.ledger import ledger_as
from vrin_ui import address, figures
from vrin_ui.feeds import feed_cells, feed_matrix, feed_states, feed_tables, timely_chart
from vrin_ui.feeds.feed_bar import PAGE
from vrin_ui.feeds.feed_states import LOOKS
from vrin_ui.feeds.feed_view import Cell, FeedView, row_of
from vrin_ui.filters import shifted
from vrin_ui.wording import counted, number, period_words, plain

MATRIX, CLICKED = "feed_matrix", "feeds_clicked"


def summary(by_due_month: Presented, chased: Presented, view: FeedView, *, waiting: int) -> None:
    """How much of what was due in the last 12 months came whole and in time, and how much is to be asked for."""
    first = shifted(view.last_month, -11)
    frame = by_due_month.frame
    year = frame[
        (frame["due_month"] >= pd.Timestamp(first)) & (frame["due_month"] <= pd.Timestamp(view.last_month))
    ]
    due, whole, on_time = (int(year[f"{name}_count"].sum()) for name in ("due", "whole", "on_time"))
    items = int(chased.frame["item_count"].sum())
    suppliers = counted(len(chased.frame), "supplier")
    asked = f"{counted(items, 'period')} of {suppliers} to chase" if items else "Nothing to chase"
    came = (
        f"**{number(on_time)} of {number(due)} submissions due in the last 12 months came whole and in time**; "
        f"{number(whole - on_time)} came whole but late."
        if due
        else "Nothing that a supplier owes was due in the last 12 months."
    )
    held = f" **{counted(waiting, 'stopped file')} waiting for a decision.**" if waiting else ""
    st.markdown(f"{came} **{asked}.**{held}")


def matrix(ledger: Presented, rows: pd.DataFrame, view: FeedView, kinds: dict[str, str]) -> None:
    """The matrix, whose click chooses a period, with its legend, the same as a table, and its stamp."""
    span = period_words(view.first_month, view.last_month)
    if rows.empty:
        st.info(f"Nothing was due of these feeds in {span}, and nothing came. Choose others above.")
        return
    _say_what_came_before(ledger.frame, rows)
    heading = f"What came of each feed, {span}"
    cells = feed_cells.matrix_cells(rows, view.first_month, view.last_month)
    st.html(feed_states.legend(cells["state"].value_counts().to_dict()))
    spec = feed_matrix.matrix_spec(
        cells,
        feed_cells.matrix_rows(rows, kinds),
        first=view.first_month,
        last=view.last_month,
        heading=heading,
        stamp=ledger.stamp,
        chosen=view.cell,
    )
    # The key holds the chosen period, so that the same one can be clicked again.
    key = f"{MATRIX}_{view.cell.text if view.cell else ''}"
    with st.container(key=MATRIX):
        st.vega_lite_chart(
            None,
            spec,
            theme=None,
            width="stretch",
            key=key,
            on_select=lambda: _picked(key),
            alt=feed_cells.matrix_alt(rows, cells, heading=heading),
        )
    st.caption(
        "Click a square to see why: the details stand below, where a period can be chosen by keyboard as well. "
        "On a narrow screen the matrix scrolls sideways."
    )
    with st.expander("The same as a table"):
        figures.draw_table(feed_tables.ledger_table(rows), alt=f"{heading}, as a table")
    shown = Presented(rows.drop(columns="kind"), ledger.stamp)
    figures.draw_stamp(shown, name="feeds", write=lambda one: ledger_as(one, "csv"))


def _say_what_came_before(ledger: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Say where the last that came stands, where nothing came in the months on screen."""
    pairs = rows[["supplier_id", "feed_id"]].drop_duplicates()
    came = ledger[ledger["received_on"].notna()].merge(pairs, on=["supplier_id", "feed_id"])
    if rows["received_on"].isna().all() and len(came):
        last = came.sort_values("period_end").tail(1)
        st.info(
            f"Nothing of these feeds came in these months. The last that came is {feed_cells.period_words(last)[0]}: "
            "choose it below, or show more months."
        )


def _picked(key: str) -> None:
    found: list[dict[str, Any]] = st.session_state[key].selection.get(feed_cells.SELECTED, [])
    if found:
        address.change(PAGE, "period", found[0][feed_cells.SELECTED])
        st.session_state[CLICKED] = True


def say_clicked(words: str) -> None:
    """Say which period was clicked, since its details may stand below what the reader sees."""
    if st.session_state.pop(CLICKED, False):
        st.toast(f"{plain(words)}. The details stand below the matrix.")


def choose_period(rows: pd.DataFrame, ledger: pd.DataFrame, view: FeedView) -> None:
    """Select boxes for the period that is looked into, for those who do not click."""
    pairs = rows.drop_duplicates(["supplier_id", "feed_id"])
    options = {"": "Choose a feed"}
    options |= {
        f"{one.supplier_id}.{one.feed_id}": f"{one.supplier_name}: {one.feed_name}"
        for one in pairs.itertuples()
    }
    own = f"{view.cell.supplier_id}.{view.cell.feed_id}" if view.cell else ""
    if view.cell and own not in options:
        row = row_of(ledger, view.cell).iloc[0]
        options[own] = f"{row['supplier_name']}: {row['feed_name']}"
    left, right = st.columns(2)
    with left:
        st.session_state["feeds_pair"] = own
        st.selectbox(
            "Supplier and feed",
            list(options),
            format_func=options.__getitem__,
            key="feeds_pair",
            on_change=_pair_chosen,
            args=(ledger,),
        )
    with right:
        if view.cell:
            _choose_within(ledger, view.cell)
    if not view.cell:
        st.markdown(
            "Click a square of the matrix, or choose a feed here, to see why a period stands as it does."
        )


def _choose_within(ledger: pd.DataFrame, cell: Cell) -> None:
    own = _own(ledger, cell.supplier_id, cell.feed_id)
    states = feed_states.shown_states(own)
    told = zip(own["period_start"], feed_cells.period_words(own), states, strict=True)
    named = {
        Cell(cell.supplier_id, cell.feed_id, start.date()).text: f"{words}: {LOOKS[state].name.lower()}"
        for start, words, state in told
    }
    address.select(PAGE, "period", "Period", named, cell.text)


def _pair_chosen(ledger: pd.DataFrame) -> None:
    supplier, _, feed = str(st.session_state["feeds_pair"]).partition(".")
    if not supplier:
        address.change(PAGE, "period", "")
        return
    own = _own(ledger, supplier, feed)
    ranked = (own[own["is_problem"].astype(bool)], own[own["received_on"].notna()], own)
    first = next(rows for rows in ranked if len(rows)).iloc[0]
    address.change(PAGE, "period", Cell(supplier, feed, first["period_start"].date()).text)


def _own(ledger: pd.DataFrame, supplier: str, feed: str) -> pd.DataFrame:
    """The periods of a supplier's feed, newest first."""
    own = ledger[(ledger["supplier_id"] == supplier) & (ledger["feed_id"] == feed)]
    return own.sort_values("period_start", ascending=False).reset_index(drop=True)


def chase_list(chased: Presented) -> None:
    """One entry per supplier of whom something is to be asked for, with a message to copy."""
    if chased.frame.empty:
        st.markdown("There is nothing to ask anybody for.")
        return
    st.markdown(
        "One message per supplier, ready to be copied and sent as it stands. Nobody is asked for what was declared "
        "withheld or held by a partner, nor for open data."
    )
    if chased.stamp.is_simulated:
        st.caption("The data are simulated: do not send these.")
    for one in chased.frame.itertuples(index=False):
        with st.expander(feed_tables.chase_words(one)):
            st.markdown("Subject, then message. The button at the right of each copies it.")
            st.code(one.subject, language=None, wrap_lines=True)
            st.code(one.message, language=None, wrap_lines=True)


def timeliness(by_due_month: Presented, by_feed: Presented, view: FeedView) -> None:
    """How much came in time by month, and how each feed keeps its days."""
    data = timely_chart.timely_data(by_due_month.frame, view.first_month, view.last_month)
    if data.empty:
        st.markdown(
            "Nothing that a supplier owes was due of these feeds in these months. Open data are owed by nobody: "
            "they come when they are published."
        )
        return
    span = period_words(view.first_month, view.last_month)
    title = f"Share of submissions that came whole, by the month they were due, {span}"
    st.vega_lite_chart(
        None,
        timely_chart.timely_spec(data, heading=title, stamp=by_due_month.stamp),
        theme=None,
        width="stretch",
        key="timely_chart",
        alt=timely_chart.timely_alt(data, heading=title),
    )
    table = feed_tables.timeliness_table(by_feed.frame)
    figures.draw_table(table, alt="How each feed keeps its days, over all months")
    st.caption(
        "Over all months on record. Lag is the days from the end of a period to its receipt. Open data, what came "
        "before its agreement began, and what nobody asks for are left out."
    )
