"""A table's header: its headings, and which column of the feed each of them is."""

from dataclasses import dataclass

DELIMITERS = (",", "\t", ";", "|")
MOST_COLUMNS = 2_000


@dataclass(frozen=True)
class Header:
    """A file's headings in order, its delimiter, and the position of each column of the feed.

    `dropped` are headings of forbidden columns that an agreement says to leave out.
    """

    delimiter: str
    headings: tuple[str, ...]
    positions: dict[str, int]
    dropped: tuple[str, ...] = ()

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings that the feed does not know."""
        used = set(self.positions.values())
        return tuple(heading for index, heading in enumerate(self.headings) if index not in used)

    def heading_of(self, column: str) -> str | None:
        """The file's own heading of a column, None where the file has none."""
        position = self.positions.get(column)
        return None if position is None else self.headings[position]
