"""The event log: what was done to a store, by whom, when. Only ever added to."""

import getpass
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vrin_data.errors import VrinError
from vrin_data.records.database import TABLES, engine_of


@dataclass(frozen=True)
class Event:
    """One entry of the log."""

    happened_at: datetime
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]


def log_event(
    store_path: Path,
    action: str,
    subject: str,
    *,
    happened_at: datetime,
    detail: Mapping[str, Any] | None = None,
    actor: str | None = None,
) -> None:
    """Add one entry. `happened_at` is UTC without a zone; `detail` must hold no personal value."""
    try:
        with engine_of(store_path).begin() as connection:
            add_event(connection, action, subject, happened_at=happened_at, detail=detail, actor=actor)
    except sa.exc.SQLAlchemyError as error:
        raise VrinError(
            f"{action} of {subject} was done, but the event log could not be written "
            f"({type(error).__name__}). Check the records' database."
        ) from error


def add_event(
    connection: sa.Connection,
    action: str,
    subject: str,
    *,
    happened_at: datetime,
    detail: Mapping[str, Any] | None = None,
    actor: str | None = None,
) -> None:
    """Add one entry within a transaction, so that what was done and its entry stand or fall together."""
    entry = {
        "happened_at": happened_at,
        "actor": actor or _operating_user(),
        "action": action,
        "subject": subject,
        "detail_json": json.dumps(dict(detail or {}), sort_keys=True),
    }
    connection.execute(sa.insert(TABLES["event_log"]), [entry])


def events(store_path: Path) -> list[Event]:
    """The whole log, oldest first."""
    table = TABLES["event_log"]
    with engine_of(store_path).connect() as connection:
        rows = connection.execute(sa.select(table).order_by(table.c.event_id)).mappings().all()
    return [
        Event(row["happened_at"], row["actor"], row["action"], row["subject"], json.loads(row["detail_json"]))
        for row in rows
    ]


def last_event_id(store_path: Path) -> int:
    """The number of the newest entry, 0 for an empty log: while it is the same, no record has changed."""
    with engine_of(store_path).connect() as connection:
        return connection.execute(sa.select(sa.func.max(TABLES["event_log"].c.event_id))).scalar() or 0


def _operating_user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
