"""What a draft would count, at every change: offences that come in and go out, count and harm, areas and months."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from vrin_data.contract.definition_text import as_toml
from vrin_data.contract.definitions import Definition
from vrin_data.errors import VrinError
from vrin_data.measures import DraftRequest
from vrin_data.protect import Presented
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.definitions import definition_charts as charts
from vrin_ui.definitions import definition_desk as desk
from vrin_ui.definitions.definition_compare_tables import months_table
from vrin_ui.definitions.definition_draft import running
from vrin_ui.definitions.definition_effect_words import (
    area_table,
    beside_words,
    months_frame,
    offence_table,
    reason_lines,
    total_lines,
)
from vrin_ui.definitions.definition_faults import MISSING, faults
from vrin_ui.definitions.definition_offences import (
    changed_offences,
    changed_words,
    counts_in_words,
    narrowing_words,
)
from vrin_ui.definitions.definition_page import Here
from vrin_ui.definitions.definition_wording import unit_of
from vrin_ui.wording import plain, sentence

HEIGHT, ROW_HEIGHT = 300, 35
FORMATS = {
    "Area": st.column_config.TextColumn(width=120, pinned=True),
    "Offence": st.column_config.TextColumn(width=180),
    "Weight up to": st.column_config.NumberColumn(format="localized", width=91),
}


@dataclass(frozen=True)
class Beside:
    """The definition that a draft is set against, by its ref and in words."""

    ref: str
    one: Definition
    words: str


def draw(here: Here, *, has_figures: bool) -> None:
    """The effect of the draft as it stands; what keeps it from counting anything, where that is so."""
    draft = desk.value(())
    st.subheader("What it would count", anchor=False)
    one = running(draft)
    if one is None:
        lines = [line for line in faults(draft) if not line.endswith(MISSING)]
        st.warning("**Nothing yet**\n" + "\n".join(f"- {plain(line)}" for line in lines), icon=None)
        return
    beside = _beside(here, one)
    if beside is not None:
        st.caption(f"Set against {plain(beside.words)}.")
    if has_figures and beside is not None:
        _figures(here, one, beside)
    elif one.counts_crimes:
        _offences_alone(here, one, beside)


def _beside(here: Here, one: Definition) -> Beside | None:
    """What the draft is set against: what it was begun from, or else the usual one; None of another kind."""
    refs = [desk.origin(), here.usual, *here.in_force.values()]
    for ref in refs:
        if ref in here.by_ref and _is_alike(here.by_ref[ref].definition, one):
            return Beside(ref, here.by_ref[ref].definition, here.options()[ref])
    return None


def _is_alike(one: Definition, other: Definition) -> bool:
    # Attendances and admissions come from feeds of their own, crimes of every unit from one.
    return one.counts_crimes == other.counts_crimes and (one.counts_crimes or one.unit == other.unit)


def _figures(here: Here, one: Definition, beside: Beside) -> None:
    try:
        found = ask(
            "draft effect",
            DraftRequest(here.selection(beside.ref, level="district"), as_toml(one), beside.ref),
        )
    except VrinError as error:
        st.info(plain(str(error)))
        return
    parts = dict(iter(found.frame.groupby("part", sort=False)))
    st.markdown("\n".join(f"- {line}" for line in total_lines(parts["total"].iloc[0], one)))
    reasons = reason_lines(parts["reason"]) if "reason" in parts else []
    if reasons:
        with st.expander("Why some cannot be told"):
            st.markdown("\n".join(f"- {plain(line)}" for line in reasons))
    names = ["Offences"] * one.counts_crimes + ["Months", "Districts"]
    key = f"definition_effect_{'crimes' if one.counts_crimes else 'health'}"
    for name, tab in zip(names, st.tabs(names, key=key, on_change="rerun"), strict=True):
        # What is not looked at is not drawn: each change of the draft draws all of this anew.
        if tab.open:
            with tab:
                _tab(name, here, one, beside, found)
    st.caption(found.stamp.short())
    with st.expander("Where these figures come from"):
        st.markdown("\n".join(f"- {plain(line)}" for line in found.stamp.lines()))


def _tab(name: str, here: Here, one: Definition, beside: Beside, found: Presented) -> None:
    if name == "Offences":
        _offences(here, one, beside, found)
    elif name == "Months":
        _months(found, one)
    else:
        _areas(found.frame[found.frame["part"] == "area"], one)


def _areas(rows: pd.DataFrame, one: Definition) -> None:
    shown = {"incident_count": sentence(unit_of(one))} | (
        {"harm_days": "Harm in days"} if one.counts_crimes else {}
    )
    for figure, words in shown.items():
        st.markdown(f"**{words}**")
        table = area_table(rows, figure)
        alt = f"{words} by district under the draft and before"
        figures.draw_table(table, alt=alt, height=_height(len(table)), formats=FORMATS)


def _height(rows: int) -> int:
    return min(HEIGHT, ROW_HEIGHT * (rows + 1) + 2)


def _offences(here: Here, one: Definition, beside: Beside, found: Presented) -> None:
    """The offences that come in and go out: by the definition, and those of them that the data hold."""
    _offences_alone(here, one, beside)
    rows = found.frame[found.frame["part"] == "offence"]
    st.markdown("**In these data**")
    table = offence_table(rows)
    figures.draw_table(
        table,
        alt="Offences in the data under the draft and before",
        height=_height(len(table)),
        formats=FORMATS,
    )


def _offences_alone(here: Here, one: Definition, beside: Beside | None) -> None:
    st.markdown(f"{counts_in_words(one, here.edition)} {narrowing_words(one)}")
    if beside is None or not beside.one.counts_crimes:
        return
    table = changed_offences(beside.one, one, here.edition)
    st.markdown(changed_words(table))
    if len(table):
        figures.draw_table(
            table,
            alt="Offences that come in and go out",
            height=_height(len(table)),
            formats=FORMATS,
        )


def _months(found: Presented, one: Definition) -> None:
    rows = months_frame(found.frame[found.frame["part"] == "month"])
    names = {"draft": "The draft", "beside": beside_words()}
    figure, unit = "incident_count", unit_of(one)
    data = charts.months_data(rows, figure, names)
    title = f"{unit.capitalize()} by month under the draft"
    if data.empty:
        st.info("No month of this period has come in for this area.")
        return
    st.altair_chart(
        charts.months_chart(data, unit, figure=figure, title=title, stamp=found.stamp, height=380),
        theme=None,
        width="stretch",
        alt=charts.months_alt(data, unit, title=title),
    )
    with st.expander("The figures behind this chart"):
        table = months_table(rows, names)
        figures.draw_table(table, alt="Months under the draft and before", height=_height(len(table)))
