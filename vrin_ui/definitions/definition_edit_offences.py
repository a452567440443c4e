"""What is counted, in the editor: the parts, and for each the offences that come in and those left out."""

import streamlit as st

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_ui.definitions import definition_boxes as boxes
from vrin_ui.definitions import definition_desk as desk
from vrin_ui.definitions.definition_choices import classification_options, code_options, set_options
from vrin_ui.definitions.definition_desk import PART, Path
from vrin_ui.definitions.definition_draft import clause, local_set, part
from vrin_ui.definitions.definition_page import Here
from vrin_ui.definitions.definition_wording import UNITS
from vrin_ui.wording import sentence

PER_LINE = "One or several codes or ranges, with commas between, such as X99, X85-Y09"


def draw(_: Here) -> None:
    """Unit, parts, and the clauses of the part that is chosen."""
    _unit()
    is_health = desk.value(("unit",)) in HEALTH_UNITS
    number = choose_part()
    at: Path = ("parts", number)
    several = len(desk.value(("parts",))) > 1
    if several:
        boxes.text((*at, "name"), "Name of this part (needed)")
    draw_clause((*at, "include"), is_health=is_health)
    if not is_health:
        _also_among((*at, "within"))
        with st.expander(
            "Left out of this part" if several else "Left out", expanded=_names_any((*at, "exclude"))
        ):
            draw_clause((*at, "exclude") if several else ("exclude",))
        if several:
            with st.expander("Left out of all parts", expanded=_names_any(("exclude",))):
                draw_clause(("exclude",))
        _own_sets()
    _part_buttons(number)


def _unit() -> None:
    units = {name: sentence(many) for name, (_, many) in UNITS.items()}
    key = boxes.key(("unit",))
    st.session_state[key] = desk.value(("unit",))
    st.selectbox(
        "What it counts",
        list(units),
        format_func=units.__getitem__,
        key=key,
        on_change=lambda: desk.count_other_things(st.session_state[key]),
        help="Crimes and what hospitals count are different things: changing from one to the other empties the boxes.",
    )


def choose_part() -> int:
    """The part that is written; a box to choose another where there are several."""
    parts = desk.value(("parts",))
    if len(parts) == 1:
        return 0
    number = desk.part_at()
    st.session_state["definition_part_box"] = number
    st.selectbox(
        f"Part (counted if it is any of these {len(parts)})",
        range(len(parts)),
        format_func=lambda one: f"{one + 1}. {parts[one]['name'] or 'no name yet'}",
        key="definition_part_box",
        on_change=_part_chosen,
    )
    return number


def _part_chosen() -> None:
    st.session_state[PART] = st.session_state["definition_part_box"]


def _part_buttons(number: int) -> None:
    parts = desk.value(("parts",))
    with st.container(horizontal=True):
        st.button("Add a part", on_click=_add_part, key="draft_add_part")
        if len(parts) > 1:
            st.button("Remove this part", on_click=_remove_part, args=(number,), key="draft_remove_part")
    st.caption(
        "With several parts an offence counts once if it fits any of them, and each part can be shown alone."
    )


def _add_part() -> None:
    parts = desk.value(("parts",))
    if not parts[0]["name"]:
        desk.put(("parts", 0, "name"), "First part")
    desk.add(("parts",), part(f"Part {len(parts) + 1}"))
    st.session_state[PART] = len(parts)


def _remove_part(number: int) -> None:
    desk.remove(("parts", number))
    parts = desk.value(("parts",))
    st.session_state[PART] = 0
    if len(parts) == 1:
        desk.put(("parts", 0, "name"), "")


def draw_clause(at: Path, *, is_health: bool = False) -> None:
    """The boxes of one offence clause: the union of what is chosen in them."""
    if is_health:
        boxes.yes((*at, "everything"), "Everything in the feed")
        _diagnoses((*at, "icd10"))
        return
    boxes.many((*at, "sets"), "Sets of offences", set_options(desk.draft()))
    boxes.many((*at, "codes"), "Offence codes", code_options())
    boxes.many(
        (*at, "classifications"),
        "Classifications",
        classification_options(),
        help="Finer than a code: 8N holds both wounding (008/01) and actual bodily harm (008/06). An extract that "
        "gives codes alone cannot tell them apart, and the count becomes a range.",
    )


def _diagnoses(at: Path) -> None:
    key = boxes.key(at)
    st.session_state[key] = ", ".join(desk.value(at))
    st.text_input(
        "Diagnosis codes (ICD-10)",
        key=key,
        help=PER_LINE,
        on_change=lambda: desk.put(
            at, [one.strip() for one in st.session_state[key].split(",") if one.strip()]
        ),
    )


def _also_among(at: Path) -> None:
    """An intersection: switched on by a box to tick."""
    there = desk.value(at) is not None
    key = f"{boxes.key(at)}_on"
    st.session_state[key] = there
    st.checkbox(
        "Only those that are also among others",
        key=key,
        help="What is chosen above counts only if it is also among what is chosen here.",
        on_change=lambda: desk.put(at, clause() if st.session_state[key] else None),
    )
    if there:
        with st.container(border=True):
            st.markdown("**Also among**")
            draw_clause(at)


def _names_any(at: Path) -> bool:
    return any(desk.value((*at, name)) for name in ("sets", "codes", "classifications"))


def _own_sets() -> None:
    """Sets of this definition alone, to be used by name in any clause."""
    own = desk.value(("sets",))
    with st.expander("Sets of its own", expanded=bool(own)):
        for number in range(len(own)):
            _own_set(number)
        st.button(
            "Add a set of its own", on_click=desk.add, args=(("sets",), local_set()), key="draft_add_set"
        )
        st.caption(
            "A set that is used in several places is named once here, with the time its codes were in use."
        )


def _own_set(number: int) -> None:
    at: Path = ("sets", number)
    with st.container(border=True):
        left, right = st.columns(2)
        with left:
            boxes.text((*at, "id"), "Its name, in capitals (needed)", placeholder="OUR-SET")
        with right:
            boxes.text((*at, "note"), "What it is")
        boxes.many((*at, "sets"), "Sets in it", set_options())
        boxes.many((*at, "codes"), "Codes in it", code_options())
        boxes.many((*at, "classifications"), "Classifications in it", classification_options())
        left, right = st.columns(2)
        with left:
            boxes.text((*at, "valid_from"), "In use from, dd/mm/yyyy")
        with right:
            boxes.text((*at, "valid_to"), "In use to, dd/mm/yyyy")
        st.button("Remove this set", on_click=desk.remove, args=(at,), key=f"draft_remove_set_{number}")
