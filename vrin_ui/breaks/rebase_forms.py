"""Where the limits of one series begin anew, and its targets: what stands, forms that record, and a way back."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from vrin_data import records
from vrin_data.measures import Selection
from vrin_data.records import Rebase, SeriesKey
from vrin_data.records.rebases import base_of
from vrin_ui import act, figures, names
from vrin_ui.ask import open_store
from vrin_ui.breaks import break_acts
from vrin_ui.breaks.concern_words import Named
from vrin_ui.breaks.take_back import take_back_form
from vrin_ui.wording import day_words, month_words, plain

PLACE = "rebase"
BASES = {"incidents": "Incidents", "harm": "Harm"}
ALL_AREAS = "All areas together"


def series_key(selection: Selection, figure: str, feed_id: str) -> SeriesKey:
    """The series of a selection's figure under the feed that it was answered from (its stamp's feed)."""
    return SeriesKey(
        selection.definition.partition("@")[0], feed_id, base_of(figure), selection.area_code or ""
    )


def draw_rebase_form(series: SeriesKey, months: Sequence[date], *, usual: date | None = None) -> None:
    """What stands for a series, a form that lets its limits begin anew, and a way back.

    `months` are those of the series that may be chosen, oldest first; `usual` the one the form opens with.
    """
    act.draw_outcome(PLACE)
    found = records.rebases(open_store().path, series=series)
    st.markdown(
        "\n".join(f"- {_words(one)}" for one in found)
        or "The limits of this series have not been made to begin anew."
    )
    if len(months) > 1:
        with st.expander("Let the limits begin anew"):
            _form(series, months[1:], usual)
    standing = {one.rebase_id: month_words(one.month) for one in found}
    take_back_form(
        PLACE, standing, break_acts.withdraw_rebase, what="a re-basing", button="Take this re-basing back"
    )


def _form(series: SeriesKey, months: Sequence[date], usual: date | None) -> None:
    with st.form("rebase", border=False):
        st.markdown(
            "From this month on the mean and the limits are those of the months that follow. Do so where something is "
            "known to have changed for good, not to make a signal go away; it holds for the count and its rate."
        )
        key = f"rebase_month_{series.words}_{usual}"
        index = months.index(usual) if usual in months else None
        st.selectbox(
            "First month of the new limits",
            [*months],
            index=index,
            format_func=month_words,
            key=key,
            placeholder="Choose a month",
        )
        st.text_input("Reason", key="rebase_reason", help="What changed, and how it is known, in a sentence.")
        names.name_box("rebase_by")
        st.form_submit_button("Let the limits begin anew", on_click=_rebase, args=(series, key))


def _rebase(series: SeriesKey, key: str) -> None:
    state = st.session_state
    done = act.attempt(
        PLACE,
        break_acts.rebase,
        series,
        state[key],
        by=names.given("rebase_by"),
        reason=state["rebase_reason"],
    )
    if done:
        state["rebase_reason"] = ""


def _words(one: Rebase) -> str:
    return f"**{month_words(one.month)}**: {plain(one.reason)} ({plain(one.recorded_by)}, {day_words(one.recorded_at)})"


def draw_rebases(known: Named) -> None:
    """Every re-basing on record, those taken back too; nothing can be done here, since limits belong to a series."""
    found = records.rebases(open_store().path, with_withdrawn=True)
    if not found:
        st.markdown("No limits have been made to begin anew.")
        return
    figures.draw_table(rebase_table(found, known), alt="Months at which limits begin anew, by series")


def rebase_table(found: Sequence[Rebase], known: Named) -> pd.DataFrame:
    """Re-basings in the order in which they were made."""
    return pd.DataFrame(
        [
            {
                "New limits from": month_words(one.month),
                "Definition": known.definitions.get(one.series.definition_id, one.series.definition_id),
                "Figure": BASES[one.series.figure_base],
                "Area": known.areas.get(one.series.area_code, one.series.area_code) or ALL_AREAS,
                "Feed": known.feeds.get(one.series.feed_id, one.series.feed_id),
                "Recorded by": f"{one.recorded_by}, {day_words(one.recorded_at)}",
                "Reason": one.reason,
                "Taken back": ""
                if one.withdrawn_at is None
                else f"{one.withdrawn_by}, {day_words(one.withdrawn_at)}: {one.withdrawn_reason}",
            }
            for one in found
        ]
    )
