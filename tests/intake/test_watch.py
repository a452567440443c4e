"""The watched folder: what is taken in, when, where it goes, and that nothing is lost on the way."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from vrin_data.cli import words
from vrin_data.intake.watching import moving, watch
from vrin_data.intake.watching.watch import Watch
from vrin_data.store.lock import store_lock

from .conftest import Desk

START = datetime(2024, 6, 1, 9)
SETTLE_S = 10


@dataclass
class Post:
    """A watched folder beside a desk's store, with a clock that a test moves."""

    desk: Desk
    folder: Path
    time: datetime = START
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.watch = self.new_watch()

    def new_watch(self) -> Watch:
        """A watch that begins now, as after a restart."""
        return Watch(
            folder=self.folder,
            store=self.desk.store,
            settle_s=SETTLE_S,
            account=words.ingest_account,
            say=self.said.append,
            now=lambda: self.time,
        )

    def drop(
        self,
        *rows: str,
        place: str = "derbyshire-police/police-offences",
        name: str = "march.csv",
        at: datetime = START,
    ) -> Path:
        """A file as a partner would drop it, last changed at a time."""
        path = self.folder / place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.desk.text(*rows), encoding="utf-8")
        touch(path, at)
        return path

    def round(self, seconds: float = SETTLE_S) -> list[str]:
        """One look and taking after so many seconds; the outcomes."""
        self.time += timedelta(seconds=seconds)
        self.watch.look()
        return [one.outcome for one in self.watch.take()]

    def files(self, *parts: str) -> list[str]:
        """Paths of all files under a folder of the watched one, without its own lock."""
        found = (path for path in self.folder.joinpath(*parts).rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)


def touch(path: Path, at: datetime) -> None:
    seconds = at.replace(tzinfo=UTC).timestamp()
    os.utime(path, (seconds, seconds))


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    folder = tmp_path / "dropped"
    folder.mkdir()
    return Post(desk, folder)


def test_a_settled_file_is_taken_in_and_moved_with_a_report_beside_it(post: Post) -> None:
    file = post.drop(post.desk.row("A1"), post.desk.row("A2", recorded_date="31/02/2024"))
    assert post.round() == []
    assert post.round() == ["accepted"]
    assert not file.exists()
    stem = "accepted/derbyshire-police/police-offences/20240601T090020Z-march.csv"
    assert post.files() == [stem, f"{stem}.report.json", f"{stem}.report.txt"]
    assert post.desk.kept() == [(2, "A1")]
    report = json.loads((post.folder / f"{stem}.report.json").read_text(encoding="utf-8"))
    assert (report["file"], report["outcome"], report["build_id"]) == ("march.csv", "accepted", "000002")
    assert report["submissions"][0]["rows_rejected"] == 1
    told = (post.folder / f"{stem}.report.txt").read_text(encoding="utf-8")
    assert "2 rows = 1 kept + 1 rejected" in told
    assert post.said == [f"derbyshire-police/police-offences/march.csv: accepted, now {stem}"]


def test_a_file_is_received_when_it_was_last_changed(post: Post) -> None:
    post.drop(post.desk.row("A1"), at=datetime(2024, 3, 5, 14, 30))
    post.round(), post.round()
    received = post.desk.rows("select received_at from submission where submission_id = 2")
    assert received == [(datetime(2024, 3, 5, 14, 30),)]


def test_a_clock_that_runs_ahead_receives_nothing_in_the_future(post: Post) -> None:
    post.drop(post.desk.row("A1"), at=datetime(2031, 1, 1))
    post.round()
    assert post.round() == ["accepted"]
    assert post.desk.rows("select received_at from submission where submission_id = 2") == [(post.time,)]


def test_a_file_that_still_grows_is_waited_for(post: Post) -> None:
    file = post.drop(post.desk.row("A1"))
    post.round()
    with file.open("a", encoding="utf-8") as handle:
        handle.write(post.desk.row("A2") + "\n")
    touch(file, START)
    assert post.round() == []
    assert post.round(SETTLE_S - 1) == []
    assert post.round(1) == ["accepted"]
    assert post.desk.kept() == [(2, "A1"), (3, "A2")]


