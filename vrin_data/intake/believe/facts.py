"""What the checks look at: a few small tables, each one scan of the incidents of the suppliers concerned."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pandas as pd

from vrin_data.contract.checks import check
from vrin_data.intake.believe.coded import read_codes, read_kinds

TIMES = {"recorded_at": "recorded_precision", "event_start_at": "event_precision"}
SUBMISSIONS = Path(__file__).with_suffix(".sql")


@dataclass(frozen=True)
class Facts:
    """Tables of counts, each with submission_id, in the order of the submissions' periods.

    submissions: the columns of the table of that name that checks need, and counts of its incidents.
    dates: one row per column of TIMES, year, month and day of the month: row_count.
    times: one row per column of TIMES and of the day and the hour (known_to): the minute of it that most
    times have, how many have it (hits), of how many (row_count); a bare date is none.
    codes: one row per coded column and value: row_count. kinds: the same per class of offence.
    ages: one row per role and age in years: row_count.
    """

    submissions: pd.DataFrame
    dates: pd.DataFrame
    times: pd.DataFrame
    codes: pd.DataFrame
    kinds: pd.DataFrame
    ages: pd.DataFrame

    def by_supplier(self) -> Iterator["Facts"]:
        """The facts of one supplier after the other."""
        for _, own in self.submissions.groupby("supplier_id", sort=True):
            yield self.of(own.reset_index(drop=True))

    def of(self, submissions: pd.DataFrame) -> "Facts":
        """The facts of some of the submissions."""
        ids = submissions["submission_id"]
        parts = {
            name: frame[frame["submission_id"].isin(ids)]
            for name, frame in vars(self).items()
            if name != "submissions"
        }
        return replace(self, submissions=submissions, **parts)


@contextmanager
def alongside(connection: duckdb.DuckDBPyConnection, submission_ids: Sequence[int]) -> Iterator[None]:
    """Keeps the temporary table `assessed`: all accepted submissions of the same suppliers and feeds."""
    connection.execute(
        """
        create or replace temp table assessed as
        select submission_id, supplier_id, feed_id
        from submission
        where status = 'accepted' and (supplier_id, feed_id) in (
            select (supplier_id, feed_id)
            from submission
            where submission_id in (select unnest($ids::integer[]))
        )
        """,
        {"ids": [int(number) for number in submission_ids]},
    )
    try:
        yield
    finally:
        connection.execute("drop table assessed")


def read_senders(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The table `assessed`: submission_id, supplier_id, feed_id."""
    return connection.execute("select * from assessed order by submission_id").df()


def read_facts(connection: duckdb.DuckDBPyConnection) -> Facts:
    """The facts of the submissions in the table `assessed`."""
    days = int(check("events_long_before").threshold("days_before"))
    return Facts(
        submissions=connection.execute(SUBMISSIONS.read_text(encoding="utf-8"), {"days": days}).df(),
        dates=_per_column(connection, _DATES),
        times=read_times(connection),
        codes=read_codes(connection),
        kinds=read_kinds(connection),
        ages=connection.execute(_AGES).df(),
    )


def read_times(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The table `times` of `Facts`."""
    return _per_column(connection, _TIMES)


def _per_column(connection: duckdb.DuckDBPyConnection, sql: str) -> pd.DataFrame:
    """One question asked of both time columns."""
    parts = [
        connection.execute(sql.format(column=column, precision=precision)).df().assign(column=column)
        for column, precision in TIMES.items()
    ]
    return pd.concat(parts, ignore_index=True)


_DATES = """
    select
        submission_id,
        year(day)::integer as year,
        month(day)::integer as month,
        day(day)::integer as day,
        row_count
    from (
        select submission_id, {column}::date as day, count(*) as row_count
        from incident
        semi join assessed using (submission_id)
        where {column} is not null
        group by all
    )
    order by all
"""

_TIMES = """
    with by_minute as (
        select
            submission_id,
            (epoch_us({column}) // 60000000 % 1440)::integer as minute_of_day,
            count(*) as row_count,
            count(*) filter ({precision} in ('minute', 'hour')) as fine_count
        from incident
        semi join assessed using (submission_id)
        where {column} is not null
        group by all
    ),
    -- Midnight beside a date is what a bare date looks like; it is a time where it was read as one.
    told as (
        select submission_id, minute_of_day, if(minute_of_day = 0, fine_count, row_count) as row_count
        from by_minute
    ),
    counted as (
        select submission_id, 'day' as known_to, minute_of_day as minute, row_count
        from told
        union all
        select submission_id, 'hour', minute_of_day % 60, sum(row_count)
        from told
        group by all
    )
    select
        submission_id,
        known_to,
        arg_max(minute, (row_count, -minute)) as minute,
        max(row_count)::bigint as hits,
        sum(row_count)::bigint as row_count
    from counted
    where row_count > 0
    group by all
    order by all
"""

_AGES = """
    select
        submission_id,
        role,
        age_years,
        count(*) as row_count
    from person
    join incident using (incident_id)
    semi join assessed using (submission_id)
    where age_years is not null
    group by all
    order by all
"""
