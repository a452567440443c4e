"""The versions of one supplier's feed and period, and what each changed of the one before."""

from datetime import date

import pandas as pd

from vrin_data.contract.feeds import feed
from vrin_data.contract.periods import later
from vrin_data.errors import UsageError
from vrin_data.measures.answer import Answer
from vrin_data.measures.stamp import Stamp
from vrin_data.store import Store

CHANGES = ("added_count", "vanished_count", "changed_count", "same_count")

# What a version changed stands beside it; NULL for the first, which replaced nothing.
VERSIONS_SQL = """
    with change as (
        select
            submission_id,
            sum(added_count)::bigint as added_count,
            sum(vanished_count)::bigint as vanished_count,
            sum(changed_count)::bigint as changed_count,
            sum(same_count)::bigint as same_count
        from submission_change
        group by submission_id
    )
    select
        row_number() over (order by submission.received_at, submission_id)::integer as version,
        submission_id,
        replaces_id,
        period_start,
        period_end,
        status,
        received_at,
        extracted_at,
        file_name,
        rows_in_count,
        rows_kept_count,
        rows_rejected_count,
        incident_count,
        is_partial,
        is_nil,
        added_count,
        vanished_count,
        changed_count,
        same_count,
        is_simulated
    from submission
    left join change using (submission_id)
    where supplier_id = $supplier
        and feed_id = $feed
        and period_start < $end_day
        and period_end > $first_day
    order by received_at, submission_id
"""
STEPS_SQL = """
    with recursive chain as (
        select submission_id, replaces_id, feed_id, period_start, is_simulated, 1 as step
        from submission
        where submission_id = $later
        union all
        select
            earlier.submission_id,
            earlier.replaces_id,
            earlier.feed_id,
            earlier.period_start,
            earlier.is_simulated,
            step + 1
        from chain
        join submission as earlier on earlier.submission_id = chain.replaces_id
        where chain.submission_id <> $earlier
    )
    select * from chain order by step
"""
# Of several steps the first one's before and the last one's after are exact; what was added, vanished
# or changed is counted in every step in which it was.
COMPARED_SQL = """
    with step as (
        select
            *,
            row_number() over (partition by month, offence_group order by submission_id) as nth,
            row_number() over (partition by month, offence_group order by submission_id desc) as nth_from_last
        from submission_change
        where list_contains($steps::integer[], submission_id)
    )
    select
        month,
        offence_group,
        sum(added_count)::bigint as added_count,
        sum(vanished_count)::bigint as vanished_count,
        sum(changed_count)::bigint as changed_count,
        max(same_count) filter (nth_from_last = 1)::bigint as same_count,
        max(quantity_before_count) filter (nth = 1)::bigint as quantity_before_count,
        max(quantity_after_count) filter (nth_from_last = 1)::bigint as quantity_after_count
    from step
    group by month, offence_group
    order by month, offence_group
"""


def submission_versions(store: Store, supplier_id: str, feed_id: str, month: date) -> Answer:
    """Every submission of a supplier's feed that is about a month, in order of arrival, with its changes.

    Columns: version (from 1), submission_id, replaces_id, period_start, period_end, status, received_at,
    extracted_at, file_name, rows_in_count, rows_kept_count, rows_rejected_count, incident_count,
    is_partial, is_nil, and against the version it replaced added_count, vanished_count, changed_count,
    same_count (records; NULL for one that replaced nothing). Raises UnknownFeed, EmptyStore.
    """
    feed(feed_id)
    first_day = month.replace(day=1)
    bound = {"supplier": supplier_id, "feed": feed_id, "first_day": first_day, "end_day": later(first_day, 1)}
    frame = store.query("versions of a submission", VERSIONS_SQL, bound)
    for name in (*CHANGES, "replaces_id"):
        frame[name] = frame[name].astype("Int64")
    told = frame.pop("is_simulated")
    return Answer(frame, _stamp(store, feed_id, first_day, (), is_simulated=bool(told.any())))


def compare_versions(store: Store, earlier_id: int, later_id: int) -> Answer:
    """What changed between two submissions of one period, by month and group of offences.

    Columns: month, offence_group, added_count, vanished_count, changed_count, same_count (records),
    quantity_before_count, quantity_after_count (events). Between versions that do not follow upon each
    other the steps are added up, and the stamp says so. Raises UsageError where the later one does not
    descend from the earlier one.
    """
    chain = store.query("steps between versions", STEPS_SQL, {"earlier": earlier_id, "later": later_id})
    ids = [int(one) for one in chain["submission_id"]]
    if earlier_id == later_id or earlier_id not in ids:
        raise UsageError(
            f"Submission {later_id} does not replace submission {earlier_id}, directly or by others between "
            "them. Name two versions of one supplier's feed and period, the earlier one first."
        )
    steps = ids[: ids.index(earlier_id)]
    frame = store.query("change between versions", COMPARED_SQL, {"steps": steps})
    frame["month"] = pd.to_datetime(frame["month"])
    notes = [f"submission {later_id} against submission {earlier_id}"]
    if len(steps) > 1:
        notes.append(f"{len(steps)} steps added up: a record that came and went again counts as both")
    last = chain.iloc[0]
    month = last["period_start"].date()
    return Answer(
        frame,
        _stamp(store, last["feed_id"], month, tuple(notes), is_simulated=bool(last["is_simulated"])),
    )


def _stamp(store: Store, feed_id: str, month: date, notes: tuple[str, ...], *, is_simulated: bool) -> Stamp:
    head = store.query("build", "select build_id, created_at from build").iloc[0]
    return Stamp(
        build=str(head["build_id"]),
        built_at=head["created_at"].to_pydatetime(),
        data_to=month,
        feed=feed_id,
        period=f"{month:%B %Y}",
        notes=notes,
        is_simulated=is_simulated,
    )
