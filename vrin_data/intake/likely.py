"""Which feed a file is likely to be of whose headings fit none: the one for which most can be proposed."""

from collections.abc import Mapping

import duckdb

from vrin_data.contract.feeds import Feed
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.any_table import read_any, values_of
from vrin_data.intake.reading.recognise import Recognised
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.suggesting.headings import proposals_of, with_roles
from vrin_data.intake.suggesting.suggest import missing_words

ROWS_WEIGHED = 500
LEAST_SHARE = 0.2
LOST_BY_A_MISSING_COLUMN = 0.15


def likely_feeds(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, feeds: Mapping[str, Feed]
) -> list[Recognised]:
    """The feeds for whose columns most of a file's headings can be proposed, likeliest first.

    Raises RefusedInput where the file holds no table with a header.
    """
    found, refusal = [], None
    for one in feeds.values():
        try:
            found.append(_weighed(connection, source, one))
        except RefusedInput as error:
            refusal = error
    if not found and refusal is not None:
        raise refusal
    likely = [one for one in found if one.score >= LEAST_SHARE]
    return sorted(likely, key=lambda one: (-one.score, one.feed_id))


def _weighed(connection: duckdb.DuckDBPyConnection, source: SourceFile, feed: Feed) -> Recognised:
    """How likely a file is of a feed: the mean confidence of its headings, less for each column it lacks."""
    table = read_any(connection, source, feed, most_rows=ROWS_WEIGHED)
    kinds = with_roles(connection, feed, table, values_of(connection, table))
    proposals = proposals_of(feed, table, kinds)
    given = [one for one in proposals if one.column is not None]
    missing = missing_words(feed, {one.column or "" for one in given} | set(table.constants))
    mean = sum(one.confidence for one in given) / max(len(proposals), 1)
    score = round(max(mean - LOST_BY_A_MISSING_COLUMN * len(missing), 0.0), 3)
    words = f"{feed.name}: a column can be proposed for {len(given)} of {len(proposals)} headings"
    return Recognised(feed.id, score, f"{words}; missing: {'; '.join(missing)}" if missing else words)
