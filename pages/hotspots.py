"""Where incidents and harm concentrate: in how few places half of it falls, and which places stand out."""

import streamlit as st

from vrin_ui import screens
from vrin_ui.spots import spot_choice, spots_page

chosen, choices = screens.page_choices()
choice = spot_choice.current(chosen, choices)
name = choices.definitions.get(chosen.definition) or choices.versions[chosen.definition]
st.title(f"Harm spots: {name.rpartition(' (v')[0]}", anchor=False)
if choice is None:
    st.info("There are no small areas here. Bring in official boundaries on the page Areas, and look again.")
else:
    spot_choice.draw_bar(choice, choices)
    spots_page.draw_concentration(chosen, choices, choice)
    spots_page.draw_spots(chosen, choices, choice)
