"""Rejected rows that come in corrected: added to the submission they belong to, which stays what it was.

A file of corrections has the columns of the rejected rows' own file and, in front, the file, the
line and (if any) the reason, as VRIN writes them out. What is still wrong stays rejected.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from vrin_data.contract.feeds import feeds
from vrin_data.errors import RefusedInput
from vrin_data.intake.areas import AreaIndex
from vrin_data.intake.batch import recorded_variants
from vrin_data.intake.entering import add_to_submissions
from vrin_data.intake.facts import rebuild_facts
from vrin_data.intake.file import Desk, place_rows, read_rows
from vrin_data.intake.gate import gate_of
from vrin_data.intake.reading.unpack import SourceFile
from vrin_data.intake.terms import Terms
from vrin_data.records import all_suppliers, log_event
from vrin_data.store import NothingToPublish, Store, publish_build

FILE, LINE, REASON = "vrin_file", "vrin_line", "vrin_reason"
AHEAD = (FILE, LINE, REASON)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
NO_SUBMISSION = "is about a supplier or period of which the file brought no submission"
_WAITING_SQL = """
    select feed_id, any_value(supplier_id)
    from rejected_row
    where file_name = $file and line_number = $line
    group by feed_id
"""


@dataclass(frozen=True)
class Corrected:
    """What became of corrections: rows taken in, rows still wrong with their reasons, the build made."""

    taken: int
    still_rejected: dict[str, int]
    build_id: str | None


@dataclass(frozen=True)
class _Part:
    """The corrected rows of one file of rejected rows."""

    feed_id: str
    file_name: str
    supplier_id: str | None
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def correct(store: Store, path: Path, *, person: str, at: datetime) -> Corrected:
    """Take corrected rows in as one build.

    Raises RefusedInput where the file is none of corrections, where a row was never rejected (or was
    corrected already), or no row of it is good.
    """
    headings, rows = _read(path)
    taken, build_id = 0, None
    wrong: Counter[str] = Counter()
    with publish_build(store, reason=f"corrections: {path.name}"[:300], created_at=at) as draft:
        index = AreaIndex(draft.connection)
        for number, part in enumerate(_parts(draft.connection, path.name, headings, rows)):
            desk = Desk(draft.connection, draft.build_id, index, _terms(store, part, at), is_correction=True)
            good, reasons = _take_part(desk, part, draft.folder / f"correction-{number}.csv")
            taken += good
            wrong.update(reasons)
        if not taken:
            raise NothingToPublish
        rebuild_facts(draft.connection)
        build_id = draft.build_id
    if build_id is not None:
        log_event(
            store.path, "correct", f"build {build_id}", happened_at=at, detail={"rows": taken}, actor=person
        )
    return Corrected(taken, dict(wrong), build_id)


def _read(path: Path) -> tuple[tuple[str, ...], list[list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            found = list(csv.reader(handle))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RefusedInput(
            f"{path.name}: cannot be read as CSV in UTF-8 ({type(error).__name__})."
        ) from error
    if not found or not {FILE, LINE} <= set(found[0]):
        raise RefusedInput(
            f"{path.name}: is no file of corrections: its first line must name {FILE} and {LINE}, as the download "
            "of the rejected rows does."
        )
    ragged = [number for number, row in enumerate(found[1:], start=2) if row and len(row) != len(found[0])]
    if ragged:
        raise RefusedInput(f"{path.name}, line {ragged[0]}: has not as many cells as the header.")
    rows = [[_unguarded(cell) for cell in row] for row in found[1:] if any(cell.strip() for cell in row)]
    return tuple(found[0]), rows


def _unguarded(cell: str) -> str:
    """A cell without the quote that the download puts before what a spreadsheet would take for a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_STARTS else cell


def _parts(
    connection: duckdb.DuckDBPyConnection, name: str, headings: tuple[str, ...], rows: Sequence[Sequence[str]]
) -> list[_Part]:
    """The corrections by the submission that each row was rejected from."""
    file_at, line_at = headings.index(FILE), headings.index(LINE)
    own = [at for at, heading in enumerate(headings) if heading not in AHEAD]
    groups: dict[tuple[str, str, str | None], list[tuple[int, tuple[str, ...]]]] = {}
    for number, row in enumerate(rows, start=2):
        line = int(row[line_at]) if row[line_at].strip().isdigit() else -1
        found = connection.execute(_WAITING_SQL, {"file": row[file_at], "line": line}).fetchone()
        if found is None:
            raise RefusedInput(
                f"{name}, line {number}: no rejected row of {row[file_at]!r}, line {row[line_at]!r} waits for a "
                "correction; it may have been corrected already, or its submission was replaced."
            )
        key = (str(found[0]), row[file_at], found[1])
        groups.setdefault(key, []).append((line, tuple(row[at] for at in own)))
    shown = tuple(headings[at] for at in own)
    return [
        _Part(
            feed_id,
            file_name,
            supplier_id,
            headings=shown,
            rows=tuple(cells for _, cells in lines),
            lines=tuple(line for line, _ in lines),
        )
        for (feed_id, file_name, supplier_id), lines in groups.items()
    ]


def _terms(store: Store, part: _Part, at: datetime) -> Terms:
    register = all_suppliers(store.path)
    return Terms(
        received_at=at,
        register=register,
        gate=gate_of(store.path, override=None, received_at=at),
        sender=register.get(part.supplier_id or ""),
        variants=recorded_variants(store),
    )


def _take_part(desk: Desk, part: _Part, path: Path) -> tuple[int, dict[str, int]]:
    """Put the good rows of a part where they belong; how many, and what is wrong with the rest."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, lineterminator="\n").writerows([part.headings, *part.rows])
    rows, rejected, _ = read_rows(desk, feeds()[part.feed_id], SourceFile("corrections", path, ""))
    place_rows(desk, rows)
    entered = add_to_submissions(desk.connection, rows, part.file_name)
    path.unlink(missing_ok=True)
    _forget(desk.connection, part, [part.lines[line - 2] for line in entered])
    reasons = dict(rejected.reasons)
    elsewhere = len(part.rows) - len(entered) - rejected.row_count
    return len(entered), reasons | ({NO_SUBMISSION: elsewhere} if elsewhere > 0 else {})


def _forget(connection: duckdb.DuckDBPyConnection, part: _Part, lines: list[int]) -> None:
    """Take corrected rows off the list of rejected ones, and out of the counts they were rejected in."""
    bound = {"file": part.file_name, "feed": part.feed_id, "lines": lines}
    own = "file_name = $file and feed_id = $feed and line_number in (select unnest($lines::bigint[]))"
    connection.execute(
        f"""
        update submission
        set
            rows_rejected_count = rows_rejected_count - gone.row_count,
            rows_in_count = rows_in_count - gone.row_count
        from (
            select submission_id, count(distinct line_number) as row_count
            from rejected_row
            where {own} and submission_id is not null
            group by submission_id
        ) as gone
        where submission.submission_id = gone.submission_id
        """,
        bound,
    )
    connection.execute(f"delete from rejected_row where {own}", bound)
