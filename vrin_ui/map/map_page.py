"""The map screen put together: the maps of each mode, the table of the same figures, and what is said of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from vrin_data.protect import Presented
from vrin_ui import ask, figures
from vrin_ui.filters import MAP_MEASURES, Filters
from vrin_ui.map import bivariate, change
from vrin_ui.map.file_names import file_stem
from vrin_ui.map.frame import Frame
from vrin_ui.map.map_choice import BOTH, HEXAGONS, ONE, PERIODS, in_other_period, other_start
from vrin_ui.map.map_draw import ALL_PLACED, draw_below, draw_map, draw_not_placed
from vrin_ui.map.map_figures import figures_of
from vrin_ui.map.map_table import beside, draw_map_table, map_table, thirds_table, unlike_months
from vrin_ui.map.map_words import caveats, not_placed_words, unlike_words
from vrin_ui.map.pictures import Picture, change_picture, picture, thirds_picture, two_scales
from vrin_ui.map.spec import together
from vrin_ui.schemes import SCHEME_WORDS
from vrin_ui.wording import level_words, period_words

PARTIAL = (
    "Some areas stand on fewer months than the period has (column Months), so their figures are lower "
    "than those of a whole period."
)

CLASS_WIDTH = 205


@dataclass(frozen=True)
class Drawn:
    """What was drawn: the answer that the table shows, the harm of the areas in view, and the maps (None: none).

    Of two maps `pair` has the answers and `terms` what they were asked under, the left one first.
    """

    answer: Presented
    areas: Presented
    spec: Mapping[str, Any] | None
    pair: tuple[Presented, ...] = ()
    terms: tuple[Filters, ...] = ()


def draw_maps(frame: Frame) -> Drawn:
    """Draw the maps of the chosen mode with their table and stamp, and give what was drawn."""
    draw = {ONE: _one, HEXAGONS: _one, BOTH: _both}.get(frame.choice.mode, _pair)
    if draw is _one and frame.measure == "change":
        draw = _change
    return draw(frame)


def _one(frame: Frame) -> Drawn:
    areas = frame.ask()
    found = figures_of(areas.frame, frame.measure)
    drawn = picture(areas, found, frame) if frame.outline else None
    title = frame.heading(found.title, areas)
    left, right = st.columns(2)
    with left:
        _draw(drawn, frame)
        for words in (SCHEME_WORDS[frame.choice.scheme], *caveats(frame.measure, frame.is_small, found)):
            st.caption(words)
        draw_not_placed(areas, frame)
    with right:
        if figures.is_partial(areas.frame):
            st.caption(f"{PARTIAL} {figures.sum_words(areas.frame, areas.stamp.missing)}".strip())
        table = map_table(areas.frame, found, frame.measure)
        draw_map_table(table, alt=f"{title}, as a table", digits=found.digits)
    figures.draw_stamp(areas, name=file_stem(frame))
    return Drawn(areas, areas, drawn.spec if drawn else None)


def _change(frame: Frame) -> Drawn:
    areas, answer = frame.ask(), ask.ask("area change", frame.selection())
    found = change.change_of(answer.frame)
    title = MAP_MEASURES["change"]
    drawn = change_picture(answer, areas, frame, title) if frame.outline else None
    left, right = st.columns(2)
    with left:
        _draw(drawn, frame)
        for words in caveats("change", frame.is_small, None):
            st.caption(words)
        draw_not_placed(areas, frame)
    with right:
        table = change.change_table(answer.frame, found.scale)
        draw_map_table(table, alt=f"{frame.heading(title, answer)}, as a table")
    figures.draw_stamp(answer, name=file_stem(frame))
    return Drawn(answer, areas, drawn.spec if drawn else None)


def _both(frame: Frame) -> Drawn:
    areas = frame.ask()
    found = bivariate.bivariate(areas.frame)
    drawn = thirds_picture(areas, found, frame) if frame.outline else None
    left, right = st.columns(2)
    with left:
        legend = bivariate.legend_spec(found)
        _draw(drawn, frame, legend=(legend, bivariate.legend_alt(found)))
        if found.is_at_most:
            st.warning(bivariate.AT_MOST)
        draw_not_placed(areas, frame)
    with right:
        table = thirds_table(areas.frame, found)
        alt = f"{frame.heading(found.heading, areas)}, as a table"
        draw_map_table(
            table, alt=alt, digits=0, formats={"Class": st.column_config.TextColumn(width=CLASS_WIDTH)}
        )
    figures.draw_stamp(areas, name=file_stem(frame))
    return Drawn(areas, areas, together([drawn.spec, legend], "vconcat") if drawn else None)


def _pair(frame: Frame) -> Drawn:
    terms = _terms(frame)
    if terms is None:
        st.info(
            "The feed has no other months of as long a period to set beside this one. Choose a shorter one."
        )
        return _one(frame)
    answers = [frame.ask(chosen) for chosen in terms.values()]
    found = [figures_of(one.frame, frame.measure) for one in answers]
    drawn: list[Picture | None] = [None, None]
    if frame.outline:
        scales = two_scales(found[0], found[1], frame.choice.scheme)
        named = zip(answers, found, scales, terms, strict=True)
        # The heading names the period itself, and not the definition.
        is_told = frame.choice.mode == PERIODS
        drawn = [
            picture(one, of, frame, scale=scale, name="" if is_told else name)
            for one, of, scale, name in named
        ]
    for column, one_map, number in zip(st.columns(2), drawn, range(2), strict=True):
        with column:
            _draw(one_map, frame, name=f"map{number}", is_told=False)
    draw_below(frame)
    _draw_pair_words(frame, answers)
    names = [*terms]
    unlike = unlike_words(unlike_months(found[0].rows, found[1].rows), len(found[0].placed))
    if unlike:
        st.warning(unlike)
    table = beside(found[0].rows, found[1].rows, (names[0], names[1]))
    alt = f"{frame.heading(found[0].title, answers[0])}, beside the other, as a table"
    draw_map_table(table, alt=alt, digits=found[0].digits)
    for answer, own in zip(answers, terms.values(), strict=True):
        figures.draw_stamp(answer, name=file_stem(frame, own))
    specs = [picture.spec for picture in drawn if picture is not None]
    first = answers[-1 if frame.choice.mode == PERIODS else 0]
    spec = together(specs) if specs else None
    return Drawn(first, first, spec, pair=tuple(answers), terms=tuple(terms.values()))


def _draw(
    drawn: Picture | None,
    frame: Frame,
    *,
    name: str = "map",
    legend: tuple[dict[str, Any], str] | None = None,
    is_told: bool = True,
) -> None:
    """A map, below it a legend (a specification and its words) where it has one of its own, and how it is used."""
    if drawn is None:
        several = level_words(frame.level, frame.choices.levels)[1]
        st.info(f"There are no outlines of {several} to draw. The figures are in the table.")
        return
    draw_map(drawn, frame, name=name)
    if legend:
        spec, alt = legend
        st.vega_lite_chart(None, spec, theme=None, width="content", alt=alt, key=f"legend_{name}")
    if is_told:
        draw_below(frame)


def _draw_pair_words(frame: Frame, answers: list[Presented]) -> None:
    """That both maps have the same classes, and what stands at no area of each."""
    st.caption(
        f"Both maps have the same classes, made of the figures of both. {SCHEME_WORDS[frame.choice.scheme]}"
    )
    for words in caveats(frame.measure, frame.is_small, None):
        st.caption(words)
    for column, areas in zip(st.columns(2), answers, strict=True):
        with column:
            words = not_placed_words(areas, level_words(frame.level, frame.choices.levels)[0])
            st.caption(words or ALL_PLACED)


def _terms(frame: Frame) -> dict[str, Filters] | None:
    """The terms of both maps by their names; None where there is no second period."""
    chosen, choices = frame.chosen, frame.choices
    if frame.choice.mode == PERIODS:
        start = other_start(frame.choice, chosen, choices)
        if start is None:
            return None
        both = sorted((chosen, in_other_period(chosen, start)), key=lambda one: one.from_month)
        return {period_words(one.from_month, one.to_month): one for one in both}
    against = replace(chosen, definition=frame.choice.against)
    names = {**choices.versions, **choices.definitions}
    return {names.get(one.definition, one.definition): one for one in (chosen, against)}
