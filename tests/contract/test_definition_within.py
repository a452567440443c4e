"""Which definitions lie within others, as far as their clauses tell."""

import pytest

from vrin_data.contract.definition_clauses import AgeClause, HarmClause, LiveFilters
from vrin_data.contract.definition_within import lies_within
from vrin_data.contract.definitions import definition

VWI = definition("violence-with-injury")


def changed(**clauses: object) -> object:
    return VWI.model_copy(update=clauses)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("leicestershire-vrn@1", "leicestershire-vrn@2", True),
        ("leicestershire-vrn@2", "leicestershire-vrn@1", False),
        ("violence-with-injury-interpersonal", "violence-with-injury", True),
        ("violence-with-injury", "all-recorded-crime", True),
        ("all-recorded-crime", "violence-with-injury", False),
        ("capable-of-serious-harm", "capable-of-serious-harm-182", True),
        ("capable-of-serious-harm-182", "capable-of-serious-harm", False),
        ("vru-knife-admissions-under-25", "vru-knife-admissions", False),
    ],
)
def test_built_in_definitions(first: str, second: str, expected: bool) -> None:
    assert lies_within(definition(first), definition(second)) is expected


UNDER_25, UNDER_18 = AgeClause(whose="victim", max=24), AgeClause(whose="victim", max=17)
EITHER = AgeClause(whose="either", max=24)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ({"filters": LiveFilters(weapon=("sharp",))}, {}),
        ({"filters": LiveFilters(weapon=("sharp",))}, {"filters": LiveFilters(weapon=("sharp", "firearm"))}),
        ({"ages": (UNDER_18,)}, {"ages": (UNDER_25,)}),
        ({"ages": (UNDER_25,)}, {"ages": (EITHER,)}),
        ({"harm": HarmClause(at_least_days=365)}, {"harm": HarmClause(at_least_days=182)}),
    ],
)
def test_a_narrower_clause_lies_within_and_a_wider_one_does_not(
    narrow: dict[str, object], wide: dict[str, object]
) -> None:
    assert lies_within(changed(**narrow), changed(**wide))  # type: ignore[arg-type]
    assert not lies_within(changed(**wide), changed(**narrow))  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", ["in", "out"])
def test_a_rule_for_blanks_leaves_it_untold(rule: str) -> None:
    assert not lies_within(changed(unknown=rule, filters=LiveFilters(weapon=("sharp",))), VWI)  # type: ignore[arg-type]
