"""What a data lead has chosen on a page: kept in its address, and for the way back to it."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from vrin_ui.filters import PARAMS

BESIDE_THE_FILTERS = (
    "definitions",
    "breakdown",
    "map",
    "hotspots",
    "who-when-where",
    "trends",
    "police-health",
    "compare-areas",
)
"""Pages whose own choice stands in the address beside that of the filter bar."""


def chosen(page: str, names: tuple[str, ...]) -> dict[str, str]:
    """What the address chooses of these names; without any, what was chosen here before."""
    params = {name: value for name, value in st.query_params.to_dict().items() if name in names}
    # Streamlit clears the address when the reader goes to another page.
    return params or st.session_state.get(_key(page), {})


def keep(page: str, params: Mapping[str, str]) -> None:
    """Keep a choice in the address and for the way back; what is empty is left out."""
    said = {name: value for name, value in params.items() if value}
    st.session_state[_key(page)] = said
    there = st.query_params.to_dict()
    bar = {name: there[name] for name in PARAMS if name in there} if page in BESIDE_THE_FILTERS else {}
    if there != {**bar, **said}:
        st.query_params.from_dict({**bar, **said})


def change(page: str, name: str, value: str) -> None:
    """Change one choice; for callbacks."""
    keep(page, {**st.session_state.get(_key(page), {}), name: value})


def select(page: str, name: str, label: str, options: Mapping[str, str], value: str, **more: Any) -> None:
    """A select box whose choice goes into the page's address under `name`."""
    widget = f"{page}_{name}"
    st.session_state[widget] = value
    st.selectbox(
        label,
        list(options),
        format_func=lambda one: options.get(one, one),
        key=widget,
        on_change=from_widget(page, name, widget),
        **more,
    )


def one_of(page: str, name: str, label: str, options: Mapping[str, str], value: str) -> None:
    """Choices side by side, one of which is taken; it goes into the page's address under `name`."""
    widget = f"{page}_{name}"
    st.session_state[widget] = value
    st.segmented_control(
        label,
        list(options),
        format_func=options.__getitem__,
        key=widget,
        required=True,
        on_change=from_widget(page, name, widget),
        label_visibility="collapsed",
    )


def from_widget(page: str, name: str, widget: str) -> Callable[[], None]:
    """A callback that takes a widget's value as the choice; True stands as 1."""

    def taken() -> None:
        value = st.session_state[widget]
        change(page, name, "1" if value is True else str(value or ""))

    return taken


def _key(page: str) -> str:
    return f"address_{page}"
