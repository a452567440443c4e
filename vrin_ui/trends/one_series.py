"""One series deeply: its icons and words, its chart and rules, the table, and what else is asked of it."""

import pandas as pd
import streamlit as st

from vrin_data.errors import UsageError
from vrin_data.measures import BreaksRequest, Catalogue
from vrin_data.protect import Presented
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.filters import Filters
from vrin_ui.screens import area_name
from vrin_ui.trends import below_parts, series_words
from vrin_ui.trends.break_marks import break_list, break_marks
from vrin_ui.trends.control_chart import Marks, control_chart
from vrin_ui.trends.homicides import homicide_marks
from vrin_ui.trends.rare_chart import rare_alt, rare_rows, rare_spec
from vrin_ui.trends.trend_choice import TrendChoice, request, selection, with_target
from vrin_ui.trends.trend_icons import assurance_icon, beside, variation_icon
from vrin_ui.trends.trend_points import NAMES, points, trend_alt
from vrin_ui.trends.trend_table import trend_table
from vrin_ui.wording import by, counted, plain

RULED = ("xmr", "run", "laney")
NEAR = ("near_upper", "near_lower")


def draw(chosen: Filters, choices: Catalogue, choice: TrendChoice) -> None:
    """The chart of the chosen area with everything that belongs to it; what to do where there is none."""
    choice = with_target(chosen, choice)
    asked = request(chosen, choice)
    try:
        found, summary = ask("trend", asked), ask("trend summary", asked)
    except UsageError as error:
        st.info(plain(str(error)))
        return
    place = area_name(choices, chosen.area)
    if not len(summary.frame):
        st.info(f"No month has come in for {place}. Choose another area, feed or period.")
        figures.draw_stamp(found, name="trend")
        return
    row = summary.frame.iloc[0]
    _draw_icons(row, choice)
    breaks = ask("breaks", BreaksRequest(selection(chosen, choice)))
    _draw_chart(found, breaks.frame, row, chosen, choice, place=place)
    st.markdown(series_words.reading_words(row["kind"], choice.settings))
    with st.expander("The figures behind this chart"):
        figures.draw_table(
            trend_table(found.frame, choice.figure, choice.settings),
            alt=f"{NAMES[choice.figure]} by month, {place}",
        )
    figures.draw_stamp(found, name="trend")
    came = found.frame["month"].min().date()
    months = [month for month in asked.selection.months if month >= came]
    below_parts.draw(chosen, choices, choice, months=months)


def _draw_icons(row: pd.Series, choice: TrendChoice) -> None:
    """The icons with their words beside them."""
    told, met = series_words.variation(row, choice.settings), series_words.assurance(row, choice.figure)
    # Counts of twelve months are judged by no rule.
    varies = "none" if row["kind"] == "rare" else row["variation"]
    icon = variation_icon(varies, row["variation_direction"], words=told.split(":")[0])
    sides = st.columns(2 if met else 1)
    sides[0].html(
        beside(icon, told, series_words.level(row, choice.figure, is_calm=choice.is_without_season))
    )
    if met:
        sides[1].html(beside(assurance_icon(row["assurance"], words="Against the target"), met))


def _draw_chart(
    found: Presented,
    breaks: pd.DataFrame,
    row: pd.Series,
    chosen: Filters,
    choice: TrendChoice,
    *,
    place: str,
) -> None:
    months = "twelve months" if row["kind"] == "rare" else "month"
    without = ", without homicide" if choice.is_harm and choice.is_without_homicide else ""
    calm = ", season taken out" if choice.is_without_season and row["kind"] in ("xmr", "run") else ""
    least = ", at least" if series_words.is_at_least(row, choice.figure) else ""
    title = (
        f"{by(NAMES[choice.figure] + least)} {months}{calm}: {found.stamp.definition_name.lower()}{without}, {place}"
    )
    if row["kind"] == "rare":
        rows = rare_rows(found.frame, choice.figure)
        spec = rare_spec(rows, figure=choice.figure, title=title, stamp=found.stamp)
        st.vega_lite_chart(None, spec, theme=None, width="stretch", alt=rare_alt(rows, title))
    else:
        _draw_control_chart(found, breaks, row, chosen, choice, title=title)
    # Counts of twelve months, and too few months, are judged by none of the rules.
    rules = f"  \nRules: {choice.settings.words()}." if row["kind"] in RULED else ""
    st.caption(f"{series_words.chart(row)} {series_words.basis(row)}{rules}")
    certain = series_words.certain_words(row, choice.figure)
    if certain:
        st.markdown(certain)
    listed = break_list(breaks)
    if listed:
        st.markdown(f"Breaks that concern this series:\n\n{listed}")


def _draw_control_chart(
    found: Presented,
    breaks: pd.DataFrame,
    row: pd.Series,
    chosen: Filters,
    choice: TrendChoice,
    *,
    title: str,
) -> None:
    drawn = points(found.frame, choice.figure, choice.settings)
    killed = homicide_marks(chosen, choice)
    lines = ("mean", "upper", "lower", *(NEAR if choice.has_near else ()))
    chart = control_chart(
        drawn,
        figure=choice.figure,
        title=title,
        middle=series_words.MIDDLES.get(row["kind"], "mean"),
        stamp=found.stamp,
        lines=lines,
        marks=Marks(break_marks(breaks), killed, choice.target),
    )
    alt = trend_alt(drawn, title=title, figure=choice.figure)
    st.altair_chart(chart, theme=None, width="stretch", alt=alt)
    if killed is not None and len(killed):
        st.caption(
            f"● at the foot of the chart: {counted(int(killed['count'].sum()), 'homicide')} in "
            f"{counted(len(killed), 'month')}, which the line leaves out."
        )
