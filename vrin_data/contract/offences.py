"""What an extract can say about an offence, and which Home Office offences that may be.

An extract names an offence with more or less detail: a code and a classification (8N and 008/06), one
of them, a police.uk category or a published label. Each such saying is an `Offence`, with the set of (code,
classification) pairs it may mean. Definitions and weights are decided on pairs alone.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vrin_data.contract import reference
from vrin_data.contract.offence_spelling import Known, read_spelling

Pair = tuple[str, str]
"""(offence code, classification); the classification is '' for old codes with none known."""

UNMAPPED = "unmapped"
POLICE_UK = "police-uk:"
LABEL = "label:"
ANTI_SOCIAL_BEHAVIOUR = f"{POLICE_UK}anti-social-behaviour"


@dataclass(frozen=True)
class PairFacts:
    """One row of `reference/offences.csv`.

    `max_sentence` is the greatest penalty of the list for the pair, in words ('Life', '14 years', 'Fine'),
    '' where none is known; `contract.sentences` reads it as years.
    """

    pair: Pair
    label: str
    class_name: str
    sub_class: str
    police_uk_category: str
    is_notifiable: bool
    max_sentence: str


@dataclass(frozen=True)
class Offence:
    """One thing an extract can say. `offence_key` is what a build stores, `offence_id` its position."""

    offence_id: int
    offence_key: str
    offence_code: str
    classification: str
    label: str
    class_name: str
    police_uk_category: str
    mapping_status: str
    possibilities: frozenset[Pair]


@dataclass(frozen=True)
class ParsedOffence:
    """An extract's spelling, read: the key of an `Offence` and how surely it is known."""

    key: str
    mapping_status: str


@dataclass(frozen=True)
class Offences:
    """Every `Offence` there is, in the order of their ids, and the facts of each pair."""

    all: tuple[Offence, ...]
    facts: dict[Pair, PairFacts]
    by_key: dict[str, Offence]
    known: Known

    def possibilities(self, key: str) -> frozenset[Pair]:
        """The pairs an offence key may mean. Raises KeyError for a key that is none."""
        return self.by_key[key].possibilities

    def parse(self, raw_code: str | None, raw_classification: str | None = None) -> ParsedOffence:
        """Read an extract's spelling; what nobody knows is 'unmapped', never guessed."""
        return _parse(raw_code or "", raw_classification or "")


@lru_cache(maxsize=1)
def offences() -> Offences:
    """All offences of the reference tables, read once."""
    facts = {facts.pair: facts for facts in map(_facts, reference.rows("offences.csv"))}
    meanings = _meanings(facts)
    everything = tuple(
        _offence(number, key, meanings[key], facts) for number, key in enumerate(sorted(meanings))
    )
    return Offences(
        all=everything,
        facts=facts,
        by_key={offence.offence_key: offence for offence in everything},
        known=Known(
            codes={code.upper(): code for code, _ in facts},
            classifications=frozenset(classification for _, classification in facts if classification),
        ),
    )


@lru_cache(maxsize=1)
def composites() -> dict[str, tuple[Pair, ...]]:
    """Old or rolled-up codes and the pairs they stand for; classification '' means the whole code."""
    found: dict[str, list[Pair]] = defaultdict(list)
    for row in reference.rows("offence_composites.csv"):
        found[row["offence_code"]].append((row["possible_code"], row["possible_classification"]))
    return {code: tuple(pairs) for code, pairs in found.items()}


def code_key(code: str) -> str:
    """Key of a code without a classification."""
    return f"{code}|"


def classification_key(classification: str) -> str:
    """Key of a classification without a code."""
    return f"|{classification}"


def pair_key(pair: Pair) -> str:
    """Key of a code with its classification."""
    return f"{pair[0]}|{pair[1]}"


def _facts(row: dict[str, str]) -> PairFacts:
    return PairFacts(
        pair=(row["offence_code"], row["classification"]),
        label=row["label"],
        class_name=row["class_name"],
        sub_class=row["sub_class"],
        police_uk_category=row["police_uk_category"],
        is_notifiable=row["is_notifiable"] == "yes",
        max_sentence=row["max_sentence"],
    )


