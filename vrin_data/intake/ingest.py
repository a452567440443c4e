"""An ingest: all files of a call become one build, or none does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import duckdb

from vrin_data.contract.definitions import built_in_versions
from vrin_data.contract.feeds import Feed, feed, feeds
from vrin_data.errors import RefusedInput
from vrin_data.intake.area_import import renest_when_due
from vrin_data.intake.areas import AreaIndex, write_areas
from vrin_data.intake.batch import AUTOMATIC, Batch, terms_of
from vrin_data.intake.believe import mend_precision, renew_findings
from vrin_data.intake.changes import change_counts
from vrin_data.intake.facts import rebuild_facts
from vrin_data.intake.file import Desk, take_file
from vrin_data.intake.holding import hold
from vrin_data.intake.reading.recognise import recognise
from vrin_data.intake.reading.unpack import SourceFile, unpack
from vrin_data.intake.result import SubmissionResult, refused_file
from vrin_data.intake.supplier_table import write_suppliers
from vrin_data.intake.terms import Step, Terms, untold
from vrin_data.places import sample_area_set
from vrin_data.records import (
    all_suppliers,
    log_event,
    record_definitions,
)
from vrin_data.store import Draft, NothingToPublish, Store, publish_build

Progress = Callable[[str, int, int], None]
"""Told before the first file and after each: its name, how many are done, how many there are."""

_FOUND_SQL = """
    select submission_id, level, evidence
    from submission_check
    where submission_id in (select unnest($numbers::integer[]))
    order by submission_id, check_id, level, evidence
