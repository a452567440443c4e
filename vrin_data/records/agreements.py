"""Agreements on record: every version is kept, the latest of each counts."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from vrin_data.contract.agreement_checks import ALL
from vrin_data.contract.agreement_text import agreement_error
from vrin_data.contract.agreements import Agreement, supplier_faults
from vrin_data.contract.feeds import feed
from vrin_data.contract.limits import OPEN_DATA, Limits, strictest
from vrin_data.errors import RefusedInput
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import TABLES, insert, rows, writing
from vrin_data.records.events import add_event
from vrin_data.records.suppliers import all_suppliers

_LISTS = {
    f"{name}_json": name for name in Agreement.model_fields if f"{name}_json" in TABLES["agreement"].columns
}
_RECORD_COLUMNS = ("change_reason", "recorded_by", "recorded_at")


@dataclass(frozen=True)
class AgreementVersion:
    """One version of an agreement as it was recorded."""

    agreement: Agreement
    change_reason: str
    recorded_by: str
    recorded_at: datetime


def agreement_versions(store_path: Path, agreement_id: str | None = None) -> list[AgreementVersion]:
    """All versions of one agreement, or of all, by id and version."""
    table = TABLES["agreement"]
    question = sa.select(table).order_by(table.c.agreement_id, table.c.version)
    if agreement_id is not None:
        question = question.where(table.c.agreement_id == agreement_id)
    return [_version(row) for row in rows(store_path, question)]


def agreements(store_path: Path, *, on: date | None = None) -> list[Agreement]:
    """The latest version of every agreement by id; with `on`, of those that hold on that day."""
    latest = {one.agreement.agreement_id: one.agreement for one in agreement_versions(store_path)}
    return [one for one in latest.values() if on is None or one.is_live(on)]


def agreement(store_path: Path, agreement_id: str) -> Agreement:
    """The latest version of one agreement. Raises RefusedInput, naming those there are."""
    found = {one.agreement_id: one for one in agreements(store_path)}
    if agreement_id not in found:
        known = ", ".join(found) or "none yet"
        raise RefusedInput(f"There is no agreement {agreement_id!r}. Agreements: {known}.")
    return found[agreement_id]


def live_agreement(store_path: Path, supplier_id: str, feed_id: str, on: date) -> Agreement | None:
    """The agreement under which a supplier's feed may be taken in on a day, None where there is none.

    Of several, the one that names the supplier and the feed themselves, then the one that began last.
    """
    return live_among(agreements(store_path), supplier_id, feed_id, on)


def live_among(known: Iterable[Agreement], supplier_id: str, feed_id: str, on: date) -> Agreement | None:
    """The same of agreements that have been read already."""
    fitting = [one for one in known if one.is_live(on) and one.covers(supplier_id, feed_id)]
    return max(fitting, key=_precedence, default=None)


def limits(store_path: Path, feed_id: str, *, on: date) -> Limits:
    """What the agreements that hold on a day allow of a feed's figures: the narrowest of each limit."""
    if feed(feed_id).licence:
        return OPEN_DATA
    return strictest(one for one in agreements(store_path, on=on) if {feed_id, ALL} & set(one.feed_ids))


def save_agreement(
    store_path: Path, one: Agreement, *, recorded_by: str, recorded_at: datetime, reason: str = ""
) -> Agreement:
    """Record an agreement as the next version of its id, and give that version back.

    The same as the version on record adds nothing. Raises AgreementError with every fault.
    """
    faults = [*blank({"by": recorded_by}), *supplier_faults(one, all_suppliers(store_path))]
    if faults:
        raise agreement_error(one.agreement_id, faults)
    earlier = [each.agreement for each in agreement_versions(store_path, one.agreement_id)]
    version = earlier[-1].version if earlier else 0
    if earlier and earlier[-1] == one.model_copy(update={"version": version}):
        return earlier[-1]
    return _add(
        store_path,
        one.model_copy(update={"version": version + 1}),
        {"change_reason": reason, "recorded_by": recorded_by, "recorded_at": recorded_at},
    )


def end_agreement(
    store_path: Path, agreement_id: str, *, on: date, reason: str, recorded_by: str, recorded_at: datetime
) -> Agreement:
    """End an agreement, `on` being the last day on which it holds, and give the new version back.

    It goes on counting for the days before. Raises RefusedInput for a draft, for one that has ended,
    and for a day before its start.
    """
    one = agreement(store_path, agreement_id)
    faults = blank({"by": recorded_by, "reason": reason})
    if one.status != "live":
        faults.append(f"status: it is {one.status}, and only a live agreement can be ended")
    if on < one.start_day:
        faults.append(f"on: {on} is before its first day {one.start_day}")
    refuse(f"The end of {agreement_id}", faults)
    ended = one.model_copy(update={"status": "ended", "end_day": on, "version": one.version + 1})
    record = {"change_reason": reason, "recorded_by": recorded_by, "recorded_at": recorded_at}
    return _add(store_path, ended, record)


def _add(store_path: Path, one: Agreement, record: dict[str, Any]) -> Agreement:
    with writing(store_path, f"The agreement {one.agreement_id}") as connection:
        insert(connection, "agreement", {**_entry(one), **record})
        add_event(
            connection,
            "end agreement" if one.status == "ended" else "record agreement",
            one.agreement_id,
            happened_at=record["recorded_at"],
            detail={"version": one.version, "status": one.status},
            actor=record["recorded_by"],
        )
    return one


def _precedence(one: Agreement) -> tuple[int, date, str]:
    named = (ALL not in one.supplier_ids) + (ALL not in one.feed_ids)
    return named, one.start_day, one.agreement_id


def _entry(one: Agreement) -> dict[str, Any]:
    values = one.model_dump()
    lists = {column: json.dumps(values.pop(name), ensure_ascii=False) for column, name in _LISTS.items()}
    return {**values, **lists}


def _version(row: dict[str, Any]) -> AgreementVersion:
    record = {name: row.pop(name) for name in _RECORD_COLUMNS}
    values = {_LISTS.get(name, name): value for name, value in row.items() if value is not None}
    lists = {name: tuple(json.loads(values[name])) for name in _LISTS.values() if name in values}
    # Not checked again: what was right when it was recorded must stay readable when the lists change.
    return AgreementVersion(Agreement.model_construct(**{**values, **lists}), **record)
