"""`watch DIR`: files dropped by suppliers are taken in as they come."""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from vrin_data.cli import signals, words
from vrin_data.cli.options import SubCommands, add_command
from vrin_data.errors import StoreBusy, UsageError
from vrin_data.intake.watching.dropped import LOCK_NAME
from vrin_data.intake.watching.watch import ACCEPTED, Handled, Watch
from vrin_data.store import Store

DONE, REFUSED = 0, 1
EVERY_S = 30.0
SETTLE_S = 10.0


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(
        commands,
        "watch",
        "Take in what is dropped into DIR/<supplier>/<feed>/, and move it to DIR/accepted, refused or stopped.",
    )
    command.add_argument("folder", metavar="DIR", type=Path)
    command.add_argument(
        "--once", action="store_true", help="take what is there and end; 1 if any was refused"
    )
    command.add_argument(
        "--every", type=_seconds, default=EVERY_S, metavar="SECONDS", help="pause between looks"
    )
    command.add_argument(
        "--settle",
        type=_seconds,
        default=SETTLE_S,
        metavar="SECONDS",
        help="a file unchanged so long is complete",
    )


def run(options: argparse.Namespace, store: Store) -> int:
    """Watch until interrupted, or once."""
    folder = options.folder.expanduser().resolve()
    if not folder.is_dir():
        raise UsageError(f"{options.folder} is no folder to watch. Make it first.")
    watch = Watch(
        folder=folder,
        store=store,
        settle_s=options.settle,
        account=words.ingest_account,
        say=_say,
        now=_now,
    )
    try:
        with FileLock(folder / LOCK_NAME, timeout=0):
            return _once(watch, options.settle) if options.once else _always(watch, options.every)
    except Timeout:
        raise StoreBusy(f"Another process is watching {folder} already. One is enough.") from None


def _once(watch: Watch, settle_s: float) -> int:
    """Look, wait until what is there can be told to be complete, take it; the exit code."""
    if watch.look() and settle_s:
        time.sleep(settle_s)
        watch.look()
    handled = _take(watch)
    left = watch.look()
    if left:
        _say(f"{left} file(s) are still there: being written to, or waiting.")
    return _exit_code(handled)


def _always(watch: Watch, every_s: float) -> int:
    _say(f"Watching {watch.folder}. Ctrl+C ends it.")
    try:
        while True:
            watch.look()
            _take(watch)
            time.sleep(every_s)
    except KeyboardInterrupt:
        _say("Stopped watching.")
        return DONE


def _take(watch: Watch) -> list[Handled]:
    """Take what is settled; the last build that came of it is searched for signals."""
    handled = watch.take()
    made = [one.result.build_id for one in handled if one.result.build_id]
    signals.after_publish(watch.store, made[-1] if made else None)
    return handled


def _exit_code(handled: list[Handled]) -> int:
    return DONE if all(one.outcome == ACCEPTED for one in handled) else REFUSED


def _say(told: str) -> None:
    # A log that is read while the watch runs must not wait in a buffer.
    print(told, flush=True)


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds")
    return seconds
