"""The scan: kinds of incident told apart, and the same sums by class as each sum made at once."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.measures.builds import ABH, ABH_CODE_ONLY, CHARNWOOD, LEICS, LEICS_POLICE, MURDER, SHOP, Build
from vrin_data.measures import Selection, scan
from vrin_data.measures.cells import cells
from vrin_data.measures.question import question_of
from vrin_data.store import Store


def test_profiles_of_the_same_weights_are_one_class():
    found = scan.classes_of([7, 3, 9, 4], [[1, 0, 1, 1], [10.5, 0, 10.5, 365]])
    assert found.class_of.to_dict("list") == {"profile_id": [7, 3, 9, 4], "class_id": [0, 1, 0, 2]}
    assert found.weights.tolist() == [[1, 10.5], [0, 0], [1, 365]]


def test_a_definition_that_holds_nothing_has_no_classes():
    found = scan.classes_of(np.array([], dtype="int64"), [[], []])
    assert (len(found.class_of), found.weights.shape) == (0, (0, 2))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    build = Build()
    for month in ("2024-01", "2024-02", "2024-03"):
        build.sent(LEICS_POLICE, month)
        for area, offence, count in (
            ("L1", ABH, 3),
            ("L1", ABH_CODE_ONLY, 2),
            ("L2", MURDER, 1),
            (CHARNWOOD, ABH, 4),
            (LEICS, SHOP, 5),
            (None, ABH_CODE_ONLY, 1),
        ):
            build.incidents(month, area, count + int(month[-1]), offence=offence)
    return build.publish(tmp_path / "store")


@pytest.mark.parametrize("level", ["force", "district", "lsoa"])
@pytest.mark.parametrize("definition", ["all-recorded-crime", "violence-with-injury", "knife-enabled"])
def test_counting_by_class_and_making_each_sum_give_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch, level: str, definition: str
):
    asked = Selection(definition, level, ("area", "month"), date(2024, 1, 1), date(2024, 3, 1))
    question = question_of(store, asked)
    by_class = cells(store, question, level=level, with_month=True, with_squares=True)
    monkeypatch.setattr(scan, "MOST_CLASSED", 0)
    by_sum = cells(store, question, level=level, with_month=True, with_squares=True)
    monkeypatch.setattr(scan, "SCANS_AT_ONCE", 1)
    at_once = cells(store, question, level=level, with_month=True, with_squares=True)
    pd.testing.assert_frame_equal(by_class, by_sum)
    pd.testing.assert_frame_equal(by_sum, at_once)
    assert by_class["incident_count_high"].sum() > 0


def test_the_cells_of_a_month_are_its_areas_and_what_is_placed_coarsely(store: Store):
    asked = Selection("all-recorded-crime", "lsoa", ("area", "month"), date(2024, 2, 1), date(2024, 2, 1))
    found = cells(store, question_of(store, asked), level="lsoa", with_month=True)
    shown = found[["place", "known_id", "incident_count_low", "incident_count_high"]]
    # Charnwood and Leicestershire are known, but no neighbourhood in them; one incident is placed nowhere.
    assert sorted(shown.itertuples(index=False, name=None)) == [
        (0, 0, 3, 3),
        (0, 2, 7, 7),
        (0, 5, 6, 6),
        (7, 0, 9, 9),
        (8, 0, 3, 3),
    ]
