"""The worksheet of section 13(6): what the data say beside what partners judge, saved with the version."""

import streamlit as st

from vrin_data.contract.worksheet import CONSIDERATIONS, JUDGEMENTS, NOT_SAID, Consideration, Worksheet
from vrin_data.records import DefinitionVersion
from vrin_ui import act, definition_acts, names, on_record
from vrin_ui.definition_page import Here
from vrin_ui.wording import day_words, plain, sentence

PLACE = "worksheet"


def draw(here: Here, one: DefinitionVersion) -> None:
    """The four considerations: what the data say, and what was judged; the form behind a line that opens."""
    st.markdown(
        "The Act leaves it to the partners of an area which violence is serious there. They must take four things into "
        "account. What the data say stands beside what was judged."
    )
    act.draw_outcome(PLACE)
    last = on_record.worksheet(one)
    if last:
        st.markdown(f"Judged by {plain(last.recorded_by)} on {day_words(last.recorded_at.date())}.")
    else:
        st.markdown("Nobody has judged this version yet.")
    judged = (last.worksheet if last else Worksheet()).considerations()
    for name, title in CONSIDERATIONS.items():
        _consideration(title, judged[name])
    with st.expander("Fill in the worksheet"):
        _form(one, judged)


def _consideration(title: str, judged: Consideration) -> None:
    said = f"{sentence(JUDGEMENTS[judged.judgement])}." + (f" {judged.words}" if judged.words else "")
    st.markdown(f"**{plain(title)}**\n\n{plain(said)}")


def _form(one: DefinitionVersion, judged: dict[str, Consideration]) -> None:
    with st.form("worksheet", border=False, enter_to_submit=False):
        for name, title in CONSIDERATIONS.items():
            key = _key(one, name)
            st.session_state.setdefault(f"{key}_judgement", judged[name].judgement)
            st.session_state.setdefault(f"{key}_words", judged[name].words)
            st.radio(
                title,
                list(JUDGEMENTS),
                format_func=lambda value: sentence(JUDGEMENTS[value]),
                key=f"{key}_judgement",
                horizontal=True,
            )
            st.text_area("Why", key=f"{key}_words", height=92)
        names.name_box("worksheet_by")
        st.form_submit_button("Save the worksheet", on_click=_save, args=(one,))


def _save(one: DefinitionVersion) -> None:
    state = st.session_state
    filled_in = Worksheet(
        **{
            name: Consideration(
                judgement=state.get(f"{_key(one, name)}_judgement", NOT_SAID),
                words=state.get(f"{_key(one, name)}_words", "").strip(),
            )
            for name in CONSIDERATIONS
        }
    )
    act.attempt(
        PLACE,
        definition_acts.save_worksheet,
        one.definition_id,
        one.version,
        filled_in,
        by=names.given("worksheet_by"),
    )


def _key(one: DefinitionVersion, name: str) -> str:
    return f"worksheet_{one.ref}_{name}"
