"""Pairs with the greatest sum of scores, compared with trying them all."""

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.intake.suggesting.assignment import best_pairs

SCORES = st.integers(1, 5).flatmap(
    lambda width: st.lists(
        st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.5, 0.9]), min_size=width, max_size=width),
        min_size=1,
        max_size=5,
    )
)


def best_sum(scores: np.ndarray) -> float:
    """The greatest sum there is, by trying every way."""
    fewer, more = sorted(scores.shape)
    table = scores if scores.shape[0] == fewer else scores.T
    return max(
        sum(table[row, chosen[row]] for row in range(fewer)) for chosen in permutations(range(more), fewer)
    )


@given(SCORES)
def test_no_other_way_of_pairing_is_better(rows: list[list[float]]) -> None:
    scores = np.array(rows)
    pairs = best_pairs(scores)
    assert np.isclose(sum(scores[pair] for pair in pairs.items()), best_sum(scores))


@given(SCORES)
def test_each_is_used_once_and_nothing_without_a_score(rows: list[list[float]]) -> None:
    scores = np.array(rows)
    pairs = best_pairs(scores)
    assert len(set(pairs.values())) == len(pairs)
    assert all(scores[pair] > 0 for pair in pairs.items())


def test_one_gives_way_where_the_sum_gains() -> None:
    assert best_pairs(np.array([[0.9, 0.8], [0.85, 0.0]])) == {0: 1, 1: 0}


def test_an_empty_table_has_no_pairs() -> None:
    assert best_pairs(np.zeros((0, 3))) == {}
