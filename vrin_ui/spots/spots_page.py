"""The screen Harm spots put together: how concentrated harm is, and where it stands out."""

from typing import Any

import streamlit as st

from vrin_data.errors import UsageError
from vrin_data.measures import Catalogue
from vrin_data.protect import Presented
from vrin_ui import figures
from vrin_ui.ask import ask
from vrin_ui.filters import Filters
from vrin_ui.map.map_words import not_placed_words
from vrin_ui.screens import area_name
from vrin_ui.spots import spot_map, spot_tables, spot_words
from vrin_ui.spots.concentration_chart import lorenz_spec
from vrin_ui.spots.spot_choice import SpotChoice, concentration_request, hotspot_request
from vrin_ui.wording import level_words, plain


def draw_concentration(chosen: Filters, choices: Catalogue, choice: SpotChoice) -> None:
    """In how few places half of it falls, beside chance; the curves and the figures behind them."""
    st.header("How concentrated it is", anchor=False)
    request = concentration_request(chosen, choice)
    summary = _asked("concentration summary", request)
    if summary is None:
        return
    places = level_words(choice.level, choices.levels)[1]
    figure_rows = spot_words.without_twin(summary.frame)
    for _, row in figure_rows.iterrows():
        st.markdown(f"- {spot_words.half_words(row, places)}")
    areas = ask("harm", request.selection)
    told = not_placed_words(areas, level_words(choice.level, choices.levels)[0], where="and in no curve")
    if told:
        st.caption(told)
    curves = ask("concentration", request)
    is_told = curves.frame["figure"].isin(figure_rows["figure"])
    title = f"Concentration over {places}: {curves.stamp.definition_name.lower()}, {_place(choices, choice)}"
    left, right = st.columns([3, 2])
    with left:
        st.vega_lite_chart(
            None,
            lorenz_spec(curves.frame[is_told], title=title, stamp=curves.stamp),
            theme=None,
            width="stretch",
            alt=f"{title}. The curves of incidents and harm; their figures are in the table.",
        )
    with right:
        st.markdown(spot_words.HOW_TO_READ)
    table = spot_tables.concentration_table(summary.frame)
    figures.draw_table(table, alt="Concentration in figures", formats=_formats())
    figures.draw_stamp(summary, name="concentration")


def draw_spots(chosen: Filters, choices: Catalogue, choice: SpotChoice) -> None:
    """The maps of hot spots and of harm spots side by side, and the spots in words and tables."""
    st.header("Hot spots and harm spots", anchor=False)
    found = [
        _asked("hotspots", hotspot_request(chosen, choice, kind)) for kind in ("count", choice.harm_kind)
    ]
    by_count, by_harm = found
    if by_count is None or by_harm is None:
        return
    places = level_words(choice.level, choices.levels)[1]
    st.markdown(spot_words.found_words(by_count.frame, by_harm.frame, places))
    names = (
        "Hot spots, by incidents",
        f"Harm spots, {'without' if choice.is_without_homicide else 'with'} homicide",
    )
    for column, own, other, alone, name in zip(
        st.columns(2), found, reversed(found), (spot_map.HOT, spot_map.HARM), names, strict=True
    ):
        with column:
            _draw_map(own, other, choices, choice, alone=alone, name=name)  # type: ignore[arg-type]
    st.caption(" ".join(f"{words.rstrip('.')}." for words in choices.attribution))
    st.markdown(spot_words.METHOD[choice.rule])
    st.markdown(spot_words.ABOUT_PLACES)
    for own, name in ((by_count, names[0]), (by_harm, names[1])):
        _draw_list(own, name)
    with st.expander("Why not by street?"):
        st.markdown(spot_words.NO_STREETS)


def _draw_map(
    own: Presented, other: Presented, choices: Catalogue, choice: SpotChoice, *, alone: str, name: str
) -> None:
    heading = f"{name}, {_place(choices, choice)}, {own.stamp.period}"
    if choice.level not in choices.outlines:
        st.info("There are no outlines of these areas to draw. The spots are in the table.")
        return
    spec = spot_map.spot_spec(
        own.frame,
        other.frame,
        alone=alone,
        outline=choices.outlines[choice.level],
        level=choice.level,
        heading=heading,
        stamp=own.stamp,
    )
    st.vega_lite_chart(
        None,
        spec,
        theme=None,
        width="stretch",
        alt=spot_words.spot_alt(own.frame, heading),
        key=f"spots_{alone}",
    )


def _draw_list(own: Presented, name: str) -> None:
    st.subheader(name, anchor=False)
    table = spot_tables.spots_table(own.frame)
    if table.empty:
        st.markdown("No place stands out.")
    else:
        figures.draw_table(table, alt=f"{name}, a row a spot", formats=_formats())
        with st.expander("Each of their areas"):
            figures.draw_table(
                spot_tables.areas_table(own.frame), alt=f"{name}, a row an area", formats=_formats()
            )
    figures.draw_stamp(own, name=f"spots-{'incidents' if name.startswith('Hot') else 'harm'}")


def _asked(question: str, request: Any) -> Presented | None:
    """The answer; where the question makes no sense of these places, None, with the reason said."""
    try:
        return ask(question, request)
    except UsageError as error:
        st.info(plain(str(error)))
        return None


def _place(choices: Catalogue, choice: SpotChoice) -> str:
    return area_name(choices, choice.scope)


def _formats() -> dict[str, Any]:
    return {
        "Areas": st.column_config.TextColumn(width="large"),
        "Total": st.column_config.NumberColumn(format="%,.0f"),
        "Places": st.column_config.NumberColumn(format="%,.0f"),
    }
