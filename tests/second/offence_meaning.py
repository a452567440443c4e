"""What each offence key may mean, as pairs of code and classification: the register read by itself.

Written apart from `vrin_data.contract.offences` and `offence_sets`, which are tested against it.
"""

from collections.abc import Iterable
from functools import cache

from tests.second.offence_words import _rows

Pair = tuple[str, str]


@cache
def register() -> dict[Pair, dict[str, str]]:
    """Every row of the register by its code and classification."""
    return {(row["offence_code"], row["classification"]): row for row in _rows("offences.csv")}


@cache
def old_codes() -> dict[str, frozenset[Pair]]:
    """Codes that stand for others, with every pair they may be."""
    found: dict[str, set[Pair]] = {}
    for row in _rows("offence_composites.csv"):
        code, classification = row["possible_code"], row["possible_classification"]
        meant = {pair for pair in register() if pair[0] == code and classification in ("", pair[1])}
        found.setdefault(row["offence_code"], set()).update(meant)
    return {code: frozenset(pairs) for code, pairs in found.items()}


@cache
def present_pairs() -> tuple[Pair, ...]:
    """The pairs of codes that stand for themselves."""
    return tuple(pair for pair in register() if pair[0] not in old_codes())


def is_notifiable(pair: Pair) -> bool:
    """Whether a pair is a recorded crime."""
    return register()[pair]["is_notifiable"] == "yes"


def is_crime(key: str) -> bool:
    """Whether any of what a key may mean is a recorded crime."""
    return any(is_notifiable(pair) for pair in may_mean(key))


@cache
def may_mean(key: str) -> frozenset[Pair]:
    """The pairs that an offence key may mean; none for one that is no crime at all."""
    if key == "unmapped":
        return frozenset(filter(is_notifiable, present_pairs()))
    if key.startswith("label:"):
        return _of_label(key)
    if key.startswith("police-uk:"):
        return frozenset(
            pair
            for pair in present_pairs()
            if register()[pair]["police_uk_category"] == key.removeprefix("police-uk:")
        )
    if "|" not in key:
        return frozenset()
    code, _, classification = key.partition("|")
    if code and classification:
        return frozenset([(code, classification)])
    return of_code(code) if code else _recorded(pair for pair in present_pairs() if pair[1] == classification)


@cache
def of_code(code: str) -> frozenset[Pair]:
    """All pairs of a code; of an old one, of what became of it."""
    return old_codes().get(code) or frozenset(pair for pair in register() if pair[0] == code)


@cache
def base_set(set_id: str) -> frozenset[Pair]:
    """The pairs of a named base set."""
    found: set[Pair] = set()
    for row in _rows("offence_sets.csv"):
        if row["set_id"] == set_id:
            found |= _of_set_row(row["kind"], row["value"])
    if not found:
        raise KeyError(set_id)
    return frozenset(found)


@cache
def of_classification(classification: str) -> frozenset[Pair]:
    """The recorded crimes of a classification, wherever it sits."""
    return frozenset(pair for pair in register() if pair[1] == classification and is_notifiable(pair))


def _of_set_row(kind: str, value: str) -> frozenset[Pair]:
    if kind == "set":
        return base_set(value)
    if kind == "code":
        return of_code(value)
    if kind == "classification":
        return of_classification(value)
    if kind == "pair":
        code, _, classification = value.partition("|")
        return frozenset([(code, classification)])
    assert kind == "class", kind
    return frozenset(
        pair for pair, row in register().items() if is_notifiable(pair) and value in ("*", row["class_name"])
    )


def _of_label(key: str) -> frozenset[Pair]:
    """The recorded crimes under a published label, as its row lists them."""
    row = next(row for row in _rows("offence_labels.csv") if row["offence_key"] == key and row["members"])
    found: set[Pair] = set()
    for member in row["members"].split("|"):
        column, _, value = member.partition(":")
        name = {"code": "offence_code"}.get(column, column)
        column_of = {"class": "class_name"}.get(name, name)
        found |= {pair for pair in present_pairs() if register()[pair][column_of] == value}
    return frozenset(filter(is_notifiable, found))


def _recorded(pairs: Iterable[Pair]) -> frozenset[Pair]:
    """Those of the pairs that are recorded crimes, or all where none is."""
    every = frozenset(pairs)
    return frozenset(filter(is_notifiable, every)) or every
