"""One form that takes back what stands on record, with a reason and a name: breaks, re-basings and targets share it."""

from collections.abc import Callable, Mapping

import streamlit as st

from vrin_ui import act, names


def take_back_form(
    place: str, standing: Mapping[int, str], action: Callable[..., str], *, what: str, button: str
) -> None:
    """A form over what stands, by number and in words; nothing where nothing stands."""
    if not standing:
        return
    key = f"{place}_back"
    with st.expander(f"Take back {what}"), st.form(key, border=False):
        st.selectbox(
            f"Which {what.split()[-1]}", [*standing], format_func=standing.__getitem__, key=f"{key}_which"
        )
        st.text_input(
            "Reason", key=f"{key}_reason", help="In a sentence; what is taken back stays on record."
        )
        names.name_box(f"{key}_by")
        st.form_submit_button(button, on_click=_take_back, args=(place, action), key=f"{key}_do")


def _take_back(place: str, action: Callable[..., str]) -> None:
    key, state = f"{place}_back", st.session_state
    done = act.attempt(
        place, action, state[f"{key}_which"], by=names.given(f"{key}_by"), reason=state[f"{key}_reason"]
    )
    if done:
        state[f"{key}_reason"] = ""
