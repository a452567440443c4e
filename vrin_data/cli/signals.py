"""`signals`: the series whose last months stand out, as the publish of a build found them; and that search."""

import argparse
import sys
from dataclasses import replace

from vrin_data import measures
from vrin_data.cli.options import SubCommands, add_command, now
from vrin_data.cli.presenting import presented, shown, write
from vrin_data.cli.progress import progress_step
from vrin_data.errors import RefusedInput, UsageError
from vrin_data.records.signals import FIGURES, Watch, watch_faults, watch_series, watched
from vrin_data.report.signal_words import NONE_STAND_OUT
from vrin_data.store import Store

HEADINGS = {
    "area_name": "area",
    "definition_name": "definition",
    "figure": "figure",
    "direction": "is",
    "since_month": "since",
    "recent_mean": "a month",
    "usual_mean": "before",
    "cause": "rule",
    "q_value": "q",
    "beside": "beside",
}
CHOICE = ("definition", "level", "figure", "false_share")


def add_parser(commands: SubCommands) -> None:
    """Add the command."""
    command = add_command(commands, "signals", "Series whose last months stand out, with the stamp.")
    command.add_argument("--build", metavar="ID", default="", help="default: the current build")
    command.add_argument("--search", action="store_true", help="search the current build again")
    command.add_argument(
        "--definition", action="append", metavar="ID", help="search these alone; may be given again"
    )
    command.add_argument("--level", action="append", metavar="LEVEL", help="areas of these levels alone")
    command.add_argument("--figure", action="append", choices=tuple(FIGURES), help="these figures alone")
    command.add_argument(
        "--false-share", type=float, metavar="SHARE", help="share of the signals that may be false (0.1)"
    )
    command.add_argument(
        "--watch", action="store_true", help="search so at every publish from now on; with --by and --reason"
    )
    command.add_argument("--by", metavar="NAME", help="who decided what is watched")
    command.add_argument("--reason", metavar="WORDS", help="why")
    command.add_argument("--format", choices=("table", "csv", "json"), default="table")
    command.add_argument("--no-stamp", action="store_true", help="leave the stamp out")


def run(options: argparse.Namespace, store: Store) -> int:
    """Print the signals on record; search first where that is asked for or was never done."""
    watch = _watch(options, store)
    if options.watch:
        if not options.by or not options.reason:
            raise UsageError("What is watched goes on record: say who decided (--by) and why (--reason).")
        watch_series(store.path, watch, reason=options.reason, recorded_by=options.by, recorded_at=now())
    request = measures.SignalsRequest(options.build)
    if any(getattr(options, name) for name in CHOICE) and not options.watch:
        _require_current(options, store)
        request = replace(request, watch=watch, at=now())
    elif options.search or options.watch or not _is_searched(options, store):
        _require_current(options, store)
        measures.search_signals(store, at=now(), by=options.by)
    found = presented(measures.signals(store, request))
    if options.format == "table" and found.frame.empty:
        return write(
            "\n".join([f"{NONE_STAND_OUT}.", "", *([] if options.no_stamp else found.stamp.lines())])
        )
    return write(shown(found, HEADINGS, options))


def after_publish(store: Store, build_id: str | None, *, for_program: bool = False) -> None:
    """Search a new build for signals, and keep them; a search that fails is said and kept, and stops nothing."""
    if build_id is None or build_id != store.current_build():
        return
    # What was answered is there already, should somebody end the process now.
    sys.stdout.flush()
    if for_program:
        progress_step("signals")
    try:
        measures.search_signals(store, at=now())
    except Exception as error:
        # The build is published and stands, whatever it is that the search did not get along with.
        _say_failure(store, type(error).__name__)


def _say_failure(store: Store, failure: str) -> None:
    print(
        f"The new build stands, but it could not be searched for signals ({failure}). "
        "`python -m vrin_data signals --search` tries again.",
        file=sys.stderr,
    )
    try:
        measures.record_failure(store, failure, at=now())
    except Exception as error:
        print(f"That could not be recorded either ({type(error).__name__}).", file=sys.stderr)


def _require_current(options: argparse.Namespace, store: Store) -> None:
    if options.build and options.build != store.current_build():
        raise UsageError(f"Only the current build can be searched, and that is not {options.build}.")


def _is_searched(options: argparse.Namespace, store: Store) -> bool:
    found = measures.signal_search(store, measures.SignalsRequest(options.build))
    return bool(presented(found).frame["state"].iloc[0] == "searched")


def _watch(options: argparse.Namespace, store: Store) -> Watch:
    """The series to search: what is on record, and what the options name instead."""
    kept = watched(store.path)
    watch = Watch(
        definitions=tuple(options.definition or kept.definitions),
        levels=tuple(options.level or kept.levels),
        figures=tuple(options.figure or kept.figures),
        false_share=kept.false_share if options.false_share is None else options.false_share,
    )
    faults = watch_faults(store.path, watch)
    if faults:
        raise RefusedInput("\n".join(["The series cannot be searched:", *(f"  {one}" for one in faults)]))
    return watch
