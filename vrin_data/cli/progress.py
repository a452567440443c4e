"""What is shown while a command runs, on the error stream so that what is printed can be piped."""

import argparse
import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from vrin_data.intake import IngestResult

LONGEST_TITLE = 70
STOPPED = 143


@dataclass(frozen=True)
class Told:
    """Whom to tell of progress: of files that are done, of steps on a file's way, of the end."""

    file: Callable[[str, int, int], None]
    step: Callable[[str, str], None]
    end: Callable[[IngestResult], None]


def for_programs(command: argparse.ArgumentParser) -> None:
    """Options with which another program starts a command: progress as lines of JSON, a limit of memory."""
    command.add_argument("--progress-lines", action="store_true", help=argparse.SUPPRESS)
    command.add_argument("--memory-mb", type=int, default=0, help=argparse.SUPPRESS)


def obey(options: argparse.Namespace) -> None:
    """Keep within the memory that is given, and tidy up when told to end."""
    if options.memory_mb:
        _limit_memory(options.memory_mb * 2**20)
    if options.progress_lines:
        signal.signal(signal.SIGTERM, _end)


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:
        return  # Windows has no such limit; DuckDB's own holds there as well.
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    wanted = size if most == resource.RLIM_INFINITY else min(size, most)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, most))
    except (ValueError, OSError):
        return  # A system that knows the limit and does not let it be set, as macOS.


def _end(*_: object) -> None:
    raise SystemExit(STOPPED)


@contextmanager
def progress(title: str) -> Iterator[Told]:
    """A progress display for a person."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as shown:
        task = shown.add_task(title, total=None)

        def file(name: str, done: int, total: int) -> None:
            words = f"{title}: {Path(name).name}"[:LONGEST_TITLE]
            shown.update(task, description=words, completed=done, total=total)

        def step(name: str, what: str) -> None:
            shown.update(task, description=f"{what.capitalize()} {Path(name).name}"[:LONGEST_TITLE].strip())

        yield Told(file, step, lambda _: None)


@contextmanager
def progress_lines(_title: str) -> Iterator[Told]:
    """Progress as lines of JSON, for a program that shows it; the last one tells of the build."""

    def line(**said: object) -> None:
        print(json.dumps(said), file=sys.stderr, flush=True)

    yield Told(
        lambda name, done, total: line(name=Path(name).name, done=done, total=total),
        lambda name, step: line(name=Path(name).name, step=step),
        lambda result: line(build_id=result.build_id, left_aside=list(result.left_aside)),
    )


def progress_step(step: str) -> None:
    """A line of JSON that tells a program of a step that comes after the end."""
    print(json.dumps({"step": step}), file=sys.stderr, flush=True)


@contextmanager
def waiting(title: str) -> Iterator[None]:
    """A sign of life for work that cannot be counted."""
    with Console(file=sys.stderr).status(title):
        yield
