"""A definition in plain English: what is counted, where and of whom, what blanks do, what it cannot say."""

from collections import defaultdict
from typing import NamedTuple

from vrin_data.contract.condition_words import blanks, conditions
from vrin_data.contract.definition_clauses import Part
from vrin_data.contract.definition_model import Definition
from vrin_data.contract.offence_words import clause_words, code_words, listed, local_set_words, names_of
from vrin_data.contract.offences import POLICE_UK, Pair, code_key, offences

BY_NAME, TOO_MANY = 12, 150
_UNITS = {
    "offence": "Counts offences recorded by the police.",
    "victim": "Counts victims of offences recorded by the police, each recorded crime being one victim.",
    "incident": "Counts incidents recorded by the police, each recorded crime being one: extracts do not link "
    "the crimes of one incident.",
    "attendance": "Counts attendances at emergency departments. They are not crimes and carry no weight.",
    "admission": "Counts admissions to hospital. They are not crimes and carry no weight.",
}
_THINGS = {"attendance": "attendance", "admission": "admission"}
_STATUSES = {
    "published wording": "The wording is published, and the offences in it are those it names.",
    "our coding": "The wording is published or usual; which offence codes it means is a reading of it by the author.",
    "legacy": "No longer in use where it comes from; kept so that older figures can be made again.",
    "local": "Written by a partnership for its own use.",
}
UNKNOWN_WORDS = {
    "range": "is in the higher figure and not in the lower",
    "in": "is counted as in",
    "out": "is not counted",
}
"""What becomes of what cannot be told."""


class Chapter(NamedTuple):
    """A heading, and what is to be said under it, a sentence or a short paragraph each."""

    title: str
    sentences: list[str]


def plain_english(definition: Definition) -> list[str]:
    """Everything there is to say of a definition, a sentence or a short paragraph each."""
    return [sentence for chapter in chapters(definition) for sentence in chapter.sentences]


def chapters(definition: Definition) -> list[Chapter]:
    """The same under headings, for a page or a terminal; a heading without a sentence is left out."""
    found = [
        Chapter("What is counted", _counted(definition)),
        Chapter("Only where", [_sentence(one) for one in _narrowed(definition)]),
        Chapter("What cannot be told", _untold(definition)),
        Chapter("What it cannot say", [_sentence(one) for one in definition.cannot_say]),
        Chapter("Where it comes from", _origin(definition)),
    ]
    return [chapter for chapter in found if chapter.sentences]


def part_words(definition: Definition, part: Part) -> str:
    """One part in a sentence: what happened, and what narrows this part alone."""
    said = listed(clause_words(part.include, definition.sets), shown=None)
    if part.within is not None:
        within = listed(clause_words(part.within, definition.sets), last="or", shown=None)
        said += f", of these only what is also {within}"
    if left_out := clause_words(part.exclude, definition.sets):
        said += f", without {listed(left_out, shown=None)}"
    if asked := conditions(part.filters, part.ages, part.harm):
        said += f"; only where {', and '.join(asked)}"
    return said


def undecided_codes(definition: Definition) -> list[str]:
    """The codes that hold offences of this definition and others: an extract of codes alone leaves them open."""
    if not definition.counts_crimes:
        return []
    members = definition.pairs()
    of_code: dict[str, set[Pair]] = defaultdict(set)
    for pair in members:
        of_code[pair[0]].add(pair)
    register = offences().by_key
    return [
        code
        for code in sorted(of_code, key=lambda code: (len(code), code))
        if code_key(code) in register and not register[code_key(code)].possibilities <= members
    ]


def _counted(definition: Definition) -> list[str]:
    parts = definition.all_parts()
    said = [definition.summary] if definition.summary else []
    if definition.is_universe:
        said.append(
            "This is a list of what may be serious violence and not a count of it: which of it is serious is for the "
            "partners of an area to decide."
        )
    said.append(_UNITS[definition.unit])
    said += [_sentence(local_set_words(one)) for one in definition.sets]
    if len(parts) > 1:
        said.append(f"An {_thing(definition)} counts, once, if it is any of these {len(parts)}:")
        said += [
            f"{number}. {part.name}: {part_words(definition, part)}." for number, part in enumerate(parts, 1)
        ]
    else:
        said.append(f"Counted: {part_words(definition, parts[0])}.")
    if left_out := clause_words(definition.exclude, definition.sets):
        said.append(f"Left out: {listed(left_out, shown=None)}.")
    if definition.counts_crimes:
        said += [_by_name(definition), *_statuses(definition)]
    return said


