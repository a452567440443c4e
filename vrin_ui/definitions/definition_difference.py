"""Two definitions set against each other: what both hold, and which offences, areas and clauses set them apart."""

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from vrin_data.measures import CompareRequest
from vrin_data.protect import Presented
from vrin_ui import figures, filters
from vrin_ui.ask import ask
from vrin_ui.definitions import definition_difference_charts as charts
from vrin_ui.definitions.definition_compare_tables import (
    areas_table,
    offences_table,
    overlap_table,
    steps_table,
)
from vrin_ui.definitions.definition_difference_words import (
    areas_words,
    is_placed,
    offences_words,
    overlap_words,
    relation_words,
    step_lines,
    steps_words,
    totals_words,
    why_words,
)
from vrin_ui.definitions.definition_page import Here
from vrin_ui.wording import plain, sentence

LEVEL = "district"
MOST_OFFENCES = 12
TABLE_HEIGHT, ROW_HEIGHT = 420, 35


@dataclass(frozen=True)
class Two:
    """The two versions, what each is called, whether they count crimes, and where they are asked."""

    request: CompareRequest
    first: str
    second: str
    is_crime: bool
    unit: str
    place: str
    colours: charts.Colours


def draw(here: Here, two: Two) -> None:
    """The overlap, then the offences, the areas and the clauses that make the difference."""
    _overlap(two)
    if two.is_crime:
        _offences(two)
    _areas(here, two)
    _steps(two)


def in_short(here: Here, two: Two, totals: pd.DataFrame) -> None:
    """What a reader should take away, before the charts that show it."""
    st.header("In short", anchor=False)
    lines = totals_words(totals, (two.first, two.second), unit=two.unit)
    found = ask("overlap", two.request).frame
    if found["incident_count"].notna().all():
        lines += overlap_words(found, two.first, two.second, unit=two.unit)[1:]
    areas = _asked_areas(here, two)
    if areas is not None:
        lines += areas_words(_placed(areas.frame), two.first, two.second, is_crime=two.is_crime)[:1]
    st.markdown(_listed(lines))


def _asked_areas(here: Here, two: Two) -> Presented | None:
    if here.choices is None or here.filters is None:
        return None
    scope = filters.view(here.filters, here.choices, LEVEL).scope
    selection = replace(two.request.selection, level=LEVEL, area_code=scope)
    return ask("difference areas", replace(two.request, selection=selection))


def _placed(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["is_placed"].astype(bool) & ~rows["is_gap"].astype(bool)]


def _overlap(two: Two) -> None:
    st.header("What both count, and what only one does", anchor=False)
    found = ask("overlap", two.request)
    if found.frame["incident_count"].isna().all():
        st.info("Nothing came in whole in this period, so nothing can be told.")
        return
    names = relation_words(two.first, two.second)
    st.markdown(_listed(overlap_words(found.frame, two.first, two.second, unit=two.unit)))
    title = f"{sentence(two.unit)} that either may hold, {two.place}, {found.stamp.period}"
    data = charts.overlap_data(found.frame, names, two.colours)
    st.altair_chart(
        charts.overlap_chart(data, title=title, stamp=found.stamp),
        theme=None,
        width="stretch",
        alt=charts.overlap_alt(data, title=title),
    )
    _behind(overlap_table(found.frame, names), found, "overlap", alt=title)


def _offences(two: Two) -> None:
    st.header("Offences that make the difference", anchor=False)
    found = ask("difference offences", two.request)
    moved = found.frame[charts.is_moved(found.frame)]
    st.markdown(_listed(offences_words(moved, two.first, two.second)))
    if len(moved):
        title = f"What only one of the two counts, by offence, {two.place}, {found.stamp.period}"
        data = charts.offences_data(moved.head(MOST_OFFENCES), two.first, two.second)
        st.altair_chart(
            charts.offences_chart(
                data, two.first, two.second, title=title, stamp=found.stamp, colours=two.colours
            ),
            theme=None,
            width="stretch",
            alt=charts.offences_alt(data, title=title),
        )
    table = offences_table(found.frame, two.first, two.second)
    _behind(table, found, "difference-offences", alt="Offences under both definitions")


def _areas(here: Here, two: Two) -> None:
    st.header("Areas that make the difference", anchor=False)
    found = _asked_areas(here, two)
    if found is None:
        return
    rows = _placed(found.frame)
    st.markdown(_listed(areas_words(rows, two.first, two.second, is_crime=two.is_crime)))
    if is_placed(rows):
        st.markdown("The rates are of all that each of the two counts, not of the difference alone.")
        title = f"{sentence(two.unit)} for 1,000 residents by district under both, {found.stamp.period}"
        data = charts.areas_data(rows, two.first, two.second)
        st.altair_chart(
            charts.areas_chart(
                data, two.first, two.second, title=title, stamp=found.stamp, colours=two.colours
            ),
            theme=None,
            width="stretch",
            alt=charts.areas_alt(data, title=title),
        )
    table = areas_table(found.frame, two.first, two.second, is_crime=two.is_crime)
    _behind(table, found, "difference-areas", alt="Districts under both definitions")


def _steps(two: Two) -> None:
    st.header("What moves when one clause changes", anchor=False)
    found = ask("clause steps", two.request)
    st.markdown(steps_words(found.frame, two.first, two.second))
    if len(found.frame):
        st.markdown(_listed(step_lines(found.frame, is_crime=two.is_crime)))
        shared = ask("overlap", two.request).frame
        if shared["incident_count"].notna().all():
            st.markdown(plain(why_words(shared, two.unit)))
        table = steps_table(found.frame, is_crime=two.is_crime)
        _behind(table, found, "clause-steps", alt="What each changed clause moves")


def _behind(table: pd.DataFrame, found: Presented, name: str, *, alt: str) -> None:
    """The table behind a chart, and its stamp."""
    with st.expander("The figures behind it"):
        height = min(TABLE_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2)
        figures.draw_table(table, alt=alt, height=height)
    figures.draw_stamp(found, name=name)


def _listed(lines: list[str]) -> str:
    return "\n".join(f"- {plain(line)}" for line in lines)
