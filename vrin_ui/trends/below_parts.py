"""What else can be asked of a series, below its chart: one question at a time, since each takes its time."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.measures import Catalogue, Stamp, TrendRequest
from vrin_ui import address, figures
from vrin_ui.ask import ask
from vrin_ui.filters import Filters
from vrin_ui.screens import area_name
from vrin_ui.trends import below_words, break_parts, season_charts
from vrin_ui.trends.below_tables import outlook_table, same_month_table, season_table
from vrin_ui.trends.trend_choice import BELOW, CHANGED, LIMITS, OUTLOOK, PAGE, SEASON, TrendChoice, request
from vrin_ui.trends.trend_points import NAMES
from vrin_ui.wording import by

Spec = Callable[..., dict[str, Any]]


def draw(chosen: Filters, choices: Catalogue, choice: TrendChoice, *, months: Sequence[date]) -> None:
    """The further question that is asked, and its answer."""
    st.header("Ask more of this series", anchor=False)
    address.one_of(PAGE, "below", "Further question", BELOW, choice.below)
    place = area_name(choices, chosen.area)
    # The season is found in the series as it came.
    asked = replace(request(chosen, choice), without_season=False)
    if choice.below == LIMITS:
        break_parts.draw_limits(chosen, choice, months)
    elif choice.below == CHANGED:
        _draw_changes(asked)
    elif choice.below == SEASON:
        _draw_season(asked, place)
    elif choice.below == OUTLOOK:
        _draw_outlook(asked, place)


def _draw_changes(asked: TrendRequest) -> None:
    found = ask("change points", asked)
    st.markdown(below_words.change_words(found.frame, asked.figure))
    st.markdown(below_words.CHANGE_HOW)
    figures.draw_stamp(found, name="change-points")


def _draw_season(asked: TrendRequest, place: str) -> None:
    found, told = ask("season", asked), ask("season summary", asked)
    row = told.frame.iloc[0]
    st.markdown(below_words.season_words(row, asked.figure))
    years = ask("same month", asked)
    of = f"{found.stamp.definition_name.lower()}, {place}"
    sides = st.columns(2 if row["is_offered"] else 1)
    if row["is_offered"]:
        _draw(sides[0], season_charts.season_spec, found.frame, found.stamp, asked.figure,
              f"{by(NAMES[asked.figure])} month with its trend: {of}")  # fmt: skip
    _draw(sides[-1], season_charts.years_spec, years.frame, years.stamp, asked.figure,
          f"{NAMES[asked.figure]}, the same months of the last three years: {of}")  # fmt: skip
    st.markdown(below_words.SEASON_HOW)
    with st.expander("The figures behind these charts"):
        if row["is_offered"]:
            figures.draw_table(
                season_table(found.frame, asked.figure), alt="The parts of the series by month"
            )
        figures.draw_table(
            same_month_table(years.frame, asked.figure), alt="The same months of the last three years"
        )
    figures.draw_stamp(found, name="season")


def _draw_outlook(asked: TrendRequest, place: str) -> None:
    told = ask("outlook summary", asked)
    row = told.frame.iloc[0]
    st.markdown(below_words.outlook_words(row, asked.figure))
    if not row["is_offered"]:
        figures.draw_stamp(told, name="outlook")
        return
    found = ask("outlook", asked)
    title = f"Outlook of {NAMES[asked.figure].lower()}: {found.stamp.definition_name.lower()}, {place}"
    _draw(st, season_charts.outlook_spec, found.frame, found.stamp, asked.figure, title)
    st.markdown(below_words.OUTLOOK_HOW)
    with st.expander("The figures behind this chart"):
        figures.draw_table(outlook_table(found.frame, asked.figure), alt=f"{title}, as a table")
    figures.draw_stamp(found, name="outlook")


def _draw(side: Any, spec: Spec, frame: pd.DataFrame, stamp: Stamp, figure: str, title: str) -> None:
    drawn = spec(frame, figure=figure, title=title, stamp=stamp)
    side.vega_lite_chart(
        None, drawn, theme=None, width="stretch", alt=f"{title}. The figures are in the table below."
    )
