"""The part of the screen about persons whom both sides saw: by their keys, or how to bring such keys."""

import streamlit as st

from vrin_data.measures import LinkedRequest
from vrin_data.report import triangulation_words as words
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.filters import Filters
from vrin_ui.police_health.linked_chart import matched_alt, matched_chart, matched_data
from vrin_ui.police_health.linked_tables import estimate_table, matched_table
from vrin_ui.wording import plain

TITLE = "Persons whom police and health both saw"
LEVEL = "force"


def draw_linked(chosen: Filters, scope: str | None) -> None:
    """Matched, seen by health alone and by the police alone, at two windows; without keys, how to bring them."""
    st.header("The same persons on both sides", anchor=False)
    selection = chosen.over(chosen.trend, "area", "month", level=LEVEL, area=scope)
    request = LinkedRequest(selection)
    answer = ask("linked people", request)
    if answer.frame.empty:
        st.info(words.NO_KEYS + "\n" + "\n".join(f"1. {line}" for line in words.HOW_TO_BRING_KEYS))
        return
    st.markdown(
        "\n".join(f"- {plain(words.matched_words(row))}" for row in answer.frame.itertuples(index=False))
    )
    for source, own in answer.frame.groupby("source", sort=False):
        title = f"{TITLE}: {own['source_name'].iloc[0]}"
        data = matched_data(own)
        chart = matched_chart(data, title=title, stamp=answer.stamp)
        st.altair_chart(
            chart, theme=None, width="stretch", alt=matched_alt(data, title), key=f"linked_{source}"
        )
    st.markdown(words.HOW_TO_READ_MATCHED)
    figures.draw_table(matched_table(answer.frame), alt="Persons and events matched, by feed and window")
    figures.draw_stamp(answer, name="police-health-persons")
    with st.expander("For analysts: how many may be on neither list"):
        _draw_estimate(request)


def _draw_estimate(request: LinkedRequest) -> None:
    estimate = ask("linked estimate", request)
    st.markdown(words.ESTIMATE_FOR_ANALYSTS)
    figures.draw_table(estimate_table(estimate.frame), alt="Lower bound of persons, by feed and window")
    figures.draw_stamp(estimate, name="police-health-estimate")
