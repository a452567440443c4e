"""One file's way through: text, header, records, checks, profiles, places, submissions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import duckdb
import pandas as pd

from vrin_data.contract.feeds import Feed, fold
from vrin_data.contract.identifiers import forbidden_headings
from vrin_data.contract.suppliers import Supplier, by_spelling, of_kinds, plain
from vrin_data.contract.variants import Variant, apply, respelled
from vrin_data.errors import RefusedInput, VrinError
from vrin_data.intake.areas import AreaIndex
from vrin_data.intake.axes import make_home_boxes, mend_axes
from vrin_data.intake.believe import write_findings
from vrin_data.intake.believe.finding import found as found_at
from vrin_data.intake.coordinates import count_points, pairs_of
from vrin_data.intake.entering import put_in
from vrin_data.intake.file_level import FileLevel, file_level
from vrin_data.intake.parse import ParsedFile, coded_positions, parse
from vrin_data.intake.placing import make_grid, make_places
from vrin_data.intake.postcode_notes import count_postcodes
from vrin_data.intake.profiles import make_combinations
from vrin_data.intake.reading.header import Header
from vrin_data.intake.reading.lines import Records
from vrin_data.intake.reading.opening import OpenedTable, open_tables
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.rejects import RejectedRows, known_loose_count, rejected_rows, write_rejected
from vrin_data.intake.result import SubmissionResult
from vrin_data.intake.row_checks import reject_identifiers, reject_in_the_sea
from vrin_data.intake.rows import FileRows, make_rows
from vrin_data.intake.submissions import submissions_of
from vrin_data.intake.summary import (
    bare_month_result,
    count_unused,
    loose_result,
    result_of,
    submission_rows,
    write_warnings,
)
from vrin_data.intake.terms import Step, Terms, untold

SHOWN_WARNINGS = 20
STOP_FROM_ROWS = 100
STOP_AT_REJECTED_SHARE = 0.5


@dataclass(frozen=True)
class Desk:
    """Where files are taken in: the draft's connection, its number, its areas, and the terms of the call."""

    connection: duckdb.DuckDBPyConnection
    build_id: str
    index: AreaIndex
    terms: Terms
    is_correction: bool = False
    step: Step = untold


def take_file(desk: Desk, feed: Feed, source: SourceFile) -> list[SubmissionResult]:
    """Put one file's submissions into the draft and say what became of each.

    Raises RefusedInput where the file is not of this feed, where it holds what may not come, where
    nobody has agreed to it, or where so many of its rows are bad that it cannot be believed.
    """
    desk.step(source.name, "reading")
    as_sent, opened = _opened(desk, feed, source)
    return [one for table in opened for one in _take_table(desk, as_sent, table)]


def _opened(desk: Desk, feed: Feed, source: SourceFile) -> tuple[Feed, list[OpenedTable]]:
    """A file's tables, and the feed with the variant of its supplier under which it fits."""
    sender = desk.terms.sender or supplier_in(source.name, _among(feed, desk.terms))
    for variant in desk.terms.variants:
        if variant.feed != feed.id or (sender and variant.supplier not in ("", sender.supplier_id)):
            continue
        try:
            varied = apply(feed, variant)
            opened = open_tables(desk.connection, source, varied, coded_positions)
        except RefusedInput:
            continue
        except VrinError as error:
            # A variant that the feed has grown away from must not keep other suppliers' files out.
            if sender is None:
                continue
            raise RefusedInput(
                f"{source.name}: the variant on record for its supplier is faulty. {error}"
            ) from error
        if all(_names_all(table.header, variant) for table in opened) and (sender or variant.columns):
            return varied, opened
    return feed, open_tables(desk.connection, source, feed, coded_positions)


def _names_all(header: Header, variant: Variant) -> bool:
    there = {fold(heading) for heading in header.headings}
    return {fold(heading) for heading in variant.columns.values()} <= there


def read_rows(desk: Desk, feed: Feed, source: SourceFile) -> tuple[FileRows, RejectedRows, list[str]]:
    """A file of one table as good rows in `kept` and bad ones in `rejected`, with what was noticed.

    Raises RefusedInput where the file is not of this feed.
    """
    as_sent, opened = _opened(desk, feed, source)
    return _read_table(desk, as_sent, opened[0])


