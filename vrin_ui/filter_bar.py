"""The controls for the reader's choice, and its way between address, session and page."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from vrin_data.contract.codes import OWN
from vrin_data.contract.series import ALL_SERIES, SERIES
from vrin_data.measures import Catalogue
from vrin_ui.filters import (
    AS_COMPLETED,
    PARAMS,
    SMALL_LEVELS,
    WITHOUT_HOMICIDE,
    Filters,
    next_level,
    parse,
    part_levels,
    shifted,
)
from vrin_ui.wording import level_words, month_words, plain, sentence

REMEMBERED, REPLACED = "chosen", "replaced definition"
NOT_IN_FORCE = {
    "retired": "is retired",
    "draft": "is a draft and not in force",
    "submitted": "is not approved yet and not in force",
}
BROAD_LEVELS = ("region", "force", "csp", "district")
HOMICIDE_WORDS = {"": "With homicide", WITHOUT_HOMICIDE: "Without homicide"}
ATTEMPT_WORDS = {"": "As the edition lists them", AS_COMPLETED: "All as the completed offence"}


def current_filters(choices: Catalogue) -> Filters:
    """The choice in the address; without one, the choice of the page before."""
    params = st.query_params.to_dict()
    if not any(name in params for name in PARAMS):
        # Streamlit clears the address when the reader goes to another page.
        params = st.session_state.get(REMEMBERED, {})
    filters = parse(params, choices)
    if params.get("definition", filters.definition) != filters.definition:
        st.session_state[REPLACED] = params["definition"], filters.definition
    _remember(filters.params())
    return filters


def draw_standing(filters: Filters, choices: Catalogue) -> None:
    """That the definition shown is not in force, or not the one that was asked for, where it is so."""
    asked, instead = st.session_state.get(REPLACED, ("", ""))
    words = standing_words(filters, choices, asked if instead == filters.definition else "")
    if words:
        st.info(words)


def standing_words(filters: Filters, choices: Catalogue, asked: str = "") -> str:
    """What a reader must know of the definition shown; '' where it is in force and the one asked for.

    `asked` is what the address named, where something else is shown for it.
    """
    shown = filters.definition
    name, _, state = choices.versions.get(shown, "").removesuffix(")").rpartition(", ")
    if state in NOT_IN_FORCE:
        return f"{plain(name)}) {NOT_IN_FORCE[state]}; these figures are of that version."
    if not asked or asked == shown:
        return ""
    figures = f"these figures are of {plain(choices.definitions.get(shown, shown))}."
    known = [words for ref, words in choices.versions.items() if ref.rpartition("@")[0] == asked]
    if not known:
        return f"The definition that the address names is not known here; {figures}"
    return f"{plain(known[-1])} is not in force; {figures}"


def draw_filter_bar(filters: Filters, choices: Catalogue, *, with_definition: bool = True) -> None:
    """Area, definition and period, shared by all pages; edition and feed behind a button.

    The definition is left out where a page has its own way to choose one.
    """
    area, *between, first, last, more = st.columns(
        [6, 5, 3, 3, 2] if with_definition else [6, 3, 3, 2], vertical_alignment="bottom"
    )
    with area:
        names = area_options(choices, filters.area)
        choose("area", "Area", names, filters.area or "", on_change=partial(_area_changed, choices))
    for definition in between:
        with definition:
            options = definition_options(choices, filters)
            choose("definition", "Definition of violence", options, filters.definition)
    months = month_options(*choices.months_of_feed[filters.feed])
    with first:
        choose("from", "From", months, f"{filters.from_month:%Y-%m}")
    with last:
        choose("to", "To (included)", months, f"{filters.to_month:%Y-%m}")
    with more, st.popover("More", width="stretch"):
        choose("weights", "Harm weights", choices.editions, filters.edition)
        choose("feed", "Data feed", choices.feeds_for(filters.definition) or choices.feeds, filters.feed)
        _draw_rules(filters)
    if between:
        draw_standing(filters, choices)
    told = rule_words(filters)
    if told:
        st.caption(f"{told} This is chosen under More.")


def rule_words(filters: Filters) -> str:
    """What narrows every figure without standing in a box of the bar; empty where nothing does."""
    words = [
        f"only the {SERIES[filters.series].name}" if filters.series != ALL_SERIES else "",
        "without homicide" if filters.without_homicide else "",
        "attempts weigh as the completed offence" if filters.attempts == AS_COMPLETED else "",
    ]
    said = ", ".join(filter(None, words))
    return f"{sentence(said)}." if said else ""


def _draw_rules(filters: Filters) -> None:
    """The rules of the method: which series of crimes, with or without homicide, how attempts weigh."""
    series = {"": "All recorded crimes"} | {one.series_id: one.name for one in SERIES.values()}
    choose("series", "Series", series, filters.series if filters.series != ALL_SERIES else "")
    choose("homicide", "Homicide", HOMICIDE_WORDS, WITHOUT_HOMICIDE if filters.without_homicide else "")
    choose("attempts", "Attempts", ATTEMPT_WORDS, AS_COMPLETED if filters.attempts == AS_COMPLETED else "")


def definition_options(choices: Catalogue, filters: Filters) -> dict[str, str]:
    """The definitions in force, and before them a version that was asked for by its number."""
    asked = filters.definition
    if asked in choices.definitions:
        return choices.definitions
    return {asked: choices.versions[asked], **choices.definitions}


def choose(
    name: str,
    label: str,
    options: Mapping[str, str],
    value: str,
    *,
    on_change: Callable[[str, str], None] | None = None,
) -> None:
    """A select box whose choice goes into the address under `name`, by `on_change` where it is more than that."""
    key = f"choose_{name}"
    st.session_state[key] = value
    st.selectbox(
        label,
        list(options),
        format_func=lambda one: options.get(one, one),
        key=key,
        on_change=on_change or _changed,
        args=(name, key),
    )


def go_to_area(area: str | None, level: str | None = None) -> None:
    """Take an area as the chosen one, and a level of areas to show where one is given; for callbacks."""
    params = {**st.session_state.get(REMEMBERED, {}), "area": area or ""}
    params |= {"level": level} if level else {}
    _remember({name: value for name, value in params.items() if value})


def take(filters: Filters) -> None:
    """Take a choice for all pages; for callbacks."""
    _remember(filters.params())


def area_options(choices: Catalogue, area: str | None) -> dict[str, str]:
    """Areas to choose from, coarse to fine by name; small areas only inside the chosen district."""
    areas = choices.areas
    own = {level for level in choices.levels if level.startswith(OWN)}
    wanted = areas["level"].isin({*BROAD_LEVELS, *own})
    if area is not None:
        chosen = areas[areas["area_code"] == area].iloc[0]
        district = chosen["area_code"] if chosen["level"] == "district" else chosen["in_district"]
        wanted |= (areas["in_district"] == district) & pd.notna(district) | (areas["area_code"] == area)
    rank = {level: number for number, level in enumerate([*BROAD_LEVELS, *sorted(own), *SMALL_LEVELS])}
    shown = areas[wanted].assign(rank=areas["level"].map(rank))
    shown = shown.sort_values(["rank", "area_name", "area_code"])
    rows = shown[["area_code", "area_name", "level"]].itertuples(index=False)
    words = {level: level_words(level, choices.levels)[0] for level in rank}
    return {"": "All areas"} | {code: f"{name} ({words[level]})" for code, name, level in rows}


def month_options(first: date, last: date) -> dict[str, str]:
    """Months to choose from, newest first."""
    months = []
    while last >= first:
        months.append(last)
        last = shifted(last, -1)
    return {f"{month:%Y-%m}": month_words(month) for month in months}


def _area_changed(choices: Catalogue, name: str, key: str) -> None:
    """Take an area, and of a map whose level has no areas in it the level that it opens into."""
    area = st.session_state[key] or None
    level = st.session_state.get(REMEMBERED, {}).get("level", "")
    opens = area is not None and level not in part_levels(area, choices)
    go_to_area(area, next_level(area, choices) if area and opens else None)


def _changed(name: str, key: str) -> None:
    params = {**st.session_state.get(REMEMBERED, {}), name: st.session_state[key] or ""}
    _remember({name: value for name, value in params.items() if value})


def _remember(params: dict[str, str]) -> None:
    st.session_state[REMEMBERED] = params
    there = st.query_params.to_dict()
    # What a page has chosen besides stays where it is.
    own = {name: value for name, value in there.items() if name not in PARAMS}
    if there != {**params, **own}:
        st.query_params.from_dict({**params, **own})
