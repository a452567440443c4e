"""The register of breaks: dated events that people recorded, each with a reason, and what was taken back."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from vrin_data.contract.breaks import KINDS, RECORDED, Break, Concern
from vrin_data.contract.feeds import feeds
from vrin_data.errors import UnknownDefinition
from vrin_data.records.checks import blank, refuse
from vrin_data.records.database import insert, writing
from vrin_data.records.definitions import definition_version
from vrin_data.records.events import add_event
from vrin_data.records.suppliers import unknown_supplier
from vrin_data.records.taking_back import standing, take_back

CONCERNS = ("feed_id", "supplier_id", "area_code", "definition_id")


@dataclass(frozen=True)
class RecordedBreak:
    """One break that a person recorded: its number, what it is, when it was recorded, and whether it stands."""

    number: int
    what: Break
    recorded_at: datetime
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str | None = None


def recorded_breaks(store_path: Path, *, with_withdrawn: bool = False) -> list[RecordedBreak]:
    """Breaks that stand, by day; with those taken back on request."""
    found = [_read(row) for row in standing(store_path, "series_break", with_withdrawn=with_withdrawn)]
    return sorted(found, key=lambda one: (one.what.happened_on, one.number))


def record_break(
    store_path: Path,
    happened_on: date,
    *,
    kind: str,
    title: str,
    concern: Concern,
    is_definition_change: bool,
    reason: str,
    recorded_by: str,
    recorded_at: datetime,
) -> int:
    """Record a break and give its number. Raises RefusedInput with every fault.

    Whether there is such an area only a build can tell: the caller asks.
    """
    faults = [*_kind_faults(kind), *blank({"title": title, "reason": reason, "by": recorded_by})]
    refuse("The break", [*faults, *_concern_faults(store_path, concern)])
    entry = {
        "happened_on": happened_on,
        "kind": kind,
        "title": title.strip(),
        **asdict(concern),
        "is_definition_change": is_definition_change,
        "reason": reason.strip(),
        "recorded_by": recorded_by.strip(),
        "recorded_at": recorded_at,
    }
    with writing(store_path, "The break") as connection:
        number = insert(connection, "series_break", entry)
        detail = {"kind": kind, "happened_on": f"{happened_on}", "concerns": concern.words}
        add_event(
            connection,
            "record break",
            f"break {number}",
            happened_at=recorded_at,
            detail=detail,
            actor=recorded_by,
        )
    return number


def withdraw_break(
    store_path: Path, number: int, *, reason: str, withdrawn_by: str, withdrawn_at: datetime
) -> None:
    """Take a break back; it stays on record. Raises RefusedInput where none of this number stands."""
    take_back(
        store_path, "series_break", number, what="break", reason=reason, by=withdrawn_by, at=withdrawn_at
    )


def _read(row: dict) -> RecordedBreak:
    what = Break(
        break_id=f"recorded-{row['break_id']}",
        happened_on=row["happened_on"],
        kind=row["kind"],
        title=row["title"],
        concern=Concern(**{name: row[name] for name in CONCERNS}),
        basis=RECORDED,
        is_definition_change=bool(row["is_definition_change"]),
        recorded_by=row["recorded_by"],
        reason=row["reason"],
    )
    said = (row[name] for name in ("recorded_at", "withdrawn_by", "withdrawn_at", "withdrawn_reason"))
    return RecordedBreak(row["break_id"], what, *said)


def _kind_faults(kind: str) -> list[str]:
    return [] if kind in KINDS else [f"kind: there is no {kind!r}; there is: {', '.join(KINDS)}"]


def _concern_faults(store_path: Path, concern: Concern) -> list[str]:
    faults = []
    if not any(map(concern.is_about_feed, feeds())):
        faults.append(f"feed: there is no {concern.feed_id!r}; there is: {', '.join(feeds())}")
    if concern.supplier_id:
        faults += unknown_supplier(store_path, concern.supplier_id)
    if "@" in concern.definition_id:
        faults.append("definition: give its id alone, since a break concerns it in any version")
    elif concern.definition_id:
        try:
            definition_version(store_path, concern.definition_id)
        except UnknownDefinition as error:
            faults.append(f"definition: {error}")
    return faults