def _take_table(desk: Desk, feed: Feed, table: OpenedTable) -> list[SubmissionResult]:
    rows, rejected, noticed = _read_table(desk, feed, table)
    return _submit(desk, rows, rejected, noticed)


def _read_table(desk: Desk, feed: Feed, table: OpenedTable) -> tuple[FileRows, RejectedRows, list[str]]:
    connection, header, records = desk.connection, table.header, table.records
    desk.step(table.source.name, "checking")
    _refuse_identifiers(table, feed, desk.terms)
    parsed, level = _parse(desk, feed, table)
    has_home = _make_homes(desk, feed, parsed)
    reject_in_the_sea(connection, feed, parsed)
    reject_identifiers(connection, feed, parsed)
    rejected = rejected_rows(connection, feed, header, parsed, records.broken)
    if not desk.is_correction:
        _stop_if_unbelievable(table.source.name, records, rejected, level, _first_line(connection))
    unused = make_combinations(connection, feed, parsed.values)
    rows = FileRows(
        source=table.source,
        feed=feed,
        values=parsed.values,
        present=parsed.present,
        level=level,
        terms=desk.terms,
        build_id=desk.build_id,
        agreements={},
        senders=_senders(connection, feed, desk.terms, table),
        is_simulated="simulat" in table.constants.get("simulated", "").lower(),
        has_degrees=parsed.has_degrees,
    )
    count_unused(connection, rows, unused)
    read_otherwise = count_points(connection, parsed.present)
    make_rows(connection, rows)
    if has_home:
        read_otherwise += mend_axes(connection)
    if "postcode" in parsed.present:
        read_otherwise += count_postcodes(connection)
    aside = [f"sheets that are none of this feed were left out: {', '.join(table.left_aside)[:300]}"]
    noticed = [*(aside if table.left_aside else []), *_unused_headings(header), *read_otherwise]
    return rows, rejected, [*noticed, *(one.words for one in unused[:SHOWN_WARNINGS])]


def _make_homes(desk: Desk, feed: Feed, parsed: ParsedFile) -> bool:
    """Whether the table `home_box` tells where suppliers' own areas lie, for a file of exact grid points."""
    if feed.place_precision != "exact" or "grid_was" not in pairs_of(parsed.present):
        return False
    homes = {one.supplier_id: one.home_area_code for one in desk.terms.register.values()}
    return make_home_boxes(desk.connection, desk.index, homes)


def _refuse_identifiers(table: OpenedTable, feed: Feed, terms: Terms) -> None:
    named = forbidden_headings(feed, list(table.header.headings))
    droppable = {fold(heading) for headings in terms.dropped.values() for heading in headings}
    kept = [heading for heading in named if fold(heading) not in droppable]
    if kept:
        shown = ", ".join(repr(heading) for heading in kept[:10])
        raise RefusedInput(
            f"{table.source.name}, line {table.header_line}: the column {shown} identifies persons, and this feed "
            "must not hold that. "
            "Nothing of the file was kept. Ask the supplier to send it without the column, or name the column "
            "under identifiers_to_drop in the agreement so that it is left out unread.",
            cause="identifiers",
        )


def _unused_headings(header: Header) -> list[str]:
    names = [heading for heading in header.unused if heading]
    return [f"columns the feed does not know were left out: {', '.join(names)[:300]}"] if names else []


def _parse(desk: Desk, feed: Feed, table: OpenedTable) -> tuple[ParsedFile, FileLevel]:
    name, header, records, terms = table.source.name, table.header, table.records, desk.terms
    among = _among(feed, terms)
    spelt = by_spelling(among.values())
    default = _default_supplier(table, feed, terms)
    values = {column: records.values.get(position, []) for column, position in header.positions.items()}
    level = _file_level(name, feed, values, table.constants, terms)
    column = feed.column("supplier")
    found = {
        text: spelt.get(plain((respelled(column, text) if column else text) or ""))
        for text in values.get("supplier", [])
    }
    parsed = parse(
        desk.connection,
        feed,
        header,
        records,
        received_day=terms.received_at.date(),
        supplier_of={text: one.supplier_id for text, one in found.items() if one is not None},
        supplier_ids=list(dict.fromkeys([*among, *([default.supplier_id] if default else [])])),
        default_supplier=default.supplier_id if default else None,
        period=level.period,
    )
    has_degrees = make_grid(desk.connection, bool(pairs_of(parsed.present)))
    return replace(parsed, has_degrees=has_degrees), level


