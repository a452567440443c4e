"""How much a definition counts, how sure that is, and what each of its parts counts alone."""

import pandas as pd
import streamlit as st

from vrin_data.errors import VrinError
from vrin_data.protect import Presented
from vrin_data.records import DefinitionVersion
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.definitions import definition_charts as charts
from vrin_ui.definitions.definition_compare_tables import parts_table
from vrin_ui.definitions.definition_page import Here
from vrin_ui.definitions.definition_total import sure_lines, total_words
from vrin_ui.definitions.definition_wording import unit_of
from vrin_ui.wording import plain, sentence


def total(here: Here, one: DefinitionVersion) -> None:
    """The count and the harm of the chosen period and area as ranges, how sure they are, and the stamp."""
    selection = here.selection(one.ref)
    try:
        found = ask("harm", selection)
        lines = total_words(found.frame.iloc[0], one.definition, f"{here.place}, {found.stamp.period}")
        sure = (
            sure_lines(ask("sureness", selection).frame, one.definition)
            if one.definition.counts_crimes
            else []
        )
    except VrinError as error:
        st.info(plain(str(error)))
        return
    st.markdown("\n".join(f"- {line}" for line in lines))
    if sure:
        st.markdown("**How sure that is**\n" + "\n".join(f"- {plain(line)}" for line in sure))
    figures.draw_stamp(found, name="total")


def parts(here: Here, one: DefinitionVersion) -> None:
    """Each part alone, as a range; nothing where the definition has one part."""
    if len(one.definition.all_parts()) < 2:
        return
    st.subheader("Each part alone", anchor=False)
    try:
        found = ask("by part", here.selection(one.ref))
    except VrinError as error:
        st.info(plain(str(error)))
        return
    st.markdown("An offence may fit several parts, and counts once in the whole.")
    shown = {"incident_count": unit_of(one.definition)}
    shown |= {"harm_days": "days"} if one.definition.counts_crimes else {}
    names = list(found.frame["part_name"])
    for column, (figure, unit) in zip(st.columns(len(shown)), shown.items(), strict=True):
        with column:
            _chart(here, found.frame, figure, unit, names=names, found=found)
    with st.expander("The figures behind these charts"):
        figures.draw_table(parts_table(found.frame), alt=f"Parts of {one.name}, each alone")
    figures.draw_stamp(found, name="parts")


def _chart(
    here: Here, rows: pd.DataFrame, figure: str, unit: str, *, names: list[str], found: Presented
) -> None:
    what = "Harm" if figure == "harm_days" else sentence(unit)
    title = f"{what} by part, {here.place}, {found.stamp.period}"
    data = charts.totals_data(rows, figure, names)
    if data["high"].isna().all():
        st.info("Nothing came in whole in this period, so nothing can be counted.")
        return
    st.altair_chart(
        charts.totals_chart(data.dropna(subset=["high"]), unit, title=title, stamp=found.stamp),
        theme=None,
        width="stretch",
        alt=charts.totals_alt(data, unit, title=title),
    )