def _by_name(definition: Definition) -> str:
    names = names_of(definition.pairs())
    if len(names) > TOO_MANY:
        return f"Any of {len(names)} kinds of offence may be in it."
    what = "1 kind of offence" if len(names) == 1 else f"{len(names)} kinds of offence"
    return f"By name that is {what}: {listed(names, shown=BY_NAME)}."


def _statuses(definition: Definition) -> list[str]:
    if definition.filters.status == ("live",):
        return ["Crimes that were cancelled, or transferred to another force, are left out."]
    if not definition.filters.status:
        return ["Crimes that were cancelled, or transferred to another force, are counted as well."]
    return []


def _narrowed(definition: Definition) -> list[str]:
    return conditions(definition.filters, definition.ages, definition.harm)


def _untold(definition: Definition) -> list[str]:
    return [
        *_blank_words(definition),
        *_code_words(definition),
        *_category_words(definition),
        *_threshold_words(definition),
    ]


def _blank_words(definition: Definition) -> list[str]:
    asked = blanks(definition.filters, definition.ages)
    for part in definition.all_parts():
        asked += [one for one in blanks(part.filters, part.ages) if one not in asked]
    outcome = UNKNOWN_WORDS[definition.unknown]
    if not definition.counts_crimes:
        asked += ["the diagnosis"] * any(part.include.icd10 for part in definition.all_parts())
    if not asked:
        return []
    left = f"Where an extract leaves {listed(asked, last='or', shown=None)} blank, it may not be known"
    return [f"{left} whether an {_thing(definition)} belongs; if so, it {outcome}."]


def _code_words(definition: Definition) -> list[str]:
    codes = undecided_codes(definition)
    if not codes:
        return []
    named = listed([code_words(code) for code in codes])
    each = "It holds" if len(codes) == 1 else "Each holds"
    return [
        f"Some extracts give offence codes without classifications. From the code alone it cannot be told whether "
        f"these belong: {named}. {each} offences that do and offences that do not. What cannot be told "
        f"{UNKNOWN_WORDS[definition.unknown]}."
    ]


def _category_words(definition: Definition) -> list[str]:
    members = definition.pairs()
    categories = [one.possibilities for one in offences().all if one.offence_key.startswith(POLICE_UK)]
    if not any(members & category and not category <= members for category in categories):
        return []
    return [
        "Data of broad categories alone, such as those of data.police.uk, cannot tell these offences from others of "
        f"the same category; what cannot be told {UNKNOWN_WORDS[definition.unknown]}."
    ]


def _threshold_words(definition: Definition) -> list[str]:
    if not any(definition.threshold(part) for part in definition.all_parts()):
        return []
    return [
        "Where an offence may have several weights, some above the threshold and some below, or has none, it cannot "
        f"be told; then it {UNKNOWN_WORDS[definition.unknown]}."
    ]


def _origin(definition: Definition) -> list[str]:
    until = f" to {_day(definition.valid_to)}" if definition.valid_to else ""
    number = f", {definition.number} in the list of definitions in use" if definition.number else ""
    said = [
        f"{definition.label}{number}, by {definition.author}; in use from {_day(definition.valid_from)}{until}.",
        _STATUSES[definition.status],
        f"Source: {_sentence(definition.source)}",
        f"Why: {_sentence(definition.reason)}",
    ]
    return [*said, f"Approved: {_sentence(definition.approval)}"] if definition.approval else said


def _thing(definition: Definition) -> str:
    return _THINGS.get(definition.unit, "offence")


def _day(day: object) -> str:
    return f"{day:%d %B %Y}".lstrip("0")


def _sentence(words: str) -> str:
    first = words[:1].upper() + words[1:]
    return first if first.endswith((".", "!", "?")) else f"{first}."
