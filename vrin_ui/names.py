"""The name of who acts: asked for wherever something goes on record, and kept for the next time."""

import streamlit as st

WHO = "who"


def name_box(key: str) -> None:
    """A box for the name of who acts, filled with the one given last."""
    st.session_state.setdefault(key, st.session_state.get(WHO, ""))
    st.text_input("Your name", key=key, help="What is decided here goes on record with it.")


def given(key: str) -> str:
    """The name in a box, kept for the next one."""
    st.session_state[WHO] = st.session_state[key]
    return str(st.session_state[key])
