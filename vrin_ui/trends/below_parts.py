"""What else can be asked of a series, below its chart: one question at a time, since each takes its time."""

import streamlit as st

from vrin_data.measures import Catalogue
from vrin_ui import address
from vrin_ui.filters import Filters
from vrin_ui.trends.trend_choice import BELOW, PAGE, TrendChoice


def draw(chosen: Filters, choices: Catalogue, choice: TrendChoice) -> None:
    """The further question that is asked, and its answer."""
    st.header("Ask more of this series", anchor=False)
    address.one_of(PAGE, "below", "Further question", BELOW, choice.below)
