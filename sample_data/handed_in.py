"""What every simulated extract is: one file, whose it is, and what it hands in for which period, and when."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sample_data.drawing import last_day, stream

SIMULATED = "SIMULATED"
SIMULATED_ABOVE = "SIMULATED (not real)"
"""Above a header, where the bare word could be taken for a heading."""

HANDED_IN_DAYS = {1: (5, 14), 3: (20, 38), 12: (45, 75)}
"""Days after a period's end between which a supplier hands it in, by the months in the period."""

AS_OF = date(2026, 5, 10)
"""The day on which the sample stands: all of it has come, and nothing of April 2026 is due yet."""


@dataclass(frozen=True)
class Handed:
    """One period that a supplier hands in: its first month as YYYY-MM, its rows, and the day.

    `told` holds further counts that are true of it, such as the incidents of several calls.
    """

    supplier_id: str
    month: str
    rows: int
    received_on: date
    told: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Extract:
    """One file: `name` is its path under the sample's folder; build 2 is taken in after build 1."""

    feed_id: str
    name: str
    content: bytes
    handed: tuple[Handed, ...]
    build: int = 1
    received_on: date | None = None
    """Where it restates periods that have come before: the day on which it came."""

    @property
    def supplier_id(self) -> str:
        """Its one supplier; empty where the file itself names several."""
        found = {period.supplier_id for period in self.handed}
        return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True)
class Made:
    """What a kind of partner adds to the sample: its files, and the facts planted in them."""

    extracts: tuple[Extract, ...]
    planted: tuple[dict[str, Any], ...] = ()


def received(supplier_id: str, feed_id: str, months: Sequence[str], *, length: int = 1) -> dict[str, date]:
    """The day on which each period was handed in, some days or weeks after its end."""
    rng = stream(supplier_id, feed_id, "received")
    least, most = HANDED_IN_DAYS[length]
    days = rng.integers(least, most, size=len(months), endpoint=True)
    return {m: last_day(m, length) + timedelta(days=int(d)) for m, d in zip(months, days, strict=True)}
