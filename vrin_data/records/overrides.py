"""Decisions of a person to let through what the rules stop, each with its reason."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

import sqlalchemy as sa

from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.events import add_event

OverrideKind = Literal["no_agreement", "stopped_submission", "partial_confirmed"]


@dataclass(frozen=True)
class Override:
    """One decision: `subject` says of what, such as a supplier and a feed."""

    override_id: int
    kind: str
    subject: str
    person: str
    reason: str
    recorded_at: datetime


def overrides(store_path: Path, kind: OverrideKind | None = None) -> list[Override]:
    """Decisions on record of one kind, or of all, oldest first."""
    table = TABLES["override"]
    question = sa.select(table).order_by(table.c.override_id)
    if kind is not None:
        question = question.where(table.c.kind == kind)
    return [Override(**row) for row in rows(store_path, question)]


def record_override(
    store_path: Path, kind: OverrideKind, subject: str, *, person: str, reason: str, recorded_at: datetime
) -> Override:
    """Record a decision and give it back. Raises RefusedInput where the person or the reason is blank."""
    faults = blank({"person": person, "reason": reason, "subject": subject})
    if kind not in get_args(OverrideKind):
        faults.append(f"kind: there is no {kind!r}; there is: {', '.join(get_args(OverrideKind))}")
    refuse(f"The override of {subject}", faults)
    entry = {
        "kind": kind,
        "subject": subject,
        "person": person,
        "reason": reason,
        "recorded_at": recorded_at,
    }
    with writing(store_path, f"The override of {subject}") as connection:
        number = insert(connection, "override", entry)
        add_event(
            connection, "override", subject, happened_at=recorded_at, detail={"kind": kind}, actor=person
        )
    return Override(number, kind, subject, person, reason, recorded_at)
