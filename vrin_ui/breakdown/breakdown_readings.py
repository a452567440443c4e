"""The same incidents read in other ways: by the rules of the method, its series, the parts, and other editions."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from vrin_data.contract.series import SERIES, SOURCE
from vrin_data.measures import EditionsRequest
from vrin_data.protect import Presented
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.breakdown import breakdown_page
from vrin_ui.breakdown.breakdown_page import Asked, Here
from vrin_ui.breakdown.breakdown_tables import (
    PINNED,
    readings_table,
    series_lines,
    series_names,
    series_sum_words,
    series_table,
)
from vrin_ui.filters import AS_COMPLETED, Filters
from vrin_ui.range_charts import range_alt, range_data, range_spec
from vrin_ui.wording import plain

NO_PARTS = (
    "This definition is in one part, so there is nothing to tell apart. Definitions in several parts are shown here "
    "part by part."
)
ONE_EDITION = (
    "There is one edition in days, so there is nothing to set beside it. Whoever looks after this system can bring in "
    "another one, such as a later workbook of the index."
)


def draw(here: Here) -> None:
    """The view, below the filter bar."""
    asked = breakdown_page.asked(here)
    if asked is None:
        return
    rules = ask("by rule", asked.selection)
    st.header(plain(f"{rules.stamp.definition_name}: {asked.place}, {rules.stamp.period}"), anchor=False)
    if rules.frame["incident_count_high"].isna().all():
        st.info("No month of this period came in whole, so there is no total to read in another way.")
        figures.draw_stamp(rules, name="rules")
        return
    st.markdown(
        "Every total rests on rules. Each part of this page reads the same incidents under another rule, so that "
        "it can be seen how much hangs on it."
    )
    _rules(asked, rules)
    _series(asked)
    _parts(asked)
    _editions(asked)


def _rules(asked: Asked, rules: Presented) -> None:
    st.subheader("What each rule of the method changes", anchor=False)
    names = [rule_name(one, asked.filters) for one in rules.frame["rule"]]
    title = f"Harm with one rule the other way, {asked.place}, {rules.stamp.period}"
    _chart(names, rules, title)
    _table(readings_table(rules.frame, names, "Reading"), title)
    st.markdown("\n".join(f"- {line}" for line in rule_lines(rules.frame, names)))
    st.caption("Each can be taken as the rule for all pages under More, in the bar above.")
    figures.draw_stamp(rules, name="rules")


def rule_lines(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """What each reading but the first means, and where the rule comes from."""
    rows = zip(names, frame["words"], frame["source"], strict=True)
    return [
        f"**{plain(name)}**: {plain(words)}.{f' Source: {plain(source)}.' if source else ''}"
        for name, words, source in rows
        if words.casefold() not in ("as asked", name.casefold())
    ]


def rule_name(rule: str, filters: Filters) -> str:
    """What a row of the rules is, in a few words: the total as chosen, or one rule the other way."""
    return {
        "as_asked": "As chosen above",
        "series": "All recorded crime" if filters.series == "chi" else f"Only the {SERIES['chi'].name}",
        "attempts": "Attempts as the edition lists them"
        if filters.attempts == AS_COMPLETED
        else "Attempts as the completed offence",
        "homicide": "With homicide" if filters.without_homicide else "Without homicide",
    }[rule]


def _series(asked: Asked) -> None:
    st.subheader("The series of the Crime Harm Index", anchor=False)
    st.markdown(
        "The method counts in its index only crimes of the year that the public or a partner reported. What police "
        "activity finds, what a company’s security finds, and what happened in an earlier year are series of their "
        f"own, since they rise and fall with other things. Source: {SOURCE}."
    )
    answer = ask("by series", asked.selection)
    title = f"Harm that is in each series for sure, {asked.place}, {answer.stamp.period}"
    st.markdown("\n".join(f"- {line}" for line in series_lines(answer.frame)))
    st.markdown(series_sum_words(answer.frame))
    _chart(series_names(answer.frame), answer, title)
    _table(series_table(answer.frame), title)
    figures.draw_stamp(answer, name="series")


def _parts(asked: Asked) -> None:
    st.subheader("The parts of the definition, each alone", anchor=False)
    answer = ask("by part", asked.selection)
    if len(answer.frame) <= 2:
        st.markdown(NO_PARTS)
        return
    st.markdown("An incident may be in several parts, so that the parts do not add up to the whole.")
    title = f"Harm of each part of the definition, {asked.place}, {answer.stamp.period}"
    names = [*answer.frame["part_name"]]
    _chart(names, answer, title)
    _table(readings_table(answer.frame, names, "Part"), title)
    figures.draw_stamp(answer, name="parts")


def _editions(asked: Asked) -> None:
    st.subheader("Edition against edition, on the same data", anchor=False)
    known = tuple(dict.fromkeys([asked.filters.edition, *asked.choices.editions]))
    if len(known) == 1:
        st.markdown(ONE_EDITION)
        return
    answer = ask("by edition", EditionsRequest(replace(asked.selection, weights=known[0]), known))
    title = f"Harm under each edition of weights, {asked.place}, {answer.stamp.period}"
    names = [f"{one.edition_name} ({one.edition})" for one in answer.frame.itertuples(index=False)]
    _chart(names, answer, title)
    more = {"Published": [*answer.frame["published"]]}
    _table(readings_table(answer.frame, names, "Edition", more), title)
    figures.draw_stamp(answer, name="editions")


def _chart(names: Sequence[str], answer: Presented, title: str) -> None:
    data = range_data(names, answer.frame, "harm_days", unit="days")
    if data.empty:
        st.info("No incident here has a weight, so there is no harm to draw.")
        return
    st.vega_lite_chart(
        None,
        range_spec(data, "days of recommended sentence", title=title, stamp=answer.stamp),
        theme=None,
        width="stretch",
        alt=range_alt(data, title=title),
    )


def _table(table: pd.DataFrame, title: str) -> None:
    first = str(table.columns[0])
    figures.draw_table(
        table,
        alt=f"{title}, as a table",
        formats={first: st.column_config.TextColumn(width=PINNED, pinned=True)},
    )
