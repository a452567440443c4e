"""Rows that were not taken: what the data lead browses, sends back and has corrected."""

from dataclasses import dataclass

from vrin_data.errors import EmptyStore
from vrin_data.measures.answer import Answer
from vrin_data.measures.stamp import Stamp
from vrin_data.store import Store

SQL = """
    select
        coalesce(rejected_row.supplier_id, '') as supplier_id,
        coalesce(supplier.supplier_name, rejected_row.supplier_id, 'not told') as supplier_name,
        rejected_row.feed_id,
        submission.period_start as period_start,
        rejected_row.file_name,
        line_number,
        coalesce(column_name, '') as column_name,
        raw_value,
        rule,
        reason,
        row_json
    from rejected_row
    left join submission using (submission_id)
    left join supplier on supplier.supplier_id = rejected_row.supplier_id
    where ($supplier is null or rejected_row.supplier_id = $supplier)
        and ($feed is null or rejected_row.feed_id = $feed)
        and ($file is null or rejected_row.file_name = $file)
    order by rejected_row.feed_id, rejected_row.file_name, line_number, rule
"""


@dataclass(frozen=True)
class RejectedRequest:
    """Which rejected rows: of a supplier, a feed, a file; None for all."""

    supplier: str | None = None
    feed: str | None = None
    file: str | None = None


def rejected(store: Store, request: RejectedRequest) -> Answer:
    """Rows of the current build that were not taken, by feed, file and line; one row a reason.

    Columns: supplier_id ('' where not told), supplier_name, feed_id, period_start (NULL where the row
    belongs to no submission), file_name, line_number, column_name, raw_value and row_json (the whole
    row by the file's headings; both NULL where the value must not be kept), rule, reason.
    """
    build_id = store.current_build()
    if build_id is None:
        raise EmptyStore("The store holds no data yet, so no row was rejected.")
    bound = {"supplier": request.supplier, "feed": request.feed, "file": request.file}
    frame = store.query("rejected rows", SQL, bound, build_id=build_id)
    head = store.query("build", "select created_at from build", build_id=build_id).iloc[0]
    told = store.query(
        "simulated",
        "select coalesce(bool_or(is_simulated), false) as told from submission",
        build_id=build_id,
    )
    stamp = Stamp(
        build=build_id,
        built_at=head["created_at"].to_pydatetime(),
        data_to=None,
        feed=request.feed or "all feeds",
        period="all periods",
        notes=("each row stands once for every rule it broke; rows in = kept + rejected",),
        is_simulated=bool(told["told"].iloc[0]),
    )
    return Answer(frame, stamp)
