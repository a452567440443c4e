"""One file's good rows, each with its period, point, people and profile, before anything is put in."""

from dataclasses import dataclass
from datetime import date

import duckdb

from vrin_data.contract.feeds import Feed
from vrin_data.intake.checks import text_sql
from vrin_data.intake.file_level import FileLevel
from vrin_data.intake.lag import lag_code_sql
from vrin_data.intake.profiles import AGES, profile_key_sql, raw_key_sql
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.terms import Terms

POINT = ("easting", "northing")
AREA_COLUMNS = ("given_area_code", "postcode", "given_area_name")
POSTCODE_FORM = "[A-Z]{1,2}[0-9][0-9A-Z]?\\s*([0-9]([A-Z]{2})?)?"


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
    has_degrees: bool = False


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
    has_degrees = file.has_degrees
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
                person_key,
                {_given_area_sql(file)} as given_area_code,
                {_simulated_sql(file)} as is_simulated,
                {easting} as easting_m,
                {northing} as northing_m,
                count::integer as quantity,
                count_high::integer as quantity_high,
                row_version::bigint as row_version,
                gravity::smallint as gravity,
                {", ".join(ages)},
                {lag_code_sql(file.feed, file.present)} as lag_code,
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
        select * exclude ({", ".join(["base_key", "victim_band", "suspect_band", "lag_code", *constants])})
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
        "person_key": "varchar",
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
    if not set(AREA_COLUMNS) & file.present:
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
    parts = [_text_sql(name, file) for name in others]
    if not parts:
        return "record_key"
    if file.feed.mode == "net_change":
        return f"concat_ws(' | ', record_key, {', '.join(parts)})"
    made = f"concat_ws(' | ', {', '.join(parts)})"
    return f"coalesce(record_key, {made})" if file.feed.counts else "record_key"


def _text_sql(name: str, file: FileRows) -> str:
    return text_sql(f"coded_{name}::varchar", file.feed) if name in file.values else name


def _given_area_sql(file: FileRows) -> str:
    """What a row gives as its area: a code before a postcode, and that before a name."""
    parts = [_text_sql(name, file) for name in AREA_COLUMNS if name in file.present]
    # What stands in the column and is no postcode must not hide a name.
    parts = [
        f"case when regexp_full_match(upper({part}), '{POSTCODE_FORM}') then {part} end"
        if part == "postcode"
        else part
        for part in parts
    ]
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
