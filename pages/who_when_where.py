"""When incidents happen, who is in them, where and how: always with what is not recorded."""

import streamlit as st

from vrin_ui import screens
from vrin_ui.who_when import who_choice, who_page

chosen, choices = screens.page_choices()
has_harm = who_choice.has_harm(chosen, choices)
choice = who_choice.current(has_harm=has_harm)
name = choices.definitions.get(chosen.definition) or choices.versions[chosen.definition]
place = screens.area_name(choices, chosen.area)
st.title(f"Who, when, where: {name.rpartition(' (v')[0]}, {place}", anchor=False)
who_choice.draw_which(choice)
if choice.show == who_choice.WHEN:
    who_page.draw_when(chosen, choices, choice, has_harm=has_harm)
elif choice.show == who_choice.WHO:
    who_page.draw_who(chosen, choices, choice)
else:
    who_page.draw_where(chosen, choices, choice)
