"""Harm, told apart: what a total is made of and how sure it is, other ways to read it, and the weights behind it."""

import streamlit as st

from vrin_ui.breakdown import (
    breakdown_costs,
    breakdown_page,
    breakdown_readings,
    breakdown_total,
    breakdown_weights,
)

VIEWS = {
    "total": breakdown_total.draw,
    "readings": breakdown_readings.draw,
    "costs": breakdown_costs.draw,
    "weights": breakdown_weights.draw,
}

here = breakdown_page.begin()
st.title("Harm breakdown", anchor=False)
breakdown_page.switch(here)
VIEWS[here.chosen.view](here)