"""
HELD_BACK = "held back because another file of the same call was refused"


@dataclass(frozen=True)
class IngestResult:
    """What became of a call: its submissions, the build it made (None where nothing changed), notes."""

    feed: str
    submissions: tuple[SubmissionResult, ...]
    build_id: str | None
    left_aside: tuple[str, ...]
    is_refused: bool

    @property
    def is_stopped(self) -> bool:
        """Whether a check holds the files back until a named person accepts them."""
        return any(one.held_id is not None for one in self.submissions)


def ingest(
    store: Store,
    feed_id: str,
    paths: Sequence[Path],
    *,
    received_at: datetime,
    supplier: str | None = None,
    progress: Progress | None = None,
) -> IngestResult:
    """Take files of one feed into the store as one build; see `ingest_batches`."""
    return ingest_batches(
        store, [Batch(feed_id, tuple(paths), supplier=supplier)], received_at=received_at, progress=progress
    )


def ingest_batches(
    store: Store,
    batches: Sequence[Batch],
    *,
    received_at: datetime,
    progress: Progress | None = None,
    step: Step = untold,
    is_dry_run: bool = False,
) -> IngestResult:
    """Take files into the store as one build.

    `received_at` is UTC without a zone; rows dated after that day are rejected. Nothing is published
    where a file is refused, or a check stops one: the result then says `is_refused`, with the reason
    at each file, and what was stopped is held for a person to accept. A dry run does all of it but
    publishes and holds nothing. `step` is told of every step on the way. Raises UsageError for an
    unknown feed or supplier, StoreBusy where another process is writing.
    """
    call = _Call(store, received_at, progress, step)
    names = [path.name for batch in batches for path in batch.paths]
    feed_words = ", ".join(dict.fromkeys(batch.feed_id for batch in batches))
    terms = [terms_of(store, batch, received_at, is_dry_run=is_dry_run) for batch in batches]
    wanted = [_wanted(batch) for batch in batches]
    step("", "waiting")
    with publish_build(
        store, reason=f"ingest {feed_words}: {', '.join(names)}"[:300], created_at=received_at
    ) as draft:
        _ensure_areas(draft, store)
        for batch, own_terms, own_feed in zip(batches, terms, wanted, strict=True):
            call.take(draft, batch, own_terms, own_feed)
        step("", "comparing")
        call.assess(draft.connection, is_accepted=any(batch.accepted for batch in batches))
        if call.is_refused or call.is_unchanged or is_dry_run:
            raise NothingToPublish
        step("", "summing")
        renest_when_due(draft, store, day=received_at.date())
        write_suppliers(draft.connection, all_suppliers(store.path))
        rebuild_facts(draft.connection)
        # Before the build is published: a definition that was changed in place must stop it.
        record_definitions(store.path, built_in_versions(), recorded_at=received_at)
        call.build_id = draft.build_id
        step("", "publishing")
    return call.finish(feed_words, batches, is_dry_run=is_dry_run)


@dataclass
class _Call:
    """One call while it runs: what was taken so far, and what became of it."""

    store: Store
    received_at: datetime
    progress: Progress | None
    step: Step
    taken: list[SubmissionResult] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    build_id: str | None = None

    @property
    def is_refused(self) -> bool:
        # A month of which every row was rejected is stopped too, without a finding, and holds nothing back.
        return any(
            one.status == "refused" or (one.status == "stopped" and one.findings) for one in self.taken
        )

    @property
    def is_unchanged(self) -> bool:
        return all(one.status == "unchanged" for one in self.taken)

    def take(self, draft: Draft, batch: Batch, terms: Terms, wanted: Feed | None) -> None:
        """Take a batch's files, one after another."""
        self.step("", "unpacking")
        sources, faults = _unpack_all(batch.paths, draft.folder, wanted, self.aside)
        self.taken += faults
        index = AreaIndex(draft.connection)
        desk = Desk(draft.connection, draft.build_id, index, terms, step=self.step)
        periods: dict[tuple[str, str, str], tuple[int, SubmissionResult]] = {}
        if self.progress is not None and sources:
            self.progress(sources[0].name, 0, len(sources))
        for number, source in enumerate(sources, start=1):
            found = _take_one(desk, wanted, source)
            self.taken += [_once(one, number, periods) for one in found]
            source.path.unlink(missing_ok=True)
            if any(one.status == "refused" for one in found) and not _answers(draft.connection):
                raise NothingToPublish
            if self.progress is not None:
                self.progress(source.name, number, len(sources))

    def assess(self, connection: duckdb.DuckDBPyConnection, *, is_accepted: bool) -> None:
        """Put every new submission to the checks, and write down what they find and what changed."""
        fresh = {one.submission_id: one.feed for one in self.taken if one.submission_id is not None}
        found: dict[int, list[tuple[str, str]]] = {}
        for feed_id in dict.fromkeys(fresh.values()):
            numbers = [number for number, of_feed in fresh.items() if of_feed == feed_id]
            mend_precision(connection, numbers)
            renew_findings(connection, feeds()[feed_id], numbers)
            for number, level, evidence in connection.execute(_FOUND_SQL, {"numbers": numbers}).fetchall():
                found.setdefault(int(number), []).append((level, evidence))
        changes = change_counts(connection)
        self.taken = [
            _with_findings(one, found.get(one.submission_id or -1, []), changes, is_accepted=is_accepted)
            for one in self.taken
        ]

    def finish(self, feed_words: str, batches: Sequence[Batch], *, is_dry_run: bool) -> IngestResult:
        """Say what became of the call, on record where a build was made or files are held."""
        if self.build_id is not None:
            _record(self.store, feed_words, self.build_id, self.taken, self.received_at)
        refused = self.is_refused
        if refused:
            if not is_dry_run:
                self.taken = hold(self.store, batches, self.taken, held_at=self.received_at)
            self.taken = [
                one.stopped(HELD_BACK) if one.status in ("accepted", "unchanged", "superseded") else one
                for one in self.taken
            ]
        return IngestResult(feed_words, tuple(self.taken), self.build_id, tuple(self.aside), refused)


def _with_findings(
    one: SubmissionResult,
    found: list[tuple[str, str]],
    changes: Mapping[int, dict[str, int]],
    *,
    is_accepted: bool,
) -> SubmissionResult:
    """A result with what the checks found; stopped where one of them stops and nobody has accepted it."""
    words = tuple(f"{evidence} ({level})" for level, evidence in found)
    stops = [evidence for level, evidence in found if level == "stop"]
    told = replace(
        one,
        findings=words,
        is_partial=any(level == "partial" for level, _ in found),
        changes=changes.get(one.submission_id or -1, {}),
    )
    if stops and not is_accepted:
        return told.stopped("; ".join(stops))
    return told


def _take_one(desk: Desk, wanted: Feed | None, source: SourceFile) -> list[SubmissionResult]:
    shown, mode = (wanted.id, wanted.mode) if wanted else (AUTOMATIC, "replace_period")
    try:
        return take_file(desk, wanted or _recognised(desk, source), source)
    except RefusedInput as error:
        return [refused_file(source.name, shown, mode, str(error), cause=error.cause)]
    except (MemoryError, duckdb.OutOfMemoryException):
        words = f"{source.name}: needs more memory than it is given. Split it by month, or raise VRIN_INTAKE_MEMORY "
        words += "(on the screen Upload: VRIN_UPLOAD_MEMORY)."
        return [refused_file(source.name, shown, mode, words)]
    except duckdb.Error as error:
        # What no check has foreseen: the file is refused, and the values stay out of the message.
        words = f"{source.name}: could not be read ({type(error).__name__}). Check that it is a plain table."
        return [refused_file(source.name, shown, mode, words)]


