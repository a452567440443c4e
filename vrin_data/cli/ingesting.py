"""`ingest`, `correct` and `held`: partners' files into the store, from the command line."""

import argparse
import json
import sys
from dataclasses import asdict
from datetime import date, datetime, time
from pathlib import Path

from vrin_data.cli import signals, suggest, words
from vrin_data.cli.options import (
    SubCommands,
    add_actions,
    add_command,
    add_format,
    add_person,
    day,
    month,
    now,
)
from vrin_data.cli.progress import for_programs, obey, progress, progress_lines
from vrin_data.contract.feeds import feed
from vrin_data.contract.periods import MONTHS_IN, later
from vrin_data.contract.variant_text import read_variant
from vrin_data.errors import UsageError
from vrin_data.intake import (
    Acceptance,
    Batch,
    Corrected,
    IngestResult,
    accept_held,
    correct,
    discard_held,
    ingest_batches,
    nil_file,
)
from vrin_data.records import held_files
from vrin_data.store import Store

DONE, REFUSED = 0, 1


def add_parsers(commands: SubCommands) -> None:
    """Add the three commands."""
    _add_ingest(commands)
    _add_correct(commands)
    _add_held(commands)


def _add_ingest(commands: SubCommands) -> None:
    command = add_command(
        commands, "ingest", "Take a partner's files into the store as one build, or none of them."
    )
    command.add_argument(
        "feed", metavar="FEED", help="feed of the files, such as police-offences; or auto, to recognise it"
    )
    command.add_argument(
        "paths",
        metavar="PATH",
        nargs="*",
        type=Path,
        help="CSV, XLSX, ODS, XML, Parquet, gzip, zip, or a folder of them",
    )
    command.add_argument("--supplier", metavar="ID", help="who sent files that do not say so themselves")
    command.add_argument(
        "--period", type=month, metavar="YYYY-MM", help="the period that the files are the whole of"
    )
    command.add_argument(
        "--nil", action="store_true", help="no file: the supplier had nothing to report in --period"
    )
    command.add_argument(
        "--received", type=day, metavar="DAY", help="when the supplier handed them in (default: now)"
    )
    command.add_argument(
        "--extracted", type=day, metavar="DAY", help="when the supplier drew them, where the files do not say"
    )
    command.add_argument(
        "--without-agreement",
        metavar='"NAME: reason"',
        help="let the files in although no live agreement covers them; goes on record",
    )
    command.add_argument("--dry-run", action="store_true", help="check everything and publish nothing")
    for_programs(command)
    suggest.add_suggest_options(command)
    add_format(command)


def _add_correct(commands: SubCommands) -> None:
    command = add_command(
        commands, "correct", "Take rejected rows in that were corrected in the file `rejected --csv` wrote."
    )
    command.add_argument("file", metavar="FILE.csv", type=Path)
    add_person(command)
    for_programs(command)
    add_format(command)


def _add_held(commands: SubCommands) -> None:
    actions = add_actions(
        add_command(commands, "held", "Files that a check stopped: list, accept or discard them.")
    )
    add_format(add_command(actions, "list", "Files that wait for a decision, with what was found."))
    for name, told in (
        ("accept", "Take a stopped file in against the check, by name and reason."),
        ("discard", "Throw a stopped file away, by name and reason."),
    ):
        action = add_command(actions, name, told)
        action.add_argument("number", metavar="NUMBER", type=int)
        action.add_argument("--reason", required=True)
        add_person(action)
        for_programs(action)
        add_format(action)


def run_ingest(options: argparse.Namespace, store: Store) -> int:
    """Take files in and say what became of them; or propose a mapping for a file nobody prepared."""
    obey(options)
    if options.suggest:
        return suggest.run(options, store)
    result = _ingested(options, store)
    code = tell(result, options.format, is_dry_run=options.dry_run)
    signals.after_publish(store, result.build_id, for_program=options.progress_lines)
    return code


