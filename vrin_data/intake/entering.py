"""Accepted rows put in their place: what they replace is compared, taken out, and they go in."""

import duckdb
import pandas as pd

from vrin_data.contract.feeds import Feed
from vrin_data.intake.changes import record_changes
from vrin_data.intake.profiles import add_profiles
from vrin_data.intake.rows import FileRows
from vrin_data.store.frames import add_rows

# A record without a version is older than one with any.
NO_VERSION = -(2**63) + 1


def put_in(connection: duckdb.DuckDBPyConnection, file: FileRows, accepted: pd.DataFrame) -> None:
    """Replace what the build holds of the accepted submissions' periods by their rows.

    `accepted` has one row per submission: the columns of the table `submission`. What a resend
    changes is written down before the earlier rows go.
    """
    add_rows(connection, "submission", accepted)
    add_profiles(connection, "kept")
    current = accepted[accepted["status"] == "accepted"]
    connection.execute(
        "create or replace temp table numbered (supplier_id varchar, period_start date, submission_id integer)"
    )
    connection.execute(
        """
        insert into numbered
        select supplier_id, period_start, submission_id
        from submission
        where submission_id in (select unnest($numbers::integer[]))
        """,
        {"numbers": [int(number) for number in current["submission_id"]]},
    )
    entering = _make_entering(connection)
    replaced = [int(number) for number in current["replaces_id"].dropna()]
    if replaced:
        record_changes(connection, file.feed, current)
    if file.feed.mode == "net_change":
        _settle_versions(connection, file.feed)
        # Ids were given before anything was taken out, so the views are the same but for what came too late.
        for statement in entering:
            connection.execute(
                f"{statement} where incident_id not in (select fresh_id from rival where is_older)"
            )
    _take_out(connection, replaced)
    _enter(connection, file.feed)


def add_to_submissions(connection: duckdb.DuckDBPyConnection, file: FileRows, file_name: str) -> list[int]:
    """Add the rows of `kept`, placed, to the submissions that a file of this name made; their lines.

    A row whose supplier and period no submission of the file is about does not go in.
    """
    add_profiles(connection, "kept")
    connection.execute(
        """
        create or replace temp table numbered as
        select supplier_id, period_start, submission_id
        from submission
        where file_name = $file and feed_id = $feed and status = 'accepted'
        """,
        {"file": file_name, "feed": file.feed.id},
    )
    _make_entering(connection)
    entered = connection.execute("select submission_id, line_number, quantity from entering").fetchall()
    for submission_id in {row[0] for row in entered}:
        own = [row for row in entered if row[0] == submission_id]
        connection.execute(
            """
            update submission
            set
                rows_in_count = rows_in_count + $count,
                rows_kept_count = rows_kept_count + $count,
                rows_corrected_count = rows_corrected_count + $count,
                incident_count = incident_count + $quantity
            where submission_id = $submission_id
            """,
            {"count": len(own), "quantity": sum(row[2] for row in own), "submission_id": submission_id},
        )
    _enter(connection, file.feed)
    return sorted(row[1] for row in entered)


def _make_entering(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Make the views of the rows that go in, with their submission and number; the statements.

    `entering` has no places and is quicker for that; `entering_placed` has them.
    """
    first = str(_last_incident(connection))
    statements = [
        _ENTERING.format(view=view, rows=rows, first=first)
        for view, rows in (("entering", "kept"), ("entering_placed", "placed"))
    ]
    for statement in statements:
        connection.execute(statement)
    return statements


def _enter(connection: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    connection.execute(_INCIDENTS, {"scale": feed.gravity_scale or None})
    for statement in (_persons_sql(feed), _outcomes_sql(feed)):
        connection.execute(statement)
    for made in ("view entering", "view entering_placed", "view placed", "view kept", "table good"):
        connection.execute(f"drop {made}")


def _settle_versions(connection: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    """Take out the records that come in a later version; `rival` says which come in an earlier one."""
    connection.execute(
        f"""
        create or replace temp table rival as
        select
            entering.incident_id as fresh_id,
            incident.incident_id as known_id,
            coalesce(entering.row_version, {NO_VERSION}) < coalesce(incident.row_version, {NO_VERSION})
                or (
                    entering.row_version is not distinct from incident.row_version
                    and coalesce(fresh.extracted_at < known.extracted_at, false)
                ) as is_older
        from entering
        join submission as fresh on fresh.submission_id = entering.submission_id
        join submission as known on known.supplier_id = fresh.supplier_id and known.feed_id = $feed
        join incident on incident.submission_id = known.submission_id and incident.record_key = entering.record_key
        where entering.line_number = entering.first_line
        """,
        {"feed": feed.id},
    )
    gone = "(select known_id from rival where not is_older)"
    for table in ("person", "outcome", "incident"):
        connection.execute(f"delete from {table} where incident_id in {gone}")


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


_ENTERING = """
    create or replace temp view {view} as
    select
        numbered.submission_id,
        coming.*,
        combination.offence_raw,
        combination.victim_sex,
        combination.suspect_sex,
        combination.victim_ethnicity,
        combination.suspect_ethnicity,
        {first} + coming.first_line as incident_id
    from {rows} as coming
    join combination using (combo)
    join numbered
        on numbered.supplier_id = coming.supplier_id and numbered.period_start = coming.period_start
"""

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
        place_text,
        place_precision,
        quantity as signed_quantity,
        quantity_high as signed_quantity_high,
        row_version,
        gravity as gravity_count,
        case when gravity is not null then $scale end as gravity_scale
    from entering_placed
    join profile using (profile_key)
    where line_number = first_line
"""


def _persons_sql(feed: Feed) -> str:
    parts = [
        f"""
        select
            incident_id,
            '{role}' as role,
            {who}_age as age_years,
            case when {who}_age is null then {who}_age_low end as age_low_years,
            case when {who}_age is null then {who}_age_high end as age_high_years,
            {who}_sex as sex,
            {who}_ethnicity as ethnicity_raw,
            case when {who}_ethnicity is not null then nullif('{feed.ethnicity_scheme}', '') end as ethnicity_scheme,
            {key} as pseudonym
        from entering
        where line_number = first_line
            and (
                {who}_age_low is not null
                or {who}_sex <> 'not_recorded'
                or {who}_ethnicity is not null
                or {key} is not null
            )
        """
        # A person key is that of whom the row is about; nobody is matched as a suspect.
        for who, role, key in (
            ("victim", feed.victim_role, "person_key"),
            ("suspect", feed.suspect_role, "null::varchar"),
        )
    ]
    return "insert into person by name " + " union all ".join(parts)


def _outcomes_sql(feed: Feed) -> str:
    """Every line's outcome; of a record that changes only that of the version which stands."""
    standing = "and line_number = first_line" if feed.mode == "net_change" else ""
    return f"""
        insert into outcome by name
        select incident_id, line_number as source_line, outcome as outcome_raw
        from entering
        where outcome is not null {standing}
    """
