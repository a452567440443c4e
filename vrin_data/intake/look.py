"""A first look at files that came: which feed each is of, who sent it, and how its rows would be read.

Nothing is taken in and the store is not written to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import duckdb

from vrin_data.contract.feeds import Feed, feeds, fold
from vrin_data.contract.suppliers import Supplier, by_spelling, of_kinds, plain
from vrin_data.contract.variants import Variant, apply
from vrin_data.errors import RefusedInput
from vrin_data.intake.file import supplier_in
from vrin_data.intake.likely import likely_feeds
from vrin_data.intake.reading.any_table import AnyTable, read_any
from vrin_data.intake.reading.recognise import Recognised, recognise
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.suggesting.codes import CodeProposal, code_proposals
from vrin_data.intake.suggesting.preview import Preview, preview
from vrin_data.intake.suggesting.suggest import Suggestion, suggest, variant_of

ROWS_FOR_SENDERS = 20_000
SURE_FROM = 0.75
BY_COLUMN, BY_LINES, BY_NAME = "its column", "the lines above its header", "its file name"


@dataclass(frozen=True)
class Senders:
    """Whom a file names as its supplier, by what it does so, and names that stand for nobody known."""

    supplier_ids: tuple[str, ...] = ()
    told_by: str = ""
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileLook:
    """What one file is likely to be.

    `fits` are the feeds that it fits, best first; where none fits surely, `likely` are those that it is like.
    `variant_of` is the supplier whose own headings for the first of `fits` the file has, '' for none.
    `refusal` says why the file cannot be read at all.
    """

    name: str
    fits: tuple[Recognised, ...] = ()
    likely: tuple[Recognised, ...] = ()
    variant_of: str = ""
    senders: Senders = Senders()
    refusal: str = ""


@dataclass(frozen=True)
class CloseLook:
    """How a file is read as one of a feed: its first rows under the variant that was tried.

    `suggestion` and `codes` (every value of a coded column) are there where they were asked for.
    """

    variant: Variant
    shown: Preview
    suggestion: Suggestion | None = None
    codes: tuple[CodeProposal, ...] = ()


def look_at_file(
    connection: duckdb.DuckDBPyConnection,
    source: SourceFile,
    register: Mapping[str, Supplier],
    variants: Sequence[Variant],
) -> FileLook:
    """What a file is likely to be. `variants` are those in use, newest first."""
    try:
        own, supplier = _own_way(connection, source, variants)
        fits = [
            *own,
            *(one for one in recognise(connection, source, feeds()) if one.feed_id not in _ids(own)),
        ]
        is_sure = bool(fits) and fits[0].score >= SURE_FROM
        likely = [] if is_sure else likely_feeds(connection, source, feeds())
        ranked = [*fits, *likely]
        senders = Senders()
        if ranked:
            senders = _senders(connection, source, feeds()[ranked[0].feed_id], variants, register)
    except RefusedInput as error:
        return FileLook(source.name, refusal=str(error))
    return FileLook(source.name, tuple(fits), tuple(likely), supplier, senders)


def look_closely(
    connection: duckdb.DuckDBPyConnection,
    source: SourceFile,
    feed: Feed,
    variant: Variant | None,
    *,
    received_at: datetime,
    sender: Supplier | None = None,
    register: Mapping[str, Supplier],
    with_codes: bool = True,
) -> CloseLook:
    """How a file is read under a variant; without one a mapping is proposed and tried.

    Raises RefusedInput where the file is no table, VrinError where the variant has faults.
    """
    suggestion = None
    if variant is None:
        suggestion = suggest(connection, source, feed)
        variant = variant_of(suggestion, feed, supplier=sender.supplier_id if sender else "")
    shown = preview(
        connection, source, feed, variant, received_at=received_at, sender=sender, register=register
    )
    codes = tuple(_codes(connection, source, feed, variant)) if with_codes else ()
    return CloseLook(variant, shown, suggestion, codes)


def fitting_variant(
    connection: duckdb.DuckDBPyConnection,
    source: SourceFile,
    feed: Feed,
    variants: Sequence[Variant],
    supplier_id: str = "",
) -> Variant | None:
    """The variant in use under which intake would read a file; None where it reads it by the feed's own TOML."""
    there = _headings(connection, source, feed)
    for one in variants:
        is_own = one.feed == feed.id and (not supplier_id or one.supplier in ("", supplier_id))
        if is_own and (one.columns or supplier_id) and _named(one) <= there:
            return one
    return None


