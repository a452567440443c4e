"""The editor of definitions: how one is begun, what is written in which step, and the way out."""

from typing import Any

import streamlit as st

from vrin_data.contract.definition_text import read_draft
from vrin_data.records import DefinitionVersion
from vrin_ui import act, address
from vrin_ui.definitions import (
    definition_acts,
    definition_desk,
    definition_edit_narrowing,
    definition_edit_offences,
    definition_edit_save,
    definition_edit_words,
    definition_effect,
    definition_page,
)
from vrin_ui.definitions.definition_address import PAGE, go
from vrin_ui.definitions.definition_draft import from_definition
from vrin_ui.definitions.definition_page import Here
from vrin_ui.wording import plain

STEPS = {
    "": "1. What is counted",
    "narrowed": "2. Narrowed to",
    "words": "3. Words and dates",
    "save": "4. Save",
}
DRAW = {
    "": definition_edit_offences.draw,
    "narrowed": definition_edit_narrowing.draw,
    "words": definition_edit_words.draw,
    "save": definition_edit_save.draw,
}
FILE = "definition_file"


def copy_buttons(one: DefinitionVersion) -> None:
    """The ways from a version into the editor."""
    label = "Change this draft" if one.state == "draft" else "Make a new version of it"
    if one.state != "submitted":
        st.button(
            label,
            on_click=definition_desk.open_version,
            args=(one,),
            kwargs={"as_new": False},
            key="copy_version",
        )
    st.button(
        "Copy it into a definition of your own",
        on_click=definition_desk.open_version,
        args=(one,),
        kwargs={"as_new": True},
        key="copy_new",
    )


def begin_buttons() -> None:
    """The ways into the editor from the library."""
    with st.container(horizontal=True):
        st.button("Write a definition from nothing", on_click=definition_desk.open_empty, key="begin_nothing")
        st.button("From a copy or a file", on_click=go, kwargs={"view": "edit"}, key="begin_other")


def draw(here: Here) -> None:
    """The draft that is open, beside what it would count; where none is, the ways to begin one."""
    if definition_desk.draft() is None:
        _begin(here)
        return
    has_figures = definition_page.bar(here, definition_desk.origin() or here.usual)
    name = definition_desk.value(("name",)).strip() or "no name yet"
    st.header(plain(f"Writing: {name}"), anchor=False)
    _ways_out(here)
    step = here.chosen.step if here.chosen.step in STEPS else ""
    _switch(step)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        DRAW[step](here)
    with right, st.container(key="definition_effect"):
        definition_effect.draw(here, has_figures=has_figures)


def _switch(step: str) -> None:
    address.one_of(PAGE, "step", "Step", STEPS, step)


def _ways_out(here: Here) -> None:
    st.caption(_where_it_stands(here))
    with st.container(horizontal=True):
        st.button(
            "Take the last change back",
            on_click=definition_desk.go_back,
            disabled=not definition_desk.can_go_back(),
            key="draft_back",
        )
        st.button("Close without saving", on_click=definition_desk.close, key="draft_close")


def _where_it_stands(here: Here) -> str:
    """From what the draft was begun, and what of it is on record."""
    saved, begun_from = definition_desk.saved(), definition_desk.origin()
    if saved in here.by_ref:
        label = here.by_ref[saved].label
        return f"Saved as {label}. What is changed since then is not on record until it is saved again."
    source = plain(here.options()[begun_from]) if begun_from in here.by_ref else "nothing"
    return f"Begun from {source}. Nothing is on record until it is saved."


def _begin(here: Here) -> None:
    st.markdown("A definition is written as a draft. Until it is approved nothing rests on it.")
    _reopen()
    st.header("From a copy", anchor=False)
    options = here.options()
    ref = here.chosen.read or here.usual
    address.select(PAGE, "read", "Copy of", options, ref)
    with st.container(horizontal=True):
        copy_buttons(here.by_ref[ref])
    st.header("From nothing", anchor=False)
    st.button("Begin an empty draft", on_click=definition_desk.open_empty, key="begin_empty")
    st.header("From a file (TOML)", anchor=False)
    act.draw_outcome(FILE)
    with st.form("definition_file_form", border=False):
        file = st.file_uploader("Definition file", type=["toml"], key="definition_upload")
        sent = st.form_submit_button("Open it in the editor")
    if sent:
        _take_file(file)


def _reopen() -> None:
    closed = definition_desk.closed()
    if closed is not None:
        st.button(
            f"Open again what was closed last: {closed['name'].strip() or 'a draft without a name'}",
            on_click=definition_desk.reopen,
            key="draft_reopen",
        )


def _take_file(file: Any) -> None:
    name, content = (file.name, file.getvalue()) if file else ("", b"")
    if act.attempt(FILE, _open_file, content, name):
        st.rerun()
    act.draw_outcome(FILE)


def _open_file(content: bytes, name: str) -> str:
    text = definition_acts.file_text(content, name)
    definition_desk.open_draft(from_definition(read_draft(text, name)), "")
    return f"{name} is open in the editor. It is not on record yet."
