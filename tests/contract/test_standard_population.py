"""The European Standard Population as Eurostat prints it, and over other bands than its own."""

import numpy as np
import pytest

from vrin_data.contract.standard_population import standard_of_bands, standard_population
from vrin_data.errors import UsageError


def test_the_standard_adds_up_to_100000_and_is_that_of_other_implementations() -> None:
    # As in the tests of pyphindicators (european_standard_pop).
    persons = [count for _, _, count in standard_population()]
    assert persons == [5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000,
                       2500, 1500, 1000]  # fmt: skip
    assert sum(persons) == 100_000


def test_wider_bands_hold_the_standard_of_those_in_them() -> None:
    found = standard_of_bands(np.array([0, 15, 85]), np.array([14, 84, 120]))
    assert found.tolist() == [16_000, 81_500, 2_500]


@pytest.mark.parametrize(
    ("lows", "highs"), [([0, 16], [15, 120]), ([5, 10], [9, 120]), ([0, 10], [4, 120]), ([0, 5], [9, 120])]
)
def test_bands_cut_elsewhere_or_with_gaps_are_refused(lows: list[int], highs: list[int]) -> None:
    with pytest.raises(UsageError, match="bands"):
        standard_of_bands(np.array(lows), np.array(highs))
