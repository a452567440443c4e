"""Rates of small builds: limits, flags, harm per residents, and rates at the ages of the standard."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.measures.builds import CHARNWOOD, LEICESTER, LEICS, LEICS_POLICE, NOTTINGHAM, Build
from vrin_data import protect
from vrin_data.errors import UsageError
from vrin_data.measures import RatesRequest, Selection, rates
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()
FIRST = date(2025, 1, 1)


def asked(store: Store, *, per: int = 1000, standardised: bool = False, **terms: Any) -> protect.Presented:
    chosen = {"definition": "all-recorded-crime", "from_month": FIRST, "to_month": FIRST, **terms}
    return protect.present(rates(store, RatesRequest(Selection(**chosen), per, standardised)), ANALYST)


@pytest.fixture(scope="module")
def one_month(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01")
    build.incidents("2025-01", LEICESTER, 30)
    build.incidents("2025-01", CHARNWOOD, 2)
    build.incidents("2025-01", None, 1)
    store = build.publish(tmp_path_factory.mktemp("rates") / "store")
    yield store
    store.close()


def test_the_whole_table_of_rates(one_month: Store) -> None:
    found = asked(one_month)
    rows = found.frame.set_index("area_name")
    # 30 of 300 residents with Byar's limits (20.24 to 42.83), 2 of 100 with the exact ones (0.2422 to 7.2247).
    leicester = rows.loc["Leicester", ["rate", "rate_low", "rate_high"]].tolist()
    assert leicester == pytest.approx([100, 67.45, 142.76], abs=0.05)
    charnwood = rows.loc["Charnwood", ["rate", "rate_low", "rate_high"]].tolist()
    assert charnwood == pytest.approx([20, 2.422, 72.247], abs=0.001)
    assert rows["method"].tolist() == ["exact", "byar", "", ""]
    assert rows["reliability"].tolist() == ["few", "", "", ""]
    # An assault weighs 10 days.
    assert rows.at["Leicester", "harm_per"] == pytest.approx(1000)
    assert rows.at["Leicester", "harm_per_low"] < 1000 < rows.at["Leicester", "harm_per_high"]
    assert rows.loc[["Nottingham", "Not placed at this level"], "rate"].isna().all()
    assert "rates are of the 1 month of the period, not of a year" in found.stamp.notes


def test_a_total_is_of_all_residents(one_month: Store) -> None:
    row = asked(one_month, by=(), area_code=LEICS, per=100_000).frame.iloc[0]
    assert (row["area_name"], row["population"]) == ("Leicestershire", 400)
    assert row["rate"] == pytest.approx(32 / 400 * 100_000)


def test_without_residents_by_age_nothing_is_standardised(one_month: Store) -> None:
    found = asked(one_month, standardised=True)
    assert found.frame["standardised_rate"].isna().all()
    assert any("no residents by age are known" in note for note in found.stamp.notes)


def test_corrected_counts_have_a_rate_and_no_limits(stores: Callable[[Build], Store]) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01")
    build.incidents("2025-01", LEICESTER, 30, further=3)
    row = asked(stores(build)).frame.set_index("area_name").loc["Leicester"]
    assert row["rate"] == pytest.approx(100)
    assert pd.isna(row["rate_low"])
    assert row["method"] == ""


@pytest.mark.parametrize(
    ("terms", "message"), [({"per": 10}, "1,000 or 100,000"), ({"by": ("month",)}, "period")]
)
def test_other_rates_are_refused(one_month: Store, terms: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        asked(one_month, **terms)


def test_the_sample_is_standardised_by_hand(sample_store: Store) -> None:
    """The cities are younger than the standard, so that at its ages they have fewer victims."""
    year = {
        "definition": "violence-with-injury",
        "from_month": date(2025, 4, 1),
        "to_month": date(2026, 3, 1),
    }
    found = asked(sample_store, per=100_000, standardised=True, **year)
    rows = found.frame[found.frame["is_placed"]].set_index("area_code")
    told = rows[rows["standardised_rate"].notna()]
    assert (told["incident_count_low"] >= 10).all()
    assert len(told) > 25
    assert (told["standardised_rate_low"] < told["standardised_rate"]).all()
    assert rows.at[NOTTINGHAM, "standardised_rate"] < rows.at[NOTTINGHAM, "rate"]
    total = sample_store.query(
        "by hand",
        """
        select sum(person_count) as persons from population_band where area_code = $code and year = 2023
        """,
        {"code": NOTTINGHAM},
    )
    assert total["persons"].iloc[0] == rows.at[NOTTINGHAM, "population"]
    assert any("Simulated for the sample" in note for note in found.stamp.notes)
