"""The first rows of a file, as they were sent and as VRIN reads them."""

import streamlit as st

from vrin_ui import figures
from vrin_ui.upload import upload_tables
from vrin_ui.upload.upload_call import Call
from vrin_ui.upload.upload_desk import Desk
from vrin_ui.wording import plain

ROWS_HEIGHT, ROW_HEIGHT = 260, 35


def draw_rows(own: Desk, call: Call, place: str) -> None:
    """The first rows of a call's first file, or of the one that is chosen."""
    if call.is_nil:
        return
    st.markdown("**The first rows**")
    file = call.files[0]
    if len(call.files) > 1:
        chosen = st.selectbox(
            "File", call.files, format_func=lambda one: one.name, key=f"rows_of_{place}_{call.feed_id}"
        )
        file = chosen or file
    key = (file.file_id, own.feed_of(file, call.feed_id), call.supplier)
    if key in own.failures:
        st.error(plain(own.failures[key]))
    elif key in own.rows:
        draw_before_after(own, key)
    elif st.button("Show its first rows", key=f"rows_show_{place}", disabled=own.running is not None):
        own.begin([own.show_rows(key)], place)
        st.rerun()


def draw_before_after(own: Desk, key: tuple[str, str, str]) -> None:
    """The first rows before and after, one table below the other."""
    shown = own.rows[key]
    height = min(ROWS_HEIGHT, ROW_HEIGHT * (len(shown["rows"]) + 1) + 2)
    st.caption("As they stand in the file; what would tell who a person is, is not shown.")
    figures.draw_table(upload_tables.before_table(shown), alt="The first rows as sent", height=height)
    if shown["refusal"]:
        st.error(plain(shown["refusal"]))
        return
    st.caption(
        f"As VRIN reads them: {shown['rows_kept']:,} of the first {shown['rows_tried']:,} rows would be kept."
    )
    figures.draw_table(
        upload_tables.after_table(shown), alt="The first rows as VRIN reads them", height=height
    )
