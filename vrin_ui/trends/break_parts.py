"""The breaks on record and the months at which limits begin anew, as a part of the screen Trends."""

import streamlit as st

from vrin_data.measures import Catalogue
from vrin_ui.filters import Filters
from vrin_ui.trends.trend_choice import TrendChoice


def draw_register(chosen: Filters, choices: Catalogue, choice: TrendChoice) -> None:
    """The register of breaks with its forms."""
    st.header("Breaks and limits", anchor=False)
