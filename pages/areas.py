"""Areas: what there is of them, a partnership's own, official files, and context data."""

import streamlit as st

from vrin_ui.areas import area_page

st.title("Areas", anchor=False)
area_page.draw()
