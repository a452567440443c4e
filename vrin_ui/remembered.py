"""Boxes whose choice is remembered while they are off the screen: Streamlit forgets what is not drawn."""

from collections.abc import Mapping, MutableMapping
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")
PUT = " (put)"
Memory = MutableMapping[str, Any]


def select(memory: Memory, key: str, label: str, options: Mapping[T, str], usual: T, **more: Any) -> T:
    """What is chosen in a select box of options with their words; `usual` where nothing was chosen yet."""
    known = list(options)
    value = memory.get(key, usual)
    if memory.pop(f"{key}{PUT}", False) and value in options:
        st.session_state[key] = value
    # As the index and not as the widget's state: a page that is drawn twice in a row would show the first one.
    index = known.index(value) if value in options else 0
    chosen = st.selectbox(label, known, index=index, format_func=options.__getitem__, key=key, **more)
    memory[key] = chosen if chosen in options else known[index]
    return memory[key]


def put(memory: Memory, key: str, value: Any) -> None:
    """Choose for a person what a box is to show when it is drawn next."""
    memory[key], memory[f"{key}{PUT}"] = value, True


def text(memory: Memory, key: str, label: str, **more: Any) -> str:
    """What stands in a text box."""
    memory[key] = st.text_input(label, value=memory.get(key, ""), key=key, **more)
    return str(memory[key])
