"""Persons whom police and hospital both saw, by their keys: counted by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from tests.measures.builds import LEICS, LEICS_POLICE, Build
from tests.measures.linked_build import LinkedBuild
from vrin_data.errors import UsageError
from vrin_data.measures.linked_people import LinkedRequest, linked_estimate, linked_people
from vrin_data.measures.selection import Selection
from vrin_data.protect import Viewer, present
from vrin_data.store import Store

MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
REQUEST = LinkedRequest(Selection(level="force", from_month=MARCH, to_month=MAY))
ED = "leicester-ed"


def key(number: int, key_id: str = "k1") -> str:
    return f"{key_id}:{number:064x}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """March and April came whole from both, May from the department in part.

    Person 1 is seen by both within a day, and attends again months after. Person 2 within 20 days. Person 3 by the
    department alone, 4 by the police alone, 5 by both with keys of another secret on one side.
    """
    build = LinkedBuild()
    build.home |= {ED: LEICS}
    police = {month: build.sent(LEICS_POLICE, month) for month in (MARCH, APRIL, MAY)}
    seen = {
        month: build.sent(ED, month, feed_id="ed-assaults", is_partial=month == MAY)
        for month in (MARCH, APRIL, MAY)
    }
    for number, day in ((1, 5), (2, 1), (4, 9), (5, 9)):
        build.crime(police[MARCH], MARCH.replace(day=day), key(number))
    build.crime(police[APRIL], APRIL, None)
    build.crime(police[MAY], MAY, key(3))
    for number, day in ((1, 6), (2, 21), (3, 9)):
        build.attendance(seen[MARCH], MARCH.replace(day=day), key(number))
    build.attendance(seen[MARCH], MARCH.replace(day=9), key(5, "k2"))
    build.attendance(seen[APRIL], APRIL.replace(day=28), key(1))
    build.attendance(seen[APRIL], APRIL, None)
    build.attendance(seen[MAY], MAY, key(3))
    return build.publish(tmp_path_factory.mktemp("linked"))


def rows(answer: object) -> pd.DataFrame:
    return present(answer, Viewer.analyst()).frame.set_index("window_days")  # type: ignore[arg-type]


def test_matched_and_seen_by_one_side_alone_at_two_windows(store: Store) -> None:
    found = rows(linked_people(store, REQUEST))
    counts = [name for name in found if name.endswith("_count")]
    table = found[counts].T.to_dict()
    both = {
        "area_count": 1,
        "month_count": 2,
        # Six attendances and five crimes in March and April; four and four have a key of the one secret.
        "health_count": 6,
        "health_keyed_count": 4,
        "police_count": 5,
        "police_keyed_count": 4,
        "health_person_count": 3,
        "police_person_count": 4,
    }
    assert table[7] == both | {
        "health_matched_count": 1,
        "health_only_count": 3,
        "matched_person_count": 1,
        "health_only_person_count": 2,
        "police_only_person_count": 3,
    }
    assert table[30] == both | {
        "health_matched_count": 2,
        "health_only_count": 2,
        "matched_person_count": 2,
        "health_only_person_count": 1,
        "police_only_person_count": 2,
    }


def test_a_share_has_its_exact_limits(store: Store) -> None:
    found = rows(linked_people(store, REQUEST)).loc[30]
    # Clopper and Pearson for 2 of 4.
    assert found[
        ["health_only_share", "health_only_share_low", "health_only_share_high"]
    ].tolist() == pytest.approx([0.5, 0.067586, 0.932414], abs=1e-6)


def test_a_wider_window_never_matches_fewer(store: Store) -> None:
    found = rows(linked_people(store, replace(REQUEST, windows=(0, 1, 7, 20, 60))))
    assert found["health_matched_count"].tolist() == [0, 1, 1, 2, 3]
    assert found["health_matched_count"].is_monotonic_increasing


def test_the_estimate_is_chapmans_and_never_below_those_known(store: Store) -> None:
    found = rows(linked_estimate(store, REQUEST)).loc[30]
    assert found["known_person_count"] == 5
    assert found["estimate"] == pytest.approx(4 * 5 / 3 - 1)
    assert found["estimate_low"] == 5
    assert "FOR ANALYSTS ALONE" in linked_estimate(store, REQUEST).stamp.notes[0]


def test_without_keys_on_both_sides_there_is_nothing_to_match(tmp_path: Path) -> None:
    build = Build()
    build.sent(LEICS_POLICE, MARCH)
    build.incidents(MARCH, "L1", 3)
    assert rows(linked_people(build.publish(tmp_path), REQUEST)).empty


def test_persons_are_matched_by_force_alone(store: Store) -> None:
    with pytest.raises(UsageError, match="at the level force"):
        linked_people(store, replace(REQUEST, selection=replace(REQUEST.selection, level="district")))
    with pytest.raises(UsageError, match="whole numbers from 0 on"):
        replace(REQUEST, windows=())
