"""No live agreement, no ingest: open data comes under its licence, the rest under what was agreed."""

from datetime import datetime
from pathlib import Path

from vrin_data.contract.feeds import Feed
from vrin_data.errors import RefusedInput
from vrin_data.intake.terms import Acceptance, Gate
from vrin_data.records import live_agreement, record_override

LICENCE = "licence: "
OVERRIDE = "override: "


def gate_of(store_path: Path, *, override: Acceptance | None, received_at: datetime) -> Gate:
    """A function that gives the agreement under which a supplier's feed may come in.

    Where there is none it raises RefusedInput; with an override by a named person that goes on
    record instead, once for each supplier and feed.
    """
    known: dict[tuple[str, str, datetime], str] = {}

    def gate(supplier_id: str, feed: Feed, at: datetime) -> str:
        if feed.licence:
            return f"{LICENCE}{feed.licence}"
        key = (supplier_id, feed.id, at)
        if key not in known:
            known[key] = _found(store_path, supplier_id, feed, at, override=override, now=received_at)
        return known[key]

    return gate


def _found(
    store_path: Path,
    supplier_id: str,
    feed: Feed,
    at: datetime,
    *,
    override: Acceptance | None,
    now: datetime,
) -> str:
    agreement = live_agreement(store_path, supplier_id, feed.id, at.date())
    if agreement is not None:
        return agreement.agreement_id
    if override is None:
        raise RefusedInput(
            f"There is no live agreement for {supplier_id} and the feed {feed.id} on {at:%d %B %Y}. Put the agreement "
            "on record (`agreements add FILE.toml`, or the screen Agreements), or let the data in without one by "
            'name and reason (`--without-agreement "NAME: reason"`).',
            cause="no_agreement",
        )
    recorded = record_override(
        store_path,
        "no_agreement",
        f"{supplier_id} {feed.id}",
        person=override.person,
        reason=override.reason,
        recorded_at=now,
    )
    return f"{OVERRIDE}{recorded.override_id}"
