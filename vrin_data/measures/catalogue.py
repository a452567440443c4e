"""What can be asked of a build: the choices of the filter bar and of the command line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from vrin_data.contract.codes import CODE_LISTS, LEVELS, is_level
from vrin_data.contract.definition_model import HEALTH_UNITS
from vrin_data.contract.feeds import feeds
from vrin_data.errors import EmptyStore, UsageError
from vrin_data.measures.build_facts import NO_CRIMES, areas_in_view, areas_of_level, build_facts
from vrin_data.records import DefinitionVersion, definition_register, in_force, weights
from vrin_data.store import Store

UPS = ("in_region", "in_force", "in_csp", "in_district", "in_ward", "in_msoa")


@dataclass(frozen=True)
class Catalogue:
    """Choices, each as id and words. `areas` has area_code, area_name, level and UPS, the areas it lies in,
    and in_own-... for a partnership's own layers.

    `definitions` are those in force by id, `versions` all there are by id@version. `feeds` are those of
    crimes, `feeds_of_unit` those of attendances and of admissions. `editions` weigh in days, `other_editions` in
    scores or pounds. `best_fit` are the levels in whose areas each small area counts whole where it fits best.
    """

    build_id: str
    definitions: dict[str, str]
    versions: dict[str, str]
    units: Mapping[str, str]
    editions: dict[str, str]
    other_editions: dict[str, str]
    feeds: dict[str, str]
    feeds_of_unit: dict[str, dict[str, str]]
    months_of_feed: dict[str, tuple[date, date]]
    levels: dict[str, str]
    areas: pd.DataFrame
    outlines: dict[str, str]
    attribution: tuple[str, ...]
    is_simulated: bool
    best_fit: frozenset[str] = frozenset()

    def feeds_for(self, ref: str) -> dict[str, str]:
        """The feeds that a definition can be asked of; none where nothing of its unit came in."""
        return self.feeds_of_unit.get(self.units.get(ref, ""), self.feeds)


def catalogue(store: Store) -> Catalogue:
    """The choices that the current build offers. Holds names and months, no figures.

    Feeds are those of crimes, which alone can be asked for harm. Raises EmptyStore where there is none.
    """
    facts = build_facts(store)
    if not facts.feeds_with_data:
        raise EmptyStore(NO_CRIMES)
    every = definition_register(store.path)
    every_edition = weights.weight_editions(store.path)
    standing = sorted(in_force(store.path).values(), key=lambda one: one.name.casefold())
    shown = areas_in_view(facts)
    own = dict(zip(facts.layers["level"], facts.layers["layer_name"], strict=True))
    own_levels = [level for level in own if level not in LEVELS]
    levels = {
        level: CODE_LISTS["level"].get(level, own.get(level, level))
        for level in (*LEVELS, *own_levels)
        if len(areas_of_level(facts, level))
    }
    of_unit = {
        unit: _named(one for one in facts.all_feeds if feeds()[one].grain == unit) for unit in HEALTH_UNITS
    }
    return Catalogue(
        build_id=facts.build_id,
        definitions={one.definition_id: _words(one) for one in standing},
        versions={one.ref: _words(one) for one in every},
        units={one.ref: one.definition.unit for one in every}
        | {one.definition_id: one.definition.unit for one in standing},
        editions={name: one.name for name, one in every_edition.items() if one.kind == "days"},
        other_editions={name: one.name for name, one in every_edition.items() if one.kind != "days"},
        feeds=_named(facts.feeds_with_data),
        feeds_of_unit=of_unit,
        months_of_feed={one: facts.months(one) for one in facts.all_feeds},
        levels=levels,
        areas=shown[
            ["area_code", "area_name", "level", *UPS, *(f"in_{level}" for level in own_levels)]
        ].reset_index(drop=True),
        outlines=facts.outlines,
        attribution=facts.attribution,
        is_simulated=bool(facts.simulated_feeds),
        best_fit=frozenset(facts.layers.loc[facts.layers["basis"] == "best_fit", "level"]),
    )


def _named(feed_ids: Iterable[str]) -> dict[str, str]:
    return {one: feeds()[one].name for one in feed_ids}


def _words(one: DefinitionVersion) -> str:
    state = "" if one.state in ("built-in", "approved") else f", {one.state}"
    return f"{one.name} (v{one.version}{state})"


def area_list(store: Store, level: str) -> pd.DataFrame:
    """Areas of a level in view, by name: area_code, area_name. Holds names, no figures.

    Raises UsageError for a level that is none.
    """
    if not is_level(level):
        raise UsageError(f"There is no level {level!r}. Levels: {', '.join(LEVELS)}, and own-... layers.")
    return areas_of_level(build_facts(store), level)[["area_code", "area_name"]].reset_index(drop=True)
