"""Offences in plain words: base sets, codes and classifications by name, and long lists cut short with a count."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from vrin_data.contract import reference
from vrin_data.contract.definition_clauses import LocalSet, OffenceClause
from vrin_data.contract.offence_sets import base_sets
from vrin_data.contract.offences import Pair, code_key, offences

SHOWN = 6
_PROPER = frozenset({"England", "Wales", "Scotland", "Ireland", "Britain", "Channel", "Tunnel", "Act"})
_INJURIES = {
    "X85-Y09": "assault of any kind",
    "X99": "assault with a knife or other sharp object",
    "X93": "assault with a handgun",
    "X94": "assault with a rifle, shotgun or larger firearm",
    "X95": "assault with another firearm",
    "Y00": "assault with a blunt object",
    "Y04": "assault by bodily force",
    "Y05": "sexual assault by bodily force",
}
"""Chapter XX of ICD-10, the codes and ranges that definitions of violence name."""


def set_words(set_id: str) -> str:
    """A built-in base set by its name within a sentence."""
    return _lower(base_sets()[set_id].name)


def code_words(code: str) -> str:
    """An offence code by name, such as 'assault with injury (8N)'."""
    return f"{_lower(offences().by_key[code_key(code)].label)} ({code})"


def classification_words(classification: str) -> str:
    """A classification by name, such as 'affray (066/01)'."""
    name = _classification_names().get(classification)
    if name is None:
        held = sorted(pair[0] for pair in offences().facts if pair[1] == classification)
        name = f"one kind of {offences().by_key[code_key(held[0])].label}" if held else "an offence"
    return f"{_lower(name)} ({classification})"


def key_words(offence_key: str) -> str:
    """What an extract said of an offence, by name and as it was told: 'Murder of persons aged 1 yr or over (1 001/01)'.

    A code alone keeps the name of all it may be, so that it is not taken for one of them. What a hospital coded
    is named by that code.
    """
    if offence_key not in offences().by_key:
        return offence_key.partition(":")[2]
    one = offences().by_key[offence_key]
    told = " ".join(filter(None, (one.offence_code, one.classification)))
    name = _classification_names().get(one.classification, one.label)
    return f"{name} ({told})" if told else name


def pair_words(pair: Pair) -> str:
    """An offence by the name of its classification; an old code without one by its own."""
    return _lower(_classification_names().get(pair[1]) or offences().facts[pair].label)


def injury_words(icd10: str) -> str:
    """An ICD-10 code or range with its meaning where it is a usual one."""
    known = _INJURIES.get(icd10)
    return f"{known} (ICD-10 {icd10})" if known else f"ICD-10 {icd10}"


def clause_words(clause: OffenceClause, own: Iterable[LocalSet] = ()) -> list[str]:
    """What a clause names, a phrase each, in the order in which it names them."""
    local = {one.id: one for one in own}
    sets = [f"“{local[name].note or name}”" if name in local else set_words(name) for name in clause.sets]
    named = [*map(code_words, clause.codes), *map(classification_words, clause.classifications)]
    everything = ["everything in its feed"] if clause.everything else []
    return [*sets, *named, *map(injury_words, clause.icd10), *everything]


def local_set_words(one: LocalSet) -> str:
    """What a set of one definition alone stands for."""
    named = OffenceClause.model_construct(codes=one.codes, classifications=one.classifications)
    inside = [*map(set_words, one.sets), *clause_words(named)]
    return f"“{one.note or one.id}” stands for {listed(inside, shown=None)}"


def names_of(pairs: Iterable[Pair]) -> list[str]:
    """Offences by name, each once: a code that is there whole by its label, else its classifications."""
    by_code: dict[str, set[Pair]] = defaultdict(set)
    for pair in pairs:
        by_code[pair[0]].add(pair)
    found: dict[str, None] = {}
    for inside in sorted(by_code.values(), key=_in_order):
        for name in _code_names(inside):
            found.setdefault(name)
    return list(found)


def listed(words: Sequence[str], *, last: str = "and", shown: int | None = SHOWN) -> str:
    """A list in words; of a long one the first few and how many others there are."""
    comma = "; " if any("," in one for one in words) else ", "
    if shown is not None and len(words) > shown + 1:
        return f"{comma.join(words[:shown])} {last} {len(words) - shown} others"
    before = comma.join(words[:-1])
    return f"{before}{';' * (comma == '; ')} {last} {words[-1]}" if before else "".join(words)


def _code_names(pairs: set[Pair]) -> list[str]:
    if pairs >= _notifiable()[min(pairs)[0]]:
        return [_lower(offences().facts[next(iter(pairs))].label)]
    names = _classification_names()
    return [
        _lower(names.get(pair[1]) or f"{offences().facts[pair].label} {pair[1]}") for pair in sorted(pairs)
    ]


def _in_order(pairs: set[Pair]) -> tuple[bool, int, str]:
    """Today's codes by number, then those with letters alone and the old ones that have no classification."""
    code = min(pairs)[0]
    number = re.match(r"\d+", code)
    return not (number and min(pairs)[1]), int(number.group()) if number else 0, code


def _lower(words: str) -> str:
    """Words as they stand within a sentence: abbreviations and names of countries stay as they are."""
    return re.sub(r"[A-Z][a-z]*", lambda found: _lower_word(found.group()), words)


def _lower_word(word: str) -> str:
    return word if word in _PROPER or word == word.upper() else word.lower()


@lru_cache(maxsize=1)
def _notifiable() -> dict[str, set[Pair]]:
    """The notifiable pairs of every code."""
    found: dict[str, set[Pair]] = defaultdict(set)
    for pair, facts in offences().facts.items():
        if facts.is_notifiable:
            found[pair[0]].add(pair)
    return found


@lru_cache(maxsize=1)
def _classification_names() -> dict[str, str]:
    return {row["classification"]: row["name"] for row in reference.rows("classification_names.csv")}