def tell(result: IngestResult, shape: str, *, is_dry_run: bool = False) -> int:
    """Print what became of a call and return its exit code."""
    if shape == "json":
        print(json.dumps([one.as_object() for one in result.submissions], indent=2, ensure_ascii=False))
    else:
        print(words.ingest_account(result, is_dry_run=is_dry_run))
    return REFUSED if result.is_refused else DONE


def _ingested(options: argparse.Namespace, store: Store) -> IngestResult:
    """The result of the call, its progress shown while it runs."""
    batch = _batch(options, store)
    shown = progress_lines if options.progress_lines else progress
    with shown("Reading") as told:
        result = ingest_batches(
            store,
            [batch],
            received_at=now(),
            progress=told.file,
            step=told.step,
            is_dry_run=options.dry_run,
        )
        told.end(result)
    return result


def _batch(options: argparse.Namespace, store: Store) -> Batch:
    paths = tuple(options.paths)
    if options.nil:
        paths = (_nil(options, store),)
    if not paths:
        raise UsageError("Name the files to take in, or say --nil with --supplier and --period.")
    return Batch(
        feed_id=options.feed,
        paths=paths,
        supplier=options.supplier,
        period=_period(options.feed, options.period) if options.period else None,
        extracted_at=_at(options.extracted),
        received_at=_at(options.received),
        variant=read_variant(options.variant.read_text(encoding="utf-8"), options.variant.name)
        if options.variant
        else None,
        without_agreement=acceptance(options.without_agreement) if options.without_agreement else None,
    )


def _nil(options: argparse.Namespace, store: Store) -> Path:
    if not options.supplier or not options.period or options.paths:
        raise UsageError("--nil needs --supplier and --period, and no file.")
    return nil_file(store, feed(options.feed), options.supplier, options.period)


def _period(feed_id: str, first: date) -> tuple[date, date]:
    length = 1 if feed_id == "auto" else MONTHS_IN[feed(feed_id).period_length]
    return first, later(first, length)


def _at(day: date | None) -> datetime | None:
    return datetime.combine(day, time(12)) if day else None


def acceptance(text: str) -> Acceptance:
    """A person and a reason written as `NAME: reason`. Raises UsageError for anything else."""
    person, mark, reason = text.partition(":")
    if not mark or not person.strip() or not reason.strip():
        raise UsageError(f'{text!r} does not name a person and a reason (expected "NAME: reason").')
    return Acceptance(person.strip(), reason.strip())


def run_correct(options: argparse.Namespace, store: Store) -> int:
    """Take corrected rows in and say what is still wrong."""
    obey(options)
    done = correct(store, options.file, person=options.by, at=now())
    _tell_corrected(done, options.format)
    signals.after_publish(store, done.build_id, for_program=options.progress_lines)
    return DONE if done.build_id else REFUSED


def _tell_corrected(done: Corrected, shape: str) -> None:
    if shape == "json":
        print(json.dumps(asdict(done), indent=2, ensure_ascii=False))
        return
    print(f"{done.taken:,} corrected rows were taken in.")
    for reason, count in sorted(done.still_rejected.items()):
        print(f"  still wrong, {count:,}: {reason}")
    print(f"Published build {done.build_id}." if done.build_id else "Nothing was changed.")


def run_held(options: argparse.Namespace, store: Store) -> int:
    """List the files that wait, or carry out a decision on one."""
    if options.action == "list":
        print(words.held_list(held_files(store.path), options.format))
        return DONE
    obey(options)
    if options.action == "discard":
        discard_held(store, options.number, person=options.by, reason=options.reason, at=now())
        print(f"File {options.number} was discarded.", file=sys.stdout)
        return DONE
    shown = progress_lines if options.progress_lines else progress
    with shown("Taking in") as told:
        result = accept_held(store, options.number, person=options.by, reason=options.reason, at=now())
        told.end(result)
    code = tell(result, options.format)
    signals.after_publish(store, result.build_id, for_program=options.progress_lines)
    return code
