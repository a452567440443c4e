"""Whether a figure is changing: one series deeply, or many small ones by area or by offence."""

import streamlit as st

from vrin_ui import screens
from vrin_ui.trends import trend_bar, trend_choice, trends_page

chosen, choices = screens.page_choices()
choice = trend_choice.current(chosen, choices)
name = choices.definitions.get(chosen.definition) or choices.versions[chosen.definition]
place = screens.area_name(choices, chosen.area)
st.title(f"Trends: {name.rpartition(' (v')[0]}, {place}", anchor=False)
trend_bar.draw_bar(chosen, choices, choice)
trends_page.draw(chosen, choices, choice)
