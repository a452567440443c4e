"""The versions of a layer: what is in force, an earlier one brought back, the layer taken out of use."""

import pandas as pd
import streamlit as st

from vrin_data.records import OwnLayerVersion
from vrin_data.records.own_layers import APPLIED, NOT_APPLIED, RETIRE
from vrin_ui import act, figures, names
from vrin_ui.areas import area_acts
from vrin_ui.wording import counted, plain

STATE_WORDS = {
    "waiting": "not published: it was interrupted",
    APPLIED: "published",
    NOT_APPLIED: "not published",
}
ACTION_WORDS = {"save": "saved", "retire": "taken out of use", "restore": "brought back"}


def shown_version(versions: list[OwnLayerVersion]) -> OwnLayerVersion:
    """The last version that a build has; where none has one, the last on record."""
    published = [one for one in versions if one.state == APPLIED]
    return published[-1] if published else versions[-1]


def say_state(versions: list[OwnLayerVersion]) -> None:
    """That the layer is out of use, or that its last version was not published, where it is so."""
    shown, last = shown_version(versions), versions[-1]
    if shown.action == RETIRE and shown.state == APPLIED:
        st.info("This layer is out of use: maps and tables do not offer it. Bring a version back below.")
    if last.state != APPLIED:
        why = f": {plain(last.failure)}" if last.failure else ", because the work on it was interrupted."
        st.warning(f"Version {last.version} is on record and was not published{why}", icon=None)


def versions_table(versions: list[OwnLayerVersion]) -> pd.DataFrame:
    """The versions for reading, newest first: Version, What, Areas, State, Build, When, By, Why."""
    return pd.DataFrame(
        [
            {
                "Version": one.version,
                "What": ACTION_WORDS[one.action],
                "Areas": len(one.layer.areas),
                "State": STATE_WORDS[one.state],
                "Build": one.build_id or "",
                "When": one.recorded_at,
                "By": one.recorded_by,
                "Why": one.reason,
            }
            for one in reversed(versions)
        ]
    )


def draw(versions: list[OwnLayerVersion], saved: str) -> None:
    """The table of versions, and the two ways back."""
    shown = shown_version(versions)
    with st.expander(f"Versions ({len(versions)}), undo"):
        figures.draw_table(versions_table(versions), alt="Versions of this layer")
        earlier = [one for one in reversed(versions) if one != shown or shown.action == RETIRE]
        if earlier:
            _restore_form(earlier, saved)
    if shown.action != RETIRE and shown.state == APPLIED:
        with st.expander("Take this layer out of use"):
            _retire_form(shown.layer_id, saved)


def _restore_form(earlier: list[OwnLayerVersion], saved: str) -> None:
    with st.form("own_restore", border=False, enter_to_submit=False):
        labels = {
            one.version: f"Version {one.version}, {counted(len(one.layer.areas), 'area')}: {one.reason}"
            for one in earlier
        }
        version = st.selectbox("Version to bring back", list(labels), format_func=labels.__getitem__)
        reason = st.text_input("Why", key="own_restore_reason")
        names.name_box("own_restore_by")
        sent = st.form_submit_button("Bring it back")
    if sent:
        _run(
            saved,
            area_acts.restore,
            earlier[0].layer_id,
            version,
            by=names.given("own_restore_by"),
            reason=reason,
        )


def _retire_form(layer_id: str, saved: str) -> None:
    with st.form("own_retire", border=False, enter_to_submit=False):
        st.markdown("It stays on record and can be brought back. Maps and tables offer it no longer.")
        reason = st.text_input("Why", key="own_retire_reason")
        names.name_box("own_retire_by")
        sent = st.form_submit_button("Take it out of use")
    if sent:
        _run(saved, area_acts.retire, layer_id, by=names.given("own_retire_by"), reason=reason)


def _run(saved: str, action, *of: object, **named: object) -> None:  # type: ignore[no-untyped-def]
    with st.spinner("Publishing, and placing every incident anew. This may take a minute."):
        act.attempt(saved, action, *of, **named)
    st.rerun()
