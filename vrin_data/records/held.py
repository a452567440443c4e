"""Files that a check stopped: kept in the store's folder `held` until a person decides."""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from vrin_data.errors import RefusedInput
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.events import add_event

FOLDER = "held"


@dataclass(frozen=True)
class HeldFile:
    """One file that waits, or waited, for a decision. `findings` is what the checks found."""

    held_id: int
    feed_id: str
    supplier_id: str | None
    period: str
    file_name: str
    file_hash: str
    stored_name: str
    findings: tuple[Mapping[str, Any], ...]
    held_at: datetime
    state: str
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None

    def path(self, store_path: Path) -> Path:
        """Where the file is kept while it waits."""
        return store_path / FOLDER / self.stored_name

    @property
    def found(self) -> tuple[str, ...]:
        """What the checks found, in words."""
        told = (
            each.get("findings") or [each.get("evidence") or each.get("reason")] for each in self.findings
        )
        return tuple(dict.fromkeys(str(words) for listed in told for words in listed if words))


def held_files(store_path: Path, *, with_decided: bool = False) -> list[HeldFile]:
    """Files that wait, oldest first; with those decided on request."""
    table = TABLES["held_file"]
    question = sa.select(table).order_by(table.c.held_id)
    if not with_decided:
        question = question.where(table.c.state == "held")
    return [_held(row) for row in rows(store_path, question)]


def held_file(store_path: Path, held_id: int) -> HeldFile:
    """The file of this number that waits. Raises RefusedInput where none does."""
    found = [one for one in held_files(store_path) if one.held_id == held_id]
    if not found:
        raise RefusedInput(f"No file {held_id} waits for a decision; it may have been decided already.")
    return found[0]


def hold_file(
    store_path: Path,
    file: Path,
    *,
    feed_id: str,
    supplier_id: str | None,
    period: str,
    findings: Sequence[Mapping[str, Any]],
    held_at: datetime,
) -> HeldFile:
    """Keep a copy of a stopped file and record that it waits. The same file twice waits once.

    `findings` must hold no personal value.
    """
    digest = _hash(file)
    for waiting in held_files(store_path):
        if (waiting.file_hash, waiting.feed_id, waiting.supplier_id) == (digest, feed_id, supplier_id):
            return waiting
    entry = {
        "feed_id": feed_id,
        "supplier_id": supplier_id,
        "period": period,
        "file_name": file.name,
        "file_hash": digest,
        # Under its own name, so that taking it in later speaks of the file its sender knows.
        "stored_name": f"{feed_id}-{supplier_id or 'unknown'}-{digest[:16]}/{file.name}",
        "held_at": held_at,
        "state": "held",
    }
    # The copy first: a record without its file would promise what cannot be decided any more.
    target = store_path / FOLDER / str(entry["stored_name"])
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, target)
    with writing(store_path, f"The hold of {file.name}") as connection:
        findings_json = json.dumps([dict(one) for one in findings], ensure_ascii=False)
        number = insert(connection, "held_file", {**entry, "findings_json": findings_json})
        add_event(connection, "hold file", f"file {number}", happened_at=held_at, detail={"feed": feed_id})
    return HeldFile(held_id=number, findings=tuple(findings), **entry)  # type: ignore[arg-type]


def decide_held(
    store_path: Path,
    held_id: int,
    *,
    state: Literal["accepted", "discarded"],
    decided_by: str,
    decided_at: datetime,
    reason: str,
) -> None:
    """Record what was decided of a file and remove the copy kept of it.

    An accepted file is taken in first and decided after, so that it goes on waiting where intake fails.
    Raises RefusedInput where no such file waits.
    """
    one = held_file(store_path, held_id)
    refuse(f"The decision on file {held_id}", blank({"by": decided_by, "reason": reason}))
    table = TABLES["held_file"]
    waiting = (table.c.held_id == held_id) & (table.c.state == "held")
    values = {"state": state, "decided_by": decided_by, "decided_at": decided_at, "reason": reason}
    with writing(store_path, f"The decision on file {held_id}") as connection:
        if not connection.execute(sa.update(table).where(waiting).values(**values)).rowcount:
            raise RefusedInput(f"File {held_id} was decided by somebody else just now.")
        add_event(
            connection,
            "decide held file",
            f"file {held_id}",
            happened_at=decided_at,
            detail={"state": state},
            actor=decided_by,
        )
    shutil.rmtree(one.path(store_path).parent, ignore_errors=True)


def _hash(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _held(row: dict[str, Any]) -> HeldFile:
    findings = tuple(json.loads(row.pop("findings_json")))
    return HeldFile(findings=findings, **row)
