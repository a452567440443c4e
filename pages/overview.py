"""The board's page: harm and count of the last 12 months, the trend, the districts, what is missing."""

import streamlit as st

from vrin_ui import ask, draw, filters, screens, wording
from vrin_ui.signals import signal_list

chosen, choices = screens.page_choices()
months = ask.ask("harm", chosen.over(chosen.trend, "month", area=chosen.area))
place = screens.area_name(choices, chosen.area)

st.title(f"{months.stamp.definition_name}: {place}", anchor=False)
st.markdown(f"{wording.sentence(wording.period_words(*chosen.year))}, against the same months a year before.")
draw.comparison_cards(chosen)

st.header("What stands out", anchor=False)
signal_list.draw_signals()

st.header("Month by month", anchor=False)
draw.trends(months, place=place)

st.header("By district", anchor=False)
shown = filters.view(chosen, choices, "district")
areas = ask.ask("harm", chosen.over(chosen.year, "area", level="district", area=shown.scope))
draw.map_and_table(areas, chosen, choices, level="district", shown=shown, name="districts")

st.header("What is missing", anchor=False)
came = ask.ask("coverage", chosen.over(chosen.trend, "month", area=chosen.area))
draw.missing(came)
