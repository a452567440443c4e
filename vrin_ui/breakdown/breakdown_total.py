"""A harm total: the figures, how sure they are, what they are made of, and what changed in a year."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from vrin_data.errors import VrinError
from vrin_data.measures import BetweenRequest
from vrin_data.measures.joined_offences import JOINED_BEGINS, joined_by_code
from vrin_data.measures.offence_figures import largest_first
from vrin_data.protect import Presented
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.breakdown import breakdown_page
from vrin_ui.breakdown.breakdown_address import go
from vrin_ui.breakdown.breakdown_page import Asked, Here
from vrin_ui.breakdown.breakdown_tables import (
    PINNED,
    change_table,
    is_small,
    made_of_words,
    offences_table,
    sureness_table,
    weights_table,
    with_others,
    with_shares,
)
from vrin_ui.breakdown.breakdown_words import sure_lines, total_cards
from vrin_ui.breakdown.sureness_chart import sureness_alt, sureness_data, sureness_spec
from vrin_ui.breakdown.waterfall_chart import is_stepped, waterfall_alt, waterfall_data, waterfall_spec
from vrin_ui.filters import YEAR, shifted
from vrin_ui.range_charts import range_alt, range_data, range_spec
from vrin_ui.wording import counted, months_in_words, period_words, plain, sentence

IN_ROW = 3
ROW_HEIGHT, MOST_HEIGHT = 35, 460
NOTHING = "No month of this period came in whole, so there is no total. Choose another period, area or feed."
NO_WEIGHT = "No incident here has a weight in this edition, so there is no harm to tell apart."


def draw(here: Here) -> None:
    """The view, below the filter bar."""
    asked = breakdown_page.asked(here)
    if asked is None:
        return
    total = ask("harm", replace(asked.selection, by=()))
    row = total.frame.iloc[0]
    st.header(plain(f"{total.stamp.definition_name}: {asked.place}, {total.stamp.period}"), anchor=False)
    if row["is_gap"]:
        st.info(NOTHING)
        figures.draw_stamp(total, name="breakdown-total")
        return
    sureness = ask("sureness", asked.selection)
    _cards(asked, row, sureness.frame)
    figures.draw_stamp(total, name="breakdown-total")
    if pd.isna(row["harm_days_high"]):
        st.info(NO_WEIGHT)
        return
    st.header("How sure is this total?", anchor=False)
    _sureness(asked, sureness)
    st.header("What is it made of?", anchor=False)
    _made_of(asked)
    st.header("What changed against the year before?", anchor=False)
    _changed(asked)


def _cards(asked: Asked, row: pd.Series, sureness: pd.DataFrame) -> None:
    """Six figures, three in a row."""
    rules = ask("by rule", asked.selection).frame.set_index("rule")
    cards = total_cards(row, sureness, rules.loc["homicide"], has_left=asked.filters.without_homicide)
    for number in range(0, len(cards), IN_ROW):
        for column, card in zip(st.columns(IN_ROW), cards[number : number + IN_ROW], strict=True):
            with column, st.container(border=True):
                st.metric(card.label, card.figure)
                if card.words:
                    st.markdown("\n\n".join(map(plain, card.words)))


def _sureness(asked: Asked, sureness: Presented) -> None:
    data = sureness_data(sureness.frame, "days")
    known = sureness.frame["harm_days"].sum(min_count=1)
    central = None if pd.isna(known) else float(known)
    title = f"How much of the harm is exact, and how much is open: {asked.place}, {sureness.stamp.period}"
    if len(data):
        st.vega_lite_chart(
            None,
            sureness_spec(data, central, "days", title=title, stamp=sureness.stamp),
            theme=None,
            width="stretch",
            alt=sureness_alt(data, central, "days", title=title),
        )
    st.markdown("\n".join(f"- {plain(line)}" for line in sure_lines(sureness.stamp.notes)))
    figures.draw_table(
        sureness_table(sureness.frame), alt=f"{title}, as a table", formats=_days("Harm (days)")
    )
    figures.draw_stamp(sureness, name="sureness")


def _made_of(asked: Asked) -> None:
    made = ask("breakdown", asked.selection)
    joined, codes = joined_by_code(made.frame)
    rows = with_others(largest_first(joined, ["harm_days", "harm_days_high", "incident_count_high"]))
    data = range_data([*rows["offence_label"]], rows, "harm_days", unit="days")
    data["words"] = with_shares(data["words"], rows, small=is_small(made.frame))
    title = f"Harm by offence, the largest first: {asked.place}, {made.stamp.period}"
    if len(data):
        st.vega_lite_chart(
            None,
            range_spec(data, "days of recommended sentence", title=title, stamp=made.stamp),
            theme=None,
            width="stretch",
            alt=range_alt(data, title=title),
        )
    st.markdown(made_of_words(len(made.frame), codes))
    table = offences_table(made.frame)
    figures.draw_table(
        table,
        alt=f"{title}, as a table",
        height=min(MOST_HEIGHT, ROW_HEIGHT * (len(table) + 1) + 2),
        formats={**_days("Harm (days)"), "Offence": st.column_config.TextColumn(width=PINNED, pinned=True)},
    )
    with st.expander("What one of each weighs, and why"):
        # A table of the page itself, since its cells take as many lines as a reason needs.
        st.table(
            weights_table(made.frame).map(plain),
            border="horizontal",
            hide_index=True,
            alt=f"{title}: what one of each weighs, and why",
        )
    bare = int(made.frame["harm_days_high"].isna().sum())
    if bare:
        st.caption(f"{counted(bare, 'offence')} without a weight: in the table, and not in the chart.")
    st.button("Review these weights", on_click=go, kwargs={"view": "weights", "show": "used"})
    figures.draw_stamp(made, name="by-offence")


def _changed(asked: Asked) -> None:
    first, last = asked.filters.year
    before = shifted(first, -YEAR), shifted(last, -YEAR)
    if before[1] < asked.filters.first_month:
        st.info(f"The feed has nothing of {period_words(*before)}, so nothing can be compared.")
        return
    now = replace(asked.selection, from_month=first, to_month=last)
    request = BetweenRequest(now, *before)
    try:
        answer = ask("waterfall", request)
    except VrinError as error:
        st.info(plain(str(error)))
        return
    if answer.frame.empty:
        st.info("There is no month that came whole in both years, so the two cannot be compared.")
        figures.draw_stamp(answer, name="changes")
        return
    said = [answer.stamp.notes[0], *(note for note in answer.stamp.notes if note.startswith(JOINED_BEGINS))]
    for note in said:
        st.markdown(plain(f"{sentence(months_in_words(note))}."))
    earlier, later = period_words(*before), period_words(first, last)
    data = waterfall_data(answer.frame, earlier, later)
    title = f"Change of harm by offence, {asked.place}: {later} against {earlier}"
    if len(data):
        if not is_stepped(data):
            st.markdown(
                "No single figure can be given for the totals, so each change is shown as the range it may be."
            )
        st.vega_lite_chart(
            None,
            waterfall_spec(data, title=title, stamp=answer.stamp),
            theme=None,
            width="stretch",
            alt=waterfall_alt(data, title=title),
        )
    with st.expander("The figures behind this chart, as suppliers name the offences"):
        finer = ask("waterfall", replace(request, is_joined=False)).frame if len(said) > 1 else answer.frame
        figures.draw_table(change_table(finer, "before", "now"), alt=f"{title}, as a table")
    figures.draw_stamp(answer, name="changes")


def _days(name: str) -> dict[str, object]:
    return {name: st.column_config.NumberColumn(format=figures.WHOLE)}
