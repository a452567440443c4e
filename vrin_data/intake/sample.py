"""The sample store: the simulated extracts that come with the project, and the agreements they come under."""

import csv
import tomllib
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from vrin_data.contract.agreement_text import read_agreement
from vrin_data.errors import VrinError
from vrin_data.intake.batch import Batch
from vrin_data.intake.ingest import IngestResult, Progress, ingest_batches
from vrin_data.intake.sample_context import load_context
from vrin_data.intake.terms import Receipts
from vrin_data.records import declare, save_agreement
from vrin_data.store import Store

SAMPLE_FOLDER = Path(__file__).resolve().parents[2] / "sample_data"
RECORDED_BY = "sample"
HANDED_IN = time(9, 0)


def load_sample(store: Store, *, received_at: datetime, progress: Progress | None = None) -> IngestResult:
    """Take the simulated extracts into an empty store, in the order in which they came in.

    The last of the results of its builds comes back, with the submissions of all of them. Raises
    VrinError where the extracts are not there.
    """
    order = SAMPLE_FOLDER / "order.toml"
    if not order.is_file():
        raise VrinError(
            f"The simulated extracts are not in {SAMPLE_FOLDER.name}/. Make them with `python -m sample_data.generate`."
        )
    _record_agreements(store, received_at)
    batches = tomllib.loads(order.read_text(encoding="utf-8"))["batch"]
    receipts = _receipts()
    result = None
    for build in sorted({one["build"] for one in batches}):
        chosen = [_batch(one, receipts) for one in batches if one["build"] == build]
        done = ingest_batches(store, chosen, received_at=received_at, progress=progress)
        result = done if result is None else _joined(result, done)
    if result is None:
        raise VrinError(f"{order.name}: names no batch. Make it again with `python -m sample_data.generate`.")
    build_id = load_context(store, SAMPLE_FOLDER / "context", at=received_at)
    return replace(result, build_id=build_id or result.build_id)


def _joined(first: IngestResult, second: IngestResult) -> IngestResult:
    return IngestResult(
        feed=first.feed,
        submissions=(*first.submissions, *second.submissions),
        build_id=second.build_id or first.build_id,
        left_aside=(*first.left_aside, *second.left_aside),
        is_refused=first.is_refused or second.is_refused,
    )


def _batch(one: dict[str, Any], receipts: Receipts) -> Batch:
    """A batch of the order; what was received on a stated day came then, whatever its periods' usual receipts."""
    on = one.get("received_on")
    return Batch(
        feed_id=one["feed"],
        paths=tuple(SAMPLE_FOLDER / name for name in one["files"]),
        supplier=one.get("supplier"),
        received_at=_moment(on) if on else None,
        receipts={} if on else receipts,
    )


def _receipts() -> Receipts:
    with (SAMPLE_FOLDER / "received.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["supplier_id"], row["feed_id"], date.fromisoformat(row["period_start"])): _moment(
                row["received_on"]
            )
            for row in csv.DictReader(line for line in file if not line.startswith("#"))
        }


def _moment(day: str | date) -> datetime:
    return datetime.combine(date.fromisoformat(str(day)), HANDED_IN)


def _record_agreements(store: Store, at: datetime) -> None:
    for path in sorted((SAMPLE_FOLDER / "agreements").glob("*.toml")):
        one = read_agreement(path.read_text(encoding="utf-8"), path.name)
        save_agreement(store.path, one, recorded_by=RECORDED_BY, recorded_at=at)
    declared = SAMPLE_FOLDER / "declared.toml"
    if declared.is_file():
        for said in tomllib.loads(declared.read_text(encoding="utf-8")).get("declared", []):
            declare(store.path, **_said(said), recorded_by=RECORDED_BY, recorded_at=at)


def _said(said: dict[str, Any]) -> dict[str, Any]:
    months = {name: _month(said[name]) for name in ("from_month", "to_month") if said.get(name)}
    return {**{name: said[name] for name in ("supplier_id", "feed_id", "state", "reason")}, **months}


def _month(text: str | date) -> date:
    return text if isinstance(text, date) else date.fromisoformat(f"{text[:7]}-01")
