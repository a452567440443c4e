"""What was planted in the simulated extracts comes out of the measures."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from vrin_data import protect
from vrin_data.measures import HotspotRequest, Selection, SignalsRequest, coverage, harm, hotspots, signals
from vrin_data.records.signals import Watch
from vrin_data.store import Store

TRUTH = tomllib.loads((Path(__file__).parents[1] / "sample_data" / "truth.toml").read_text(encoding="utf-8"))
MONTHS = {(one["force_code"], one["month"]): one for one in TRUTH["month"]}
FIRST, LAST = date(2023, 4, 1), date(2026, 3, 1)
NOTTINGHAMSHIRE, LEICESTERSHIRE, NOTTINGHAM = "E23000019", "E23000021", "E06000018"
NORTHAMPTONSHIRE = "E23000022"


def shown(store: Store, definition: str, **terms: Any) -> pd.DataFrame:
    selection = Selection(**{"definition": definition, "from_month": FIRST, "to_month": LAST, **terms})
    return protect.present(harm(store, selection), protect.Viewer.analyst()).frame


def planted(what: str, force: str) -> dict[str, Any]:
    return next(one for one in TRUTH["planted"] if one["id"] == what and one["force_code"] == force)


def by_force_and_month(store: Store, definition: str) -> dict[tuple[str, str], pd.Series]:
    frame = shown(store, definition, level="force", by=("area", "month"))
    return {(row["area_code"], f"{row['month']:%Y-%m}"): row for _, row in frame.iterrows()}


def test_every_row_of_every_month_is_counted(sample_store: Store) -> None:
    found = by_force_and_month(sample_store, "all-recorded-crime")
    for key, truth in MONTHS.items():
        row = found[key]
        if truth["rows"] == 0:
            assert row["is_gap"], key
            assert pd.isna(row["incident_count_low"]), key
        else:
            assert row["incident_count_high"] == truth["live_rows"], key


def test_violence_with_injury_is_exact_but_for_unmapped_codes(sample_store: Store) -> None:
    found = by_force_and_month(sample_store, "violence-with-injury")
    for key, truth in MONTHS.items():
        if truth["rows"]:
            low, high = found[key]["incident_count_low"], found[key]["incident_count_high"]
            assert low == truth["violence_with_injury"], key
            assert high == truth["violence_with_injury"] + truth["unmapped_rows"], key


def test_knife_range_is_the_planted_one(sample_store: Store) -> None:
    found = by_force_and_month(sample_store, "knife-enabled")
    for key, truth in MONTHS.items():
        if truth["rows"]:
            assert found[key]["incident_count_low"] == truth["knife_enabled_low"], key
            high = found[key]["incident_count_high"]
            assert (
                truth["knife_enabled_high"] <= high <= truth["knife_enabled_high"] + truth["unmapped_rows"]
            ), key


def test_the_missing_month_is_missing_and_no_other(sample_store: Store) -> None:
    selection = Selection(from_month=FIRST, to_month=LAST)
    frame = protect.present(coverage(sample_store, selection), protect.Viewer.analyst()).frame
    missing = frame[frame["status"] == "missing"]
    assert [(row.supplier_id, f"{row.month:%Y-%m}") for row in missing.itertuples()] == [
        ("nottinghamshire-police", planted("missing_month", NOTTINGHAMSHIRE)["month"])
    ]


def test_the_step_is_the_one_signal_and_no_gap_is_taken_for_a_fall(sample_store: Store) -> None:
    step = planted("step", NOTTINGHAMSHIRE)
    watch = Watch(definitions=("violence-with-injury",), levels=("district",), figures=("incidents",))
    answer = signals(sample_store, SignalsRequest(watch=watch))
    frame = protect.present(answer, protect.Viewer.analyst()).frame
    assert [(row["area_code"], row["direction"], f"{row['since_month']:%Y-%m}") for _, row in frame.iterrows()] == [
        (step["district_code"], "high", step["from_month"])
    ]


def test_the_step_is_seen_where_and_when_it_was_planted(sample_store: Store) -> None:
    step = planted("step", NOTTINGHAMSHIRE)
    frame = shown(
        sample_store, "violence-with-injury", by=("area", "month"), area_code=NOTTINGHAM, level="district"
    )
    city = frame[(frame["area_code"] == NOTTINGHAM) & ~frame["is_gap"]].set_index("month")[
        "incident_count_low"
    ]
    before, after = city[:"2025-03"], city["2025-04":]
    # About one row in a hundred has no coordinates and so no district.
    assert 0.97 * step["rows_before"] <= before.sum() <= step["rows_before"]
    assert 0.97 * step["rows_after"] <= after.sum() <= step["rows_after"]
    # The same calendar months of the year before, so that the season does not pass for the step.
    same = city["2024-04":"2025-03"].drop(pd.Timestamp("2024-11-01"))
    assert after.sum() / same.sum() == pytest.approx(step["ratio"], abs=0.16)


def test_the_harm_spot_leads_its_force(sample_store: Store) -> None:
    spot = planted("harm_spot", LEICESTERSHIRE)
    frame = shown(sample_store, "capable-of-serious-harm", level="lsoa", area_code=LEICESTERSHIRE)
    ranked = frame[frame["is_placed"]].sort_values("incident_count_low", ascending=False)
    assert spot["area_code"] in ranked["area_code"].head(3).tolist()


SPOT = planted("harm_spot", LEICESTERSHIRE)["area_code"]


def spots(store: Store, definition: str, **terms: Any) -> pd.DataFrame:
    kind = terms.pop("kind", "harm")
    selection = Selection(
        **{"definition": definition, "level": "lsoa", "from_month": FIRST, "to_month": LAST, **terms}
    )
    found = protect.present(
        hotspots(store, HotspotRequest(selection, kind=kind, years=0)), protect.Viewer.analyst()
    )
    return found.frame[found.frame["is_spot"]]


# The sample's forces differ in rates and each has a city above its country, so that a force is asked alone.
@pytest.mark.parametrize("force", sorted({one["force_code"] for one in TRUTH["month"]}))
def test_the_harm_spot_is_found_and_no_other(sample_store: Store, force: str) -> None:
    found = spots(sample_store, "violence-with-injury", area_code=force)
    assert found["area_code"].tolist() == ([SPOT] if force == LEICESTERSHIRE else [])


def test_the_harm_spot_is_found_without_homicide_too(sample_store: Store) -> None:
    found = spots(
        sample_store, "most-serious-violence", kind="harm_without_homicide", area_code=LEICESTERSHIRE
    )
    assert found["area_code"].tolist() == [SPOT]


def test_the_incidents_of_the_spot_are_the_one_hot_spot_of_the_region(sample_store: Store) -> None:
    found = spots(sample_store, "most-serious-violence", kind="count")
    assert SPOT in found["area_code"].tolist()
    assert found["spot_number"].unique().tolist() == [1]


def test_code_drift_widens_the_range_from_its_month_on(sample_store: Store) -> None:
    drift = planted("code_drift", LEICESTERSHIRE)
    frame = shown(sample_store, "violence-with-injury", level="force", by=("area", "month"))
    own = frame[frame["area_code"] == LEICESTERSHIRE].set_index("month")
    width = (own["harm_days_high"] / own["harm_days_low"]).astype(float)
    begins = pd.Timestamp(drift["from_month"])
    assert width[width.index < begins].max() < width[width.index >= begins].min()


def test_unknown_codes_are_listed_and_weigh_nothing(sample_store: Store) -> None:
    unknown = sum(one["rows"] for one in TRUTH["planted"] if one["id"] == "unknown_code")
    selection = Selection(definition="all-recorded-crime", from_month=FIRST, to_month=LAST)
    stamp = harm(sample_store, selection).stamp
    assert any(
        note.startswith(f"{unknown} incidents have an offence code that is not known") for note in stamp.notes
    )
    assert stamp.is_simulated
    assert stamp.short().startswith("SIMULATED DATA")


def test_districts_hold_the_planted_counts(sample_store: Store) -> None:
    frame = shown(sample_store, "violence-with-injury").set_index("area_code")
    for district in TRUTH["district"]:
        expected = district["violence_with_injury_in_whole_months"]
        assert frame.loc[district["district_code"], "incident_count_low"] == expected


def test_old_cases_are_told_apart_in_the_months_they_were_planted_in(sample_store: Store) -> None:
    historic = planted("historic", NORTHAMPTONSHIRE)
    found = sample_store.query(
        "old cases",
        """
        select strftime(recorded_month, '%Y-%m') as month
        from incident
        join profile using (profile_id)
        join submission using (submission_id)
        where recorded_lag = 'over_a_year' and feed_id = 'police-offences' and supplier_id = $supplier
        order by recorded_month
        """,
        {"supplier": historic["supplier_id"]},
    )
    assert found["month"].tolist() == historic["months"]
    assert len(found) == historic["rows"] >= 36
