"""The second validator: every row of a file judged by itself, in the order of the rules' own words.

`judge` says which rows are kept and what becomes of each, which are rejected and for which rules, and
which values are warned of. Nothing here is shared with the code that takes files in.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.second.identifiers import is_identifying_column
from tests.second.meaning import incident, warnings
from tests.second.rules import broken
from tests.second.sheet import Said, Sheet, declared_period
from tests.second.tables import Table
from tests.second.words import Toml


@dataclass
class Judged:
    """What becomes of a file's rows: the incident of each kept line, the rules each rejected line broke."""

    kept: list[dict[str, Any]] = field(default_factory=list)
    rejected: dict[int, set[str]] = field(default_factory=dict)
    warned: Counter[tuple[str, str, str | None]] = field(default_factory=Counter)

    @property
    def rows_in(self) -> int:
        """Rows of the file."""
        return len(self.kept) + len(self.rejected)


def judge(feed: Toml, table: Table, said: Said) -> Judged:
    """Every row of a file, judged."""
    found = Judged(rejected={line: {"not_a_record"} for line in table.ragged})
    keys = [
        cells[table.positions["record_key"]] for _, cells in table.rows if "record_key" in table.positions
    ]
    sheet = Sheet(feed, table, said, declared_period(feed, table), is_identifying_column(keys))
    for line, cells in table.rows:
        row = {name: cells[position].strip() for name, position in table.positions.items()}
        rules = broken(sheet, row)
        if rules:
            found.rejected[line] = rules
        else:
            found.kept.append({"line": line, **incident(sheet, row)})
            found.warned += warnings(sheet, row)
    return found


def grouped(feed: Toml, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The incidents of kept rows: rows of one key are one where the feed says so, its first line's.

    Of a record that changes the last version stands, and of equal versions the line lower down.
    """
    if feed["mode"] == "net_change":
        ranked = sorted(kept, key=lambda row: (_rank(row["version"]), row["line"]))
        return list({(row["supplier"], row["key"]): row for row in ranked}.values())
    if feed.get("repeated_key") != "one_incident":
        return kept
    found: dict[Any, dict[str, Any]] = {}
    for row in sorted(kept, key=lambda row: row["line"]):
        found.setdefault((row["supplier"], row["month"], row["key"] or row["line"]), row)
    return list(found.values())


def _rank(version: int | None) -> float:
    return float("-inf") if version is None else version


def delivery_month(period: tuple[date, date] | None, kept: list[dict[str, Any]], received: date) -> date:
    """The month of a delivery of changes: as the file names it, else its newest record's, else that of receipt."""
    if period:
        return period[0]
    return max(
        (row["month"] for row in kept if row["month"]), default=received - timedelta(days=received.day - 1)
    )
