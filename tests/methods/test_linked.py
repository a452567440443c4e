"""Two lists of persons, against published figures."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy.stats import hypergeom

from vrin_data.errors import UsageError
from vrin_data.methods.linked import chapman


def test_the_estimate_is_that_of_the_textbook() -> None:
    # Dahl's trout as worked in Krebs, Ecological Methodology, chapter 2: 109 marked, 177 caught, 57 of them marked,
    # about 337 in the lake.
    assert round(chapman(109, 177, 57).estimate) == 337


def test_estimate_and_variance_are_unbiased_where_the_lists_overlap_for_certain() -> None:
    # Seber 1970: so where n1 + n2 is at least N. Every overlap that chance can give, by how likely it is.
    everyone, first, second = 100, 70, 60
    both = range(first + second - everyone, second + 1)
    chances = hypergeom(everyone, first, second).pmf([*both])
    found = [chapman(first, second, one) for one in both]
    mean = sum(chance * one.estimate for chance, one in zip(chances, found, strict=True))
    spread = sum(chance * (one.estimate - mean) ** 2 for chance, one in zip(chances, found, strict=True))
    told = sum(chance * one.error**2 for chance, one in zip(chances, found, strict=True))
    assert mean == pytest.approx(everyone)
    assert told == pytest.approx(spread)


def test_nobody_on_both_lists_gives_no_estimate() -> None:
    assert all(math.isnan(value) for value in chapman(40, 30, 0))


def test_more_on_both_than_on_one_is_refused() -> None:
    with pytest.raises(UsageError, match="12 on both lists cannot be"):
        chapman(10, 30, 12)


@given(some.integers(1, 500), some.integers(0, 500), some.integers(0, 500))
def test_the_estimate_is_never_below_those_who_are_known(both: int, more: int, others: int) -> None:
    found = chapman(both + more, both + others, both)
    known = both + more + others
    assert known <= found.estimate + 1e-9
    assert known <= found.low <= found.estimate + 1e-9 or found.error == 0
    assert found.estimate <= found.high + 1e-9
