"""Any level, period and measure on a map, drawn in several ways, beside its table; a click leads into an area."""

import streamlit as st

from vrin_ui import map_area, map_context, map_export, screens
from vrin_ui.map import file_names, frame, map_bar, map_page

chosen, choices = screens.page_choices()
heading = st.empty()
shown = frame.frame_of(chosen, choices)
map_bar.draw_map_bar(shown)
map_bar.draw_trail(shown.chosen, choices)
drawn = map_page.draw_maps(shown)
heading.title(f"Map: {drawn.areas.stamp.definition_name}", anchor=False)

map_export.draw_downloads(
    drawn.answer,
    drawn.spec,
    shown.outline,
    shown.chosen,
    choices,
    stem=file_names.file_stem(shown, *drawn.terms),
    pair=drawn.pair,
)
map_area.draw_card(chosen, choices)
map_context.draw_context(drawn.areas, shown.chosen, choices)
