"""The screen Police and health put together: areas side by side, then one area by month."""

import pandas as pd
import streamlit as st

from vrin_data.measures import Catalogue
from vrin_data.protect import Presented
from vrin_data.report import triangulation_words as words
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.filters import Filters
from vrin_ui.police_health import health_choice, health_tables, month_chart, ratio_chart
from vrin_ui.police_health.health_choice import HealthChoice
from vrin_ui.police_health.linked_page import draw_linked
from vrin_ui.police_health.reliability import draw_reliability
from vrin_ui.wording import level_words, plain

NO_HEALTH = (
    "No health feed of assaults has come yet. Bring one in under **Data**, **Upload**: emergency department assaults "
    "(ISTV or ECDS), hospital admissions, or ambulance calls. Then they stand here beside the police's figures."
)
OF_HEALTH = (
    "The definition above counts patients. Choose a definition of recorded crimes: health stands beside it."
)


def draw(chosen: Filters, choices: Catalogue, choice: HealthChoice) -> None:
    """What unlinked feeds cannot say, the areas side by side, and one of them by month."""
    st.info(f"{words.CANNOT_SAY} {words.LINKED_STUDY}")
    if health_choice.is_of_health(chosen, choices):
        st.warning(OF_HEALTH, icon=None)
        return
    health_choice.draw_bar(choice, choices)
    request = health_choice.request(chosen, choice)
    summary = ask("triangulate summary", request)
    if summary.frame.empty:
        st.info(NO_HEALTH)
        return
    draw_areas(summary, choices, choice)
    draw_months(chosen, summary, choice)
    draw_linked(chosen, health_choice.force_of(chosen, choices))


def draw_areas(summary: Presented, choices: Catalogue, choice: HealthChoice) -> None:
    """How many health events there were for each recorded crime, a chart for each feed, and the table behind them."""
    st.header("Areas side by side", anchor=False)
    feeds = summary.frame.drop_duplicates("source")
    columns = st.columns(2)
    drawn = 0
    for feed in feeds.itertuples(index=False):
        data = ratio_chart.ratio_rows(summary.frame[summary.frame["source"] == feed.source])
        if data.empty:
            continue
        title = f"{feed.source_name}, for each recorded crime"
        with columns[drawn % 2]:
            spec = ratio_chart.ratio_spec(data, title=title, stamp=summary.stamp)
            alt = ratio_chart.ratio_alt(data, title)
            st.vega_lite_chart(None, spec, theme=None, width="stretch", alt=alt, key=f"ratio_{feed.source}")
        drawn += 1
    if not drawn:
        _say_not_compared(summary.frame, level_words(choice.level, choices.levels)[1])
    st.markdown(words.HOW_TO_READ)
    with st.expander("The figures of all areas", expanded=not drawn):
        figures.draw_table(
            health_tables.summary_table(summary.frame), alt="Police and health by area and feed"
        )
    figures.draw_stamp(summary, name="police-health-areas")


def _say_not_compared(summary: pd.DataFrame, areas: str) -> None:
    reasons = [words.REASONS[one] for one in summary.loc[summary["reason"] != "", "reason"].drop_duplicates()]
    st.info(f"None of the {areas} can be compared: {'; or '.join(reasons)}. Choose police force areas above.")


def draw_months(chosen: Filters, summary: Presented, choice: HealthChoice) -> None:
    """One area's sources by month, each in a chart of its own, and their lines set to 100."""
    answer = ask("triangulate", health_choice.request(chosen, choice))
    areas = dict(answer.frame[["area_code", "area_name"]].drop_duplicates().itertuples(index=False))
    if not areas:
        return
    at = choice.at if choice.at in areas else _first_compared(summary.frame, [*areas])
    st.header(f"By month: {areas[at]}", anchor=False)
    health_choice.draw_area_bar(choice, areas, at)
    rows = answer.frame[answer.frame["area_code"] == at]
    own = summary.frame[summary.frame["area_code"] == at]
    st.markdown("\n".join(f"- {plain(words.compared_words(one))}" for one in own.itertuples(index=False)))
    _draw_sources(rows, answer, choice.show)
    _draw_index(rows, answer, areas[at])
    with st.expander("The figures of every month"):
        figures.draw_table(health_tables.month_table(rows), alt=f"Police and health by month, {areas[at]}")
    figures.draw_stamp(answer, name="police-health-months")
    draw_reliability(health_choice.request(chosen, choice).selection, at, rows)


def _first_compared(summary: pd.DataFrame, areas: list[str]) -> str:
    compared = summary.loc[summary["is_comparable"].astype(bool) & summary["area_code"].isin(areas)]
    ranked = compared.groupby("area_code", sort=True)["source"].count()
    return str(ranked.idxmax()) if len(ranked) else areas[0]


def _draw_sources(rows: pd.DataFrame, answer: Presented, show: str) -> None:
    columns, drawn = st.columns(2), 0
    for source, own in rows.groupby("source", sort=False):
        if show == health_choice.RATIO and not own["is_compared"].any():
            continue
        name = str(own["source_name"].iloc[0])
        data = month_chart.month_data(own, show)
        title = f"{name}, {own['area_name'].iloc[0]}: {health_choice.SHOWN[show].lower()} by month"
        with columns[drawn % 2]:
            chart = month_chart.month_chart(data, show, title=title, stamp=answer.stamp)
            alt = month_chart.month_alt(data, title)
            st.altair_chart(chart, theme=None, width="stretch", alt=alt, key=f"months_{source}")
        drawn += 1


def _draw_index(rows: pd.DataFrame, answer: Presented, area: str) -> None:
    st.subheader("Do they move together?", anchor=False)
    if rows["index"].isna().all():
        st.markdown(words.NO_INDEX)
        return
    title = f"Police and health in {area}, each set to 100 in its first whole year"
    chart = month_chart.index_chart(rows, title=title, stamp=answer.stamp)
    st.altair_chart(
        chart, theme=None, width="stretch", alt=month_chart.index_alt(rows, title), key="health_index"
    )
    st.markdown(words.HOW_TO_READ_INDEX)
