"""Whether anything of a feed is placed as finely as an area that is asked for: what is not is not known to be 0."""

from functools import lru_cache

import numpy as np
import pandas as pd

from vrin_data.contract.codes import CODE_LISTS, LEVELS, OWN
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.forces import Ids, force_codes, force_of_areas
from vrin_data.measures.received import forces_of
from vrin_data.store import Store

AREAS_SQL = "select distinct area_id from fact where feed_id = $feed_id"
NOT_BELOW_FORCE = ("region", "force")


def unplaced_at(store: Store, facts: BuildFacts, feed_id: str, area_code: str | None) -> str:
    """In words that nothing of the feed is placed as finely as the area, and what to choose; '' where some is.

    A force that has no incident in the feed has a true 0. Nothing is looked up for an area that is no finer than a
    force. Raises UnknownArea.
    """
    level = None if area_code is None else _level_below_force(facts, area_code)
    if level is None:
        return ""
    forces = forces_of(facts, area_code)
    placed, held = _forces_placed(store, facts, feed_id, level)
    if not forces & held or forces & placed:
        return ""
    names = facts.areas.drop_duplicates("area_code", keep="last").set_index("area_code")["area_name"]
    own = ", ".join(sorted(str(names[code]) for code in forces & held))
    what = CODE_LISTS["level"].get(level, "area of this layer")
    return (
        f"{own}: nothing of this feed is placed at this level ({what}); choose the police force area ({own})"
    )


# Asked of every question.
@lru_cache(maxsize=128)
def _level_below_force(facts: BuildFacts, area_code: str) -> str | None:
    """The coarsest level that the area stands at, None where that is a force or coarser, or it stands at none."""
    stands = [level for level in _levels(facts) if facts.areas[f"in_{level}"].eq(area_code).any()]
    return None if not stands or stands[0] in NOT_BELOW_FORCE else stands[0]


def _levels(facts: BuildFacts) -> list[str]:
    return [*LEVELS, *(name[3:] for name in facts.areas.columns if name.startswith(f"in_{OWN}"))]


@lru_cache(maxsize=32)
def _forces_placed(
    store: Store, facts: BuildFacts, feed_id: str, level: str
) -> tuple[frozenset[str], frozenset[str]]:
    """The forces with an incident that is placed at the level or finer, and those with an incident at all."""
    at = _areas_of(store, facts, feed_id)
    force, codes = force_of_areas(facts)[at], force_codes(facts)
    is_placed = np.isin(at, facts.areas.loc[facts.areas[f"in_{level}"].notna(), "area_id"].to_numpy())
    every = (set(force[kept]) - {0} for kept in (is_placed, np.ones(len(at), dtype=bool)))
    placed, held = (frozenset(codes[int(one) - 1] for one in found) for found in every)
    return placed, held


@lru_cache(maxsize=16)
def _areas_of(store: Store, facts: BuildFacts, feed_id: str) -> Ids:
    found: pd.DataFrame = store.query(
        "areas of a feed", AREAS_SQL, {"feed_id": feed_id}, build_id=facts.build_id
    )
    return found["area_id"].to_numpy(dtype="int64")
