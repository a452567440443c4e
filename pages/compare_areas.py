"""Areas held against their comparators: which stand out of the funnel, and how one moves beside the others."""

import streamlit as st

from vrin_ui import screens
from vrin_ui.compare_areas import compare_choice, compare_page, compare_words, list_acts, list_forms

chosen, choices = screens.page_choices()
lists = list_acts.lists_on_record()
choice = compare_choice.current(chosen, choices, lists)
name = choices.definitions.get(chosen.definition) or choices.versions[chosen.definition]
st.title(f"Compare areas: {name.rpartition(' (v')[0]}", anchor=False)
compare_choice.draw_bar(chosen, choices, choice, lists)
if choice.at and not lists:
    st.caption(compare_words.NO_LIST)
compare_page.draw_funnel(chosen, choices, choice)
compare_page.draw_months(chosen, choices, choice)
list_forms.draw(choices, choice, lists)
