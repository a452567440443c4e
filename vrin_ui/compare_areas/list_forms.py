"""Lists of comparators on the screen: brought in from a file, changed for an area, brought back, taken out of use."""

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.contract.comparator_files import ReadComparators
from vrin_data.contract.own_layers import slug
from vrin_data.measures import Catalogue
from vrin_data.records import ComparatorVersion
from vrin_ui import act, figures, names
from vrin_ui.compare_areas import list_acts
from vrin_ui.compare_areas.compare_choice import CompareChoice, areas_offered
from vrin_ui.wording import counted, plain

SAVED, LOOKED, SEEN = "comparators_saved", "comparators_looked", "comparators_seen"
FORM_HELP = (
    "CSV or XLSX, a row for each pair (area code, neighbour code, rank) or a row for each area (area code, neighbour "
    "1, neighbour 2 and so on). Names of areas do as well as codes."
)
MOST_SHOWN = 400


def draw(choices: Catalogue, choice: CompareChoice, lists: Mapping[str, ComparatorVersion]) -> None:
    """The lists on record, and the forms that change them."""
    act.draw_outcome(SAVED)
    # Always of the same name: under another one it would close when a list is saved.
    with st.expander("Lists of comparators"):
        if lists:
            figures.draw_table(_lists_table(lists), alt="Lists of comparators on record")
        what = {"in": "Bring a list in", "area": "Change one area", "back": "Undo", "out": "Take out of use"}
        forms: dict[str, Callable[[], None]] = {
            "in": lambda: _draw_import(choice),
            "area": lambda: _draw_area(choices, choice, lists),
            "back": _draw_undo,
            "out": lambda: _draw_retire(lists),
        }
        shown = st.segmented_control(
            "What to do",
            list(what),
            format_func=what.__getitem__,
            default="in",
            required=True,
            key="lists_what",
        )
        forms[str(shown)]()


def _lists_table(lists: Mapping[str, ComparatorVersion]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "List": [one.name for one in lists.values()],
            "Version": [one.version for one in lists.values()],
            "Areas": [len(one.comparators.neighbours) for one in lists.values()],
            "From": [one.source for one in lists.values()],
            "Recorded by": [one.recorded_by for one in lists.values()],
            "Why": [one.reason for one in lists.values()],
        }
    )


def _draw_import(choice: CompareChoice) -> None:
    st.markdown(FORM_HELP)
    file = st.file_uploader(
        "File of the list", type=["csv", "xlsx", "xls", "ods"], key="lists_file", on_change=_forget
    )
    name = st.text_input(
        "What the list is called", key="lists_name", placeholder="ONS nearest neighbours 2024"
    )
    source = st.text_input("Who published it, and when", key="lists_source")
    if st.button("Look at the file", disabled=file is None, key="lists_look") and file is not None:
        act.attempt(LOOKED, _look, file, name=name.strip(), source=source.strip(), level=choice.level)
    act.draw_outcome(LOOKED)
    seen: ReadComparators | None = st.session_state.get(SEEN)
    if seen is None or file is None:
        return
    st.markdown("\n".join(f"- {plain(note)}" for note in seen.notes))
    with st.form("lists_save", enter_to_submit=False):
        reason, sent = _decision("lists_save", "Save the list")
    if sent and _do(list_acts.save, seen.comparators, by=names.given("lists_save_by"), reason=reason):
        _forget()
        st.rerun()


def _look(file: Any, *, name: str, source: str, level: str) -> str:
    _forget()
    list_id = slug(name)[:40].strip("-")
    st.session_state[SEEN] = list_acts.look(
        file.name, file.getvalue(), list_id=list_id, name=name, source=source, level=level
    )
    return "The file was read. Nothing was changed yet."


def _draw_area(choices: Catalogue, choice: CompareChoice, lists: Mapping[str, ComparatorVersion]) -> None:
    if not lists or not choice.at:
        st.markdown(
            "Choose an area above, and bring a list in first: then its comparators can be changed here."
        )
        return
    areas = areas_offered(choices, choice.level)
    labels = {list_id: one.name for list_id, one in lists.items()}
    list_id = st.selectbox("List", list(labels), format_func=labels.__getitem__, key="lists_area_list")
    own = lists[list_id].comparators.of_areas.get(choice.at, ())
    offered = [*dict.fromkeys([*own, *(code for code in areas if code != choice.at)])][:MOST_SHOWN]
    with st.form(f"lists_area_{list_id}_{choice.at}", enter_to_submit=False):
        codes = st.multiselect(
            f"Comparators of {areas[choice.at]}, nearest first",
            offered,
            default=list(own),
            format_func=lambda code: areas.get(code, code),
        )
        reason, sent = _decision("lists_area", "Save the comparators")
    if sent and _do(
        list_acts.set_area, list_id, choice.at, codes, by=names.given("lists_area_by"), reason=reason
    ):
        st.rerun()


def _draw_undo() -> None:
    every = list_acts.earlier_versions()
    if not every:
        st.markdown("There is no earlier version to bring back.")
        return
    labels = {
        (one.list_id, one.version): f"{one.name}, version {one.version} ({one.action}): {one.reason}"
        for one in every
    }
    with st.form("lists_undo", enter_to_submit=False):
        chosen = st.selectbox("Version to bring back", list(labels), format_func=labels.__getitem__)
        reason, sent = _decision("lists_undo", "Bring it back")
    if sent and _do(list_acts.restore, *chosen, by=names.given("lists_undo_by"), reason=reason):
        st.rerun()


def _draw_retire(lists: Mapping[str, ComparatorVersion]) -> None:
    if not lists:
        st.markdown("No list stands on record.")
        return
    labels = {
        list_id: f"{one.name}, {counted(len(one.comparators.neighbours), 'area')}"
        for list_id, one in lists.items()
    }
    with st.form("lists_retire", enter_to_submit=False):
        list_id = st.selectbox("List to take out of use", list(labels), format_func=labels.__getitem__)
        reason, sent = _decision("lists_retire", "Take it out of use")
    if sent and _do(list_acts.retire, list_id, by=names.given("lists_retire_by"), reason=reason):
        st.rerun()


def _decision(key: str, label: str) -> tuple[str, bool]:
    """The reason and the name of who decides, and whether the button was pressed."""
    reason = st.text_input("Why", key=f"{key}_reason", help="It goes on record with this version.")
    names.name_box(f"{key}_by")
    return reason, st.form_submit_button(label, type="primary")


def _do(action: Callable[..., str], *of: Any, **named: Any) -> bool:
    done = act.attempt(SAVED, action, *of, **named)
    if not done:
        act.draw_outcome(SAVED)
    return done


def _forget() -> None:
    st.session_state.pop(SEEN, None)
