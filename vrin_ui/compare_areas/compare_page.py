"""The screen Compare areas put together: the funnel, its areas in name order, and months beside comparators."""

from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.errors import UsageError
from vrin_data.measures import Catalogue
from vrin_data.protect import Presented
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.compare_areas import compare_choice, compare_tables, compare_words, funnel_chart, months_chart
from vrin_ui.compare_areas.compare_choice import CompareChoice
from vrin_ui.filters import Filters
from vrin_ui.wording import level_words, plain


def draw_funnel(chosen: Filters, choices: Catalogue, choice: CompareChoice) -> None:
    """Where areas lie, in words, as a funnel plot, and as a table by name."""
    request = compare_choice.request(chosen, choice)
    points = _asked("comparison", request)
    if points is None:
        return
    summary, curve = ask("comparison summary", request).frame.iloc[0], ask("funnel curve", request).frame
    areas, digits = level_words(choice.level, choices.levels)[1], compare_words.digits_of(summary["target"])
    _say(points.frame, summary, areas)
    if len(curve):
        _draw_chart(points, curve, summary, choice, areas)
        st.markdown(compare_words.HOW_TO_READ)
        with st.expander("How the limits are made"):
            compare_choice.draw_settings(choice)
    elif summary["area_count"]:
        st.info("Nothing of this was recorded here in these months, so there is nothing to compare.")
    st.subheader("The areas, by name", anchor=False)
    figures.draw_table(
        compare_tables.areas_table(points.frame, choice.figure, digits),
        alt="The areas of the funnel, by name",
        formats=_formats(),
    )
    figures.draw_stamp(points, name="compare-areas")
    draw_changes(chosen, choice, points)


def draw_changes(chosen: Filters, choice: CompareChoice, points: Presented) -> None:
    """Beside the level its change on the year before, in words, by name."""
    with st.expander("Did they change on the year before?"):
        changes = _asked("period change", compare_choice.change_request(chosen, choice))
        if changes is None:
            return
        table = compare_tables.changes_table(changes.frame, points.frame, choice.figure)
        widths = {"Change": st.column_config.TextColumn(width="large")}
        figures.draw_table(table, alt="The change of each area on the year before, in words", formats=widths)
        figures.draw_stamp(changes, name="compare-areas-change")


def _say(rows: pd.DataFrame, summary: pd.Series, areas: str) -> None:
    for words in (
        compare_words.chosen_words(rows, summary),
        compare_words.result_words(rows, summary, areas),
    ):
        if words:
            st.markdown(words)
    few = compare_words.few_words(int(summary["area_count"]), areas)
    if few:
        st.warning(few, icon=None)
    if summary["not_held_count"]:
        st.markdown(compare_words.not_held_words(summary))
    for words in (compare_words.left_out_words(rows), compare_words.busy_words(rows)):
        if words:
            st.caption(words)


def _draw_chart(
    points: Presented, curve: pd.DataFrame, summary: pd.Series, choice: CompareChoice, areas: str
) -> None:
    digits = compare_words.digits_of(summary["target"])
    name = compare_choice.FIGURES[choice.figure]
    title = f"{name}: {points.stamp.definition_name.lower()}, {areas}, {points.stamp.period}"
    chart = funnel_chart.funnel_chart(
        funnel_chart.funnel_data(points.frame, digits),
        curve,
        months=int(points.frame["months_expected"].iloc[0]),
        axis=name,
        title=title,
        line=compare_words.short_limits(summary),
        stamp=points.stamp,
        is_adjusted=bool(summary["is_adjusted"]),
    )
    alt = compare_words.funnel_alt(points.frame, summary, title)
    st.altair_chart(chart, theme=None, width="stretch", alt=alt, key="funnel")
    st.caption(plain(compare_words.spread_words(summary)))


def draw_months(chosen: Filters, choices: Catalogue, choice: CompareChoice) -> None:
    """The area month by month beside its comparators; how to get there where no area is chosen."""
    st.header("Month by month beside its comparators", anchor=False)
    if not choice.at:
        st.info(
            "Choose an area above under ‘Area compared’: its months stand here beside those of its comparators."
        )
        return
    answer = _asked("comparator months", compare_choice.trend_request(chosen, choice))
    if answer is None:
        return
    frame = answer.frame
    if not frame["is_chosen"].any():
        st.info("No month of this area has come.")
        return
    area = str(frame.loc[frame["is_chosen"], "area_name"].iloc[0])
    digits = compare_words.digits_of(frame["value"].median()) if frame["value"].notna().any() else 0
    title = f"{answer.stamp.definition_name} in {area} and its comparators, by month"
    chart = months_chart.months_chart(frame, area=area, title=title, digits=digits, stamp=answer.stamp)
    alt = months_chart.months_alt(frame, title, digits)
    st.altair_chart(chart, theme=None, width="stretch", alt=alt, key="comparator_months")
    st.markdown(compare_words.HOW_TO_READ_MONTHS)
    with st.expander("The figures of every month"):
        figures.draw_table(
            compare_tables.months_table(frame, digits), alt=f"{area} and its comparators by month"
        )
    figures.draw_stamp(answer, name="comparator-months")


def _asked(question: str, request: Any) -> Presented | None:
    """The answer; where the question makes no sense of these areas, None, with the reason said."""
    try:
        return ask(question, request)
    except UsageError as error:
        st.info(plain(str(error)))
        return None


def _formats() -> dict[str, Any]:
    return {
        "Rate per 1,000 a year": st.column_config.NumberColumn(format="%,.4g"),
        "Expected": st.column_config.NumberColumn(format="%,.1f"),
        "At most": st.column_config.NumberColumn(format="%,.0f"),
    }
