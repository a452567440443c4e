"""Mangled files of every feed: none crashes the intake, none harms the build, and each bad row has its line.

A longer run is `python -m tests.second.fuzz --seconds 300`.
"""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.intake.books import package
from tests.second.fuzz import run
from vrin_data.errors import RefusedInput
from vrin_data.intake.reading.unpack import unpack

FILES = 50
"""About a third are taken in, in part or whole, and the others refused."""
COLUMNS = 10_000


def test_mangled_files_are_refused_or_taken_in_and_harm_nothing(base_store: Path) -> None:
    became, failures = run(base_store, iter(range(FILES)), lambda: True)
    assert failures == []
    assert became["refused"] > 10
    assert became["accepted"] > 10
    assert sum(became.values()) == FILES


def test_one_row_of_each_fault_among_good_ones_costs_its_own_line(desk: Any) -> None:
    """What can be wrong with one line, a huge cell and 10,000 cells included, is told with that line alone."""
    bad = {
        3: desk.row("B3", crime_reference='"B3'),
        5: desk.row("B5") + "," + ",".join("x" * COLUMNS),
        7: desk.row("B7", weapon="k" * 4_200_000),
        9: "B9,Derbyshire",
        11: desk.row("B11", recorded_date="=TODAY()"),
        13: desk.row("B13", easting="=1+1"),
        15: desk.row("B15", weapon='"knife" or so'),
    }
    rows = [bad.get(line, desk.row(f"A{line}")) for line in range(2, 20)]
    desk.send(desk.text(*rows))
    assert {line for line, *_ in desk.rejected()} == set(bad)
    assert [line for line, _ in desk.kept()] == [line for line in range(2, 20) if line not in bad]


def test_a_zip_with_any_byte_of_its_list_changed_is_opened_or_refused(tmp_path: Path) -> None:
    draw = random.Random(3)
    whole = package({"a.csv": "x,y\n1,2\n", "b/c.csv": "1"})
    sent, folder = tmp_path / "sent.zip", tmp_path / "work"
    folder.mkdir()
    became: Counter[str] = Counter()
    for _ in range(600):
        for left in folder.iterdir():
            left.unlink()
        changed = bytearray(whole)
        changed[draw.randrange(len(changed) - 200, len(changed))] = draw.randrange(256)
        sent.write_bytes(changed)
        try:
            became[f"{len(unpack(sent, folder).files)} files"] += 1
        except (RefusedInput, OSError) as error:
            became[type(error).__name__] += 1
    assert became["RefusedInput"] > 50
    assert became["2 files"] > 50


@pytest.mark.parametrize("cell", ['"knife"é', '"knife"£'])
def test_a_letter_beyond_ascii_after_a_closing_quote_costs_its_own_line(desk: Any, cell: str) -> None:
    desk.send(desk.text(desk.row("A2"), desk.row("A3", weapon=cell), desk.row("A4")))
    assert desk.kept() == [(2, "A2"), (4, "A4")]
