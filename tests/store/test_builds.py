"""Builds: published whole or not at all, listed, reopened; readers on many threads."""

import shutil
import threading
from datetime import datetime
from pathlib import Path

import pytest

from vrin_data.errors import EmptyStore, StoreBusy, VrinError
from vrin_data.store import NothingToPublish, Store, publish_build
from vrin_data.store.lock import store_lock

NOON = datetime(2026, 11, 1, 12)


def publish(store: Store, reason: str) -> str:
    with publish_build(store, reason=reason, created_at=NOON) as draft:
        draft.connection.execute("insert into offence select count(*) + 1, $key from offence", {"key": reason})
    return store.current_build() or ""


def reasons(store: Store) -> list[str]:
    return store.query("offences", "select offence_key from offence order by offence_id")["offence_key"].tolist()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "store")


def test_an_empty_store_says_what_to_do(store: Store) -> None:
    assert store.current_build() is None
    assert store.builds() == []
    with pytest.raises(EmptyStore, match="ingest FEED FILE"):
        store.query("anything", "select 1")


def test_each_build_holds_what_was_before_it(store: Store) -> None:
    assert [publish(store, reason) for reason in ("first", "second")] == ["000001", "000002"]
    assert reasons(store) == ["first", "second"]
    listed = store.builds()
    assert [(one.build_id, one.reason, one.parent_id, one.is_current) for one in listed] == [
        ("000001", "first", None, False),
        ("000002", "second", "000001", True),
    ]
    assert all(one.size_bytes > 0 and one.created_at == NOON for one in listed)


def test_an_earlier_build_can_be_read_and_restored(store: Store) -> None:
    publish(store, "first")
    publish(store, "second")
    earlier = store.query("offences", "select count(*) as n from offence", build_id="000001")
    assert earlier["n"].tolist() == [1]
    assert store.restore("1") == "000001"
    assert reasons(store) == ["first"]
    assert publish(store, "third") == "000003"
    assert reasons(store) == ["first", "third"]
    assert store.builds()[-1].parent_id == "000001"


def test_restoring_what_is_not_there_lists_what_is(store: Store) -> None:
    publish(store, "first")
    with pytest.raises(EmptyStore, match="000001"):
        store.restore("7")
    assert store.current_build() == "000001"


def test_a_failed_write_leaves_the_store_as_it_was(store: Store) -> None:
    publish(store, "first")

    def fail() -> None:
        with publish_build(store, reason="second", created_at=NOON) as draft:
            draft.connection.execute("delete from offence")
            raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        fail()
    assert reasons(store) == ["first"]
    assert sorted(path.name for path in store.builds_folder.iterdir()) == ["current", "vrin-000001.duckdb"]


def test_leaving_quietly_publishes_nothing(store: Store) -> None:
    publish(store, "first")
    with publish_build(store, reason="second", created_at=NOON):
        raise NothingToPublish
    assert store.current_build() == "000001"


def test_a_second_writer_waits_and_then_says_who_writes(store: Store) -> None:
    entered, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with store_lock(store.path):
            entered.set()
            leave.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    entered.wait(10)
    with pytest.raises(StoreBusy, match="Another process"), store_lock(store.path, wait_s=0.2):
        pass
    leave.set()
    holder.join()
    publish(store, "afterwards")


def test_a_writer_may_read_its_own_folder_only(store: Store, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n", encoding="utf-8")
    with publish_build(store, reason="first", created_at=NOON) as draft:
        shutil.copy(outside, draft.folder / "inside.csv")
        assert draft.connection.execute(f"select a from read_csv('{draft.folder}/inside.csv')").fetchone() == (1,)
        with pytest.raises(Exception, match="disabled by configuration"):
            draft.connection.execute(f"select a from read_csv('{outside}')")
        with pytest.raises(Exception, match="locked"):
            draft.connection.execute("set enable_external_access = true")


def test_a_reader_can_neither_write_nor_read_files(store: Store, tmp_path: Path) -> None:
    publish(store, "first")
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n", encoding="utf-8")
    for statement in ("delete from offence", f"select * from read_csv('{outside}')", "attach ':memory:' as other"):
        with pytest.raises(VrinError):
            store.query("attempt", statement)
    assert reasons(store) == ["first"]


def test_an_error_names_the_question_and_not_the_value(store: Store) -> None:
    publish(store, "first")
    with pytest.raises(VrinError) as caught:
        store.query("list of secrets", "select $value::integer", {"value": "Jane Doe"})
    assert "list of secrets" in str(caught.value)
    assert "Jane" not in str(caught.value)


def test_eight_threads_read_while_builds_change(store: Store) -> None:
    publish(store, "first")
    faults: list[BaseException] = []
    seen: set[int] = set()

    def read() -> None:
        try:
            for _ in range(60):
                seen.add(int(store.query("count", "select count(*) as n from offence")["n"].iloc[0]))
        except BaseException as error:
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(8)]
    for reader in readers:
        reader.start()
    for number in range(3):
        publish(store, f"more {number}")
    for reader in readers:
        reader.join()
    assert faults == []
    assert seen <= {1, 2, 3, 4}
