"""One file's rows as submissions: compared with what the build holds, then put in their place."""

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pandas as pd

from vrin_data.contract.feeds import Feed
from vrin_data.intake.profiles import raw_key_sql
from vrin_data.intake.unpack import SourceFile

ACCEPTED, UNCHANGED = "accepted", "unchanged"


@dataclass(frozen=True)
class FileRows:
    """What the statements of this module need to know of a file."""

    source: SourceFile
    feed: Feed
    values: dict[str, list[str]]
    received_at: datetime


def make_rows(connection: duckdb.DuckDBPyConnection, file: FileRows) -> None:
    """Make the temporary table `kept`: the good rows of `row` with profile, point, month and incident.

    Where the feed repeats a key for several outcomes of one crime, rows of one supplier, month and
    key share an incident; otherwise every row is one, equal rows included.
    """
    repeated = (
        "case when record_key is null then line_number "
        "else min(line_number) over (partition by supplier_id, recorded_month, record_key) end"
    )
    first_line = repeated if file.feed.repeated_key == "one_incident" else "line_number"
    given = "nullif(trim(coded_given_area_code::varchar), '')" if "given_area_code" in file.values else "null::varchar"
    simulated = "lower(trim(coded_simulated::varchar)) not in ('', 'no', 'real')" if "simulated" in file.values else "false"
    period = "recorded_month" if file.feed.period_from == "recorded_month" else "date_trunc('month', recorded_at)::date"
    connection.execute(
        f"""
        create or replace temp table kept as
        with dated as (
            select
                row.* exclude (recorded_month),
                {period} as recorded_month,
                {given} as given_area_code,
                coalesce({simulated}, false) as is_simulated,
                {raw_key_sql(file.values)} as raw_key
            from row
            where fault_bits = 0
        )
        select
            line_number,
            {first_line} as first_line,
            supplier_id,
            recorded_month,
            record_key,
            recorded_at,
            recorded_at_has_time,
            event_start_at,
            event_start_at_has_time,
            event_end_at,
            offence_text,
            outcome,
            given_area_code,
            is_simulated,
            raw_key,
            coalesce(easting, east_m) as easting_m,
            coalesce(northing, north_m) as northing_m
        from dated
        left join degrees using (longitude, latitude)
        """
    )


def submissions_of(connection: duckdb.DuckDBPyConnection, file: FileRows) -> pd.DataFrame:
    """One row per supplier and month of `kept`, beside the accepted submission it would replace.

    Columns: supplier_id, recorded_month, rows_kept, incidents, outcomes, is_simulated, content_hash,
    earlier_id, earlier_rows, earlier_hash (NULL where there is none).
    """
    return connection.execute(
        """
        with incoming as (
            select
                supplier_id,
                recorded_month,
                count(*) as rows_kept,
                count(*) filter (line_number = first_line) as incidents,
                count(outcome) as outcomes,
                bool_or(is_simulated) as is_simulated,
                count(*) || '-' || sum(
                    hash(
                        raw_hash, record_key, recorded_at, event_start_at, event_end_at, offence_text, outcome,
                        given_area_code, easting_m, northing_m
                    )::hugeint
                )::varchar as content_hash
            from kept
            join combination using (raw_key)
            group by supplier_id, recorded_month
        )
        select
            incoming.*,
            submission.submission_id as earlier_id,
            submission.rows_kept_count as earlier_rows,
            submission.rows_rejected_count as earlier_rejected,
            submission.content_hash as earlier_hash
        from incoming
        left join submission
            on submission.supplier_id = incoming.supplier_id
            and submission.period_start = incoming.recorded_month
            and submission.feed_id = $feed_id
            and submission.status = 'accepted'
        order by supplier_id, recorded_month
        """,
        {"feed_id": file.feed.id},
    ).df()


def put_in(connection: duckdb.DuckDBPyConnection, file: FileRows, accepted: pd.DataFrame) -> None:
    """Replace what the build holds of the accepted submissions' periods by their rows.

    `accepted` has one row per submission: the columns of the table `submission` and earlier_id.
    """
    _take_out(connection, [int(number) for number in accepted["earlier_id"].dropna()])
    connection.register("accepted_frame", accepted.drop(columns=["earlier_id"]))
    try:
        connection.execute("insert into submission by name select * from accepted_frame")
    finally:
        connection.unregister("accepted_frame")
    connection.execute(
        """
        create or replace temp table entering as
        select
            submission.submission_id,
            kept.*,
            (select coalesce(max(incident_id), 0) from incident) + first_line as incident_id
        from kept
        join submission
            on submission.supplier_id = kept.supplier_id
            and submission.period_start = kept.recorded_month
            and submission.feed_id = $feed_id
            and submission.status = 'accepted'
            and submission.file_name = $file_name
            and submission.received_at = $received_at
        """,
        {"feed_id": file.feed.id, "file_name": file.source.name, "received_at": file.received_at},
    )
    connection.execute(_INCIDENTS)
    connection.execute(_PERSONS)
    connection.execute(_OUTCOMES)
    connection.execute("drop table entering; drop table kept")


def _take_out(connection: duckdb.DuckDBPyConnection, submission_ids: list[int]) -> None:
    if not submission_ids:
        return
    bound = {"ids": submission_ids}
    gone = "(select incident_id from incident where submission_id in (select unnest($ids::integer[])))"
    for table in ("person", "outcome"):
        connection.execute(f"delete from {table} where incident_id in {gone}", bound)
    for table in ("incident", "rejected_row", "intake_warning"):
        connection.execute(
            f"delete from {table} where submission_id in (select unnest($ids::integer[]))", bound
        )
    connection.execute(
        "update submission set status = 'superseded' where submission_id in (select unnest($ids::integer[]))", bound
    )


_INCIDENTS = """
    insert into incident by name
    select
        entering.incident_id,
        entering.submission_id,
        combination.profile_id,
        place.area_id,
        entering.record_key,
        entering.line_number as source_line,
        entering.recorded_month,
        entering.recorded_at,
        case
            when recorded_at is null then 'month'
            when recorded_at_has_time then 'minute'
            else 'day'
        end as recorded_precision,
        entering.event_start_at,
        entering.event_end_at,
        case
            when event_start_at is null then 'not_recorded'
            when event_start_at_has_time then 'minute'
            else 'day'
        end as event_precision,
        combination.offence_raw,
        entering.offence_text,
        entering.easting_m,
        entering.northing_m,
        entering.given_area_code,
        place.place_precision,
        1 as signed_quantity
    from entering
    join combination using (raw_key)
    join place
        on place.supplier_id = entering.supplier_id
        and place.given_area_code is not distinct from entering.given_area_code
        and place.easting_m is not distinct from entering.easting_m
        and place.northing_m is not distinct from entering.northing_m
    where entering.line_number = entering.first_line
"""

_PERSONS = """
    insert into person by name
    select incident_id, role, age_years, sex
    from (
        select incident_id, 'victim' as role, victim_age as age_years, victim_sex as sex
        from entering
        join combination using (raw_key)
        union all
        select incident_id, 'suspect', suspect_age, suspect_sex
        from entering
        join combination using (raw_key)
    )
    where age_years is not null or sex <> 'not_recorded'
"""

_OUTCOMES = """
    insert into outcome by name
    select incident_id, line_number as source_line, outcome as outcome_raw
    from entering
    where outcome is not null
"""
