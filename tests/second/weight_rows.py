"""Which days an offence may weigh, and which were chosen for it: the reference tables read by themselves."""

import csv
from dataclasses import dataclass
from functools import cache

from tests.second.offence_meaning import Pair, may_mean, register
from tests.second.words import REFERENCE

WORKERS_CODES = ("8S", "8T", "104")
"""Assaults on constables and emergency workers: never the ordinary line of a classification."""


@dataclass(frozen=True)
class Row:
    """One row of an edition."""

    pair: Pair
    days: float
    is_attempt: bool
    is_notifiable: bool


@dataclass(frozen=True)
class Weights:
    """The rows that each pair of the register may be, and the days chosen by offence key."""

    rows_of: dict[Pair, tuple[Row, ...]]
    chosen: dict[str, float]

    def days_of(self, pair: Pair) -> list[float]:
        """The days of each row that a pair may be; none where the edition has no row for it."""
        return [row.days for row in self.rows_of[pair]]

    def chosen_days(self, key: str) -> float | None:
        """The days that stand for an offence in the middle reading; None where nobody can say."""
        rows = [] if key == "unmapped" else [row for pair in may_mean(key) for row in self.rows_of[pair]]
        every = {row.days for row in rows}
        if len(every) == 1:
            return every.pop()
        if rows and key in self.chosen:
            return self.chosen[key]
        ordinary = {row.days for row in rows if not row.is_attempt and row.pair[0] not in WORKERS_CODES}
        return ordinary.pop() if len(ordinary) == 1 else None


@cache
def weights(edition: str = "cchi-2020") -> Weights:
    """An edition as its two CSV files have it."""
    rows = tuple(
        Row(
            pair=(row["offence_code"], row["classification"]),
            days=float(row["days"]),
            is_attempt=row["is_attempt"] == "yes",
            is_notifiable=row["is_notifiable"] == "yes",
        )
        for row in _read(f"{edition}.csv")
    )
    chosen = {row["offence_key"]: float(row["days"]) for row in _read(f"{edition}-central.csv")}
    index: dict[Pair, tuple[Row, ...]] = {pair: tuple(_rows_of(pair, rows)) for pair in register()}
    return Weights(index, chosen)


def _read(name: str) -> list[dict[str, str]]:
    with (REFERENCE / "weights" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _rows_of(pair: Pair, rows: tuple[Row, ...]) -> list[Row]:
    """A pair's own rows, else those of its classification, else (none being known) of its code."""
    code, classification = pair
    if own := [row for row in rows if row.pair == pair]:
        return own
    if not classification:
        return [row for row in rows if row.pair[0] == code]
    alike = [row for row in rows if row.pair[1] == classification]
    return [row for row in alike if row.is_notifiable] or alike