@pytest.mark.parametrize("name", ["march.csv.part", "march.csv.filepart", "march.TMP", ".march.csv.x7"])
def test_an_upload_under_a_passing_name_is_waited_for_and_not_spoken_of(post: Post, name: str) -> None:
    file = post.drop(post.desk.row("A1"), name=name)
    post.round(), post.round()
    assert (file.exists(), post.said) == (True, [])
    file.rename(file.with_name("march.csv"))
    post.round()
    assert post.round() == ["accepted"]


def test_a_file_that_is_none_of_its_feed_is_refused_and_the_store_stays(post: Post) -> None:
    file = post.drop(post.desk.row("A1"))
    file.write_text("colour,shape\nred,round\n", encoding="utf-8")
    touch(file, START)
    post.round()
    assert post.round() == ["refused"]
    post.desk.assert_untouched()
    (data, as_json, _) = post.files("refused")
    assert (post.folder / data).read_text(encoding="utf-8") == "colour,shape\nred,round\n"
    reason = json.loads((post.folder / as_json).read_text(encoding="utf-8"))["submissions"][0]["reason"]
    assert "is not a file of the feed police-offences" in reason


def test_what_is_in_the_wrong_place_is_spoken_of_once_and_left(post: Post) -> None:
    strange = [
        post.drop(place="", name="lost.csv"),
        post.drop(place="nobody/police-offences"),
        post.drop(place="derbyshire-police/colours"),
        post.drop(place="derbyshire-police", name="early.csv"),
        post.drop(place="derbyshire-police/police-offences/inner"),
    ]
    for _ in range(3):
        assert post.round() == []
    assert all(path.exists() for path in strange)
    places = [told.partition(": ")[0] for told in post.said]
    assert sorted(places) == [
        "derbyshire-police/colours/",
        "derbyshire-police/early.csv",
        "derbyshire-police/police-offences/inner",
        "lost.csv",
        "nobody/",
    ]