def _file_level(
    name: str, feed: Feed, values: dict[str, list[str]], constants: dict[str, str], terms: Terms
) -> FileLevel:
    """What the file says of itself; what the call says goes before."""
    if terms.period:
        first, after = terms.period
        last = after - timedelta(days=1)
        constants = {**constants, "period_start": f"{first}", "period_end": f"{last}"}
        values = {column: texts for column, texts in values.items() if not column.startswith("period_")}
    said = file_level(name, feed, values, constants)
    return replace(said, extracted_at=terms.extracted_at) if terms.extracted_at else said


def _default_supplier(table: OpenedTable, feed: Feed, terms: Terms) -> Supplier | None:
    """Who sent the rows that do not say it themselves. Raises RefusedInput where nobody could be told."""
    default = _sender(table, feed, terms)
    if "supplier" not in table.header.positions and default is None:
        raise RefusedInput(
            f"{table.source.name}: does not say who sent it: no column for the supplier, and no supplier's name "
            "in the file's name. Name it with --supplier, such as --supplier "
            f"{next(iter(_among(feed, terms)), 'NAME')}.",
            cause="no_supplier",
        )
    return default


def _sender(table: OpenedTable, feed: Feed, terms: Terms) -> Supplier | None:
    """Who sent a file: as the call names it, the lines above its header, or its name."""
    among = _among(feed, terms)
    above = by_spelling(among.values()).get(plain(table.constants.get("supplier", "")))
    return terms.sender or above or supplier_in(table.source.name, among)


def _among(feed: Feed, terms: Terms) -> Mapping[str, Supplier]:
    """Suppliers from whom the feed may come."""
    return of_kinds(terms.register, feed.supplier_kinds) or terms.register


def supplier_in(name: str, among: Mapping[str, Supplier]) -> Supplier | None:
    """The one supplier whose id or name stands in a file's name; the longest spelling says most."""
    words = f" {fold(name)} "
    found: dict[str, int] = {}
    for supplier in among.values():
        for spelling in (supplier.supplier_id, supplier.supplier_name, *supplier.aliases):
            if fold(spelling) and f" {fold(spelling)} " in words:
                length = max(found.get(supplier.supplier_id, 0), len(fold(spelling)))
                found[supplier.supplier_id] = length
    best = [one for one, length in found.items() if length == max(found.values())]
    return among[best[0]] if len(best) == 1 else None


def _senders(
    connection: duckdb.DuckDBPyConnection, feed: Feed, terms: Terms, table: OpenedTable
) -> tuple[str, ...]:
    """Suppliers of the file's good rows; of a file without rows the one it is from."""
    rows = connection.execute(
        "select distinct supplier_id::varchar from row where fault_bits = 0 order by 1"
    ).fetchall()
    sender = _sender(table, feed, terms)
    return tuple(str(row[0]) for row in rows) or ((sender.supplier_id,) if sender else ())


def _first_line(connection: duckdb.DuckDBPyConnection) -> int:
    """The line of a file's first bad row, 0 where none is bad."""
    answer = connection.execute("select coalesce(min(line_number), 0) from rejected").fetchone()
    return int(answer[0]) if answer else 0


def _stop_if_unbelievable(
    name: str, records: Records, rejected: RejectedRows, level: FileLevel, first_line: int
) -> None:
    rows_in, bad = records.rows_in, rejected.row_count
    if rows_in and (bad == rows_in or (rows_in >= STOP_FROM_ROWS and bad > rows_in * STOP_AT_REJECTED_SHARE)):
        raise RefusedInput(
            f"{name}: {bad:,} of {rows_in:,} rows cannot be used, the first on line {first_line:,}, so nothing of it "
            f"was taken. {rejected.in_words()}"
        )
    if rows_in == 0 and level.period is None:
        raise RefusedInput(
            f"{name}: has a header and no rows, and does not name its period, so it cannot be taken as a period with "
            "nothing to report. Ask the supplier; if there was nothing, say so with --nil --period 2026-03.",
            cause="no_period",
        )


