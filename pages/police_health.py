"""Police and health side by side: what each side counted, how they move, and what cannot be concluded."""

import streamlit as st

from vrin_ui import screens
from vrin_ui.police_health import health_choice, health_page

chosen, choices = screens.page_choices()
choice = health_choice.current(chosen, choices)
name = choices.definitions.get(chosen.definition) or choices.versions[chosen.definition]
st.title(f"Police and health: {name.rpartition(' (v')[0]}", anchor=False)
health_page.draw(chosen, choices, choice)
