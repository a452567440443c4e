"""What a reader has chosen on the screen Police and health, kept in its address."""

from dataclasses import dataclass

import streamlit as st

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.measures import Catalogue, Selection, TriangulateRequest
from vrin_ui import address
from vrin_ui.filters import Filters, view
from vrin_ui.wording import level_words, sentence

PAGE = "police-health"
NAMES = ("places", "at", "show")
COUNT, RATE, RATIO = "count", "rate", "ratio"
SHOWN = {RATE: "Rates", COUNT: "Counts", RATIO: "Ratios"}
TOO_WIDE, TOO_FINE = ("region",), ("ward", "msoa", "lsoa")
USUAL = "force"


@dataclass(frozen=True)
class HealthChoice:
    """The level of the areas, the area shown by month ('' for the first there is), and what is shown of each month."""

    level: str
    at: str
    show: str
    scope: str | None


def levels_offered(choices: Catalogue) -> dict[str, str]:
    """Levels that feeds can be compared at, coarse first; the smallest have too few events of either."""
    offered = [level for level in choices.levels if level not in (*TOO_WIDE, *TOO_FINE)]
    return {level: sentence(level_words(level, choices.levels)[1]) for level in offered}


def current(chosen: Filters, choices: Catalogue) -> HealthChoice:
    """The choice that the address names, what it names wrongly taking its default."""
    levels, named = levels_offered(choices), address.chosen(PAGE, NAMES)
    usual = USUAL if USUAL in levels else next(iter(levels))
    level = named.get("places", "") if named.get("places") in levels else usual
    seen = view(chosen, choices, level)
    at = named.get("at", "") if named.get("at") in areas_offered(choices, level) else seen.chosen or ""
    address.keep(PAGE, named)
    return HealthChoice(level, at, named.get("show", "") if named.get("show") in SHOWN else RATE, seen.scope)


def areas_offered(choices: Catalogue, level: str) -> dict[str, str]:
    """The areas of a level by name."""
    areas = choices.areas[choices.areas["level"] == level].sort_values("area_name")
    return dict(zip(areas["area_code"], areas["area_name"], strict=True))


def draw_bar(choice: HealthChoice, choices: Catalogue) -> None:
    """The level of the areas."""
    left, _ = st.columns([1, 2])
    with left:
        address.select(PAGE, "places", "Areas compared", levels_offered(choices), choice.level)


def draw_area_bar(choice: HealthChoice, areas: dict[str, str], at: str) -> None:
    """The area shown by month, and what is shown of each month."""
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    with left:
        address.select(PAGE, "at", "Area by month", areas, at)
    with right:
        address.one_of(PAGE, "show", "What is shown of each month", SHOWN, choice.show)


def request(chosen: Filters, choice: HealthChoice) -> TriangulateRequest:
    """The question about the areas in view, over the months of a trend."""
    return TriangulateRequest(
        chosen.over(chosen.trend, "area", "month", level=choice.level, area=choice.scope)
    )


def health_selection(asked: Selection, area: str, *, definition: str, feed: str) -> Selection:
    """One area's series of a health feed, whose breaks are asked for."""
    return Selection(
        definition=definition,
        level=asked.level,
        by=("month",),
        from_month=asked.from_month,
        to_month=asked.to_month,
        area_code=area,
        weights=asked.weights,
        feed=feed,
    )


def force_of(chosen: Filters, choices: Catalogue) -> str | None:
    """The police force area of the chosen area, None for all of them: the level at which persons are matched."""
    seen = view(chosen, choices, USUAL)
    return seen.scope or seen.chosen


def is_of_health(chosen: Filters, choices: Catalogue) -> bool:
    """Whether the definition counts patients, and so belongs on the other side."""
    return choices.units.get(chosen.definition, "") in HEALTH_UNITS