def test_a_link_is_never_followed(post: Post, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(post.desk.text(post.desk.row("A1")), encoding="utf-8")
    post.drop(post.desk.row("A2"), name="real.csv")
    link = post.folder / "derbyshire-police" / "police-offences" / "link.csv"
    link.symlink_to(secret)
    post.round()
    assert post.round() == ["accepted"]
    assert (link.is_symlink(), secret.exists(), post.desk.kept()) == (True, True, [(2, "A2")])


def test_files_are_taken_in_the_order_in_which_they_came(post: Post) -> None:
    post.drop(post.desk.row("LATER"), name="a.csv", at=START)
    post.drop(post.desk.row("EARLIER"), name="b.csv", at=START - timedelta(days=1))
    post.round()
    assert post.round() == ["accepted", "accepted"]
    # The later file replaces the month that the earlier one brought.
    assert post.desk.kept() == [(2, "LATER")]


def test_the_same_name_twice_overwrites_nothing(post: Post) -> None:
    post.drop(post.desk.row("A1"))
    post.round()
    post.round()
    post.time -= timedelta(seconds=2 * SETTLE_S)
    post.drop(post.desk.row("A2"))
    post.round()
    assert post.round() == ["accepted"]
    kept = [name for name in post.files("accepted") if name.endswith(".csv")]
    folder = "accepted/derbyshire-police/police-offences"
    assert kept == [f"{folder}/2-20240601T090020Z-march.csv", f"{folder}/20240601T090020Z-march.csv"]
    assert "A2" in (post.folder / kept[0]).read_text(encoding="utf-8")


def test_a_store_that_is_busy_is_waited_for_and_said_once(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = watch.ingest

    def impatient(*arguments: object, **said: object) -> object:
        with store_lock(post.desk.store.path, wait_s=0):
            pass
        return real(*arguments, **said)  # type: ignore[arg-type]

    monkeypatch.setattr(watch, "ingest", impatient)
    file = post.drop(post.desk.row("A1"))
    post.round()
    with store_lock(post.desk.store.path):
        assert (post.round(), post.round()) == ([], [])
        assert file.exists()
    assert [told.startswith("Waiting: Another process") for told in post.said] == [True]
    assert post.round() == ["accepted"]


def test_an_ingest_that_was_not_put_away_before_a_crash_is_put_away_later(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> Path:
        raise KeyboardInterrupt

    file = post.drop(post.desk.row("A1"))
    post.round()
    with monkeypatch.context() as patched:
        patched.setattr(watch, "put_away", crash)
        with pytest.raises(KeyboardInterrupt):
            post.round()
    assert file.exists()
    post.watch = post.new_watch()
    post.round()
    assert post.round() == ["accepted"]
    assert post.desk.store.build_ids() == ["000001", "000002"]
    (report,) = (post.folder / name for name in post.files("accepted") if name.endswith(".json"))
    assert json.loads(report.read_text(encoding="utf-8"))["submissions"][0]["status"] == "unchanged"


@pytest.mark.parametrize("step", ["_write", "rename"])
def test_a_crash_at_any_step_of_the_move_leaves_the_file_or_its_report(
    post: Post, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    file = post.drop(post.desk.row("A1"))
    content = file.read_bytes()
    post.round()
    with monkeypatch.context() as patched:
        patched.setattr(moving.os if step == "rename" else moving, step, crash)
        with pytest.raises(KeyboardInterrupt):
            post.round()
    assert file.read_bytes() == content
    assert not [name for name in post.files("accepted") if name.endswith(".csv")]
    post.watch = post.new_watch()
    post.round()
    assert post.round() == ["accepted"]
    (moved,) = (name for name in post.files("accepted") if name.endswith(".csv"))
    assert (post.folder / moved).read_bytes() == content
    assert {f"{moved}.report.txt", f"{moved}.report.json"} <= set(post.files("accepted"))


def test_a_file_that_cannot_be_moved_is_said_and_not_taken_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbid(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    post.drop(post.desk.row("A1"))
    post.drop(post.desk.row("B1"), name="other.csv", at=START + timedelta(seconds=1))
    post.round()
    with monkeypatch.context() as patched:
        patched.setattr(moving.os, "rename", forbid)
        assert post.round() == []
    assert post.said == [
        f"derbyshire-police/police-offences/{name}: could not be handled (Permission denied); left where it is."
        for name in ("march.csv", "other.csv")
    ]
    assert post.files("accepted") == []
    assert post.round() == []


def test_a_file_that_changed_while_it_was_read_stays_and_is_taken_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., object] = watch.ingest
    file = post.drop(post.desk.row("A1"))

    def grow(*arguments: object, **said: object) -> object:
        result = real(*arguments, **said)
        with file.open("a", encoding="utf-8") as handle:
            handle.write(post.desk.row("A2") + "\n")
        return result

    post.round()
    with monkeypatch.context() as patched:
        patched.setattr(watch, "ingest", grow)
        assert post.round() == []
    assert "it changed while it was read" in post.said[0]
    post.round()
    assert post.round() == ["accepted"]
    assert post.desk.kept() == [(2, "A1"), (3, "A2")]


def test_a_name_as_long_as_a_file_system_allows_is_shortened_with_its_ending(post: Post) -> None:
    post.drop(post.desk.row("A1"), name="ü" * 120 + ".csv")
    post.round()
    assert post.round() == ["accepted"]
    (moved,) = (name for name in post.files("accepted") if name.endswith(".csv"))
    assert len(moved.rpartition("/")[2].encode()) <= 255 - len(".report.json")


def test_rows_of_other_suppliers_are_spoken_of(post: Post) -> None:
    post.drop(post.desk.row("A1", force="Leicestershire Police"))
    post.round()
    assert post.round() == ["accepted"]
    assert (
        post.said[-1]
        == "derbyshire-police/police-offences/march.csv: holds rows of other suppliers (1); see its report."
    )


def test_a_file_that_a_check_stops_waits_for_a_person(post: Post) -> None:
    file = post.drop(post.desk.row("A1"))
    file.write_text("record count,100\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    touch(file, START)
    post.round()
    assert post.round() == ["stopped"]
    (_, as_json, _) = post.files("stopped")
    held = json.loads((post.folder / as_json).read_text(encoding="utf-8"))["submissions"][0]["held_id"]
    assert held == 1
    assert (post.desk.kept(), post.files("accepted")) == ([], [])
