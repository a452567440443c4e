"""A folder watched for files that partners drop: each is taken in once it is complete, then moved.

    DIR/<supplier>/<feed>/file          where a partner's upload lands
    DIR/accepted/<supplier>/<feed>/...  taken in, with a report beside each file
    DIR/refused/..., DIR/stopped/...    not taken in, and why; stopped ones wait for a person

A file is either still where it was dropped, or moved with its report beside it: the report is
written first, the move is one rename, and a file that is found again after a crash is unchanged.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from vrin_data.contract.feeds import feeds
from vrin_data.errors import StoreBusy, VrinError
from vrin_data.intake.ingest import IngestResult, ingest
from vrin_data.intake.result import refused_file
from vrin_data.intake.watching.dropped import Dropped, Look, dropped_files, look_at, strange_places
from vrin_data.intake.watching.moving import Report, put_away
from vrin_data.records import all_suppliers
from vrin_data.store import Store

Say = Callable[[str], None]
Account = Callable[[IngestResult], str]
ACCEPTED, REFUSED, STOPPED = "accepted", "refused", "stopped"


@dataclass(frozen=True)
class Handled:
    """What became of one dropped file: where it is now, and what the ingest said."""

    file: Path
    moved_to: Path
    outcome: str
    result: IngestResult


@dataclass
class Watch:
    """One watched folder: what was seen when, and what was said already.

    `account` words a result for the report; `say` tells the person who watches; `now` is UTC without
    a zone.
    """

    folder: Path
    store: Store
    settle_s: float
    account: Account
    say: Say
    now: Callable[[], datetime]
    _files: list[Dropped] = field(default_factory=list, init=False)
    _seen: dict[Path, tuple[Look, datetime]] = field(default_factory=dict, init=False)
    _tried: dict[Path, Look] = field(default_factory=dict, init=False)
    _said: set[str] = field(default_factory=set, init=False)
    _is_waiting: bool = field(default=False, init=False)

    def look(self) -> int:
        """Note every file that is there and how it looks; how many are not settled yet."""
        supplier_ids, feed_ids = set(all_suppliers(self.store.path)), set(feeds())
        for words in strange_places(self.folder, supplier_ids, feed_ids):
            if words not in self._said:
                self._said.add(words)
                self.say(words)
        self._files = list(dropped_files(self.folder, supplier_ids, feed_ids))
        seen = {}
        for one in self._files:
            look = look_at(one.path)
            if look is not None:
                before = self._seen.get(one.path)
                seen[one.path] = before if before and before[0] == look else (look, self.now())
        self._seen = seen
        return sum(not self._is_settled(path) for path in seen)

    def take(self) -> list[Handled]:
        """Take every settled file in, the one that came first before the others, and put it away."""
        handled = []
        for one in self._settled():
            try:
                handled.append(self._take_one(one))
            except StoreBusy as error:
                # Nothing is lost: the file stays where it is, and the next round tries again.
                if not self._is_waiting:
                    self.say(f"Waiting: {error}")
                self._is_waiting = True
                break
            except Exception as error:
                # One file that fails in a way nobody foresaw must not keep all others out.
                self._tried[one.path] = self._seen[one.path][0]
                why = (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
                self.say(f"{one.name}: could not be handled ({why}); left where it is.")
            self._is_waiting = False
        return handled

    def _settled(self) -> list[Dropped]:
        ready = [one for one in self._files if self._is_settled(one.path) and not self._was_tried(one.path)]
        return sorted(ready, key=lambda one: (self._seen[one.path][0].changed_ns, one.name))

    def _is_settled(self, path: Path) -> bool:
        if path not in self._seen:
            return False
        _, since = self._seen[path]
        return (self.now() - since).total_seconds() >= self.settle_s

    def _was_tried(self, path: Path) -> bool:
        return self._tried.get(path) == self._seen[path][0]

    def _take_one(self, one: Dropped) -> Handled:
        look, _ = self._seen[one.path]
        # A partner's clock may run ahead, and nothing is received after now.
        received_at = min(_utc(look.changed_ns), self.now().replace(microsecond=0))
        result = self._ingested(one, received_at)
        if look_at(one.path) != look:
            raise OSError(0, "it changed while it was read")
        outcome = STOPPED if result.is_stopped else REFUSED if result.is_refused else ACCEPTED
        report = Report(one.supplier_id, one.feed_id, outcome, received_at, self.now().replace(microsecond=0))
        target = put_away(self.folder, one.path, report, account=self.account(result), result=result)
        self.say(f"{one.name}: {outcome}, now {target.relative_to(self.folder)}")
        others = {each.supplier for each in result.submissions} - {None, one.supplier_id}
        if others:
            self.say(f"{one.name}: holds rows of other suppliers ({len(others)}); see its report.")
        return Handled(one.path, target, outcome, result)

    def _ingested(self, one: Dropped, received_at: datetime) -> IngestResult:
        try:
            return ingest(
                self.store, one.feed_id, [one.path], received_at=received_at, supplier=one.supplier_id
            )
        except StoreBusy:
            raise
        except VrinError as error:
            mode = feeds()[one.feed_id].mode
            refused = refused_file(one.path.name, one.feed_id, mode, str(error))
            return IngestResult(one.feed_id, (refused,), None, (), True)


def _utc(changed_ns: int) -> datetime:
    return datetime.fromtimestamp(changed_ns / 1e9, UTC).replace(tzinfo=None, microsecond=0)
