"""What a call says beside its files: who sent them, when, under which agreement, for which period."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from vrin_data.contract.feeds import Feed
from vrin_data.contract.suppliers import Supplier
from vrin_data.contract.variants import Variant

Gate = Callable[[str, Feed, datetime], str]
"""Told supplier, feed and time of receipt: under what it comes in. Raises RefusedInput where nothing is live."""
Step = Callable[[str, str], None]
"""Told what is being done to a file: its name ('' for all of a call together) and one of STEPS."""
Receipts = Mapping[tuple[str, str, date], datetime]

STEPS = (
    "waiting",
    "unpacking",
    "reading",
    "checking",
    "placing",
    "writing",
    "comparing",
    "summing",
    "publishing",
)


def untold(_name: str, _step: str) -> None:
    """For those who do not ask what is being done."""


@dataclass(frozen=True)
class Acceptance:
    """A named person who lets data in against a check, and why."""

    person: str
    reason: str


@dataclass(frozen=True)
class Terms:
    """What holds for all files of a call.

    `with_person_keys` are the agreements under which pseudonyms of persons may come in.
    `received_at` is UTC without a zone; `receipts` gives it by supplier, feed and first day of the
    period where a call hands in what came at several times. `period` is first day and first day after.
    """

    received_at: datetime
    register: Mapping[str, Supplier]
    gate: Gate
    sender: Supplier | None = None
    period: tuple[date, date] | None = None
    is_nil: bool = False
    extracted_at: datetime | None = None
    receipts: Receipts = field(default_factory=dict)
    variants: tuple[Variant, ...] = ()
    dropped: Mapping[str, frozenset[str]] = field(default_factory=dict)
    accepted: Acceptance | None = None
    with_person_keys: frozenset[str] = frozenset()

    def received(self, supplier_id: str, feed_id: str, period_start: date) -> datetime:
        """When this supplier handed this period in."""
        return self.receipts.get((supplier_id, feed_id, period_start), self.received_at)
