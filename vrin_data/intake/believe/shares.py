"""Shares that changed: blanks, coarser codes, unknown offences, places outside, old events, rejected rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from vrin_data.contract.checks import Check, check
from vrin_data.contract.codes import NOT_RECORDED
from vrin_data.contract.feeds import Feed
from vrin_data.intake.believe.coded import by_value
from vrin_data.intake.believe.facts import Facts
from vrin_data.intake.believe.finding import Finding, found
from vrin_data.intake.believe.walk import changes

Ints = npt.NDArray[np.int64]
STABLE = 3 / 8
MEDIAN_TO_SIGMA = 1.4826
FEW = 6
VARIATION = 0.02
VARIATION_OF_FEW = 0.06
"""How far shares vary beyond chance in any feed, in radians; more is allowed where few months tell."""


@dataclass(frozen=True)
class Series:
    """How many of how many rows each submission has, in the order of time, and what that says."""

    check_id: str
    what: str
    hits: Ints
    rows: Ints
    ways: Literal["up", "both"] = "both"


@dataclass(frozen=True)
class Shift:
    """A share that is another than before."""

    before: float
    share: float
    hits: int
    rows: int

    @property
    def words(self) -> str:
        """Both shares."""
        return f"{self.share:.1%} ({self.hits:,} of {self.rows:,}), {self.before:.1%} before"


def share_findings(facts: Facts, feed: Feed) -> list[Finding]:
    """What there is to say of the shares of one supplier's submissions, each change once."""
    findings: list[Finding] = []
    numbers = facts.submissions["submission_id"].tolist()
    for series in _series(facts):
        for position, shift in shifts(series):
            findings += found(feed, numbers[position], series.check_id, f"{series.what}: {shift.words}")
    return findings


def shifts(series: Series) -> list[tuple[int, Shift]]:
    """The positions at which a share changed; submissions of too few rows are passed over."""
    own = check(series.check_id)
    told = np.flatnonzero(series.rows >= own.threshold("least_rows"))
    hits, rows = series.hits[told], series.rows[told]

    def differs(stretch: Sequence[int], position: int) -> Shift | None:
        return _shift(hits, rows, list(stretch), position, own, series.ways)

    return [(int(told[position]), shift) for position, shift in changes(len(told), differs)]


def _shift(hits: Ints, rows: Ints, stretch: list[int], position: int, own: Check, ways: str) -> Shift | None:
    before = hits[stretch].sum() / rows[stretch].sum()
    shift = Shift(
        float(before), float(hits[position] / rows[position]), int(hits[position]), int(rows[position])
    )
    rise = shift.share - shift.before
    if abs(rise) < own.threshold("least_change") or (ways == "up" and rise < 0):
        return None
    angles = np.arcsin(np.sqrt((hits + STABLE) / (rows + 2 * STABLE)))
    middle = np.arcsin(np.sqrt((hits[stretch].sum() + STABLE) / (rows[stretch].sum() + 2 * STABLE)))
    spread = _spread(angles[stretch] - middle, rows[stretch], int(rows[position]))
    return shift if abs(angles[position] - middle) / spread >= own.threshold("least_z") else None


def _spread(angles: npt.NDArray[np.float64], rows: Ints, own_rows: int) -> float:
    """How far an angle of so many rows may lie from its stretch's: by chance, and as its shares vary."""
    chance = 1 / (4 * own_rows) + 1 / (4 * rows.sum())
    beyond = VARIATION if len(angles) >= FEW else VARIATION_OF_FEW
    seen = MEDIAN_TO_SIGMA * float(np.median(np.abs(angles))) if len(angles) >= FEW else 0.0
    return float(np.sqrt(chance + max(beyond, seen) ** 2))


def _series(facts: Facts) -> Iterator[Series]:
    own = facts.submissions
    incidents = _ints(own["incidents"])
    yield Series(
        "rejected_share",
        "rows rejected",
        _ints(own["rows_rejected_count"]),
        _ints(own["rows_in_count"]),
        "up",
    )
    known = incidents - _ints(own["places_blank"])
    yield Series("places_outside", "places outside its own area", _ints(own["places_outside"]), known, "up")
    yield Series("area_codes_unknown", "area codes not known", _ints(own["places_unknown"]), known, "up")
    yield Series("blanks_changed", "place not given", _ints(own["places_blank"]), incidents)
    old = _ints(own["events_long_before"])
    yield Series("events_long_before", "events more than a year back", old, _ints(own["events_dated"]), "up")
    yield from _of_codes(facts, incidents)


def _of_codes(facts: Facts, incidents: Ints) -> Iterator[Series]:
    table = by_value(facts.codes, facts.submissions["submission_id"])
    for column in sorted({str(name) for name, _ in table.columns}):
        values = table[column]
        if column == "mapping_status":
            unmapped, coarse = (_of_value(values, name) for name in ("unmapped", "one_to_many"))
            yield Series("code_drift", "offences whose code stands for several", coarse, incidents - unmapped)
            yield Series("unmapped_offences", "offences not known", unmapped, incidents, "up")
        elif NOT_RECORDED in values:
            yield Series("blanks_changed", f"{column} not given", _of_value(values, NOT_RECORDED), incidents)


def _of_value(values: pd.DataFrame, name: str) -> Ints:
    return _ints(values[name]) if name in values else np.zeros(len(values), dtype=np.int64)


def _ints(values: pd.Series) -> Ints:
    return np.asarray(values, dtype=np.int64)
