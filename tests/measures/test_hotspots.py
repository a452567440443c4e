"""Gi* against published values, its exact p-values, and spots on maps that hold one or none."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from scipy.stats import false_discovery_control, norm

from tests.measures.builds import LEICS
from vrin_data import protect
from vrin_data.errors import UsageError
from vrin_data.measures import HotspotRequest, Selection, harm, hotspots
from vrin_data.measures.contiguity import joined
from vrin_data.measures.hotspot_request import refuse_streets
from vrin_data.methods.gi_star import chances_of_sums, gi_star
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()
FIRST, LAST = date(2023, 4, 1), date(2026, 3, 1)
# Six points and their values: the example of esda's documentation, after Ord and Getis.
POINTS = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
VALUES = [2, 3, 3.2, 5, 8, 7]


def within(points: list[tuple[float, float]], distance: float) -> csr_matrix:
    place = np.array(points, dtype="float64")
    apart = np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1))
    return csr_matrix(((apart <= distance) & (apart > 0)).astype("float64"))


def grid(side: int) -> csr_matrix:
    """Squares that touch at a side or a corner."""
    return within([*product(range(side), range(side))], 1.5)


def test_gi_star_of_the_six_points() -> None:
    # Printed in the documentation of esda 2.9 (G_Local, binary weights, star=True) and in its tests.
    found = gi_star(VALUES, within(POINTS, 15)).z
    expected = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]
    assert found == pytest.approx(expected, abs=5e-9)


def test_gi_star_by_hand() -> None:
    # Mean 2, standard deviation sqrt(4.5); of the first with its neighbour 6 against 4, the scale sqrt(4.5 x 4 / 3).
    path = csr_matrix(np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype="float64"))
    found = gi_star([5, 1, 2, 0], path).z
    deviation = np.sqrt((25 + 1 + 4) / 4 - 4)
    scale = deviation * np.sqrt((4 * 2 - 4) / 3)
    assert found == pytest.approx(np.array([2, 2, -2, -2]) / scale)


def test_gi_star_of_the_north_carolina_counties_is_that_of_esda() -> None:
    import pyogrio
    from esda.getisord import G_Local
    from libpysal.examples import get_path
    from libpysal.graph import Graph

    # The 100 counties' rates of sudden infant death: esda and R's spdep agree on them to 1e-8.
    table = pyogrio.read_dataframe(get_path("sids2.dbf"), read_geometry=False)
    rates = (table["SID74"] / table["BIR74"] * 1000).to_numpy("float64")
    counties = pyogrio.read_dataframe(get_path("sids2.shp"))
    graph = Graph.build_contiguity(counties, rook=False)
    published = G_Local(rates, graph, transform="B", star=True, permutations=0).Zs
    assert gi_star(rates, graph.sparse.tocsr()).z == pytest.approx(published, abs=1e-8)
    assert np.abs(published).max() > 2


def test_p_values_are_the_share_of_all_ways_to_pick_as_many() -> None:
    values = [0.0, 0.0, 1.0, 4.0]
    path = csr_matrix(np.array([[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype="float64"))
    found = gi_star(values, path).p_value
    for at, members in ((0, 1), (3, 2)):
        sums = [sum(pick) for pick in product(values, repeat=members)]
        own = values[0] if at == 0 else 5.0
        mean = members * np.mean(values)
        assert found[at] == pytest.approx(np.mean([abs(one - mean) >= abs(own - mean) for one in sums]))


@given(st.lists(st.integers(0, 9), min_size=2, max_size=6), st.integers(1, 4))
def test_chances_of_sums_are_those_of_all_picks(steps: list[int], size: int) -> None:
    found = chances_of_sums(np.array(steps), size)
    assert found.sum() == pytest.approx(1)
    sums = np.array([sum(pick) for pick in product(steps, repeat=size)])
    expected = np.bincount(sums, minlength=max(steps) * size + 1) / len(sums)
    assert found == pytest.approx(expected, abs=1e-12)


@given(st.lists(st.integers(0, 30), min_size=36, max_size=36), st.permutations(range(36)))
def test_the_order_of_areas_does_not_matter(values: list[int], order: list[int]) -> None:
    plain, other = gi_star(values, grid(6)), gi_star(np.array(values)[order], grid(6)[order][:, order])
    assert other.z == pytest.approx(plain.z[order])
    assert other.q_value == pytest.approx(plain.q_value[order], abs=1e-9)


def test_equal_areas_hold_no_spot() -> None:
    found = gi_star([3.0] * 25, grid(5))
    assert (found.z.tolist(), found.p_value.tolist()) == ([0.0] * 25, [1.0] * 25)
    assert not found.is_spot.any()


def maps_without_a_spot(count: int) -> Iterator[np.ndarray]:
    """Rare and heavy incidents that fall at random, the same chance everywhere: as harm is."""
    random = np.random.default_rng(11)
    for _ in range(count):
        days = random.choice([2.0, 10.0, 1460.0, 5475.0], p=[0.5, 0.35, 0.13, 0.02], size=(400, 4))
        yield np.log1p((days * (random.random((400, 4)) < 0.2)).sum(axis=1))


def test_chance_alone_makes_no_spots_where_the_normal_curve_sees_some() -> None:
    touching, exact, normal = grid(20), 0, 0
    for values in maps_without_a_spot(200):
        found = gi_star(values, touching)
        exact += found.is_spot.any()
        normal += ((false_discovery_control(2 * norm.sf(np.abs(found.z))) < 0.05) & (found.z > 0)).any()
    # False discoveries at 5%: of 200 maps without a spot 10 may show one, up to 17 by chance (99%).
    assert exact <= 17
    assert normal > 2 * max(exact, 1)


def test_a_planted_spot_is_found_with_its_neighbours() -> None:
    values = next(maps_without_a_spot(1))
    square = [row * 20 + column for row in (5, 6, 7) for column in (5, 6, 7)]
    values[square] += 9
    found = np.flatnonzero(gi_star(values, grid(20)).is_spot)
    assert 6 * 20 + 6 in found
    assert joined(grid(20), gi_star(values, grid(20)).is_spot, values).nunique() == 1


def test_areas_that_touch_are_one_spot_numbered_by_what_it_holds() -> None:
    chosen = np.array([True, True, False, False, True])
    path = within([(0, 0), (1, 0), (2, 0), (3, 0), (4, 0)], 1)
    numbers = joined(path, chosen, np.array([1.0, 1.0, 50.0, 0.0, 5.0]))
    assert numbers.fillna(0).tolist() == [2, 2, 0, 0, 1]
    assert joined(path, np.zeros(5, dtype=bool), np.ones(5)).isna().all()


def asked(store: Store, **terms: object) -> protect.Presented:
    own = {"years": terms.pop("years", 0)} | {
        name: terms.pop(name) for name in ("kind", "rule") if name in terms
    }
    values = {"level": "lsoa", "from_month": FIRST, "to_month": LAST, "area_code": LEICS, **terms}
    request = HotspotRequest(Selection(**values), **own)  # type: ignore[arg-type]
    return protect.present(hotspots(store, request), ANALYST)


def test_figures_are_those_of_harm(sample_store: Store) -> None:
    found = asked(sample_store, kind="harm").frame
    selection = Selection(level="lsoa", from_month=FIRST, to_month=LAST, area_code=LEICS)
    raw = protect.present(harm(sample_store, selection), ANALYST).frame
    both = found.merge(raw[raw["is_placed"]], on="area_code", validate="1:1")
    assert len(both) == len(found) == 657
    assert (both["incident_count"] == both["incident_count_low"]).all()
    has_central = both["harm_days_y"].notna()
    assert both.loc[has_central, "harm_days_x"].tolist() == pytest.approx(
        both.loc[has_central, "harm_days_y"].tolist()
    )
    assert (both["residents"] == both["population"]).all()
    assert both["district_name"].notna().all()
    assert found["area_name"].is_monotonic_increasing


def test_two_standard_deviations_by_hand(sample_store: Store) -> None:
    found = asked(sample_store, kind="count", rule="two_sd").frame
    counts = found["incident_count"].to_numpy("float64")
    limit = counts.mean() + 2 * counts.std(ddof=1)
    assert found["is_spot"].tolist() == (counts > limit).tolist()
    assert found["is_spot"].any()
    assert found["value"].tolist() == counts.tolist()
    assert found[["p_value", "q_value"]].isna().all(axis=None)


def test_every_year_is_judged_alone(sample_store: Store) -> None:
    terms = {"kind": "count", "rule": "two_sd"}
    found = asked(sample_store, **terms, years=3).frame.set_index("area_code")
    spots = sum(
        asked(sample_store, **terms, from_month=date(end - 1, 4, 1), to_month=date(end, 3, 1))
        .frame.set_index("area_code")["is_spot"]
        .astype(int)
        for end in (2024, 2025, 2026)
    )
    assert found["years_as_spot"].tolist() == spots.tolist()
    assert found["years_as_spot"].max() == 3
    assert (found["years_judged"] == 3).all()
    # Further back than the data nothing is judged; a year of six months is none.
    far = asked(sample_store, **terms, years=5, to_month=date(2025, 9, 1)).frame
    assert set(far["years_judged"]) == {2}


def test_homicide_moves_the_harm_and_not_the_count(sample_store: Store) -> None:
    terms = {"definition": "most-serious-violence"}
    harm_with, harm_without = (
        asked(sample_store, kind=kind, **terms).frame for kind in ("harm", "harm_without_homicide")
    )
    moved = harm_with["harm_days"] - harm_without["harm_days"]
    assert (moved >= 0).all()
    assert (moved % 5475 == 0).all()
    assert (moved > 0).any()
    counts = asked(sample_store, kind="count", **terms).frame
    assert counts["incident_count"].tolist() == harm_with["incident_count"].tolist()


def test_an_area_of_a_force_that_sent_nothing_is_in_no_test(sample_store: Store) -> None:
    # Lincolnshire and the others came; the month that Nottinghamshire did not send leaves it without figures.
    month = date(2025, 11, 1)
    shown = asked(
        sample_store,
        kind="count",
        area_code=None,
        from_month=month,
        to_month=month,
        definition="all-recorded-crime",
    )
    gaps = shown.frame[shown.frame["is_gap"]]
    assert len(gaps) > 600
    assert gaps[["value", "z", "p_value", "q_value", "incident_count", "harm_days"]].isna().all(axis=None)
    assert not gaps["is_spot"].any()
    assert f"{len(gaps)} areas are left out" in " ".join(shown.stamp.notes)
    assert "choose one force" in " ".join(shown.stamp.notes)


def test_what_is_refused(sample_store: Store) -> None:
    with pytest.raises(UsageError, match="fewer than 20 cannot tell"):
        asked(sample_store, level="force", area_code=None)
    with pytest.raises(UsageError, match="none of: count, harm"):
        asked(sample_store, kind="worst")
    with pytest.raises(UsageError, match="0 to 10, not 11"):
        asked(sample_store, years=11)
    for level in ("street", "point"):
        with pytest.raises(UsageError, match="every point is moved to one of a few fixed places"):
            refuse_streets(level)


def test_frames_are_the_same_whatever_stands_around(sample_store: Store) -> None:
    one, two = asked(sample_store, years=1).frame, asked(sample_store, years=1).frame
    pd.testing.assert_frame_equal(one, two)
