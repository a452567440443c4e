"""Files that a check stopped: kept until a named person accepts or discards them, with a reason."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from vrin_data.intake.batch import AUTOMATIC, Batch
from vrin_data.intake.result import SubmissionResult
from vrin_data.records import hold_file
from vrin_data.store import Store


def hold(
    store: Store, batches: Sequence[Batch], taken: Sequence[SubmissionResult], *, held_at: datetime
) -> list[SubmissionResult]:
    """The results of a call that was stopped, each stopped one with the number of its held file."""
    results = list(taken)
    for batch in batches:
        for path in batch.paths:
            stopped = [number for number, one in enumerate(results) if _is_stopped_in(one, path)]
            if stopped:
                found = [results[number] for number in stopped]
                held = _hold_path(store, path, found, said=_said(batch), held_at=held_at)
                for number in stopped:
                    results[number] = replace(results[number], held_id=held)
    return results


def _is_stopped_in(one: SubmissionResult, path: Path) -> bool:
    is_from = one.file == path.name or one.file.startswith(f"{path.name}/")
    return one.status == "stopped" and bool(one.findings) and (is_from or path.is_dir())


def _said(batch: Batch) -> dict[str, Any]:
    """What the call said of its files, to be said again when they are accepted."""
    said = {
        "period": [f"{day}" for day in batch.period] if batch.period else None,
        "extracted_at": batch.extracted_at.isoformat() if batch.extracted_at else None,
        "received_at": batch.received_at.isoformat() if batch.received_at else None,
        # Of an archive of several feeds all are taken in again, and not only the one that was stopped.
        "feed": {"id": batch.feed_id, "supplier": batch.supplier} if batch.feed_id == AUTOMATIC else None,
        "without_agreement": asdict(batch.without_agreement) if batch.without_agreement else None,
    }
    return {name: value for name, value in said.items() if value}


def _hold_path(
    store: Store,
    path: Path,
    stopped: Sequence[SubmissionResult],
    *,
    said: dict[str, Any],
    held_at: datetime,
) -> int | None:
    if path.is_dir():
        return None
    first = stopped[0]
    suppliers = {one.supplier for one in stopped}
    periods = sorted({one.period for one in stopped if one.period})
    held = hold_file(
        store.path,
        path,
        feed_id=first.feed,
        supplier_id=first.supplier if len(suppliers) == 1 else None,
        period=", ".join(periods),
        findings=[
            {"said": said},
            *({"period": one.period, "findings": list(one.findings)} for one in stopped),
        ],
        held_at=held_at,
    )
    return held.held_id
