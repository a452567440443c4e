"""The screen Who, when, where put together: times, persons, and what is recorded of place and weapon."""

from typing import Any

import streamlit as st

from vrin_data.measures import Catalogue
from vrin_data.protect import Presented
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.filters import Filters
from vrin_ui.screens import area_name
from vrin_ui.who_when import where_chart, who_bars, who_choice, who_tables, who_words
from vrin_ui.who_when.when_chart import week_chart
from vrin_ui.who_when.who_chart import pyramid
from vrin_ui.who_when.who_choice import WhoChoice
from vrin_ui.who_when.who_tables import Weight
from vrin_ui.wording import counted, sentence

ROW_HEIGHT = 35


def draw_when(chosen: Filters, choices: Catalogue, choice: WhoChoice, *, has_harm: bool) -> None:
    """The week by hours and days, the day by hours, the week by days, and what is not told."""
    who_choice.draw_times_bar(choice, has_harm=has_harm)
    week, hours, days = (
        ask("moments", who_choice.moments_request(chosen, choice, by))
        for by in ("hour-weekday", "hour", "weekday")
    )
    basis = ask("moments basis", who_choice.moments_request(chosen, choice, "hour"))
    weight = who_tables.weight_of(week.frame, choice.weigh)
    cells = who_tables.week_cells(week.frame, weight)
    st.markdown(f"{who_words.told_words(basis.frame)} {who_words.busiest_words(cells)}")
    if cells["value"].sum() > 0:
        place = f"{week.stamp.definition_name.lower()}, {area_name(choices, chosen.area)}"
        left, right = st.columns([3, 2])
        with left:
            title = f"{weight.name} by hour and day: {place}"
            _chart(
                week_chart(cells, axis=weight.name, title=title, stamp=week.stamp),
                f"{title}. {who_words.busiest_words(cells)} The same figures are in the table.",
            )
        with right:
            rows = who_tables.time_bars(days.frame, weight)
            _bars(rows, days, f"{weight.name} by day of the week: {place}", axis=weight.name)
            _draw_hours(hours, weight, f"{weight.name} by hour of the day: {place}")
    st.markdown(who_words.HOW_TO_READ["when"])
    st.subheader("What is told of the times", anchor=False)
    figures.draw_table(who_tables.basis_table(basis.frame), alt="Incidents by what is told of their time")
    with st.expander("The figures behind these charts"):
        figures.draw_table(who_tables.week_table(cells), alt=f"{weight.name} by hour and day")
        for answer, by in ((days, "day"), (hours, "hour")):
            figures.draw_table(who_tables.times_table(answer.frame), alt=f"Incidents and harm by {by}")
    figures.draw_stamp(week, name="by-hour-and-day")


def _draw_hours(hours: Presented, weight: Weight, title: str) -> None:
    rows = who_tables.time_bars(hours.frame, weight)
    _chart(
        who_bars.columns(rows, axis=weight.name, foot="Hour beginning", title=title, stamp=hours.stamp),
        f"{title}. {'; '.join(f'{one.label}: {one.words}' for one in rows.itertuples())}.",
    )


def draw_who(chosen: Filters, choices: Catalogue, choice: WhoChoice) -> None:
    """Age and sex, and ethnicity by scheme, of the persons of one part."""
    basis = ask("people basis", who_choice.people_request(chosen, "age", None))
    roles = {role: sentence(who_words.ROLE_WORDS[role][1]) for role in basis.frame["role"]}
    if not roles:
        st.info(who_words.basis_words(basis.frame, ""))
        figures.draw_stamp(basis, name="persons")
        return
    who_choice.draw_role(choice, roles)
    role = who_choice.role_of(choice, roles)
    ages, sexes, ethnicity = (
        ask("people", who_choice.people_request(chosen, by, role)) for by in ("age-sex", "sex", "ethnicity")
    )
    by_age = ask("people", who_choice.people_request(chosen, "age", role))
    st.markdown(
        f"{who_words.basis_words(basis.frame, role)} {who_words.unknown_words(by_age.frame, 'age')} "
        f"{who_words.unknown_words(sexes.frame, 'sex')} {who_words.unknown_words(ethnicity.frame, 'ethnicity')}"
    )
    of = f"{roles[role].lower()}, {ages.stamp.definition_name.lower()}, {area_name(choices, chosen.area)}"
    left, right = st.columns([3, 2])
    with left:
        _draw_ages(ages, of)
    with right:
        rows = who_tables.sex_bars(sexes.frame)
        _bars(rows, sexes, f"Persons by sex: {of}", axis="Persons")
        _draw_ethnicity(ethnicity, of)
    st.markdown(who_words.HOW_TO_READ["who"])
    _table(who_tables.people_table(ages.frame), f"Persons by age and sex: {of}")
    figures.draw_stamp(ages, name=f"age-and-sex-{role}")
    _draw_rates(ask("people rates", who_choice.people_request(chosen, "age", role)), of)


