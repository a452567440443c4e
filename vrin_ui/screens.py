"""What a page is given by the shell, and the screens that stand in for a page."""

import streamlit as st

from vrin_data.errors import VrinError
from vrin_data.measures import Catalogue
from vrin_ui.filters import Filters

CHOICES, FILTERS = "offered", "filters"
STYLE = """<style>
.stMainBlockContainer { padding-top: 4rem; padding-bottom: 3rem; }
[data-testid="stMetricValue"] * { white-space: normal !important; }
.st-key-feed_matrix { overflow-x: auto; }
.st-key-feed_matrix [data-testid="stVegaLiteChart"] { min-width: 58rem; }
[data-variant="segmented_control"][data-selected="true"] p { color: #0b3d66; font-weight: 600; }
[data-testid="stMultiSelect"] input { min-width: 24px; min-height: 24px; }
@media (min-width: 640px) {
  [data-testid="stColumn"]:has(.st-key-definition_effect) { position: sticky; top: 4rem; align-self: flex-start; }
}
</style>"""


def begin(choices: Catalogue, filters: Filters) -> None:
    """Keep what the shell has read for the page of figures that runs next."""
    st.session_state[CHOICES] = choices
    st.session_state[FILTERS] = filters
    say_simulated(choices.is_simulated)


def draw_style() -> None:
    """What every page looks like."""
    st.html(STYLE)


def say_simulated(is_simulated: bool) -> None:
    """That the data are simulated, where they are."""
    if is_simulated:
        st.warning(
            "**Simulated data.** These figures come from the sample. They are not real events.", icon=None
        )


def page_choices() -> tuple[Filters, Catalogue]:
    """The reader's choice and what can be chosen."""
    return st.session_state[FILTERS], st.session_state[CHOICES]


def area_name(choices: Catalogue, area: str | None) -> str:
    """The name of the chosen area, or words for all of them."""
    if area is None:
        return "all areas"
    return str(choices.areas.set_index("area_code").loc[area, "area_name"])


def draw_empty_store() -> None:
    """What to do when there is no data yet."""
    st.title("There is no data yet", anchor=False)
    st.write("VRIN shows what has been handed in, and nothing has been so far. Any of these begins it.")
    st.markdown("Load the sample (simulated data of every kind of partner):")
    st.code("python -m vrin_data sample", language=None)
    st.markdown("Or load your own download from data.police.uk, which is open data and needs no agreement:")
    st.code("python -m vrin_data ingest police-uk PATH-TO-THE-ARCHIVE.zip", language=None)
    st.markdown(
        "A partner's own extract needs an agreement first: put it on record under **Agreements** in the bar "
        "above. What each feed has to hold stands under **Data dictionary**."
    )
    st.write("Then reload this page.")


def draw_error(error: VrinError) -> None:
    """An error in its own words; it says what to do."""
    st.title("This cannot be shown", anchor=False)
    st.error(str(error))
    st.write("Change the choice above, or go back to the page before.")
