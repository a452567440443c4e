"""The controls of the screen Trends: what is shown, of which figure, by which chart and by which rules."""

from collections.abc import Mapping

import streamlit as st

from vrin_data.measures import Catalogue
from vrin_data.methods.chart_settings import IMPROVEMENT, RUN_LENGTHS, TIES, TWO_OF_THREE
from vrin_ui import address
from vrin_ui.filters import Filters
from vrin_ui.trends.trend_choice import (
    AREAS,
    BREAKS,
    HOMICIDE,
    KINDS,
    MONTHS,
    OFFENCES,
    ONE,
    PAGE,
    SCALES,
    SETTINGS,
    SHOWS,
    WITH,
    WITHOUT,
    TrendChoice,
    figures_of,
    part_levels,
)
from vrin_ui.wording import sentence

SCREENED = {"on": "extreme moving ranges are left out once", "off": "all moving ranges stand in the limits"}
TRIAL = {
    "6": "fewer than 6",
    "10": "fewer than 10",
    "12": "fewer than 12",
    "13": "fewer than 13",
    "20": "fewer than 20",
}
NEAR = {"": "not drawn", "1": "drawn"}
SEASON = {"": "as it came", "1": "with its season taken out"}


def draw_bar(chosen: Filters, choices: Catalogue, choice: TrendChoice) -> None:
    """What is shown, and the controls that it has."""
    address.one_of(PAGE, "show", "What is shown", SHOWS, choice.show)
    if choice.show == BREAKS:
        return
    boxes = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
    with boxes[0]:
        address.select(PAGE, "figure", "Figure", figures_of(chosen, choices), choice.figure)
    with boxes[1]:
        if choice.show == AREAS:
            address.select(PAGE, "parts", "Areas", part_levels(chosen, choices), choice.parts)
        else:
            address.select(PAGE, "months", "Months of the chart", MONTHS, choice.months)
    with boxes[2]:
        if choice.show in (AREAS, OFFENCES):
            address.select(PAGE, "scale", "Scale", SCALES, choice.scale)
        elif choice.show == ONE:
            address.select(PAGE, "chart", "Chart", KINDS, choice.kind)
    with boxes[3], st.popover("Settings", width="stretch"):
        _draw_settings(chosen, choice)


def _draw_settings(chosen: Filters, choice: TrendChoice) -> None:
    """What is charted and what is better, beside the rules of the chart: as high as a screen and no higher."""
    series, rules = st.columns(2)
    with series:
        _draw_series(chosen, choice)
    with rules:
        _draw_rules(_written(choice))


def _draw_series(chosen: Filters, choice: TrendChoice) -> None:
    if choice.show == ONE:
        _draw_target(choice)
    if choice.is_harm and not chosen.without_homicide:
        value = WITHOUT if choice.is_without_homicide else WITH
        address.select(PAGE, "homicide_in", "Harm", HOMICIDE, value)
    if choice.show == AREAS:
        address.select(PAGE, "months", "Months of the charts", MONTHS, choice.months)
    _setting("improvement", "What is better", IMPROVEMENT, _written(choice))
    if choice.show == ONE:
        address.select(PAGE, "season", "The series", SEASON, "1" if choice.is_without_season else "")
        address.select(PAGE, "near", "Near limits, at two thirds", NEAR, "1" if choice.has_near else "")


def _draw_rules(values: Mapping[str, str]) -> None:
    """The rules of the chart, as its makers differ about them."""
    lengths = {str(one): f"{one} points" for one in RUN_LENGTHS}
    _setting("run_length", "Points of a run or trend", lengths, values)
    _setting("ties", "Equal values", TIES, values)
    _setting("two_of_three", "Two of three near a limit", TWO_OF_THREE, values)
    _setting("screen_ranges", "Extreme moving ranges", SCREENED, values)
    own = values["trial_below"]
    _setting("trial_below", "Points of trial limits", {own: f"fewer than {own}", **TRIAL}, values)


def _setting(name: str, label: str, options: Mapping[str, str], values: Mapping[str, str]) -> None:
    words = {value: sentence(text) for value, text in options.items()}
    address.select(PAGE, name, label, words, values[name])


def _written(choice: TrendChoice) -> dict[str, str]:
    """Every setting as its text in the address."""
    settings = choice.settings
    texts = {name: getattr(settings, name) for name in SETTINGS}
    return {
        name: ("on" if value else "off") if isinstance(value, bool) else str(value)
        for name, value in texts.items()
    }


def _draw_target(choice: TrendChoice) -> None:
    widget = f"{PAGE}_target"
    st.session_state[widget] = "" if choice.target is None else f"{choice.target:g}"
    st.text_input(
        "Target for a month (leave empty for none)",
        key=widget,
        on_change=address.from_widget(PAGE, "target", widget),
    )
