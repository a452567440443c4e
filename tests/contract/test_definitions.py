"""Definitions: what is in, out and cannot be told; and everything wrong with one said at once."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vrin_data.contract.decisions import membership
from vrin_data.contract.definitions import (
    DefinitionError,
    check_definition,
    decide_offences,
    definition,
    read_definition,
)
from vrin_data.contract.offence_sets import offence_sets, pairs_of
from vrin_data.contract.offences import offences
from vrin_data.contract.weights import edition
from vrin_data.errors import UnknownDefinition

CCHI = edition("cchi-2020")
BARE: dict[str, Any] = {
    "id": "test-one",
    "version": 1,
    "name": "Test",
    "status": "our coding",
    "source": "test",
    "author": "test",
    "valid_from": "2020-04-01",
    "unit": "offence",
    "reason": "test",
    "include": {"sets": ["VWI"]},
}


def _with(**changes: Any) -> dict[str, Any]:
    return {**deepcopy(BARE), **changes}


def _decided(values: dict[str, Any], *keys: str) -> dict[str, tuple[Any, ...]]:
    frame = decide_offences(check_definition(values, "test"), CCHI).set_index("offence_key")
    rows = frame.loc[list(keys), ["is_in", "days_low", "days_central", "days_high", "in_central"]]
    plain = rows.astype(object).where(rows.notna(), None)
    return {str(key): tuple(row) for key, row in zip(plain.index, plain.to_numpy(), strict=True)}


def test_an_unknown_definition_names_those_there_are() -> None:
    with pytest.raises(UnknownDefinition, match=r"nonsense.*knife-enabled"):
        definition("nonsense")


def test_violence_with_injury() -> None:
    keys = ("8N|", "8N|008/01", "5A|", "105A|", "police-uk:violence-and-sexual-offences", "unmapped", "ASB|")
    assert _decided(BARE, *keys) == {
        "8N|": ("in", 2, 10, 1460, True),
        "8N|008/01": ("in", 19, 19, 547.5, True),
        "5A|": ("in", 10, 1460, 3285, True),
        "105A|": ("out", None, None, None, False),
        "police-uk:violence-and-sexual-offences": ("cannot_tell", 2, None, 4380, False),
        "unmapped": ("cannot_tell", None, None, None, False),
        "ASB|": ("out", None, None, None, False),
    }


def test_wounding_cannot_be_told_from_a_code_alone() -> None:
    values = _with(include={"sets": ["GBH20"]})
    assert _decided(values, "8N|", "8N|008/01", "8N|008/06", "|008/01", "8P|") == {
        "8N|": ("cannot_tell", 19, None, 547.5, False),
        "8N|008/01": ("in", 19, 19, 547.5, True),
        "8N|008/06": ("out", None, None, None, False),
        "|008/01": ("in", 19, 19, 912.5, True),
        "8P|": ("cannot_tell", 357, None, 357, False),
    }


def test_exclusion_has_three_values() -> None:
    values = _with(exclude={"classifications": ["008/06"]})
    assert _decided(values, "8N|", "8N|008/06", "8N|008/01", "|008/06") == {
        "8N|": ("cannot_tell", 2, None, 1460, False),
        "8N|008/06": ("out", None, None, None, False),
        "8N|008/01": ("in", 19, 19, 547.5, True),
        "|008/06": ("out", None, None, None, False),
    }


def test_the_harm_threshold_has_three_values() -> None:
    values = _with(harm={"at_least_days": 365})
    keys = ("5D|", "8N|", "8N|008/06", "8N|008/01", "5A|", "8N|008/77", "unmapped")
    assert _decided(values, *keys) == {
        "5D|": ("in", 1460, 1460, 1460, True),
        "8N|": ("cannot_tell", 547.5, None, 1460, False),
        "8N|008/06": ("out", None, None, None, False),
        "8N|008/01": ("cannot_tell", 547.5, None, 547.5, False),
        "5A|": ("cannot_tell", 1460, 1460, 3285, True),
        "8N|008/77": ("cannot_tell", None, None, None, False),
        "unmapped": ("cannot_tell", None, None, None, False),
    }


def test_a_weight_at_the_threshold_is_in() -> None:
    values = _with(include={"sets": ["ROB"]}, harm={"at_least_days": 365})
    assert _decided(values, "34B|")["34B|"][0] == "in"


def test_all_recorded_crime_holds_everything_but_what_is_no_crime() -> None:
    frame = decide_offences(definition("all-recorded-crime"), CCHI).set_index("offence_key")
    no_crime = {each.offence_key for each in offences().all if each.mapping_status == "not_crime"}
    assert set(frame.index[frame.is_in == "out"]) == no_crime
    assert set(frame.is_in) == {"in", "out"}
    assert frame.loc["unmapped", "is_in"] == "in"


def test_under_all_recorded_crime_days_are_the_editions() -> None:
    frame = decide_offences(definition("all-recorded-crime"), CCHI)
    weights = CCHI.resolved()
    inside = frame.is_in == "in"
    for column in ("days_low", "days_central", "days_high"):
        assert frame[inside][column].equals(weights[inside][column])


def test_knife_enabled_leaves_out_possession_and_keeps_used_or_threatened() -> None:
    knife = definition("knife-enabled")
    assert knife.filters.active() == {
        "weapon": ("sharp",),
        "weapon_use": ("not possessed",),
        "status": ("live",),
    }
    assert knife.filters.blanks_matter() == ["weapon", "status"]
    frame = decide_offences(knife, CCHI).set_index("offence_key")
    assert list(frame.loc[["10D|", "8N|", "34B|", "3B|", "5E|", "police-uk:robbery"], "is_in"]) == [
        "out",
        "in",
        "in",
        "in",
        "out",
        "in",
    ]


def test_every_error_is_reported_at_once() -> None:
    values = _with(
        version=0,
        unit="day",
        include={"sets": ["QQ"], "codes": ["9Z"], "classifications": ["8/6"]},
        filters={"weapon": ["sword"], "hate": ["maybe"]},
        age={"whose": "victim", "min": 1, "max": 33},
        harm={"at_least_days": -1},
        colour="red",
    )
    del values["name"]
    with pytest.raises(DefinitionError) as caught:
        check_definition(values, "mine.toml")
    lines = str(caught.value).splitlines()
    assert lines[0] == "mine.toml: the definition has 10 error(s):"
    assert sorted(line.split(":")[0].strip() for line in lines[1:]) == [
        "ages.0.max",
        "colour",
        "filters",
        "harm.at_least_days",
        "include.classifications.0",
        "include.codes.0",
        "include.sets.0",
        "name",
        "unit",
        "version",
    ]
    assert "'sword'" in str(caught.value)
    assert "'maybe'" in str(caught.value)
    assert "greatest age 33" in str(caught.value)


@pytest.mark.parametrize(
    ("age", "bands"),
    [
        ({"whose": "victim", "min": 1, "max": 19}, (2, 6)),
        ({"whose": "suspect", "max": 24}, (1, 7)),
        ({"whose": "either", "min": 65}, (10, 10)),
    ],
)
def test_age_bounds_are_inclusive(age: dict[str, Any], bands: tuple[int, int]) -> None:
    (read,) = check_definition(_with(age=age), "test").ages
    assert read.bands() == bands


@pytest.mark.parametrize(
    "age",
    [
        {"whose": "victim"},
        {"whose": "victim", "min": 31},
        {"whose": "victim", "min": 25, "max": 24},
        {"whose": "offender", "min": 1},
    ],
)
def test_an_age_clause_that_says_nothing_exact_is_refused(age: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError, match="age"):
        check_definition(_with(age=age), "test")


@pytest.mark.parametrize(("text", "message"), [("include", "not a TOML file"), ("", "10 error")])
def test_a_file_that_is_no_definition(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "broken.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError, match=message):
        read_definition(path)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (["not possessed", "used"], "either what it must be or what it must not be"),
        (["not carried"], "'carried' is not in its code list"),
        (["not_recorded"], "'not_recorded' is not in its code list"),
    ],
)
def test_a_filter_says_what_is_in_or_what_is_left_out(values: list[str], words: str) -> None:
    with pytest.raises(DefinitionError, match=words):
        check_definition(_with(filters={"weapon_use": values}), "test")


def test_a_definition_without_any_offence_is_refused() -> None:
    with pytest.raises(DefinitionError, match="names no offence"):
        check_definition(_with(include={}), "test")


SETS = st.lists(st.sampled_from(sorted(offence_sets())), min_size=1, max_size=3)
OFFENCES = st.sampled_from(offences().all)


@settings(deadline=None)
@given(offence=OFFENCES, first=SETS, second=SETS)
def test_a_union_never_holds_less(offence: Any, first: list[str], second: list[str]) -> None:
    order = {"out": 0, "cannot_tell": 1, "in": 2}
    alone = membership(offence, pairs_of(sets=first))
    together = membership(offence, pairs_of(sets=[*first, *second]))
    assert order[together] >= order[alone]


@settings(deadline=None)
@given(offence=OFFENCES, kept=SETS, removed=SETS)
def test_what_is_excluded_is_never_in(offence: Any, kept: list[str], removed: list[str]) -> None:
    left = membership(offence, pairs_of(sets=kept) - pairs_of(sets=removed))
    if membership(offence, pairs_of(sets=removed)) == "in":
        assert left == "out"
    if membership(offence, pairs_of(sets=removed)) == "out":
        assert left == membership(offence, pairs_of(sets=kept))


@settings(deadline=None, max_examples=25)
@given(sets=SETS, threshold=st.sampled_from([None, 5, 10, 182, 365, 1460]))
def test_low_central_high_are_in_order(sets: list[str], threshold: int | None) -> None:
    values = _with(include={"sets": sets}, harm={"at_least_days": threshold} if threshold else None)
    frame = decide_offences(check_definition(values, "test"), CCHI)
    low = frame.days_low.where(frame.is_in == "in", 0)
    central = frame.days_central.where(frame.in_central, 0)
    told = low.notna() & central.notna() & frame.days_high.notna()
    assert (low[told] <= central[told]).all()
    assert (central[told] <= frame.days_high[told]).all()
    assert frame[frame.is_in == "out"][["days_low", "days_high"]].isna().all().all()
    assert not frame[frame.is_in == "out"].in_central.any()
