"""What a reader has chosen on the screen Compare areas, kept in its address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import streamlit as st

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.measures import Catalogue, ComparisonRequest
from vrin_data.measures.change_request import ChangeRequest, last_year
from vrin_data.measures.comparison_request import ALL, FORCE, LIMITS, LIST, OUTLIERS, REGION
from vrin_data.methods.funnel import Outliers
from vrin_data.records import ComparatorVersion
from vrin_ui import address
from vrin_ui.filters import Filters, is_finer, map_levels, view
from vrin_ui.wording import level_words, sentence

PAGE = "compare-areas"
NAMES = ("places", "at", "with", "of", "outliers", "limits")
FIGURES = {
    "incidents-rate": "Incidents per 1,000 residents a year",
    "harm-rate": "Harm per 1,000 residents a year",
}
OUTLIER_WORDS = {
    "winsorise": "Draw the furthest tenth at either end in",
    "trim": "Leave the furthest tenth at either end out",
    "none": "Count all areas alike",
}
LIMIT_WORDS = {"adjusted": "Widened for over-dispersion", "chance": "Chance alone"}


@dataclass(frozen=True)
class CompareChoice:
    """The level, the area compared ('' for none), its comparators, the figure, and how limits are made.

    `scope` is the area in which the areas lie where none is compared, None for all in view.
    """

    level: str
    at: str
    comparators: str
    figure: str
    outliers: Outliers
    limits: str
    scope: str | None


def current(chosen: Filters, choices: Catalogue, lists: Mapping[str, ComparatorVersion]) -> CompareChoice:
    """The choice that the address names, what it names wrongly taking its default."""
    levels, named = map_levels(choices), address.chosen(PAGE, NAMES)
    usual = "district" if "district" in levels else next(iter(levels))
    level = _of(levels, named.get("places"), usual)
    seen = view(chosen, choices, level)
    areas = areas_offered(choices, level)
    at = "" if named.get("at") == "none" else _of(areas, named.get("at"), seen.chosen or "")
    # Only what the filter bar narrows the view to is compared, unless an area of it is held against others.
    scope = None if at else seen.scope
    offered = comparators_offered(choices, level, at, lists)
    figures = figures_offered(chosen, choices)
    usual_figure = "harm-rate" if chosen.measure.startswith("harm") else "incidents-rate"
    address.keep(PAGE, named)
    return CompareChoice(
        level=level,
        at=at,
        comparators=_of(offered, named.get("with"), FORCE if FORCE in offered and seen.scope else ALL),
        figure=_of(figures, named.get("of"), _of(figures, usual_figure, "incidents-rate")),
        outliers=cast(Outliers, _of(OUTLIER_WORDS, named.get("outliers"), OUTLIERS[0])),
        limits=_of(LIMIT_WORDS, named.get("limits"), LIMITS[0]),
        scope=scope,
    )


def _of(known: Mapping[str, str], asked: str | None, usual: str) -> str:
    return str(asked) if asked in known else usual


def areas_offered(choices: Catalogue, level: str) -> dict[str, str]:
    """The areas of a level, by name."""
    areas = choices.areas[choices.areas["level"] == level].sort_values("area_name")
    return dict(zip(areas["area_code"], areas["area_name"], strict=True))


def figures_offered(chosen: Filters, choices: Catalogue) -> dict[str, str]:
    """What can be compared: no harm of what hospitals count."""
    of_health = choices.units.get(chosen.definition, "") in HEALTH_UNITS
    return {name: words for name, words in FIGURES.items() if not (of_health and name == "harm-rate")}


def comparators_offered(
    choices: Catalogue, level: str, at: str, lists: Mapping[str, ComparatorVersion]
) -> dict[str, str]:
    """With whom an area can be compared: all in view, its force's, its region's, and the lists that know it."""
    plural = level_words(level, choices.levels)[1]
    offered = {ALL: f"All {plural} in view"}
    if not at:
        return offered
    area = choices.areas.set_index("area_code").loc[at]
    names = choices.areas.set_index("area_code")["area_name"]
    for which in (FORCE, REGION):
        above = area.get(f"in_{which}")
        if isinstance(above, str) and above != at and is_finer(level, which) and above in names:
            offered[which] = (
                f"Those of {names[above]} ({'police force area' if which == FORCE else 'region'})"
            )
    known = {f"{LIST}{one.list_id}": one.name for one in lists.values() if at in one.comparators.of_areas}
    return {**offered, **known}


def draw_bar(
    chosen: Filters, choices: Catalogue, choice: CompareChoice, lists: Mapping[str, ComparatorVersion]
) -> None:
    """Level, area, comparators and figure, each in the address."""
    levels = {level: sentence(level_words(level, choices.levels)[1]) for level in map_levels(choices)}
    areas = {"none": "None: all side by side", **areas_offered(choices, choice.level)}
    left, right = st.columns(2)
    with left:
        address.select(PAGE, "places", "Areas", levels, choice.level)
        address.select(PAGE, "at", "Area compared", areas, choice.at or "none")
    with right:
        address.select(PAGE, "of", "Figure", figures_offered(chosen, choices), choice.figure)
        address.select(
            PAGE,
            "with",
            "Compared with",
            comparators_offered(choices, choice.level, choice.at, lists),
            choice.comparators,
        )


def draw_settings(choice: CompareChoice) -> None:
    """How limits are made, in the open."""
    left, right = st.columns(2)
    with left:
        address.select(PAGE, "limits", "Limits", LIMIT_WORDS, choice.limits)
    with right:
        address.select(PAGE, "outliers", "Areas furthest out", OUTLIER_WORDS, choice.outliers)


def request(chosen: Filters, choice: CompareChoice) -> ComparisonRequest:
    """The question about the areas over the period."""
    selection = chosen.selection("area", level=choice.level, area=choice.at or choice.scope)
    return ComparisonRequest(
        selection,
        choice.figure,
        choice.comparators,
        choice.outliers,
        choice.limits,
    )


def change_request(chosen: Filters, choice: CompareChoice) -> ChangeRequest:
    """Whether the areas changed on the year before, over at most the last 12 months of the period."""
    return ChangeRequest(last_year(chosen.selection("area", level=choice.level, area=choice.scope)))


def trend_request(chosen: Filters, choice: CompareChoice) -> ComparisonRequest:
    """The same over the months of a trend."""
    selection = chosen.over(chosen.trend, "area", "month", level=choice.level, area=choice.at)
    return ComparisonRequest(selection, choice.figure, choice.comparators)
