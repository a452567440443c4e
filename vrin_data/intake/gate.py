"""No live agreement, no ingest: open data comes under its licence, the rest under what was agreed."""

from datetime import datetime
from pathlib import Path

from vrin_data.contract.feeds import Feed
from vrin_data.errors import RefusedInput
from vrin_data.intake.terms import Acceptance, Gate
from vrin_data.records import agreements, live_among, record_override

LICENCE = "licence: "
OVERRIDE = "override: "


def gate_of(
    store_path: Path, *, override: Acceptance | None, received_at: datetime, is_dry_run: bool = False
) -> Gate:
    """A function that gives the agreement under which a supplier's feed may come in.

    Where there is none it raises RefusedInput; with an override by a named person that goes on
    record instead, once for each supplier and feed (a dry run records nothing).
    """
    held = agreements(store_path)
    let_in: dict[tuple[str, str], str] = {}

    def gate(supplier_id: str, feed: Feed, at: datetime) -> str:
        if feed.licence:
            return f"{LICENCE}{feed.licence}"
        live = live_among(held, supplier_id, feed.id, at.date())
        if live is not None:
            return live.agreement_id
        if override is None:
            raise _no_agreement(supplier_id, feed, at)
        key = (supplier_id, feed.id)
        if key not in let_in:
            let_in[key] = OVERRIDE
            if not is_dry_run:
                let_in[key] += _recorded(store_path, " ".join(key), override, received_at)
        return let_in[key]

    return gate


def _no_agreement(supplier_id: str, feed: Feed, at: datetime) -> RefusedInput:
    return RefusedInput(
        f"There is no live agreement for {supplier_id} and the feed {feed.id} on {at:%d %B %Y}. Put the agreement "
        "on record (`agreements add FILE.toml`, or the screen Agreements), or let the data in without one by "
        'name and reason (`--without-agreement "NAME: reason"`).',
        cause="no_agreement",
    )


def _recorded(store_path: Path, subject: str, override: Acceptance, now: datetime) -> str:
    """The number of an override that is put on record."""
    one = record_override(
        store_path,
        "no_agreement",
        subject,
        person=override.person,
        reason=override.reason,
        recorded_at=now,
    )
    return str(one.override_id)
