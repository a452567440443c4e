"""Harm weights in days: which rows of an edition an offence may have, and what that leaves open.

A weight belongs to a row of an edition. An offence that may be several rows has a low and a high, and
a central value only where someone chose a row, in a table that can be read and changed. Rows are
never averaged, and the first row is never taken for being first.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from vrin_data.contract import reference
from vrin_data.contract.offences import UNMAPPED, Offence, Pair, offences
from vrin_data.errors import UnknownEdition

_EMERGENCY_WORKER_CODES = frozenset({"8S", "8T", "104"})
"""Codes for assaults on constables and emergency workers: never the ordinary line of a classification."""


@dataclass(frozen=True)
class WeightRow:
    """One row of an edition: days of harm of one offence under one qualifier."""

    row_id: str
    pair: Pair
    qualifier: str
    days: float
    is_attempt: bool
    is_notifiable: bool


@dataclass(frozen=True)
class Weight:
    """Days of harm of an offence, from low to high; None where it cannot be told.

    Basis: 'exact' (one value), 'chosen' (a range with a chosen row), 'range' (no choice), 'none' (no row).
    """

    days_low: float | None
    days_central: float | None
    days_high: float | None
    basis: str
    reason: str


NO_WEIGHT = Weight(None, None, None, "none", "no row of the edition covers this offence")


@dataclass(frozen=True)
class CentralChoice:
    """A reviewable decision: which row's days stand for an offence that may be several rows."""

    days: float
    reason: str
    chosen_by: str


@dataclass(frozen=True, eq=False)
class Edition:
    """A named weight table, with the central choices made for it. Compared and hashed by identity."""

    edition_id: str
    name: str
    published: str
    attribution: str
    source: str
    notes: tuple[str, ...]
    rows: tuple[WeightRow, ...]
    choices: dict[str, CentralChoice]
    of_pair: dict[Pair, tuple[WeightRow, ...]]

    def weight(self, offence_key: str) -> Weight:
        """Weight of an offence. Raises KeyError for a key that is no offence."""
        return self._weights()[offence_key]

    def resolved(self) -> pd.DataFrame:
        """All offences with their weight, one row each in the order of offence_id.

        Columns: offence_id, offence_key, days_low, days_central, days_high (Float64), basis, reason.
        """
        return _resolved(self).copy()

    def _weights(self) -> dict[str, Weight]:
        return _all_weights(self)


def editions() -> list[str]:
    """Ids of the editions there are."""
    return reference.names("weights", ".toml")


@lru_cache(maxsize=8)
def edition(edition_id: str) -> Edition:
    """A weight edition by its id. Raises UnknownEdition."""
    if edition_id not in editions():
        known = ", ".join(editions())
        raise UnknownEdition(f"No weight edition is called '{edition_id}'. There is: {known}.")
    about = reference.table(f"weights/{edition_id}.toml")
    rows = tuple(map(_row, reference.rows(f"weights/{edition_id}.csv")))
    return Edition(
        edition_id=about["edition"],
        name=about["name"],
        published=about["published"],
        attribution=about["attribution"],
        source=about["source"],
        notes=tuple(about["notes"]),
        rows=rows,
        choices={
            row["offence_key"]: CentralChoice(float(row["days"]), row["reason"], row["chosen_by"])
            for row in reference.rows(f"weights/{edition_id}-central.csv")
        },
        of_pair=rows_of_pairs(rows),
    )


def rows_of_pairs(rows: Iterable[WeightRow]) -> dict[Pair, tuple[WeightRow, ...]]:
    """Rows of each known pair: its own, else its classification's, else (none known) its code's."""
    own, by_classification, by_code = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in rows:
        own[row.pair].append(row)
        by_classification[row.pair[1]].append(row)
        by_code[row.pair[0]].append(row)
    found = {}
    for pair in offences().facts:
        code, classification = pair
        elsewhere = _notifiable_first(by_classification[classification]) if classification else by_code[code]
        found[pair] = tuple(own[pair] or elsewhere)
    return found


def _row(row: dict[str, str]) -> WeightRow:
    return WeightRow(
        row_id=row["row_id"],
        pair=(row["offence_code"], row["classification"]),
        qualifier=row["qualifier"],
        days=float(row["days"]),
        is_attempt=row["is_attempt"] == "yes",
        is_notifiable=row["is_notifiable"] == "yes",
    )


def _notifiable_first(rows: list[WeightRow]) -> list[WeightRow]:
    return [row for row in rows if row.is_notifiable] or rows


@lru_cache(maxsize=8)
def _all_weights(of: Edition) -> dict[str, Weight]:
    return {offence.offence_key: _weigh(offence, of) for offence in offences().all}


@lru_cache(maxsize=8)
def _resolved(of: Edition) -> pd.DataFrame:
    weights = _all_weights(of)
    records = [
        (each.offence_id, each.offence_key, w.days_low, w.days_central, w.days_high, w.basis, w.reason)
        for each in offences().all
        for w in [weights[each.offence_key]]
    ]
    names = ["offence_id", "offence_key", "days_low", "days_central", "days_high", "basis", "reason"]
    frame = pd.DataFrame.from_records(records, columns=names)
    return frame.astype({name: "Float64" for name in names if name.startswith("days_")})


def _weigh(offence: Offence, of: Edition) -> Weight:
    if offence.offence_key == UNMAPPED or not offence.possibilities:
        return NO_WEIGHT
    rows = [row for pair in offence.possibilities for row in of.of_pair[pair]]
    if not rows:
        return NO_WEIGHT
    low, high = min(row.days for row in rows), max(row.days for row in rows)
    without = sum(not of.of_pair[pair] for pair in offence.possibilities)
    rest = f"; {without} of {len(offence.possibilities)} possible offences have no row" if without else ""
    if low == high:
        return Weight(low, low, high, "exact", "one value" + rest)
    central, reason = _central(offence, rows, of)
    basis = "range" if central is None else "chosen"
    return Weight(low, central, high, basis, reason + rest)


def _central(offence: Offence, rows: list[WeightRow], of: Edition) -> tuple[float | None, str]:
    """The chosen days and why: the table of choices first, else the only ordinary row."""
    if choice := of.choices.get(offence.offence_key):
        return choice.days, f"{choice.reason} ({choice.chosen_by})"
    ordinary = {row.days for row in rows if not row.is_attempt and row.pair[0] not in _EMERGENCY_WORKER_CODES}
    if len(ordinary) == 1:
        return ordinary.pop(), "the only row that is neither an attempt nor against an emergency worker"
    return None, "several rows are possible and none has been chosen"
