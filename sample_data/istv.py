"""Assaults seen in four emergency departments, in the ISTV minimum data set.

A file has a header with the reporting period and the site, then an assault a row. The header is the
proof that a period is complete: one with a header and no rows is a true nil. The months before the last
come as few files as the header's period allows, since a period may not reach over a month that is
missing. Three departments send CSV, one sends XML; a department's files come together in one zip.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import pandas

from sample_data.drawing import chosen, last_day, moments, months_from, season, stream
from sample_data.files import zipped
from sample_data.handed_in import SIMULATED_ABOVE, Extract, Handed, Made, received

FEED = "ed-assaults"
FIRST_MONTH, LAST_MONTH = "2024-04", "2026-03"
LEAST, MOST = 10, 60
ARRIVAL_MISSING_SHARE = 0.03


@dataclass(frozen=True)
class Department:
    """A department, its mean number of assaults a month, and its planted months.

    `begins` are the first months of its files.
    """

    supplier_id: str
    site_code: str
    monthly: float
    begins: tuple[str, ...] = ("2024-04", "2026-03")
    form: str = "csv"
    nil_month: str = ""
    missing_month: str = ""


DEPARTMENTS = (
    Department("leicester-ed", "SIMLE", 46),
    Department("nottingham-ed", "SIMNO", 44, ("2024-04", "2025-07"), missing_month="2025-06"),
    Department("mansfield-ed", "SIMMA", 18, ("2024-04", "2025-02", "2025-03"), nil_month="2025-02"),
    Department("lincoln-ed", "SIMLI", 22, form="xml"),
)
METHODS = {
    "Bodily force": 0.62,
    "Knife or sharp object": 0.11,
    "Blunt object": 0.11,
    "Other": 0.08,
    "Not known": 0.08,
}
PLACES = {
    "Public place": 0.39,
    "Licensed premises": 0.22,
    "Home": 0.23,
    "School": 0.04,
    "Public transport": 0.03,
    "Workplace": 0.03,
    "Other": 0.03,
    "Not known": 0.03,
}
WHERE = {
    "Public place": ("town centre street", "market square", "car park", "underpass"),
    "Licensed premises": ("pub", "nightclub", "bar"),
    "Public transport": ("bus station", "on a bus"),
}
OTHERWISE = ("bitten", "pushed down steps", "hit by a thrown bottle")
COLUMNS = (
    "ARRIVAL DATE AND TIME AT ACCIDENT AND EMERGENCY DEPARTMENT",
    "ASSAULT DATE AND TIME",
    "ASSAULT METHOD",
    "ASSAULT METHOD OTHER DESCRIPTION",
    "ASSAULT LOCATION TYPE",
    "ASSAULT LOCATION DESCRIPTION",
)


def made(_: object = None) -> Made:
    """The departments' zips, and the missing month and the true nil planted in them."""
    return Made(tuple(map(_extract, DEPARTMENTS)), tuple(_planted()))


def _extract(department: Department) -> Extract:
    rng = stream(department.supplier_id, FEED)
    days = received(department.supplier_id, FEED, months_from(FIRST_MONTH))
    months = {month: assaults(department, month, rng) for month in days}
    months.pop(department.missing_month, None)
    handed = tuple(
        Handed(department.supplier_id, month, len(rows), days[month], {} if len(rows) else {"is_nil": True})
        for month, rows in months.items()
    )
    name = f"extracts/{department.supplier_id}-istv-{FIRST_MONTH}-to-{LAST_MONTH}-simulated.zip"
    return Extract(FEED, name, zipped(_files(department, months)), handed)


def _files(department: Department, months: dict[str, pandas.DataFrame]) -> dict[str, bytes]:
    """A department's files by name, each from one of its first months to the month before the next."""
    files: dict[str, bytes] = {}
    for begin, after in pairwise([*department.begins, "9999-12"]):
        chosen_months = [month for month in months if begin <= month < after]
        label = begin if len(chosen_months) == 1 else f"{begin}-to-{chosen_months[-1]}"
        rows = pandas.concat([months[month] for month in chosen_months], ignore_index=True)
        name = f"{department.supplier_id}-assaults-{label}-simulated.{department.form}"
        files[name] = FORMS[department.form](rows, _header(department, begin, chosen_months[-1]))
    return files


