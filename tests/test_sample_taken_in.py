"""The sample as it stands in the build: every row of every file, under its period, and nothing rejected."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from vrin_data.store import Store

TRUTH = tomllib.loads((Path(__file__).parents[1] / "sample_data" / "truth.toml").read_text(encoding="utf-8"))
CURRENT = """
    select supplier_id, feed_id, strftime(period_start, '%Y-%m') as period, rows_in_count, rows_kept_count,
        incident_count, is_nil, is_simulated, received_at
    from submission
    where status = 'accepted'
"""


@pytest.fixture(scope="module")
def current(sample_store: Store) -> dict[tuple[str, str, str], Any]:
    rows = list(sample_store.query("current submissions", CURRENT).itertuples(index=False))
    found = {(row.supplier_id, row.feed_id, row.period): row for row in rows}
    assert len(found) == len(rows)
    return found


def test_every_volume_of_the_truth_is_in_the_build_and_no_other(
    current: dict[tuple[str, str, str], Any],
) -> None:
    volumes = {(one["supplier_id"], one["feed_id"], one["period"]): one for one in TRUTH["volume"]}
    partners = {key: row for key, row in current.items() if key[1] != "police-offences"}
    assert partners.keys() == volumes.keys()
    for key, row in partners.items():
        assert row.rows_in_count == row.rows_kept_count == volumes[key]["rows"], key
        assert row.is_nil == volumes[key].get("is_nil", False), key


def test_police_months_are_those_of_the_truth(current: dict[tuple[str, str, str], Any]) -> None:
    by_supplier = {one["force_code"]: one["supplier_id"] for one in TRUTH["planted"] if "force_code" in one}
    months = {
        (by_supplier[one["force_code"]], one["month"]): one["rows"] for one in TRUTH["month"] if one["rows"]
    }
    found = {(key[0], key[2]): row for key, row in current.items() if key[1] == "police-offences"}
    assert {key: row.rows_kept_count for key, row in found.items()} == months


def test_nothing_was_rejected_and_all_of_it_is_marked_as_simulated(
    sample_store: Store, current: dict[tuple[str, str, str], Any]
) -> None:
    assert sample_store.query("rejected rows", "select * from rejected_row").empty
    assert all(row.is_simulated for row in current.values())


def test_values_that_no_map_knows_are_the_planted_codes_alone(sample_store: Store) -> None:
    warned = sample_store.query(
        "warnings", "select distinct raw_value from intake_warning order by raw_value"
    )
    assert warned["raw_value"].tolist() == ["999/99", "99Z"]


def test_several_calls_make_one_incident(current: dict[tuple[str, str, str], Any]) -> None:
    for one in (one for one in TRUTH["volume"] if one["feed_id"] == "ambulance"):
        assert current[one["supplier_id"], one["feed_id"], one["period"]].incident_count == one["incidents"]


def test_of_the_changes_the_last_versions_stand(sample_store: Store) -> None:
    (left,) = (one for one in TRUTH["planted"] if one["id"] == "net_change")
    found = sample_store.query(
        "versions that stand",
        """
        select
            count(*) filter (profile.status <> 'deleted') as live,
            count(*) filter (profile.status <> 'deleted' and row_version > 1) as later,
            count(*) filter (profile.status = 'deleted') as deleted
        from incident
        join submission using (submission_id)
        join profile using (profile_id)
        where submission.feed_id = 'probation'
        """,
    )
    (row,) = found.itertuples(index=False)
    assert (row.live, row.later, row.deleted) == (
        left["live"],
        left["live_in_a_later_version"],
        left["deleted"],
    )
