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
from vrin_data.contract.periods import MONTHS_IN, later, read_period, read_quarter
from vrin_data.contract.variants import in_date_order
from vrin_data.intake.checks import Rule, bits_sql, is_blank_sql, raw_columns_of, rules_of, text_sql
from vrin_data.intake.coordinates import pairs_of, settled_columns, was_columns
from vrin_data.intake.file_level import FILE_LEVEL
from vrin_data.intake.reading.header import Header
from vrin_data.intake.reading.lines import CAREFUL_HEADING, Records
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
    # Written out, since reading any zone turns impossible days into others.
    "%Y-%m-%dT%H:%M:%S+00:00",
)
TEXTS = ("record_key", "offence_text", "outcome", "place_text", "postcode", "person_key")
TIMES = ("event_start_at", "event_end_at", "recorded_at")
NUMBERS = ("easting", "northing", "longitude", "latitude", "row_version", "gravity")
COUNTS = ("count", "count_high")
ROWS_THAT_SHOW_A_FORMAT = 1_000
FORMATS_MATTER_FROM_ROWS = 20_000
DICTIONARY_TEXTS = (
    "supplier",
    "simulated",
    "offence_code",
    "classification",
    "offence_raw",
    "given_area_code",
    "given_area_name",
    "victim_ethnicity",
    "suspect_ethnicity",
    *FILE_LEVEL,
)


@dataclass(frozen=True)
class ParsedFile:
    """Where a file's typed rows stand: the view `row`, the rules its bits stand for, and its values.

    A row that broke a rule carries its raw cells as `raw_cells`, in the order of `raw_columns`.
    """

    rules: list[Rule]
    raw_columns: list[str]
    present: set[str]
    values: dict[str, list[str]]
    typed_columns: set[str]
    has_degrees: bool = False

    def bits_of(self, column: str) -> int:
        """The bits of the rules that look at a column."""
        return sum(1 << bit for bit, rule in enumerate(self.rules) if column in rule.columns)

    def raw_value(self, columns: tuple[str, ...]) -> str:
        """SQL for the raw values of these columns of a bad row, from its cells."""
        parts = [
            f"nullif(cells[{self.raw_columns.index(name) + 1}], '')"
            for name in columns
            if name in self.raw_columns
        ]
        return f"nullif(concat_ws(', ', {', '.join(parts)}), '')" if parts else "null::varchar"

    @property
    def cells_sql(self) -> str:
        """SQL for the cells of a bad row of `row`; of one found bad late, as far as typed columns tell them."""
        return f"coalesce(raw_cells, [{', '.join(self._typed_cell(name) for name in self.raw_columns)}])"

    def _typed_cell(self, name: str) -> str:
        if name == "supplier":
            return "supplier_id::varchar"
        column = f"coded_{name}" if name in self.values else name
        return f"{column}::varchar" if column in self.typed_columns else "null::varchar"

    def add_rule(self, rule: Rule) -> int:
        """One more rule, checked after the reading; its bit's value."""
        self.rules.append(rule)
        return 1 << (len(self.rules) - 1)


def dictionary_columns(feed: Feed) -> list[str]:
    """Columns of a feed that are read as enumerations, in VRIN's order."""
    texts = [name for name in DICTIONARY_TEXTS if feed.column(name)]
    kinds = ("code", "age", "month", "quarter")
    coded = [column.name for column in feed.columns if column.kind in kinds or column.derive]
    return list(dict.fromkeys([*texts, *coded]))


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
    supplier_ids: list[str],
    default_supplier: str | None,
    period: tuple[date, date] | None,
) -> ParsedFile:
    """Make the temporary view `row` of a file: typed columns, raw ones of bad rows, and `fault_bits`.

    `supplier_of` maps the file's supplier texts to supplier ids, of all of `supplier_ids`; a file
    without such a column belongs to `default_supplier`. `period` is the one that the file declares,
    first day and first day after.
    """
    present = set(header.positions)
    values = {
        name: records.values[header.positions[name]] for name in dictionary_columns(feed) if name in present
    }
    _make_types(connection, values)
    _make_supplier_type(connection, supplier_ids)
    rules = rules_of(feed, present, has_period=period is not None)
    connection.execute("drop view if exists row; drop table if exists typed")
    bound = {
        "received_day": received_day,
        "default_supplier": default_supplier,
        "period_first": period[0] if period else None,
        "period_after": period[1] if period else None,
        "only_month": _only_period(feed, period),
        **_suppliers_by_number(supplier_of, values),
        **_periods_by_number(feed, values),
    }
    sql = _typed_sql(feed, header, records, rules, _formats(connection, feed, header, records))
    connection.execute(sql, {name: value for name, value in bound.items() if f"${name}" in sql})
    absent = "".join(f", {empty} as {name}" for name, empty in _absent_columns(feed, header).items())
    connection.execute(
        f"create temp view row as select {records.line_expression} as line_number, *{absent} "
        "from (select rowid + 1 as rank, * from typed)"
    )
    typed = {str(one[0]) for one in connection.execute("describe typed").fetchall()}
    return ParsedFile(rules, raw_columns_of(feed, present), present, values, typed)


