"""The classes of a map: every figure in one class, edges round, gaps and zero apart."""

from itertools import combinations

import mapclassify
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vrin_ui.classes import (
    NEGATIVE,
    NO_SUBMISSION,
    NOT_TOLD,
    SHADES,
    SPECIAL,
    SUPPRESSED,
    ZERO,
    edges,
    round_edge,
    scale_of,
)
from vrin_ui.schemes import SAMPLED, SCHEMES, breaks

FIGURES = st.lists(st.floats(min_value=0.01, max_value=1e8), min_size=1, max_size=60)


def scale(values: list[float | None], states: list[str] | None = None, **options: object):
    series = pd.Series(pd.array(values, dtype="Float64"))
    return scale_of(series, pd.Series(states or [""] * len(values), dtype=object), **options)


def test_what_is_no_figure_is_a_class_of_its_own_each():
    drawn = scale([0, None, None, 5, 5, -1], ["", NO_SUBMISSION, "", "", SUPPRESSED, ""])
    assert drawn.of_values == (ZERO, NO_SUBMISSION, NOT_TOLD, "up to 5", SUPPRESSED, NEGATIVE)
    assert drawn.labels == (NEGATIVE, ZERO, "up to 5", NOT_TOLD, SUPPRESSED, NO_SUBMISSION)
    assert drawn.counts == (1, 1, 1, 1, 1, 1)


def test_no_two_of_them_are_drawn_alike():
    for one, other in combinations(SPECIAL.values(), 2):
        assert (one.fill, one.dash) != (other.fill, other.dash)
        assert one.dash != other.dash
    assert not {look.fill for look in SPECIAL.values()} & set(SHADES)


def test_five_classes_with_round_edges():
    drawn = scale([float(n) for n in range(1, 101)])
    assert drawn.labels == ("under 21", "21 to under 41", "41 to under 61", "61 to under 81", "81 or more")
    assert drawn.counts == (20, 20, 20, 20, 20)


def test_each_edge_has_the_decimals_that_it_needs():
    drawn = scale([0.5, 0.6, 2.9, 3.0, 44.0, 46.0, 77.0, 79.0, 90.0, 95.0])
    assert drawn.labels == ("under 2", "2 to under 40", "40 to under 70", "70 to under 90", "90 or more")


def test_whole_numbers_name_both_ends():
    drawn = scale([1, 1, 2, 2, 3, 3, 4, 4, 9, 9], whole=True)
    assert drawn.of_values == ("1", "1", "2", "2", "3", "3", "4 to 8", "4 to 8", "9 or more", "9 or more")


def test_equal_steps_are_equal_whether_or_not_each_has_an_area():
    drawn = scale([1.0, 2.0, 3.0, 100.0], scheme="equal")
    assert drawn.labels == ("under 21", "21 to under 42", "42 to under 63", "63 to under 84", "84 or more")
    assert drawn.counts == (3, 0, 0, 0, 1)


def test_natural_breaks_part_the_clusters_and_head_and_tail_the_many_small_from_the_few_large():
    clusters = [1.0, 1.1, 1.2, 10.0, 11.0, 50.0, 52.0, 200.0, 210.0, 900.0]
    assert edges(np.array(clusters), "natural") == [0.0, 10.0, 50.0, 200.0, 900.0]
    tail = [1.0] * 90 + [10.0] * 9 + [100.0]
    assert edges(np.array(tail), "head-tail") == [0.0, 10.0, 100.0]


@pytest.mark.parametrize(
    ("below", "above", "edge"),
    [(57, 80, 80), (37, 63, 60), (0.013, 0.02, 0.02), (3.1, 3.4, 3.4), (20, 21, 21), (1234.5, 1234.6, 1200)],
)
def test_an_edge_is_the_roundest_number_between_two_figures(below: float, above: float, edge: float):
    assert round_edge(below, above) == edge


def test_no_figure_at_all():
    assert scale([None, None], [NO_SUBMISSION] * 2).labels == (NO_SUBMISSION,)
    assert scale([0, 0]).labels == (ZERO,)
    assert scale([]).labels == ()


@given(FIGURES)
def test_quantiles_are_those_of_mapclassify(values: list[float]):
    rising = np.sort([*values, *range(1, 11)])
    # Of figures that are mostly alike the library makes fewer classes, and warns.
    assume(len(np.unique(np.quantile(rising, np.linspace(0.2, 1, 5)))) == 5)
    assert np.allclose(breaks(rising, "quantiles"), mapclassify.Quantiles(rising, k=5).bins[:-1])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_same_figures_always_make_the_same_classes(scheme: str):
    values = np.random.default_rng(7).lognormal(2, 1, SAMPLED * 3)
    first, again = (scale([*values], scheme=scheme) for _ in range(2))
    assert first.labels == again.labels
    assert list(first.codes) == list(again.codes)


@pytest.mark.parametrize("scheme", SCHEMES)
@given(values=FIGURES, whole=st.booleans())
def test_classes_rise_with_the_figures(scheme: str, values: list[float], whole: bool):
    numbers = sorted(float(max(1, round(value))) if whole else value for value in values)
    drawn = scale([*numbers], whole=whole, scheme=scheme)
    assert list(drawn.codes) == sorted(drawn.codes)
    assert sum(drawn.counts) == len(numbers)
    assert 1 <= len(drawn.labels) <= 5
    assert len(drawn.colours) == len(drawn.labels) == len(set(drawn.labels))
    if scheme != "equal":
        assert all(drawn.counts)


@pytest.mark.parametrize("scheme", SCHEMES)
@given(values=st.lists(st.integers(min_value=1, max_value=500), min_size=2, max_size=60))
def test_a_whole_figure_lies_within_the_ends_that_its_class_names(scheme: str, values: list[int]):
    drawn = scale([float(value) for value in values], whole=True, scheme=scheme)
    ends = [name.replace(",", "").replace("up to ", "1 to ").split(" to ") for name in drawn.labels]
    limits = [(int(pair[0].split()[0]), int(pair[-1].split()[0])) for pair in ends]
    limits[-1] = (limits[-1][0], 10**9 if "more" in drawn.labels[-1] else limits[-1][1])
    for value, code in zip(values, drawn.codes, strict=True):
        low, high = limits[code]
        assert low <= value <= high
    assert np.all(np.diff([low for low, _ in limits]) > 0)


def test_two_maps_share_their_classes():
    both = scale([1.0, 2.0, 3.0, 4.0, 5.0, 0.0])
    first, second = both.of(slice(3)), both.of(slice(3, None))
    assert first.labels == second.labels == both.labels
    assert first.of_values + second.of_values == both.of_values
