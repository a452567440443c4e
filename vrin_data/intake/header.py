"""The header line: its delimiter, and which column of the feed each heading is."""

import csv
from dataclasses import dataclass
from pathlib import Path

from vrin_data.contract.feeds import Feed, fold
from vrin_data.errors import RefusedInput

DELIMITERS = (",", "\t", ";", "|")
MOST_COLUMNS = 2_000


@dataclass(frozen=True)
class Header:
    """A file's headings in order, its delimiter, and the position of each column of the feed."""

    delimiter: str
    headings: tuple[str, ...]
    positions: dict[str, int]

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings that the feed does not know."""
        used = set(self.positions.values())
        return tuple(heading for index, heading in enumerate(self.headings) if index not in used)

    def heading_of(self, column: str) -> str | None:
        """The file's own heading of a column, None where the file has none."""
        position = self.positions.get(column)
        return None if position is None else self.headings[position]


def read_header(name: str, path: Path, feed: Feed) -> Header:
    """The header of a file of this feed.

    Raises RefusedInput where required columns are missing or two headings mean the same column,
    with what was found and what was expected.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        line = handle.readline(1_000_000)
    delimiter = max(DELIMITERS, key=line.count)
    try:
        headings = tuple(cell.strip() for cell in next(csv.reader([line], delimiter=delimiter)))
    except (csv.Error, StopIteration) as error:
        raise RefusedInput(f"{name}, line 1: is not a header line that can be read.") from error
    if len(headings) > MOST_COLUMNS:
        raise RefusedInput(f"{name}, line 1: has {len(headings):,} columns; the limit is {MOST_COLUMNS:,}.")
    return Header(delimiter, headings, _positions(name, headings, feed))


def _positions(name: str, headings: tuple[str, ...], feed: Feed) -> dict[str, int]:
    known = feed.headings()
    positions: dict[str, int] = {}
    faults: list[str] = []
    for index, heading in enumerate(headings):
        column = known.get(fold(heading))
        if column is None:
            continue
        if column in positions:
            first = headings[positions[column]]
            faults.append(f"the headings {first!r} and {heading!r} both mean {column}; keep one")
        else:
            positions[column] = index
    faults += _missing(feed, positions)
    if faults:
        shown = ", ".join(heading or "(blank)" for heading in headings[:30]) or "nothing"
        raise RefusedInput(
            f"{name}, line 1: this is not a file of the feed {feed.id}: {'; '.join(faults)}. "
            f"Headings found: {shown[:600]}. "
            f"Accepted headings stand in vrin_data/reference/feeds/{feed.id}.toml."
        )
    return positions


def _missing(feed: Feed, positions: dict[str, int]) -> list[str]:
    faults = [
        f"no column for {column.name} (such as {column.accepted[0]!r})"
        for column in feed.columns
        if column.required and column.name not in positions
    ]
    for group in feed.needs_one_of:
        if not any(name in positions for name in group):
            faults.append(f"no column for any of {', '.join(group)}")
    return faults
