"""A set of areas with their links, populations and boundaries, and how they nest."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

import geopandas as gpd
import pandas as pd

WHOLE = ("within", "same")
"""Relations under which all of the child lies in the parent."""


@dataclass(frozen=True)
class Finding:
    """Something a check of area files noticed."""

    level: Literal["error", "warning", "note"]
    file: str
    message: str


@dataclass(frozen=True)
class AreaSet:
    """Areas as the contract's tables hold them, without numbers.

    `areas`, `links` and `populations` have the columns of the tables area (without area_id),
    area_link and population; `boundaries` area_code, vintage and geometry in full detail,
    British National Grid (EPSG:27700).
    """

    areas: pd.DataFrame
    links: pd.DataFrame
    populations: pd.DataFrame
    boundaries: gpd.GeoDataFrame
    findings: list[Finding] = field(default_factory=list)


def level_closure(area_set: AreaSet) -> pd.DataFrame:
    """For every area and level, the one area in force in which it wholly lies; itself included.

    Columns: area_code, level, ancestor_code, sorted. An area of an older vintage has the newer area
    it became or was merged into, and none at its own level where it was split. Where links lead to
    two areas of a level, none is given: such an incident is not placed at that level.
    """
    facts = area_set.areas.drop_duplicates("area_code", keep="last").set_index("area_code")
    level_of = facts["level"].to_dict()
    in_force = set(facts.index[facts["valid_to"].isna()]) & _current_vintage(area_set.areas)
    parents = _parents(area_set.links)
    rows: list[tuple[str, str, str]] = []
    for code in level_of:
        found: dict[str, set[str]] = defaultdict(set)
        for ancestor in _ancestors(code, parents):
            if ancestor in in_force:
                found[level_of[ancestor]].add(ancestor)
        rows += [(code, level, next(iter(codes))) for level, codes in found.items() if len(codes) == 1]
    return pd.DataFrame(sorted(rows), columns=["area_code", "level", "ancestor_code"])


def _current_vintage(areas: pd.DataFrame) -> set[str]:
    """Codes of the areas of each level's newest vintage; a published year goes before the sample."""
    newest: dict[str, tuple[bool, str]] = {}
    for level, vintage in areas[["level", "vintage"]].drop_duplicates().itertuples(index=False):
        newest[level] = max(newest.get(level, (False, "")), (vintage.isdigit(), vintage))
    chosen = [
        newest[level][1] == vintage for level, vintage in zip(areas["level"], areas["vintage"], strict=True)
    ]
    return set(areas.loc[chosen, "area_code"])


def _parents(links: pd.DataFrame) -> dict[str, list[str]]:
    whole = links[links["relation"].isin(WHOLE) & links["valid_to"].isna()]
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
