"""What was due of every feed, what came, what is late, partial or wrong, and whom to ask for it."""

import streamlit as st

from vrin_ui import (
    act,
    ask,
    clock,
    feed_bar,
    feed_detail,
    feed_forms,
    feed_parts,
    feed_view,
    on_record,
    screens,
)

params = feed_bar.params()
day = feed_view.day_of(params.get("as-of"), clock.today())
ledger = ask.ask("ledger", feed_view.FeedView(day).ledger_request)
kinds = on_record.kinds()
view = feed_bar.view_of(params, ledger.frame, kinds)
rows = feed_view.narrowed(ledger.frame, view, kinds)
chased = feed_view.of_suppliers(ask.ask("chase", view.chase_request), rows)
by_due_month, by_feed = (
    feed_view.of_pairs(ask.ask(question, view.ledger_request), rows)
    for question in ("timeliness by due month", "timeliness")
)
suppliers, feed_names, held = on_record.suppliers(), on_record.feed_names(), on_record.held_files()

screens.say_simulated(ledger.stamp.is_simulated)
st.title("Feeds", anchor=False)
feed_parts.summary(by_due_month, chased, view, waiting=len(held))
feed_bar.draw(view, ledger.frame, kinds)

st.header("What came, month by month", anchor=False)
feed_parts.matrix(ledger, rows, view, kinds)

st.header("One period", anchor=False)
feed_parts.choose_period(rows, ledger.frame, view)
act.draw_outcome(feed_forms.DECLARE)
act.draw_outcome(feed_forms.WITHDRAW)
if view.cell:
    row = feed_view.row_of(ledger.frame, view.cell)
    feed_parts.say_clicked(feed_detail.title(row))
    st.subheader(feed_detail.title(row), anchor=False)
    feed_detail.why(row, on_record.agreements())
    feed_detail.versions(view.cell)
    feed_forms.period_forms(view.cell, on_record.declarations())

st.header("Stopped files", anchor=False)
act.draw_outcome(feed_forms.HELD)
feed_forms.held_list(held, suppliers, feed_names)

st.header("To chase", anchor=False)
feed_parts.chase_list(chased)

st.header("In time and whole", anchor=False)
feed_parts.timeliness(by_due_month, by_feed, view)

st.header("What is declared", anchor=False)
feed_forms.declared_list(on_record.declarations(), suppliers, feed_names)
