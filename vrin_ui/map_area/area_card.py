"""The card of the chosen area: its harm and incidents, what they are made of, and what lies around."""

from pathlib import Path

import streamlit as st

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.measures import Catalogue, IndicatorRequest
from vrin_data.protect import Presented
from vrin_ui import ask, draw, figures
from vrin_ui.breakdown.breakdown_tables import offences_table
from vrin_ui.filters import Filters
from vrin_ui.map_area import area_words as words
from vrin_ui.screens import area_name
from vrin_ui.wording import period_words, sentence

SPOTS = Path(__file__).resolve().parents[2] / "pages" / "hotspots.py"
DEPRIVATION = (
    "imd-score",
    "imd-decile",
    "imd-without-crime-score",
    "imd-without-crime-decile",
    "income-score",
    "rural-urban",
)
"""The context figures of a card, in this order, with deprivation both with and without its crime domain."""
SPOT_WORDS = (
    "Whether small areas here have more harm than chance and their residents explain is tested for all of them "
    "together."
)
WITH_CRIME = (
    "The Index of Multiple Deprivation holds recorded crime itself: see it without its crime domain too."
)


def draw_card(chosen: Filters, choices: Catalogue) -> None:
    """The card of the chosen area; nothing where none is chosen. Figures are those of its last 12 months."""
    if chosen.area is None:
        return
    place = area_name(choices, chosen.area)
    st.header(place, anchor=False)
    st.markdown(words.place_words(chosen.area, choices))
    months = ask.ask("harm", chosen.over(chosen.trend, "month", area=chosen.area))
    draw.comparison_cards(chosen)
    draw.trends(months, place=place)
    made, around, known = st.columns(3)
    with made:
        offences = _offences(chosen, choices)
    with around:
        _around(chosen, choices)
        _context(chosen, choices)
    with known:
        _missing(chosen)
        _grades(chosen)
        _spots()
    if offences is not None:
        _every_offence(offences, place)


def _level(chosen: Filters, choices: Catalogue) -> str:
    areas = choices.areas
    return str(areas.loc[areas["area_code"] == chosen.area, "level"].iloc[0])


def _has_harm(chosen: Filters, choices: Catalogue) -> bool:
    return choices.units.get(chosen.definition) not in HEALTH_UNITS


def _offences(chosen: Filters, choices: Catalogue) -> Presented | None:
    """The offences at the top, of harm and of incidents; what there is of all of them, None where there is nothing."""
    if not _has_harm(chosen, choices):
        return None
    offences = ask.ask("breakdown", chosen.over(chosen.year, area=chosen.area))
    st.subheader("Offences", anchor=False)
    if offences.frame.empty:
        whole = offences.stamp.whole_months
        st.markdown(words.NO_INCIDENT if whole else words.NO_OFFENCE)
        return None
    st.markdown("**By harm**")
    st.markdown(words.in_list(words.top_by_harm(offences.frame)) or "None of them has a weight.")
    st.markdown("**By number of incidents**")
    st.markdown(words.in_list(words.top_by_count(offences.frame)))
    return offences


def _every_offence(offences: Presented, place: str) -> None:
    with st.expander("All offences of this area"):
        figures.draw_table(offences_table(offences.frame), alt=f"Offences by harm, {place}")
    figures.draw_stamp(offences, name="area-offences")


def _around(chosen: Filters, choices: Catalogue) -> None:
    level = _level(chosen, choices)
    st.subheader("Beside its neighbours", anchor=False)
    around = ask.ask("neighbours", chosen.over(chosen.year, "area", level=level, area=chosen.area)).frame
    has_harm = _has_harm(chosen, choices)
    measures = ("harm-rate", "incidents-rate") if has_harm else ("incidents-rate",)
    # An area without a neighbour says so once.
    told = dict.fromkeys(words.neighbour_words(around, measure) for measure in measures)
    more = (words.few_words(around) if has_harm else "", words.chance_words(around))
    st.markdown("\n\n".join(filter(None, (*told, *more))))


def _context(chosen: Filters, choices: Catalogue) -> None:
    """Deprivation with and without its crime domain, and the kind of area."""
    st.subheader("Deprivation and kind of area", anchor=False)
    level = _level(chosen, choices)
    held = ask.ask("indicator list", None).frame.set_index("indicator_id")
    there = [one for one in DEPRIVATION if one in held.index and level in held.at[one, "levels"]]
    lines = []
    for one in there:
        found = ask.ask("indicators", IndicatorRequest(one, level, area_code=chosen.area)).frame
        lines.append(words.indicator_line(str(held.at[one, "indicator_name"]), found))
    st.markdown(words.in_list([*filter(None, lines)]) or words.NO_CONTEXT)
    if any(one.startswith("imd-score") or one == "imd-decile" for one in there):
        st.caption(WITH_CRIME)


def _missing(chosen: Filters) -> None:
    st.subheader("What is missing", anchor=False)
    draw.missing(ask.ask("coverage", chosen.over(chosen.year, "month", area=chosen.area)))


def _grades(chosen: Filters) -> None:
    st.subheader("How closely places are known", anchor=False)
    grades = ask.ask("place grades", chosen.over(chosen.year, area=chosen.area)).frame
    lines = words.grade_lines(grades)
    period = sentence(period_words(*chosen.year))
    st.markdown(f"{period}:\n\n{words.in_list(lines)}" if lines else f"{period}: no incident to place.")


def _spots() -> None:
    st.subheader("Harm spot or not", anchor=False)
    st.markdown(SPOT_WORDS)
    st.page_link(SPOTS, label="See the harm spots")
