"""The records' file: an older one opens, and a failed writing leaves nothing half done."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest
import sqlalchemy as sa

from vrin_data.contract.record_tables import AGREEMENT, RECORD_KEYS, RECORD_TABLES
from vrin_data.errors import VrinError
from vrin_data.records import agreements, events, log_event
from vrin_data.records.database import TABLES, engine_of, insert, writing
from vrin_data.records.events import add_event

NOON = datetime(2026, 11, 1, 12)


def test_every_table_has_keys_that_are_its_columns() -> None:
    assert set(RECORD_KEYS) == set(RECORD_TABLES)
    for name, keys in RECORD_KEYS.items():
        assert keys
        assert set(keys) <= set(RECORD_TABLES[name].column_names)


def test_an_older_file_is_given_the_tables_and_columns_it_lacks(tmp_path: Path) -> None:
    shared = [column for column in AGREEMENT.columns if column.name not in ("rounding", "deletion")]
    with sqlite3.connect(tmp_path / "records.sqlite") as old:
        old.execute(f"create table agreement ({', '.join(column.name for column in shared)})")
        values = {
            "VARCHAR": "x",
            "INTEGER": 1,
            "BOOLEAN": 0,
            "DATE": "2026-04-01",
            "TIMESTAMP": "2026-04-01 12:00:00.000000",
        }
        row = ["[]" if column.name.endswith("_json") else values[column.type] for column in shared]
        old.execute(f"insert into agreement values ({', '.join('?' * len(row))})", row)
    old.close()
    (found,) = agreements(tmp_path)
    assert (found.agreement_id, found.rounding, found.deletion, found.smallest_cell) == ("x", 1, "", 1)
    assert set(sa.inspect(engine_of(tmp_path)).get_table_names()) == set(RECORD_TABLES)


@pytest.mark.parametrize("is_older", [False, True])
def test_many_may_open_the_same_file_for_the_first_time_at_once(tmp_path: Path, is_older: bool) -> None:
    if is_older:
        with sqlite3.connect(tmp_path / "records.sqlite") as old:
            old.execute("create table agreement (agreement_id text, version integer)")
        old.close()
    start = Barrier(8)

    def open_anew() -> set[str]:
        start.wait()
        engine = engine_of.__wrapped__(tmp_path)
        return {column["name"] for column in sa.inspect(engine).get_columns("agreement")}

    with ThreadPoolExecutor(8) as pool:
        found = [each.result() for each in [pool.submit(open_anew) for _ in range(8)]]
    assert found == [set(AGREEMENT.column_names)] * 8


def test_a_failed_writing_leaves_nothing(tmp_path: Path) -> None:
    log_event(tmp_path, "first", "x", happened_at=NOON)
    entry = {
        "definition_id": "d",
        "version": 1,
        "name": "",
        "state": "",
        "toml": "",
        "author": "",
        "recorded_at": NOON,
    }

    def write() -> None:
        with writing(tmp_path, "The thing") as connection:
            add_event(connection, "second", "x", happened_at=NOON)
            insert(connection, "definition_version", entry)
            insert(connection, "definition_version", entry)

    with pytest.raises(VrinError, match="The thing was recorded by somebody else at the same time"):
        write()
    assert [one.action for one in events(tmp_path)] == ["first"]
    with engine_of(tmp_path).connect() as connection:
        assert connection.execute(sa.select(TABLES["definition_version"])).all() == []
