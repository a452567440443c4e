"""The parts of the page Rejected rows that show them: how many, why, where, and the rows themselves."""

from dataclasses import replace

import streamlit as st

from vrin_data.measures import RejectedRequest
from vrin_data.protect import Presented
from vrin_data.report import as_csv
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.rejected import rejected_table
from vrin_ui.rejected.rejected_view import MOST_SHOWN

HEIGHT = 420
ROW_HEIGHT = 35


def reasons(counts: Presented) -> None:
    """What is wrong, most frequent first, with what to do."""
    # Sentences and no table: on a narrow screen a table cuts off what to do.
    st.markdown("\n".join(f"- {line}" for line in rejected_table.reason_lines(counts.frame)))
    st.caption("A row that broke several rules stands under each of them.")


def periods(found: Presented) -> None:
    """How many rows of each supplier's feed and period."""
    table = rejected_table.by_period(found.frame)
    height = min(HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2)
    figures.draw_table(table, alt="Rejected rows by supplier, feed, period and file", height=height)


def rows(request: RejectedRequest, total: int) -> None:
    """The rows themselves, and all of them as a file for the supplier."""
    found = ask("rejected", replace(request, most=MOST_SHOWN))
    table = rejected_table.rows(found.frame)
    words = rejected_table.shown_words(len(table), total)
    if words:
        st.caption(words)
    height = min(HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2)
    figures.draw_table(table, alt="Rejected rows, a line a reason", height=height)
    st.caption(
        f"'{rejected_table.NOT_KEPT}': the value must not be kept, or the line could not be split into cells. The "
        "download is the list for the supplier, with lines, values and reasons."
    )
    figures.draw_stamp(found, name="rejected-rows", write=lambda _: for_supplier(ask("rejected", request)))


def for_supplier(found: Presented) -> str:
    """The rows as CSV to be sent to their supplier: where each stands, its value and what is wrong."""
    frame = found.frame.drop(columns=["row_json", "rule", "supplier_id"])
    frame["raw_value"] = rejected_table.shown_values(found.frame)
    frame["period_start"] = frame["period_start"].dt.strftime("%Y-%m")
    return as_csv(Presented(frame, found.stamp))