def _submit(desk: Desk, rows: FileRows, rejected: RejectedRows, noticed: list[str]) -> list[SubmissionResult]:
    connection = desk.connection
    found = submissions_of(connection, rows)
    if found.empty:
        words = f"{rows.source.name}: does not say who sent it. Name it with --supplier."
        raise RefusedInput(words, cause="no_supplier")
    bad = rejected.by_submission(found)
    found["rows_rejected"] = list(bad.values())
    # Rows that were corrected since do not make the same file another one.
    found["is_unchanged"] = (found["content_hash"] == found["earlier_hash"]) & (
        (found["rows_rejected"] == found["earlier_rejected"]) | (found["earlier_corrected"] > 0)
    )
    found["is_older"] = _is_older(found, rows)
    fresh = found[~found["is_unchanged"]]
    loose = rejected.loose_count(found)
    is_news = len(fresh) > 0 or loose != known_loose_count(connection, rows)
    if is_news:
        rows.agreements.update(_agreements(rows, fresh))
        _stop_person_keys(rows)
        desk.step(rows.source.name, "placing")
        place_rows(desk, rows)
        desk.step(rows.source.name, "writing")
        submissions = submission_rows(connection, rows, fresh)
        found.loc[fresh.index, "submission_id"] = submissions["submission_id"].to_numpy()
        put_in(connection, rows, submissions)
        standing = [int(number) for number in found.loc[found["is_unchanged"], "earlier_id"]]
        accepted = submissions[submissions["status"] == "accepted"]
        write_rejected(connection, rows, accepted, unchanged=standing, is_one=len(found) == 1)
        write_warnings(connection, rows)
        _say_early_end(connection, rows, accepted)
    results = [result_of(rows, one, rejected, tuple(noticed)) for one in found.to_dict("records")]
    bare = rejected.months_without_rows(found)
    results += [bare_month_result(rows, key, count, rejected, is_news=is_news) for key, count in bare.items()]
    if loose > sum(bare.values()):
        results.append(loose_result(rows, loose - sum(bare.values()), rejected, is_news=is_news))
    return results


def _say_early_end(connection: duckdb.DuckDBPyConnection, rows: FileRows, accepted: pd.DataFrame) -> None:
    """Mark the last month of a file whose own period ends before the month does."""
    last = rows.level.ends_early
    if last is None:
        return
    own = accepted[accepted["period_start"].dt.date == last.replace(day=1)]
    words = f"the file's own period ends on {last.day} {last:%B %Y}"
    numbers = own["submission_id"]
    write_findings(
        connection,
        [one for number in numbers for one in found_at(rows.feed, number, "period_ends_early", words)],
    )


def _stop_person_keys(rows: FileRows) -> None:
    """Raises RefusedInput where a file has person keys and what it came under does not cover them."""
    if "person_key" not in rows.present:
        return
    strange = sorted({*rows.agreements.values()} - rows.terms.with_person_keys)
    if strange:
        raise RefusedInput(
            f"{rows.source.name}: holds person keys, which {', '.join(strange)} does not cover. Nothing of the file "
            "was kept. They are personal data: they may come under an agreement of the kind 'personal' whose data "
            "items name person keys. Or ask the supplier to send the file without the column.",
            cause="identifiers",
        )


def place_rows(desk: Desk, rows: FileRows) -> None:
    """Make the temporary view `placed` of `kept`."""
    homes = {one.supplier_id: one.home_area_code for one in rows.terms.register.values()}
    make_places(desk.connection, "kept", desk.index, precision=rows.feed.place_precision, homes=homes)


def _is_older(found: pd.DataFrame, rows: FileRows) -> pd.Series:
    """Whether the version that stands was drawn after this file was, as both say themselves."""
    drawn = rows.level.extracted_at
    if drawn is None or rows.feed.mode == "net_change":
        return pd.Series(False, index=found.index)
    return (pd.to_datetime(found["earlier_extracted_at"]) > drawn).fillna(False).astype(bool)


def _agreements(rows: FileRows, fresh: pd.DataFrame) -> dict[tuple[str, date], str]:
    """Under what each submission that is news comes in, by supplier and period."""
    keys = [(str(one.supplier_id), pd.Timestamp(one.period_start).date()) for one in fresh.itertuples()]
    terms = rows.terms
    return {
        (supplier, day): terms.gate(supplier, rows.feed, terms.received(supplier, rows.feed.id, day))
        for supplier, day in keys
    }
