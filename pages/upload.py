"""Partners' files: dropped, recognised, checked, and taken in once a person accepts them."""

import streamlit as st

from vrin_ui import act, on_record
from vrin_ui.agreements import supplier_form
from vrin_ui.feeds import feed_forms
from vrin_ui.upload import upload, upload_nil

desk = upload.desk()
suppliers = on_record.suppliers()

st.title("Upload", anchor=False)
st.markdown(
    "Drop what a partner sent. VRIN says what it is and what would become of each row; **nothing is stored until you "
    "accept it**."
)
upload.draw_inlet(desk)
upload.draw_told(desk)
upload.draw_files(desk)

st.header("Nothing to report", anchor=False)
upload_nil.draw(desk, suppliers)

st.header("Files waiting for a decision", anchor=False)
act.draw_outcome(feed_forms.HELD)
feed_forms.held_list(on_record.held_files(), suppliers, on_record.feed_names())

st.header("Suppliers", anchor=False)
supplier_form.draw()

st.header("Larger files, and files that come by themselves", anchor=False)
upload.draw_watch_help()
