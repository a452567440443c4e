"""What the reader has chosen: one frozen value, kept in the address as short readable text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from vrin_data.contract.codes import LEVELS, OWN
from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.contract.series import ALL_SERIES, SERIES
from vrin_data.errors import UsageError
from vrin_data.measures import Catalogue, Selection, parse_month

MEASURES = {
    "harm": "Harm (days)",
    "harm-rate": "Harm per 1,000 residents",
    "incidents": "Incidents",
    "incidents-rate": "Incidents per 1,000 residents",
}
SMOOTHED = {
    "harm-smoothed": "Harm per 1,000 residents, smoothed",
    "incidents-smoothed": "Incidents per 1,000 residents, smoothed",
}
MAP_MEASURES = {
    **MEASURES,
    "share": "Share of all harm (%)",
    "per-offence": "Harm per offence (days)",
    "change": "Change in incidents on the year before",
    **SMOOTHED,
}
"""What the map can show besides; elsewhere its nearest kin of MEASURES stands for it."""
KIN = {
    "share": "harm",
    "per-offence": "harm-rate",
    "change": "incidents",
    "harm-smoothed": "harm-rate",
    "incidents-smoothed": "incidents-rate",
}
WITHOUT_HOMICIDE, AS_COMPLETED = "without", "as_completed"
DEFAULT_DEFINITION = "violence-with-injury"
RETIRED = ", retired)"
"""How the name of a version ends that is no longer in force."""
SMALL_LEVELS = ("ward", "msoa", "lsoa")
AROUND = {
    "csp": "in_force", "district": "in_force",
    "ward": "in_district", "msoa": "in_district", "lsoa": "in_district",
}  # fmt: skip
"""For a level the areas within which one of its areas is shown among its neighbours."""
USUAL = {"region": "force", "force": "district"}
"""The level of areas that an area opens into; all others open into the smallest."""
FINEST = "lsoa"
YEAR = 12
TREND_MONTHS = 36


@dataclass(frozen=True)
class Filters:
    """A reader's choice. Months are first days, both included; `area` None is every area in view.

    `first_month` is the first that the feed has.
    """

    definition: str
    from_month: date
    to_month: date
    edition: str
    feed: str
    first_month: date
    area: str | None = None
    level: str = "district"
    measure: str = "harm-rate"
    series: str = ALL_SERIES
    without_homicide: bool = False
    attempts: str = "listed"

    def params(self) -> dict[str, str]:
        """The choice as it stands in the address."""
        params = {
            "definition": self.definition,
            "from": f"{self.from_month:%Y-%m}",
            "to": f"{self.to_month:%Y-%m}",
            "level": self.level,
            "measure": self.measure,
            "weights": self.edition,
            "feed": self.feed,
        }
        # What is usual is left out, so that a link stays short.
        rules = {
            "series": self.series if self.series != ALL_SERIES else "",
            "homicide": WITHOUT_HOMICIDE if self.without_homicide else "",
            "attempts": self.attempts if self.attempts == AS_COMPLETED else "",
        }
        area = {} if self.area is None else {"area": self.area}
        return {**area, **params, **{name: value for name, value in rules.items() if value}}

    def selection(self, *by: str, level: str | None = None, area: str | None = None) -> Selection:
        """A question on these choices; `area` restricts it, and nothing does where it is None."""
        return Selection(
            definition=self.definition,
            level=level or self.level,
            by=by,
            from_month=self.from_month,
            to_month=self.to_month,
            area_code=area,
            weights=self.edition,
            feed=self.feed,
            series=self.series,
            without_homicide=self.without_homicide,
            attempts=self.attempts,
        )

    @property
    def year(self) -> tuple[date, date]:
        """First and last month of the period, or of its last 12 months where it is longer."""
        return max(self.from_month, shifted(self.to_month, 1 - YEAR)), self.to_month

    @property
    def trend(self) -> tuple[date, date]:
        """First and last month of the trend: the period, and 36 months where there are as many."""
        first = min(self.from_month, shifted(self.to_month, 1 - TREND_MONTHS))
        return max(first, self.first_month), self.to_month

    def over(
        self, period: tuple[date, date], *by: str, level: str | None = None, area: str | None = None
    ) -> Selection:
        """A question on these choices over another period than the chosen one."""
        return replace(self, from_month=period[0], to_month=period[1]).selection(*by, level=level, area=area)


PARAMS = (
    "area",
    "definition",
    "from",
    "to",
    "level",
    "measure",
    "weights",
    "feed",
    "series",
    "homicide",
    "attempts",
)


def parse(params: Mapping[str, str], choices: Catalogue) -> Filters:
    """The choice that an address names; whatever it does not name, or names wrongly, takes its default."""
    definition = _definition(params.get("definition", ""), choices)
    feeds = choices.feeds_for(definition) or choices.feeds
    feed = _known(params.get("feed"), feeds, next(iter(feeds)))
    first, last = choices.months_of_feed[feed]
    to_month = _month(params.get("to"), first, last) or last
    from_month = _month(params.get("from"), first, last) or max(first, shifted(to_month, 1 - YEAR))
    from_month, to_month = sorted((from_month, to_month))
    area = params.get("area")
    levels = map_levels(choices)
    level = _known(params.get("level"), levels, "district" if "district" in levels else next(iter(levels)))
    return Filters(
        definition=definition,
        from_month=from_month,
        to_month=to_month,
        edition=_known(params.get("weights"), choices.editions, next(iter(choices.editions))),
        feed=feed,
        first_month=first,
        area=area if area and choices.areas["area_code"].eq(area).any() else None,
        level=level,
        measure=_measure(params.get("measure"), measures_at(level, choices.units.get(definition, ""))),
        series=params.get("series", "") if params.get("series") in SERIES else ALL_SERIES,
        without_homicide=params.get("homicide") == WITHOUT_HOMICIDE,
        attempts=AS_COMPLETED if params.get("attempts") == AS_COMPLETED else "listed",
    )


def _definition(asked: str, choices: Catalogue) -> str:
    """The definition asked for; of one that is retired its last version, and where there is none the usual one."""
    if asked in choices.versions or asked in choices.definitions:
        return asked
    return retired_version(asked, choices) or _known(asked, choices.definitions, DEFAULT_DEFINITION)


def retired_version(definition_id: str, choices: Catalogue) -> str:
    """The last version of a definition that was in force and is not any more; '' where there is none."""
    own = [ref for ref in choices.versions if ref.rpartition("@")[0] == definition_id]
    was = [ref for ref in own if choices.versions[ref].endswith(RETIRED)]
    return max(was, key=lambda ref: int(ref.rpartition("@")[2]), default="")


def measures_at(level: str, unit: str) -> dict[str, str]:
    """The measures of a map: smoothed rates at small areas alone, and no harm of what hospitals count."""
    known = {name: words for name, words in MAP_MEASURES.items() if name not in SMOOTHED or is_small(level)}
    if unit not in HEALTH_UNITS:
        return known
    return {name: words for name, words in known.items() if name.startswith(("incidents", "change"))}


def is_small(level: str) -> bool:
    """Whether areas of this level are so small that chance alone makes their rates differ."""
    return level in SMALL_LEVELS or level.startswith(OWN)


def plain_measure(measure: str) -> str:
    """The measure itself, or of those that only the map has the nearest of MEASURES."""
    return KIN.get(measure, measure)


def _measure(value: str | None, offered: Mapping[str, str]) -> str:
    """The measure asked for, its nearest kin, or the same of incidents where there is no harm."""
    asked = value if value in MAP_MEASURES else "harm-rate"
    tried = (asked, KIN.get(asked, asked), plain_measure(asked).replace("harm", "incidents"))
    return next(one for one in tried if one in offered)


def map_levels(choices: Catalogue) -> dict[str, str]:
    """The levels that a map can show: all but the region, which is one area."""
    return {level: name for level, name in choices.levels.items() if level != "region"}


@dataclass(frozen=True)
class View:
    """What a map shows: the area whose parts are drawn (None: all) and the part that is chosen."""

    scope: str | None
    chosen: str | None


def view(filters: Filters, choices: Catalogue, level: str) -> View:
    """What a map of this level shows for the chosen area.

    The parts of the chosen area where it has any; else the area among its neighbours: those of its
    force, or for the small levels of its district.
    """
    if filters.area is None:
        return View(None, None)
    if level in part_levels(filters.area, choices):
        return View(filters.area, None)
    area = choices.areas.set_index("area_code").loc[filters.area]
    scope = area[AROUND[level]] if level in AROUND else None
    own = filters.area if area["level"] == level else area.get(f"in_{level}")
    return View(scope if isinstance(scope, str) else None, own if isinstance(own, str) else None)


def part_levels(area_code: str, choices: Catalogue) -> list[str]:
    """The finer levels that have areas in this one, coarse first."""
    areas = choices.areas
    level = str(areas.loc[areas["area_code"] == area_code, "level"].iloc[0])
    column = f"in_{level}"
    if column not in areas:
        return []
    there = set(areas.loc[areas[column] == area_code, "level"]) - {level}
    return [one for one in choices.levels if one in there and is_finer(one, level)]


def next_level(area: str, choices: Catalogue) -> str | None:
    """The level of areas that an area opens into: force, district, small areas; None where it has none inside."""
    parts = part_levels(area, choices)
    level = str(choices.areas.loc[choices.areas["area_code"] == area, "level"].iloc[0])
    wanted = USUAL.get(level, FINEST)
    return wanted if wanted in parts else next(iter(parts), None)


def is_finer(level: str, than: str) -> bool:
    """Whether a level may lie within areas of another: official ones by rank, own layers within any and any in them."""
    if level in LEVELS and than in LEVELS:
        return LEVELS.index(level) > LEVELS.index(than)
    return True


def shifted(month: date, months: int) -> date:
    """The month so many months later (earlier where negative)."""
    number = month.year * YEAR + month.month - 1 + months
    return date(number // YEAR, number % YEAR + 1, 1)


def _known(value: str | None, known: Mapping[str, str], default: str) -> str:
    if value in known:
        return str(value)
    return default if default in known else next(iter(known))


def _month(value: str | None, first: date, last: date) -> date | None:
    try:
        month = parse_month(value or "")
    except UsageError:
        return None
    return min(max(month, first), last)
