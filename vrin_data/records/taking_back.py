"""Taking back what a person recorded of a series: the row stays, with who took it back, when and why."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vrin_data.errors import RefusedInput
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import RECORD_KEYS, TABLES, rows, writing
from vrin_data.records.events import add_event


def standing(store_path: Path, table: str, *, with_withdrawn: bool = False) -> Iterable[dict[str, Any]]:
    """The rows of a table that stand, in the order in which they were made; with those taken back on request."""
    (key,) = RECORD_KEYS[table]
    question = sa.select(TABLES[table]).order_by(TABLES[table].c[key])
    if not with_withdrawn:
        question = question.where(TABLES[table].c.withdrawn_at.is_(None))
    return rows(store_path, question)


def take_back(
    store_path: Path, table: str, number: int, *, what: str, reason: str, by: str, at: datetime
) -> None:
    """Take the row of a number back. Raises RefusedInput where none of this number stands, or no reason is given."""
    refuse(f"Taking back {what} {number}", blank({"reason": reason, "by": by}))
    (key,) = RECORD_KEYS[table]
    stands = (TABLES[table].c[key] == number) & TABLES[table].c.withdrawn_at.is_(None)
    values = {"withdrawn_by": by, "withdrawn_at": at, "withdrawn_reason": reason}
    with writing(store_path, f"Taking back {what} {number}") as connection:
        if not connection.execute(sa.update(TABLES[table]).where(stands).values(**values)).rowcount:
            raise RefusedInput(f"No {what} {number} stands; it may have been taken back already.")
        add_event(
            connection,
            f"withdraw {what}",
            f"{what} {number}",
            happened_at=at,
            detail={"reason": reason},
            actor=by,
        )
