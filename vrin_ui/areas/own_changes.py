"""The changes that a person makes to a draft of own areas, each a small form with one button."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from vrin_ui import act
from vrin_ui.areas.nesting import Nesting
from vrin_ui.areas.own_draft import LEFT_OVER, Draft, added, merged, moved, removed, renamed
from vrin_ui.wording import counted, listed

CHANGED = "own_changed"
NEW_AREA = "\nnew"
KINDS = {
    "district": "Districts",
    "csp": "Community safety partnerships",
    "ward": "Wards",
    "msoa": "Middle-layer areas (MSOA)",
    "lsoa": "Small areas (LSOA)",
}
WHAT = {
    "merge": "Merge areas",
    "move": "Move a part",
    "rename": "Rename",
    "add": "Add an area",
    "remove": "Remove",
}
MOST_NAMED = 4


def draw(stack: list[Draft], nesting: Nesting) -> None:
    """The kinds of change side by side, and the form of the one that is chosen."""
    what = st.segmented_control(
        "What to change",
        list(WHAT),
        format_func=WHAT.__getitem__,
        default="add" if not stack[-1].areas else "merge",
        required=True,
        key="own_what",
    )
    FORMS[str(what)](stack, nesting)
    act.draw_outcome(CHANGED)


def _merge(stack: list[Draft], _: Nesting) -> None:
    chosen = st.multiselect(
        "Areas to merge", stack[-1].names, key="own_merge", placeholder="Choose two or more"
    )
    st.text_input("Name of the merged area", value=_usual_name(chosen), key=_name_key(chosen))

    def action() -> str:
        # What stands in the boxes now: a quick hand clicks before the page has been drawn with it.
        parts = st.session_state["own_merge"]
        name = _typed(_name_key(parts)) or _usual_name(parts)
        stack.append(merged(stack[-1], parts, name))
        return f"{listed(parts)} are one area now: {name}."

    _button("Merge them", action, clears=("own_merge",))


def _usual_name(parts: list[str]) -> str:
    return listed(parts) if len(parts) > 1 else ""


def _name_key(parts: list[str]) -> str:
    return f"own_merge_name_{'-'.join(parts)}"


def _move(stack: list[Draft], nesting: Nesting) -> None:
    draft = stack[-1]
    left, right = st.columns(2)
    places = {LEFT_OVER: "What is left over", **{name: name for name in draft.names}}
    out_of = left.selectbox("Out of", list(places), format_func=places.__getitem__, key="own_out_of")
    kinds = [one for one in KINDS if nesting.of_level(one)]
    kind = right.selectbox("What to move", kinds, format_func=KINDS.__getitem__, key="own_kind")
    offered = _offered(draft, out_of, kind, nesting)
    st.multiselect(
        f"Which of them ({len(offered):,} lie wholly there)",
        offered,
        format_func=nesting.label,
        key="own_codes",
        placeholder="Choose one or more",
    )
    goals = {name: name for name in draft.names if name != out_of} | {NEW_AREA: "A new area"}
    goals |= {LEFT_OVER: "None: leave it over"} if out_of != LEFT_OVER else {}
    if st.selectbox("To", list(goals), format_func=goals.__getitem__, key="own_to") == NEW_AREA:
        st.text_input("Name of the new area", key="own_to_name")

    def action() -> str:
        codes, to = st.session_state["own_codes"], st.session_state["own_to"]
        name = _typed("own_to_name") if to == NEW_AREA else to
        now = added(draft, name) if to == NEW_AREA else draft
        stack.append(moved(now, codes, name, nesting))
        return f"Moved: {_named(codes, nesting)}, to {name or 'what is left over'}."

    _button("Move", action, clears=("own_codes", "own_to_name"))


def _offered(draft: Draft, out_of: str, kind: str, nesting: Nesting) -> list[str]:
    """The areas of a kind that lie wholly in an own area, or in what is left over."""
    if out_of == LEFT_OVER:
        held = nesting.every_small - nesting.small_of(code for _, members in draft.areas for code in members)
    else:
        held = nesting.small_of(draft.members(out_of))
    return [code for code in nesting.of_level(kind) if nesting.small(code) <= held]


def _named(codes: list[str], nesting: Nesting) -> str:
    shown = [nesting.names[one] for one in codes[:MOST_NAMED]]
    more = [f"{len(codes) - MOST_NAMED:,} more"] if len(codes) > MOST_NAMED else []
    return listed([*shown, *more])


def _rename(stack: list[Draft], _: Nesting) -> None:
    left, right = st.columns(2)
    left.selectbox("Area", stack[-1].names, key="own_old", placeholder="Choose")
    right.text_input("New name", key="own_new")

    def action() -> str:
        old, new = str(st.session_state["own_old"]), _typed("own_new")
        stack.append(renamed(stack[-1], old, new))
        return f"{old} is called {new} now."

    _button("Rename", action, clears=("own_new",))


def _add(stack: list[Draft], _: Nesting) -> None:
    st.text_input("Name of the new area", key="own_add")

    def action() -> str:
        name = _typed("own_add")
        stack.append(added(stack[-1], name))
        return f"{name} is there and holds nothing yet. Choose ‘{WHAT['move']}’ to give it something."

    _button("Add", action, clears=("own_add",))


def _remove(stack: list[Draft], _: Nesting) -> None:
    st.multiselect("Areas to remove", stack[-1].names, key="own_remove", placeholder="Choose")

    def action() -> str:
        chosen = st.session_state["own_remove"]
        stack.append(removed(stack[-1], chosen))
        return f"{counted(len(chosen), 'area')} removed; what they held is left over."

    _button("Remove", action, clears=("own_remove",))


def _typed(key: str) -> str:
    """What stands in a text box now: what was typed last may have come with the click itself."""
    return str(st.session_state.get(key, "")).strip()


def _button(label: str, action: Callable[[], str], *, clears: tuple[str, ...]) -> None:
    st.button(label, on_click=_do, args=(action, clears), key=f"own_do_{label}")


def _do(action: Callable[[], str], clears: tuple[str, ...]) -> None:
    if act.attempt(CHANGED, action):
        for key in clears:
            # Emptied and not forgotten: only a value that is set takes what is chosen out of the box in the browser.
            if key in st.session_state:
                st.session_state[key] = [] if isinstance(st.session_state[key], list) else ""


FORMS: dict[str, Callable[[list[Draft], Nesting], Any]] = {
    "merge": _merge,
    "move": _move,
    "rename": _rename,
    "add": _add,
    "remove": _remove,
}
