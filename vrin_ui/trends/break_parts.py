"""The breaks on record and the months at which limits begin anew, as a part of the screen Trends."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from vrin_data.measures import Catalogue
from vrin_ui.breaks.concern_words import named
from vrin_ui.breaks.rebase_forms import draw_rebase_form, draw_rebases
from vrin_ui.breaks.register import draw_register
from vrin_ui.breaks.target_forms import draw_target_form
from vrin_ui.filters import Filters
from vrin_ui.trends.trend_choice import TrendChoice, series_of
from vrin_ui.trends.trend_points import UNITS


def draw_on_record(choices: Catalogue) -> None:
    """The register of breaks with its forms, and every series whose limits begin anew."""
    st.header("Breaks on record", anchor=False)
    draw_register(choices)
    st.header("Limits that begin anew", anchor=False)
    draw_rebases(named(choices))
    st.caption("Limits are made to begin anew under One series, New limits and target.")


def draw_limits(chosen: Filters, choice: TrendChoice, months: Sequence[date]) -> None:
    """Where the limits of this series begin anew and what its target is, with the forms for both."""
    series = series_of(chosen, choice)
    limits, target = st.columns(2)
    with limits:
        st.subheader("New limits", anchor=False)
        draw_rebase_form(series, months)
    with target:
        st.subheader("Target", anchor=False)
        draw_target_form(series, choice.figure, months, unit=f"{UNITS[choice.figure]} a month")
