"""Named base sets of offences, from which definitions of serious violence are put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from vrin_data.contract import reference
from vrin_data.contract.offences import Pair, code_key, offences

_EVERY_CLASS = "*"


@dataclass(frozen=True)
class SetRow:
    """One row of a base set: a code, a classification, a class or another set, and when it was in use.

    `valid_from` and `valid_to` are None where no date is settled. They do not narrow a set: no code of
    these sets has meant two things at different times.
    """

    kind: str
    value: str
    valid_from: date | None
    valid_to: date | None
    note: str


@dataclass(frozen=True)
class OffenceSet:
    """A base set: its id, its name in words, and the rows that it is made of."""

    id: str
    name: str
    rows: tuple[SetRow, ...]


@lru_cache(maxsize=1)
def base_sets() -> dict[str, OffenceSet]:
    """Every base set by its id, as `reference/offence_sets.csv` lists them."""
    names = {row["set_id"]: row["name"] for row in reference.rows("offence_set_names.csv")}
    rows: dict[str, list[SetRow]] = {set_id: [] for set_id in names}
    for row in reference.rows("offence_sets.csv"):
        rows[row["set_id"]].append(_set_row(row))
    return {set_id: OffenceSet(set_id, names[set_id], tuple(rows[set_id])) for set_id in names}


@lru_cache(maxsize=1)
def offence_sets() -> dict[str, frozenset[Pair]]:
    """Every base set as the (code, classification) pairs in it."""
    return {set_id: _members(set_id) for set_id in base_sets()}


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


def _set_row(row: dict[str, str]) -> SetRow:
    first, last = (
        date.fromisoformat(text) if text else None for text in (row["valid_from"], row["valid_to"])
    )
    return SetRow(row["kind"], row["value"], first, last, row["note"])


def _members(set_id: str) -> frozenset[Pair]:
    found: set[Pair] = set()
    for row in base_sets()[set_id].rows:
        found |= _members(row.value) if row.kind == "set" else _matching(row.kind, row.value)
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
