"""What the build holds of areas, as a table, and a check of it on request."""

import pandas as pd
import streamlit as st

from vrin_data.errors import EmptyStore
from vrin_data.protect import Presented
from vrin_ui import act, figures
from vrin_ui.areas import area_acts, area_questions
from vrin_ui.wording import counted, plain, sentence

CHECK = "areas_check"
BASIS_WORDS = {
    "boundaries": "own boundaries",
    "areas": "lists of official areas",
    "best_fit": "best fit of small areas, no boundaries",
}
NOTHING = (
    "No areas are here yet. They come with the first file that is taken in (**Upload**), or with official files: "
    "choose **Official files** above."
)


def draw() -> None:
    """The levels with their counts, vintages and boundaries, the day of the nesting, and a check."""
    try:
        held = area_questions.held()
    except EmptyStore:
        st.info(NOTHING)
        return
    st.markdown(summary(held))
    table = held_table(held.frame)
    figures.draw_table(table, alt="The areas that the build holds, by level and vintage")
    st.caption(
        "Of levels that are published as a whole for a year, the newest vintage is in force and the older one is kept "
        "beside it, so that older codes are understood. Outlines of larger areas are put together from the smallest."
    )
    st.caption(" ".join(f"{words.rstrip('.')}." for words in held.stamp.attribution))
    _check()


def summary(held: Presented) -> str:
    """How many small areas there are, official or approximate, and for which day they nest."""
    frame = held.frame
    small = frame[(frame["level"] == "lsoa") & (frame["in_force_count"] > 0)]
    count, rough = int(small["in_force_count"].sum()), int(small["approximate_count"].sum())
    kind = (
        "with **approximate** outlines: import the official boundaries under **Official files** above"
        if rough
        else "with official boundaries"
    )
    own = int(frame["level"].str.startswith("own-").sum())
    layers = f" {counted(own, 'layer')} of your own areas." if own else " No own areas yet."
    return f"{counted(count, 'small area')} (LSOA) {kind}. Nesting {held.stamp.period}.{layers}"


def held_table(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows for reading: Level, Vintage, Areas, In force, Boundaries, Outlines, Residents of, Context, Made of."""
    return pd.DataFrame(
        {
            "Level": [sentence(words) for words in frame["level_name"]],
            "Vintage": frame["vintage"],
            "Areas": frame["area_count"],
            "In force": frame["in_force_count"],
            "Boundaries": frame["boundary_count"],
            "Outlines": [_outline_words(row) for row in frame.itertuples(index=False)],
            "Residents of": [years or "none" for years in frame["residents_years"]],
            "Context figures": frame["indicator_count"],
            "Made of": [BASIS_WORDS.get(basis, "") for basis in frame["basis"]],
        }
    )


def _outline_words(row: object) -> str:
    if getattr(row, "approximate_count", 0):
        return "approximate"
    if getattr(row, "basis", "") == "areas" or not getattr(row, "boundary_count", 0):
        return "put together from smaller areas"
    return "own" if str(getattr(row, "level", "")).startswith("own-") else "official"


def _check() -> None:
    st.subheader("Check", anchor=False)
    st.markdown(
        "Missing boundaries, unknown codes, overlaps, residents by police force area, what became of old codes."
    )
    if st.button("Check the areas that are here"):
        with st.spinner("Checking"):
            act.attempt(CHECK, area_acts.check_files, [])
        st.session_state[CHECK] = st.session_state[act.OUTCOMES].pop(CHECK)
    if CHECK in st.session_state:
        words, is_done = st.session_state[CHECK]
        draw_findings(words, is_done=is_done)


def draw_findings(words: str, *, is_done: bool) -> None:
    """What a check or an import said, a line each."""
    if not is_done:
        st.error("  \n".join(plain(line) for line in words.splitlines()))
        return
    st.code(words, language=None, wrap_lines=True)
