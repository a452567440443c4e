"""Deciding on a held file: taken in by a named person with a reason, or discarded."""

from datetime import date, datetime
from typing import Any

from vrin_data.errors import RefusedInput
from vrin_data.intake.batch import Batch
from vrin_data.intake.ingest import IngestResult, ingest_batches
from vrin_data.intake.terms import Acceptance
from vrin_data.records import HeldFile, decide_held, held_file, record_override
from vrin_data.store import Store


def accept_held(store: Store, held_id: int, *, person: str, reason: str, at: datetime) -> IngestResult:
    """Take a held file in against the checks that stopped it, on record under the person's name.

    Raises RefusedInput where no such file waits, or the name or the reason is blank.
    """
    one = held_file(store.path, held_id)
    if not person.strip() or not reason.strip():
        raise RefusedInput("A file is accepted by a named person with a reason; give both.")
    acceptance = Acceptance(person.strip(), reason.strip())
    usual = {"feed_id": one.feed_id, "supplier": one.supplier_id}
    batch = Batch(paths=(one.path(store.path),), accepted=acceptance, **(usual | _said(one)))
    result = ingest_batches(store, [batch], received_at=one.held_at)
    if not result.is_refused:
        subject = f"file {held_id}: {one.file_name}"
        record_override(
            store.path,
            "stopped_submission",
            subject,
            person=acceptance.person,
            reason=acceptance.reason,
            recorded_at=at,
        )
        decide_held(
            store.path, held_id, state="accepted", decided_by=person, decided_at=at, reason=acceptance.reason
        )
    return result


def _said(one: HeldFile) -> dict[str, Any]:
    """What the call that handed the file in said of it."""
    said = next((dict(found["said"]) for found in one.findings if "said" in found), {})
    told: dict[str, Any] = {
        name: datetime.fromisoformat(said[name]) for name in ("extracted_at", "received_at") if name in said
    }
    if "period" in said:
        first, after = said["period"]
        told["period"] = (date.fromisoformat(first), date.fromisoformat(after))
    if "without_agreement" in said:
        told["without_agreement"] = Acceptance(**said["without_agreement"])
    if "feed" in said:
        told |= {"feed_id": said["feed"]["id"], "supplier": said["feed"]["supplier"]}
    return told


def discard_held(store: Store, held_id: int, *, person: str, reason: str, at: datetime) -> None:
    """Remove a held file without taking it in, on record. Raises RefusedInput as `accept_held` does."""
    decide_held(store.path, held_id, state="discarded", decided_by=person, decided_at=at, reason=reason)
