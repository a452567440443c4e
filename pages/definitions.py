"""Definitions of serious violence: the library, one in plain English, several side by side, and the editor."""

import streamlit as st

from vrin_ui.definitions import (
    definition_compare,
    definition_edit,
    definition_library,
    definition_page,
    definition_read,
)

VIEWS = {
    "library": definition_library.draw,
    "read": definition_read.draw,
    "compare": definition_compare.draw,
    "edit": definition_edit.draw,
}

here = definition_page.begin()
st.title("Definitions of serious violence", anchor=False)
definition_page.switch(here)
VIEWS[here.chosen.view](here)
