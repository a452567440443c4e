"""One file's rows as submissions, beside those of the build that they would replace."""

from datetime import date

import duckdb
import pandas as pd

from vrin_data.contract.periods import MONTHS_IN, later
from vrin_data.intake.rows import FileRows

CONTENT = (
    "raw_hash, victim_age, victim_age_low, suspect_age, suspect_age_low, record_key, recorded_at, event_start_at, "
    "event_end_at, offence_text, place_text, outcome, given_area_code, easting_m, northing_m, quantity, "
    "quantity_high, row_version, gravity, recorded_month"
)
"""What of a row makes its content; texts of coded columns, and what they were taken to mean, stand in raw_hash."""


NIL = "nil"
"""The content hash of a period in which there was nothing to report."""

EARLIER_SQL = {
    "replace_period": "submission.period_start = incoming.period_start",
    # A supplier has one snapshot of a feed at a time.
    "snapshot": "true",
    # Records that change one by one replace no submission; only the same delivery again is known.
    "net_change": "submission.content_hash = incoming.content_hash",
}
"""Which of a supplier's accepted submissions an incoming one stands against, by the feed's mode."""


def submissions_of(connection: duckdb.DuckDBPyConnection, file: FileRows) -> pd.DataFrame:
    """One row per supplier and period of `kept`, beside the accepted submission it would replace.

    Columns: supplier_id, period_start, rows_kept, incidents, outcomes, is_simulated, content_hash,
    earlier_id, earlier_rows, earlier_rejected, earlier_corrected, earlier_hash, earlier_extracted_at
    (NULL where there is none). Periods that the file declares and has no rows of are there with none: nil.
    """
    add_nil = _nil_periods(file)
    same = EARLIER_SQL[file.feed.mode]
    return connection.execute(
        f"""
        with counted as (
            select
                supplier_id::varchar as supplier_id,
                period_start,
                count(*) as rows_kept,
                coalesce(sum(quantity) filter (line_number = first_line and status <> 'deleted'), 0)::bigint
                    as incidents,
                count(outcome) as outcomes,
                bool_or(is_simulated) as is_simulated,
                count(*) || '-' || sum(hash({_content(file)})::hugeint)::varchar as content_hash
            from kept
            join combination using (combo)
            group by supplier_id, period_start
        ),
        nil as (
            select unnest($suppliers::varchar[]) as supplier_id, unnest($periods::date[]) as period_start
        ),
        incoming as (
            select * from counted
            union all
            select supplier_id, period_start, 0, 0, 0, $is_simulated, $nil
            from nil
            anti join counted using (supplier_id, period_start)
        )
        select
            incoming.*,
            submission.submission_id as earlier_id,
            submission.rows_kept_count as earlier_rows,
            submission.rows_rejected_count as earlier_rejected,
            submission.rows_corrected_count as earlier_corrected,
            submission.content_hash as earlier_hash,
            submission.extracted_at as earlier_extracted_at
        from incoming
        left join submission
            on submission.supplier_id = incoming.supplier_id
            and {same}
            and submission.feed_id = $feed_id
            and submission.status = 'accepted'
        order by supplier_id, period_start
        """,
        {"feed_id": file.feed.id, "is_simulated": file.is_simulated, "nil": NIL, **add_nil},
    ).df()


def _content(file: FileRows) -> str:
    """What of a row makes its content; person keys where the file has them, so that others keep the hash they had."""
    return f"{CONTENT}, person_key" if "person_key" in file.present else CONTENT


def _nil_periods(file: FileRows) -> dict[str, list[str] | list[date]]:
    """Every period that a file declares, with its one supplier; nothing where it declares none."""
    if file.level.period is None or file.feed.mode == "net_change" or len(file.senders) != 1:
        return {"suppliers": [], "periods": []}
    step = MONTHS_IN[file.feed.period_length] if file.feed.mode == "replace_period" else 0
    first, after = file.level.period
    periods = [first]
    while step and later(periods[-1], step) < after:
        periods.append(later(periods[-1], step))
    return {"suppliers": [*file.senders] * len(periods), "periods": periods}
