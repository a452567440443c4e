"""An ingest: all files of a call become one build, or none does."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import duckdb

from vrin_data.contract.definitions import definition_texts
from vrin_data.contract.feeds import Feed, feed
from vrin_data.contract.suppliers import Supplier, find_supplier, suppliers
from vrin_data.errors import RefusedInput, UsageError
from vrin_data.intake.areas import AreaIndex, write_areas
from vrin_data.intake.facts import rebuild_facts
from vrin_data.intake.file import take_file
from vrin_data.intake.result import SubmissionResult, refused_file
from vrin_data.intake.unpack import SourceFile, unpack
from vrin_data.places import sample_area_set
from vrin_data.records import log_event, record_definitions
from vrin_data.store import Draft, NothingToPublish, Store, publish_build

Progress = Callable[[str, int, int], None]
"""Told after each file: its name, how many are done, how many there are."""

HELD_BACK = "held back because another file of the same call was refused"


@dataclass(frozen=True)
class IngestResult:
    """What became of a call: its submissions, the build it made (None where nothing changed), notes."""

    feed: str
    submissions: tuple[SubmissionResult, ...]
    build_id: str | None
    left_aside: tuple[str, ...]
    is_refused: bool


def ingest(
    store: Store,
    feed_id: str,
    paths: Sequence[Path],
    *,
    received_at: datetime,
    supplier: str | None = None,
    progress: Progress | None = None,
) -> IngestResult:
    """Take files of one feed into the store as one build.

    `received_at` is UTC without a zone; rows dated after that day are rejected. `supplier` names
    who sent files that do not say it themselves. Nothing is published where a file is refused:
    the result then says `is_refused`, with the reason at each file. Raises UsageError for an unknown
    feed or supplier, StoreBusy where another process is writing.
    """
    wanted = feed(feed_id)
    sender = _named_supplier(supplier)
    taken: list[SubmissionResult] = []
    aside: list[str] = []
    build_id: str | None = None
    reason = f"ingest {feed_id}: {', '.join(path.name for path in paths)}"[:300]
    with publish_build(store, reason=reason, created_at=received_at) as draft:
        _ensure_areas(draft, store)
        sources, faults = _unpack_all(paths, draft.folder, wanted, aside)
        taken += faults
        taken += _take_all(draft, wanted, sources, sender=sender, received_at=received_at, progress=progress)
        refused = any(one.status == "refused" for one in taken)
        if refused or all(one.status == "unchanged" for one in taken):
            raise NothingToPublish
        rebuild_facts(draft.connection)
        # Before the build is published: a definition that was changed in place must stop it.
        record_definitions(store.path, definition_texts(), recorded_at=received_at)
        build_id = draft.build_id
    if build_id is not None:
        _record(store, wanted, build_id, taken, received_at)
    if refused:
        taken = [one.stopped(HELD_BACK) if one.status in ("accepted", "unchanged") else one for one in taken]
    return IngestResult(feed_id, tuple(taken), build_id, tuple(aside), refused)


def _record(
    store: Store, wanted: Feed, build_id: str, taken: list[SubmissionResult], received_at: datetime
) -> None:
    detail = {
        "feed": wanted.id,
        "submissions": sum(one.status == "accepted" for one in taken),
        "rows_kept": sum(one.rows_kept for one in taken if one.status == "accepted"),
        "rows_rejected": sum(one.rows_rejected for one in taken if one.status == "accepted"),
    }
    log_event(store.path, "ingest", f"build {build_id}", happened_at=received_at, detail=detail)


def _named_supplier(name: str | None) -> Supplier | None:
    if name is None:
        return None
    found = find_supplier(name)
    if found is None:
        known = ", ".join(suppliers())
        raise UsageError(f"There is no supplier {name!r}. Suppliers: {known}.")
    return found


def _ensure_areas(draft: Draft, store: Store) -> None:
    row = draft.connection.execute("select count(*) from area").fetchone()
    if row is not None and row[0] == 0:
        write_areas(draft.connection, sample_area_set(), store.outlines_folder)


def _unpack_all(
    paths: Sequence[Path], folder: Path, wanted: Feed, aside: list[str]
) -> tuple[list[SourceFile], list[SubmissionResult]]:
    sources: list[SourceFile] = []
    faults: list[SubmissionResult] = []
    for path in paths:
        try:
            found = unpack(path, folder)
        except RefusedInput as error:
            faults.append(refused_file(path.name, wanted.id, wanted.mode, str(error)))
            continue
        except OSError as error:
            words = f"{path.name}: cannot be read ({error.strerror or type(error).__name__}). Check the file's rights."
            faults.append(refused_file(path.name, wanted.id, wanted.mode, words))
            continue
        chosen = [file for file in found.files if not _is_other_feed(file.name, wanted)]
        aside += found.left_aside
        aside += [file.name for file in found.files if _is_other_feed(file.name, wanted)]
        if not chosen:
            words = (
                f"{path.name}: holds no file of the feed {wanted.id} (left aside: {', '.join(aside[:5])})."
            )
            faults.append(refused_file(path.name, wanted.id, wanted.mode, words))
        sources += chosen
    return sources, faults


def _is_other_feed(name: str, wanted: Feed) -> bool:
    """A publisher's archive holds several feeds side by side, told apart by the ends of their names."""
    return name.lower().removesuffix(".gz").endswith(wanted.not_files_ending)


def _take_all(
    draft: Draft,
    wanted: Feed,
    sources: list[SourceFile],
    *,
    sender: Supplier | None,
    received_at: datetime,
    progress: Progress | None,
) -> list[SubmissionResult]:
    index = AreaIndex(draft.connection)
    taken: list[SubmissionResult] = []
    periods: dict[tuple[str, str], SourceFile] = {}
    for number, source in enumerate(sources, start=1):
        try:
            found = take_file(draft.connection, index, wanted, source, sender=sender, received_at=received_at)
        except RefusedInput as error:
            found = [refused_file(source.name, wanted.id, wanted.mode, str(error))]
        except duckdb.Error as error:
            # What no check has foreseen: the file is refused, and the values stay out of the message.
            words = (
                f"{source.name}: could not be read ({type(error).__name__}). Check that it is a plain CSV."
            )
            found = [refused_file(source.name, wanted.id, wanted.mode, words)]
        taken += [_once(one, source, periods) for one in found]
        source.path.unlink(missing_ok=True)
        if progress is not None:
            progress(source.name, number, len(sources))
    return taken


def _once(
    one: SubmissionResult, source: SourceFile, periods: dict[tuple[str, str], SourceFile]
) -> SubmissionResult:
    """Refuse a second file of one call that holds another version of the same supplier's month."""
    if one.supplier is None or one.period is None:
        return one
    first = periods.setdefault((one.supplier, one.period), source)
    if first == source or one.status == "unchanged":
        return one
    words = (
        f"{one.file}: holds {one.supplier} for {one.period}, and so does {first.name} of the same call, "
        "with other rows. Send one file for a supplier's month."
    )
    return replace(one, status="refused", reason=words)