def _meanings(facts: dict[Pair, PairFacts]) -> dict[str, frozenset[Pair]]:
    """Every offence key with the pairs it may mean."""
    rolled_up = composites()
    single = [pair for pair in facts if pair[0] not in rolled_up]
    of_code, of_classification, of_category = _grouped(single, facts)
    meanings = {pair_key(pair): frozenset([pair]) for pair in facts}
    meanings |= {code_key(code): frozenset(pairs) for code, pairs in of_code.items()}
    meanings |= {
        classification_key(each): _recorded(pairs, facts) for each, pairs in of_classification.items()
    }
    meanings |= {POLICE_UK + category: frozenset(pairs) for category, pairs in of_category.items()}
    meanings |= _labelled(single, facts)
    for code, parts in rolled_up.items():
        meanings[code_key(code)] = frozenset(
            pair for part in parts for pair in ([part] if part[1] else of_code[part[0]])
        )
    meanings[ANTI_SOCIAL_BEHAVIOUR] = frozenset()
    meanings[UNMAPPED] = frozenset(pair for pair in single if facts[pair].is_notifiable)
    return meanings


def _grouped(
    pairs: Iterable[Pair], facts: dict[Pair, PairFacts]
) -> tuple[dict[str, list[Pair]], dict[str, list[Pair]], dict[str, list[Pair]]]:
    """Pairs by code, by classification and by police.uk category."""
    of_code, of_classification, of_category = defaultdict(list), defaultdict(list), defaultdict(list)
    for pair in pairs:
        of_code[pair[0]].append(pair)
        if pair[1]:
            of_classification[pair[1]].append(pair)
        if facts[pair].police_uk_category:
            of_category[facts[pair].police_uk_category].append(pair)
    return of_code, of_classification, of_category


def _labelled(pairs: list[Pair], facts: dict[Pair, PairFacts]) -> dict[str, frozenset[Pair]]:
    """The notifiable pairs of each published label that stands for more than one code."""
    of_member: dict[str, set[Pair]] = defaultdict(set)
    for pair in (pair for pair in pairs if facts[pair].is_notifiable):
        own = facts[pair]
        for member in (
            f"code:{pair[0]}",
            f"classification:{pair[1]}",
            f"class:{own.class_name}",
            f"sub_class:{own.sub_class}",
        ):
            of_member[member].add(pair)
    return {
        row["offence_key"]: frozenset().union(*(of_member[member] for member in row["members"].split("|")))
        for row in reference.rows("offence_labels.csv")
        if row["members"]
    }


def _recorded(pairs: list[Pair], facts: dict[Pair, PairFacts]) -> frozenset[Pair]:
    """The notifiable pairs of a classification, or all where none is: an extract holds recorded crime."""
    return frozenset(pair for pair in pairs if facts[pair].is_notifiable) or frozenset(pairs)


def _offence(number: int, key: str, pairs: frozenset[Pair], facts: dict[Pair, PairFacts]) -> Offence:
    code, _, classification = key.partition("|") if "|" in key else ("", "", "")
    own = facts.get((code, classification))
    return Offence(
        offence_id=number,
        offence_key=key,
        offence_code=code,
        classification=classification,
        label=own.label if own else _label(key, pairs, facts),
        class_name=own.class_name if own else _only({facts[pair].class_name for pair in pairs}),
        police_uk_category=_only({facts[pair].police_uk_category for pair in pairs}),
        mapping_status=_mapping_status(key, pairs, facts),
        possibilities=pairs,
    )


def _label(key: str, pairs: frozenset[Pair], facts: dict[Pair, PairFacts]) -> str:
    if key == UNMAPPED:
        return "Not mapped to an offence"
    if key.startswith((POLICE_UK, LABEL)):
        return key.partition(":")[2].replace("-", " ").capitalize()
    return " / ".join(dict.fromkeys(facts[pair].label for pair in sorted(pairs)))


def _mapping_status(key: str, pairs: frozenset[Pair], facts: dict[Pair, PairFacts]) -> str:
    if key == UNMAPPED:
        return UNMAPPED
    if not any(facts[pair].is_notifiable for pair in pairs):
        return "not_crime"
    return "exact" if len(pairs) == 1 else "one_to_many"


def _only(values: set[str]) -> str:
    return values.pop() if len(values) == 1 else ""


@lru_cache(maxsize=100_000)
def _parse(raw_code: str, raw_classification: str) -> ParsedOffence:
    register = offences()
    code, classification = read_spelling(raw_code, raw_classification, known=register.known)
    key = _combined(code, classification, register)
    return ParsedOffence(key=key, mapping_status=register.by_key[key].mapping_status)


def _combined(code: str, classification: str, register: Offences) -> str:
    """The key that a read code and classification, either of them '', amount to together."""
    if not code or not classification:
        found = code_key(code) if code else classification_key(classification)
        return found if code or classification else UNMAPPED
    both = register.possibilities(code_key(code)) & register.possibilities(classification_key(classification))
    if len(both) == 1:
        return pair_key(next(iter(both)))
    # An old code that has no classification of its own comes with a filler such as 099/99.
    is_old = (code, "") in register.facts
    return code_key(code) if is_old else classification_key(classification)
