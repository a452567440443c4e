"""Maps on the screen: the chart whose click leads into an area, what is said below it, what stands at no area."""

import streamlit as st

from vrin_data.measures import Catalogue
from vrin_data.protect import Presented
from vrin_ui import ask, figures, filter_bar
from vrin_ui.filters import FINEST, next_level
from vrin_ui.map.frame import Frame
from vrin_ui.map.map_choice import HEXAGONS
from vrin_ui.map.map_words import not_placed_words
from vrin_ui.map.pictures import Picture
from vrin_ui.map.spec import SELECTED
from vrin_ui.map.unplaced_table import unplaced_table
from vrin_ui.wording import level_words

ALL_PLACED = "Every incident of these figures stands at an area of the map."


def draw_map(drawn: Picture, frame: Frame, *, name: str = "map") -> None:
    """A map; a click on an area leads into it."""
    # The key holds the chosen area: a chart drawn anew can be clicked at the same area again.
    key = f"{name}_{frame.choice.mode}_{frame.level}_{frame.chosen.area}"
    st.vega_lite_chart(
        None,
        drawn.spec,
        theme=None,
        width="stretch",
        key=key,
        on_select=lambda: _picked(key, frame.choices, stays=frame.choice.mode == HEXAGONS),
        alt=drawn.alt,
    )


def _picked(key: str, choices: Catalogue, *, stays: bool) -> None:
    found = st.session_state[key].selection.get(SELECTED, [])
    if found:
        area = found[0]["id"]
        filter_bar.go_to_area(area, None if stays else next_level(area, choices))


def draw_below(frame: Frame) -> None:
    """How the map is used, and whose boundaries it draws."""
    level = level_words(frame.level, frame.choices.levels)[0]
    what = "choose it" if frame.choice.mode == HEXAGONS or frame.level == FINEST else "look into it"
    article = "an" if level[0] in "aeiou" else "a"
    st.caption(f"Click {article} {level} to {what}, or choose one in the Area box above.")
    if frame.level in frame.choices.best_fit:
        st.caption(
            f"Each small area counts whole in the {level} that it fits best, and not by where lines cut it."
        )
    st.caption(" ".join(f"{words.rstrip('.')}." for words in frame.choices.attribution))


def draw_not_placed(areas: Presented, frame: Frame) -> None:
    """How many incidents stand at no area, and on asking from which supplier and why."""
    words = not_placed_words(areas, level_words(frame.level, frame.choices.levels)[0])
    if not words:
        st.caption(ALL_PLACED)
        return
    st.markdown(words)
    opened = st.expander("Not placed: from whom, and why", on_change="rerun", key="map_not_placed")
    if opened.open:
        with opened:
            rest = ask.ask("unplaced", frame.selection())
            figures.draw_table(unplaced_table(rest.frame), alt="Incidents not placed, by supplier and reason")
            figures.draw_stamp(rest, name="not-placed")
