"""What must change in one definition to make it mean another: each change alone, and all together."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.second.definition_cases import HEAD, definition_tables
from vrin_data.contract.definition_diff import changed, clause_changes, text_changes
from vrin_data.contract.definitions import (
    Definition,
    DefinitionError,
    built_in_versions,
    check_definition,
    definition,
)


def made(**clauses: Any) -> Definition:
    return check_definition({**HEAD, **clauses}, "test")


def said(first: Definition, second: Definition) -> list[tuple[str, str]]:
    return [(one.clause, one.words) for one in clause_changes(first, second)]


def meaning(one: Definition) -> tuple:
    """All that decides what a definition counts, whatever way it is written in."""
    parts = {
        (one.members(part), _narrowed(part.filters, part.ages), one.threshold(part)) for part in one.all_parts()
    }
    return one.unit, one.unknown, _narrowed(one.filters, one.ages), frozenset(parts)


def _narrowed(filters: Any, ages: Any) -> tuple:
    active = {name: frozenset(values) for name, values in filters.active().items()}
    return frozenset(active.items()), frozenset((age.whose, age.bands()) for age in ages)


def test_two_that_mean_the_same_have_no_change_between_them() -> None:
    by_set = made(include={"sets": ["HOM"]})
    by_codes = made(name="Otherwise", include={"codes": ["1", "4.1", "4.2", "4.10"]})
    own = made(sets=[{"id": "OURS", "sets": ["HOM"]}], include={"sets": ["OURS"]})
    parts = made(parts=[{"name": "Killings", "include": {"sets": ["HOM"]}, "within": {"sets": ["ALL"]}}])
    for one in (by_set, by_codes, own, parts):
        assert [clause_changes(one, other) for other in (by_set, by_codes, own, parts)] == [[]] * 4
    assert text_changes(by_set, by_codes) == ["name: “Made up” becomes “Otherwise”"]


def test_offences_come_in_and_go_out_one_by_one() -> None:
    first = made(include={"sets": ["ROB", "RAPE"]})
    second = made(include={"sets": ["ROB", "HOM"], "codes": ["8N"]})
    assert said(first, second) == [
        ("include", "Adds homicide"),
        ("include", "Adds assault with injury (8N)"),
        ("include", "Takes out rape"),
    ]
    applied = [one.apply(first) for one in clause_changes(first, second)]
    assert [one and meaning(one) for one in applied] == [
        meaning(made(include={"sets": ["ROB", "RAPE", "HOM"]})),
        meaning(made(include={"sets": ["ROB", "RAPE"], "codes": ["8N"]})),
        meaning(made(include={"sets": ["ROB"]})),
    ]


def test_what_is_taken_out_leaves_behind_what_the_other_names_of_it() -> None:
    first = made(include={"sets": ["VWI"]})
    second = made(include={"sets": ["HOM"], "codes": ["8N"]})
    adding, taking_out = clause_changes(first, second)
    assert taking_out.words == "Takes out violence with injury, all but assault with injury (8N)"
    left = taking_out.apply(first)
    assert left is not None
    assert meaning(left) == meaning(made(include={"codes": ["8N"]}))
    both = adding.apply(left)
    assert both is not None
    assert meaning(both) == meaning(second)


def test_a_change_that_leaves_nothing_cannot_stand_alone() -> None:
    first, second = made(include={"sets": ["HOM"]}), made(include={"sets": ["ROB"]})
    changes = clause_changes(first, second)
    assert [one.words for one in changes] == ["Adds robbery", "Takes out homicide"]
    assert [one.apply(first) is not None for one in changes] == [True, False]
    assert changed(first, changes[::-1]) is not None


def test_many_offences_of_one_clause_are_one_change() -> None:
    codes = ["1", "2", "3B", "5D", "8N", "34A", "34B", "19C", "19D", "19E", "19F", "19G", "19H"]
    assert said(made(include={"sets": ["AFFRAY"]}), made(include={"sets": ["AFFRAY"], "codes": codes})) == [
        (
            "include",
            "Adds murder (1), attempted murder (2), threats to kill (3B), assault with intent to cause serious harm "
            "(5D), assault with injury (8N), robbery of business property (34A) and 7 others",
        )
    ]


def test_each_kind_of_clause_is_said_in_words() -> None:
    age = {"whose": "victim", "max": 24}
    first = made(
        include={"sets": ["VWI"]},
        filters={"weapon": ["sharp"], "location_type": ["street"]},
        ages=[age],
        unit="victim",
    )
    second = made(
        include={"sets": ["VWI"]},
        within={"codes": ["8N", "5D"]},
        exclude={"classifications": ["008/21"]},
        filters={"weapon": ["sharp", "firearm"], "domestic": ["no"], "status": []},
        ages=[age, {"whose": "suspect", "min": 10, "max": 17}],
        harm={"at_least_days": 365},
        unknown="out",
    )
    assert said(first, second) == [
        ("unit", "Counts offences and not victims"),
        ("unknown", "What cannot be told is not counted; before, it is in the higher figure and not in the lower"),
        (
            "exclude",
            "Leaves out owner or person in charge allowing dog to be dangerously out of control in any place in "
            "England and Wales ... (008/21)",
        ),
        (
            "filters.weapon",
            "Only where the weapon was a knife or other sharp instrument or a firearm (real or imitation); before, "
            "only where the weapon was a knife or other sharp instrument",
        ),
        ("filters.domestic", "Only where it is recorded as not domestic abuse"),
        ("filters.location_type", "No longer only where it happened in a street or other open public place"),
        ("filters.status", "No longer only where the record is a live crime"),
        (
            "ages",
            "Only where the victim is aged 24 or under and the suspect is aged 10 to 17, both ages included; before, "
            "only where the victim is aged 24 or under",
        ),
        ("harm", "Only where the offence weighs at least 365 days of recommended sentence"),
        (
            "within",
            "Only what is also assault with injury (8N) or assault with intent to cause serious harm (5D)",
        ),
    ]


def test_parts_are_matched_by_name_and_by_what_they_count() -> None:
    knives = {"name": "Knives", "include": {"sets": ["VWI"]}, "filters": {"weapon": ["sharp"]}}
    rape, robbery = {"name": "Rape", "include": {"sets": ["RAPE"]}}, {"name": "B", "include": {"sets": ["ROB"]}}
    first = made(parts=[knives, rape, robbery])
    second = made(
        parts=[
            {**knives, "filters": {"weapon": ["firearm"]}},
            {"name": "Robbery", "include": {"sets": ["ROB"], "codes": ["29"]}},
            {"name": "Homicide", "include": {"sets": ["HOM"]}},
        ]
    )
    assert [clause for clause, _ in said(first, second)] == [
        "parts.Knives.filters.weapon",
        "parts.B.include",
        "parts.Homicide",
        "parts.Rape",
    ]
    assert said(first, second)[2:] == [
        ("parts.Homicide", "Adds the part “Homicide”: homicide"),
        ("parts.Rape", "Takes out the part “Rape”: rape"),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("leicestershire-vrn@1", "leicestershire-vrn@2"),
        ("knife-enabled", "vru-knife-admissions"),
        ("assault-admissions", "vru-knife-admissions-under-25"),
        ("london-duty", "northamptonshire-svpp"),
    ],
)
def test_built_in_definitions_become_each_other(first: str, second: str) -> None:
    one, other = definition(first), definition(second)
    turned = changed(one, clause_changes(one, other))
    assert turned is not None
    assert clause_changes(turned, other) == []


def test_every_built_in_definition_of_crimes_can_become_every_other() -> None:
    found = [one for one, _ in built_in_versions() if one.counts_crimes]
    for first in found:
        for second in found:
            turned = changed(first, clause_changes(first, second))
            assert turned is not None
            assert meaning(turned) == meaning(second), (first.ref, second.ref)


def test_a_definition_does_not_differ_from_itself() -> None:
    for one, _ in built_in_versions():
        assert clause_changes(one, one) == []
        assert text_changes(one, one) == []


def _readable(table: dict) -> Definition | None:
    try:
        return check_definition(table, "made up")
    except DefinitionError:
        return None


@settings(deadline=None)
@given(definition_tables(), definition_tables())
def test_all_changes_together_give_the_second_in_meaning(one: dict, other: dict) -> None:
    first, second = _readable(one), _readable(other)
    if first is None or second is None:
        return
    changes = clause_changes(first, second)
    for order in (changes, changes[::-1]):
        turned = changed(first, order)
        assert turned is not None
        assert meaning(turned) == meaning(second)
    for change in changes:
        alone = change.apply(first)
        if alone is not None and "akes out" in change.words:
            assert alone.pairs() <= first.pairs()
        if alone is not None and change.clause.endswith("include") and "dds" in change.words:
            assert alone.pairs() >= first.pairs()
