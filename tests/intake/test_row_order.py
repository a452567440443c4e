"""A row's line is told from its place, so the rows of a large file must stay in order while it is read."""

import shutil
from pathlib import Path

from benchmarks.generate_offences import write
from tests.conftest import RECEIVED
from vrin_data.intake import ingest
from vrin_data.store import Store

ROWS = 150_000
"""More than one buffer of the reader and more than one row group of the table."""

_WRONG_LINES = """
    select count(*) as wrong_count
    from {table}
    where line <> replace(key, 'B', '')::bigint + 2
"""
KEPT = "(select source_line as line, record_key as key from incident)"
REJECTED = "(select line_number as line, row_json ->> 'crime_reference' as key from rejected_row)"


def test_every_row_of_a_large_file_is_given_its_own_line(store_with_areas: Path, tmp_path: Path) -> None:
    write(tmp_path / "leicestershire.csv", rows=ROWS)
    store = Store.open(shutil.copytree(store_with_areas, tmp_path / "store"))
    result = ingest(store, "police-offences", [tmp_path / "leicestershire.csv"], received_at=RECEIVED)
    assert sum(one.rows_in for one in result.submissions) == ROWS
    for table in (KEPT, REJECTED):
        assert store.query("lines", _WRONG_LINES.format(table=table)).iloc[0, 0] == 0
    store.close()
