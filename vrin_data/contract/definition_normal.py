"""A definition written in one way, so that two can be held against each other: parts, and no set of its own."""

from collections.abc import Iterable
from functools import lru_cache
from string import ascii_uppercase
from typing import Any

from pydantic import ValidationError

from vrin_data.contract.definition_clauses import LocalSet, OffenceClause, Part
from vrin_data.contract.definition_model import Definition
from vrin_data.contract.offence_sets import pairs_of

KINDS = ("sets", "codes", "classifications", "icd10")
"""The lists of an offence clause."""

Item = tuple[str, str]
"""One thing that an offence clause names: the list it stands in, and its name there."""

_THREE_CHARACTERS = tuple(f"{letter}{number:02}" for letter in ascii_uppercase for number in range(100))

EVERYTHING: Item = ("everything", "everything")


def normal(definition: Definition) -> Definition:
    """The same definition in long form, its own sets written out where they were named."""
    own = {one.id: one for one in definition.sets}
    parts = tuple(_normal_part(part, own) for part in definition.all_parts())
    return definition.model_copy(
        update={
            "sets": (),
            "include": OffenceClause(),
            "within": None,
            "exclude": _written_out(definition.exclude, own),
            "parts": parts,
        }
    )


def checked(definition: Definition) -> Definition | None:
    """The definition where it can stand, None where the language refuses it."""
    try:
        return Definition.model_validate(definition.model_dump(by_alias=True))
    except ValidationError:
        return None


def items(clause: OffenceClause) -> list[Item]:
    """What a clause names, one by one."""
    named = [(kind, value) for kind in KINDS for value in getattr(clause, kind)]
    return [*named, EVERYTHING] if clause.everything else named


def clause_of(named: Iterable[Item]) -> OffenceClause:
    """The clause that names these things."""
    listed = list(dict.fromkeys(named))
    lists: dict[str, Any] = {kind: tuple(value for each, value in listed if each == kind) for kind in KINDS}
    return OffenceClause.model_construct(**lists, everything=EVERYTHING in listed)


def meaning(named: Iterable[Item]) -> frozenset[tuple[str, str]]:
    """What things amount to: pairs of code and classification, or the ICD-10 codes that match."""
    listed = list(named)
    lists = {kind: [value for each, value in listed if each == kind] for kind in KINDS[:3]}
    injuries = [_injuries(value) for kind, value in listed if kind not in lists]
    return pairs_of(**lists).union(*injuries)


@lru_cache(maxsize=64)
def _injuries(value: str) -> frozenset[tuple[str, str]]:
    """The ICD-10 codes of three and four characters that a code, a range or `everything` matches."""
    if len(value) == 4:
        return frozenset([("icd10", value)])
    first, _, last = ("A00", "", "Z99") if value == EVERYTHING[1] else value.partition("-")
    whole = [code for code in _THREE_CHARACTERS if first <= code <= (last or first)]
    found = {("icd10", code + more) for code in whole for more in ("", *"0123456789")}
    # Beside every code `everything` matches what has none.
    return frozenset(found | ({EVERYTHING} if value == EVERYTHING[1] else set()))


def _normal_part(part: Part, own: dict[str, LocalSet]) -> Part:
    within = None if part.within is None else _written_out(part.within, own)
    return part.model_copy(
        update={
            "include": _written_out(part.include, own),
            "within": within,
            "exclude": _written_out(part.exclude, own),
        }
    )


def _written_out(clause: OffenceClause, own: dict[str, LocalSet]) -> OffenceClause:
    found: list[Item] = []
    for kind, value in items(clause):
        local = own.get(value) if kind == "sets" else None
        found += [(kind, value)] if local is None else _of_local(local)
    return clause_of(found)


def _of_local(local: LocalSet) -> list[Item]:
    return [(kind, value) for kind in KINDS[:3] for value in getattr(local, kind)]
