"""Lorenz curves and Gini coefficients against published values, the baseline at random, and their laws."""

from collections.abc import Callable
from datetime import date
from math import isnan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.builds import CHARNWOOD, LEICESTER, LEICS, LEICS_POLICE, MURDER, NOTTINGHAM, Build
from vrin_data import protect
from vrin_data.errors import UsageError
from vrin_data.measures import ConcentrationRequest, Selection, concentration, concentration_summary, harm
from vrin_data.methods.lorenz import at_random, generalised_gini, gini, lorenz_curve, share_of_places_half
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()
JANUARY = date(2025, 1, 1)
AMOUNTS = st.lists(st.integers(0, 50), min_size=2, max_size=40).filter(any)


# Printed in the documentation of the R package lorenzgini 0.1.2, by the authors of the generalised Gini
# (`gini(crimes, generalized = FALSE or TRUE, unbiased = FALSE)`).
@pytest.mark.parametrize(
    ("crimes", "places", "standard", "generalised"),
    [
        ((10, 8, 2), 10, 0.78, 0.78),
        ((5, 2, 1), 10, 0.8, 0.75),
        ((10,), 10, 0.9, 0.9),
        ((10,), 100, 0.99, 0.9),
    ],
)
def test_the_authors_own_examples(
    crimes: tuple[int, ...], places: int, standard: float, generalised: float
) -> None:
    held = np.append(crimes, np.zeros(places - len(crimes)))
    assert gini(held) == pytest.approx(standard)
    assert generalised_gini(held, sum(crimes)) == pytest.approx(generalised)


def test_robberies_in_half_as_many_neighbourhoods_are_as_even_as_they_can_be() -> None:
    # The vignette's example: 10 neighbourhoods with one each, then 5 of them with one each: equally unequal.
    fewer = [1] * 5 + [0] * 5
    assert gini(fewer) == pytest.approx(0.5)
    assert generalised_gini(fewer, 5) == generalised_gini([1] * 10, 10) == pytest.approx(0)


def test_a_curve_by_hand() -> None:
    ranks, shares = lorenz_curve([0, 3, 1, 0])
    assert ranks.tolist() == [0, 0.25, 0.5, 0.75, 1]
    assert shares.tolist() == [0, 0.75, 1, 1, 1]
    assert share_of_places_half([0, 3, 1, 0]) == 0.25
    assert share_of_places_half([1, 1, 1, 1]) == 0.5


def test_of_nothing_there_is_no_concentration() -> None:
    assert np.isnan(lorenz_curve([0, 0])[1]).all()
    assert isnan(gini([0, 0]))
    assert isnan(generalised_gini([0, 0], 0))
    assert isnan(share_of_places_half([0, 0]))
    assert isnan(at_random([0], [1], 5, runs=3, seed=1).gini)


@given(AMOUNTS)
def test_laws_of_the_curve(amounts: list[int]) -> None:
    ranks, shares = lorenz_curve(amounts)
    assert shares[-1] == pytest.approx(1)
    assert (np.diff(shares) >= -1e-12).all()
    assert (shares >= ranks - 1e-9).all()
    assert -1e-9 <= generalised_gini(amounts, sum(amounts)) <= gini(amounts) + 1e-9 <= 1 + 1e-9
    # The Gini is twice the area between the curve and the line of equality.
    area = ((shares[1:] + shares[:-1]) / 2 / len(amounts)).sum()
    assert gini(amounts) == pytest.approx(2 * area - 1, abs=1e-9)


@given(AMOUNTS, st.integers(1, 1000))
def test_neither_order_nor_unit_matters(amounts: list[int], unit: int) -> None:
    other = [one * unit for one in reversed(amounts)]
    assert gini(other) == pytest.approx(gini(amounts))
    assert share_of_places_half(other) == share_of_places_half(amounts)


@given(st.integers(1, 30), st.integers(1, 9))
def test_equal_places_are_equal(places: int, each: int) -> None:
    assert gini([each] * places) == pytest.approx(0, abs=1e-12)


def test_incidents_fallen_at_random_have_the_poisson_gini() -> None:
    # One incident a place on average: the Gini of a Poisson count of mean 1 is exp(-2) (I0(2) + I1(2)) = 0.52378.
    found = at_random([20_000], [1], 20_000, runs=20, seed=3)
    assert found.gini == pytest.approx(0.52378, abs=0.003)
    assert found.half_low <= found.half_high < 0.5


def test_both_ways_to_let_incidents_fall_agree() -> None:
    # 200 of 5 days each are drawn by place, 199 one by one; weights that are equal fall as one.
    whole, parts = (
        at_random(count, [5.0] * len(count), 99, runs=400, seed=2) for count in ([200], [101, 99])
    )
    assert whole.gini == pytest.approx(parts.gini, rel=0.02)
    again = at_random([200], [5.0], 99, runs=400, seed=2)
    assert again == whole


