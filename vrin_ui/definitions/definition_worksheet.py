"""The worksheet of section 13(6): what the data say beside what partners judge, saved with the version."""

import streamlit as st

from vrin_data.contract.worksheet import CONSIDERATIONS, JUDGEMENTS, NOT_SAID, Consideration, Worksheet
from vrin_data.errors import VrinError
from vrin_data.protect import Presented
from vrin_data.records import DefinitionVersion
from vrin_ui import act, figures, names, on_record
from vrin_ui.ask import ask
from vrin_ui.definitions import definition_acts
from vrin_ui.definitions.definition_page import Here
from vrin_ui.definitions.definition_worksheet_words import as_saved, said_by_data
from vrin_ui.wording import day_words, plain, sentence

PLACE = "worksheet"
Items = list[tuple[str, str]]


def draw(here: Here, one: DefinitionVersion) -> None:
    """The four considerations: what the data say on one side, what was judged or the boxes for it on the other."""
    st.markdown(
        "The Act leaves it to the partners of an area which violence is serious there. They must take four things into "
        "account. For each, what the data say, and what was judged."
    )
    found = _found(here, one)
    said = said_by_data(found.frame) if found else {}
    last = on_record.worksheet(one)
    judged = (last.worksheet if last else Worksheet()).considerations()
    act.draw_outcome(PLACE)
    if last:
        st.markdown(f"Judged by {plain(last.recorded_by)} on {day_words(last.recorded_at.date())}.")
    if st.toggle("Fill in or change the judgements", key=f"worksheet_open_{one.ref}"):
        _form(here, one, judged, said, found)
    else:
        for name, title in CONSIDERATIONS.items():
            left, right = _row(title)
            with left:
                _data(said.get(name, []))
            with right:
                _judged(judged[name])
    if found:
        figures.draw_stamp(found, name="worksheet")


def _found(here: Here, one: DefinitionVersion) -> Presented | None:
    if here.choices is None:
        return None
    try:
        return ask("worksheet", here.selection(one.ref))
    except VrinError as error:
        st.info(plain(str(error)))
        return None


def _row(title: str) -> tuple[st.delta_generator.DeltaGenerator, st.delta_generator.DeltaGenerator]:
    st.markdown(f"**{plain(title)}**")
    left, right = st.columns(2, gap="medium")
    return left, right


def _data(items: Items) -> None:
    if not items:
        st.markdown("No data have come in of it.")
    else:
        st.markdown("\n".join(f"- {plain(words)}: {plain(figure)}" for words, figure in items))


def _judged(one: Consideration) -> None:
    words = f" {one.words}" if one.words else ""
    st.markdown(f"{sentence(JUDGEMENTS[one.judgement])}.{plain(words)}")
    if one.figures:
        with st.expander("The figures that lay before them"):
            _data([(name, str(figure)) for name, figure in one.figures.items()])


def _form(
    here: Here,
    one: DefinitionVersion,
    judged: dict[str, Consideration],
    said: dict[str, Items],
    found: Presented | None,
) -> None:
    origin = f"{here.place}, {found.stamp.period}; {found.stamp.short()}" if found else ""
    with st.form("worksheet", border=False, enter_to_submit=False):
        for name, title in CONSIDERATIONS.items():
            left, right = _row(title)
            with left:
                _data(said.get(name, []))
            with right:
                _boxes(_key(one, name), judged[name], title)
        names.name_box("worksheet_by")
        kept = {name: as_saved(said.get(name, []), origin) for name in CONSIDERATIONS}
        st.form_submit_button("Save the worksheet", on_click=_save, args=(one, kept), type="primary")


def _boxes(key: str, judged: Consideration, title: str) -> None:
    st.session_state.setdefault(f"{key}_judgement", judged.judgement)
    st.session_state.setdefault(f"{key}_words", judged.words)
    st.radio(
        f"Judgement: {title}",
        list(JUDGEMENTS),
        format_func=lambda value: sentence(JUDGEMENTS[value]),
        key=f"{key}_judgement",
        label_visibility="collapsed",
    )
    st.text_area(f"Why: {title[:1].lower()}{title[1:]}", key=f"{key}_words", height=92)


def _save(one: DefinitionVersion, kept: dict[str, dict[str, str]]) -> None:
    state = st.session_state
    filled_in = Worksheet(
        **{
            name: Consideration(
                judgement=state.get(f"{_key(one, name)}_judgement", NOT_SAID),
                words=state.get(f"{_key(one, name)}_words", "").strip(),
                figures=kept[name],
            )
            for name in CONSIDERATIONS
        }
    )
    done = act.attempt(
        PLACE,
        definition_acts.save_worksheet,
        one.definition_id,
        one.version,
        filled_in,
        by=names.given("worksheet_by"),
    )
    if done:
        state[f"worksheet_open_{one.ref}"] = False


def _key(one: DefinitionVersion, name: str) -> str:
    return f"worksheet_{one.ref}_{name}"
