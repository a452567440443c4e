"""What a definition is narrowed to, in the editor: weapon, place, flags, ages and a least weight."""

import streamlit as st

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_ui.definitions import definition_boxes as boxes
from vrin_ui.definitions import definition_desk as desk
from vrin_ui.definitions.definition_choices import GROUP_WORDS, GROUPS, greatest_ages, least_ages
from vrin_ui.definitions.definition_desk import Path
from vrin_ui.definitions.definition_edit_offences import choose_part
from vrin_ui.definitions.definition_page import Here
from vrin_ui.definitions.definition_wording import FILTERS, UNKNOWNS, WHOSE, filter_values
from vrin_ui.wording import sentence

WHOLE, ONE = "The whole definition", "One part alone"


def draw(_: Here) -> None:
    """Filters, ages and threshold of the whole, or of one part, and what blanks do."""
    at: Path = ()
    if len(desk.value(("parts",))) > 1:
        which = st.segmented_control(
            "Narrow", [WHOLE, ONE], default=WHOLE, required=True, key="definition_narrow"
        )
        at = ("parts", choose_part()) if which == ONE else ()
    filters(at)
    ages(at)
    if desk.value(("unit",)) not in HEALTH_UNITS:
        boxes.number(
            (*at, "threshold"),
            "Only offences that weigh at least so many days",
            min_value=0.0,
            step=1.0,
            format="%g",
            placeholder="no least weight",
        )
    if not at:
        unknowns = {name: sentence(words) for name, words in UNKNOWNS.items()}
        boxes.one_of(("unknown",), "Where a row is blank and it cannot be told", unknowns)


def filters(at: Path) -> None:
    """A box for each thing that may be recorded of an incident; empty means anything."""
    st.markdown(
        "Empty boxes narrow nothing. Several choices in one box mean any of them. **Not** leaves out what is "
        "recorded so and takes in the blanks."
    )
    names = [name for name in FILTERS if name != "status" or not at]
    for number in range(0, len(names), 2):
        for side, name in zip(st.columns(2), names[number : number + 2], strict=False):
            with side:
                _filter((*at, "filters", name), name)


def _filter(at: Path, name: str) -> None:
    values, groups = filter_values(name), GROUPS if name == "location_type" else {}
    options = {group: GROUP_WORDS[group] for group in groups} | values
    boxes.many(at, FILTERS[name], options, groups=groups, is_filter=True)


def ages(at: Path) -> None:
    """Spans of ages, all of which must hold; both ends are included."""
    st.markdown("**Ages**")
    for number in range(len(desk.value((*at, "ages")))):
        _age((*at, "ages", number))
    st.button(
        "Add an age",
        on_click=desk.add,
        args=((*at, "ages"), {"whose": "victim", "min": None, "max": 24}),
        key=f"{boxes.key((*at, 'ages'))}_add",
        help="Both ages are included: under 25 is up to 24. Spans begin and end where the age bands of the data do.",
    )


def _age(at: Path) -> None:
    whose, least, greatest, away = st.columns([4, 2, 2, 2], vertical_alignment="bottom")
    with whose:
        boxes.one_of((*at, "whose"), "Age of", {name: sentence(words) for name, words in WHOSE.items()})
    with least:
        boxes.one_of((*at, "min"), "From", least_ages(), placeholder="no limit")
    with greatest:
        boxes.one_of((*at, "max"), "To (included)", greatest_ages(), placeholder="no limit")
    with away:
        st.button("Remove", on_click=desk.remove, args=(at,), key=f"{boxes.key(at)}_remove")
