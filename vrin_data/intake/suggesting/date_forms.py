"""How a column writes its dates: which form, and whether the day or the month stands first."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import duckdb

from vrin_data.contract.variants import in_date_order
from vrin_data.intake.parse import TIME_FORMATS

Order = Literal["day_first", "month_first"]

_TIME = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s*[AaPp][Mm])?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
_NUMBERED = re.compile(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}}){_TIME}")
_YEAR_FIRST = re.compile(rf"\d{{4}}[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_WORDED = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)?[-/ ](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/ ,]+\d{{2,4}}{_TIME}",
    re.IGNORECASE,
)
_COMPACT = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_SERIAL = re.compile(r"[34]\d{4}(?:\.\d+)?")
# The forms of `parse.TIME_FORMATS` and those that VRIN does not read, to compare dates by.
COMPARED_FORMATS = (
    *TIME_FORMATS,
    "%d/%m/%y",
    "%d/%m/%y %H:%M",
    "%d-%b-%y",
    "%d-%b-%y %H:%M",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %I:%M %p",
    "%d/%m/%Y %I:%M:%S %p",
    "%Y%m%d",
    "%Y/%m/%d",
    "%Y/%m/%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
)
COMPARED_ROWS = 20_000
FORMS = {
    "numbered": "day, month and year as numbers",
    "year_first": "year first",
    "worded": "the month as a word",
    "compact": "eight digits, year first",
}


@dataclass(frozen=True)
class Dates:
    """How a column writes its dates.

    `order` is None where no date tells it; `is_mixed` where some tell one order and some the other.
    `share` is the share of its cells that are dates, `has_time` that most of them have a time.
    """

    share: float
    form: str
    order: Order | None
    is_mixed: bool
    has_time: bool
    has_short_year: bool

    @property
    def words(self) -> str:
        """What is said of it."""
        if self.form != "numbered":
            return FORMS[self.form]
        if self.is_mixed:
            return "day and month are swapped in some of them"
        return {"day_first": "day first", "month_first": "month first", None: "no day beyond 12"}[self.order]


def date_form(text: str) -> str | None:
    """The form of a date, None for a text that is none. Months above 12 and days above 31 are none."""
    if found := _NUMBERED.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        return "numbered" if min(first, second) in range(1, 13) and max(first, second) <= 31 else None
    if found := _YEAR_FIRST.fullmatch(text):
        return "year_first" if 1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31 else None
    if _WORDED.fullmatch(text):
        return "worded"
    return "compact" if _COMPACT.fullmatch(text) else None


def is_spreadsheet_number(text: str) -> bool:
    """Whether a text is a day's number as spreadsheets count (from 1982 to 2036)."""
    return _SERIAL.fullmatch(text) is not None


def dates_of(counts: Mapping[str, int]) -> Dates | None:
    """How values with these counts write dates, None where none of them is one."""
    forms: Counter[str] = Counter()
    leading, following, timed, short = 0, 0, 0, 0
    for raw, count in counts.items():
        text = raw.strip()
        form = date_form(text)
        if form is None:
            continue
        forms[form] += count
        timed += count * (":" in text)
        if found := _NUMBERED.fullmatch(text):
            leading += count * (int(found[1]) > 12)
            following += count * (int(found[2]) > 12)
            short += count * (len(found[3]) == 2)
    total = sum(forms.values())
    if not total:
        return None
    return Dates(
        share=total / sum(counts.values()),
        form=forms.most_common(1)[0][0],
        order=_order(leading, following),
        is_mixed=leading > 0 and following > 0,
        has_time=timed * 2 > total,
        has_short_year=short * 2 > total,
    )


def _order(leading: int, following: int) -> Order | None:
    if leading == following:
        return None
    return "day_first" if leading > following else "month_first"


def mean_times(
    connection: duckdb.DuckDBPyConnection, table: str, dates: Mapping[int, Dates]
) -> dict[int, float]:
    """The mean of each column of dates in seconds, over the rows that have all of them.

    Only columns that most of the rows fill are compared; those that cannot be read are left out.
    """
    parsed = {
        position: f"epoch(try_strptime(trim(c{position}), {_formats(one.order or 'day_first')}))"
        for position, one in dates.items()
    }
    if not parsed:
        return {}
    rows = f"(select * from {table} limit {COMPARED_ROWS})"
    filled = connection.execute(
        f"select count(*), {', '.join(f'count({sql})' for sql in parsed.values())} from {rows}"
    ).fetchone()
    if filled is None:
        return {}
    used = {
        position: sql
        for (position, sql), count in zip(parsed.items(), filled[1:], strict=True)
        if count * 2 > filled[0]
    }
    if not used:
        return {}
    wanted = ", ".join(f"avg({sql})" for sql in used.values())
    there = " and ".join(f"{sql} is not null" for sql in used.values())
    means = connection.execute(f"select {wanted} from {rows} where {there}").fetchone() or ()
    return {position: mean for position, mean in zip(used, means, strict=True) if mean is not None}


def _formats(order: Order) -> str:
    return "[" + ", ".join(f"'{shown}'" for shown in in_date_order(COMPARED_FORMATS, order)) + "]"
