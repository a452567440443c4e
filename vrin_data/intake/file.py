"""One file's way through: text, header, records, checks, profiles, places, submissions."""

from datetime import datetime

import duckdb

from vrin_data.contract.feeds import Feed, fold
from vrin_data.contract.suppliers import Supplier, find_supplier, suppliers
from vrin_data.errors import RefusedInput
from vrin_data.intake.areas import AreaIndex
from vrin_data.intake.checks import COORDINATE_KINDS, IN_THE_SEA, Rule
from vrin_data.intake.header import Header, read_header
from vrin_data.intake.lines import Records, records_of
from vrin_data.intake.parse import RAW_SEPARATOR, ParsedFile, coded_positions, parse
from vrin_data.intake.placing import LAND_SQUARE_M, make_grid, make_places, squares_in_the_sea
from vrin_data.intake.profiles import make_combinations
from vrin_data.intake.rejects import RejectedRows, known_loose_count, rejected_rows, write_rejected
from vrin_data.intake.result import SubmissionResult
from vrin_data.intake.submissions import FileRows, make_rows, put_in, submissions_of
from vrin_data.intake.summary import (
    accepted_rows,
    bare_month_result,
    count_unused,
    loose_result,
    result_of,
    write_warnings,
)
from vrin_data.intake.text import as_utf8
from vrin_data.intake.unpack import SourceFile

SHOWN_WARNINGS = 20
STOP_FROM_ROWS = 100
STOP_AT_REJECTED_SHARE = 0.5


def take_file(
    connection: duckdb.DuckDBPyConnection,
    index: AreaIndex,
    feed: Feed,
    source: SourceFile,
    *,
    sender: Supplier | None,
    received_at: datetime,
) -> list[SubmissionResult]:
    """Put one file's submissions into the draft and say what became of each.

    Raises RefusedInput where the file is not of this feed, or where so many of its rows are bad
    that the file as a whole cannot be believed.
    """
    shape = as_utf8(source)
    header = read_header(source.name, source.path, feed)
    records = records_of(connection, source.path, header, shape, coded_positions(feed, header))
    parsed = _parse(connection, feed, source, header, records, sender, received_at)
    _reject_in_the_sea(connection, feed, parsed)
    rejected = rejected_rows(connection, feed, header, parsed, records.broken)
    _stop_if_unbelievable(source.name, records, rejected)
    unused = make_combinations(connection, feed, parsed.values)
    rows = FileRows(source, feed, parsed.values, received_at)
    count_unused(connection, rows, unused)
    make_rows(connection, rows)
    noticed = [*_unused_headings(header), *(one.words for one in unused[:SHOWN_WARNINGS])]
    return _submit(connection, index, rows, rejected, noticed)


def _unused_headings(header: Header) -> list[str]:
    names = [heading for heading in header.unused if heading]
    return [f"columns the feed does not know were left out: {', '.join(names)[:300]}"] if names else []


def _parse(
    connection: duckdb.DuckDBPyConnection,
    feed: Feed,
    source: SourceFile,
    header: Header,
    records: Records,
    sender: Supplier | None,
    received_at: datetime,
) -> ParsedFile:
    default = sender or _supplier_in(source.name)
    if "supplier" not in header.positions and default is None:
        raise RefusedInput(
            f"{source.name}: does not say who sent it: no column for the supplier, and no supplier's name "
            f"in the file's name. Name it with --supplier, such as --supplier {next(iter(suppliers()))}."
        )
    texts = records.values.get(header.positions.get("supplier", -1), [])
    found = {text: find_supplier(text) for text in texts}
    parsed = parse(
        connection,
        feed,
        header,
        records,
        received_day=received_at.date(),
        supplier_of={text: one.supplier_id for text, one in found.items() if one is not None},
        default_supplier=default.supplier_id if default else None,
    )
    make_grid(connection, {"longitude", "latitude"} <= parsed.present)
    return parsed


