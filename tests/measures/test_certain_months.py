"""Which months can be told for certain otherwise than the rest of their series."""

import numpy as np
import pytest

from vrin_data.measures.certain_months import unlike_months

NAN = float("nan")


@pytest.mark.parametrize(
    ("low", "high", "unlike"),
    [
        # Codes that grew coarser: nearly all were certain, then hardly any.
        ([26, 37, 24, 3, 28], [26, 37, 25, 143, 29], [3]),
        # Codes that grew finer: few were certain, then all.
        ([11, 12, 9, 140, 10], [140, 150, 150, 140, 139], [3]),
        # Weapons that were never recorded of most: shares vary as chance has it.
        ([15, 8, 11, 15, 17], [71, 57, 65, 75, 68], []),
        # Too few to tell.
        ([2, 1, 2, 0, 2], [2, 1, 2, 2, 2], []),
        # Much less is certain, and it is a tenth of all: no trend to speak of.
        ([1000, 1000, 900, 1000], [1000, 1000, 1000, 1000], []),
        # A gap and a month of nothing are no months to compare.
        ([26, NAN, 0, 30, 2], [26, NAN, 0, 30, 90], [4]),
        ([0, 0, 0], [9, 12, 30], []),
        ([], [], []),
    ],
)
def test_a_month_told_otherwise_is_found(low: list[float], high: list[float], unlike: list[int]) -> None:
    assert np.flatnonzero(unlike_months(low, high, ["one"] * len(low))).tolist() == unlike


def test_each_series_is_held_to_its_own_share() -> None:
    low, high = [20, 21, 3, 4, 22, 5], [20, 21, 60, 62, 22, 63]
    assert not unlike_months(low, high, ["a", "a", "b", "b", "a", "b"]).any()
    assert unlike_months(low, high, ["a"] * 6).any()
