"""Boxes for the draft of a definition: each shows what stands at a path of the draft, and changes it there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from vrin_ui.definitions import definition_desk as desk


def key(path: desk.Path) -> str:
    """The key of the box for a path."""
    return "draft_" + "_".join(map(str, path))


def _taken(path: desk.Path, read: Callable[[Any], Any]) -> Callable[[], None]:
    return lambda: desk.put(path, read(st.session_state[key(path)]))


def text(path: desk.Path, label: str, *, tall: bool = False, **more: Any) -> None:
    """A box for a text of the draft."""
    st.session_state[key(path)] = desk.value(path)
    of: dict[str, Any] = {"key": key(path), "on_change": _taken(path, str), **more}
    if tall:
        st.text_area(label, height=92, **of)
    else:
        st.text_input(label, **of)


def many(
    path: desk.Path,
    label: str,
    options: dict[str, str],
    *,
    groups: Mapping[str, Sequence[str]] | None = None,
    **more: Any,
) -> None:
    """A box for several of some options; what is chosen already and is no option any more stays.

    `groups` are options that stand for several others: chosen, one gives way to those.
    """
    chosen: Sequence[str] = desk.value(path)
    known = {**options, **{one: one for one in chosen if one not in options}}
    st.session_state[key(path)] = list(chosen)
    st.multiselect(
        label,
        list(known),
        format_func=known.__getitem__,
        key=key(path),
        on_change=_taken(path, lambda new: without_groups(new, groups or {})),
        placeholder="Any" if more.pop("is_filter", False) else "Choose one or more",
        # To choose everything, or every match, is never meant, and stood before what was looked for.
        select_all=False,
        wrap=True,
        **more,
    )


def without_groups(chosen: Sequence[str], groups: Mapping[str, Sequence[str]]) -> list[str]:
    """What is chosen, each once, with what a group stands for in its place."""
    return list(dict.fromkeys(one for name in chosen for one in groups.get(name, (name,))))


def one_of(path: desk.Path, label: str, options: dict[Any, str], **more: Any) -> None:
    """A box for one of some options."""
    st.session_state[key(path)] = desk.value(path)
    st.selectbox(
        label,
        list(options),
        format_func=lambda one: options.get(one, str(one)),
        key=key(path),
        on_change=_taken(path, lambda new: new),
        **more,
    )


def yes(path: desk.Path, label: str, **more: Any) -> None:
    """A box to tick."""
    st.session_state[key(path)] = desk.value(path)
    st.checkbox(label, key=key(path), on_change=_taken(path, bool), **more)


def number(path: desk.Path, label: str, **more: Any) -> None:
    """A box for a number, empty for none."""
    st.session_state[key(path)] = desk.value(path)
    st.number_input(label, key=key(path), on_change=_taken(path, lambda new: new), **more)