def _formats(
    connection: duckdb.DuckDBPyConnection, feed: Feed, header: Header, records: Records
) -> dict[str, tuple[str, ...]]:
    """The time formats of each time column the file has; of a large file those of its first rows first.

    Every format stays in the list, so that the order changes how long a cell takes and never what it means.
    """
    names = [name for name in TIMES if name in header.positions]
    known = in_date_order(TIME_FORMATS, feed.date_order)
    if not names or records.row_count < FORMATS_MATTER_FROM_ROWS:
        return dict.fromkeys(names, known)
    counts = ", ".join(
        f"count(try_strptime(c{header.positions[name]}, '{shown}'))" for name in names for shown in known
    )
    first = f"select * from {records.source} as source limit {ROWS_THAT_SHOW_A_FORMAT}"
    found = connection.execute(f"select {counts} from ({first})").fetchone() or ()
    fits = {name: found[at * len(known) : (at + 1) * len(known)] for at, name in enumerate(names)}
    return {
        name: tuple(
            shown for _, shown in sorted(zip(fits[name], known, strict=True), key=lambda one: -one[0])
        )
        for name in names
    }


def _make_types(connection: duckdb.DuckDBPyConnection, values: dict[str, list[str]]) -> None:
    connection.execute("drop table if exists typed")
    for name, distinct in values.items():
        connection.execute(f"drop type if exists raw_{name}_enum")
        write_frame(connection, "enum_values", pd.DataFrame({"v": pd.Series(distinct, dtype="str")}))
        connection.execute(f"create temp type raw_{name}_enum as enum (select v from enum_values order by v)")


def _make_supplier_type(connection: duckdb.DuckDBPyConnection, supplier_ids: list[str]) -> None:
    """An enumeration of the suppliers: a byte a row in place of a name."""
    names = ", ".join("'{}'".format(supplier_id.replace("'", "''")) for supplier_id in sorted(supplier_ids))
    connection.execute("drop type if exists supplier_enum")
    connection.execute(f"create temp type supplier_enum as enum ({names})")


def _suppliers_by_number(
    supplier_of: dict[str, str], values: dict[str, list[str]]
) -> dict[str, list[str | None]]:
    """The supplier of each text of the enumeration, in its order, as a parameter of the statement."""
    return (
        {"suppliers": [supplier_of.get(text) for text in values["supplier"]]} if "supplier" in values else {}
    )


def _typed_sql(
    feed: Feed, header: Header, records: Records, rules: list[Rule], formats: dict[str, tuple[str, ...]]
) -> str:
    kept_raw = raw_columns_of(feed, set(header.positions))
    columns = [
        *_parsed_columns(feed, header, formats),
        *(f"{_raw(header, name)} as raw_{name}" for name in kept_raw),
    ]
    raw_names = ", ".join(f"raw_{name}" for name in kept_raw)
    points = settled_columns(header.positions)
    settled = "".join(f", {word} as {name}" for name, word in points.items())
    gone = ", ".join([raw_names, *(name for name in points if name in header.positions)])
    # A row whose point was read otherwise than it stands may yet turn out bad: its cells are shown as they stood.
    kept = " or ".join(["fault_bits <> 0", *(f"{was} <> 0" for was in pairs_of(header.positions))])
    if CAREFUL_HEADING in records.line_expression:
        columns.append(CAREFUL_HEADING)
    return f"""
        create temp table typed as
        with parsed as (
            select {", ".join(columns)}
            from {records.source} as source
        ),
        dated as (
            select {", ".join(["*", f"{_month_sql(feed, header)} as recorded_month", *was_columns(header.positions)])}
            from parsed
        ),
        checked as (
            select *, {bits_sql(rules)} as fault_bits
            from dated
        )
        select
            * exclude ({gone}),
            case when {kept} then [{raw_names}] end as raw_cells
            {settled}
        from checked
    """


def _raw(header: Header, name: str) -> str:
    position = header.positions.get(name)
    return "null::varchar" if position is None else f"c{position}"


