"""Lists of comparators on record: every version kept, with who recorded it and why, and the way back."""

from datetime import datetime
from pathlib import Path

import pytest

from vrin_data.contract.comparators import ComparatorList
from vrin_data.errors import RefusedInput
from vrin_data.records import (
    comparator_list,
    comparator_lists,
    comparator_versions,
    events,
    restore_comparators,
    retire_comparators,
    save_comparators,
)

AT = datetime(2026, 11, 1, 9, 0)
A, B, C = "E06000016", "E06000018", "E06000015"
FIRST = ComparatorList("ons-2024", "ONS nearest neighbours", ((A, (B, C)), (B, (A,))), "ONS, 2024")
WHO = {"recorded_by": "J Smith", "recorded_at": AT, "reason": "as published"}


def test_a_list_is_kept_with_who_recorded_it_and_why(tmp_path: Path) -> None:
    save_comparators(tmp_path, FIRST, **WHO)
    one = comparator_lists(tmp_path)["ons-2024"]
    assert one.comparators == FIRST
    assert (one.version, one.action, one.reason, one.recorded_by) == (1, "save", "as published", "J Smith")
    logged = events(tmp_path)[0]
    assert (logged.action, logged.subject, logged.actor) == ("save comparators", "ons-2024", "J Smith")


def test_an_edited_area_is_a_new_version_and_the_earlier_one_comes_back(tmp_path: Path) -> None:
    save_comparators(tmp_path, FIRST, **WHO)
    save_comparators(tmp_path, FIRST.with_area(A, (C,)), **WHO)
    assert comparator_lists(tmp_path)["ons-2024"].comparators.of_areas == {A: (C,), B: (A,)}
    back = restore_comparators(tmp_path, "ons-2024", 1, **WHO)
    assert back.version == 3
    assert comparator_lists(tmp_path)["ons-2024"].comparators == FIRST
    assert [one.action for one in comparator_versions(tmp_path, "ons-2024")] == ["save", "save", "restore"]


def test_a_retired_list_is_not_offered_and_comes_back(tmp_path: Path) -> None:
    save_comparators(tmp_path, FIRST, **WHO)
    retire_comparators(tmp_path, "ons-2024", **WHO)
    assert comparator_lists(tmp_path) == {}
    with pytest.raises(RefusedInput, match="out of use already"):
        retire_comparators(tmp_path, "ons-2024", **WHO)
    restore_comparators(tmp_path, "ons-2024", 1, **WHO)
    assert comparator_lists(tmp_path)["ons-2024"].comparators == FIRST


def test_every_fault_is_told_at_once_and_nothing_recorded(tmp_path: Path) -> None:
    wrong = ComparatorList("ONS 2024", " ", ((A, (A, B, B, "Derby")),), "")
    with pytest.raises(RefusedInput) as told:
        save_comparators(tmp_path, wrong, recorded_by="", recorded_at=AT, reason=" ")
    for words in (
        "short name",
        "name: needs",
        "source: is empty",
        "its own",
        "twice",
        "'Derby'",
        "by:",
        "reason:",
    ):
        assert words in str(told.value)
    assert comparator_versions(tmp_path) == []


def test_what_stands_already_is_no_new_version(tmp_path: Path) -> None:
    save_comparators(tmp_path, FIRST, **WHO)
    with pytest.raises(RefusedInput, match="says the same as version 1"):
        save_comparators(tmp_path, FIRST, **WHO)
    with pytest.raises(RefusedInput, match="stands already"):
        restore_comparators(tmp_path, "ons-2024", 1, **WHO)


def test_an_unknown_list_or_version_is_refused_with_what_there_is(tmp_path: Path) -> None:
    save_comparators(tmp_path, FIRST, **WHO)
    with pytest.raises(RefusedInput, match="On record: ons-2024"):
        comparator_list(tmp_path, "msf")
    with pytest.raises(RefusedInput, match="Versions: 1"):
        comparator_list(tmp_path, "ons-2024", 4)
