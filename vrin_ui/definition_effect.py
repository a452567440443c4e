"""What a draft would count, at every change: offences that come in and go out, count and harm, areas and months."""

import pandas as pd
import streamlit as st

from vrin_data.contract.definitions import Definition
from vrin_ui import definition_desk as desk
from vrin_ui import figures
from vrin_ui.definition_draft import running
from vrin_ui.definition_faults import faults
from vrin_ui.definition_offences import changed_offences, changed_words, offences_table, summary
from vrin_ui.definition_page import Here
from vrin_ui.wording import plain

OFFENCES_HEIGHT, ROW_HEIGHT = 260, 35
WEIGHT = st.column_config.NumberColumn(format="localized")


def draw(here: Here, *, has_figures: bool) -> None:
    """The effect of the draft as it stands; what keeps it from counting anything, where that is so."""
    draft = desk.value(())
    st.subheader("What it would count", anchor=False)
    one = running(draft)
    if one is None:
        lines = [line for line in faults(draft) if not line.endswith("is missing")]
        st.warning("**Nothing yet**\n" + "\n".join(f"- {plain(line)}" for line in lines), icon=None)
        return
    before = here.by_ref[desk.origin()].definition if desk.origin() in here.by_ref else None
    if one.counts_crimes:
        _offences(here, one, before)


def _offences(here: Here, one: Definition, before: Definition | None) -> None:
    st.markdown(summary(offences_table(one, here.edition)))
    if before is None or not before.counts_crimes:
        return
    table = changed_offences(before, one, here.edition)
    st.markdown(f"Against {plain(before.name)}, version {before.version}: {changed_words(table)}")
    if len(table):
        draw_changed(table)


def draw_changed(table: pd.DataFrame) -> None:
    """The offences that come in and go out."""
    figures.draw_table(
        table,
        alt="Offences that come in and go out",
        height=min(OFFENCES_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2),
        formats={"Highest weight": WEIGHT},
    )
