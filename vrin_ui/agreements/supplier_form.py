"""A form that adds a supplier of the partnership's own, for an agreement or a file to name."""

import streamlit as st

from vrin_data.contract.feeds import feeds
from vrin_data.contract.suppliers import Supplier
from vrin_ui import act, names
from vrin_ui.feeds.feed_view import KIND_WORDS

ADD = "add_supplier"
BOXES = {
    "id": "Short name: small letters, digits, hyphens",
    "name": "Full name",
    "aliases": "Other spellings, one a line",
}


def draw() -> None:
    """What came of the last one, and the form."""
    act.draw_outcome(ADD)
    with (
        st.expander("Add a supplier that is not in the list"),
        st.form("supplier", border=False, enter_to_submit=False),
    ):
        st.text_input(BOXES["id"], key="supplier_id", placeholder="royal-infirmary")
        st.text_input(BOXES["name"], key="supplier_name")
        kinds = sorted({kind for one in feeds().values() for kind in one.supplier_kinds})
        st.selectbox(
            "Kind",
            kinds,
            format_func=lambda kind: KIND_WORDS.get(kind, kind.replace("_", " ")),
            key="supplier_kind",
        )
        st.text_area(BOXES["aliases"], key="supplier_aliases", height=92)
        names.name_box("supplier_by")
        st.form_submit_button("Add the supplier", on_click=_add)


def _add() -> None:
    state = st.session_state
    made = Supplier(
        supplier_id=state["supplier_id"].strip(),
        supplier_name=state["supplier_name"].strip(),
        kind=state["supplier_kind"],
        home_area_code=None,
        home_area_level=None,
        aliases=tuple(filter(None, (line.strip() for line in state["supplier_aliases"].splitlines()))),
    )
    if act.attempt(ADD, act.add_supplier, made, by=names.given("supplier_by")):
        for name in BOXES:
            state[f"supplier_{name}"] = ""
