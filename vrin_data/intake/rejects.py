"""Rejected rows: every one kept with file, line, column, value and the rule it broke."""

from dataclasses import dataclass
from typing import Any

import duckdb
import pandas as pd

from vrin_data.contract.feeds import Feed
from vrin_data.contract.identifiers import identifier_in
from vrin_data.intake.parse import ParsedFile
from vrin_data.intake.reading.header import Header
from vrin_data.intake.reading.lines import BrokenLine
from vrin_data.intake.rows import FileRows

Key = tuple[str, Any]
BROKEN_RULE = "not_a_record"


@dataclass(frozen=True)
class RejectedRows:
    """What stands in the temporary table `rejected`, counted.

    `counts` has one row per supplier and month as far as the bad rows tell them (NULL where they
    do not): supplier_id, recorded_month, row_count. `reasons` counts rows by what was wrong.
    """

    counts: pd.DataFrame
    reasons: dict[str, int]

    @property
    def row_count(self) -> int:
        """Rows rejected, each counted once however many rules it broke."""
        return int(self.counts["row_count"].sum())

    def by_submission(self, submissions: pd.DataFrame) -> dict[Key, int]:
        """Rejected rows of each submission; a file's only one owns those that do not tell theirs, too."""
        keys = _keys(submissions)
        found = dict(
            zip(_keys(self.counts, "recorded_month"), self.counts["row_count"].astype(int), strict=True)
        )
        own = {key: found.get(key, 0) for key in keys}
        if len(keys) == 1:
            untold = self.counts["recorded_month"].isna() | self.counts["supplier_id"].isna()
            own[keys[0]] += int(self.counts.loc[untold, "row_count"].sum())
        return own

    def months_without_rows(self, submissions: pd.DataFrame) -> dict[Key, int]:
        """Rejected rows of supplier-months of which the file holds no good row."""
        keys = set(_keys(submissions))
        known = self.counts[self.counts["recorded_month"].notna() & self.counts["supplier_id"].notna()]
        return {
            key: int(count)
            for key, count in zip(_keys(known, "recorded_month"), known["row_count"], strict=True)
            if key not in keys
        }

    def loose_count(self, submissions: pd.DataFrame) -> int:
        """Rejected rows that cannot be given to any submission of the file."""
        return self.row_count - sum(self.by_submission(submissions).values())

    def in_words(self) -> str:
        """The reasons with their counts, most frequent first."""
        ranked = sorted(self.reasons.items(), key=lambda item: (-item[1], item[0]))
        return "; ".join(f"{count:,} rows: {reason}" for reason, count in ranked[:8])


def rejected_rows(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    header: Header,
    parsed: ParsedFile,
    broken: tuple[BrokenLine, ...],
) -> RejectedRows:
    """Make the temporary table `rejected` of a file: one row per bad row and broken rule."""
    connection.execute(
        "create or replace temp table rejected (line_number bigint, supplier_id varchar, recorded_month date, "
        "column_name varchar, raw_value varchar, rule varchar, reason varchar, row_json varchar)"
    )
    answer = connection.execute("select bit_or(fault_bits)::ubigint from row").fetchone()
    broken_rules = int(answer[0] or 0) if answer else 0
    if broken_rules:
        _make_bad(connection, feed, header, parsed)
    for bit in range(len(parsed.rules)):
        if broken_rules & 1 << bit:
            _reject(connection, header, parsed, bit)
    if broken:
        connection.execute(
            "insert into rejected "
            "select unnest($lines::bigint[]), null, null, null, null, $rule, unnest($why::varchar[]), null",
            {
                "lines": [fault.line_number for fault in broken],
                "why": [fault.reason for fault in broken],
                "rule": BROKEN_RULE,
            },
        )
    return _counted(connection)


def _make_bad(connection: duckdb.DuckDBPyConnection, feed: Feed, header: Header, parsed: ParsedFile) -> None:
    """The temporary table `bad`: of each bad row what its reasons need, read out of the wide table once."""
    # A month that a rule found wrong is no month that the row could be given to.
    is_told = f"fault_bits & {parsed.bits_of(feed.period_from)} = 0"
    month = f"case when {is_told} then recorded_month end" if feed.mode == "replace_period" else "null::date"
    hidden = sum(1 << bit for bit, rule in enumerate(parsed.rules) if rule.hides_value)
    connection.execute(
        f"""
        create or replace temp table bad as
        select
            fault_bits,
            line_number,
            supplier_id::varchar as supplier_id,
            {month} as recorded_month,
            {parsed.cells_sql} as cells,
            case when fault_bits & {hidden} = 0 then to_json(map($headings::varchar[], cells))::varchar end as row_json
        from row
        where fault_bits <> 0
        """,
        {"headings": [header.heading_of(name) or name for name in parsed.raw_columns]},
    )
    if feed.is_health:
        _hide_identifiers(connection)


