"""Whole files of a feed, made from its TOML: any columns it knows under any of their headings, in any dialect."""

import csv
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from tests.intake.books import ods, xlsx
from tests.second.cells import bad, good, points
from tests.second.tables import decoded, read_table, records
from tests.second.words import LENGTHS, Toml, feed_tomls, fold, later, month_of, suppliers_of

POINTS = (("easting", "northing"), ("longitude", "latitude"))
ABOVE_ALONE = ("period_start", "period_end", "extracted_at", "declared_count", "simulated", "row_state_date")
NEEDS_AN_AGREEMENT = ("person_key",)
"""Without an agreement that covers them the whole file is refused, see tests/intake/test_person_keys.py."""
STARTS = ("2023-09", "2023-12", "2024-01", "2024-02", "2024-04", "2024-05")
ENDS = ("\n", "\r\n")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
SENDERS = {"police-uk-stops": "essex-police", "monthly-counts": "metropolitan-police"}


@dataclass(frozen=True)
class Made:
    """A file that was made: its bytes, and the sender that the call names, where it names one."""

    feed_id: str
    name: str
    content: bytes
    sender: str | None
    book: bytes | None = None
    """The same table as a workbook, where that is what is sent."""


def make_file(feed: Toml, seed: int, *, rows: int, is_ragged: bool = True) -> Made:
    """A file of a feed with so many rows, some of them good however the draw falls."""
    draw = random.Random(f"{feed['id']} {seed}")
    start = month_of(draw.choice(STARTS), "month")
    assert start is not None
    step = LENGTHS[feed.get("period_length", "month")]
    start = _period_of(start, feed)
    columns = _columns(draw, feed)
    sender = _sender(draw, feed)
    has_column = any(column["name"] == "supplier" for column in columns)
    period = feed.get("needs_period") or draw.random() < 0.5
    lines = [
        _row(
            draw, feed, columns, start if period else later(start, -step * draw.randint(0, 1)), number, sender
        )
        for number in range(rows)
    ]
    table = [_faulty(draw, feed, columns, line, start) for line in lines]
    clean = [_row(draw, feed, columns, start, rows + number, sender) for number in range(3)]
    records = [[line[column["name"]] for column in columns] for line in (*table, *clean)]
    headings = _headings(draw, feed, columns)
    above = _above(draw, start, step) if period else []
    content = _written(draw, above, headings, records, ragged=is_ragged)
    return Made(
        feed["id"], f"{feed['id']}.csv", content, sender if not has_column or draw.random() < 0.5 else None
    )


def as_workbook(made: Made, kind: Literal["xlsx", "ods"]) -> Made:
    """A file without ragged rows as texts of a workbook's only sheet, each cell on one line."""
    table = records(decoded(made.content), read_table(made.content, feed_tomls()[made.feed_id]).delimiter)
    rows = [[" ".join(cell.split("\n")) for cell in cells] for _, cells in table]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    book = {"xlsx": xlsx, "ods": ods}[kind]({"S": rows})
    return replace(made, name=f"{made.feed_id}.{kind}", content=out.getvalue().encode(), book=book)


def written_anew(made: Made, draw: random.Random) -> Made:
    """The same file under the same name with its rows in another order, and in another dialect."""
    table = read_table(made.content, feed_tomls()[made.feed_id])
    above = [[name.replace("_", " ").removesuffix(" at"), value] for name, value in table.above.items()]
    rows = [list(cells) for _, cells in table.rows]
    draw.shuffle(rows)
    return replace(made, content=_written(draw, above, list(table.headings), rows, ragged=False))


