"""Files that a check stopped: kept until a named person accepts or discards them, with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vrin_data.intake.result import SubmissionResult
from vrin_data.records import hold_file
from vrin_data.store import Store

if TYPE_CHECKING:
    from vrin_data.intake.ingest import Batch


def hold(
    store: Store, batches: Sequence["Batch"], taken: Sequence[SubmissionResult], *, held_at: datetime
) -> list[SubmissionResult]:
    """The results of a call that was stopped, each stopped one with the number of its held file."""
    results = list(taken)
    for batch in batches:
        for path in batch.paths:
            stopped = [number for number, one in enumerate(results) if _is_stopped_in(one, path)]
            if stopped:
                held = _hold_path(store, path, [results[number] for number in stopped], held_at=held_at)
                for number in stopped:
                    results[number] = replace(results[number], held_id=held)
    return results


def _is_stopped_in(one: SubmissionResult, path: Path) -> bool:
    is_from = one.file == path.name or one.file.startswith(f"{path.name}/")
    return one.status == "stopped" and bool(one.findings) and (is_from or path.is_dir())


def _hold_path(
    store: Store, path: Path, stopped: Sequence[SubmissionResult], *, held_at: datetime
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
        findings=[{"period": one.period, "findings": list(one.findings)} for one in stopped],
        held_at=held_at,
    )
    return held.held_id
