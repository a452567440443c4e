"""From text cells to typed rows, in one reading of the file.

Coded columns become enumerations of the values that the file really holds, so that a value is
looked up once however often it occurs. What each value means is decided later, on the distinct
combinations.
"""

from dataclasses import dataclass
from datetime import date

import duckdb
import pandas as pd

from vrin_data.contract.feeds import Feed
from vrin_data.contract.suppliers import suppliers
from vrin_data.intake.checks import Rule, bits_sql, raw_columns_of, rules_of
from vrin_data.intake.header import Header
from vrin_data.intake.lines import CAREFUL_HEADING, Records
from vrin_data.store.frames import write_frame

TIME_FORMATS = (
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M:%S",
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%d %H:%M:%S.%f",
    "%d-%m-%Y",
    "%d-%m-%Y %H:%M",
    "%d-%b-%Y",
    "%d-%b-%Y %H:%M",
    "%d %b %Y",
    "%d %B %Y",
    "%d.%m.%Y",
)
TEXTS = ("record_key", "offence_text", "outcome")
TIMES = ("event_start_at", "event_end_at", "recorded_at")
NUMBERS = ("easting", "northing", "longitude", "latitude")
RAW_SEPARATOR = "\x1f"
DICTIONARY_TEXTS = (
    "supplier",
    "simulated",
    "offence_code",
    "classification",
    "offence_raw",
    "given_area_code",
)


@dataclass(frozen=True)
class ParsedFile:
    """Where a file's typed rows stand: the view `row`, the rules its bits stand for, and its values."""

    rules: list[Rule]
    raw_columns: list[str]
    present: set[str]
    values: dict[str, list[str]]

    def bits_of(self, column: str) -> int:
        """The bits of the rules that look at a column."""
        return sum(1 << bit for bit, rule in enumerate(self.rules) if column in rule.columns)

    def raw_value(self, columns: tuple[str, ...]) -> str:
        """SQL for the raw values of these columns of a bad row."""
        parts = [
            f"nullif(string_split(raw_values, '{RAW_SEPARATOR}')[{self.raw_columns.index(name) + 1}], '')"
            for name in columns
        ]
        return f"nullif(concat_ws(', ', {', '.join(parts)}), '')"

    def add_rule(self, rule: Rule) -> int:
        """One more rule, checked after the reading; its bit's value."""
        self.rules.append(rule)
        return 1 << (len(self.rules) - 1)


def dictionary_columns(feed: Feed) -> list[str]:
    """Columns of a feed that are read as enumerations, in VRIN's order."""
    coded = [column.name for column in feed.columns if column.kind in ("code", "age", "month")]
    texts = [name for name in DICTIONARY_TEXTS if feed.column(name)]
    return [*texts, *coded]


def coded_positions(feed: Feed, header: Header) -> list[int]:
    """Positions of the enumerated columns that the file has."""
    return [header.positions[name] for name in dictionary_columns(feed) if name in header.positions]


def parse(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    header: Header,
    records: Records,
    *,
    received_day: date,
    supplier_of: dict[str, str],
    default_supplier: str | None,
) -> ParsedFile:
    """Make the temporary view `row` of a file: typed columns, raw ones of bad rows, and `fault_bits`.

    `supplier_of` maps the file's supplier texts to supplier ids; a file without such a column
    belongs to `default_supplier`.
    """
    present = set(header.positions)
    values = {
        name: records.values[header.positions[name]] for name in dictionary_columns(feed) if name in present
    }
    _make_types(connection, values)
    _make_supplier_type(connection)
    rules = rules_of(feed, present)
    connection.execute("drop view if exists row; drop table if exists typed")
    connection.execute(
        _typed_sql(feed, header, records, rules),
        {
            "received_day": received_day,
            "default_supplier": default_supplier,
            **_suppliers_by_number(supplier_of, values),
        },
    )
    absent = "".join(f", {empty} as {name}" for name, empty in _absent_columns(feed, header).items())
    connection.execute(
        f"create temp view row as select {records.line_expression} as line_number, *{absent} "
        "from (select rowid + 1 as rank, * from typed)"
    )
    return ParsedFile(rules, raw_columns_of(rules), present, values)


def _make_types(connection: duckdb.DuckDBPyConnection, values: dict[str, list[str]]) -> None:
    connection.execute("drop table if exists typed")
    for name, distinct in values.items():
        connection.execute(f"drop type if exists raw_{name}_enum")
        write_frame(connection, "enum_values", pd.DataFrame({"v": pd.Series(distinct, dtype="str")}))
        connection.execute(f"create temp type raw_{name}_enum as enum (select v from enum_values order by v)")


