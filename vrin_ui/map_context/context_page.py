"""The part of the map page that stands beside harm: a context figure with its scatter, and community assets."""

import pandas as pd
import streamlit as st

from vrin_data.contract.indicators import ASSOCIATION as STATED
from vrin_data.errors import UsageError
from vrin_data.measures import Catalogue, IndicatorRequest
from vrin_data.protect import Presented
from vrin_ui import address, ask, figures
from vrin_ui.filters import SMOOTHED, Filters, is_small
from vrin_ui.map.map_choice import NAMES, PAGE
from vrin_ui.map_context import association, scatter
from vrin_ui.map_context.around import Around, around_of
from vrin_ui.map_context.asset_parts import assets_of, draw_alone, draw_list, upon
from vrin_ui.map_context.context_choice import (
    ASSETS,
    CIRCULAR,
    INDICATOR,
    NONE,
    ContextChoice,
    is_circular,
    offered_at,
    parse_choice,
)
from vrin_ui.map_context.context_map import ContextFigures, context_alt, context_spec
from vrin_ui.wording import level_words, plain

BESIDE = (
    "Deprivation, income and other figures of the same areas, and what is there to protect people. They stand beside "
    "harm and are never part of it."
)
NO_CONTEXT = (
    "No context figures for areas of this level are in the store. Take them in under Areas, Context data, or with "
    "`python -m vrin_data indicators import FILE`."
)
ASSOCIATION = (
    "That two figures go together does not say that the one causes the other. It is a statement about areas: it does "
    "not say who in them is harmed, or harms. Areas that touch are alike, so the interval is narrower than it should "
    "be, and with larger or smaller areas the same figures may go together more or less."
)
CLASS_FORMATS = dict.fromkeys(
    ("Middle area", "Lowest", "Highest"), st.column_config.NumberColumn(format=figures.ONE_DECIMAL, width=90)
)
SMOOTHED_RATHER = (
    "In small areas few incidents make a rate. Choose a smoothed rate as the measure of the map, and it is set beside "
    "the context figure here."
)


def draw_context(areas: Presented, chosen: Filters, choices: Catalogue) -> None:
    """The choice of a context figure and of assets, and what is chosen of them; nothing is asked before.

    `areas` is what the map draws; where it holds other figures than harm by area, these are asked for.
    """
    st.header("Context beside harm", anchor=False)
    st.caption(BESIDE)
    listed = ask.ask("indicator list", None).frame
    offered = offered_at(listed, chosen.level)
    choice = parse_choice(address.chosen(PAGE, NAMES), offered)
    _draw_choice(choice, offered)
    if not choice.indicator and not choice.has_assets:
        return
    around = around_of(areas, chosen, choices)
    assets = assets_of(around) if choice.has_assets else None
    if choice.indicator:
        _draw_indicator(choice, around, assets)
    elif assets is not None:
        draw_alone(assets, around)
    if assets is not None:
        draw_list(assets)


def _draw_choice(choice: ContextChoice, offered: dict[str, str]) -> None:
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        if offered:
            options = {NONE: "No context figure", **offered}
            address.select(PAGE, INDICATOR, "Context figure", options, choice.indicator)
        else:
            st.info(NO_CONTEXT)
    with right:
        widget = f"{PAGE}_{ASSETS}"
        st.session_state[widget] = choice.has_assets
        st.toggle("Show community assets", key=widget, on_change=address.from_widget(PAGE, ASSETS, widget))


def _draw_indicator(choice: ContextChoice, around: Around, assets: Presented | None) -> None:
    asked = IndicatorRequest(choice.indicator, around.chosen.level)
    try:
        context = ask.ask("indicators", asked)
    except UsageError as none_here:
        # The level has such figures, but none of them of an area in view.
        st.info(plain(str(none_here)))
        return
    shown = around.shown.placed
    rows = context.frame[context.frame["area_code"].isin(set(shown["area_code"]))].reset_index(drop=True)
    name = context.stamp.terms[0] if context.stamp.terms else choice.indicator
    found = ContextFigures(rows, name, str(rows["unit"].iloc[0]) if len(rows) else "")
    if is_circular(choice.indicator):
        st.warning(CIRCULAR, icon=None)
    left, right = st.columns(2)
    with left:
        _draw_map(found, context, around, assets)
    with right:
        both = association.side_by_side(shown, rows)
        _draw_scatter(both, found, around)
    st.caption(plain(" ".join(note for note in context.stamp.notes if note != STATED)))
    _draw_table(rows, both, found, around)
    figures.draw_stamp(Presented(rows, context.stamp), name=f"context-{choice.indicator}")


def _draw_map(found: ContextFigures, context: Presented, around: Around, assets: Presented | None) -> None:
    heading = f"{found.name} by {level_words(around.chosen.level, around.choices.levels)[0]}"
    if around.outline is None:
        st.info(f"There are no outlines of {around.several} to draw. The figures are in the table.")
        return
    spec = context_spec(
        found,
        outline=around.outline,
        level=around.chosen.level,
        heading=heading,
        stamp=context.stamp,
        chosen=around.chosen.area,
    )
    spec, alt = upon(spec, context_alt(found, heading=heading), assets)
    st.vega_lite_chart(None, spec, theme=None, width="stretch", key="context_map", alt=alt)


def _draw_scatter(both: pd.DataFrame, found: ContextFigures, around: Around) -> None:
    measure, area = around.shown.title, around.chosen.area
    heading = f"{measure} against {found.name}"
    if both.empty:
        st.info(f"None of these {around.several} has both figures, so there is nothing to set side by side.")
        return
    correlation = None if found.is_class else association.rank_correlation(both)
    spec = scatter.scatter_spec(
        both, figure=found.title, measure=measure, heading=heading, stamp=around.areas.stamp, chosen=area
    )
    alt = scatter.scatter_alt(both, correlation, heading=heading)
    st.vega_lite_chart(None, spec, theme=None, width="stretch", key="context_scatter", alt=alt)
    if found.is_class:
        figures.draw_table(association.by_class(both), alt=f"{heading}, by class", formats=CLASS_FORMATS)
    else:
        words = association.association_words(
            correlation, figure=found.name, measure=measure, several=around.several
        )
        st.markdown(plain(words))
    if is_small(around.chosen.level) and around.chosen.measure not in SMOOTHED:
        st.caption(SMOOTHED_RATHER)
    st.caption(ASSOCIATION)
    left = association.left_out_words(around.shown.placed, both)
    if left:
        st.caption(left)


def _draw_table(rows: pd.DataFrame, both: pd.DataFrame, found: ContextFigures, around: Around) -> None:
    harm = both.set_index("area_code")["harm"]
    table = pd.DataFrame(
        {
            "Area": rows["area_name"],
            found.title: rows["class_name"] if found.is_class else rows["value"],
            around.shown.title: rows["area_code"].map(harm).round(1),
        }
    )
    with st.expander("The figures behind this map and this chart"):
        figures.draw_table(table, alt=f"{found.name} and {around.shown.title} by area")
