"""A period that a check took for partial, confirmed as whole by a named person, and that taken back."""

from datetime import date, datetime

from vrin_data.errors import RefusedInput
from vrin_data.records import record_override
from vrin_data.store import NothingToPublish, Store, publish_build

_FOUND_SQL = """
    select submission_id
    from submission
    where supplier_id = $supplier
        and feed_id = $feed
        and period_start <= $day
        and period_end > $day
        and status = 'accepted'
        and submission_id in (select submission_id from submission_check where level = 'partial')
"""
_CONFIRM_SQL = """
    update submission
    set confirmed_by = $person, is_partial = $person is null
    where submission_id in (select unnest($numbers::integer[]))
"""


def confirm_whole(
    store: Store, supplier_id: str, feed_id: str, month: date, *, person: str, reason: str, at: datetime
) -> str:
    """Let a partial period count as whole, on record; the id of the build that says so.

    A later version of the period is judged anew. Raises RefusedInput where no check doubts the
    period, or the name or the reason is blank.
    """
    if not person.strip() or not reason.strip():
        raise RefusedInput("A period is confirmed as whole by a named person with a reason; give both.")
    subject = f"{supplier_id} {feed_id} {month:%Y-%m}"
    build_id = _mark(store, supplier_id, feed_id, month, person.strip(), f"confirm {subject}", at)
    record_override(
        store.path, "partial_confirmed", subject, person=person.strip(), reason=reason.strip(), recorded_at=at
    )
    return build_id


def doubt_again(store: Store, supplier_id: str, feed_id: str, month: date, *, at: datetime) -> str:
    """Take a confirmation back: the period is partial again; the id of the build that says so."""
    subject = f"{supplier_id} {feed_id} {month:%Y-%m}"
    return _mark(store, supplier_id, feed_id, month, None, f"doubt {subject}", at)


def _mark(
    store: Store,
    supplier_id: str,
    feed_id: str,
    month: date,
    person: str | None,
    reason: str,
    at: datetime,
) -> str:
    build_id: str | None = None
    with publish_build(store, reason=reason, created_at=at) as draft:
        bound = {"supplier": supplier_id, "feed": feed_id, "day": month}
        numbers = [int(row[0]) for row in draft.connection.execute(_FOUND_SQL, bound).fetchall()]
        if not numbers:
            raise NothingToPublish
        draft.connection.execute(_CONFIRM_SQL, {"person": person, "numbers": numbers})
        build_id = draft.build_id
    if build_id is None:
        raise RefusedInput(
            f"{supplier_id} {feed_id} {month:%Y-%m}: no check has taken this period for partial, so there is nothing "
            "to confirm."
        )
    return build_id
