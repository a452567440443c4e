"""On the sample, and on real files, the checks of submissions find what is planted and nothing else."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from vrin_data.intake import Batch, ingest_batches
from vrin_data.intake.terms import Acceptance
from vrin_data.store import Store

TRUTH = Path(__file__).parents[2] / "sample_data" / "truth.toml"
FINDINGS = """
    select supplier_id, feed_id, strftime(period_start, '%Y-%m') as period, check_id, level, evidence
    from submission_check
    join submission using (submission_id)
    where status = 'accepted'
    order by all
"""


def found(store: Store) -> list[tuple[Any, ...]]:
    return list(store.query("findings", FINDINGS).itertuples(index=False, name=None))


def planted() -> dict[str, dict[str, Any]]:
    """Faults that a check must find, by the check or checks that may."""
    truth = tomllib.loads(TRUTH.read_text(encoding="utf-8"))["planted"]
    return {one["id"]: one for one in truth if one.get("check_ids")}


def test_every_planted_fault_is_found_once_and_nothing_else(sample_store: Store) -> None:
    faults = planted()
    expected = {
        (one["supplier_id"], one["feed_id"], one.get("month") or one.get("from_month"), one["check_ids"][0])
        for one in faults.values()
        if one["id"] != "false_precision"
    }
    coarse = faults["false_precision"]
    spoken = [one for one in found(sample_store) if one[4] != "note"]
    precision = [one for one in spoken if one[3] == "times_of_one_minute"]
    assert {one[:4] for one in spoken if one not in precision} == expected
    assert [one[:2] for one in precision] == [(coarse["supplier_id"], coarse["feed_id"])]


def test_only_the_false_times_are_noted_and_they_are_kept_to_the_hour(sample_store: Store) -> None:
    coarse = planted()["false_precision"]
    notes = [one for one in found(sample_store) if one[4] == "note"]
    assert {(supplier, feed, check) for supplier, feed, _, check, *_ in notes} == {
        (coarse["supplier_id"], coarse["feed_id"], "times_of_one_minute")
    }
    kept = sample_store.query(
        "precision",
        """
        select event_precision, count(*) as incidents
        from incident
        join submission using (submission_id)
        where supplier_id = $supplier and event_start_at is not null and status = 'accepted'
        group by all
        """,
        {"supplier": coarse["supplier_id"]},
    )
    assert kept.to_dict("list") == {"event_precision": ["hour"], "incidents": [coarse["rows"]]}


def test_the_half_month_is_partial_and_no_other(sample_store: Store) -> None:
    half = planted()["half_month"]
    partial = sample_store.query(
        "partial",
        "select supplier_id, feed_id, strftime(period_start, '%Y-%m') as period from submission "
        "where is_partial and status = 'accepted'",
    )
    assert list(partial.itertuples(index=False, name=None)) == [
        (half["supplier_id"], half["feed_id"], half["month"])
    ]
    (evidence,) = (one[5] for one in found(sample_store) if one[3] == "volume_low")
    assert "no row is dated 15 August to 31 August 2024 (17 days)" in evidence


@pytest.mark.real
def test_real_files_are_believed(real_data: Path, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store")
    let_in = Acceptance("A. Analyst", "a test")
    calls = (
        ("police-uk", "police_uk/2018-12-three-forces.zip", None, datetime(2019, 2, 10)),
        ("home-office-prc", "home_office/prc-pfa-2017-18.csv", None, datetime(2019, 2, 10)),
        ("monthly-counts", "mps/mps_borough_24m_to_202005.csv", "metropolitan-police", datetime(2020, 6, 10)),
        ("monthly-counts", "mps/mps_borough_24m_to_202006.csv", "metropolitan-police", datetime(2020, 7, 10)),
    )
    for feed, file, supplier, at in calls:
        batch = Batch(feed, (real_data / file,), supplier=supplier, without_agreement=let_in)
        assert not ingest_batches(store, [batch], received_at=at).is_refused, file
    # April 2020, the first month of the lockdown, is the nearest to a false alarm: 70% of what is usual.
    assert found(store) == []
    store.close()
