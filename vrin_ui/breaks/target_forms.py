"""The target of one series: what holds, a form that sets one, and a way back."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from vrin_data import records
from vrin_data.records import SeriesKey, Target
from vrin_data.records.targets import DIRECTIONS
from vrin_ui import act, names
from vrin_ui.ask import open_store
from vrin_ui.breaks import break_acts
from vrin_ui.breaks.take_back import take_back_form
from vrin_ui.wording import day_words, month_words, plain

PLACE = "target"


def target_on_record(series: SeriesKey, figure: str, month: date) -> Target | None:
    """The target that holds for a series' figure in a month, None where none does."""
    return records.target_of(open_store().path, series, figure, month=month)


def draw_target_form(series: SeriesKey, figure: str, months: Sequence[date], *, unit: str) -> None:
    """The targets of a series' figure, a form that sets one from a month of the series on, and a way back."""
    act.draw_outcome(PLACE)
    found = [
        one for one in records.targets(open_store().path) if (one.series, one.figure) == (series, figure)
    ]
    st.markdown(
        "\n".join(f"- {_words(one, unit)}" for one in found) or "No target is on record for this series."
    )
    with st.expander("Set a target"), st.form("target", border=False):
        st.number_input(f"Target ({unit})", min_value=0.0, value=None, key="target_value")
        st.radio("It is to be", [*DIRECTIONS], format_func=DIRECTIONS.__getitem__, key="target_direction")
        key = f"target_month_{series.words}"
        st.selectbox("From", [*months], index=len(months) - 1, format_func=month_words, key=key)
        st.text_input("Reason", key="target_reason", help="Who set it and where, in a sentence.")
        names.name_box("target_by")
        st.form_submit_button("Set this target", on_click=_set, args=(series, figure, key))
    standing = {one.target_id: f"{one.value:,g} from {month_words(one.from_month)}" for one in found}
    take_back_form(
        PLACE, standing, break_acts.withdraw_target, what="a target", button="Take this target back"
    )


def _set(series: SeriesKey, figure: str, key: str) -> None:
    state = st.session_state
    done = act.attempt(
        PLACE,
        break_acts.set_target,
        series,
        figure,
        value=state["target_value"],
        direction=state["target_direction"],
        from_month=state[key],
        by=names.given("target_by"),
        reason=state["target_reason"],
    )
    if done:
        state["target_reason"], state["target_value"] = "", None


def _words(one: Target, unit: str) -> str:
    said = f"{plain(one.reason)} ({plain(one.recorded_by)}, {day_words(one.recorded_at)})"
    return f"**{DIRECTIONS[one.direction]} {one.value:,g} {unit}** from {month_words(one.from_month)}: {said}"
