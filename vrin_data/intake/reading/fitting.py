"""Which row of a table is its header line for a feed, and how well it fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from vrin_data.contract.feeds import Feed, fold
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.above import given_above, names_above
from vrin_data.intake.reading.header import MOST_COLUMNS, Header
from vrin_data.intake.reading.heads import Head, HeadRow
from vrin_data.intake.reading.wide import Wide, faults_of, wide_of

# A row with fewer known headings may be data, and data is not shown in a message.
HEADINGS_SHOWN_FROM = 2


@dataclass(frozen=True)
class Fit:
    """A row taken for a feed's header: what its headings are, what is given above it, what is wrong.

    `known` counts the headings of the row itself that the feed knows. `wide` says where the months of
    a wide table stand; `header` is then that of the long one.
    """

    row: HeadRow
    header: Header
    known: int
    constants: dict[str, str]
    faults: tuple[str, ...]
    wide: Wide | None = None

    @property
    def used_positions(self) -> frozenset[int]:
        """Where the row's cells stand that the feed has a use for."""
        if self.wide is None:
            return frozenset(self.header.positions.values())
        fixed = list(self.wide.fixed)
        kept = [fixed[place] for place in self.header.positions.values() if place < len(fixed)]
        return frozenset([*kept, *self.wide.months])

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Greater for the better fit: one without faults, then more known headings, then further up."""
        return (not self.faults, self.known, -self.row.line)


@dataclass(frozen=True)
class _Words:
    """A feed with its headings and those that may stand above them, folded once for many rows."""

    feed: Feed
    headings: dict[str, str]
    above: dict[str, str]


def find_header(name: str, heads: Iterable[Head], feed: Feed) -> Fit:
    """The row that is a table's header line for this feed.

    Line 1 is taken where it fits and nothing further is looked at. Raises RefusedInput where no row
    fits, with what was found in the best and what was expected.
    """
    fit = best_fit(heads, feed)
    if fit is None or fit.faults:
        raise RefusedInput(misfit_words(name, fit, feed), cause="headings")
    return fit


def best_fit(heads: Iterable[Head], feed: Feed) -> Fit | None:
    """The row that fits a feed best as the header, None where there is no row."""
    words = _Words(feed, feed.headings(), names_above(feed))
    best: Fit | None = None
    for head in heads:
        for index, row in enumerate(head.rows):
            # Most rows are data; a row without a known heading is looked at only where there is no other.
            if best is not None and words.headings.keys().isdisjoint(row.folded):
                continue
            if not any(row.cells):
                continue
            fit = _fit_of(head, index, words)
            if best is None or fit.rank > best.rank:
                best = fit
            if row.line == 1 and not fit.faults:
                return fit
    return best


def _fit_of(head: Head, index: int, words: _Words) -> Fit:
    """How one row serves as the header of a table of this feed."""
    row = head.rows[index]
    if len(row.cells) > MOST_COLUMNS:
        fault = f"has {len(row.cells):,} columns; the limit is {MOST_COLUMNS:,}"
        return Fit(row, Header(head.delimiter, (), {}), 0, {}, (fault,))
    given, faults = given_above(head.rows[:index], words.above)
    fit = _fit(head, row, words, given, None)
    if fit.faults and words.feed.wide_months:
        wide = wide_of(row.cells)
        faults += faults_of(row.cells, wide)
        fit = _fit(head, row, words, given, wide) if wide else fit
    return replace(fit, faults=tuple(dict.fromkeys([*faults, *fit.faults])))


def misfit_words(name: str, fit: Fit | None, feed: Feed) -> str:
    """Why a file is not one of this feed."""
    if fit is None:
        return f"{name}: holds no row. If there was nothing to report, send the header line."
    place = f"{name}, line {fit.row.line}"
    if len(fit.row.cells) > MOST_COLUMNS:
        return f"{place}: {fit.faults[0]}."
    return (
        f"{place}: this is not a file of the feed {feed.id}: {'; '.join(fit.faults)}. {_found(fit)} "
        f"Accepted headings stand in vrin_data/reference/feeds/{feed.id}.toml."
    )


def _found(fit: Fit) -> str:
    if fit.known < HEADINGS_SHOWN_FROM:
        return f"{fit.known or 'None'} of the {len(fit.row.cells):,} cells there is a heading that the feed knows."
    shown = ", ".join(heading or "(blank)" for heading in fit.row.cells[:30])
    return f"Headings found: {shown[:600]}."


def _fit(head: Head, row: HeadRow, words: _Words, given: dict[str, str], wide: Wide | None) -> Fit:
    headings = wide.headings if wide else row.cells
    folded = tuple(fold(heading) for heading in headings) if wide else row.folded
    positions, faults = _positions(headings, folded, words.headings)
    constants = {name: value for name, value in given.items() if name not in positions}
    faults += _missing(words.feed, {*positions, *constants})
    if not positions:
        faults.append("no heading is known")
    known = sum(index < len(headings) - (2 if wide else 0) for index in positions.values())
    header = Header(head.delimiter, headings, positions)
    return Fit(row, header, known, constants, tuple(faults), wide)


def _positions(
    headings: Sequence[str], folded: Sequence[str], known: dict[str, str]
) -> tuple[dict[str, int], list[str]]:
    positions: dict[str, int] = {}
    faults: list[str] = []
    for index, (heading, words) in enumerate(zip(headings, folded, strict=True)):
        column = known.get(words)
        if column is None:
            continue
        if column in positions:
            first = headings[positions[column]]
            faults.append(f"the headings {first!r} and {heading!r} both mean {column}; keep one")
        else:
            positions[column] = index
    return positions, faults


def _missing(feed: Feed, present: set[str]) -> list[str]:
    faults = [
        f"no column for {column.name} (such as {column.accepted[0]!r})"
        for column in feed.columns
        if column.required and column.name not in present
    ]
    for group in feed.needs_one_of:
        if not present.intersection(group):
            faults.append(f"no column for any of {', '.join(group)}")
    return faults
