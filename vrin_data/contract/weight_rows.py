"""The rows of a weight edition: which of them an offence pair may be, and which are attempts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vrin_data.contract.offences import Pair, offences

Kind = Literal["days", "score", "pounds"]

UNIT_WORDS: dict[Kind, str] = {
    "days": "days of recommended sentence",
    "score": "points of the ONS Crime Severity Score",
    "pounds": "pounds of unit cost",
}
"""What the weights of an edition of each kind are counted in."""

_ATTEMPT_END = "A"
"""The end that the published tables give the row number of an attempt: 79.79.5.0A beside 79.79.5.0."""


@dataclass(frozen=True)
class WeightRow:
    """One row of an edition: what one offence under one qualifier weighs, `days` in the edition's unit."""

    row_id: str
    pair: Pair
    qualifier: str
    days: float
    is_attempt: bool
    is_notifiable: bool


@dataclass(frozen=True)
class AttemptPair:
    """An attempt and the completed offence of the same number, where the two weigh differently.

    `changes` says whether the rule that attempts weigh as completed would replace the attempt's row.
    """

    attempt: WeightRow
    completed: WeightRow
    changes: bool


def rows_of_pairs(
    rows: Iterable[WeightRow], *, by_classification: bool = True
) -> dict[Pair, tuple[WeightRow, ...]]:
    """Rows of each known pair: its own, else its classification's, else (none known) its code's.

    Without `by_classification` a pair has its own rows alone: a table that weighs codes says nothing
    of another code that shares a classification.
    """
    own, of_classification, of_code = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in rows:
        own[row.pair].append(row)
        of_classification[row.pair[1]].append(row)
        of_code[row.pair[0]].append(row)
    found = {}
    for pair in offences().facts:
        code, classification = pair
        elsewhere: list[WeightRow] = []
        if by_classification:
            elsewhere = (
                _notifiable_first(of_classification[classification]) if classification else of_code[code]
            )
        found[pair] = tuple(own[pair] or elsewhere)
    return found


def as_completed(rows: Iterable[WeightRow]) -> tuple[WeightRow, ...]:
    """The rows without the attempts whose pair has a completed row."""
    kept = list(rows)
    completed = {row.pair for row in kept if not row.is_attempt}
    return tuple(row for row in kept if not (row.is_attempt and row.pair in completed))


def attempt_pairs(rows: Iterable[WeightRow]) -> list[tuple[WeightRow, WeightRow]]:
    """Each attempt with the completed offence of the same number, in the order of the edition."""
    by_number = {row.row_id: row for row in rows}
    return [
        (row, by_number[number[: -len(_ATTEMPT_END)]])
        for number, row in by_number.items()
        if number.endswith(_ATTEMPT_END) and number[: -len(_ATTEMPT_END)] in by_number
    ]


def unlike_attempts(rows: Iterable[WeightRow]) -> list[AttemptPair]:
    """The attempts that weigh other than the completed offence, in the order of the edition."""
    kept = tuple(rows)
    left = set(as_completed(kept))
    return [
        AttemptPair(attempt, completed, attempt not in left)
        for attempt, completed in attempt_pairs(kept)
        if attempt.days != completed.days
    ]


def _notifiable_first(rows: list[WeightRow]) -> list[WeightRow]:
    return [row for row in rows if row.is_notifiable] or rows
