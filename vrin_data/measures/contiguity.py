"""Which areas of a level touch each other, as the build's boundaries say."""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.errors import UsageError
from vrin_data.measures.build_facts import BuildFacts
from vrin_data.measures.received import Flags
from vrin_data.store import Store

NEIGHBOURS_SQL = "select area_code, neighbour_code from neighbour where level = $level"


def touching(store: Store, facts: BuildFacts, level: str, codes: pd.Series) -> Any:
    """A sparse matrix by the order of the codes, 1 where two of these areas touch.

    Raises UsageError where the build does not know which areas of the level touch.
    """
    from scipy.sparse import csr_matrix

    pairs = _pairs(store, facts, level)
    if pairs.empty:
        raise UsageError(
            f"The build does not know which areas of the level {level!r} touch each other, because it has no "
            "boundaries of them. Import their boundaries with `python -m vrin_data areas import FILE...`, or "
            "choose another level."
        )
    index = pd.Index(codes)
    rows, columns = (index.get_indexer(pairs[name]) for name in ("area_code", "neighbour_code"))
    kept = (rows >= 0) & (columns >= 0)
    return csr_matrix(
        (np.ones(kept.sum()), (rows[kept], columns[kept])), shape=(len(index), len(index)), dtype="float64"
    )


@lru_cache(maxsize=8)
def _pairs(store: Store, facts: BuildFacts, level: str) -> pd.DataFrame:
    return store.query("neighbours", NEIGHBOURS_SQL, {"level": level}, build_id=facts.build_id)


def joined(matrix: Any, chosen: Flags, amount: npt.NDArray[np.float64]) -> pd.Series:
    """The number of the joined group that each chosen area is in, 1 for that with the largest amount; NULL else."""
    from scipy.sparse.csgraph import connected_components

    numbers = np.zeros(len(chosen), dtype="int64")
    if chosen.any():
        count, group = connected_components(matrix[chosen][:, chosen], directed=False)
        totals = np.bincount(group, weights=amount[chosen], minlength=count)
        place = np.empty(count, dtype="int64")
        place[np.argsort(-totals, kind="stable")] = np.arange(1, count + 1)
        numbers[chosen] = place[group]
    return pd.Series(pd.array(numbers, dtype="Int64")).where(chosen)
