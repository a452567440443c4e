"""What was due of every feed, what came, what is late, partial or wrong, and whom to ask for it."""

import streamlit as st

from vrin_ui import act, on_record
from vrin_ui.feeds import feed_bar, feed_detail, feed_forms, feed_page, feed_parts

asked = feed_page.asked()
suppliers, feed_names, held = on_record.suppliers(), on_record.feed_names(), on_record.held_files()

st.title("Feeds", anchor=False)
if asked:
    feed_parts.summary(asked.by_due_month, asked.chased, asked.view, waiting=len(held))
    feed_bar.draw(asked.view, asked.ledger.frame, asked.kinds)

    st.header("What came, month by month", anchor=False)
    feed_parts.matrix(asked.ledger, asked.rows, asked.view, asked.kinds)

    st.header("One period", anchor=False)
    feed_parts.choose_period(asked.rows, asked.ledger.frame, asked.view)
    act.draw_outcome(feed_forms.DECLARE)
    act.draw_outcome(feed_forms.WITHDRAW)
    act.draw_outcome(feed_forms.CONFIRM)
    if asked.view.cell:
        feed_parts.say_clicked(feed_detail.title(asked.row))
        st.subheader(feed_detail.title(asked.row), anchor=False)
        feed_detail.why(asked.row, on_record.agreements())
        feed_detail.versions(asked.view.cell)
        is_partial = asked.row["state"].eq("partial").any()
        feed_forms.period_forms(asked.view.cell, on_record.declarations(), held, is_partial=is_partial)

st.header("Stopped files", anchor=False)
act.draw_outcome(feed_forms.HELD)
feed_forms.held_list(held, suppliers, feed_names)

if asked:
    st.header("To chase", anchor=False)
    feed_parts.chase_list(asked.chased)

    st.header("In time and whole", anchor=False)
    feed_parts.timeliness(asked.by_due_month, asked.by_feed, asked.view)

st.header("What is declared", anchor=False)
feed_forms.declared_list(on_record.declarations(), suppliers, feed_names)
