"""What can be asked of a build: the choices of the filter bar and of the command line."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from vrin_data.contract.codes import CODE_LISTS, LEVELS
from vrin_data.contract.definitions import definitions
from vrin_data.contract.feeds import feeds
from vrin_data.contract.weights import edition, editions
from vrin_data.errors import EmptyStore, UsageError
from vrin_data.measures.build_facts import NO_CRIMES, areas_in_view, areas_of_level, build_facts
from vrin_data.store import Store


@dataclass(frozen=True)
class Catalogue:
    """Choices, each as id and words. `areas` has area_code, area_name, level, in_force, in_district, in_csp."""

    build_id: str
    definitions: dict[str, str]
    editions: dict[str, str]
    feeds: dict[str, str]
    months_of_feed: dict[str, tuple[date, date]]
    levels: dict[str, str]
    areas: pd.DataFrame
    outlines: dict[str, str]
    attribution: tuple[str, ...]
    is_simulated: bool


def catalogue(store: Store) -> Catalogue:
    """The choices that the current build offers. Holds names and months, no figures.

    Feeds are those of crimes, which alone can be asked for harm. Raises EmptyStore where there is none.
    """
    facts = build_facts(store)
    if not facts.feeds_with_data:
        raise EmptyStore(NO_CRIMES)
    shown = areas_in_view(facts)
    levels = {
        level: CODE_LISTS["level"][level]
        for level in LEVELS
        if (shown[f"in_{level}"] == shown["area_code"]).any()
    }
    return Catalogue(
        build_id=facts.build_id,
        definitions={one.id: f"{one.name} (v{one.version})" for one in definitions().values()},
        editions={one: edition(one).name for one in editions("days")},
        feeds={one: feeds()[one].name for one in facts.feeds_with_data},
        months_of_feed={one: facts.months(one) for one in facts.feeds_with_data},
        levels=levels,
        areas=shown[["area_code", "area_name", "level", "in_force", "in_csp", "in_district"]].reset_index(
            drop=True
        ),
        outlines=facts.outlines,
        attribution=facts.attribution,
        is_simulated=bool(facts.simulated_feeds),
    )


def area_list(store: Store, level: str) -> pd.DataFrame:
    """Areas of a level in view, by name: area_code, area_name. Holds names, no figures.

    Raises UsageError for a level that is none.
    """
    if level not in LEVELS:
        raise UsageError(f"There is no level {level!r}. Levels: {', '.join(LEVELS)}.")
    return areas_of_level(build_facts(store), level)[["area_code", "area_name"]].reset_index(drop=True)