def _parsed_columns(feed: Feed, header: Header, formats: dict[str, tuple[str, ...]]) -> list[str]:
    """The typed columns that the file has; see `_absent_columns` for the rest."""
    has = header.positions
    columns = [f"{text_sql(f'c{has[name]}', feed)} as {name}" for name in _texts(feed) if name in has]
    for name in TIMES:
        if name in has:
            columns += _time_columns(has[name], name, formats[name])
    columns += [f"try_cast(c{has[name]} as double) as {name}" for name in NUMBERS if name in has]
    columns += [
        f"c{has[name]}::raw_{name}_enum as coded_{name}" for name in dictionary_columns(feed) if name in has
    ]
    if "count" in has:
        columns += _count_columns(feed, has["count"])
    columns.append(f"({_supplier(header, feed)})::supplier_enum as supplier_id")
    return columns


def _texts(feed: Feed) -> list[str]:
    """Columns that are kept as text, with those that are part of a record's key."""
    coded = dictionary_columns(feed)
    plain = [name for name in feed.key_columns if name not in coded and name not in TEXTS]
    return [*TEXTS, *(name for name in plain if (column := feed.column(name)) and column.kind == "text")]


def _count_columns(feed: Feed, position: int) -> list[str]:
    """The least and the greatest count of a cell: one number, or the ends that a suppression mark stands for."""
    raw = f"lower(trim(c{position}))"
    plain = f"try_cast(replace({raw}, ',', '') as double)"
    ends = [
        "".join(f" when '{mark.lower()}' then {span[end]}" for mark, span in feed.suppressed.items())
        for end in (0, 1)
    ]
    return [
        f"case {raw}{end} else {plain} end as {name}" if end else f"{plain} as {name}"
        for end, name in zip(ends, COUNTS, strict=True)
    ]


def _month_sql(feed: Feed, header: Header) -> str:
    """First day of the period that a row counts in; the file's own, where it declares one and the row says nothing."""
    has = header.positions
    times = [name for name in (feed.period_from, "event_start_at") if name in has and name in TIMES]
    found = []
    if "recorded_month" in has:
        month = _looked_up("months", "recorded_month")
        if "recorded_quarter" in has:
            month = f"({month} + to_months(3 * ({_looked_up('quarters', 'recorded_quarter')} - 1)))::date"
        found.append(month)
    if times and not (found and _is_by_month(feed)):
        found.insert(0, f"date_trunc('{feed.period_length}', coalesce({', '.join(times)}))::date")
    return f"coalesce({', '.join([*found, '$only_month::date'])})"


def _looked_up(parameter: str, name: str) -> str:
    kind = "date" if parameter == "months" else "integer"
    return f"(${parameter}::{kind}[])[enum_code(coded_{name})::integer + 1]"


def _only_period(feed: Feed, period: tuple[date, date] | None) -> date | None:
    """The one period that a file declares; None where it declares several or none."""
    return period[0] if period and later(period[0], MONTHS_IN[feed.period_length]) >= period[1] else None


def _periods_by_number(feed: Feed, values: dict[str, list[str]]) -> dict[str, list[date | int | None]]:
    """The months and quarters of the enumerations' texts, in their order, as parameters of the statement."""
    found: dict[str, list[date | int | None]] = {}
    if "recorded_month" in values:
        found["months"] = [read_period(text, feed.period_form) for text in values["recorded_month"]]
    if "recorded_quarter" in values:
        found["quarters"] = [read_quarter(text) for text in values["recorded_quarter"]]
    return found


def _absent_columns(feed: Feed, header: Header) -> dict[str, str]:
    """The columns of `row` that the file does not have, with what stands in for them."""
    empty = dict.fromkeys(_texts(feed), "null::varchar")
    for name in TIMES:
        empty |= {name: "null::timestamp", f"{name}_has_time": "false"}
    empty |= dict.fromkeys(NUMBERS, "null::double") | dict.fromkeys(COUNTS, "1::double")
    there = {*header.positions, *settled_columns(header.positions)}
    return {
        name: word
        for name, word in empty.items()
        if name.removesuffix("_has_time").removesuffix("_high") not in there
    }


def _is_by_month(feed: Feed) -> bool:
    column = feed.column(feed.period_from)
    return column is not None and column.kind == "month"


def _supplier(header: Header, feed: Feed) -> str:
    """A row's supplier: the one its text names, or the file's own where the text is blank.

    Looked up by the text's number, not joined: a join may give a small file's rows back in another
    order, and a row's line is told from its place.
    """
    if "supplier" not in header.positions:
        return "$default_supplier"
    cell = f"c{header.positions['supplier']}"
    number = f"enum_code({cell}::raw_supplier_enum)::integer"
    return (
        f"case when {is_blank_sql(cell, feed)} then $default_supplier::supplier_enum "
        f"else ($suppliers::supplier_enum[])[{number} + 1] end"
    )


def _time_columns(position: int, name: str, formats: tuple[str, ...]) -> list[str]:
    shown = ", ".join(f"'{one}'" for one in formats)
    raw = f"c{position}"
    return [f"try_strptime({raw}, [{shown}]) as {name}", f"contains({raw}, ':') as {name}_has_time"]
