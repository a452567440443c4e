"""The register of breaks: what is known nationally, what people recorded, a form to record one, a way back."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import streamlit as st

from vrin_data import records
from vrin_data.contract.breaks import KINDS, Break, Concern, national_breaks
from vrin_data.measures import Catalogue
from vrin_data.records import RecordedBreak
from vrin_ui import act, figures, names
from vrin_ui.ask import open_store
from vrin_ui.breaks import break_acts
from vrin_ui.breaks.concern_words import Named, named, with_any
from vrin_ui.breaks.take_back import take_back_form
from vrin_ui.wording import day_words, plain, sentence

PLACE = "break"
EARLIEST = date(1990, 1, 1)
NATIONAL = "National, with a source"


def draw_register(choices: Catalogue) -> None:
    """Every break on record with its reason, and the forms that record one and take one back."""
    known = named(choices)
    found = records.recorded_breaks(open_store().path, with_withdrawn=True)
    st.markdown(
        "A break is a dated event after which figures may count otherwise than before. It is drawn on every series "
        "that it concerns and on no other, and moves no limits: those begin anew only where a person says so."
    )
    act.draw_outcome(PLACE)
    st.markdown(register_list(found, known))
    with st.expander("The register as a table, with what was taken back"):
        figures.draw_table(register_table(found, known), alt="Breaks on record, oldest first")
    with st.expander("Record a break"):
        break_form(known)
    standing = {
        one.number: f"{day_words(one.what.happened_on)}: {one.what.title}"
        for one in found
        if one.withdrawn_at is None
    }
    take_back_form(PLACE, standing, break_acts.withdraw_break, what="a break", button="Take this break back")


def register_list(found: Sequence[RecordedBreak], known: Named) -> str:
    """The breaks that stand as a list in Markdown, oldest first, each with what it concerns and how it is known."""
    standing = [*national_breaks(), *(one.what for one in found if one.withdrawn_at is None)]
    return "\n".join(f"- {_said(one, known)}" for one in sorted(standing, key=lambda one: one.happened_on))


def _said(one: Break, known: Named) -> str:
    counts = " Figures before and after count different things." if one.is_definition_change else ""
    by = f" ({plain(one.recorded_by)})" if one.recorded_by else ""
    return (
        f"**{day_words(one.happened_on)}: {plain(one.title)}.** Concerns {plain(known.words(one.concern))}.{counts} "
        f"{sentence(plain(one.reason))}{by}."
    )


def register_table(found: Sequence[RecordedBreak], known: Named) -> pd.DataFrame:
    """The national breaks and those recorded, oldest first; those taken back say by whom and why."""
    rows = [
        _row(one.happened_on, one.kind, one.title, known.words(one.concern), one.is_definition_change)
        | {"Recorded by": NATIONAL, "Reason": one.reason, "Taken back": ""}
        for one in national_breaks()
    ]
    for one in found:
        what = one.what
        rows.append(
            _row(
                what.happened_on,
                what.kind,
                what.title,
                known.words(what.concern),
                what.is_definition_change,
            )
            | {
                "Recorded by": f"{what.recorded_by}, {day_words(one.recorded_at)}",
                "Reason": what.reason,
                "Taken back": _taken_back(one),
            }
        )
    return pd.DataFrame(rows).sort_values("Day", ignore_index=True)


def _row(day: date, kind: str, title: str, concerns: str, is_change: bool) -> dict[str, object]:
    return {
        "Day": day,
        "What happened": title,
        "Concerns": concerns,
        "Kind": sentence(KINDS[kind]),
        "Counts another thing": "yes" if is_change else "no",
    }


def _taken_back(one: RecordedBreak) -> str:
    if one.withdrawn_at is None:
        return ""
    return f"{one.withdrawn_by}, {day_words(one.withdrawn_at)}: {one.withdrawn_reason}"


def break_form(known: Named) -> None:
    """A form that records a break."""
    with st.form("record_break", border=False):
        st.date_input("Day", value=None, min_value=EARLIEST, format="DD/MM/YYYY", key="break_day")
        st.text_input("What happened", key="break_title", help="In a line; it is written on the charts.")
        st.selectbox("Kind", [*KINDS], format_func=lambda one: sentence(KINDS[one]), key="break_kind")
        st.markdown("It concerns the series of which all of this holds:")
        left, right = st.columns(2)
        with left:
            _concern_box("Feed", "break_feed", with_any(known.feeds, "any feed"))
            _concern_box("Supplier", "break_supplier", with_any(known.suppliers, "any supplier"))
        with right:
            _concern_box("Area", "break_area", with_any(known.areas, "any area"))
            _concern_box("Definition", "break_definition", with_any(known.definitions, "any definition"))
        st.checkbox(
            "Figures before and after count different things",
            key="break_is_change",
            help="Periods before and after are then not compared with each other.",
        )
        st.text_input("Reason", key="break_reason", help="How it is known, in a sentence.")
        names.name_box("break_by")
        st.form_submit_button("Record this break", on_click=_record)


def _concern_box(label: str, key: str, options: Mapping[str, str]) -> None:
    st.selectbox(label, [*options], format_func=options.__getitem__, key=key)


def _record() -> None:
    state = st.session_state
    concern = Concern(
        state["break_feed"], state["break_supplier"], state["break_area"], state["break_definition"]
    )
    done = act.attempt(
        PLACE,
        break_acts.record_break,
        state["break_day"],
        kind=state["break_kind"],
        title=state["break_title"],
        concern=concern,
        is_definition_change=state["break_is_change"],
        by=names.given("break_by"),
        reason=state["break_reason"],
    )
    if done:
        state["break_title"], state["break_reason"], state["break_day"] = "", "", None
