"""Counts of incidents by profile and group, summed from rows that come in parts.

Two ways that give the same: where a place for every profile and group fits into memory, each row is added to
its place; where there are too many, as by neighbourhood, only the cells that have an incident are held.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int32]
Ints = npt.NDArray[np.integer]
Rows = tuple[Ints, Ints, tuple[Ints, ...]]
"""Profile, group and counts of rows."""

MOST_PLACES = 70_000_000
"""Profiles times groups times counts up to which every one has a place: 280 MB."""
PROFILES_AT_ONCE = 16_384
ROWS_AT_ONCE = 8_000_000


@dataclass(frozen=True, eq=False)
class Counted:
    """The cells that have a count other than 0, by profile and then group, and their counts in the order given."""

    profile_at: Places
    group_at: Places
    counts: tuple[Numbers, ...]


def count_rows(rows: Iterable[Rows], shape: tuple[int, int], *, counts: int) -> Counted:
    """Rows with so many counts each, summed by profile and group, of which `shape` says how many there are."""
    profiles, groups = shape
    has_places = profiles * groups * counts <= MOST_PLACES
    return (_in_places if has_places else _in_matrices)(rows, shape, counts)


def _in_places(rows: Iterable[Rows], shape: tuple[int, int], counts: int) -> Counted:
    profiles, groups = shape
    # Facts are sorted by month and area, so that the places of one group are kept together.
    totals = np.zeros((counts, groups, profiles), dtype="int32")
    for profile_at, group_at, values in rows:
        at = group_at.astype("int64") * profiles + profile_at
        for total, own in zip(totals, values, strict=True):
            # Numbers of the totals' own kind are added many times as fast.
            np.add.at(total.reshape(-1), at, own.astype("int32", copy=False))
    bands = [_band(totals, first) for first in range(0, profiles, PROFILES_AT_ONCE)]
    return Counted(
        np.concatenate([one.profile_at for one in bands]),
        np.concatenate([one.group_at for one in bands]),
        tuple(np.concatenate(own) for own in zip(*(one.counts for one in bands), strict=True)),
    )


def _band(totals: npt.NDArray[np.int32], first: int) -> Counted:
    """The cells of some profiles, from the first on."""
    own = np.ascontiguousarray(totals[:, :, first : first + PROFILES_AT_ONCE].transpose(0, 2, 1))
    flat = own.reshape(len(own), -1)
    kept = np.flatnonzero((flat != 0).any(axis=0))
    profile_at, group_at = np.divmod(kept, totals.shape[1])
    return Counted(
        (profile_at + first).astype("int32"),
        group_at.astype("int32"),
        tuple(one[kept].astype("float64") for one in flat),
    )


def _in_matrices(rows: Iterable[Rows], shape: tuple[int, int], counts: int) -> Counted:
    # Taken in here, because it costs memory that most questions have no use for.
    from scipy.sparse import coo_array, csr_array

    totals = [csr_array(shape) for _ in range(counts)]
    for profile_at, group_at, values in _in_lots(rows):
        for number, own in enumerate(values):
            totals[number] += coo_array((own.astype("float64"), (profile_at, group_at)), shape).tocsr()
    keys = [_keys(one) for one in totals]
    # A cell that has one of the counts has a place in all of them.
    every = reduce(np.union1d, keys)
    found = np.zeros((counts, len(every)))
    for number, total in enumerate(totals):
        found[number, np.searchsorted(every, keys[number])] = total.data
    profile_at, group_at = np.divmod(every, shape[1])
    return Counted(profile_at.astype("int32"), group_at.astype("int32"), tuple(found))


def _keys(total: Any) -> npt.NDArray[np.int64]:
    """The places of a sparse matrix that hold something, in order."""
    total.eliminate_zeros()
    total.sort_indices()
    profile_at = np.repeat(np.arange(total.shape[0]), np.diff(total.indptr))
    return np.asarray(profile_at * total.shape[1] + total.indices, dtype="int64")


def _in_lots(rows: Iterable[Rows]) -> Iterator[Rows]:
    """The same rows in fewer parts: every part costs a pass over the sums."""
    lot: list[Rows] = []
    for one in rows:
        lot.append(one)
        if sum(len(part[0]) for part in lot) >= ROWS_AT_ONCE:
            yield _as_one(lot)
            lot = []
    if lot:
        yield _as_one(lot)


def _as_one(lot: Sequence[Rows]) -> Rows:
    values = tuple(np.concatenate(own) for own in zip(*(one[2] for one in lot), strict=True))
    return np.concatenate([one[0] for one in lot]), np.concatenate([one[1] for one in lot]), values
