"""Measures the checks of whole submissions: how long they take, how often they are wrong, what they find.

`python -m benchmarks.bench_checks [--rows 1000000] [--rates]` puts so many simulated offences of one
supplier and 36 months straight into the tables of a build and prints the CPU seconds of all checks
beside those of one bare scan that counts the same rows by month and combination.
"""

import argparse
import resource
from collections.abc import Callable

import duckdb

from benchmarks.check_rates import day_rates, mix_rates, share_rates, volume_rates
from benchmarks.simulate_feeds import DAY_KINDS, VOLUME_KINDS
from vrin_data.contract.ddl import create_all
from vrin_data.contract.feeds import feed
from vrin_data.contract.offences import offences
from vrin_data.contract.tables import PROFILE_CODES
from vrin_data.intake.believe import assess_all

MONTHS = 36
PROFILES = 60_000
OFFENCES = 600
# Most flags are rare in real extracts: a value's share is how often it is listed.
VALUES = {
    "weapon": ["not_recorded"] * 12 + ["none"] * 15 + ["sharp"] * 2 + ["blunt"],
    "domestic": ["not_recorded"] + ["no"] * 7 + ["yes"] * 2,
    "location_type": ["not_recorded"]
    + ["dwelling"] * 5
    + ["street"] * 5
    + ["shop"] * 3
    + ["licensed", "park"],
    "victim_sex": ["not_recorded"] * 2 + ["female"] * 9 + ["male"] * 9,
    "status": ["live"] * 98 + ["cancelled"] * 2,
    "reported_by": ["not_recorded"] + ["victim"] * 12 + ["witness"] * 5 + ["police"] * 2,
    "mapping_status": ["exact"] * 9 + ["one_to_many"],
}
SUBMISSIONS = """
    insert into submission by name
    select
        number + 1 as submission_id,
        'leicestershire-police' as supplier_id,
        'police-offences' as feed_id,
        '000001' as build_id,
        (date '2023-04-01' + to_months(number::integer))::date as period_start,
        (date '2023-04-01' + to_months(number::integer + 1))::date as period_end,
        'replace_period' as mode,
        'accepted' as status,
        false as is_nil,
        false as is_partial,
        'simulated.csv' as file_name,
        'none' as file_hash,
        number::varchar as content_hash,
        timestamp '2026-05-01' as received_at,
        0 as rows_in_count,
        0 as rows_kept_count,
        0 as rows_rejected_count,
        0 as incident_count,
        0 as rows_corrected_count,
        true as is_simulated
    from range($months) as months (number)
"""
INCIDENTS = """
    insert into incident by name
    select
        number as incident_id,
        1 + number * $months // $rows as submission_id,
        (hash(number) % $profiles)::integer as profile_id,
        number + 2 as source_line,
        (date '2023-04-01' + to_months((number * $months // $rows)::integer))::date as recorded_month,
        recorded_month + to_days((hash(number + 1) % 28)::integer) as recorded_at,
        'day' as recorded_precision,
        recorded_at - to_minutes((hash(number + 2) % 14400)::integer) as event_start_at,
        'minute' as event_precision,
        if(hash(number + 3) % 20 = 0, 'outside', 'exact') as place_precision,
        1 as signed_quantity,
        1 as signed_quantity_high
    from range($rows) as incidents (number)
"""
PERSONS = """
    insert into person by name
    select number as incident_id, role, (10 + hash(number, role) % 70)::smallint as age_years, 'male' as sex
    from range($rows) as incidents (number), (values ('victim', 8), ('suspect', 4)) as roles (role, of_ten)
    where number % 10 < of_ten
"""
BARE = "select submission_id, profile_id, count(*) from incident group by all"


def build_of(rows: int) -> duckdb.DuckDBPyConnection:
    """A build in memory with so many incidents of one supplier."""
    connection = duckdb.connect(":memory:")
    for statement in create_all():
        connection.execute(statement)
    keys = [one.offence_key for one in offences().all if one.class_name][:OFFENCES]
    connection.execute("insert into offence select unnest(range(len($keys))), unnest($keys)", {"keys": keys})
    coded = ", ".join(f"{_picked(name)} as {name}" for name in PROFILE_CODES)
    connection.execute(
        f"""
        insert into profile by name
        select number as profile_id, number as profile_key, (hash(number) % {OFFENCES})::integer as offence_id,
            (hash(number + 1) % 11)::utinyint as victim_age_band,
            (hash(number + 2) % 11)::utinyint as suspect_age_band, {coded}
        from range({PROFILES}) as profiles (number)
        """
    )
    connection.execute(SUBMISSIONS, {"months": MONTHS})
    connection.execute(INCIDENTS, {"months": MONTHS, "rows": rows, "profiles": PROFILES})
    connection.execute(PERSONS, {"rows": rows})
    return connection


def _picked(name: str) -> str:
    values = VALUES.get(name, ["not_recorded"])
    texts = ", ".join(f"'{value}'" for value in values)
    return f"[{texts}][1 + (hash(number, '{name}') % {len(values)})::integer]"


def cpu_seconds(work: Callable[[], object], *, runs: int = 5) -> float:
    """The least CPU time of some runs: what others do on the machine adds to it and never takes away."""
    taken = []
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_SELF)
        work()
        after = resource.getrusage(resource.RUSAGE_SELF)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(taken)


def print_rates() -> None:
    """How often each check is wrong and what it finds, by kind and size of supplier."""
    for kind in VOLUME_KINDS:
        for mean in (5, 20, 60, 150, 1000):
            for months in (6, 12, 24, 36):
                rates = volume_rates(kind, mean, months, count=100, seed=1)
                print(f"volume, {kind.name}, {mean} a month, {months} months: {rates}")
    for kind in DAY_KINDS:
        for mean in (5, 20, 40, 150):
            print(f"days, {kind.name}, {mean} a month: {day_rates(kind, mean, 24, count=60, seed=2)}")
    for rows in (25, 60, 200, 1000):
        print(
            f"blanks 10% to 50%, {rows} rows: {share_rates('blanks_changed', 0.1, 0.5, rows, count=100, seed=3)}"
        )
    for rows in (100, 150, 400):
        print(f"mix without its two main kinds, {rows} rows: {mix_rates(rows, count=60, seed=4)}")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rates", action="store_true", help="print false alarms and finds instead")
    options = parser.parse_args()
    if options.rates:
        print_rates()
        return
    connection = build_of(options.rows)
    checked = cpu_seconds(lambda: assess_all(connection, feed("police-offences")))
    bare = cpu_seconds(lambda: connection.execute(BARE).fetchnumpy())
    print(f"{options.rows:,} incidents: all checks {checked:.2f} s CPU, one bare count {bare:.2f} s")


if __name__ == "__main__":
    main()
