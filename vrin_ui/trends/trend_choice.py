"""What a reader has chosen on the screen Trends, kept in its address."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.errors import UsageError
from vrin_data.measures import Catalogue, Selection, TrendRequest
from vrin_data.methods.chart_settings import ChartSettings, settings_of
from vrin_data.records import SeriesKey
from vrin_ui import address
from vrin_ui.breaks.rebase_forms import series_key
from vrin_ui.breaks.target_forms import target_on_record
from vrin_ui.filters import Filters, view
from vrin_ui.trends.trend_points import NAMES
from vrin_ui.wording import level_words, sentence

PAGE = "trends"
SETTINGS = ("run_length", "ties", "two_of_three", "screen_ranges", "trial_below", "improvement")
NAMES_HERE = (
    "show", "figure", "chart", "months", "target", "near", "homicide_in", "season", "below", "parts", "scale",
    *SETTINGS,
)  # fmt: skip
ONE, AREAS, OFFENCES, BREAKS = "one", "areas", "offences", "breaks"
SHOWS = {ONE: "One series", AREAS: "By area", OFFENCES: "By offence", BREAKS: "Breaks on record"}
KINDS = {
    "auto": "As the figures allow",
    "xmr": "XmR control chart",
    "run": "Run chart",
    "laney": "Control chart of rates (u′)",
    "rare": "Rare events, by year",
}
ALL, LAST_36, PERIOD = "all", "36", "period"
MONTHS = {ALL: "All the feed has", LAST_36: "36, or the period", PERIOD: "The period alone"}
WITH, WITHOUT = "with", "without"
HOMICIDE = {WITHOUT: "Without homicide", WITH: "With homicide"}
LIMITS, CHANGED, SEASON, OUTLOOK = "limits", "changed", "season", "outlook"
BELOW = {
    "": "Nothing more",
    LIMITS: "New limits and target",
    CHANGED: "Did something change?",
    SEASON: "Season",
    OUTLOOK: "Outlook",
}
OWN, SHARED = "own", "shared"
SCALES = {OWN: "A scale for each", SHARED: "One scale for all"}
MOST_AREAS = 60


@dataclass(frozen=True)
class TrendChoice:
    """What is shown of what figure, by which chart and settings; months are those of the series, both included."""

    show: str
    figure: str
    kind: str
    months: str
    settings: ChartSettings
    target: float | None
    has_near: bool
    is_without_homicide: bool
    is_without_season: bool
    below: str
    parts: str
    scale: str

    @property
    def is_harm(self) -> bool:
        """Whether the figure weighs harm, in which one homicide outweighs a month of anything else."""
        return self.figure.startswith("harm")


def current(chosen: Filters, choices: Catalogue) -> TrendChoice:
    """The choice that the address names; whatever it names wrongly takes its default."""
    named = address.chosen(PAGE, NAMES_HERE)
    figures = figures_of(chosen, choices)
    levels = part_levels(chosen, choices)
    choice = TrendChoice(
        show=_known(named.get("show"), SHOWS, ONE),
        figure=_known(named.get("figure"), figures, "incidents"),
        kind=_known(named.get("chart"), KINDS, "auto"),
        months=_known(named.get("months"), MONTHS, ALL),
        settings=_settings(named),
        target=number_of(named.get("target", "")),
        has_near=named.get("near") == "1",
        is_without_homicide=chosen.without_homicide or named.get("homicide_in") != WITH,
        is_without_season=named.get("season") == "1",
        below=_known(named.get("below"), BELOW, ""),
        parts=_known(named.get("parts"), levels, _usual(levels)),
        scale=_known(named.get("scale"), SCALES, OWN),
    )
    address.keep(PAGE, named)
    return choice


def figures_of(chosen: Filters, choices: Catalogue) -> dict[str, str]:
    """The figures that there are of the definition: what hospitals count has no harm."""
    is_health = choices.units.get(chosen.definition, "") in HEALTH_UNITS
    return {one: name for one, name in NAMES.items() if not (is_health and one.startswith("harm"))}


def part_levels(chosen: Filters, choices: Catalogue) -> dict[str, str]:
    """The levels whose areas in view are few enough to be read one by one, coarse first."""
    found = {}
    for level in choices.levels:
        count = len(areas_in_view(chosen, choices, level))
        if 1 < count <= MOST_AREAS:
            found[level] = f"{sentence(level_words(level, choices.levels)[1])} ({count})"
    return found


def areas_in_view(chosen: Filters, choices: Catalogue, level: str) -> list[str]:
    """Names of the areas of a level that are shown one by one, those around the chosen area or in it."""
    areas = choices.areas[choices.areas["level"] == level]
    scope = view(chosen, choices, level).scope
    if scope is not None:
        ups = [name for name in areas.columns if name.startswith("in_")]
        areas = areas[areas[ups].eq(scope).any(axis=1)]
    return [*areas["area_name"]]


def _usual(levels: Mapping[str, str]) -> str:
    return "district" if "district" in levels else next(iter(levels), "")


def _known(value: str | None, known: Mapping[str, str], default: str) -> str:
    return value if value is not None and value in known else default


def _settings(named: Mapping[str, str]) -> ChartSettings:
    try:
        return settings_of({name: named[name] for name in SETTINGS if name in named})
    except UsageError:
        return ChartSettings()


def number_of(text: str) -> float | None:
    """A target as it is written, with or without commas; None where there is none or it is no number."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None


def span_of(chosen: Filters, choice: TrendChoice) -> tuple[date, date]:
    """First and last month of the series."""
    if choice.months == PERIOD:
        return chosen.from_month, chosen.to_month
    if choice.months == LAST_36:
        return chosen.trend
    return chosen.first_month, chosen.to_month


def selection(chosen: Filters, choice: TrendChoice) -> Selection:
    """The months of the chosen area, or of all areas in view."""
    return _without(chosen.over(span_of(chosen, choice), "month", area=chosen.area), choice)


def _without(asked: Selection, choice: TrendChoice) -> Selection:
    left_out = asked.without_homicide or (choice.is_harm and choice.is_without_homicide)
    return replace(asked, without_homicide=left_out)


def request(chosen: Filters, choice: TrendChoice) -> TrendRequest:
    """The question about one series."""
    return TrendRequest(
        selection(chosen, choice),
        figure=choice.figure,
        kind=choice.kind,
        settings=choice.settings,
        target=choice.target,
        without_season=choice.is_without_season,
    )


def series_of(chosen: Filters, choice: TrendChoice) -> SeriesKey:
    """The series as its limits and targets stand on record."""
    return series_key(selection(chosen, choice), choice.figure, chosen.feed)


def with_target(chosen: Filters, choice: TrendChoice) -> TrendChoice:
    """The choice with the target on record where the address names none; its direction says what is better."""
    if choice.target is not None:
        return choice
    found = target_on_record(series_of(chosen, choice), choice.figure, chosen.to_month)
    if found is None:
        return choice
    better = replace(choice.settings, improvement="down" if found.direction == "at_most" else "up")
    return replace(choice, target=found.value, settings=better)


def area_request(chosen: Filters, choice: TrendChoice, choices: Catalogue) -> TrendRequest:
    """The question about every area in view, a series each."""
    scope = view(chosen, choices, choice.parts).scope
    asked = chosen.over(span_of(chosen, choice), "area", "month", level=choice.parts, area=scope)
    return TrendRequest(
        _without(asked, choice), figure=choice.figure, kind=choice.kind, settings=choice.settings
    )


def offence_request(chosen: Filters, choice: TrendChoice) -> TrendRequest:
    """The question about every group of offences, a series each."""
    return replace(request(chosen, choice), target=None)