def _answers(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the draft can be gone on with: after an inner fault of its own DuckDB answers nothing more."""
    try:
        connection.execute("select 1")
    except duckdb.Error:
        return False
    return True


def _recognised(desk: Desk, source: SourceFile) -> Feed:
    """The feed that a file is of. Raises RefusedInput where none fits, or two fit alike."""
    ranked = recognise(desk.connection, source, feeds())
    if not ranked:
        raise RefusedInput(
            f"{source.name}: fits none of the feeds. Name the feed, or let VRIN propose a mapping with "
            "`ingest FEED FILE --suggest`.",
            cause="headings",
        )
    if len(ranked) > 1 and ranked[0].score == ranked[1].score:
        both = " and ".join(one.feed_id for one in ranked[:2])
        raise RefusedInput(f"{source.name}: fits the feeds {both} alike. Name the feed.")
    return feeds()[ranked[0].feed_id]


def _record(
    store: Store, feed_words: str, build_id: str, taken: list[SubmissionResult], received_at: datetime
) -> None:
    detail = {
        "feed": feed_words,
        "submissions": sum(one.status == "accepted" for one in taken),
        "rows_kept": sum(one.rows_kept for one in taken if one.status == "accepted"),
        "rows_rejected": sum(one.rows_rejected for one in taken if one.status == "accepted"),
    }
    log_event(store.path, "ingest", f"build {build_id}", happened_at=received_at, detail=detail)


def _wanted(batch: Batch) -> Feed | None:
    return None if batch.feed_id == AUTOMATIC else feed(batch.feed_id)


def _ensure_areas(draft: Draft, store: Store) -> None:
    row = draft.connection.execute("select count(*) from area").fetchone()
    if row is not None and row[0] == 0:
        write_areas(draft.connection, sample_area_set(), store.outlines_folder)


def _unpack_all(
    paths: Sequence[Path], folder: Path, wanted: Feed | None, aside: list[str]
) -> tuple[list[SourceFile], list[SubmissionResult]]:
    sources: list[SourceFile] = []
    faults: list[SubmissionResult] = []
    shown, mode = (wanted.id, wanted.mode) if wanted else (AUTOMATIC, "replace_period")
    for path in paths:
        try:
            found = unpack(path, folder)
        except RefusedInput as error:
            faults.append(refused_file(path.name, shown, mode, str(error)))
            continue
        except OSError as error:
            words = f"{path.name}: cannot be read ({error.strerror or type(error).__name__}). Check the file's rights."
            faults.append(refused_file(path.name, shown, mode, words))
            continue
        chosen = [file for file in found.files if wanted is None or _is_of_feed(file.name, wanted)]
        aside += found.left_aside
        aside += [file.name for file in found.files if file not in chosen]
        if not chosen:
            words = f"{path.name}: holds no file of the feed {shown} (left aside: {', '.join(aside[:5])})."
            faults.append(refused_file(path.name, shown, mode, words))
        sources += chosen
    return sources, faults


def _is_of_feed(name: str, wanted: Feed) -> bool:
    """A publisher's archive holds several feeds side by side, told apart by the ends of their names."""
    plain = name.lower().removesuffix(".gz")
    if wanted.files_ending and "/" in name:
        return plain.endswith(wanted.files_ending)
    return not plain.endswith(wanted.not_files_ending)


def _once(
    one: SubmissionResult, number: int, periods: dict[tuple[str, str, str], tuple[int, SubmissionResult]]
) -> SubmissionResult:
    """Refuse a second file of one call that holds another version of the same supplier's month.

    Files that say when they were drawn may stand beside each other: the later one holds.
    """
    if one.supplier is None or one.period is None or one.mode == "net_change":
        return one
    first_number, first = periods.setdefault((one.supplier, one.feed, one.period), (number, one))
    told = one.extracted_at and first.extracted_at and one.extracted_at != first.extracted_at
    if first_number == number or one.status == "unchanged" or told:
        return one
    words = (
        f"{one.file}: holds {one.supplier} for {one.period}, and so does {first.file} of the same call, "
        "with other rows. Send one file for a supplier's month."
    )
    return replace(one, status="refused", reason=words)
