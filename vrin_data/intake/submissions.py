"""One file's rows as submissions: compared with what the build holds, then put in their place."""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from vrin_data.contract.feeds import Feed
from vrin_data.contract.periods import MONTHS_IN, later
from vrin_data.intake.changes import record_changes
from vrin_data.intake.file_level import FileLevel
from vrin_data.intake.profiles import AGES, add_profiles, profile_key_sql, raw_key_sql
from vrin_data.intake.terms import Terms
from vrin_data.intake.unpack import SourceFile
from vrin_data.store.frames import add_rows

CONTENT = (
    "raw_hash, victim_age, victim_age_low, suspect_age, suspect_age_low, record_key, recorded_at, event_start_at, "
    "event_end_at, offence_text, place_text, outcome, given_area_code, easting_m, northing_m, quantity, "
    "quantity_high, row_version, gravity, recorded_month"
)
"""What of a row makes its content; texts of coded columns, and what they were taken to mean, stand in raw_hash."""


NIL = "nil"
"""The content hash of a period in which there was nothing to report."""

POINT = ("easting", "northing")

EARLIER_SQL = {
    "replace_period": "submission.period_start = incoming.period_start",
    # A supplier has one snapshot of a feed at a time.
    "snapshot": "true",
    # Records that change one by one replace no submission; only the same delivery again is known.
    "net_change": "submission.content_hash = incoming.content_hash",
}
"""Which of a supplier's accepted submissions an incoming one stands against, by the feed's mode."""


@dataclass(frozen=True)
class FileRows:
    """What the statements of this module need to know of a file."""

    source: SourceFile
    feed: Feed
    values: dict[str, list[str]]
    present: set[str]
    level: FileLevel
    terms: Terms
    build_id: str
    senders: tuple[str, ...]
    agreements: dict[tuple[str, date], str]
    is_simulated: bool = False


def make_rows(connection: duckdb.DuckDBPyConnection, file: FileRows) -> None:
    """Make the temporary view `kept`: the good rows of `row` with month, point, people and profile key.

    Stored are the columns that vary, in the table `good`; the others would cost as much memory.

    Where the feed repeats a key for several outcomes of one crime, rows of one supplier, month and
    key share an incident, that of their first line; of a record that changed, the last version is
    the incident; otherwise every row is one, equal rows included.
    """
    has = file.values
    ages = [part for name in AGES for part in _age_columns(name, name in has)]
    joins = [
        f"left join {name}_of on {name}_of.number = enum_code(coded_{name})::integer"
        for name in AGES
        if name in has
    ]
    delivery = _delivery_period(connection, file)
    has_degrees = {"longitude", "latitude"} <= file.present
    easting, northing = ("coalesce(easting, east_m)", "coalesce(northing, north_m)") if has_degrees else POINT
    constants = _constant_columns(file, delivery)
    connection.execute(
        f"""
        create or replace temp table good as
        with dated as (
            select
                line_number,
                supplier_id,
                coalesce(recorded_month, $delivery::date) as recorded_month,
                {"recorded_month" if file.feed.mode == "replace_period" else "$delivery::date"} as period_start,
                {_record_key_sql(file)} as record_key,
                recorded_at,
                recorded_at_has_time,
                event_start_at,
                event_start_at_has_time,
                event_end_at,
                offence_text,
                place_text,
                outcome,
                {_given_area_sql(has)} as given_area_code,
                {_simulated_sql(file)} as is_simulated,
                {easting} as easting_m,
                {northing} as northing_m,
                count::integer as quantity,
                count_high::integer as quantity_high,
                row_version::bigint as row_version,
                gravity::smallint as gravity,
                {", ".join(ages)},
                combination.combo::integer as combo,
                combination.base_key
            from row
            join combination on combination.raw_key = ({raw_key_sql(has)})
            {"left join degrees using (longitude, latitude)" if has_degrees else ""}
            {" ".join(joins)}
            where fault_bits = 0
        ),
        keyed as (
            select *, {_first_line_sql(file.feed)} as first_line, {profile_key_sql()} as profile_key from dated
        )
        select * exclude ({", ".join(["base_key", "victim_band", "suspect_band", *constants])})
        from keyed
        """,
        {"delivery": delivery},
    )
    added = ", ".join(f"{word} as {name}" for name, word in constants.items())
    connection.execute(f"create or replace temp view kept as select *, {added} from good")
    connection.execute("drop view row; drop table typed")


