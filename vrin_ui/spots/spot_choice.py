"""What a reader has chosen on the screen Harm spots, kept in its address."""

from dataclasses import dataclass

import streamlit as st

from vrin_data.contract.codes import OWN
from vrin_data.measures import Catalogue, ConcentrationRequest, HotspotRequest, Selection
from vrin_ui import address
from vrin_ui.filters import Filters, view
from vrin_ui.wording import level_words, sentence

PAGE = "hotspots"
NAMES = ("places", "rule", "homicide_in")
SMALL = ("lsoa", "msoa", "ward")
RULES = {
    "gi_star": "Gi* with false discovery control",
    "two_sd": "Two standard deviations",
}
WITHOUT = "without"
HARM_OF = {"": "With homicide", WITHOUT: "Without homicide"}
YEARS = 3


@dataclass(frozen=True)
class SpotChoice:
    """The level of the places, the rule by which one stands out, and whether homicide is left out."""

    level: str
    rule: str
    is_without_homicide: bool
    scope: str | None

    @property
    def harm_kind(self) -> str:
        """The kind of harm that is looked at."""
        return "harm_without_homicide" if self.is_without_homicide else "harm"


def place_levels(choices: Catalogue) -> dict[str, str]:
    """Levels of places small enough to speak of concentration, the finest first."""
    own = [level for level in choices.levels if level.startswith(OWN)]
    offered = [level for level in (*SMALL, *own) if level in choices.levels]
    return {level: sentence(level_words(level, choices.levels)[1]) for level in offered}


def current(chosen: Filters, choices: Catalogue) -> SpotChoice | None:
    """The choice that the address names, what it names wrongly taking its default; None without small areas."""
    levels = place_levels(choices)
    if not levels:
        return None
    named = address.chosen(PAGE, NAMES)
    level = named.get("places", "")
    level = level if level in levels else next(iter(levels))
    rule = named.get("rule", "") if named.get("rule") in RULES else "gi_star"
    is_without = chosen.without_homicide or named.get("homicide_in") == WITHOUT
    address.keep(PAGE, named)
    return SpotChoice(level, rule, is_without, view(chosen, choices, level).scope)


def draw_bar(choice: SpotChoice, choices: Catalogue) -> None:
    """Level, rule and homicide, each in the address."""
    level, rule, homicide = st.columns(3)
    with level:
        address.select(PAGE, "places", "Places", place_levels(choices), choice.level)
    with rule:
        address.select(PAGE, "rule", "When a place stands out", RULES, choice.rule)
    with homicide:
        value = WITHOUT if choice.is_without_homicide else ""
        address.select(PAGE, "homicide_in", "Harm spots", HARM_OF, value)


def selection(chosen: Filters, choice: SpotChoice) -> Selection:
    """The question about the places in view."""
    return chosen.selection("area", level=choice.level, area=choice.scope)


def concentration_request(chosen: Filters, choice: SpotChoice) -> ConcentrationRequest:
    """The question how concentrated the figures are."""
    return ConcentrationRequest(selection(chosen, choice))


def hotspot_request(chosen: Filters, choice: SpotChoice, kind: str) -> HotspotRequest:
    """The question which places stand out by incidents ("count") or by harm."""
    return HotspotRequest(selection(chosen, choice), kind=kind, rule=choice.rule, years=YEARS)  # type: ignore[arg-type]
