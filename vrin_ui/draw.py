"""The parts a page is put together from: cards, trends, a map with its table, what is missing."""

import streamlit as st

from vrin_data.measures import Catalogue, ChangeRequest
from vrin_data.protect import Presented
from vrin_data.report import change_words
from vrin_data.report.changed import Changed, changes_of
from vrin_ui import ask, charts, figures, filter_bar, trend_months
from vrin_ui.filters import YEAR, Filters, View, plain_measure
from vrin_ui.map.map_figures import Figures, figures_of
from vrin_ui.map.map_values import classes, map_values, tooltip
from vrin_ui.map.map_words import heading, map_alt
from vrin_ui.map.spec import SELECTED, map_spec
from vrin_ui.wording import by, level_words, missing_words, period_words, plain

FIGURE_NAMES = {"harm_days": "Harm", "incident_count": "Incidents"}
MAP_HEIGHT = 600
ROW_HEIGHT = 35
PARTIAL = (
    "Some areas stand on fewer months than the period has (column Months), so their figures are lower "
    "than those of a whole period."
)
DAY = (
    "A day of harm is a day of recommended sentence: each recorded crime weighs as many days as its offence "
    "does in the harm weights chosen, whatever any court decided."
)


def comparison_cards(chosen: Filters) -> None:
    """Harm and incidents of the last 12 months of the period, each with its change in words."""
    found = ask.ask("period change", ChangeRequest(chosen.over(chosen.year, area=chosen.area)))
    compared = sorted(changes_of(found.frame), key=lambda one: one.is_count)
    for card, one in zip(st.columns(len(compared)), compared, strict=True):
        with card, st.container(border=True):
            name = FIGURE_NAMES["incident_count" if one.is_count else "harm_days"]
            st.metric(f"{name}, {period_words(*chosen.year)}", change_words.headline(one))
            st.markdown("\n\n".join(filter(None, map(plain, _change_lines(one, chosen)))))
    if any(one.verdict_reason == change_words.DEFINITION for one in compared):
        name, _, version = found.stamp.definition.rpartition(" v")
        of = {"view": "compare", "compare": f"{name}@{version}"}
        st.page_link(figures.DEFINITIONS, label="Put both definitions beside each other", query_params=of)
    if not all(one.is_count for one in compared):
        st.caption(DAY)


def _change_lines(one: Changed, chosen: Filters) -> tuple[str, ...]:
    year = len(chosen.over(chosen.year).months) == YEAR
    base = "the 12 months before" if year else "the same months a year before"
    return (
        change_words.range_words(one),
        change_words.change_words(one),
        change_words.check_words(one),
        change_words.basis_words(one, base),
    )


def trends(months: Presented, *, place: str) -> None:
    """Harm and incidents by month side by side, the table behind them, and their stamp."""
    told = [measure for measure in trend_months.UNITS if _is_told(months, measure)]
    for side, measure in zip(st.columns(len(told)), told, strict=True):
        data, name = trend_months.trend_data(months.frame, measure)
        with side:
            if data.empty:
                st.info("No month of this period has come in for this area.")
                continue
            title = f"{by(name)} month: {months.stamp.definition_name.lower()}, {place}"
            chart = charts.trend_chart(data, name, title=title, stamp=months.stamp)
            st.altair_chart(
                chart, theme=None, width="stretch", alt=trend_months.trend_alt(data, measure, title=title)
            )
    table = figures.month_table(months.frame)
    if len(table):
        with st.expander("The figures behind these charts"):
            figures.draw_table(table, alt=f"Harm and incidents by month, {place}")
    figures.draw_stamp(months, name="by-month")


def _is_told(presented: Presented, figure: str) -> bool:
    """Whether a figure has a meaning here: what hospitals count has no weight."""
    return bool(presented.stamp.edition) or not figure.startswith("harm")


def map_and_table(
    areas: Presented, chosen: Filters, choices: Catalogue, *, level: str, shown: View, name: str
) -> None:
    """A map whose click chooses an area, beside the table of the same figures, and their stamp."""
    measure = plain_measure(chosen.measure)
    found = figures_of(areas.frame, measure)
    told = heading(found.title, level, shown.scope, choices, areas.stamp.period)
    one = level_words(level, choices.levels)[0]
    if not areas.frame["incident_count_high"].notna().any():
        st.info(f"No {one} here has a submission in {areas.stamp.period}. Choose another period or area.")
    left, right = st.columns(2)
    with left:
        _map(areas, found, chosen, choices, level=level, shown=shown, told=told)
    with right:
        if figures.is_partial(areas.frame):
            st.caption(f"{PARTIAL} {figures.sum_words(areas.frame, areas.stamp.missing)}".strip())
        table = figures.area_table(areas.frame, measure)
        figures.draw_table(
            table, alt=f"{told}, as a table", height=min(MAP_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2)
        )
    figures.draw_stamp(areas, name=f"by-{name}")


def _map(
    areas: Presented,
    found: Figures,
    chosen: Filters,
    choices: Catalogue,
    *,
    level: str,
    shown: View,
    told: str,
) -> None:
    if level not in choices.outlines:
        several = level_words(level, choices.levels)[1]
        st.info(f"There are no outlines of {several} to draw. The figures are in the table.")
        return
    scale = classes(found)
    values = map_values(found, scale)
    spec = map_spec(
        values,
        scale,
        outline=choices.outlines[level],
        level=level,
        heading=told,
        legend=found.title,
        stamp=areas.stamp,
        tooltip=tooltip(found, values, scale),
        chosen=shown.chosen,
        height=MAP_HEIGHT,
    )
    # The key holds the chosen area: a chart drawn anew can be clicked at the same area again.
    key = f"map_{level}_{chosen.area}"
    st.vega_lite_chart(
        None,
        spec,
        theme=None,
        width="stretch",
        key=key,
        on_select=lambda: _picked(key),
        alt=map_alt(found, scale, heading=told),
    )
    st.caption("Click an area to choose it, or choose it in the Area box above.")
    st.caption(" ".join(f"{words.rstrip('.')}." for words in choices.attribution))


def _picked(key: str) -> None:
    found = st.session_state[key].selection.get(SELECTED, [])
    if found:
        filter_bar.go_to_area(found[0]["id"])


def missing(came: Presented) -> None:
    """The supplier-months that did not come, or came in part, in words."""
    frame = came.frame
    received = int(frame["status"].isin(("received", "nil")).sum())
    if len(frame):
        st.markdown(f"{received} of {len(frame)} monthly submissions of {came.stamp.period} came in whole.")
    if came.stamp.missing:
        st.markdown("\n".join(f"- {missing_words(item)}" for item in came.stamp.missing))
    if came.stamp.partial:
        st.markdown("\n".join(f"- In part only: {missing_words(item)}" for item in came.stamp.partial))
    if not came.stamp.missing and not came.stamp.partial:
        st.markdown("Nothing is missing.")
    st.caption(
        "A month that did not come whole is drawn as a gap or in stripes and left out of every total; it never "
        "counts as zero."
    )
