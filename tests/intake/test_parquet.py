"""Parquet: every type as the text that other files hold, and damage refused."""

import random
from pathlib import Path

import duckdb
import pytest

from tests.intake.opened import column, feed_of, open_file, open_one
from vrin_data.errors import RefusedInput

CELLS = feed_of("cells", column("record_key", "key", required=True), column("place_text", "cell"))


def parquet(folder: Path, select: str, options: str = "") -> bytes:
    """The bytes of a file of this query's rows."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "made.parquet"
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'Europe/London'")
        connection.execute(f"copy ({select}) to '{path.as_posix()}' (format parquet{options})")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12::integer", "12"),
        ("999003031000000102::bigint", "999003031000000102"),
        ("12.0::double", "12"),
        ("-0.25::double", "-0.25"),
        ("12.5::float", "12.5"),
        ("12.00::decimal(9, 2)", "12"),
        ("12.50::decimal(9, 2)", "12.50"),
        ("'nan'::double", None),
        ("true", "TRUE"),
        ("date '2024-02-29'", "2024-02-29"),
        ("timestamp '2024-02-29 00:00:00'", "2024-02-29"),
        ("timestamp '2024-02-29 13:05:00'", "2024-02-29 13:05:00"),
        ("timestamptz '2024-07-01 13:05:00+00'", "2024-07-01 13:05:00"),
        ("time '13:05:00'", "13:05:00"),
        ("'épée'", "épée"),
        ("'knife'::blob", "knife"),
        ("''", None),
        ("null::varchar", None),
        ("null::double", None),
    ],
)
def test_a_cell_is_the_text_that_a_csv_would_hold(tmp_path: Path, value: str, text: str | None) -> None:
    content = parquet(tmp_path, f"select {value} as cell, 'k' as key")
    assert open_one(tmp_path, content, CELLS, name="a.parquet").rows == [(2, text, "k")]


def test_rows_keep_their_place_and_unused_columns_do_not_matter(tmp_path: Path) -> None:
    content = parquet(tmp_path, 'select i as "Key", {a: i} as "od""d", 1e18 as x from range(5000) t(i)')
    table = open_one(tmp_path, content, CELLS, name="a.csv")
    assert table.rows == [(number + 2, str(number)) for number in range(5000)]


@pytest.mark.parametrize(("kind", "first"), [("double", 10**15), ("float", 10**7)])
def test_whole_numbers_that_were_rounded_are_broken_rows(tmp_path: Path, kind: str, first: int) -> None:
    values = f"select unnest([{first - 1}, {first}, null, -{first}, 0.5])::{kind} as cell, 'k' as key"
    table = open_one(tmp_path, parquet(tmp_path, values), CELLS, name="a.parquet")
    assert [line for line, *_ in table.rows] == [2, 4, 6]
    assert [line for line, _ in table.broken] == [3, 5]
    assert "the column cell holds a whole number that was rounded" in table.broken[0][1]


def test_a_table_without_rows_and_one_of_another_feed(tmp_path: Path) -> None:
    empty = parquet(tmp_path, "select 1 as key where false")
    assert open_one(tmp_path, empty, CELLS, name="a.parquet").rows == []
    with pytest.raises(RefusedInput, match=r"a\.parquet, line 1: .* no column for record_key"):
        open_file(tmp_path, parquet(tmp_path, "select 1 as other"), CELLS, name="a.parquet")


def test_a_file_that_is_damaged_cut_short_or_encrypted_is_refused(tmp_path: Path) -> None:
    good = parquet(tmp_path, "select 'k' || i as key, i as cell from range(1000) t(i)")
    for content in (good[:-3], good[: len(good) // 2], b"PAR1\x15\x04", good[:-4] + b"PARE"):
        with pytest.raises(RefusedInput, match=r"a\.parquet: cannot be read as Parquet"):
            open_file(tmp_path, content, CELLS, name="a.parquet")


def test_mangled_files_end_in_a_refusal_or_a_table(tmp_path: Path) -> None:
    draw = random.Random(3)
    good = parquet(tmp_path, "select 'k' || i as key, i as cell from range(1000) t(i)")
    refused = 0
    for number in range(25):
        mangled = bytearray(good)
        for _ in range(10):
            mangled[draw.randrange(4, len(mangled))] = draw.randrange(256)
        try:
            open_file(tmp_path / str(number), bytes(mangled), CELLS, name="a.parquet")
        except RefusedInput as error:
            refused += str(error).startswith("a.parquet")
    assert refused > 5
