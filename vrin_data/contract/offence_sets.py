"""Named base sets of offences, from which definitions of serious violence are put together."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from vrin_data.contract import reference
from vrin_data.contract.offences import Pair, code_key, offences

_EVERY_CLASS = "*"


@lru_cache(maxsize=1)
def offence_sets() -> dict[str, frozenset[Pair]]:
    """Every base set as the (code, classification) pairs in it.

    The valid-from and valid-to of `reference/offence_sets.csv` say when a code was in use. They do not
    narrow a set: no code of these sets has meant two things at different times.
    """
    rows = defaultdict(list)
    for row in reference.rows("offence_sets.csv"):
        rows[row["set_id"]].append((row["kind"], row["value"]))
    return {set_id: _members(set_id, rows) for set_id in rows}


def pairs_of(
    *, sets: Iterable[str] = (), codes: Iterable[str] = (), classifications: Iterable[str] = ()
) -> frozenset[Pair]:
    """Union of base sets, whole codes (old codes stand for what they became) and classifications."""
    found: set[Pair] = set()
    for set_id in sets:
        found |= offence_sets()[set_id]
    for code in codes:
        found |= _matching("code", code)
    for classification in classifications:
        found |= _matching("classification", classification)
    return frozenset(found)


def _members(set_id: str, rows: dict[str, list[tuple[str, str]]]) -> frozenset[Pair]:
    found: set[Pair] = set()
    for kind, value in rows[set_id]:
        found |= _members(value, rows) if kind == "set" else _matching(kind, value)
    return frozenset(found)


def _matching(kind: str, value: str) -> frozenset[Pair]:
    """Notifiable pairs that a row of a set names. Raises KeyError for an unknown code or kind."""
    register = offences()
    if kind == "code":
        return register.possibilities(code_key(value))
    notifiable = (pair for pair, facts in register.facts.items() if facts.is_notifiable)
    if kind == "classification":
        return frozenset(pair for pair in notifiable if pair[1] == value)
    if kind == "pair":
        return frozenset([register.facts[(value.partition("|")[0], value.partition("|")[2])].pair])
    if kind == "class":
        return frozenset(
            pair for pair in notifiable if value in (_EVERY_CLASS, register.facts[pair].class_name)
        )
    raise KeyError(f"offence_sets.csv: '{kind}' is not a kind of row")
