"""Removing what is past the time for which its agreement allows it to be kept."""

from dataclasses import dataclass
from datetime import date, datetime

import duckdb

from vrin_data.contract.periods import later
from vrin_data.intake.facts import rebuild_facts
from vrin_data.records import agreements, log_event
from vrin_data.store import Store, rewrite_builds

ROWS_OF = ("incident", "rejected_row", "intake_warning", "submission_change")


@dataclass(frozen=True)
class Purged:
    """Rows of one submission that one build no longer holds."""

    build_id: str
    supplier_id: str
    feed_id: str
    period_start: date
    agreement_id: str
    row_count: int


def purge(store: Store, *, on: date, at: datetime, dry_run: bool = False) -> list[Purged]:
    """Remove rows whose agreement's time is past on a day, from the current build and all earlier ones.

    The submission itself stays on record without rows. With `dry_run` nothing is removed and the
    list says what would be.
    """
    limits = {
        one.agreement_id: later(on.replace(day=1), -one.retention_months)
        for one in agreements(store.path)
        if one.retention_months
    }
    if dry_run:
        return [found for build_id in store.build_ids() for found in _found(store, build_id, limits)]
    removed: list[Purged] = []
    rewrite_builds(store, lambda build_id: _Removal(build_id, limits, removed).run)
    if removed:
        detail = {
            "builds": sorted({one.build_id for one in removed}),
            "submissions": len({(one.supplier_id, one.feed_id, one.period_start) for one in removed}),
            "rows": sum(one.row_count for one in removed),
        }
        log_event(store.path, "purge", f"retention on {on}", happened_at=at, detail=detail)
    return removed


@dataclass(frozen=True)
class _Removal:
    build_id: str
    limits: dict[str, date]
    removed: list[Purged]

    def run(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Remove the expired rows of one build and add them to the list; False where there are none."""
        rows = connection.execute(_EXPIRED_SQL, _bound(self.limits)).fetchall()
        if not rows:
            return False
        ids = {"ids": [int(row[0]) for row in rows]}
        gone = "(select incident_id from incident where submission_id in (select unnest($ids::integer[])))"
        for table in ("person", "outcome"):
            connection.execute(f"delete from {table} where incident_id in {gone}", ids)
        for table in ROWS_OF:
            connection.execute(
                f"delete from {table} where submission_id in (select unnest($ids::integer[]))", ids
            )
        connection.execute(
            "update submission set status = 'purged' where submission_id in (select unnest($ids::integer[]))",
            ids,
        )
        rebuild_facts(connection)
        self.removed.extend(Purged(self.build_id, *row[1:]) for row in rows)
        return True


def _found(store: Store, build_id: str, limits: dict[str, date]) -> list[Purged]:
    frame = store.query("rows past their time", _EXPIRED_SQL, _bound(limits), build_id=build_id)
    return [
        Purged(
            build_id,
            row.supplier_id,
            row.feed_id,
            row.period_start.date(),
            row.agreement_id,
            int(row.row_count),
        )
        for row in frame.itertuples(index=False)
    ]


def _bound(limits: dict[str, date]) -> dict[str, list[str] | list[date]]:
    return {"agreements": list(limits), "before": list(limits.values())}


_EXPIRED_SQL = """
    with expiry as (
        select unnest($agreements::varchar[]) as agreement_id, unnest($before::date[]) as before_day
    ),
    held as (
        select submission_id, count(*) as row_count
        from (
            select submission_id from incident
            union all
            select submission_id from rejected_row where submission_id is not null
        )
        group by submission_id
    )
    select
        submission.submission_id,
        submission.supplier_id,
        submission.feed_id,
        submission.period_start,
        submission.agreement_id,
        held.row_count
    from submission
    join held using (submission_id)
    join expiry using (agreement_id)
    where submission.period_end <= expiry.before_day
    order by submission.submission_id
"""
