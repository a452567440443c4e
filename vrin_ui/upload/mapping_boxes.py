"""A box for each heading of a file and for each of its values that is not known."""

from collections.abc import Mapping

import streamlit as st

from vrin_data.contract.feeds import Feed
from vrin_data.contract.suppliers import Supplier
from vrin_ui import remembered
from vrin_ui.upload.mapping import IGNORED, Heading, Mapped, OpenValue, words_of
from vrin_ui.upload.mapping_choices import column_choices, column_help, value_choices
from vrin_ui.upload.upload_desk import Desk
from vrin_ui.wording import counted, plain

SHOWN_VALUES = 40
ORDERS = {
    "day_first": "the day first: 03/04/2026 is 3 April",
    "month_first": "the month first: 03/04/2026 is 4 March",
}


def draw_headings(own: Desk, mapped: Mapped, feed: Feed, place: str) -> None:
    st.markdown("**Headings**")
    for number, one in enumerate(mapped.headings):
        _draw_heading(own, mapped, one, feed, f"map_{place}_{feed.id}_{number}")
    if any(column.kind == "time" for column in feed.columns):
        key = f"order_{place}_{feed.id}"
        chosen = st.radio(
            "Dates have",
            list(ORDERS),
            format_func=ORDERS.__getitem__,
            index=list(ORDERS).index(mapped.date_order),
            key=key,
            horizontal=True,
        )
        mapped.choose_order(str(chosen))


def _draw_heading(own: Desk, mapped: Mapped, one: Heading, feed: Feed, key: str) -> None:
    name, choice = st.columns([2, 3], vertical_alignment="center")
    with name:
        samples = ", ".join(sample for sample in one.samples if sample) or "blank in the rows looked at"
        st.markdown(f"**{plain(one.heading) or '(no heading)'}**")
        st.caption("Values are not shown." if one.is_forbidden else plain(samples))
    with choice:
        if one.is_forbidden:
            st.markdown(f"Never used. {plain(one.why)}.")
            return
        chosen = remembered.select(
            own.said,
            key,
            f"Column for {one.heading}",
            column_choices(feed),
            mapped.columns.get(one.heading, one.column),
            label_visibility="collapsed",
        )
        mapped.choose_column(one.heading, chosen)
        st.caption(plain(_why(one, chosen, feed)))


def _why(one: Heading, chosen: str, feed: Feed) -> str:
    """Why a column is proposed, and what the chosen one means."""
    if chosen != one.column:
        return f"Chosen by you. {column_help(feed, chosen)}"
    sure = "" if one.how_sure == "none" else f"{one.how_sure.capitalize()}: "
    return f"{sure}{one.why}."


def draw_values(own: Desk, mapped: Mapped, feed: Feed, place: str, suppliers: Mapping[str, Supplier]) -> None:
    if not mapped.values:
        return
    if mapped.headings:
        st.markdown("**Values that VRIN does not know**")
    st.caption("A value that is left open is kept as not recorded, and said again with every file.")
    for one in mapped.values[:SHOWN_VALUES]:
        _draw_value(own, mapped, one, feed, f"value_{place}_{one.column}_{one.raw}", suppliers)
    if len(mapped.values) > SHOWN_VALUES:
        more = len(mapped.values) - SHOWN_VALUES
        st.caption(f"{more:,} more stand in fewer rows; they follow once these are saved.")


def _draw_value(
    own: Desk, mapped: Mapped, one: OpenValue, feed: Feed, key: str, suppliers: Mapping[str, Supplier]
) -> None:
    value = (one.column, one.raw)
    name, choice = st.columns([2, 3], vertical_alignment="center")
    with name:
        st.markdown(f"**{plain(one.raw)}**")
        st.caption(plain(f"{words_of(one.column)}, {counted(one.row_count, 'row')}"))
    with choice:
        chosen = remembered.select(
            own.said,
            key,
            f"Meaning of {one.raw} in {words_of(one.column)}",
            value_choices(feed, one.column, suppliers),
            mapped.codes.get(value, one.code),
            label_visibility="collapsed",
        )
        mapped.choose_code(value, chosen)
        if chosen == IGNORED:
            why = f"Why {one.raw} is to be read as a blank"
            mapped.reasons[value] = remembered.text(own.said, f"{key}_why", why)
        elif one.code and chosen == one.code:
            st.caption(plain(f"Proposed: {one.why}"))
