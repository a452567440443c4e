"""The controls of the map: mode, level, measure, classes, what stands beside it, and the way back."""

from collections.abc import Callable, Iterator

import streamlit as st

from vrin_data.measures import Catalogue
from vrin_ui import address, filter_bar
from vrin_ui.filters import KIN, Filters, map_levels, measures_at, next_level, shifted
from vrin_ui.map.drill import level_of_all, trail
from vrin_ui.map.frame import Frame
from vrin_ui.map.map_choice import (
    BOTH,
    DEFINITIONS,
    HEXAGONS,
    PAGE,
    PERIODS,
    MapChoice,
    modes,
    other_definitions,
    other_start,
    other_starts,
)
from vrin_ui.schemes import SCHEMES
from vrin_ui.wording import level_words, period_words, sentence

Box = Callable[[], None]


def draw_map_bar(frame: Frame) -> None:
    """All controls of the map, each in the address."""
    offered = modes(frame.choices, frame.chosen.definition)
    address.one_of(PAGE, "mode", "How it is drawn", offered, frame.choice.mode)
    boxes = [*_boxes(frame.chosen, frame.choices, frame.choice)]
    for column, draw in zip(st.columns(len(boxes)), boxes, strict=True):
        with column:
            draw()


def _boxes(chosen: Filters, choices: Catalogue, choice: MapChoice) -> Iterator[Box]:
    """The boxes that this mode has, as functions that draw them."""
    if choice.mode != HEXAGONS:
        levels = {name: sentence(level_words(name, choices.levels)[1]) for name in map_levels(choices)}
        yield lambda: filter_bar.choose("level", "Level of area", levels, chosen.level)
    if choice.mode != BOTH:
        offered = measures_at(chosen.level, choices.units.get(chosen.definition, ""))
        measures = {
            name: words for name, words in offered.items() if not (choice.is_pair and name == "change")
        }
        measure = chosen.measure if chosen.measure in measures else KIN[chosen.measure]
        yield lambda: filter_bar.choose("measure", "Measure", measures, measure)
        if measure != "change":
            yield lambda: address.select(PAGE, "scheme", "Classes", SCHEMES, choice.scheme)
    if choice.mode == PERIODS and (start := other_start(choice, chosen, choices)):
        yield lambda: _draw_starts(chosen, choices, f"{start:%Y-%m}")
    if choice.mode == DEFINITIONS:
        others = other_definitions(choices, chosen.definition)
        yield lambda: address.select(PAGE, "against", "Second definition", others, choice.against)


def _draw_starts(chosen: Filters, choices: Catalogue, start: str) -> None:
    length = (
        (chosen.to_month.year - chosen.from_month.year) * 12 + chosen.to_month.month - chosen.from_month.month
    )
    starts = {
        f"{month:%Y-%m}": period_words(month, shifted(month, length))
        for month in other_starts(chosen, choices)
    }
    address.select(PAGE, "beside", "Second period", starts, start)


def draw_trail(chosen: Filters, choices: Catalogue) -> None:
    """The way from all areas to the chosen one, each step a button back; nothing where none is chosen."""
    if chosen.area is None:
        return
    *steps, (_, here) = trail(chosen.area, choices)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="map_trail"):
        _step("All areas", None, level_of_all(chosen.level, choices))
        for code, name in steps:
            st.markdown("›", width="content")
            _step(name, code, next_level(code, choices))
        st.markdown("›", width="content")
        st.markdown(f"**{here}**", width="content")


def _step(name: str, code: str | None, level: str | None) -> None:
    st.button(name, key=f"to_{code}", type="tertiary", on_click=filter_bar.go_to_area, args=(code, level))
