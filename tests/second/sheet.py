"""A file as its rows are judged: its feed, its table, its period, and what a row says of sender, time and text."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from tests.second.tables import Table
from tests.second.words import (
    LENGTHS,
    Toml,
    is_blank,
    later,
    moment,
    month_of,
    period_start,
    plain,
    suppliers_of,
)

Point = tuple[float, float]


@dataclass(frozen=True)
class Said:
    """What is known of a file beside its rows: when it came, who sent it, and which points lie in the sea."""

    received_day: date
    sender: str | None = None
    sea: Collection[Point] = ()


@dataclass(frozen=True)
class Sheet:
    """A file's feed, table and period, by which its rows are judged."""

    feed: Toml
    table: Table
    said: Said
    period: tuple[date, date] | None
    has_keys_of_persons: bool

    def supplier(self, row: dict[str, str]) -> str | None:
        """Who sent a row: as it says itself, else as the file does."""
        own = row.get("supplier", "")
        if is_blank(own, self.feed):
            return self.said.sender
        return suppliers_of(tuple(self.feed["supplier_kinds"])).get(plain(own))

    def telling(self) -> list[str]:
        """The columns that tell the period, the first that says anything before the others."""
        if self.feed["period_from"] == "recorded_month":
            return ["recorded_month"]
        return [self.feed["period_from"], "event_start_at", "recorded_month"]

    def counts_in(self, row: dict[str, str]) -> date | None:
        """First day of the period in which a row counts, None where nothing tells it."""
        length = self.feed.get("period_length", "month")
        for name in self.telling():
            if is_blank(row.get(name, ""), self.feed):
                continue
            if name == "recorded_month":
                return self.month(row)
            found = moment(row[name])
            return period_start(found[0].date(), length) if found else None
        is_one = self.period is not None and later(self.period[0], LENGTHS[length]) >= self.period[1]
        return self.period[0] if is_one and self.period else None

    def month(self, row: dict[str, str]) -> date | None:
        """First day of the month or quarter that a row names, None where it names none."""
        month = month_of(row["recorded_month"], self.feed.get("period_form", "month"))
        if month is None or "recorded_quarter" not in row:
            return month
        quarter = re.fullmatch("(?:q|quarter )?([1-4])", row["recorded_quarter"].lower())
        return later(month, 3 * (int(quarter[1]) - 1)) if quarter else None

    def text(self, row: dict[str, str], name: str) -> str | None:
        """A text as it stands, None for a blank."""
        cell = row.get(name, "")
        return None if is_blank(cell, self.feed) else cell


def declared_period(feed: Toml, table: Table) -> tuple[date, date] | None:
    """First day and first day after of the period that a file names above its header."""
    if month := table.above.get("period"):
        first = month_of(month, "month")
        return (first, later(first, 1)) if first else None
    start, end = table.above.get("period_start"), table.above.get("period_end")
    if start is None or end is None:
        return None
    first, last = moment(start), moment(end)
    if first is None or last is None:
        return None
    return first[0].date(), later(period_start(last[0].date(), "month"), 1)
