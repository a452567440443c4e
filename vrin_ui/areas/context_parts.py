"""What the forms of context data share: what a look at a file says, and the form that takes it in."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from vrin_ui import act, names
from vrin_ui.areas import context_acts
from vrin_ui.wording import counted, plain

TYPES = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "parquet"]
LINES_SHOWN = 8


def draw_file(
    what: str, file: Any, said: Mapping[str, Any], told: Callable[[Mapping[str, Any]], list[str]]
) -> None:
    """The button that looks at a file, what was understood of it, and the form that takes it in.

    `what` is indicators or assets, `said` are the options of its command, `told` gives the words for a look.
    """
    key = f"{what}_seen"
    if st.button("Look at the file", disabled=file is None, key=f"{what}_look") and file is not None:
        st.session_state.pop(key, None)
        with st.spinner("Reading and checking"):
            act.attempt(key, _look, what, file, said)
    act.draw_outcome(key)
    seen = st.session_state.get(f"{what}_found")
    # What was said since the look has to be looked at again.
    if seen and file is not None and (seen["file_id"], seen["said"]) == (file.file_id, dict(said)):
        _draw_seen(what, file, seen["found"], said, told(seen["found"]))


def _look(what: str, file: Any, said: Mapping[str, Any]) -> str:
    st.session_state.pop(f"{what}_found", None)
    found = context_acts.read_file(what, file.name, file.getbuffer(), said)
    st.session_state[f"{what}_found"] = {"file_id": file.file_id, "said": dict(said), "found": found}
    return "The file was read. Nothing was changed yet."


def _draw_seen(
    what: str, file: Any, found: Mapping[str, Any], said: Mapping[str, Any], words: list[str]
) -> None:
    st.markdown("\n".join(f"- {plain(line)}" for line in [*words, *found["warnings"], *_left_out(found)]))
    with st.form(f"{what}_take", enter_to_submit=False):
        names.name_box(f"{what}_by")
        sent = st.form_submit_button("Take it in", type="primary")
    if sent:
        with st.spinner("Taking it in"):
            done = act.attempt(
                what,
                context_acts.take_in,
                what,
                file.name,
                file.getbuffer(),
                said,
                by=names.given(f"{what}_by"),
            )
        if done:
            st.session_state.pop(f"{what}_found", None)
            st.session_state[f"{what}_number"] = st.session_state.get(f"{what}_number", 0) + 1
        st.rerun()


def _left_out(found: Mapping[str, Any]) -> list[str]:
    """Why rows are left out, each reason with its first lines."""
    words = []
    for reason, count in found["reasons"].items():
        lines = [str(one["line"]) for one in found["left_out"] if one["reason"] == reason]
        more = " and more" if count > LINES_SHOWN else ""
        words.append(
            f"{counted(count, 'row')} left out: {reason} (line {', '.join(lines[:LINES_SHOWN])}{more})"
        )
    return words


def draw_removal(what: str, options: Mapping[str, str], remove: Callable[..., str], *, label: str) -> None:
    """A form that removes one of some options; nothing where there is none."""
    if not options:
        return
    with st.expander(label), st.form(f"{what}_remove", border=False, enter_to_submit=False):
        chosen = st.selectbox("Which", list(options), format_func=options.__getitem__, key=f"{what}_gone")
        names.name_box(f"{what}_gone_by")
        if st.form_submit_button("Remove it") and chosen:
            with st.spinner("Publishing a build without it"):
                act.attempt(what, remove, chosen, by=names.given(f"{what}_gone_by"))
            st.rerun()
