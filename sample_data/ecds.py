"""Assaults seen in three emergency departments, as an extract of the Emergency Care Data Set.

No header names the period, so a month without rows cannot be told from a month that did not come.
Mechanism and place are given in words, as some departments do: which SNOMED codes the national lists
hold for them was not confirmed, and no code is made up here.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas

from sample_data.drawing import chosen, last_day, moments, months_from, season, stream
from sample_data.files import as_csv, gzipped
from sample_data.handed_in import SIMULATED, Extract, Handed, Made, received

FEED = "ed-assaults-ecds"
FIRST_MONTH, LAST_MONTH = "2024-04", "2026-03"
LEAST, MOST = 10, 60
LATE_AFTER_DAYS = 38
"""Days after a month's end on which the late department hands in, from its month on."""


@dataclass(frozen=True)
class Department:
    """A department, its mean number of assaults a month, and what is planted in it."""

    supplier_id: str
    site_code: str
    monthly: float
    minute: int | None = None
    """The one minute of the hour that every time of injury has."""
    late_from: str = ""


DEPARTMENTS = (
    Department("derby-ed", "SIMDE", 48, minute=1),
    Department("chesterfield-ed", "SIMCH", 22),
    Department("northampton-ed", "SIMNN", 32, late_from="2025-10"),
)
MECHANISMS = {
    "Bodily force": 0.64,
    "Knife or sharp object": 0.11,
    "Blunt object": 0.12,
    "Other": 0.06,
    "Not known": 0.07,
}
PLACES = {
    "Street": 0.37,
    "Licensed premises": 0.21,
    "Home": 0.26,
    "School": 0.04,
    "Public transport": 0.03,
    "Workplace": 0.03,
    "Other": 0.03,
    "Not known": 0.03,
}
SEXES = {"1": 0.68, "2": 0.31, "9": 0.01}


def made(_: object = None) -> Made:
    """The departments' files, the false precision of one and the lateness of another."""
    extracts = tuple(map(_extract, DEPARTMENTS))
    return Made(extracts, tuple(_planted(extracts)))


def _extract(department: Department) -> Extract:
    rng = stream(department.supplier_id, FEED)
    days = _received(department)
    months = {month: assaults(department, month, rng) for month in days}
    rows = pandas.concat(months.values(), ignore_index=True)
    # Eighteen digits: more than a number in a spreadsheet can hold.
    rows.insert(0, "EC_Ident", [f"9000{number:014d}" for number in range(1, len(rows) + 1)])
    handed = tuple(
        Handed(department.supplier_id, month, len(own), days[month]) for month, own in months.items()
    )
    name = f"extracts/{department.supplier_id}-ecds-{FIRST_MONTH}-to-{LAST_MONTH}-simulated.csv.gz"
    return Extract(FEED, name, gzipped(as_csv(rows)), handed)


def _received(department: Department) -> dict[str, date]:
    days = received(department.supplier_id, FEED, months_from(FIRST_MONTH))
    late = {
        month: last_day(month) + timedelta(days=LATE_AFTER_DAYS)
        for month in days
        if department.late_from and month >= department.late_from
    }
    return days | late


def assaults(department: Department, month: str, rng: np.random.Generator) -> pandas.DataFrame:
    """A month's assaults, by time of arrival."""
    count = int(np.clip(rng.poisson(department.monthly * season(month)), LEAST, MOST))
    arrived = moments(month, count, rng)
    injured = arrived - pandas.to_timedelta(rng.gamma(1.5, 80, size=count).astype(int) + 10, unit="min")
    if department.minute is not None:
        injured = injured.dt.floor("h") + pandas.Timedelta(minutes=department.minute)
        injured = injured.mask(injured > arrived, injured - pandas.Timedelta(hours=1))
    return pandas.DataFrame(
        {
            "Data_Status": SIMULATED,
            "Site_Code_of_Treatment": department.site_code,
            "Arrival_Date_Time": arrived.dt.strftime("%Y-%m-%d %H:%M:%S"),
            "Injury_Date_Time": injured.dt.strftime("%Y-%m-%d %H:%M:%S"),
            "Injury_Mechanism": chosen(MECHANISMS, count, rng),
            "Place_Of_Injury": chosen(PLACES, count, rng),
            "Age_At_Arrival": np.minimum(10 + rng.gamma(2.2, 9.0, size=count).astype(int), 94),
            "Sex": chosen(SEXES, count, rng),
        }
    )


def _planted(extracts: tuple[Extract, ...]) -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    for one, extract in zip(DEPARTMENTS, extracts, strict=True):
        about = {"supplier_id": one.supplier_id, "feed_id": FEED}
        if one.minute is not None:
            what = "every time of injury has one and the same minute: it is known to the hour at best"
            rows = sum(period.rows for period in extract.handed)
            told = {"what": what, "minute": one.minute, "rows": rows, "check_ids": ["times_of_one_minute"]}
            facts.append({"id": "false_precision", **about, **told})
        if one.late_from:
            facts.append({"id": "late_feed", **about, **_lateness(one, extract)})
    return facts


def _lateness(department: Department, extract: Extract) -> dict[str, Any]:
    """From when on a department is late, and by how many days after the end of the month that follows."""
    late = [period for period in extract.handed if period.month >= department.late_from]
    due = [last_day(str(pandas.Period(period.month) + 1)) for period in late]
    return {
        "what": "from a month on, every month comes after the end of the month that follows it",
        "from_month": department.late_from,
        "months": [period.month for period in late],
        "state": "late",
        "days_after_period": LATE_AFTER_DAYS,
        "days_late": [(period.received_on - day).days for period, day in zip(late, due, strict=True)],
    }
