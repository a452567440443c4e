"""What stands above a header line: who sent the table, for which period, drawn when.

A reporting standard opens with headings and values (`site code,RX1RA`), a data lead adds lines such
as `period,2026-03`. Both hold for the whole table below.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from vrin_data.contract.feeds import ALWAYS_ABOVE, Feed, fold
from vrin_data.contract.periods import later, read_period
from vrin_data.intake.reading.heads import HeadRow

PERIOD = "period"
HEADINGS_ABOVE = {
    "supplier": (
        "supplier",
        "site code",
        "site code of treatment",
        "sender",
        "sent by",
        "provider code",
        "organisation",
        "organisation code",
        "submitting organisation",
    ),
    "period_start": (
        "period start",
        "period start date",
        "period from",
        "reporting period start",
        "reporting period start date",
    ),
    "period_end": (
        "period end",
        "period end date",
        "period to",
        "reporting period end",
        "reporting period end date",
    ),
    "extracted_at": (
        "extracted",
        "extracted at",
        "extracted on",
        "extract date",
        "extract date and time",
        "date extracted",
        "date of extract",
        "run date",
    ),
    "declared_count": ("records", "record count", "number of records", "rows", "row count", "declared count"),
    PERIOD: ("period", "reporting period", "month", "reporting month"),
}
_RANGE = re.compile(r"\s+(?:to|until)\s+|\s+[-–]\s+")


def names_above(feed: Feed) -> dict[str, str]:
    """Headings, folded, that may stand above a table of this feed, with VRIN's name of what they give."""
    names = {fold(heading): name for name, headings in HEADINGS_ABOVE.items() for heading in headings}
    for column in feed.columns:
        if column.constant or column.name in ALWAYS_ABOVE:
            names |= {fold(heading): column.name for heading in column.accepted}
    return names


def given_above(rows: Sequence[HeadRow], names: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """What the rows above a header give, by VRIN's column, and what is wrong with it in words.

    `names` are the headings that may stand there. A month or a range of days under `period` becomes
    the first and the last day.
    """
    given: dict[str, str] = {}
    faults: list[str] = []
    for row, below in zip(rows, [*rows[1:], None], strict=False):
        for name, value in _pairs(row, below, names):
            if given.setdefault(name, value) != value:
                faults.append(f"line {row.line} gives {name} once more, and differently")
    period = given.pop(PERIOD, None)
    if period is not None:
        days = days_of(period)
        if days is None:
            faults.append("the period above the header names no month and no range of days (such as 2026-03)")
        given = {**(days or {}), **given}
    return given, faults


def days_of(period: str) -> dict[str, str] | None:
    """The first and last day of a period as written, None where it is none."""
    month = read_period(period)
    if month is not None:
        last = later(month, 1) - timedelta(days=1)
        return {"period_start": month.isoformat(), "period_end": last.isoformat()}
    ends = _RANGE.split(period.strip())
    if len(ends) != 2:
        return None
    first, last_month = read_period(ends[0]), read_period(ends[1])
    if first is None or last_month is None:
        return None
    return {"period_start": _day(ends[0], first), "period_end": _day(ends[1], later(last_month, 1), -1)}


def _day(text: str, month: date, days: int = 0) -> str:
    """A day as written, or the month's own (moved by so many days) where only a month is named."""
    names_a_day = len(re.findall(r"\d+|[A-Za-z]+", text)) >= 3
    return text.strip() if names_a_day else (month + timedelta(days=days)).isoformat()


def _pairs(row: HeadRow, below: HeadRow | None, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Name and value of every pair of a row; of a row of headings alone, with the values beneath."""
    filled = [index for index, cell in enumerate(row.cells) if cell]
    if len(filled) > 1 and below and all(row.folded[index] in names for index in filled):
        yield from _with_values_beneath(row, below, filled, names)
        return
    if len(filled) == 1 and ":" in row.cells[filled[0]]:
        heading, _, value = row.cells[filled[0]].partition(":")
        cells = [heading, value.strip()]
    else:
        cells = [row.cells[index] for index in filled]
    found = [
        (names.get(fold(heading)), value) for heading, value in zip(cells[::2], cells[1::2], strict=False)
    ]
    # A row that holds anything else is a title or a table of its own.
    if len(cells) % 2 == 0 and all(name for name, _ in found):
        yield from ((name, value) for name, value in found if name and value)


def _with_values_beneath(
    row: HeadRow, below: HeadRow, filled: list[int], names: dict[str, str]
) -> Iterator[tuple[str, str]]:
    for index in filled:
        value = below.cells[index] if index < len(below.cells) else ""
        if value:
            yield names[row.folded[index]], value
