"""Days of a period for which nothing came: taken from its rows' dates, and told where they are more than chance."""

import numpy as np
import pandas as pd

from vrin_data.contract.checks import check
from vrin_data.intake.believe.days import DaysOf, EmptyRun, empty_runs
from vrin_data.intake.believe.facts import Facts


def telling_gap(run: EmptyRun | None) -> str:
    """The words of a run of empty days that is more than chance, else nothing."""
    own = check("days_empty")
    if run is None or run.chance > own.threshold("largest_chance"):
        return ""
    if run.length < own.threshold("least_share_of_period") * run.period_days:
        return ""
    longest = run.longest_of_others
    if longest is None:
        return run.words
    if run.length <= own.threshold("least_times_longest") * longest:
        return ""
    return f"{run.words}; the longest such gap in other periods is {_days_words(longest)}"


def _days_words(days: int) -> str:
    return "none" if not days else f"{days} {'day' if days == 1 else 'days'}"


def gaps_of(facts: Facts) -> dict[int, EmptyRun]:
    """The longest run of empty days of each submission that has days."""
    days = _days(facts)
    least = int(check("days_empty").threshold("least_others"))
    runs = zip(days, empty_runs(list(days.values()), least_others=least), strict=True)
    return {number: run for number, run in runs if run is not None}


def _days(facts: Facts) -> dict[int, DaysOf]:
    """Which days of its period each submission has a row for, by any of its dates."""
    own = facts.submissions[["submission_id", "period_start", "period_end"]]
    dated = facts.dates.merge(own, on="submission_id")
    offset = (pd.to_datetime(dated[["year", "month", "day"]]) - dated["period_start"]).dt.days
    dated["offset"] = offset
    length = (own["period_end"] - own["period_start"]).dt.days
    found_days: dict[int, DaysOf] = {}
    inside = dated[(offset >= 0) & (offset < (dated["period_end"] - dated["period_start"]).dt.days)]
    used = {int(number): part["offset"].to_numpy() for number, part in inside.groupby("submission_id")}
    for number, start, days in zip(own["submission_id"], own["period_start"], length, strict=True):
        if int(number) in used:
            has_rows = np.zeros(days, dtype=bool)
            has_rows[used[int(number)]] = True
            found_days[int(number)] = DaysOf(start.date(), has_rows)
    return found_days