def _make_supplier_type(connection: duckdb.DuckDBPyConnection) -> None:
    """An enumeration of the suppliers: a byte a row in place of a name."""
    names = ", ".join(f"'{supplier_id}'" for supplier_id in sorted(suppliers()))
    connection.execute("drop type if exists supplier_enum")
    connection.execute(f"create temp type supplier_enum as enum ({names})")


def _suppliers_by_number(
    supplier_of: dict[str, str], values: dict[str, list[str]]
) -> dict[str, list[str | None]]:
    """The supplier of each text of the enumeration, in its order, as a parameter of the statement."""
    return (
        {"suppliers": [supplier_of.get(text) for text in values["supplier"]]} if "supplier" in values else {}
    )


def _typed_sql(feed: Feed, header: Header, records: Records, rules: list[Rule]) -> str:
    kept_raw = raw_columns_of(rules)
    columns = [*_parsed_columns(feed, header), *(f"{_raw(header, name)} as raw_{name}" for name in kept_raw)]
    raw_names = ", ".join(f"raw_{name}" for name in kept_raw)
    told = ", ".join(f"replace(coalesce(raw_{name}, ''), '{RAW_SEPARATOR}', ' ')" for name in kept_raw)
    if CAREFUL_HEADING in records.line_expression:
        columns.append(CAREFUL_HEADING)
    return f"""
        create temp table typed as
        with parsed as (
            select {", ".join(columns)}
            from {records.source} as source
        ),
        checked as (
            select *, {bits_sql(rules)} as fault_bits
            from parsed
        )
        select
            * exclude ({raw_names}),
            case when fault_bits <> 0 then concat_ws('{RAW_SEPARATOR}', {told}) end as raw_values
        from checked
    """


def _raw(header: Header, name: str) -> str:
    position = header.positions.get(name)
    return "null::varchar" if position is None else f"c{position}"


def _parsed_columns(feed: Feed, header: Header) -> list[str]:
    """The typed columns that the file has; see `_absent_columns` for the rest."""
    has = header.positions
    columns = [f"{_cell(header, name)} as {name}" for name in TEXTS if name in has]
    for name in TIMES:
        if name in has:
            columns += _time_columns(has[name], name)
    columns += [f"try_cast(c{has[name]} as double) as {name}" for name in NUMBERS if name in has]
    columns += [
        f"c{has[name]}::raw_{name}_enum as coded_{name}" for name in dictionary_columns(feed) if name in has
    ]
    if _is_by_month(feed):
        columns.append(f"try_strptime(c{has[feed.period_from]} || '-01', '%Y-%m-%d')::date as recorded_month")
    columns.append(f"({_supplier(header)})::supplier_enum as supplier_id")
    return columns


def _absent_columns(feed: Feed, header: Header) -> dict[str, str]:
    """The columns of `row` that the file does not have, with what stands in for them."""
    empty = dict.fromkeys(TEXTS, "null::varchar")
    for name in TIMES:
        empty |= {name: "null::timestamp", f"{name}_has_time": "false"}
    empty |= dict.fromkeys(NUMBERS, "null::double")
    absent = {
        name: word for name, word in empty.items() if name.removesuffix("_has_time") not in header.positions
    }
    return absent if _is_by_month(feed) else absent | {"recorded_month": "null::date"}


def _is_by_month(feed: Feed) -> bool:
    column = feed.column(feed.period_from)
    return column is not None and column.kind == "month"


def _supplier(header: Header) -> str:
    """A row's supplier: the one its text names, or the file's own where the text is blank.

    Looked up by the text's number, not joined: a join may give a small file's rows back in another
    order, and a row's line is told from its place.
    """
    if "supplier" not in header.positions:
        return "$default_supplier"
    number = f"enum_code(c{header.positions['supplier']}::raw_supplier_enum)::integer"
    return (
        f"case when {_cell(header, 'supplier')} is null then $default_supplier "
        f"else ($suppliers::varchar[])[{number} + 1] end"
    )


def _cell(header: Header, name: str) -> str:
    return f"nullif(trim(c{header.positions[name]}), '')"


def _time_columns(position: int, name: str) -> list[str]:
    formats = ", ".join(f"'{shown}'" for shown in TIME_FORMATS)
    raw = f"c{position}"
    return [f"try_strptime({raw}, [{formats}]) as {name}", f"contains({raw}, ':') as {name}_has_time"]