def assaults(department: Department, month: str, rng: np.random.Generator) -> pandas.DataFrame:
    """A month's assaults under the standard's headings, by time of arrival."""
    count = int(np.clip(rng.poisson(department.monthly * season(month)), LEAST, MOST))
    count = 0 if month == department.nil_month else count
    arrived = moments(month, count, rng)
    waited = pandas.to_timedelta(rng.gamma(1.5, 80, size=count).astype(int) + 10, unit="min")
    method, place = chosen(METHODS, count, rng), chosen(PLACES, count, rng)
    assaulted = arrived - waited
    # Without its arrival a row counts by the assault, which must then lie in the month as well.
    blank = (rng.random(count) < ARRIVAL_MISSING_SHARE) & (assaulted >= pandas.Timestamp(month))
    columns = (
        arrived.dt.strftime("%Y-%m-%dT%H:%M:%S").mask(blank, ""),
        assaulted.dt.strftime("%Y-%m-%dT%H:%M:%S"),
        method,
        [str(rng.choice(OTHERWISE)) if one == "Other" else "" for one in method],
        place,
        [str(rng.choice(WHERE[one])) if one in WHERE else "" for one in place],
    )
    return pandas.DataFrame(dict(zip(COLUMNS, columns, strict=True)))


def as_csv_file(rows: pandas.DataFrame, header: dict[str, str]) -> bytes:
    """A file as CSV: the header's lines, a blank line, the headings, the rows."""
    above = [f"{name},{value}" for name, value in header.items()]
    text = "\n".join([*above, "", rows.to_csv(index=False, lineterminator="\n")])
    return text.encode("utf-8")


def as_xml_file(rows: pandas.DataFrame, header: dict[str, str]) -> bytes:
    """A file as XML: a header element, then an element an assault; a blank element is left out."""
    head = _element("SubmissionHeader", header)
    seen = "".join(_element("Assault", dict(row)) for row in rows.to_dict("records"))
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<ISTVSubmission>\n{head}{seen}</ISTVSubmission>\n'
    return text.encode("utf-8")


def _header(department: Department, first: str, last: str) -> dict[str, str]:
    return {
        "DATA STATUS": SIMULATED_ABOVE,
        "REPORTING PERIOD START DATE": f"{first}-01",
        "REPORTING PERIOD END DATE": last_day(last).isoformat(),
        "SITE CODE (OF TREATMENT)": department.site_code,
    }


def _element(name: str, values: dict[str, str]) -> str:
    inner = "".join(f"<{_tag(key)}>{escape(value)}</{_tag(key)}>" for key, value in values.items() if value)
    return f"  <{name}>{inner}</{name}>\n"


def _tag(heading: str) -> str:
    """A heading as the name of an element: ReportingPeriodStartDate."""
    return heading.replace("(", "").replace(")", "").title().replace(" ", "")


FORMS: dict[str, Callable[[pandas.DataFrame, dict[str, str]], bytes]] = {
    "csv": as_csv_file,
    "xml": as_xml_file,
}


def _planted() -> list[dict[str, Any]]:
    facts: list[dict[str, Any]] = []
    for one in DEPARTMENTS:
        about = {"supplier_id": one.supplier_id, "feed_id": FEED}
        if one.missing_month:
            what = "no file: the month is missing, not zero"
            told = {"what": what, "month": one.missing_month, "state": "overdue"}
            facts.append({"id": "missing_month", **about, **told})
        if one.nil_month:
            what = "a header and no rows: there was nothing to report"
            facts.append({"id": "true_nil", **about, "what": what, "month": one.nil_month, "state": "nil"})
    return facts
