"""What the data lead declares of a feed: withheld, held by the partner, or not due in some months."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.errors import RefusedInput
from vrin_data.records.checks import blank, refuse, unknown_feed
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.events import add_event
from vrin_data.records.suppliers import unknown_supplier

DECLARED_STATES: dict[str, str] = {
    state: CODE_LISTS["feed_state"][state] for state in ("withheld", "held_by_partner", "not_due")
}


@dataclass(frozen=True)
class Expectation:
    """One declaration, from its first month to its last, both included; without a last until further."""

    expectation_id: int
    supplier_id: str
    feed_id: str
    from_month: date
    to_month: date | None
    state: str
    reason: str
    recorded_by: str
    recorded_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None

    def is_about(self, supplier_id: str, feed_id: str, month: date) -> bool:
        """Whether it speaks of this supplier's feed in the month in which a day lies."""
        first = month.replace(day=1)
        return (
            (self.supplier_id, self.feed_id) == (supplier_id, feed_id)
            and self.from_month <= first
            and (self.to_month is None or first <= self.to_month)
        )


def expectations(store_path: Path, *, with_withdrawn: bool = False) -> list[Expectation]:
    """Declarations that stand, in the order in which they were made; with those taken back on request."""
    table = TABLES["expectation"]
    question = sa.select(table).order_by(table.c.expectation_id)
    if not with_withdrawn:
        question = question.where(table.c.withdrawn_at.is_(None))
    return [Expectation(**row) for row in rows(store_path, question)]


def declared(
    declarations: Iterable[Expectation], supplier_id: str, feed_id: str, month: date
) -> Expectation | None:
    """The declaration that counts for a supplier's feed in a month: the one made last, None where none is."""
    fitting = [one for one in declarations if one.is_about(supplier_id, feed_id, month)]
    return max(fitting, key=lambda one: one.expectation_id, default=None)


def declare(
    store_path: Path,
    supplier_id: str,
    feed_id: str,
    *,
    state: str,
    from_month: date,
    to_month: date | None,
    reason: str,
    recorded_by: str,
    recorded_at: datetime,
) -> Expectation:
    """Record a declaration and give it back. Raises RefusedInput with every fault."""
    first, last = from_month.replace(day=1), to_month.replace(day=1) if to_month else None
    one = Expectation(0, supplier_id, feed_id, first, last, state, reason, recorded_by, recorded_at)
    refuse(f"The declaration of {supplier_id} {feed_id}", _faults(store_path, one))
    entry = {name: value for name, value in vars(one).items() if name != "expectation_id"}
    detail = {"state": state, "from": f"{first:%Y-%m}", "to": f"{last:%Y-%m}" if last else None}
    with writing(store_path, "The declaration") as connection:
        number = insert(connection, "expectation", entry)
        add_event(
            connection,
            "declare",
            f"{supplier_id} {feed_id}",
            happened_at=recorded_at,
            detail=detail,
            actor=recorded_by,
        )
    return replace(one, expectation_id=number)


def withdraw(store_path: Path, expectation_id: int, *, withdrawn_by: str, withdrawn_at: datetime) -> None:
    """Take a declaration back; it stays on record. Raises RefusedInput where none of this number stands."""
    refuse(f"The withdrawal of declaration {expectation_id}", blank({"by": withdrawn_by}))
    table = TABLES["expectation"]
    standing = (table.c.expectation_id == expectation_id) & table.c.withdrawn_at.is_(None)
    values = {"withdrawn_by": withdrawn_by, "withdrawn_at": withdrawn_at}
    with writing(store_path, f"The withdrawal of declaration {expectation_id}") as connection:
        if not connection.execute(sa.update(table).where(standing).values(**values)).rowcount:
            raise RefusedInput(
                f"No declaration {expectation_id} stands; it may have been taken back already."
            )
        add_event(
            connection,
            "withdraw declaration",
            f"declaration {expectation_id}",
            happened_at=withdrawn_at,
            actor=withdrawn_by,
        )


def _faults(store_path: Path, one: Expectation) -> list[str]:
    faults = [
        *unknown_supplier(store_path, one.supplier_id),
        *unknown_feed(one.feed_id),
        *blank({"reason": one.reason, "by": one.recorded_by}),
    ]
    if one.state not in DECLARED_STATES:
        faults.append(f"state: there is no {one.state!r}; there is: {', '.join(DECLARED_STATES)}")
    if one.to_month and one.to_month < one.from_month:
        faults.append(f"to: {one.to_month:%Y-%m} is before from, {one.from_month:%Y-%m}")
    return faults