def _own_way(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, variants: Sequence[Variant]
) -> tuple[list[Recognised], str]:
    """The feed that a supplier's own headings show a file to be of, and that supplier."""
    for one in variants:
        feed = feeds().get(one.feed)
        if feed is None or not one.columns or not _named(one) <= _headings(connection, source, feed):
            continue
        found = recognise(connection, source, {feed.id: apply(feed, one)})
        if found:
            words = f"{feed.name}: it has the headings that were put on record for this supplier"
            return [replace(found[0], words=words)], one.supplier
    return [], ""


def _named(variant: Variant) -> set[str]:
    return {fold(heading) for heading in variant.columns.values()}


def _headings(connection: duckdb.DuckDBPyConnection, source: SourceFile, feed: Feed) -> set[str]:
    try:
        return {fold(heading) for heading in read_any(connection, source, feed, most_rows=1).headings}
    except RefusedInput:
        return set()


def _ids(found: Sequence[Recognised]) -> set[str]:
    return {one.feed_id for one in found}


def _senders(
    connection: duckdb.DuckDBPyConnection,
    source: SourceFile,
    feed: Feed,
    variants: Sequence[Variant],
    register: Mapping[str, Supplier],
) -> Senders:
    """Who sent a file: as its rows say, the lines above its header, or its name."""
    among = of_kinds(register, feed.supplier_kinds) or register
    spelt = by_spelling(among.values())
    own = fitting_variant(connection, source, feed, variants)
    table = read_any(connection, source, feed, most_rows=ROWS_FOR_SENDERS)
    heading, names = _supplier_cells(connection, table, apply(feed, own) if own else feed)
    if heading:
        known = {text: spelt.get(plain(text)) for text in names}
        ids = {one.supplier_id for one in known.values() if one is not None}
        strangers = tuple(text for text, one in known.items() if one is None)
        return Senders(tuple(sorted(ids)), f"{BY_COLUMN} {heading}", strangers)
    above = spelt.get(plain(table.constants.get("supplier", "")))
    if above:
        return Senders((above.supplier_id,), BY_LINES)
    named = supplier_in(source.name, among)
    return Senders((named.supplier_id,), BY_NAME) if named else Senders()


def _supplier_cells(
    connection: duckdb.DuckDBPyConnection, table: AnyTable, feed: Feed
) -> tuple[str, list[str]]:
    """The heading of the column of suppliers and its distinct values; '' where there is none."""
    known = feed.headings()
    for position, heading in enumerate(table.headings):
        if known.get(fold(heading)) == "supplier":
            rows = connection.execute(
                f"select distinct trim(c{position}) from {table.table} where trim(c{position}) <> '' order by 1"
            ).fetchall()
            return heading, [str(row[0]) for row in rows]
    return "", []


def _codes(
    connection: duckdb.DuckDBPyConnection, source: SourceFile, feed: Feed, variant: Variant
) -> list[CodeProposal]:
    """The values of coded columns as the variant's headings give them, whatever it says of values."""
    bare = apply(feed, variant.model_copy(update={"codes": {}, "ignored": {}}))
    table = read_any(connection, source, feed)
    known = bare.headings()
    column_of = {
        known[fold(heading)]: at for at, heading in enumerate(table.headings) if fold(heading) in known
    }
    return code_proposals(connection, bare, table, column_of)