def _period_of(start: date, feed: Toml) -> date:
    """The first day of the feed's own period that a month lies in, its year beginning when its years do."""
    length, form = feed.get("period_length", "month"), feed.get("period_form", "month")
    if length == "year" and form == "academic_year":
        return date(start.year - (start.month < 9), 9, 1)
    step = LENGTHS[length]
    return date(start.year, (start.month - 1) // step * step + 1, 1)


def _columns(draw: random.Random, feed: Toml) -> list[Toml]:
    """The columns that a file has: those it needs, and some of the others, in any order."""
    left_out = {*ABOVE_ALONE, *NEEDS_AN_AGREEMENT}
    named = {column["name"]: column for column in feed["columns"] if column["name"] not in left_out}
    chosen = {name for name, column in named.items() if column.get("required") or draw.random() < 0.6}
    for group in feed.get("needs_one_of", ()):
        if not chosen & set(group):
            chosen.add(draw.choice([name for name in group if name in named]))
    for pair in POINTS:
        if len(chosen & set(pair)) == 1:
            chosen |= set(pair)
    chosen.add(feed["period_from"])
    columns = [column for name, column in named.items() if name in chosen]
    draw.shuffle(columns)
    return columns


def _sender(draw: random.Random, feed: Toml) -> str:
    known = sorted(set(suppliers_of(tuple(feed["supplier_kinds"])).values()))
    return draw.choice(known)


def _row(
    draw: random.Random, feed: Toml, columns: Sequence[Toml], start: date, number: int, sender: str
) -> dict[str, str]:
    row = {column["name"]: good(draw, feed, column, start, number) for column in columns}
    for pair in POINTS:
        if set(pair) <= set(row):
            row.update(zip(pair, points(draw, pair, feed, is_bad=False), strict=True))
    for column in columns:
        # What a feed needs is there, whatever the draw.
        if (
            column.get("required")
            and column.get("kind", "text") == "text"
            and not row[column["name"]].strip()
        ):
            row[column["name"]] = f"x{number}"
    if "supplier" in row:
        row["supplier"] = draw.choice(
            [name for name, one in suppliers_of(tuple(feed["supplier_kinds"])).items() if one == sender]
        )
    return row


def _faulty(
    draw: random.Random, feed: Toml, columns: Sequence[Toml], row: dict[str, str], start: date
) -> dict[str, str]:
    """The row as it was, or with one to three of its cells as they go wrong."""
    if draw.random() < 0.4:
        return row
    changed = dict(row)
    for column in draw.sample(list(columns), min(draw.choice((1, 1, 2, 3)), len(columns))):
        name = column["name"]
        pair = next((pair for pair in POINTS if name in pair), None)
        if pair:
            changed.update(zip(pair, points(draw, pair, feed, is_bad=True), strict=True))
        elif name == "supplier":
            changed[name] = draw.choice(("Nobody Knows Whom", ""))
        else:
            changed[name] = bad(draw, feed, column, start)
    return changed


def _headings(draw: random.Random, feed: Toml, columns: Iterable[Toml]) -> list[str]:
    """A heading for each column that no other column of the feed goes by."""
    owners: dict[str, set[str]] = {}
    for column in feed["columns"]:
        for heading in column["accepted"]:
            owners.setdefault(fold(heading), set()).add(column["name"])
    found = []
    for column in columns:
        own = [heading for heading in column["accepted"] if len(owners[fold(heading)]) == 1]
        heading = draw.choice(own)
        found.append(draw.choice((heading, heading.upper(), f" {heading} ")))
    return found


def _above(draw: random.Random, start: date, step: int) -> list[list[str]]:
    """The lines above a header that name the period."""
    last = later(start, step) - timedelta(days=1)
    whole = [["period start", f"{start:%d/%m/%Y}"], ["period end", last.isoformat()]]
    return draw.choice((whole, [["period", f"{start:%Y-%m}"]])) if step == 1 else whole


def _written(
    draw: random.Random,
    above: list[list[str]],
    headings: list[str],
    records: list[list[str]],
    *,
    ragged: bool,
) -> bytes:
    """The bytes of a file in some dialect; now and then a record has a cell too many or too few."""
    delimiter, end, encoding = draw.choice(",;\t|"), draw.choice(ENDS), draw.choice(ENCODINGS)
    quoting = draw.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    if ragged and draw.random() < 0.4:
        # A record over several lines that is none gives them back, and what they then are is nobody's word.
        whole = [record for record in records[:-3] if "\n" not in "".join(record)]
        for record in draw.sample(whole, min(2, len(whole))):
            record[:] = draw.choice((record[:-1], [*record, "x"], [*record, ""], [*record, "", ""]))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows(above)
    if above:
        out.write(end)
    writer.writerow(headings)
    writer.writerows(records)
    return out.getvalue().encode(encoding, errors="replace")