def _supplier_in(name: str) -> Supplier | None:
    """The one supplier whose id or name stands in a file's name."""
    words = f" {fold(name)} "
    found = {
        supplier.supplier_id: supplier
        for supplier in suppliers().values()
        for spelling in (supplier.supplier_id, supplier.supplier_name, *supplier.aliases)
        if f" {fold(spelling)} " in words
    }
    longest = sorted(found.values(), key=lambda supplier: len(supplier.supplier_id), reverse=True)
    return longest[0] if len(longest) == 1 else None


def _reject_in_the_sea(connection: duckdb.DuckDBPyConnection, feed: Feed, parsed: ParsedFile) -> None:
    """Add one more bit for points far from any address; a publisher's own snapped points are left alone."""
    if feed.place_precision != "exact":
        return
    at_sea = squares_in_the_sea(connection)
    if not at_sea:
        return
    given = tuple(name for name in COORDINATE_KINDS if name in parsed.present)
    bit = parsed.add_rule(Rule("in_the_sea", given, "", IN_THE_SEA))
    raws = ", ".join(
        f"coalesce(typed.{name}::varchar, '')" if name in given else "''" for name in parsed.raw_columns
    )
    connection.execute(
        f"""
        update typed
        set fault_bits = typed.fault_bits | {bit}, raw_values = concat_ws('{RAW_SEPARATOR}', {raws})
        from row
        left join degrees using (longitude, latitude)
        where typed.rowid + 1 = row.rank
            and row.fault_bits = 0
            and (
                floor(coalesce(row.easting, east_m) / {LAND_SQUARE_M})::integer,
                floor(coalesce(row.northing, north_m) / {LAND_SQUARE_M})::integer
            ) in (select (unnest($e5::integer[]), unnest($n5::integer[])))
        """,
        {"e5": [east for east, _ in at_sea], "n5": [north for _, north in at_sea]},
    )


def _stop_if_unbelievable(name: str, records: Records, rejected: RejectedRows) -> None:
    rows_in, bad = records.rows_in, rejected.row_count
    if rows_in and (bad == rows_in or (rows_in >= STOP_FROM_ROWS and bad > rows_in * STOP_AT_REJECTED_SHARE)):
        raise RefusedInput(
            f"{name}: {bad:,} of {rows_in:,} rows cannot be used, so nothing of it was taken. {rejected.in_words()}"
        )
    if rows_in == 0:
        raise RefusedInput(
            f"{name}: has a header and no rows, and this feed's header names no period, so it cannot be taken as "
            "a month with nothing to report. Ask the supplier."
        )


def _submit(
    connection: duckdb.DuckDBPyConnection,
    index: AreaIndex,
    rows: FileRows,
    rejected: RejectedRows,
    noticed: list[str],
) -> list[SubmissionResult]:
    found = submissions_of(connection, rows)
    bad = rejected.by_submission(found)
    found["rows_rejected"] = list(bad.values())
    found["is_unchanged"] = (found["content_hash"] == found["earlier_hash"]) & (
        found["rows_rejected"] == found["earlier_rejected"]
    )
    fresh = found[~found["is_unchanged"]]
    loose = rejected.loose_count(found)
    is_news = len(fresh) > 0 or loose != known_loose_count(connection, rows)
    if is_news:
        make_places(connection, "kept", index, rows.feed.place_precision)
        accepted = accepted_rows(connection, rows, fresh)
        put_in(connection, rows, accepted)
        standing = [int(number) for number in found.loc[found["is_unchanged"], "earlier_id"]]
        write_rejected(connection, rows, accepted, unchanged=standing, is_one=len(found) == 1)
        write_warnings(connection)
    results = [result_of(rows, one, rejected, tuple(noticed)) for one in found.to_dict("records")]
    bare = rejected.months_without_rows(found)
    results += [bare_month_result(rows, key, count, rejected, is_news=is_news) for key, count in bare.items()]
    if loose > sum(bare.values()):
        results.append(loose_result(rows, loose - sum(bare.values()), rejected, is_news=is_news))
    return results
