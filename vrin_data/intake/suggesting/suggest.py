"""A proposal of how a file nobody prepared is to be read as one of a feed: its headings and its codes.

Each heading is weighed against each column of the feed by its name and by its values, and the columns
are given out together, each once. Nothing is taken in: a person looks at the proposal, corrects it
and has it saved as the supplier's variant.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from vrin_data.contract.feeds import Feed, fold
from vrin_data.contract.identifiers import forbidden_headings
from vrin_data.contract.variants import Variant
from vrin_data.intake.reading.any_table import AnyTable, ColumnValues, read_any, values_of
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.suggesting.codes import CodeProposal, code_proposals
from vrin_data.intake.suggesting.date_forms import Dates, dates_of
from vrin_data.intake.suggesting.headings import TWICE, Proposal, proposals_of, with_roles


@dataclass(frozen=True)
class Suggestion:
    """What is proposed for a file: for each heading a column, for each value of a coded column a code.

    `missing` says in words what the feed needs and no heading gives. `is_whole` is False where only
    the first `row_count` rows were looked at.
    """

    feed_id: str
    file: str
    row_count: int
    is_whole: bool
    proposals: tuple[Proposal, ...]
    codes: tuple[CodeProposal, ...]
    missing: tuple[str, ...]
    dates: Dates | None
    remarks: tuple[str, ...]

    @property
    def columns(self) -> dict[str, str]:
        """The heading proposed for each column."""
        return {one.column: one.heading for one in self.proposals if one.column is not None}


def suggest(connection: duckdb.DuckDBPyConnection, source: SourceFile, feed: Feed) -> Suggestion:
    """How a file is likely to be read as one of a feed. Raises RefusedInput where it is no table at all."""
    table = read_any(connection, source, feed)
    values = values_of(connection, table)
    kinds = with_roles(connection, feed, table, values)
    proposals = proposals_of(feed, table, kinds)
    column_of = {one.column: position for position, one in enumerate(proposals) if one.column is not None}
    dates = _dates(feed, column_of, values)
    return Suggestion(
        feed_id=feed.id,
        file=source.name,
        row_count=table.row_count,
        is_whole=table.is_whole,
        proposals=tuple(proposals),
        codes=tuple(code_proposals(connection, feed, table, column_of)),
        missing=tuple(missing_words(feed, {*column_of, *table.constants})),
        dates=dates,
        remarks=tuple(_remarks(feed, table, dates, proposals)),
    )


def variant_of(suggestion: Suggestion, feed: Feed, *, supplier: str = "") -> Variant:
    """The proposal as a variant: what the feed's own TOML would not do by itself, and nothing else."""
    known = feed.headings()
    uses = [known.get(fold(one.heading)) for one in suggestion.proposals]
    columns = {
        one.column: one.heading
        for one, by_itself in zip(suggestion.proposals, uses, strict=True)
        if one.column is not None
        and (by_itself != one.column or uses.count(by_itself) > 1)
        and (by_itself in suggestion.columns or not _is_needed(feed, by_itself))
    }
    not_used = {
        one.heading: one.why
        for one, by_itself in zip(suggestion.proposals, uses, strict=True)
        if by_itself not in (None, *columns) and _is_left_out(one) and not _is_needed(feed, by_itself)
    }
    codes: dict[str, dict[str, str]] = {}
    for code in suggestion.codes:
        if code.code is not None and not code.is_known:
            codes.setdefault(code.column, {})[code.raw] = code.code
    order = suggestion.dates.order if suggestion.dates else None
    return Variant(
        feed=feed.id,
        supplier=supplier,
        date_order=order or "day_first",
        columns=columns,
        codes=codes,
        not_used=not_used,
    )


def _is_left_out(one: Proposal) -> bool:
    """Whether a heading is to be kept from the column that the feed would read it as."""
    return one.column is None and not one.is_forbidden and one.why != TWICE


def _is_needed(feed: Feed, name: str | None) -> bool:
    """Whether a file is refused without this column, which therefore keeps its own heading in any case."""
    column = feed.column(name) if name else None
    return column is not None and column.required


def missing_words(feed: Feed, proposed: set[str]) -> list[str]:
    """What a feed needs and none of these columns gives, in words."""
    missing = [
        f"{column.name}: needed, and no heading is like it (such as {column.accepted[0]!r})"
        for column in feed.columns
        if column.required and column.name not in proposed
    ]
    missing += [
        f"{' or '.join(group)}: one of them is needed, and no heading is like any"
        for group in feed.needs_one_of
        if not proposed.intersection(group)
    ]
    return missing


def _dates(feed: Feed, column_of: dict[str, int], values: Sequence[ColumnValues]) -> Dates | None:
    """How the file writes its dates: all columns of times together, since a system has one way."""
    together: dict[str, int] = {}
    for column in feed.columns:
        if column.kind == "time" and column.name in column_of:
            for raw, count in values[column_of[column.name]].counts.items():
                together[raw] = together.get(raw, 0) + count
    return dates_of(together)


def _remarks(feed: Feed, table: AnyTable, dates: Dates | None, proposals: Sequence[Proposal]) -> list[str]:
    remarks = []
    if table.header_line > 1:
        remarks.append(f"The headings stand on line {table.header_line}.")
    if not table.is_whole:
        remarks.append(f"Only the first {table.row_count:,} rows were looked at.")
    if dates is not None and dates.form == "numbered":
        if dates.is_mixed:
            remarks.append("Some dates have the day first and some the month: ask the supplier for one form.")
        elif dates.order is None:
            remarks.append(
                "No day is beyond 12, so that day and month cannot be told apart; the day is taken first."
            )
        elif dates.order == "month_first":
            remarks.append("Dates have the month first.")
    refused = forbidden_headings(feed, table.headings)
    if refused:
        remarks.append(
            f"The file holds what would tell who a person is ({', '.join(refused)}): it will be refused as it is. "
            "Ask for it without, or name the headings under identifiers_to_drop in the agreement."
        )
    hidden = [one.heading for one in proposals if one.is_forbidden and one.heading not in refused]
    if hidden:
        remarks.append(
            f"Values of {', '.join(hidden)} would tell who a person is; they are left out. Ask for the file without."
        )
    if table.left_aside:
        remarks.append(f"Other tables of the file were left aside: {', '.join(table.left_aside[:5])}.")
    given = {one.column for one in proposals} | set(table.constants)
    if feed.column("supplier") and "supplier" not in given:
        remarks.append("No column names the supplier: name it with --supplier.")
    return remarks
