"""What can be decided of a version: submit, approve, send back, retire or give up, each by name and with its reason."""

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from vrin_data.records import DefinitionVersion
from vrin_ui import act, names
from vrin_ui.definitions import definition_acts

PLACE = "decide_definition"


class Step(NamedTuple):
    """One decision: its button, what it means, and what does it."""

    label: str
    meaning: str
    does: Callable[..., str]
    can_be_alone: bool = False


STEPS: dict[str, tuple[Step, ...]] = {
    "draft": (
        Step(
            "Submit it", "Its text stays as it is until it is approved or sent back.", definition_acts.submit
        ),
        Step(
            "Give it up", "It leaves the list of drafts; its text stays on record.", definition_acts.discard
        ),
    ),
    "submitted": (
        Step(
            "Approve it",
            "It becomes the current version. A second person approves: not the one who wrote or submitted it.",
            definition_acts.approve,
            can_be_alone=True,
        ),
        Step(
            "Send it back",
            "It becomes a draft again, with your reason for its author.",
            definition_acts.send_back,
        ),
    ),
    "approved": (
        Step("Retire it", "It is no longer current. Old figures can still be made.", definition_acts.retire),
    ),
    "built-in": (
        Step("Retire it", "It is no longer current. Old figures can still be made.", definition_acts.retire),
    ),
}
"""What can be done from each state."""


def draw(one: DefinitionVersion) -> None:
    """A form for each decision that the state of a version allows, and what came of the last one."""
    act.draw_outcome(PLACE)
    for step in STEPS.get(one.state, ()):
        with st.expander(step.label):
            _form(one, step)


def _form(one: DefinitionVersion, step: Step) -> None:
    key = f"definition_{step.label.split()[0].lower()}"
    with st.form(key, border=False, enter_to_submit=False):
        st.markdown(step.meaning)
        names.name_box(f"{key}_by")
        st.text_input("Reason", key=f"{key}_reason")
        if step.can_be_alone:
            st.text_input(
                "Where there is no second person: why you decide alone",
                key=f"{key}_alone",
                help="Needed only where the person who wrote or submitted it approves it. It stays on record.",
            )
        st.form_submit_button(step.label, on_click=_decide, args=(one, step, key))


def _decide(one: DefinitionVersion, step: Step, key: str) -> None:
    state = st.session_state
    # Approved is what was read: a text that was changed meanwhile is refused.
    alone = {"alone_reason": state[f"{key}_alone"], "toml": one.toml} if step.can_be_alone else {}
    done = act.attempt(
        PLACE,
        step.does,
        one.definition_id,
        one.version,
        by=names.given(f"{key}_by"),
        reason=state[f"{key}_reason"],
        **alone,
    )
    if done:
        state[f"{key}_reason"] = ""
