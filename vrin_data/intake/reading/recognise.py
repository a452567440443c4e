"""Which feed a file is of, told from its headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from vrin_data.contract.feeds import Feed
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.fitting import Fit, best_fit
from vrin_data.intake.reading.heads import Head
from vrin_data.intake.reading.kinds import kind_of
from vrin_data.intake.reading.opening import tables_of
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.reading.xml_walk import walk

FITS_FROM = 0.5
SHARE_OF_HEADINGS = 0.4
SHARE_OF_COLUMNS = 0.1


@dataclass(frozen=True)
class Recognised:
    """A feed that a file may be of: how well it fits, from 0 to 1 (half and more: it fits), and why."""

    feed_id: str
    score: float
    words: str


def recognise(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, feeds: Mapping[str, Feed]
) -> list[Recognised]:
    """The feeds whose header the file has, best first; feeds that fit alike have the same score.

    Empty where the file fits none; `near_misses` says what is missing. Raises RefusedInput where the
    file is none that can be read.
    """
    fitting = [one for one in _ranked(connection, source, feeds) if one.score >= FITS_FROM]
    alike = [one.feed_id for one in fitting if one.score == fitting[0].score]
    if len(alike) < 2:
        return fitting
    tie = f"; it fits {' and '.join(alike)} alike, so the feed has to be named"
    return [
        Recognised(one.feed_id, one.score, one.words + tie if one.feed_id in alike else one.words)
        for one in fitting
    ]


def near_misses(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, feeds: Mapping[str, Feed]
) -> list[Recognised]:
    """The feeds of which the file has some headings and not all that are needed, best first."""
    return [one for one in _ranked(connection, source, feeds) if 0 < one.score < FITS_FROM]


def _ranked(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, feeds: Mapping[str, Feed]
) -> list[Recognised]:
    if kind_of(source) == "xml":
        found = [_of_xml(connection, source, one) for one in _feeds_of_xml(source, feeds)]
    else:
        tables = tables_of(connection, source, next(iter(feeds.values())))
        heads = [list(table.heads()) for table in tables]
        found = [_of_heads(heads, one) for one in feeds.values()]
    return sorted((one for one in found if one is not None), key=lambda one: (-one.score, one.feed_id))


def _feeds_of_xml(source: SourceFile, feeds: Mapping[str, Feed]) -> list[Feed]:
    """The feeds that name an element of the file as their row; where none does, those that name none."""
    names = {name.lower() for name in walk(source, (), lambda *_: None).names}
    named = [one for one in feeds.values() if names & {row.lower() for row in one.xml_rows}]
    return named or [one for one in feeds.values() if not one.xml_rows]


def _of_xml(connection: duckdb.DuckDBPyConnection, source: SourceFile, feed: Feed) -> Recognised | None:
    try:
        return _of_heads([list(table.heads()) for table in tables_of(connection, source, feed)], feed)
    except RefusedInput:
        return None


def _of_heads(heads: Sequence[Sequence[Head]], feed: Feed) -> Recognised | None:
    """How well a feed fits the best of a file's tables, None where it knows no heading."""
    fits = [fit for one in heads if (fit := best_fit(one, feed))]
    best = max(fits, key=lambda fit: fit.rank, default=None)
    if best is None or not best.known:
        return None
    return Recognised(feed.id, _score(best, feed), _words(best, feed))


def _score(fit: Fit, feed: Feed) -> float:
    """Half for a whole fit; the rest for headings that are known and columns that are there."""
    headings = sum(1 for cell in fit.row.cells if cell)
    months = len(fit.wide.months) if fit.wide else 0
    share = SHARE_OF_HEADINGS * (fit.known + months) / max(headings, 1)
    share += SHARE_OF_COLUMNS * fit.known / max(len(feed.columns), 1)
    return round(share if fit.faults else FITS_FROM + share, 3)


def _words(fit: Fit, feed: Feed) -> str:
    headings = sum(1 for cell in fit.row.cells if cell)
    known = f"{feed.name}: {fit.known} of {headings} headings are known"
    if fit.wide:
        known += f", {len(fit.wide.months)} are months"
    return (
        f"{known}; {'; '.join(fit.faults)}" if fit.faults else f"{known}, and none that is needed is missing"
    )
