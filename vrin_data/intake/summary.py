"""What became of each submission: its row in the build, its warnings, and the result that is printed."""

from dataclasses import replace
from typing import Any

import duckdb
import pandas as pd

from vrin_data.intake.profiles import UnusedValue
from vrin_data.intake.rejects import RejectedRows
from vrin_data.intake.result import SubmissionResult
from vrin_data.intake.submissions import FileRows, month_sql
from vrin_data.store.frames import write_frame


def accepted_rows(connection: duckdb.DuckDBPyConnection, rows: FileRows, fresh: pd.DataFrame) -> pd.DataFrame:
    """The accepted submissions of a file as rows of the table `submission`, and earlier_id."""
    answer = connection.execute("select coalesce(max(submission_id), 0) from submission").fetchone()
    first = int(answer[0]) + 1 if answer else 1
    start = pd.to_datetime(fresh["recorded_month"])
    return pd.DataFrame(
        {
            "submission_id": range(first, first + len(fresh)),
            "supplier_id": fresh["supplier_id"].to_numpy(),
            "feed_id": rows.feed.id,
            "period_start": start.to_numpy(),
            "period_end": (start + pd.DateOffset(months=1)).to_numpy(),
            "mode": rows.feed.mode,
            "status": "accepted",
            "file_name": rows.source.name,
            "file_hash": rows.source.file_hash,
            "content_hash": fresh["content_hash"].to_numpy(),
            "received_at": rows.received_at,
            "rows_in_count": (fresh["rows_kept"] + fresh["rows_rejected"]).to_numpy(),
            "rows_kept_count": fresh["rows_kept"].to_numpy(),
            "rows_rejected_count": fresh["rows_rejected"].to_numpy(),
            "incident_count": fresh["incidents"].to_numpy(),
            "is_simulated": fresh["is_simulated"].to_numpy(),
            "earlier_id": fresh["earlier_id"].to_numpy(),
        }
    )


def count_unused(connection: duckdb.DuckDBPyConnection, rows: FileRows, unused: list[UnusedValue]) -> None:
    """Make the temporary table `unused`: how many good rows of `row` hold each value that could not be used."""
    connection.execute(
        "create or replace temp table unused (supplier_id varchar, month date, rule varchar, column_name varchar, "
        "raw_value varchar, row_count bigint)"
    )
    for column in dict.fromkeys(one.column for one in unused):
        said = [(one.raw, one.value, one.rule) for one in unused if one.column == column]
        write_frame(connection, "said", pd.DataFrame(said, columns=["raw", "shown", "rule"], dtype="str"))
        connection.execute(
            f"""
            insert into unused
            select supplier_id, {month_sql(rows.feed)}, said.rule, $column, said.shown, count(*)
            from row
            join said on said.raw = coded_{column}::varchar
            where fault_bits = 0
            group by all
            """,
            {"column": column},
        )


def write_warnings(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep in the build what `unused` counts, with the submissions that were just numbered."""
    connection.execute(
        """
        insert into intake_warning
        select submission_id, rule, column_name, raw_value, row_count
        from unused
        join numbered using (supplier_id, month)
        order by all
        """
    )


def result_of(
    rows: FileRows, one: dict[str, Any], rejected: RejectedRows, warnings: tuple[str, ...]
) -> SubmissionResult:
    """One submission's result."""
    is_unchanged = bool(one["is_unchanged"])
    earlier = one["earlier_rows"]
    return SubmissionResult(
        file=rows.source.name,
        supplier=one["supplier_id"],
        feed=rows.feed.id,
        period=pd.Timestamp(one["recorded_month"]).strftime("%Y-%m"),
        mode=rows.feed.mode,
        rows_in=int(one["rows_kept"] + one["rows_rejected"]),
        rows_kept=int(one["rows_kept"]),
        rows_rejected=int(one["rows_rejected"]),
        incidents=int(one["incidents"]),
        outcomes=int(one["outcomes"]),
        status="unchanged" if is_unchanged else "accepted",
        reason="the same rows stand in the build already" if is_unchanged else "",
        replaces_rows=None if is_unchanged or pd.isna(earlier) else int(earlier),
        warnings=warnings,
        rejected_reasons=rejected.reasons if one["rows_rejected"] else {},
    )


def bare_month_result(
    rows: FileRows, key: tuple[str, Any], row_count: int, rejected: RejectedRows, *, is_news: bool
) -> SubmissionResult:
    """A supplier's month of which every row of the file was rejected: nothing of it was taken."""
    supplier, month = key
    return replace(
        loose_result(rows, row_count, rejected, is_news=True),
        supplier=supplier,
        period=pd.Timestamp(month).strftime("%Y-%m"),
        status="stopped" if is_news else "unchanged",
        reason="every row of this month was rejected; what the build held of it stays",
    )


def loose_result(
    rows: FileRows, row_count: int, rejected: RejectedRows, *, is_news: bool
) -> SubmissionResult:
    """The rejected rows of a file that tell neither supplier nor month, as an entry of their own."""
    return SubmissionResult(
        file=rows.source.name,
        supplier=None,
        feed=rows.feed.id,
        period=None,
        mode=rows.feed.mode,
        rows_in=row_count,
        rows_kept=0,
        rows_rejected=row_count,
        incidents=0,
        outcomes=0,
        status="accepted" if is_news else "unchanged",
        reason="rejected rows that cannot be given to a month",
        rejected_reasons=rejected.reasons,
    )
