"""Who may send what, under which power and until when: the register, one agreement, and what is on record."""

import streamlit as st

from vrin_ui import act, clock, on_record
from vrin_ui.agreements import agreement_form, agreement_parts, agreement_view, supplier_form
from vrin_ui.wording import plain

today = clock.today()
names = {one.supplier_id: one.supplier_name for one in on_record.suppliers().values()}
agreements = on_record.agreements()

st.title("Agreements", anchor=False)
agreement_parts.register(on_record.register(today), names, today)

st.header("Read one", anchor=False)
act.draw_outcome(agreement_parts.END)
chosen = agreement_parts.choose(agreements)
if chosen:
    agreement_parts.read(chosen, on_record.versions_of(chosen.agreement_id), names)

st.header("Add or change one", anchor=False)
agreement_form.draw()
agreement_parts.from_file()
supplier_form.draw()

st.header("Without an agreement", anchor=False)
came, trouble = on_record.ledger_or_why(today)
if trouble:
    st.markdown(plain(trouble))
else:
    agreement_parts.without_agreement(on_record.without_agreement(came, today))

st.header("Legal powers", anchor=False)
agreement_parts.powers(today)

st.header("On record", anchor=False)
agreement_parts.on_record(
    agreement_view.overrides_table(on_record.overrides()),
    agreement_view.held_table(on_record.held_files(with_decided=True), names),
)