def test_one_heavy_incident_makes_chance_look_concentrated() -> None:
    light = at_random([100], [1], 100, runs=50, seed=1)
    heavy = at_random([100, 1], [1, 5475], 100, runs=50, seed=1)
    assert heavy.half_low == heavy.half_high == 0.01 < light.half_low


@pytest.fixture
def store(stores: Callable[[Build], Store]) -> Store:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01")
    build.incidents("2025-01", LEICESTER, 9)
    build.incidents("2025-01", CHARNWOOD, 3)
    build.incidents("2025-01", CHARNWOOD, 1, offence=MURDER)
    build.incidents("2025-01", None, 4)
    build.incidents("2025-01", NOTTINGHAM, 7)
    return stores(build)


def request(**terms: object) -> ConcentrationRequest:
    selection = Selection("all-recorded-crime", from_month=JANUARY, to_month=JANUARY)
    return ConcentrationRequest(selection, **terms)  # type: ignore[arg-type]


def test_the_summary_of_places_that_came(store: Store) -> None:
    shown = protect.present(concentration_summary(store, request()), ANALYST)
    found = shown.frame.set_index("figure")
    # Nottingham's force sent nothing, and four incidents have no place: 9 and 4 in two places.
    assert found["place_count"].tolist() == [2, 2, 2]
    assert found["total"].tolist() == [13, 12 * 10 + 5475, 120]
    assert found["gini"].tolist() == pytest.approx([9 / 13 - 0.5, (5475 + 30) / 5595 - 0.5, 0.75 - 0.5])
    assert found["gini_generalised"].isna().tolist() == [False, True, True]
    assert found["share_of_places_half"].tolist() == [0.5, 0.5, 0.5]
    assert any("1 areas are left out" in note for note in shown.stamp.notes)


def test_a_homicide_moves_the_harm_and_hardly_the_count(store: Store) -> None:
    frame = protect.present(concentration(store, request()), ANALYST).frame
    curves = {name: own["cumulative_share"].tolist() for name, own in frame.groupby("figure")}
    assert curves["incidents"] == pytest.approx([0, 9 / 13, 1])
    assert curves["harm"] == pytest.approx([0, 5505 / 5595, 1])
    assert curves["harm without homicide"] == pytest.approx([0, 0.75, 1])


def test_the_same_seed_gives_the_same_answer_and_another_another(sample_store: Store) -> None:
    selection = Selection(
        level="lsoa", from_month=date(2025, 4, 1), to_month=date(2026, 3, 1), area_code=LEICS
    )
    first, again, other = (
        protect.present(
            concentration_summary(sample_store, ConcentrationRequest(selection, runs=20, seed=seed)), ANALYST
        ).frame
        for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_the_sample_is_more_concentrated_than_chance_and_harm_more_than_count(sample_store: Store) -> None:
    selection = Selection(level="lsoa", from_month=date(2023, 4, 1), to_month=date(2026, 3, 1))
    asked = ConcentrationRequest(selection, runs=50)
    found = protect.present(concentration_summary(sample_store, asked), ANALYST).frame.set_index("figure")
    assert (found["share_of_places_half"] < found["random_share_of_places_half_low"]).all()
    assert (found["gini"] > found["random_gini"]).all()
    assert found.loc["harm", "share_of_places_half"] < found.loc["incidents", "share_of_places_half"]
    raw = protect.present(harm(sample_store, selection), ANALYST).frame
    placed = raw[raw["is_placed"]]
    assert found.loc["incidents", "total"] == placed["incident_count_low"].sum()
    assert found.loc["incidents", "gini"] == pytest.approx(
        gini(placed["incident_count_low"].to_numpy("float64"))
    )
    points = protect.present(concentration(sample_store, asked), ANALYST).frame
    assert points.groupby("figure").size().max() <= 200
    ends = points.groupby("figure").last()
    assert ends.to_numpy().ravel() == pytest.approx(1)


def test_what_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="1 to 10,000 times, not 0"):
        request(runs=0)
    selection = Selection("all-recorded-crime", level="region", from_month=JANUARY, to_month=JANUARY)
    with pytest.raises(UsageError, match="says nothing of concentration"):
        concentration(store, ConcentrationRequest(selection))


def test_corrected_counts_are_refused(stores: Callable[[Build], Store]) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01")
    build.incidents("2025-01", LEICESTER, 5, further=2)
    with pytest.raises(UsageError, match="Choose another feed"):
        concentration(stores(build), request())
