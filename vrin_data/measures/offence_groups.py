"""A definition taken apart into groups of offences, each incident in one of them."""

from vrin_data.contract.definition_clauses import OffenceClause
from vrin_data.contract.definition_model import Definition, Part
from vrin_data.contract.offence_sets import base_sets, offence_sets

GROUPS = (
    "HOM",
    "ATM",
    "GBH18",
    "TTK",
    "STALK_HARASS",
    "VWI",
    "VWOI",
    "ROB",
    "RAPE",
    "SEXUAL",
    "WEAP",
    "AGGB",
    "ARSON_EL",
    "VDIS",
)
"""Base sets in the order in which an offence goes to one of them: what is narrow before what it lies in.

No finer than the codes of police forces tell for certain: section 20, section 47 and strangulation share codes.
"""
OTHER = {
    "VWI": "Other violence with injury",
    "VWOI": "Other violence without injury",
    "SEXUAL": "Other sexual offences",
}
"""What a set is called once narrower ones have been taken out of it."""
REST, REST_NAME = "other", "All other offences"


def group_names() -> dict[str, str]:
    """Every group by its id, in their order."""
    return {one: OTHER.get(one, base_sets()[one].name) for one in GROUPS} | {REST: REST_NAME}


def groups_of(definition: Definition) -> dict[str, Definition]:
    """The definition narrowed to each group that it takes anything of, by the id of the group."""
    found: dict[str, Definition] = {}
    before: list[str] = []
    for group in GROUPS:
        left = definition.without_offences(before)
        if left.pairs() & offence_sets()[group]:
            found[group] = _within(left, group)
        before.append(group)
    rest = definition.without_offences(GROUPS)
    return found | ({REST: rest} if rest.pairs() else {})


def _within(definition: Definition, group: str) -> Definition:
    """The definition with what lies in a base set alone."""
    parts = tuple(one for one in definition.all_parts() if definition.members(one) & offence_sets()[group])
    narrowed = tuple(_part_within(definition, one, group) for one in parts)
    plain: dict[str, object] = {"include": OffenceClause(), "within": None, "parts": narrowed}
    return definition.model_copy(update=plain)


def _part_within(definition: Definition, part: Part, group: str) -> Part:
    if part.within is None:
        return part.model_copy(update={"within": OffenceClause(sets=(group,))})
    # Two sets that must both hold are named by the offences that lie in both.
    both = definition.members(part) & offence_sets()[group]
    classifications = tuple(sorted({name for _, name in both if name}))
    codes = tuple(sorted({code for code, name in both if not name}))
    within = OffenceClause(codes=codes, classifications=classifications)
    return part.model_copy(update={"within": within})