def _draw_rates(rates: Presented, of: str) -> None:
    """Persons per 1,000 residents of their age, where residents by age are known."""
    if not (rates.frame["residents"] > 0).any():
        st.caption(
            "There are no residents by age here, so that no rates are given. Bring them in on the page Areas."
        )
        return
    st.subheader("How likely each age is to be among them", anchor=False)
    rows = who_tables.rate_bars(rates.frame)
    _bars(rows, rates, f"Persons per 1,000 residents of their age: {of}", axis="Per 1,000 residents")
    st.markdown(who_words.HOW_TO_READ["rates"])
    with st.expander("By age and sex"):
        figures.draw_table(who_tables.rate_table(rates.frame), alt=f"Persons per 1,000 by age and sex: {of}")
    figures.draw_stamp(rates, name="rates-by-age")


def _draw_ages(ages: Presented, of: str) -> None:
    """The pyramid of those whose sex is recorded as female or male, and bars of the others where there are any."""
    rows = who_tables.sides(ages.frame)
    if (rows["most"] > 0).any():
        title = f"Persons by age and sex: {of}"
        _chart(
            pyramid(rows, title=title, stamp=ages.stamp),
            f"{title}. Females to the left, males to the right; the same figures are in the table.",
        )
    others = who_tables.of_no_side(ages.frame)
    if len(others):
        title = f"Persons by age, their sex not recorded or otherwise: {of}"
        _bars(others, ages, title, axis="Persons")


def _draw_ethnicity(ethnicity: Presented, of: str) -> None:
    """One chart a scheme, for the words of one are not those of another."""
    by_scheme = who_tables.schemes(ethnicity.frame)
    if not by_scheme:
        st.info("This feed has no ethnicity of these persons: it is not recorded for any of them.")
    for scheme, rows in by_scheme.items():
        _bars(rows, ethnicity, f"Persons by ethnicity ({scheme}): {of}", axis="Persons")


def draw_where(chosen: Filters, choices: Catalogue, choice: WhoChoice) -> None:
    """One division of the incidents, in total and month by month."""
    who_choice.draw_of(choice)
    request = who_choice.kinds_request(chosen, choice)
    total, months = ask("kinds", request), ask("kinds by month", request)
    what = who_choice.OF[choice.of].lower()
    if choice.of == "location_type":
        public = ask("public share", who_choice.selection(chosen))
        st.markdown(who_words.public_words(public.frame.iloc[0]))
    st.markdown(
        f"{who_words.unknown_words(total.frame, what)} {who_words.drift_words(months.frame, what)}".strip()
    )
    of = f"{total.stamp.definition_name.lower()}, {area_name(choices, chosen.area)}"
    left, right = st.columns(2)
    with left:
        rows = who_tables.kind_bars(total.frame, choice.of)
        _bars(rows, total, f"Incidents by {what}: {of}", axis="Incidents")
    with right:
        _draw_months(months, choice, f"Incidents by {what} month by month: {of}")
    st.markdown(who_words.HOW_TO_READ["where"])
    _table(who_tables.kind_table(total.frame, choice.of), f"Incidents by {what}")
    with st.expander("Month by month"):
        figures.draw_table(who_tables.month_table(months.frame, choice.of), alt=f"Shares by {what} by month")
    figures.draw_stamp(total, name=choice.of.replace("_", "-"))


def _draw_months(months: Presented, choice: WhoChoice, title: str) -> None:
    shares, labels = who_tables.month_shares(months.frame, choice.of)
    if not labels:
        st.info("No month of this period has 10 incidents that are certain: there are no shares to draw.")
        return
    whole = shares.loc[shares["share"].notna(), "month"].nunique()
    _chart(
        where_chart.months_chart(shares, labels, title=title, stamp=months.stamp),
        f"{title}. Shares of {counted(whole, 'whole month')}; the same figures are in the table.",
    )


def _bars(rows: Any, answer: Presented, title: str, *, axis: str) -> None:
    _chart(
        who_bars.bars(rows, axis=axis, title=title, stamp=answer.stamp),
        f"{title}. {'; '.join(f'{one.label}: {one.words}' for one in rows.itertuples())}.",
    )


def _table(table: Any, alt: str) -> None:
    """A table without scrolling: what is not recorded stands in its last row and must be seen."""
    figures.draw_table(table, alt=alt, height=ROW_HEIGHT * (len(table) + 1) + 2)


def _chart(chart: Any, alt: str) -> None:
    st.altair_chart(chart, theme=None, width="stretch", alt=alt)
