"""What all maps of a page share: the reader's choice, what can be chosen, and what is in view."""

from dataclasses import dataclass, replace

from vrin_data.measures import Catalogue, Selection
from vrin_data.protect import Presented
from vrin_ui import address, ask
from vrin_ui.filters import KIN, Filters, View, is_small, view
from vrin_ui.map.bounds import Bounds, bounds_of
from vrin_ui.map.map_choice import HEXAGONS, NAMES, PAGE, MapChoice, parse_choice
from vrin_ui.map.map_words import heading


@dataclass(frozen=True)
class Frame:
    """A map page's terms. `chosen` has the level that is drawn."""

    chosen: Filters
    choices: Catalogue
    choice: MapChoice
    shown: View

    @property
    def level(self) -> str:
        """The level of the areas that are drawn."""
        return self.chosen.level

    @property
    def measure(self) -> str:
        """The measure that is drawn: a change is not compared with another."""
        is_change = self.chosen.measure == "change" and self.choice.is_pair
        return KIN["change"] if is_change else self.chosen.measure

    @property
    def is_small(self) -> bool:
        """Whether chance alone makes the rates of these areas differ."""
        return is_small(self.level)

    @property
    def outline(self) -> str | None:
        """The outline file to draw; None where the level has none."""
        return self.choices.outlines.get(self.choice.outline(self.level))

    @property
    def bounds(self) -> Bounds | None:
        """Where all areas of the level lie, where all are drawn; None where only some are."""
        return bounds_of(self.outline) if self.outline and self.shown.scope is None else None

    def heading(self, title: str, areas: Presented) -> str:
        """The heading of a map of these areas."""
        return heading(title, self.level, self.shown.scope, self.choices, areas.stamp.period)

    def selection(self, chosen: Filters | None = None) -> Selection:
        """The areas in view, under other terms where these are given."""
        return (chosen or self.chosen).selection("area", level=self.level, area=self.shown.scope)

    def ask(self, chosen: Filters | None = None) -> Presented:
        """The figures of the areas in view, of small ones with smoothed rates and what chance does to them."""
        question = "small areas" if self.is_small else "harm"
        return ask.ask(question, self.selection(chosen))


def frame_of(chosen: Filters, choices: Catalogue) -> Frame:
    """The terms of the page that the address names."""
    named = address.chosen(PAGE, NAMES)
    choice = parse_choice(named, chosen, choices)
    address.keep(PAGE, {**named, **choice.params()})
    drawn = replace(chosen, level=choice.level(chosen))
    shown = view(drawn, choices, drawn.level)
    if choice.mode == HEXAGONS and shown.chosen is not None:
        # All hexagons stay in view: they are few, and where they lie says nothing alone.
        shown = View(None, shown.chosen)
    return Frame(drawn, choices, choice, shown)
