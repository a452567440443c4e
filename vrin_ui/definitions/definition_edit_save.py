"""Saving a draft, and what comes after: hand it in, take it along as a file, or give it up."""

import streamlit as st

from vrin_data.contract.definition_text import as_toml
from vrin_data.contract.definition_words import plain_english
from vrin_data.records import DefinitionVersion
from vrin_ui import act, names
from vrin_ui.definitions import definition_acts, definition_address, definition_decide
from vrin_ui.definitions import definition_desk as desk
from vrin_ui.definitions.definition_draft import definition_of
from vrin_ui.definitions.definition_faults import faults
from vrin_ui.definitions.definition_page import Here
from vrin_ui.wording import plain

PLACE = "save_definition"


def draw(here: Here) -> None:
    """What the draft says in plain English, what keeps it from being saved, and the form that saves it."""
    draft = desk.value(())
    wrong = faults(draft)
    if wrong:
        _wrong(wrong)
        return
    made = definition_of(draft)
    with st.expander("What it says in plain English"):
        st.markdown("\n\n".join(plain(line) for line in plain_english(made)))
    st.markdown(_what_becomes(here, made.id))
    with st.form("definition_save", border=True, enter_to_submit=False):
        names.name_box("definition_by")
        st.form_submit_button("Save as a draft", on_click=_save, args=(as_toml(made),), type="primary")
    act.draw_outcome(PLACE)
    st.download_button(
        "Download it as it stands (TOML)",
        data=as_toml(made).encode(),
        file_name=f"{made.id}-draft.toml",
        mime="application/toml",
        on_click="ignore",
        key="draft_download",
    )
    saved = here.by_ref.get(desk.saved())
    if saved is not None and saved.definition_id == made.id:
        _after(saved)


def _wrong(lines: list[str]) -> None:
    st.error("**Before it can be saved**\n" + "\n".join(f"- {plain(line)}" for line in lines))
    st.button(
        "Go to the words and dates",
        on_click=definition_address.go,
        kwargs={"step": "words"},
        key="draft_words",
    )


def _what_becomes(here: Here, definition_id: str) -> str:
    """Which version the draft becomes, and what is replaced by it."""
    own = [one for one in here.versions if one.definition_id == definition_id]
    opened = next((one for one in own if one.state == "draft"), None)
    if opened:
        return (
            f"There is an open draft of it, version {opened.version}. Saving puts this text in its place; the earlier "
            "text stays on record."
        )
    if own:
        return f"It becomes version {max(one.version for one in own) + 1} of **{plain(own[-1].name)}**."
    return "It becomes a new definition, version 1."


def _save(toml: str) -> None:
    act.attempt(PLACE, _saved, toml, by=names.given("definition_by"))


def _saved(toml: str, *, by: str) -> str:
    saved = definition_acts.save_draft(toml, by=by)
    st.session_state[desk.SAVED] = saved.ref
    return definition_acts.saved_words(saved)


def _after(saved: DefinitionVersion) -> None:
    st.subheader(plain(f"{saved.name}, version {saved.version}"), anchor=False)
    with st.container(horizontal=True):
        st.button(
            "Read it",
            on_click=definition_address.go,
            kwargs={"view": "read", "read": saved.ref},
            key="saved_read",
        )
        st.button(
            "Compare it",
            on_click=definition_address.compare,
            args=(saved.ref,),
            key="saved_compare",
        )
    definition_decide.draw(saved)
