"""The progress of what runs on the upload desk, and a button that ends it."""

import streamlit as st

from vrin_ui.upload.upload_desk import Desk
from vrin_ui.upload.upload_steps import advance

EVERY_S = 1
TITLES = {
    "look": "Looking at the files",
    "rows": "Reading the first rows",
    "propose": "Comparing headings and values with what the feed needs",
    "try": "Reading the first rows by this mapping",
    "check": "Checking; nothing is stored",
    "take": "Taking in",
    "accept": "Taking in",
}


@st.fragment(run_every=EVERY_S)
def draw_progress(own: Desk) -> None:
    """How far it is; the page is drawn anew as soon as it has ended."""
    running = own.running
    if running is None:
        return
    if not running.job.is_running:
        advance(own)
        st.rerun()
    now, title = running.job.progress(), TITLES[running.steps[0].kind]
    st.progress(now.share, text=f"**{title}.** {now.words} ({running.job.seconds} s)")
    # An end in the middle leaves the store as it was, whatever is running.
    st.button("Cancel", key="upload_cancel", on_click=running.job.cancel)
