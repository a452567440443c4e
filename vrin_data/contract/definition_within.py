"""Whether one definition lies within another: whatever the first counts, the second counts too.

It is told from the clauses, on the safe side: a yes always holds, and a no means that it could not be told.
"""

from functools import lru_cache

from vrin_data.contract.definition_clauses import AgeClause, Part
from vrin_data.contract.definition_model import Definition


@lru_cache(maxsize=256)
def lies_within(first: Definition, second: Definition) -> bool:
    """Whether every incident that the first counts is one that the second counts, however its blanks would read."""
    if first.unit != second.unit or not first.counts_crimes:
        return False
    # Where a blank is decided by rule, what cannot be told of both may be in the first alone.
    if not first.unknown == second.unknown == "range":
        return False
    return all(
        any(_part_within(first, own, second, other) for other in second.all_parts())
        for own in first.all_parts()
    )


def _part_within(first: Definition, own: Part, second: Definition, other: Part) -> bool:
    return (
        first.members(own) <= second.members(other)
        and reaches(first.threshold(own), second.threshold(other))
        and conditions_within(first, own, second, other)
    )


def reaches(own: float | None, other: float | None) -> bool:
    """Whether whatever reaches the one threshold reaches the other."""
    return other is None or (own is not None and own >= other)


def conditions_within(first: Definition, own: Part, second: Definition, other: Part) -> bool:
    """Whether the filters and ages of the second's part hold wherever those of the first's do, offences aside."""
    return _filters_within(first, own, second, other) and all(
        any(_age_within(given, asked) for given in (*first.ages, *own.ages))
        for asked in (*second.ages, *other.ages)
    )


def _filters_within(first: Definition, own: Part, second: Definition, other: Part) -> bool:
    """Whether each filter of the second is met by whatever meets one of the first on the same column."""
    given = [one.filters.active() for one in (first, own)]
    return all(
        any(name in values and _values_within(values[name], asked) for values in given)
        for one in (second, other)
        for name, asked in one.filters.active().items()
    )


def _values_within(given: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    # A list of what is left out says yes to other values than it names, so that only the same list will do.
    plain = all(value.isidentifier() for value in (*given, *asked))
    return given == asked or (plain and set(given) <= set(asked))


def _age_within(given: AgeClause, asked: AgeClause) -> bool:
    (first, last), (least, most) = given.bands(), asked.bands()
    same_person = given.whose == asked.whose or (given.whose, asked.whose) in _NARROWER
    return same_person and least <= first and last <= most


_NARROWER = {
    ("all", "victim"),
    ("all", "suspect"),
    ("all", "either"),
    ("victim", "either"),
    ("suspect", "either"),
}
"""Whose age within limits means that the other's is: both of them, so each; either of them, where one is."""
