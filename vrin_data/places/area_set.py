"""A set of areas with their links, populations and boundaries, and how they nest."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import geopandas as gpd
import pandas as pd

WHOLE = ("within", "same")
"""Relations under which all of the child lies in the parent."""

BY_VINTAGE = ("ward", "msoa", "lsoa")
"""Levels that are published as a whole set for a year; the other levels change area by area, on a day."""

HEX_COLUMNS = ("area_code", "column_number", "row_number")
BAND_COLUMNS = (
    "area_code",
    "year",
    "sex",
    "age_low_years",
    "age_high_years",
    "person_count",
    "source",
)
LAYER_COLUMNS = ("level", "layer_name", "basis", "source")
INDICATOR_COLUMNS = (
    "area_code",
    "indicator_id",
    "indicator_name",
    "year",
    "value",
    "class_name",
    "unit",
    "basis",
    "source",
)


@dataclass(frozen=True)
class Finding:
    """Something a check of area files noticed."""

    level: Literal["error", "warning", "note"]
    file: str
    message: str


@dataclass(frozen=True)
class AreaSet:
    """Areas as the contract's tables hold them, without numbers.

    `areas`, `links`, `populations`, `layers` and `indicators` have the columns of the tables area (without
    area_id), area_link, population, layer and indicator; `boundaries` area_code, vintage and geometry in
    full detail, British National Grid (EPSG:27700), of every vintage known. `on` is the day whose areas and
    nesting are in force; None is the last there is. `hexes` are the places of districts in a layout of
    hexagons that a user brought: the columns of the table hexagon. `bands` are residents by age: those of the table
    population_band.
    """

    areas: pd.DataFrame
    links: pd.DataFrame
    populations: pd.DataFrame
    boundaries: gpd.GeoDataFrame
    findings: list[Finding] = field(default_factory=list)
    layers: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*LAYER_COLUMNS]))
    indicators: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*INDICATOR_COLUMNS]))
    bands: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*BAND_COLUMNS]))
    on: date | None = None
    hexes: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["area_code", "column_number", "row_number"])
    )


def level_closure(area_set: AreaSet) -> pd.DataFrame:
    """For every area and level, the one area in force in which it wholly lies; itself included.

    Columns: area_code, level, ancestor_code, sorted. An area of an older vintage has the newer area
    it became or was merged into, and none at its own level where it was split. Where links lead to
    two areas of a level, none is given: such an incident is not placed at that level.
    """
    facts = area_set.areas.drop_duplicates("area_code", keep="last").set_index("area_code")
    level_of = facts["level"].to_dict()
    in_force = areas_in_force(area_set)
    parents = _parents(area_set)
    rows: list[tuple[str, str, str]] = []
    for code in level_of:
        found: dict[str, set[str]] = defaultdict(set)
        for ancestor in _ancestors(code, parents):
            if ancestor in in_force:
                found[level_of[ancestor]].add(ancestor)
        rows += [(code, level, next(iter(codes))) for level, codes in found.items() if len(codes) == 1]
    return pd.DataFrame(sorted(rows), columns=["area_code", "level", "ancestor_code"])


def areas_in_force(area_set: AreaSet) -> set[str]:
    """Codes of the areas that exist on the set's day, of the newest vintage where a level has vintages."""
    return set(area_set.areas.loc[holds_on(area_set.areas, area_set.on), "area_code"]) & _current_vintage(
        area_set.areas
    )


def holds_on(frame: pd.DataFrame, on: date | None) -> pd.Series:
    """Which rows hold on a day, by valid_from and valid_to (half-open); None is the last day there is."""
    if on is None:
        return frame["valid_to"].isna()
    day = pd.Timestamp(on)
    begun = frame["valid_from"].isna() | (pd.to_datetime(frame["valid_from"]) <= day)
    return begun & (frame["valid_to"].isna() | (pd.to_datetime(frame["valid_to"]) > day))


def _current_vintage(areas: pd.DataFrame) -> set[str]:
    """Codes of each level's newest vintage, where it has vintages; a published year goes before the sample."""
    newest: dict[str, tuple[bool, str]] = {}
    for level, vintage in areas[["level", "vintage"]].drop_duplicates().itertuples(index=False):
        newest[level] = max(newest.get(level, (False, "")), (vintage.isdigit(), vintage))
    chosen = [
        level not in BY_VINTAGE or newest[level][1] == vintage
        for level, vintage in zip(areas["level"], areas["vintage"], strict=True)
    ]
    return set(areas.loc[chosen, "area_code"])


def _parents(area_set: AreaSet) -> dict[str, list[str]]:
    """By child the areas that wholly hold it, or that it counts in where a layer knows no boundaries."""
    links, layers = area_set.links, area_set.layers
    by_fit = set(layers.loc[layers["basis"] == "best_fit", "level"])
    fits = (links["relation"] == "best_fit") & links["parent_level"].isin(by_fit)
    whole = links[(links["relation"].isin(WHOLE) | fits) & holds_on(links, area_set.on)]
    parents: dict[str, list[str]] = defaultdict(list)
    for child, parent in whole[["child_code", "parent_code"]].itertuples(index=False):
        parents[child].append(parent)
    return parents


def _ancestors(code: str, parents: dict[str, list[str]]) -> set[str]:
    seen = {code}
    waiting = [code]
    while waiting:
        for parent in parents.get(waiting.pop(), []):
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
    return seen
