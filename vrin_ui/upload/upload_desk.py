"""A session's upload desk: the files that were dropped, what was found out of each, and what runs just now.

Everything that opens a file runs in a process of its own, one at a time; `upload_steps` takes the answers.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from vrin_ui.intake_process import Job, start
from vrin_ui.upload.mapping import Mapped
from vrin_ui.upload.upload_call import Call, look_words, rows_words
from vrin_ui.upload.upload_files import Kept, keep, remove
from vrin_ui.upload.upload_look import Seen

RowsOf = tuple[str, str, str]
"""Of what first rows are: the file's id, the feed, the supplier ('' for the file's own)."""
AT_LOOK = "look"
TRIED = "tried.toml"


@dataclass(frozen=True)
class Step:
    """One command that is to run: its kind, its words, and what its answer is about."""

    kind: str
    words: Sequence[str]
    about: Any = None


@dataclass
class Running:
    """What runs: the first of the steps, and where on the page it is shown."""

    job: Job
    steps: list[Step]
    place: str


@dataclass(frozen=True)
class Check:
    """What a dry run found, with the build and the state of the records that it was made against."""

    submissions: Sequence[Mapping[str, Any]]
    left_aside: tuple[str, ...]
    state: tuple[str | None, int]


@dataclass(frozen=True)
class Told:
    """What is to be said of something that was done, how it went, and whether rows were rejected."""

    words: str
    kind: Literal["success", "info", "warning", "error"] = "success"
    has_rejected: bool = False


@dataclass
class Desk:
    """The files, what is known of them, and what runs.

    `state` gives the store's current build and the state of its records. `fitted` are files and feeds
    for which a mapping was put on record here; `apart` are files to be handled each on its own, and
    `said` is what a person has chosen for each.
    """

    store: Path
    folder: Path
    state: Callable[[], tuple[str | None, int]]
    kept: dict[str, Kept] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    rows: dict[RowsOf, Mapping[str, Any]] = field(default_factory=dict)
    mapped: dict[RowsOf, Mapped] = field(default_factory=dict)
    fitted: set[tuple[str, str]] = field(default_factory=set)
    checks: dict[Call, Check] = field(default_factory=dict)
    failures: dict[Any, str] = field(default_factory=dict)
    apart: set[str] = field(default_factory=set)
    said: dict[str, Any] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    running: Running | None = None
    job_count: int = 0

    def drop(self, name: str, content: bytes | memoryview) -> None:
        """Keep a file that was dropped."""
        one = keep(self.folder, name, content)
        self.kept[one.file_id] = one

    def forget(self, file_ids: Sequence[str]) -> None:
        """Remove files and all that was found out of them."""
        for file_id in file_ids:
            if file_id in self.kept:
                remove(self.kept.pop(file_id))
            self.seen.pop(file_id, None)
        self.rows = {key: one for key, one in self.rows.items() if key[0] not in file_ids}
        self.mapped = {key: one for key, one in self.mapped.items() if key[0] not in file_ids}
        gone = {call for call in self.checks if any(one.file_id in file_ids for one in call.files)}
        self.checks = {call: check for call, check in self.checks.items() if call not in gone}

    def forget_failure(self, key: Any) -> None:
        """Let what went wrong be tried again."""
        self.failures.pop(key, None)

    def begin(self, steps: Sequence[Step], place: str) -> None:
        """Start the first of some steps; the others follow one another."""
        self.job_count += 1
        folder = self.folder / f"job-{self.job_count}"
        self.running = Running(start(steps[0].words, store=self.store, folder=folder), [*steps], place)

    def look(self) -> None:
        """Look at the files that have not been looked at."""
        fresh = {file_id: one for file_id, one in self.kept.items() if file_id not in self.seen}
        if fresh and self.running is None:
            self.begin([Step("look", look_words(tuple(fresh.values())), tuple(fresh))], AT_LOOK)

    def show_rows(self, key: RowsOf) -> Step:
        """The step that reads a file's first rows."""
        file_id, feed_id, supplier = key
        return Step("rows", rows_words(self.kept[file_id], feed_id, supplier), key)

    def propose(self, key: RowsOf, *, only_values: bool = False) -> Step:
        """The step that proposes how a file is to be read, or only looks for values that are not known."""
        file_id, feed_id, supplier = key
        more = ("--codes",) if only_values else ("--propose",)
        self.failures.pop(key, None)
        return Step("propose", rows_words(self.kept[file_id], feed_id, supplier, more=more), key)

    def try_mapping(self, key: RowsOf, toml: str) -> Step:
        """The step that shows a file's first rows under a mapping."""
        path = self.folder / TRIED
        path.write_text(toml, encoding="utf-8")
        file_id, feed_id, supplier = key
        words = rows_words(self.kept[file_id], feed_id, supplier, variant=path, more=("--codes",))
        self.failures.pop(key, None)
        return Step("try", words, key)

    def check(self, call: Call) -> list[Step]:
        """The steps that check a call without storing anything and show the first rows of its first file."""
        self.failures.pop(call, None)
        check = Step("check", call.words(is_dry_run=True), call)
        feed_id = self.feed_of(call.files[0], call.feed_id)
        return [check, self.show_rows((call.files[0].file_id, feed_id, call.supplier))]

    def take(self, call: Call, decision: tuple[str, str] | None = None) -> Step:
        """The step that takes a call's files in; a decision is a name and a reason to do so against a check."""
        self.failures.pop(call, None)
        return Step("take", call.words(is_dry_run=False), (call, decision))

    def feed_of(self, file: Kept, feed_id: str) -> str:
        """The feed that a file's first rows are shown as: the one chosen, or its own where each has its own."""
        own = self.seen[file.file_id].feed_ids if file.file_id in self.seen else ()
        return own[0] if feed_id == "auto" and own else feed_id


def only(call: Call, files: tuple[Kept, ...]) -> Call:
    """The same call with some of its files."""
    return replace(call, files=files)


def supplier_key(place: str, feed_id: str) -> str:
    """Under what the choice of a card's supplier is remembered."""
    return f"supplier_{place}_{feed_id}"
