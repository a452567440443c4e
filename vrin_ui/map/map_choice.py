"""How the map is drawn: one of its modes, its classes, and what stands beside it; kept in the address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from vrin_data.errors import UsageError
from vrin_data.measures import Catalogue, parse_month
from vrin_ui.filters import YEAR, Filters, shifted
from vrin_ui.schemes import SCHEMES

PAGE = "map"
NAMES = ("mode", "scheme", "beside", "against", "context", "indicator", "asset", "layer")
"""What the address of the page holds beside the filter bar's; those after `against` belong to the context."""
ONE, PERIODS, DEFINITIONS, BOTH, HEXAGONS = "one", "periods", "definitions", "both", "hexagons"
MODES = {
    ONE: "One map",
    PERIODS: "Two periods",
    DEFINITIONS: "Two definitions",
    BOTH: "Count against harm",
    HEXAGONS: "Hexagons",
}
HEX_LEVEL, HEX_OUTLINE = "district", "hex-district"


@dataclass(frozen=True)
class MapChoice:
    """A mode, a scheme of classes, the first month of the other period, and the other definition."""

    mode: str = ONE
    scheme: str = "quantiles"
    beside: date | None = None
    against: str = ""

    @property
    def is_pair(self) -> bool:
        """Whether two maps stand side by side."""
        return self.mode in (PERIODS, DEFINITIONS)

    def level(self, chosen: Filters) -> str:
        """The level that is drawn: hexagons stand for districts."""
        return HEX_LEVEL if self.mode == HEXAGONS else chosen.level

    def outline(self, level: str) -> str:
        """The outline that is drawn for areas of a level."""
        return HEX_OUTLINE if self.mode == HEXAGONS else level

    def params(self) -> dict[str, str]:
        """The choice as it stands in the address; what is usual is left out."""
        usual = MapChoice()
        return {
            "mode": self.mode if self.mode != usual.mode else "",
            "scheme": self.scheme if self.scheme != usual.scheme else "",
            "beside": f"{self.beside:%Y-%m}" if self.beside and self.mode == PERIODS else "",
            "against": self.against if self.mode == DEFINITIONS else "",
        }


def modes(choices: Catalogue, definition: str) -> dict[str, str]:
    """The modes that there is something to draw for."""
    missing = {
        HEXAGONS: HEX_OUTLINE not in choices.outlines,
        DEFINITIONS: not other_definitions(choices, definition),
        BOTH: choices.units.get(definition, "offence") in choices.feeds_of_unit,
    }
    return {mode: words for mode, words in MODES.items() if not missing.get(mode, False)}


def parse_choice(params: Mapping[str, str], chosen: Filters, choices: Catalogue) -> MapChoice:
    """The choice that an address names; whatever it names wrongly takes its default."""
    others = other_definitions(choices, chosen.definition)
    mode, scheme, against = (params.get(name, "") for name in ("mode", "scheme", "against"))
    return MapChoice(
        mode=mode if mode in modes(choices, chosen.definition) else ONE,
        scheme=scheme if scheme in SCHEMES else "quantiles",
        beside=_month(params.get("beside", "")),
        against=against if against in others else next(iter(others), ""),
    )


def other_definitions(choices: Catalogue, definition: str) -> dict[str, str]:
    """Definitions in force that count the same unit as this one."""
    unit = choices.units.get(definition)
    return {
        one: words
        for one, words in choices.definitions.items()
        if choices.units.get(one) == unit and one != definition.partition("@")[0]
    }


def other_starts(chosen: Filters, choices: Catalogue) -> list[date]:
    """Months, latest first, at which another period of the same length can begin within the feed."""
    first, last = choices.months_of_feed[chosen.feed]
    months = [
        shifted(first, number) for number in range(_length(first, last) - _length(*_period(chosen)) + 1)
    ]
    return [month for month in reversed(months) if month != chosen.from_month]


def other_start(choice: MapChoice, chosen: Filters, choices: Catalogue) -> date | None:
    """The month at which the other period begins: the one chosen, else a year before, else the latest there is."""
    starts = other_starts(chosen, choices)
    tried = (choice.beside, shifted(chosen.from_month, -YEAR))
    return next((month for month in tried if month in starts), starts[0] if starts else None)


def in_other_period(chosen: Filters, start: date) -> Filters:
    """The same choice over as many months from another month on."""
    return replace(chosen, from_month=start, to_month=shifted(start, _length(*_period(chosen)) - 1))


def _period(chosen: Filters) -> tuple[date, date]:
    return chosen.from_month, chosen.to_month


def _length(first: date, last: date) -> int:
    return (last.year - first.year) * YEAR + last.month - first.month + 1


def _month(text: str) -> date | None:
    try:
        return parse_month(text)
    except UsageError:
        return None
