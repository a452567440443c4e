"""Rows that were not taken in: how many, why, where, and a way to correct them and send them again."""

import streamlit as st

from vrin_ui import act, ask, screens
from vrin_ui.rejected import rejected_correct, rejected_parts, rejected_table, rejected_view

everything = ask.ask("rejected counts", rejected_view.request_of({}))
request = rejected_view.request_now()
counts, periods = (ask.ask(question, request) for question in ("rejected counts", "rejected periods"))

screens.say_simulated(everything.stamp.is_simulated)
st.title("Rejected rows", anchor=False)
if everything.frame.empty:
    act.draw_outcome(rejected_correct.SENT)
    st.markdown("No row was rejected: everything that came in was taken.")
    st.stop()

rejected_view.draw_filters(everything.frame, request)
if counts.frame.empty:
    act.draw_outcome(rejected_correct.SENT)
    st.info("No rejected row is left by this choice. Choose others above.")
    st.stop()
st.markdown(rejected_table.summary(periods.frame))

st.header("What is wrong", anchor=False)
rejected_parts.reasons(counts)

st.header("Where", anchor=False)
rejected_parts.periods(periods)

st.header("The rows", anchor=False)
rejected_parts.rows(request, int(counts.frame["row_count"].sum()))

st.header("Correct them", anchor=False)
rejected_correct.draw(counts, request)
