"""The editor of a layer that is made of official areas: its map, its table, the changes, and the save."""

from typing import Any

import pandas as pd
import streamlit as st

from vrin_ui import act, address, figures, names
from vrin_ui.areas import area_acts, area_questions, own_changes, own_map, own_words
from vrin_ui.areas.nesting import Nesting
from vrin_ui.areas.own_draft import Draft

STACKS = "own_drafts"
TABLE_HEIGHT, ROW_HEIGHT = 460, 35
LETTER, WIDEST = 7, 320


def is_open(key: str, *, base: int | None = None) -> bool:
    """Whether a draft is being edited; with `base`, one that began from that version."""
    stack = st.session_state.get(STACKS, {}).get(key)
    return bool(stack) and base in (None, stack[0].base)


def open_with(key: str, draft: Draft) -> None:
    """Begin to edit a draft."""
    st.session_state.setdefault(STACKS, {})[key] = [draft]


def close(key: str) -> None:
    """Give a draft up."""
    st.session_state.get(STACKS, {}).pop(key, None)


def draw(key: str, nesting: Nesting, saved: str) -> None:
    """The draft of a layer with all that can be changed in it; what a save says is kept under `saved`."""
    stack: list[Draft] = st.session_state[STACKS][key]
    draft = stack[-1]
    if len(stack) > 1:
        st.warning("Changed and not saved yet.", icon=None)
    loose = own_words.left_over_words(draft, nesting)
    left, right = st.columns(2)
    with left:
        _map(draft, nesting, loose)
    with right:
        table = own_words.draft_table(draft, nesting)
        height = min(TABLE_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2)
        alt = "The areas of this layer and what each is made of"
        figures.draw_table(table, alt=alt, height=height, formats=_widths(table))
    st.markdown(f"{loose}\n\n{own_words.twice_words(draft, nesting)}")
    st.subheader("Change", anchor=False)
    own_changes.draw(stack, nesting)
    _ways_back(key, stack)
    if key == "new" or len(stack) > 1:
        _save_form(key, draft, saved)


def _widths(table: pd.DataFrame) -> dict[str, Any]:
    """Columns as wide as their longest words, within reason: a name that is cut off may be any of several."""
    return {
        name: st.column_config.TextColumn(
            width=min(WIDEST, LETTER * max(int(table[name].str.len().max()), len(name)) + 18)
        )
        for name in ("Own area", "Made of")
        if len(table)
    }


def _map(draft: Draft, nesting: Nesting, loose: str) -> None:
    level = own_map.drawn_level(draft, nesting)
    files = area_questions.outline_files()
    if level not in files:
        st.info("There are no outlines to draw. What is in each area stands in the table.")
        return
    outlines = area_questions.outlines(files[level])
    spec = own_map.preview_spec(
        own_map.drawn_areas(draft, nesting, level),
        draft.names,
        nesting.names,
        outlines,
        file_name=files[level],
        title=draft.name or "A new layer",
    )
    st.vega_lite_chart(None, spec, theme=None, width="stretch", alt=own_map.preview_alt(draft, loose))
    st.caption("A number and a colour for each area; grey is in none. The numbers are those of the table.")


def _ways_back(key: str, stack: list[Draft]) -> None:
    left, right = st.columns(2)
    left.button(
        "Undo the last change",
        disabled=len(stack) < 2,
        on_click=_undo,
        args=(stack,),
        width="stretch",
        key=f"undo_{key}",
    )
    if key == "new" or len(stack) > 1:
        right.button("Give the draft up", on_click=close, args=(key,), width="stretch", key=f"give_up_{key}")


def _undo(stack: list[Draft]) -> None:
    # The first is what the editing began from.
    if len(stack) > 1:
        stack.pop()


def _save_form(key: str, draft: Draft, saved: str) -> None:
    st.subheader("Save", anchor=False)
    with st.form(f"own_save_{key}", enter_to_submit=False):
        left, right = st.columns(2)
        name = left.text_input(
            "What the areas are called, in the plural", value=draft.name, key=f"own_name_{key}_{draft.name}"
        )
        layer_id = draft.layer_id
        if not draft.base:
            layer_id = right.text_input(
                "Short name, for addresses and commands", value=draft.layer_id, key=f"own_id_{draft.layer_id}"
            )
        st.text_input("Why", key=f"own_reason_{key}", help="It goes on record with this version.")
        names.name_box(f"own_by_{key}")
        sent = st.form_submit_button("Save and publish", type="primary")
    if sent:
        _save(key, draft, layer_id=layer_id.strip(), name=name.strip(), saved=saved)
    act.draw_outcome(f"{saved}_{key}")


def _save(key: str, draft: Draft, *, layer_id: str, name: str, saved: str) -> None:
    record = Draft(layer_id, name, draft.areas).record()
    by, reason = names.given(f"own_by_{key}"), st.session_state[f"own_reason_{key}"]
    with st.spinner("Saving, and placing every incident anew. This may take a minute."):
        is_done = act.attempt(f"{saved}_{key}", area_acts.publish, record, by=by, reason=reason)
    if is_done:
        outcomes = st.session_state[act.OUTCOMES]
        outcomes[saved] = outcomes.pop(f"{saved}_{key}")
        close(key)
        address.change("areas", "layer", layer_id)
        st.rerun()