def _constant_columns(file: FileRows, delivery: date | None) -> dict[str, str]:
    """The columns of `kept` that are alike in all rows of a file, or those of another column; in SQL."""
    empty = {
        "offence_text": "varchar",
        "place_text": "varchar",
        "outcome": "varchar",
        "row_version": "bigint",
    }
    empty |= {
        "gravity": "smallint",
        **dict.fromkeys(("recorded_at", "event_start_at", "event_end_at"), "timestamp"),
    }
    empty |= dict.fromkeys([f"{name}{end}" for name in AGES for end in ("", "_low", "_high")], "smallint")
    found = {
        name: f"null::{kind}"
        for name, kind in empty.items()
        if name.removesuffix("_low").removesuffix("_high") not in file.present
    }
    found |= {f"{name}_has_time": "false" for name in ("recorded_at", "event_start_at") if name in found}
    if "count" not in file.present:
        found |= {"quantity": "1::integer", "quantity_high": "1::integer"}
    if not {"given_area_code", "given_area_name"} & set(file.values):
        found["given_area_code"] = "null::varchar"
    if (simulated := _simulated_sql(file)) in ("true", "false"):
        found["is_simulated"] = simulated
    if _first_line_sql(file.feed) == "line_number":
        found["first_line"] = "line_number"
    return found | {"period_start": f"date '{delivery}'" if delivery else "recorded_month"}


def _delivery_period(connection: duckdb.DuckDBPyConnection, file: FileRows) -> date | None:
    """First day of the period for which a file that is not a period's whole rows was delivered."""
    if file.feed.mode == "replace_period":
        return None
    if file.level.period:
        return file.level.period[0]
    if file.level.extracted_at:
        return file.level.extracted_at.date().replace(day=1)
    found = connection.execute("select max(recorded_month) from row where fault_bits = 0").fetchone()
    return found[0] if found and found[0] else file.terms.received_at.date().replace(day=1)


def _age_columns(name: str, is_given: bool) -> tuple[str, ...]:
    stem = name.removesuffix("_age")
    if not is_given:
        empty = "null::smallint as"
        return f"{empty} {name}", f"{empty} {name}_low", f"{empty} {name}_high", f"0::ubigint as {stem}_band"
    ends = (f"{name}_of.age{end} as {name}{end}" for end in ("", "_low", "_high"))
    return *ends, f"coalesce({name}_of.band, 0)::ubigint as {stem}_band"


def _record_key_sql(file: FileRows) -> str:
    """The supplier's own reference; without one, what the row is a count of.

    Of records that change one by one all key columns make the key: an event's number within a case.
    """
    others = [name for name in file.feed.key_columns if name in file.present and name != "record_key"]
    parts = [_text_sql(name, file.values) for name in others]
    if not parts:
        return "record_key"
    if file.feed.mode == "net_change":
        return f"concat_ws(' | ', record_key, {', '.join(parts)})"
    made = f"concat_ws(' | ', {', '.join(parts)})"
    return f"coalesce(record_key, {made})" if file.feed.counts else "record_key"


def _text_sql(name: str, values: dict[str, list[str]]) -> str:
    return f"nullif(trim(coded_{name}::varchar), '')" if name in values else name


def _given_area_sql(values: dict[str, list[str]]) -> str:
    parts = [_text_sql(name, values) for name in ("given_area_code", "given_area_name") if name in values]
    return f"coalesce({', '.join(parts)})" if parts else "null::varchar"


def _simulated_sql(file: FileRows) -> str:
    if file.is_simulated or "simulated" not in file.values:
        return "true" if file.is_simulated else "false"
    return "coalesce(lower(trim(coded_simulated::varchar)) not in ('', 'no', 'real'), false)"


def _first_line_sql(feed: Feed) -> str:
    """The line that stands for a row's incident."""
    if feed.mode == "net_change":
        order = "row_version desc nulls last, line_number desc"
        last = f"first_value(line_number) over (partition by supplier_id, record_key order by {order})"
        return f"case when record_key is null then line_number else {last} end"
    if feed.repeated_key == "one_incident":
        return (
            "case when record_key is null then line_number "
            "else min(line_number) over (partition by supplier_id, recorded_month, record_key) end"
        )
    return "line_number"


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
                count(*) || '-' || sum(hash({CONTENT})::hugeint)::varchar as content_hash
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
    for statement in (_persons_sql(feed), _OUTCOMES):
        connection.execute(statement)
    for made in ("view entering", "view entering_placed", "view placed", "view kept", "table good"):
        connection.execute(f"drop {made}")


def _settle_versions(connection: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    """Take out the records that come in a later version; `rival` says which come in an earlier one."""
    connection.execute(
        """
        create or replace temp table rival as
        select
            entering.incident_id as fresh_id,
            incident.incident_id as known_id,
            coalesce(entering.row_version < incident.row_version, false)
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
            case when {who}_ethnicity is not null then nullif('{feed.ethnicity_scheme}', '') end as ethnicity_scheme
        from entering
        where line_number = first_line
            and ({who}_age_low is not null or {who}_sex <> 'not_recorded' or {who}_ethnicity is not null)
        """
        for who, role in (("victim", feed.victim_role), ("suspect", feed.suspect_role))
    ]
    return "insert into person by name " + " union all ".join(parts)


_OUTCOMES = """
    insert into outcome by name
    select incident_id, line_number as source_line, outcome as outcome_raw
    from entering
    where outcome is not null
"""
