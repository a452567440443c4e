"""What became of each submission: its row in the build, its warnings, and the result that is printed."""

from dataclasses import replace
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from vrin_data.contract.periods import MONTHS_IN
from vrin_data.intake.profiles import UnusedValue
from vrin_data.intake.rejects import RejectedRows
from vrin_data.intake.result import Status, SubmissionResult
from vrin_data.intake.rows import FileRows
from vrin_data.intake.submissions import NIL
from vrin_data.store.frames import write_frame


def submission_rows(
    connection: duckdb.DuckDBPyConnection, rows: FileRows, fresh: pd.DataFrame
) -> pd.DataFrame:
    """The submissions of a file that are news, as rows of the table `submission`.

    What was drawn before the one that stands is put on record as superseded and takes no place.
    """
    answer = connection.execute("select coalesce(max(submission_id), 0) from submission").fetchone()
    first = int(answer[0]) + 1 if answer else 1
    start = pd.to_datetime(fresh["period_start"])
    length = MONTHS_IN[rows.feed.period_length] if rows.feed.mode == "replace_period" else 1
    is_older = fresh["is_older"].to_numpy()
    replaces = fresh["earlier_id"].where(~fresh["is_older"]) if rows.feed.mode != "net_change" else None
    keys = list(zip(fresh["supplier_id"], [one.date() for one in start], strict=True))
    accepted = rows.terms.accepted
    return pd.DataFrame(
        {
            "submission_id": range(first, first + len(fresh)),
            "supplier_id": fresh["supplier_id"].to_numpy(),
            "feed_id": rows.feed.id,
            "build_id": rows.build_id,
            "replaces_id": pd.array(replaces if replaces is not None else [None] * len(fresh), dtype="Int64"),
            "period_start": start.to_numpy(),
            "period_end": (start + pd.DateOffset(months=length)).to_numpy(),
            "mode": rows.feed.mode,
            "status": np.where(is_older, "superseded", "accepted"),
            "is_nil": (fresh["content_hash"] == NIL).to_numpy(),
            "is_partial": False,
            "file_name": rows.source.name,
            "file_hash": rows.source.file_hash,
            "content_hash": fresh["content_hash"].to_numpy(),
            "received_at": [rows.terms.received(supplier, rows.feed.id, day) for supplier, day in keys],
            "extracted_at": pd.Series([rows.level.extracted_at] * len(fresh), dtype="datetime64[us]"),
            "declared_count": pd.array([rows.level.declared_count] * len(fresh), dtype="Int64"),
            "rows_in_count": (fresh["rows_kept"] + fresh["rows_rejected"]).to_numpy(),
            "rows_kept_count": fresh["rows_kept"].to_numpy(),
            "rows_rejected_count": fresh["rows_rejected"].to_numpy(),
            "incident_count": fresh["incidents"].to_numpy(),
            "rows_corrected_count": 0,
            "is_simulated": fresh["is_simulated"].to_numpy(),
            "agreement_id": [rows.agreements[key] for key in keys],
            "accepted_by": accepted.person if accepted else None,
            "accepted_reason": accepted.reason if accepted else None,
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
            select supplier_id, recorded_month, said.rule, $column, said.shown, count(*)
            from row
            join said on said.raw = coded_{column}::varchar
            where fault_bits = 0
            group by all
            """,
            {"column": column},
        )


def write_warnings(connection: duckdb.DuckDBPyConnection, rows: FileRows) -> None:
    """Keep in the build what `unused` counts, with the submissions that were just numbered."""
    # A delivery of changes, or a snapshot, is one submission whatever months its rows are of.
    own = "and numbered.period_start = unused.month" if rows.feed.mode == "replace_period" else ""
    connection.execute(
        f"""
        insert into intake_warning
        select submission_id, rule, column_name, raw_value, sum(row_count)
        from unused
        join numbered on numbered.supplier_id = unused.supplier_id {own}
        group by all
        order by all
        """
    )


def result_of(
    rows: FileRows, one: dict[str, Any], rejected: RejectedRows, warnings: tuple[str, ...]
) -> SubmissionResult:
    """One submission's result."""
    status, reason = _status(one)
    earlier = one["earlier_rows"]
    return SubmissionResult(
        file=rows.source.name,
        supplier=one["supplier_id"],
        feed=rows.feed.id,
        period=pd.Timestamp(one["period_start"]).strftime("%Y-%m"),
        mode=rows.feed.mode,
        rows_in=int(one["rows_kept"] + one["rows_rejected"]),
        rows_kept=int(one["rows_kept"]),
        rows_rejected=int(one["rows_rejected"]),
        incidents=int(one["incidents"]),
        outcomes=int(one["outcomes"]),
        status=status,
        reason=reason,
        is_nil=one["content_hash"] == NIL,
        replaces_rows=None if status != "accepted" or pd.isna(earlier) else int(earlier),
        warnings=warnings,
        rejected_reasons=rejected.reasons if one["rows_rejected"] else {},
        extracted_at=rows.level.extracted_at.isoformat() if rows.level.extracted_at else None,
        submission_id=None if pd.isna(one.get("submission_id")) else int(one["submission_id"]),
        agreement=rows.agreements.get((one["supplier_id"], pd.Timestamp(one["period_start"]).date()), ""),
    )


def _status(one: dict[str, Any]) -> tuple[Status, str]:
    if one["is_unchanged"]:
        return "unchanged", "the same rows stand in the build already"
    if one["is_older"]:
        return "superseded", "was drawn before the version that stands in the build, which stays"
    return "accepted", ""


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
