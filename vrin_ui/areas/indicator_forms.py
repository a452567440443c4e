"""Context figures on the page Areas: those there are, one taken in from a file, one removed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.contract.indicators import known_indicators
from vrin_data.errors import EmptyStore
from vrin_data.protect import Presented
from vrin_ui import act, figures
from vrin_ui.areas import context_acts, context_parts
from vrin_ui.ask import ask
from vrin_ui.wording import LEVEL_WORDS, plain

WHAT = "indicators"
OTHER = "another"
HELP = (
    "Deprivation, exclusions, free school meals, a survey of your own: any CSV or Excel file with a column of area "
    "codes and a column of numbers. They stand beside harm as context and are never part of it."
)
UNITS = {
    "%": "per cent",
    "per 1,000": "per 1,000 residents, pupils or the like",
    "score": "a score or an average",
    "count": "a count: larger areas add it up",
    "class": "a class in words",
}


def draw() -> None:
    """The figures there are, and the forms."""
    st.subheader("Context figures", anchor=False)
    st.markdown(HELP)
    act.draw_outcome(WHAT)
    try:
        held = ask("indicator list", None)
    except EmptyStore:
        st.info("There is no data yet. Import areas, or load the sample, first.")
        return
    _draw_held(held)
    with st.expander("Take a figure in from a file", expanded=held.frame.empty):
        _draw_import()
    options = dict(zip(held.frame["indicator_id"], held.frame["indicator_name"], strict=True))
    context_parts.draw_removal(
        WHAT, options, context_acts.remove_indicator, label="Remove a figure, of all its years"
    )


def _draw_held(held: Presented) -> None:
    if held.frame.empty:
        st.info("No context figure has been taken in yet.")
        return
    frame = held.frame
    table = pd.DataFrame(
        {
            "Figure": frame["indicator_name"],
            "Years": [", ".join(map(str, years)) for years in frame["years"]],
            "For": [_levels_words(levels) for levels in frame["levels"]],
            "Unit": frame["unit"],
            "Source": frame["source"],
        }
    )
    figures.draw_table(table, alt="Context figures in this build", height=min(390, 35 * (len(table) + 1) + 2))
    cautions = frame[frame["caveat"] != ""]
    if len(cautions):
        with st.expander("What these figures cannot say"):
            said = cautions[["indicator_name", "caveat"]].itertuples(index=False)
            st.markdown("\n".join(f"- **{plain(name)}**: {plain(caveat)}" for name, caveat in said))
    figures.draw_stamp(held, name=WHAT)


def _levels_words(levels: tuple[str, ...]) -> str:
    """The finest of the official levels that have figures, and that larger ones have."""
    official = [level for level in levels if level in LEVEL_WORDS]
    finest = _level_words(official[-1] if official else levels[-1])
    return f"{finest} and larger" if len(levels) > 1 else finest


def _level_words(level: str) -> str:
    return LEVEL_WORDS[level][1] if level in LEVEL_WORDS else level.removeprefix("own-")


def _draw_import() -> None:
    number = st.session_state.get(f"{WHAT}_number", 0)
    file = st.file_uploader("File of a figure", type=context_parts.TYPES, key=f"{WHAT}_file_{number}")
    known = {one.indicator_id: one.name for one in known_indicators().values()}
    chosen = st.selectbox(
        "Which figure it is",
        [OTHER, *known],
        format_func={OTHER: "Another figure", **known}.__getitem__,
        key=f"{WHAT}_which",
    )
    said: dict[str, Any] = _said_other() if chosen == OTHER else {"id": chosen}
    left, right = st.columns(2)
    said["year"] = left.number_input("The year it is about", 1991, 2099, 2025, key=f"{WHAT}_year")
    said["source"] = right.text_input("Publisher and release", key=f"{WHAT}_source")
    with st.popover("Columns and rows, where they are not found by themselves"):
        said |= _said_columns()
    context_parts.draw_file(WHAT, file, said, _told)


def _said_other() -> dict[str, Any]:
    name = st.text_input("What it is called", key=f"{WHAT}_name", placeholder="Free school meals")
    unit = st.selectbox(
        "Its unit", list(UNITS), format_func=lambda one: f"{one}: {UNITS[one]}", key=f"{WHAT}_unit"
    )
    return {"id": slug_of(name), "name": name.strip(), "unit": unit}


def slug_of(name: str) -> str:
    """A name as the id of a figure: small letters, digits and hyphens."""
    letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in name.casefold())
    return "-".join(letters.split())


def _said_columns() -> dict[str, Any]:
    levels = {"": "told by the codes", **{level: words[1] for level, words in LEVEL_WORDS.items()}}
    code = st.text_input("Heading of the area codes", key=f"{WHAT}_code")
    value = st.text_input("Heading of the figures", key=f"{WHAT}_value")
    level = st.selectbox("Areas to take", list(levels), format_func=levels.__getitem__, key=f"{WHAT}_level")
    where = st.text_input("Only rows where", placeholder="time_period=202425", key=f"{WHAT}_where")
    return {"code-column": code, "value-column": value, "level": level, "where": where}


def _unit(found: Mapping[str, Any]) -> list[str]:
    """The unit of a figure, unless its name ends with it."""
    return [] if found["indicator_name"].endswith(found["unit"]) else [found["unit"]]


def _told(found: Mapping[str, Any]) -> list[str]:
    """What was understood of a file, in words."""
    level = _level_words(found["level"])
    lines = [
        f"{', '.join([found['indicator_name'], *_unit(found)])}, {found['year']}, for {level}.",
        f"Codes come from the column {found['code_column']}, figures from the column {found['value_column']}.",
        f"{found['row_count']:,} rows: {found['taken_count']:,} are taken, {found['left_out_count']:,} left out"
        + (f", {found['not_chosen_count']:,} not chosen." if found["not_chosen_count"] else "."),
    ]
    if found["carried_count"]:
        lines.append(f"{found['carried_count']:,} older codes are carried to the areas they became.")
    if found["replaced_count"]:
        lines.append(f"They take the place of {found['replaced_count']:,} figures of the same year.")
    return lines