def _hide_identifiers(connection: duckdb.DuckDBPyConnection) -> None:
    """Take out of `bad` the cells that hold a person's identifier, and the whole rows that have one."""
    cells = connection.execute("select distinct unnest(cells) from bad").fetchall()
    found = [cell for (cell,) in cells if cell and identifier_in(cell) is not None]
    if found:
        connection.execute(
            """
            update bad
            set
                row_json = null,
                cells = list_transform(
                    cells, cell -> case when not list_contains($found::varchar[], cell) then cell end
                )
            where list_has_any(cells, $found::varchar[])
            """,
            {"found": found},
        )


def _reject(connection: duckdb.DuckDBPyConnection, header: Header, parsed: ParsedFile, bit: int) -> None:
    """Put the rows of `bad` that broke one rule into `rejected`."""
    rule = parsed.rules[bit]
    headings = [header.heading_of(name) for name in rule.columns]
    raw = "null" if rule.hides_value else parsed.raw_value(rule.columns)
    connection.execute(
        f"""
        insert into rejected
        select line_number, supplier_id, recorded_month, $heading, {raw}, $rule, $reason, row_json
        from bad
        where fault_bits & {1 << bit} <> 0
        """,
        {
            "heading": ", ".join(heading for heading in headings if heading),
            "rule": rule.name,
            "reason": rule.reason,
        },
    )


def write_rejected(
    connection: duckdb.DuckDBPyConnection,
    rows: FileRows,
    submissions: pd.DataFrame,
    *,
    unchanged: list[int],
    is_one: bool,
) -> None:
    """Keep the rows of `rejected` in the build, each with its submission where it has one.

    `submissions` are those accepted of this file; `unchanged` are the ids of those that stand in the
    build already, with their rejected rows; `is_one` says that the file holds no other.
    """
    numbers = {
        key: int(number) for key, number in zip(_keys(submissions), submissions["submission_id"], strict=True)
    }
    connection.execute(
        "delete from rejected_row where submission_id is null and feed_id = $feed and file_name = $file",
        {"feed": rows.feed.id, "file": rows.source.name},
    )
    connection.execute(
        """
        insert into rejected_row
        select
            coalesce(submission.submission_id, only_one.submission_id) as submission_id,
            coalesce(rejected.supplier_id, only_one.supplier_id) as supplier_id,
            $feed as feed_id,
            $file as file_name,
            line_number, column_name, raw_value, rule, reason, row_json
        from rejected
        left join submission
            on submission.submission_id in (select unnest($numbers::integer[]))
            and submission.supplier_id = rejected.supplier_id
            and submission.period_start = rejected.recorded_month
        left join submission as only_one
            on only_one.submission_id = $only
            and (rejected.recorded_month is null or rejected.supplier_id is null)
        where only_one.submission_id is not null
            or submission.submission_id is not null
            or not exists (
                select 1
                from submission as known
                where known.submission_id in (select unnest($unchanged::integer[]))
                    and known.supplier_id = rejected.supplier_id
                    and known.period_start = rejected.recorded_month
            )
        order by line_number, rule
        """,
        {
            "only": next(iter(numbers.values())) if is_one and numbers else None,
            "numbers": list(numbers.values()),
            "unchanged": unchanged,
            "feed": rows.feed.id,
            "file": rows.source.name,
        },
    )


def known_loose_count(connection: duckdb.DuckDBPyConnection, rows: FileRows) -> int:
    """Rows of a file of this name that an earlier ingest could give to no submission."""
    answer = connection.execute(
        "select count(distinct line_number) from rejected_row "
        "where submission_id is null and feed_id = $feed and file_name = $file",
        {"feed": rows.feed.id, "file": rows.source.name},
    ).fetchone()
    return int(answer[0]) if answer else 0


def _counted(connection: duckdb.DuckDBPyConnection) -> RejectedRows:
    counts = connection.execute(
        """
        select supplier_id, recorded_month, count(*) as row_count
        from (
            select line_number, any_value(supplier_id) as supplier_id, any_value(recorded_month) as recorded_month
            from rejected
            group by line_number
        )
        group by all
        order by all
        """
    ).df()
    reasons = connection.execute(
        "select concat_ws(' ', column_name, reason), count(distinct line_number) "
        "from rejected group by all order by all"
    ).fetchall()
    return RejectedRows(counts, {str(words): int(count) for words, count in reasons})


def _keys(frame: pd.DataFrame, month: str = "period_start") -> list[Key]:
    return list(zip(frame["supplier_id"], frame[month], strict=True))
