"""Any level, period and measure on a map, beside its table; a click on an area chooses it."""

import streamlit as st

from vrin_ui import ask, draw, filter_bar, filters, screens

chosen, choices = screens.page_choices()
heading = st.empty()
filter_bar.draw_map_controls(chosen, choices)
shown = filters.view(chosen, choices, chosen.level)
areas = ask.ask("harm", chosen.selection("area", area=shown.scope))
heading.title(f"Map: {areas.stamp.definition_name}", anchor=False)

draw.map_and_table(areas, chosen, choices, level=chosen.level, shown=shown, name=chosen.level)

if chosen.area is not None:
    place = screens.area_name(choices, chosen.area)
    st.header(place, anchor=False)
    draw.all_areas_button()
    months = ask.ask("harm", chosen.over(chosen.trend, "month", area=chosen.area))
    draw.comparison_cards(months, chosen)
    draw.trends(months, place=place)
