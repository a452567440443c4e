"""Whether areas changed: exact p-values, which months are compared, and what is left without a share of change."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from scipy.stats import binomtest

from tests.measures.builds import (
    CHARNWOOD,
    LEICESTER,
    LEICS,
    LEICS_POLICE,
    MURDER,
    NOTTINGHAM,
    NOTTS_POLICE,
    Build,
)
from vrin_data import protect
from vrin_data.measures import Selection, area_change
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()


def asked(store: Store, first: date, last: date, **terms: object) -> protect.Presented:
    selection = Selection("all-recorded-crime", from_month=first, to_month=last, **terms)  # type: ignore[arg-type]
    return protect.present(area_change(store, selection), ANALYST)


def two_years(build: Build, supplier: str, *months: str) -> None:
    for month in months:
        build.sent(supplier, f"2024-{month}")
        build.sent(supplier, f"2025-{month}")


def test_the_whole_table(stores: Callable[[Build], Store]) -> None:
    build = Build()
    two_years(build, LEICS_POLICE, "01", "02")
    two_years(build, NOTTS_POLICE, "01")
    for month, count in (("2024-01", 8), ("2024-02", 4), ("2025-01", 30), ("2025-02", 10)):
        build.incidents(month, LEICESTER, count)
    build.incidents("2025-02", CHARNWOOD, 1, offence=MURDER)
    build.incidents("2024-01", NOTTINGHAM, 9)
    build.incidents("2025-01", NOTTINGHAM, 9)
    build.incidents("2025-01", None, 2)
    shown = asked(stores(build), date(2025, 1, 1), date(2025, 2, 1))
    found = shown.frame.set_index("area_name")
    counts = found[
        ["incident_count_before", "incident_count_now", "incident_count_change", "months_compared"]
    ]
    assert counts.loc["Leicester"].tolist() == [12, 40, 28, 2]
    assert counts.loc["Charnwood"].tolist() == [0, 1, 1, 2]
    assert counts.loc["Nottingham"].tolist() == [9, 9, 0, 1]
    assert counts.loc["Not placed at this level"].tolist()[:3] == [0, 2, 2]
    assert found["change_share"].fillna(-9).tolist() == pytest.approx([-9, 28 / 12, -9, -9])
    assert found.loc["Charnwood", "harm_days_change"] == 5475
    assert found.loc["Leicester", "harm_days_change"] == 280
    p = [1, binomtest(40, 52, 0.5).pvalue, 1]
    assert found["p_value"].tolist()[:3] == pytest.approx(p)
    assert found["is_significant"].tolist()[:3] == [False, True, False]
    assert pd.isna(found["p_value"].iloc[3])
    assert pd.isna(found["is_significant"].iloc[3])
    assert "1 of 3 areas changed by more than chance explains" in " ".join(shown.stamp.notes)


def test_only_months_whole_in_both_years_count_on_both_sides(stores: Callable[[Build], Store]) -> None:
    build = Build()
    two_years(build, LEICS_POLICE, "01")
    build.sent(LEICS_POLICE, "2024-02", is_partial=True)
    build.sent(LEICS_POLICE, "2025-02")
    build.sent(LEICS_POLICE, "2025-03")
    for month in ("2024-01", "2024-02", "2025-01", "2025-02", "2025-03"):
        build.incidents(month, LEICESTER, 5)
    found = (
        asked(stores(build), date(2025, 1, 1), date(2025, 3, 1)).frame.set_index("area_name").loc["Leicester"]
    )
    assert (found["incident_count_before"], found["incident_count_now"], found["months_compared"]) == (
        5,
        5,
        1,
    )


def test_of_a_longer_period_the_last_year_is_compared(stores: Callable[[Build], Store]) -> None:
    build = Build()
    for year in (2022, 2023, 2024, 2025):
        for month in range(1, 13):
            build.sent(LEICS_POLICE, f"{year}-{month:02}")
        build.incidents(f"{year}-06", LEICESTER, year - 2000)
    store = stores(build)
    long, short = (asked(store, date(first, 1, 1), date(2025, 12, 1)) for first in (2022, 2025))
    pd.testing.assert_frame_equal(long.frame, short.frame)
    row = long.frame.set_index("area_code").loc[LEICESTER]
    assert (row["incident_count_before"], row["incident_count_now"], row["months_compared"]) == (24, 25, 12)


def test_without_a_year_before_there_is_no_figure(stores: Callable[[Build], Store]) -> None:
    build = Build()
    build.sent(LEICS_POLICE, "2025-01")
    build.incidents("2025-01", LEICESTER, 5)
    found = asked(stores(build), date(2025, 1, 1), date(2025, 1, 1), area_code=LEICS).frame
    assert found["is_gap"].all()
    assert found.filter(regex="incident|harm|p_value|share").isna().all(axis=None)


def test_corrected_counts_are_not_tested(stores: Callable[[Build], Store]) -> None:
    build = Build()
    two_years(build, LEICS_POLICE, "01")
    build.incidents("2025-01", LEICESTER, 5, further=2)
    found = asked(stores(build), date(2025, 1, 1), date(2025, 1, 1)).frame
    assert found["p_value"].isna().all()
    assert found["is_significant"].isna().all()


def test_districts_of_the_sample_sum_to_what_harm_says(sample_store: Store) -> None:
    from vrin_data.measures import harm

    first, last = date(2025, 4, 1), date(2026, 3, 1)
    found = protect.present(
        area_change(sample_store, Selection(from_month=first, to_month=last)), ANALYST
    ).frame
    raw = protect.present(harm(sample_store, Selection(from_month=first, to_month=last)), ANALYST).frame
    both = found.merge(raw, on="area_code")
    whole = both[(both["months_compared"] == 12) & both["is_placed_x"]]
    assert len(whole) > 15
    assert (whole["incident_count_now"] == whole["incident_count_low"]).all()
    assert whole["harm_days_now"].tolist() == pytest.approx(whole["harm_days"].tolist())
