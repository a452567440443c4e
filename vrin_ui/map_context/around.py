"""What context is drawn for: the areas in view with the rate that is set beside it, and the reader's choice."""

from dataclasses import dataclass

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.measures import Catalogue
from vrin_data.protect import Presented
from vrin_ui import ask
from vrin_ui.filters import SMOOTHED, Filters, view
from vrin_ui.map.map_figures import Figures, figures_of
from vrin_ui.wording import level_words

HARM, SMOOTHED_HARM = "harm_days_per_1000", "harm_days_per_1000_smoothed"


@dataclass(frozen=True)
class Around:
    """What the context is drawn for: the areas of the map with their figure, and the reader's choice."""

    chosen: Filters
    choices: Catalogue
    areas: Presented
    shown: Figures

    @property
    def outline(self) -> str | None:
        """The outlines of the level; None where it has none."""
        return self.choices.outlines.get(self.chosen.level)

    @property
    def scope(self) -> str | None:
        """The area whose parts are in view; None for all."""
        return view(self.chosen, self.choices, self.chosen.level).scope

    @property
    def several(self) -> str:
        """The word for several areas of the level."""
        return level_words(self.chosen.level, self.choices.levels)[1].partition(" (")[0]


def around_of(areas: Presented, chosen: Filters, choices: Catalogue) -> Around:
    """What context is drawn for; where a map holds other figures than harm by area, these are asked for."""
    if HARM not in areas.frame:
        scope = view(chosen, choices, chosen.level).scope
        areas = ask.ask("harm", chosen.selection("area", area=scope))
    return Around(chosen, choices, areas, figures_of(areas.frame, _measure(areas, chosen, choices)))


def _measure(areas: Presented, chosen: Filters, choices: Catalogue) -> str:
    """The rate that is set beside context: smoothed where the map shows it so, of incidents where there is no harm."""
    if chosen.measure in SMOOTHED and SMOOTHED_HARM in areas.frame:
        return chosen.measure
    of_health = choices.units.get(chosen.definition) in HEALTH_UNITS
    return "incidents-rate" if of_health or chosen.measure.startswith("incidents") else "harm-rate"
