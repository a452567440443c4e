"""How far each health feed can be relied on: what it says of itself, and the breaks on record for it."""

import pandas as pd
import streamlit as st

from vrin_data.contract.feeds import feeds
from vrin_data.measures import BreaksRequest, Selection
from vrin_data.report.triangulation_words import POLICE, RELIABILITY
from vrin_ui.ask import ask
from vrin_ui.police_health.health_choice import health_selection
from vrin_ui.wording import day_words, plain

DEFINITIONS = {"attendance": "ed-assault-attendances", "admission": "assault-admissions"}
"""By grain the definition whose series the breaks concern; calls have none."""


def draw_reliability(asked: Selection, area: str, rows: pd.DataFrame) -> None:
    """For each health feed of an area what makes its counts move without any violence having changed."""
    st.subheader("How far each can be relied on", anchor=False)
    sources = rows.loc[rows["source"] != POLICE].drop_duplicates("source")
    for source in sources.itertuples(index=False):
        own = _breaks(asked, area, str(source.source), str(source.grain))
        said = [RELIABILITY[str(source.grain)], *feeds()[str(source.source)].notes]
        st.markdown(f"**{plain(str(source.source_name))}**")
        st.markdown("\n".join(f"- {line}" for line in [*own, *map(plain, said)]))


def _breaks(asked: Selection, area: str, feed: str, grain: str) -> list[str]:
    if grain not in DEFINITIONS:
        return []
    selection = health_selection(asked, area, definition=DEFINITIONS[grain], feed=feed)
    found = ask("breaks", BreaksRequest(selection)).frame.drop_duplicates("break_id")
    return [
        f"**Break on {day_words(one.happened_on)}:** {plain(one.title)}."
        for one in found.itertuples(index=False)
    ]
