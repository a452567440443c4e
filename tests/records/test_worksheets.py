"""Worksheets of section 13(6): saved with a version, each filling in kept."""

from datetime import datetime
from pathlib import Path

import pytest

from vrin_data.contract.worksheet import Consideration, Worksheet
from vrin_data.errors import RefusedInput, UnknownDefinition
from vrin_data.records import events, retire, save_worksheet, worksheet, worksheets

NOON = datetime(2026, 11, 1, 12)
LATER = datetime(2026, 11, 2, 12)
ID = "violence-with-injury"
JUDGED = Worksheet(
    maximum_penalty=Consideration("serious", "Life for the gravest", {"years": "Life", "offences": 14}),
    prevalence=Consideration("not", "Below the region's rate", {"per_1000": 3.25}),
)


def test_a_version_that_nobody_judged_has_none(tmp_path: Path) -> None:
    assert worksheet(tmp_path, ID, 1) is None


def test_a_worksheet_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    save_worksheet(tmp_path, ID, 1, JUDGED, by="A. Lead", at=NOON)
    found = worksheet(tmp_path, ID, 1)
    assert found is not None
    assert (found.worksheet, found.recorded_by, found.recorded_at) == (JUDGED, "A. Lead", NOON)
    assert found.worksheet.community_impact == Consideration("not said", "", {})
    assert [(one.action, one.subject, one.detail) for one in events(tmp_path)] == [
        (
            "save worksheet",
            ID,
            {
                "version": 1,
                "maximum_penalty": "serious",
                "victim_impact": "not said",
                "prevalence": "not",
                "community_impact": "not said",
            },
        )
    ]


def test_a_second_filling_in_keeps_the_first(tmp_path: Path) -> None:
    second = Worksheet(victim_impact=Consideration("serious", "Many admissions"))
    for filled_in, at in ((JUDGED, NOON), (JUDGED, LATER), (second, LATER)):
        save_worksheet(tmp_path, ID, 1, filled_in, by="A. Lead", at=at)
    assert [(one.worksheet, one.recorded_at) for one in worksheets(tmp_path, ID, 1)] == [
        (JUDGED, NOON),
        (second, LATER),
    ]


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    wrong = Worksheet(maximum_penalty=Consideration("very"), prevalence=Consideration("serious", " "))
    with pytest.raises(RefusedInput) as caught:
        save_worksheet(tmp_path, ID, 1, wrong, by="", at=NOON)
    assert [line.split(":")[0].strip() for line in str(caught.value).splitlines()[1:]] == [
        "by",
        "maximum_penalty",
        "prevalence",
    ]
    with pytest.raises(RefusedInput, match="it says nothing"):
        save_worksheet(tmp_path, ID, 1, Worksheet(), by="A. Lead", at=NOON)
    assert worksheets(tmp_path, ID, 1) == []


def test_a_version_out_of_use_is_not_judged(tmp_path: Path) -> None:
    retire(tmp_path, ID, 1, by="A. Lead", at=NOON, reason="Ours is narrower")
    with pytest.raises(RefusedInput, match="violence-with-injury v1 is retired"):
        save_worksheet(tmp_path, ID, 1, JUDGED, by="A. Lead", at=LATER)
    with pytest.raises(UnknownDefinition):
        save_worksheet(tmp_path, ID, 77, JUDGED, by="A. Lead", at=LATER)
