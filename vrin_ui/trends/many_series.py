"""Many series side by side, by area or by offence: a small chart each, with its icon and its words."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from vrin_data.errors import UsageError
from vrin_data.measures import Catalogue
from vrin_data.protect import Presented
from vrin_ui import address, figures, filter_bar
from vrin_ui.ask import ask
from vrin_ui.filters import Filters
from vrin_ui.screens import area_name
from vrin_ui.trends import series_words
from vrin_ui.trends.control_chart import domain
from vrin_ui.trends.point_looks import look
from vrin_ui.trends.rare_chart import rare_alt, rare_rows
from vrin_ui.trends.small_chart import LINES, small_rare_spec, small_spec
from vrin_ui.trends.trend_choice import ONE, PAGE, SHARED, TrendChoice, area_request, offence_request
from vrin_ui.trends.trend_icons import beside, variation_icon
from vrin_ui.trends.trend_points import DIGITS, NAMES, points, trend_alt
from vrin_ui.trends.trend_table import summary_table
from vrin_ui.wording import level_words, number, plain

A_ROW = 3
SMALL_ICON = 40
OPEN_ICON = ":material/open_in_full:"


def draw_areas(chosen: Filters, choices: Catalogue, choice: TrendChoice) -> None:
    """A small chart for each area in view, in the order of their names; its name opens the area alone."""
    if not choice.parts:
        st.info("There are no areas here that could stand side by side. Choose another area above.")
        return
    several = level_words(choice.parts, choices.levels)[1]
    _draw(
        "trend",
        area_request(chosen, choice, choices),
        choice,
        heading=f"{NAMES[choice.figure]} by month: {several}",
        opens=_open_area,
    )


def draw_offences(chosen: Filters, choices: Catalogue, choice: TrendChoice) -> None:
    """A small chart for each group of offences that the definition takes in."""
    place = area_name(choices, chosen.area)
    heading = f"{NAMES[choice.figure]} by month and group of offences: {place}"
    _draw("trend by offence", offence_request(chosen, choice), choice, heading=heading, opens=None)


def _draw(
    question: str,
    asked: object,
    choice: TrendChoice,
    *,
    heading: str,
    opens: Callable[[str], None] | None,
) -> None:
    try:
        found, summary = ask(question, asked), ask(f"{question} summary", asked)
    except UsageError as error:
        st.info(plain(str(error)))
        return
    st.header(heading, anchor=False)
    if not len(summary.frame):
        st.info("No month of this period has come in here. Choose another area, feed or period.")
        figures.draw_stamp(found, name="trends")
        return
    st.markdown(_found_words(summary.frame))
    _draw_grid(found, summary.frame, choice, opens=opens)
    st.caption(f"Rules: {choice.settings.words()}.")
    st.markdown(series_words.reading_words("xmr", choice.settings))
    with st.expander("The series as a table"):
        figures.draw_table(summary_table(summary.frame, choice.figure), alt=f"{heading}, a row a series")
    figures.draw_stamp(found, name="trends")


def _draw_grid(
    found: Presented, summary: pd.DataFrame, choice: TrendChoice, *, opens: Callable[[str], None] | None
) -> None:
    series = {str(code): own for code, own in found.frame.groupby("area_code", sort=False)}
    drawn = {
        code: points(own, choice.figure, choice.settings)
        for code, own in series.items()
        if not (own["kind"] == "rare").any()
    }
    ends = domain(pd.concat(drawn.values()), LINES) if drawn and choice.scale == SHARED else None
    for start in range(0, len(summary), A_ROW):
        rows = summary.iloc[start : start + A_ROW]
        for side, (_, row) in zip(st.columns(A_ROW), rows.iterrows(), strict=False):
            code, name = str(row["area_code"]), str(row["area_name"])
            with side, st.container(border=True):
                _draw_heading(row, choice.figure, opens=opens)
                if code in drawn:
                    spec = small_spec(drawn[code], figure=choice.figure, ends=ends)
                    _draw_small(spec, trend_alt(drawn[code], title=name, figure=choice.figure))
                else:
                    years = rare_rows(series[code], choice.figure)
                    spec = small_rare_spec(years, figure=choice.figure, stamp=found.stamp)
                    _draw_small(spec, rare_alt(years, name))


def _draw_small(spec: dict[str, Any], alt: str) -> None:
    st.vega_lite_chart(None, spec, theme=None, width="stretch", alt=alt)


def _draw_heading(row: pd.Series, figure: str, *, opens: Callable[[str], None] | None) -> None:
    """The name of a series, which opens it alone where it can be, over its icon and words."""
    name, code = plain(str(row["area_name"])), str(row["area_code"])
    if opens is None:
        st.markdown(f"**{name}**")
    else:
        st.button(name, key=f"open_{code}", type="tertiary", on_click=opens, args=(code,), icon=OPEN_ICON)
    st.html(_heading(row, figure))


def _heading(row: pd.Series, figure: str) -> str:
    """The icon of a series and its words in a line."""
    words = short_words(row)
    varies = "none" if row["kind"] == "rare" else row["variation"]
    icon = variation_icon(varies, row["variation_direction"], words=words, size=SMALL_ICON)
    if pd.isna(row["last_value"]) or row["kind"] == "rare":
        return beside(icon, words)
    return beside(icon, words, f"{number(row['last_value'], DIGITS[figure])} in {row['last_month']:%b %Y}")


def short_words(row: pd.Series) -> str:
    """How a series varies, in a word or two."""
    if row["kind"] == "rare":
        return "Rare: by twelve months"
    if row["variation"] == "none":
        return "Cannot be told"
    return look(row["variation"], row["variation_direction"]).name


def _found_words(summary: pd.DataFrame) -> str:
    """How many series are out of the usual in their latest month, how many were before, and how many cannot be told."""
    is_out = summary["variation"].isin(["improvement", "concern", "neutral"])
    untold = int(((summary["variation"] == "none") | (summary["kind"] == "rare")).sum())
    told = f"Of {len(summary):,} series, **{int(is_out.sum())}** "
    told += "shows" if is_out.sum() == 1 else "show"
    told += " more than usual variation in their latest month."
    earlier = int(summary["earlier_from"].notna().sum())
    if earlier:
        back = "is" if earlier == 1 else "are"
        told += f" **{earlier}** more did within the 12 months before, and {back} back to usual."
    verb = "has" if untold == 1 else "have"
    return told + (f" {untold} {verb} too few whole months, or too rare events, to tell." if untold else "")


def _open_area(code: str) -> None:
    filter_bar.go_to_area(code)
    address.change(PAGE, "show", ONE)
