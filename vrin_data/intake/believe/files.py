"""What a whole file tells: dates eaten by a spreadsheet, day and month swapped, rows lost on the way."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from vrin_data.contract.checks import check
from vrin_data.contract.feeds import Feed
from vrin_data.intake.believe.facts import Facts
from vrin_data.intake.believe.finding import Finding, found

LAST_MONTH = 12
DAYS_A_MONTH = 30.4
CENTURY = 100
COLUMN_WORDS = {"recorded_at": "dates of recording", "event_start_at": "dates of the event"}


def file_findings(facts: Facts, feed: Feed) -> list[Finding]:
    """What there is to say of the files that one supplier's submissions came in, at each of them."""
    findings: list[Finding] = []
    for _, own in facts.submissions.groupby(["file_name", "file_hash"], sort=False):
        numbers = [int(number) for number in own["submission_id"]]
        told = [*_date_faults(facts, own), *_declared(own, facts.submissions, feed)]
        for check_id, words in told:
            findings += [one for number in numbers for one in found(feed, number, check_id, words)]
    return findings


def _date_faults(facts: Facts, own: pd.DataFrame) -> Iterator[tuple[str, str]]:
    dates = facts.dates[facts.dates["submission_id"].isin(own["submission_id"])]
    for column, days in dates.groupby("column", sort=True):
        months = max(own["period_start"].nunique(), len(days.drop_duplicates(["year", "month"])))
        rows = int(days["row_count"].sum())
        words = COLUMN_WORDS[str(column)]
        if _is_eaten(days, rows, months):
            year, last = days["year"].iloc[0], days["day"].max()
            yield (
                "dates_in_one_year",
                f"all {rows:,} {words} lie in {year} and none after day {last} of a month, in {months} months",
            )
        elif _is_swapped(days, rows, months):
            yield (
                "day_and_month_swapped",
                f"none of {rows:,} {words} lies after day {days['day'].max()} of a month, in {months} months",
            )


def _is_eaten(days: pd.DataFrame, rows: int, months: int) -> bool:
    """All dates in one year, and the days of the month no more than a two-digit year could be."""
    own = check("dates_in_one_year")
    if (
        rows < own.threshold("least_rows")
        or months < own.threshold("least_months")
        or days["year"].nunique() > 1
    ):
        return False
    last_year = int(days["year"].iloc[0]) % CENTURY
    chance = min(1.0, last_year / DAYS_A_MONTH) ** rows
    return bool(
        days["day"].max() <= last_year
        and days["day"].max() > LAST_MONTH
        and chance <= own.threshold("largest_chance")
    )


def _is_swapped(days: pd.DataFrame, rows: int, months: int) -> bool:
    """No day beyond the twelfth; dates that are all the first of a month are months and no days."""
    own = check("day_and_month_swapped")
    is_long = rows >= own.threshold("least_rows") and months >= own.threshold("least_months")
    return bool(is_long and days["day"].max() <= LAST_MONTH and days["day"].max() > 1)


def _declared(own: pd.DataFrame, everything: pd.DataFrame, feed: Feed) -> Iterator[tuple[str, str]]:
    """Rows that a file says it holds against those it holds.

    A later file may leave out months that stand in the build unchanged, so that its rows are only
    known where it is of one month, or is the first that its supplier sent.
    """
    declared = own["declared_count"].dropna()
    if declared.empty:
        return
    is_first = own["received_at"].min() <= everything["received_at"].min()
    said, held = int(declared.iloc[0]), int(own["rows_in_count"].sum())
    if held < said and len(own) > 1 and not is_first:
        return
    words = f"the file says {said:,} rows and holds {held:,}"
    if held < check("declared_count_half").threshold("least_share") * said:
        yield "declared_count_half", words
    elif held != said:
        yield "declared_count", words


def outside_findings(facts: Facts, feed: Feed) -> list[Finding]:
    """Submissions most of whose places lie outside the supplier's own area, unless such a one was let in before."""
    own = check("places_mostly_outside")
    table = facts.submissions
    known = table["incidents"] - table["places_blank"] - table["places_unknown"]
    is_outside = (known >= own.threshold("least_rows")) & (
        table["places_outside"] > own.threshold("largest_share") * known
    )
    let_in = np.asarray((is_outside & table["is_let_in"]).cumsum()) > 0
    findings: list[Finding] = []
    for number, outside, placed in zip(
        table["submission_id"][is_outside & ~let_in],
        table["places_outside"][is_outside & ~let_in],
        known[is_outside & ~let_in],
        strict=True,
    ):
        words = f"{outside / placed:.0%} of the places ({outside:,} of {placed:,}) lie outside its own area"
        findings += found(feed, number, own.id, words)
    return findings
