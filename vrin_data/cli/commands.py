"""One function per command: it calls one operation and says what came of it."""

import argparse
import sys
from collections.abc import Callable, Sequence

from vrin_data.cli import (
    agreements,
    areas,
    assets,
    breakdown,
    breaks,
    change,
    comparators,
    compare,
    concentration,
    definitions,
    feeds,
    harm,
    hotspots,
    indicators,
    ingesting,
    look,
    match_persons,
    pseudonyms,
    rates,
    rebase,
    signals,
    suppliers,
    trend,
    triangulate,
    upkeep,
    watch,
    weights,
    who,
    words,
)
from vrin_data.cli.options import now
from vrin_data.cli.parser import make_parser, store_path
from vrin_data.cli.progress import progress
from vrin_data.contract import dictionary
from vrin_data.errors import UsageError, VrinError
from vrin_data.intake import load_sample
from vrin_data.records import log_event
from vrin_data.store import Store

DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused and nothing changed, 2 wrong usage."""
    parser = make_parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit as stop:
        return int(stop.code or 0)
    store = Store.open(options.store or store_path())
    try:
        return COMMANDS[options.command](options, store)
    except UsageError as error:
        print(f"vrin: {error}", file=sys.stderr)
        return WRONG_USAGE
    except VrinError as error:
        print(f"vrin: {error}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        return DONE
    except OSError as error:
        print(
            f"vrin: {error.filename or store.path}: {error.strerror or type(error).__name__}.",
            file=sys.stderr,
        )
        return REFUSED


def _sample(options: argparse.Namespace, store: Store) -> int:
    if store.current_build() is not None:
        print(
            f"The store {store.path} holds builds already; the sample was not loaded into it.",
            file=sys.stderr,
        )
        return DONE
    with progress("Building the sample") as told:
        result = load_sample(store, received_at=now(), progress=told.file)
    code = ingesting.tell(result, options.format)
    signals.after_publish(store, result.build_id)
    return code


def _builds(options: argparse.Namespace, store: Store) -> int:
    if options.restore:
        build_id = store.restore(options.restore)
        log_event(store.path, "restore", f"build {build_id}", happened_at=now())
        print(f"Build {build_id} is current.")
        return DONE
    listed = store.builds()
    print(words.builds_json(listed) if options.format == "json" else words.build_list(listed, store.path))
    return DONE


def _describe(options: argparse.Namespace, _store: Store) -> int:
    sys.stdout.write(dictionary.as_json() + "\n" if options.format == "json" else dictionary.as_markdown())
    return DONE


COMMANDS: dict[str, Callable[[argparse.Namespace, Store], int]] = {
    "ingest": ingesting.run_ingest,
    "correct": ingesting.run_correct,
    "held": ingesting.run_held,
    "look": look.run,
    "watch": watch.run,
    "rejected": upkeep.run_rejected,
    "purge": upkeep.run_purge,
    "feeds": feeds.run,
    "agreements": agreements.run,
    "suppliers": suppliers.run,
    "definitions": definitions.run,
    "weights": weights.run,
    "sample": _sample,
    "harm": harm.run,
    "breakdown": breakdown.run,
    "breaks": breaks.run,
    "rebase": rebase.run,
    "compare": compare.run,
    "comparators": comparators.run,
    "concentration": concentration.run,
    "hotspots": hotspots.run,
    "rates": rates.run,
    "change": change.run,
    "signals": signals.run,
    "trend": trend.run,
    "triangulate": triangulate.run,
    "pseudonyms": pseudonyms.run,
    "match-persons": match_persons.run,
    "who": who.run,
    "areas": areas.run,
    "indicators": indicators.run,
    "assets": assets.run,
    "builds": _builds,
    "describe": _describe,
}
