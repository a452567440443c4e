"""Tables with a column a month made long: one record a cell, on the line of its row."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vrin_data.contract.periods import read_period
from vrin_data.intake.reading.lines import CAREFUL_HEADING, NUMBERED_LINE, Records

MONTH_HEADING = "month"
COUNT_HEADING = "count"
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Wide:
    """Where a wide table's months stand, by position, and its other headings with their positions."""

    months: dict[int, date]
    fixed: dict[int, str]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the long table."""
        return (*self.fixed.values(), MONTH_HEADING, COUNT_HEADING)


def wide_of(headings: Sequence[str]) -> Wide | None:
    """The shape of a table whose headings hold months, None where they hold none."""
    months: dict[int, date] = {}
    fixed: dict[int, str] = {}
    for index, heading in enumerate(headings):
        month = read_period(heading) if heading else None
        if month is None:
            fixed[index] = heading
        else:
            months[index] = month
    return Wide(months, fixed) if months else None


def faults_of(headings: Sequence[str], wide: Wide | None) -> list[str]:
    """What forbids to read a header as months, in words: a month twice, years in place of months."""
    years = Counter(heading for heading in headings if _YEAR.fullmatch(heading))
    if years and (wide is None or max(years.values()) > 1):
        shown = ", ".join(f"{year} over {count} columns" for year, count in sorted(years.items()))
        return [
            f"years stand where months are expected ({shown}), so no cell can be given to a month; "
            "ask for the table with its months"
        ]
    months = Counter(wide.months.values()) if wide else {}
    return [
        f"the month {month:%Y-%m} stands over {count} columns, so its cells cannot be told apart; keep one"
        for month, count in sorted(months.items())
        if count > 1
    ]


def widened(records: Records, wide: Wide) -> str:
    """A DuckDB source of the long table, with each record's line: columns c0, c1, ..., month, count.

    A blank cell is no record: it says nothing, where zero would say none.
    """
    months = ", ".join(f"'{month:%Y-%m}'" for month in wide.months.values())
    cells = ", ".join(f"c{index}" for index in wide.months)
    kept = "".join(f"c{index} as c{place}, " for place, index in enumerate(wide.fixed))
    month, count = len(wide.fixed), len(wide.fixed) + 1
    return f"""(
        select {CAREFUL_HEADING}, {kept}month_text as c{month}, cell as c{count}
        from (
            select *, unnest([{months}]) as month_text, unnest([{cells}]) as cell
            from {_with_lines(records)}
        )
        where cell is not null
    )"""


def _with_lines(records: Records) -> str:
    if records.line_expression == NUMBERED_LINE:
        return records.source
    # Without an order or a partition, rows are numbered as they come.
    ranked = f"(select row_number() over () as rank, * from {records.source})"
    return f"(select {records.line_expression} as {CAREFUL_HEADING}, * from {ranked})"
