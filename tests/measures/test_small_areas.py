"""Smoothed rates against published values and a hand computation, and what the map gets of a store."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.measures.builds import LEICESTER, LEICS, LEICS_POLICE, MURDER, NOTTS_POLICE, Build
from vrin_data import protect
from vrin_data.measures import Selection, harm, small_areas
from vrin_data.methods.shrinkage import shrunk_rates, shrunk_sums
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()
COUNTS = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 5000)), min_size=2, max_size=30)


def carolina_deaths() -> tuple[np.ndarray, np.ndarray]:
    """Sudden infant deaths and births of the 100 counties of North Carolina, 1974 to 1978 (Cressie and Chan 1989)."""
    import pyogrio
    from libpysal.examples import get_path

    table = pyogrio.read_dataframe(get_path("sids2.dbf"), read_geometry=False)
    return table["SID74"].to_numpy("float64"), table["BIR74"].to_numpy("float64")


def test_marshall_rates_of_the_north_carolina_counties() -> None:
    # The first five as esda's own tests print them; R's spdep::EBest gives the same to 1e-9 on all 100.
    deaths, births = carolina_deaths()
    found = shrunk_rates(deaths, births)
    assert found[:5] == pytest.approx([0.0016973, 0.0017054, 0.0017731, 0.0020129, 0.0035349], abs=5e-8)


def test_marshall_rates_equal_those_of_esda_everywhere() -> None:
    from esda.smoothing import Empirical_Bayes

    deaths, births = carolina_deaths()
    assert shrunk_rates(deaths, births) == pytest.approx(Empirical_Bayes(deaths, births).r.ravel(), abs=1e-15)


def test_marshall_rates_by_hand() -> None:
    # 12 of 400: 0.03. Spread (100 x 0.03^2 + 300 x 0.01^2) / 400 = 0.0003; chance alone 0.03 / 200 = 0.00015; so
    # 0.00015 lie between the areas. Weights 0.00015 / (0.00015 + 0.03 / n): 1/3 for 100 residents, 3/5 for 300.
    assert shrunk_rates([0, 12], [100, 300]) == pytest.approx([0.03 * 2 / 3, 0.04 * 3 / 5 + 0.03 * 2 / 5])


def test_rates_that_chance_explains_are_all_the_rate_of_all() -> None:
    # esda lets the variance between areas fall below 0 here, and so moves rates past the mean.
    assert shrunk_rates([10, 11, 9], [1000, 1000, 1000]) == pytest.approx([0.01, 0.01, 0.01])


def test_an_area_without_residents_has_no_rate_and_changes_no_other() -> None:
    with_it = shrunk_rates([0, 12, 50, 7], [100, 300, 0, np.nan])
    assert np.isnan(with_it[2:]).all()
    assert with_it[:2] == pytest.approx(shrunk_rates([0, 12], [100, 300]))


@given(COUNTS)
def test_a_smoothed_rate_lies_between_the_raw_one_and_that_of_all(areas: list[tuple[int, int]]) -> None:
    events, people = (np.array(one, dtype=float) for one in zip(*areas, strict=True))
    found, raw, mean = shrunk_rates(events, people), events / people, events.sum() / people.sum()
    assert (found >= np.minimum(raw, mean) - 1e-12).all()
    assert (found <= np.maximum(raw, mean) + 1e-12).all()


@given(COUNTS, st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(areas: list[tuple[int, int]], random: object) -> None:
    order = [*range(len(areas))]
    random.shuffle(order)  # type: ignore[attr-defined]
    events, people = (np.array(one, dtype=float) for one in zip(*areas, strict=True))
    assert shrunk_rates(events[order], people[order]) == pytest.approx(shrunk_rates(events, people)[order])


@given(COUNTS, st.floats(0.5, 6000))
def test_harm_of_one_weight_is_smoothed_as_its_incidents_are(
    areas: list[tuple[int, int]], weight: float
) -> None:
    events, people = (np.array(one, dtype=float) for one in zip(*areas, strict=True))
    of_sums = shrunk_sums(events * weight, events * weight**2, people)
    assert of_sums == pytest.approx(shrunk_rates(events, people) * weight)


@pytest.fixture
def store(stores: Callable[[Build], Store]) -> Store:
    build = Build()
    for month in ("2025-01", "2025-02"):
        build.sent(LEICS_POLICE, month)
        build.incidents(month, LEICESTER, 20)
    build.sent(NOTTS_POLICE, "2025-01", is_partial=True)
    build.incidents("2025-01", LEICESTER, 1, offence=MURDER)
    build.incidents("2025-01", None, 3)
    return stores(build)


def asked(store: Store, **terms: object) -> pd.DataFrame:
    values = {
        "definition": "all-recorded-crime",
        "from_month": date(2025, 1, 1),
        "to_month": date(2025, 2, 1),
    }
    answer = small_areas(store, Selection(**{**values, **terms}))  # type: ignore[arg-type]
    return protect.present(answer, ANALYST).frame


def test_the_columns_of_harm_stand_unchanged_beside_the_new_ones(store: Store) -> None:
    found = asked(store)
    selection = Selection("all-recorded-crime", from_month=date(2025, 1, 1), to_month=date(2025, 2, 1))
    raw = protect.present(harm(store, selection), ANALYST).frame
    pd.testing.assert_frame_equal(found[raw.columns], raw)
    assert [*found.columns[len(raw.columns) :]] == [
        "incident_count_per_1000_interval_low",
        "incident_count_per_1000_interval_high",
        "harm_days_per_1000_interval_low",
        "harm_days_per_1000_interval_high",
        "incident_count_per_1000_smoothed",
        "harm_days_per_1000_smoothed",
        "is_busy_centre",
    ]


def test_the_figures_of_districts(store: Store) -> None:
    found = asked(store).set_index("area_name")
    # 41 incidents of 300 residents and none of 100, drawn towards 41 of 400.
    expected = shrunk_rates([41, 0], [300, 100]) * 1000
    assert found.loc["Leicester", "incident_count_per_1000_smoothed"] == pytest.approx(expected[0])
    assert found.loc["Charnwood", "incident_count_per_1000_smoothed"] == pytest.approx(expected[1])
    assert found.loc["Leicester", "incident_count_per_1000_interval_low"] == pytest.approx(
        29.4219 / 0.3, rel=1e-4
    )
    assert found.loc["Nottingham", "is_gap"]
    smoothed = ["incident_count_per_1000_smoothed", "harm_days_per_1000_smoothed"]
    assert found.loc[["Nottingham", "Not placed at this level"], smoothed].isna().all(axis=None)
    assert not found["is_busy_centre"].any()


def test_what_an_area_is_drawn_towards_does_not_change_with_the_view(store: Store) -> None:
    wide = asked(store).set_index("area_code")
    for code in (LEICS, LEICESTER):
        near = asked(store, area_code=code).set_index("area_code")
        for name in ("incident_count_per_1000_smoothed", "harm_days_per_1000_smoothed"):
            assert near.loc[LEICESTER, name] == pytest.approx(wide.loc[LEICESTER, name])


def test_a_busy_centre_is_told_by_its_lower_limit(stores: Callable[[Build], Store]) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01")
    build.incidents("2025-01", "L1", 300)
    build.incidents("2025-01", "L2", 2)
    store = stores(build)
    terms = {"level": "district", "from_month": date(2025, 1, 1), "to_month": date(2025, 1, 1)}
    # 300 residents of 400 hold 302 incidents: no more than 4/3 of the rate of all.
    assert not asked(store, **terms)["is_busy_centre"].any()
    build.incidents("2025-01", "L2", 900)
    # 902 incidents of 100 residents against 1,202 of 400: 3.0 times, and below it at the lower limit.
    assert not asked(stores(build), **terms)["is_busy_centre"].any()
    build.incidents("2025-01", "L2", 9000)
    found = asked(stores(build), **terms).set_index("area_name")["is_busy_centre"]
    assert found["Charnwood"]
    assert not found["Leicester"]


def test_nothing_is_smoothed_of_corrected_counts(stores: Callable[[Build], Store]) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01")
    build.incidents("2025-01", LEICESTER, 20, further=4)
    found = asked(stores(build), to_month=date(2025, 1, 1))
    assert found.filter(like="smoothed").isna().all(axis=None)
    assert not found["is_busy_centre"].any()


def test_an_empty_month_gives_rates_of_nothing(stores: Callable[[Build], Store]) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01")
    found = asked(stores(build), to_month=date(2025, 1, 1)).set_index("area_name")
    assert found.loc["Leicester", "incident_count_per_1000_smoothed"] == 0
    assert found.loc["Leicester", "harm_days_per_1000_smoothed"] == 0
