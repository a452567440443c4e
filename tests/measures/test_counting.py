"""Rows summed by profile and group: both ways of it against a sum made by hand, in one part or in many."""

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vrin_data.measures import counting
from vrin_data.measures.counting import Counted, Rows, count_rows

PROFILES, GROUPS = 5, 3
ROW = st.tuples(st.integers(0, PROFILES - 1), st.integers(0, GROUPS - 1), st.integers(-3, 3), st.integers(0, 2))
Table = list[tuple[int, int, int, int]]


@pytest.fixture(params=["in_places", "in_matrices"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each way of counting, in bands and lots so small that there are several of them."""
    monkeypatch.setattr(counting, "MOST_PLACES", 1_000 if request.param == "in_places" else 0)
    monkeypatch.setattr(counting, "PROFILES_AT_ONCE", 2)
    monkeypatch.setattr(counting, "ROWS_AT_ONCE", 3)
    return str(request.param)


def parts(table: Table, size: int) -> Iterator[Rows]:
    for first in range(0, len(table), size):
        profile_at, group_at, *counts = np.array(table[first : first + size], dtype="int32").T
        yield profile_at, group_at, tuple(counts)


def cells(found: Counted) -> list[tuple[float, ...]]:
    columns = (found.profile_at, found.group_at, *found.counts)
    return [*zip(*(one.tolist() for one in columns), strict=True)]


@pytest.mark.usefixtures("way")
@given(st.lists(ROW), st.integers(1, 4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_sums_are_those_made_by_hand_whatever_parts_the_rows_come_in(table: Table, size: int) -> None:
    first: Counter[tuple[int, int]] = Counter()
    second: Counter[tuple[int, int]] = Counter()
    for profile, group, one, two in table:
        first[profile, group] += one
        second[profile, group] += two
    expected = [(*key, first[key], second[key]) for key in sorted(first) if first[key] or second[key]]
    assert cells(count_rows(parts(table, size), (PROFILES, GROUPS), counts=2)) == expected


@pytest.mark.usefixtures("way")
def test_counts_that_cancel_leave_no_cell_and_a_cell_with_one_count_has_both() -> None:
    table = [(0, 0, 1, 0), (0, 0, -1, 0), (4, 2, 0, 2), (1, 1, 7, 0)]
    assert cells(count_rows(parts(table, 4), (PROFILES, GROUPS), counts=2)) == [(1, 1, 7, 0), (4, 2, 0, 2)]


@pytest.mark.usefixtures("way")
def test_no_rows_are_no_cells() -> None:
    found = count_rows(iter(()), (PROFILES, GROUPS), counts=1)
    assert (cells(found), len(found.counts)) == ([], 1)
