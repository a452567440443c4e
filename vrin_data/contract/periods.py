"""Periods as extracts write them: 2026-03, Jun-18, 201806, 2017/18 and its third quarter.

Everything is read to the first day of the period. A financial year begins in April, an academic
year in September.
"""

import re
from datetime import date, datetime
from typing import Literal

PeriodForm = Literal["month", "financial_year", "academic_year", "calendar_year"]
EARLIEST_YEAR = 1900
FIRST_MONTH_OF = {"financial_year": 4, "academic_year": 9, "calendar_year": 1}
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}
MONTH_FORMATS = (
    "%Y-%m",
    "%Y%m",
    "%Y/%m",
    "%m/%Y",
    "%b-%y",
    "%b %y",
    "%b-%Y",
    "%b %Y",
    "%B %Y",
    "%B-%Y",
    "%B %y",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
)
_TWO_YEARS = re.compile(r"(?:FY\s*)?(\d{4})\s*[-/]?\s*(\d{2}|\d{4})", re.IGNORECASE)


def read_period(text: str, form: PeriodForm = "month") -> date | None:
    """First day of the period that a text names, None where it names none."""
    found = _month(text.strip()) if form == "month" else _year(text.strip(), form)
    return found if found is not None and found.year >= EARLIEST_YEAR else None


def read_quarter(text: str) -> int | None:
    """The number of a quarter (1 to 4) as written: 1, Q1, Quarter 1; None for anything else."""
    found = re.fullmatch(r"(?:q|qtr|quarter)?\s*([1-4])(?:\.0)?", text.strip(), re.IGNORECASE)
    return int(found.group(1)) if found else None


def later(month: date, months: int) -> date:
    """The first day of the month so many months later (earlier where negative)."""
    number = month.year * 12 + month.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _month(text: str) -> date | None:
    for form in MONTH_FORMATS:
        try:
            found = datetime.strptime(text, form)
        except ValueError:
            continue
        if form == "%Y%m" and len(text) != 6:
            continue
        return date(found.year, found.month, 1)
    return None


def _year(text: str, form: PeriodForm) -> date | None:
    first = FIRST_MONTH_OF[form]
    if form == "calendar_year":
        return date(int(text), 1, 1) if re.fullmatch(r"\d{4}", text) and int(text) else None
    found = _TWO_YEARS.fullmatch(text)
    if found is None or not int(found.group(1)):
        return None
    start, end = int(found.group(1)), found.group(2)
    return date(start, first, 1) if (start + 1) % 100 == int(end) % 100 else None
