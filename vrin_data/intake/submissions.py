"""One file's rows as submissions: compared with what the build holds, then put in their place."""

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pandas as pd

from vrin_data.contract.feeds import Feed
from vrin_data.intake.profiles import AGES, add_profiles, profile_key_sql, raw_key_sql
from vrin_data.intake.unpack import SourceFile
from vrin_data.store.frames import add_rows


@dataclass(frozen=True)
class FileRows:
    """What the statements of this module need to know of a file."""

    source: SourceFile
    feed: Feed
    values: dict[str, list[str]]
    received_at: datetime


def make_rows(connection: duckdb.DuckDBPyConnection, file: FileRows) -> None:
    """Make the temporary table `kept`: the good rows of `row` with month, point, people and profile key.

    Where the feed repeats a key for several outcomes of one crime, rows of one supplier, month and
    key share an incident, that of their first line; otherwise every row is one, equal rows included.
    """
    first_line = "line_number"
    if file.feed.repeated_key == "one_incident":
        first_line = (
            "case when record_key is null then line_number "
            "else min(line_number) over (partition by supplier_id, recorded_month, record_key) end"
        )
    has = file.values
    given = (
        "nullif(trim(coded_given_area_code::varchar), '')" if "given_area_code" in has else "null::varchar"
    )
    simulated = (
        "lower(trim(coded_simulated::varchar)) not in ('', 'no', 'real')" if "simulated" in has else "false"
    )
    ages = [f"{name}_of.age as {name}" if name in has else f"null::smallint as {name}" for name in AGES]
    age_joins = [
        f"left join {name}_of on {name}_of.raw = coded_{name}::varchar" for name in AGES if name in has
    ]
    connection.execute(
        f"""
        create or replace temp table kept as
        with dated as (
            select
                line_number,
                supplier_id,
                {month_sql(file.feed)} as recorded_month,
                record_key,
                recorded_at,
                recorded_at_has_time,
                event_start_at,
                event_start_at_has_time,
                event_end_at,
                offence_text,
                outcome,
                {given} as given_area_code,
                coalesce({simulated}, false) as is_simulated,
                coalesce(easting, east_m) as easting_m,
                coalesce(northing, north_m) as northing_m,
                {", ".join(ages)},
                combination.combo,
                combination.base_key
            from row
            join combination on combination.raw_key = ({raw_key_sql(has)})
            left join degrees using (longitude, latitude)
            {" ".join(age_joins)}
            where fault_bits = 0
        )
        select * exclude (base_key), {first_line} as first_line, {profile_key_sql()} as profile_key
        from dated
        """
    )
    connection.execute("drop view row; drop table typed")


def month_sql(feed: Feed) -> str:
    """The month a row of a feed counts in."""
    return (
        "recorded_month" if feed.period_from == "recorded_month" else "date_trunc('month', recorded_at)::date"
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
                supplier_id::varchar as supplier_id,
                recorded_month,
                count(*) as rows_kept,
                count(*) filter (line_number = first_line) as incidents,
                count(outcome) as outcomes,
                bool_or(is_simulated) as is_simulated,
                count(*) || '-' || sum(
                    hash(
                        raw_hash, victim_age, suspect_age, record_key, recorded_at, event_start_at, event_end_at,
                        offence_text, outcome, given_area_code, easting_m, northing_m
                    )::hugeint
                )::varchar as content_hash
            from kept
            join combination using (combo)
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
    add_rows(connection, "submission", accepted.drop(columns=["earlier_id"]))
    add_profiles(connection, "kept")
    connection.execute(
        "create or replace temp table numbered (supplier_id varchar, month date, submission_id integer)"
    )
    connection.execute(
        """
        insert into numbered
        select supplier_id, period_start, submission_id
        from submission
        where submission_id in (select unnest($numbers::integer[]))
        """,
        {"numbers": [int(number) for number in accepted["submission_id"]]},
    )
    connection.execute(
        """
        create or replace temp view entering as
        select
            numbered.submission_id,
            kept_and_place.*,
            combination.offence_raw,
            combination.victim_sex,
            combination.suspect_sex,
            $first + first_line as incident_id
        from (select * from kept positional join place) as kept_and_place
        join combination using (combo)
        join numbered
            on numbered.supplier_id = kept_and_place.supplier_id and numbered.month = kept_and_place.recorded_month
        """.replace("$first", str(_last_incident(connection)))
    )
    for statement in (_INCIDENTS, _PERSONS, _OUTCOMES):
        connection.execute(statement)
    connection.execute("drop view entering; drop table kept; drop table place")


def _last_incident(connection: duckdb.DuckDBPyConnection) -> int:
    answer = connection.execute("select coalesce(max(incident_id), 0) from incident").fetchone()
    return int(answer[0]) if answer else 0


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
        "update submission set status = 'superseded' where submission_id in (select unnest($ids::integer[]))",
        bound,
    )


_INCIDENTS = """
    insert into incident by name
    select
        incident_id,
        submission_id,
        profile_id,
        area_id,
        record_key,
        line_number as source_line,
        recorded_month,
        recorded_at,
        case
            when recorded_at is null then 'month'
            when recorded_at_has_time then 'minute'
            else 'day'
        end as recorded_precision,
        event_start_at,
        event_end_at,
        case
            when event_start_at is null then 'not_recorded'
            when event_start_at_has_time then 'minute'
            else 'day'
        end as event_precision,
        offence_raw,
        offence_text,
        easting_m,
        northing_m,
        given_area_code,
        place_precision,
        1 as signed_quantity
    from entering
    join profile using (profile_key)
    where line_number = first_line
"""

_PERSONS = """
    insert into person by name
    select incident_id, role, age_years, sex
    from (
        select incident_id, 'victim' as role, victim_age as age_years, victim_sex as sex
        from entering
        where victim_age is not null or victim_sex <> 'not_recorded'
        union all
        select incident_id, 'suspect', suspect_age, suspect_sex
        from entering
        where suspect_age is not null or suspect_sex <> 'not_recorded'
    )
"""

_OUTCOMES = """
    insert into outcome by name
    select incident_id, line_number as source_line, outcome as outcome_raw
    from entering
    where outcome is not null
"""
