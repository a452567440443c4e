"""The classes of a map: every figure in one class, edges round, gaps and zero apart."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from vrin_ui.classes import NO_SUBMISSION, NOT_TOLD, ZERO, scale_of


def scale(values: list[float | None], gaps: list[bool] | None = None, **options: object):
    series = pd.Series(pd.array(values, dtype="Float64"))
    return scale_of(series, pd.Series(gaps or [False] * len(values)), **options)


def test_zero_gap_and_doubt_are_classes_of_their_own():
    drawn = scale([0, None, None, 5], [False, True, False, False])
    assert drawn.of_values == (ZERO, NO_SUBMISSION, NOT_TOLD, "up to 5")
    assert drawn.labels == (ZERO, "up to 5", NOT_TOLD, NO_SUBMISSION)
    assert len(set(drawn.colours)) == 4


def test_five_classes_with_round_edges():
    drawn = scale([float(n) for n in range(1, 101)])
    assert drawn.labels == ("under 21", "21 to under 41", "41 to under 60", "60 to under 80", "80 or more")


def test_each_edge_has_the_decimals_that_it_needs():
    drawn = scale([0.5, 0.6, 2.9, 3.0, 44.0, 46.0, 77.0, 79.0, 90.0, 95.0])
    assert drawn.labels == ("under 2.4", "2.4 to under 28", "28 to under 58", "58 to under 81", "81 or more")


def test_whole_numbers_name_both_ends():
    drawn = scale([1, 1, 2, 2, 3, 3, 4, 4, 9, 9], whole=True)
    assert drawn.of_values == ("1",) * 2 + ("2",) * 2 + ("3 to 4",) * 4 + ("5 or more",) * 2


def test_no_figure_at_all():
    assert scale([None, None], [True, True]).labels == (NO_SUBMISSION,)
    assert scale([0, 0]).labels == (ZERO,)


@given(st.lists(st.floats(min_value=0.01, max_value=1e8), min_size=1, max_size=60), st.booleans())
def test_classes_rise_with_the_figures_and_none_is_empty(values: list[float], whole: bool):
    numbers = sorted(float(max(1, round(value))) if whole else value for value in values)
    drawn = scale(list(numbers), whole=whole)
    places = [drawn.labels.index(name) for name in drawn.of_values]
    assert places == sorted(places)
    assert set(places) == set(range(len(drawn.labels)))
    assert len(drawn.labels) <= 5
    assert len(drawn.colours) == len(drawn.labels) == len(set(drawn.labels))


@given(st.lists(st.integers(min_value=1, max_value=500), min_size=2, max_size=60))
def test_whole_classes_do_not_overlap(values: list[int]):
    drawn = scale([float(value) for value in values], whole=True)
    ends = [name.replace(",", "").replace("up to ", "1 to ").split(" to ") for name in drawn.labels]
    limits = [(int(pair[0].split()[0]), int(pair[-1].split()[0])) for pair in ends]
    limits[-1] = (limits[-1][0], 10**9 if "more" in drawn.labels[-1] else limits[-1][1])
    for value, name in zip(values, drawn.of_values, strict=True):
        low, high = limits[drawn.labels.index(name)]
        assert low <= value <= high
    assert np.all(np.diff([low for low, _ in limits]) > 0)
