"""Rows that were not taken: what the data lead browses, sends back and has corrected."""

from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from vrin_data.errors import EmptyStore
from vrin_data.measures.answer import Answer
from vrin_data.measures.stamp import Stamp
from vrin_data.store import Store

OF_NO_PERIOD = "none"
"""The period of rows that could be given to no submission."""
_FROM = f"""
    from rejected_row
    left join submission using (submission_id)
    left join supplier on supplier.supplier_id = rejected_row.supplier_id
    where ($supplier is null or coalesce(rejected_row.supplier_id, '') = $supplier)
        and ($feed is null or rejected_row.feed_id = $feed)
        and ($file is null or rejected_row.file_name = $file)
        and ($rule is null or rejected_row.rule = $rule)
        and ($period is null or coalesce(strftime(submission.period_start, '%Y-%m'), '{OF_NO_PERIOD}') = $period)
"""
_WHO = """
        coalesce(rejected_row.supplier_id, '') as supplier_id,
        coalesce(supplier.supplier_name, rejected_row.supplier_id, 'not told') as supplier_name,
        rejected_row.feed_id,
        submission.period_start as period_start,
        rejected_row.file_name,
"""
SQL = f"""
    select
{_WHO}
        line_number,
        coalesce(column_name, '') as column_name,
        raw_value,
        rule,
        reason,
        row_json
{_FROM}
    order by rejected_row.feed_id, rejected_row.file_name, line_number, rule
    limit $most
"""
COUNTS_SQL = f"""
    select
{_WHO}
        rule,
        coalesce(column_name, '') as column_name,
        count(distinct line_number)::bigint as row_count,
        count(distinct line_number) filter (where row_json is not null)::bigint as kept_count
{_FROM}
    group by all
    order by row_count desc, supplier_name, rejected_row.feed_id, period_start, file_name, rule, column_name
"""
PERIODS_SQL = f"""
    select
{_WHO}
        count(distinct line_number)::bigint as row_count,
        any_value(submission.rows_in_count)::bigint as rows_in_count
{_FROM}
    group by all
    order by supplier_name, rejected_row.feed_id, period_start, rejected_row.file_name
"""
EVERYTHING = 2**62


@dataclass(frozen=True)
class RejectedRequest:
    """Which rejected rows: of a supplier ('' for not told), a feed, a file, a rule; None for all.

    `period` is the first month of a submission as 2026-03, or OF_NO_PERIOD. `most` is the most reasons
    that are wanted.
    """

    supplier: str | None = None
    feed: str | None = None
    file: str | None = None
    rule: str | None = None
    period: str | None = None
    most: int | None = None


def rejected(store: Store, request: RejectedRequest) -> Answer:
    """Rows of the current build that were not taken, by feed, file and line; one row a reason.

    Columns: supplier_id ('' where not told), supplier_name, feed_id, period_start (NULL where the row
    belongs to no submission), file_name, line_number, column_name, raw_value and row_json (the whole
    row by the file's headings; both NULL where the value must not be kept), rule, reason.
    """
    bound = {**asdict(request), "most": request.most or EVERYTHING}
    return _answer(store, "rejected rows", SQL, bound, request)


def rejected_counts(store: Store, request: RejectedRequest) -> Answer:
    """How many rows broke which rule, most first; a row that broke several stands under each.

    Columns: supplier_id, supplier_name, feed_id, period_start, file_name, rule, column_name, row_count,
    kept_count (rows whose values are kept, so that they can be corrected).
    """
    return _answer(store, "rejected counts", COUNTS_SQL, _conditions(request), request)


def rejected_periods(store: Store, request: RejectedRequest) -> Answer:
    """How many rows were rejected of each supplier's feed, period and file, each row counted once.

    Columns: supplier_id, supplier_name, feed_id, period_start, file_name, row_count, rows_in_count (of
    the submission; NULL where the rows belong to none).
    """
    return _answer(store, "rejected periods", PERIODS_SQL, _conditions(request), request)


def _conditions(request: RejectedRequest) -> dict[str, Any]:
    return {name: value for name, value in asdict(request).items() if name != "most"}


def _answer(store: Store, name: str, sql: str, bound: dict[str, Any], request: RejectedRequest) -> Answer:
    build_id = store.current_build()
    if build_id is None:
        raise EmptyStore("The store holds no data yet, so no row was rejected.")
    frame = store.query(name, sql, bound, build_id=build_id)
    return Answer(frame, _stamp(store, build_id, request))


def _stamp(store: Store, build_id: str, request: RejectedRequest) -> Stamp:
    head = store.query("build", "select created_at from build", build_id=build_id).iloc[0]
    told = store.query(
        "simulated",
        "select coalesce(bool_or(is_simulated), false) as told, max(period_start) as last from submission",
        build_id=build_id,
    )
    last = told["last"].iloc[0]
    return Stamp(
        build=build_id,
        built_at=head["created_at"].to_pydatetime(),
        data_to=None if pd.isna(last) else last.date(),
        feed=request.feed or "all feeds",
        period=request.period or "all periods",
        notes=("each row stands once for every rule it broke; rows in = kept + rejected",),
        is_simulated=bool(told["told"].iloc[0]),
    )
