"""The police force area that every area of a build lies in, as a number to look up."""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from vrin_data.measures.build_facts import BuildFacts

Ids = npt.NDArray[np.int64]


@lru_cache(maxsize=8)
def force_codes(facts: BuildFacts) -> tuple[str, ...]:
    """The police force areas of a build, by code."""
    return tuple(sorted(set(facts.areas["in_force"].dropna())))


@lru_cache(maxsize=8)
def force_of_areas(facts: BuildFacts) -> Ids:
    """By area_id the place of its force among `force_codes`, counted from 1; 0 for none."""
    numbers = {code: number for number, code in enumerate(force_codes(facts), start=1)}
    table = np.zeros(int(facts.areas["area_id"].max()) + 1, dtype="int64")
    table[facts.areas["area_id"]] = facts.areas["in_force"].map(numbers).fillna(0).astype("int64")
    return table


@lru_cache(maxsize=8)
def region_of_forces(facts: BuildFacts) -> dict[str, str]:
    """The region that each police force area lies in."""
    forces = facts.areas[facts.areas["in_force"] == facts.areas["area_code"]]
    return dict(zip(forces["area_code"], forces["in_region"], strict=True))
