"""What an offence weighs: exactly, by a chosen row, as a range, or not at all; rows are never averaged."""

from collections.abc import Mapping
from dataclasses import dataclass

from vrin_data.contract.offences import UNMAPPED, Offence, Pair
from vrin_data.contract.weight_rows import WeightRow

RowsOfPairs = Mapping[Pair, tuple[WeightRow, ...]]

_EMERGENCY_WORKER_CODES = frozenset({"8S", "8T", "104"})
"""Codes for assaults on constables and emergency workers: never the ordinary line of a classification."""


@dataclass(frozen=True)
class Weight:
    """What an offence weighs, from low to high in the edition's unit; None where it cannot be told.

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


def rows_of_offence(offence: Offence, of_pair: RowsOfPairs) -> list[WeightRow]:
    """Every row that an offence may be; none for what nobody could map."""
    if offence.offence_key == UNMAPPED:
        return []
    return [row for pair in sorted(offence.possibilities) for row in of_pair[pair]]


def weigh(offence: Offence, of_pair: RowsOfPairs, choices: Mapping[str, CentralChoice]) -> Weight:
    """The weight of an offence under the rows of an edition and the choices made for it."""
    rows = rows_of_offence(offence, of_pair)
    if not rows:
        return NO_WEIGHT
    low, high = min(row.days for row in rows), max(row.days for row in rows)
    without = sum(not of_pair[pair] for pair in offence.possibilities)
    rest = f"; {without} of {len(offence.possibilities)} possible offences have no row" if without else ""
    if low == high:
        return Weight(low, low, high, "exact", "one value" + rest)
    central, reason = _central(choices.get(offence.offence_key), rows)
    basis = "range" if central is None else "chosen"
    return Weight(low, central, high, basis, reason + rest)


def _central(choice: CentralChoice | None, rows: list[WeightRow]) -> tuple[float | None, str]:
    """The chosen days and why: the table of choices first, else the only ordinary row."""
    # A choice outlives the row it named where a rule leaves the row out; then it says nothing.
    if choice and any(row.days == choice.days for row in rows):
        return choice.days, f"{choice.reason} ({choice.chosen_by})"
    ordinary = {row.days for row in rows if not row.is_attempt and row.pair[0] not in _EMERGENCY_WORKER_CODES}
    if len(ordinary) == 1:
        return ordinary.pop(), "the only row that is neither an attempt nor against an emergency worker"
    return None, "several rows are possible and none has been chosen"
