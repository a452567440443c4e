"""Laws of the intake over texts nobody would send on purpose."""

import random
import shutil
from typing import Any

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vrin_data import measures, protect
from vrin_data.errors import VrinError

HOSTILE = (
    "",
    " ",
    '"',
    '""',
    '"""',
    "a\nb",
    "\r",
    ",",
    ";",
    "\t",
    "'; drop table incident; --",
    "=1+1",
    "nan",
    "inf",
    "-0",
    "1e308",
    "\u2028",
    "\u202e",
    "\x1f",
    "\\",
    "NULL",
    "31/02/2024",
    "0001-01-01",
    "9999-12-31",
    "30/06/2024 24:00",
    "British Transport Police",
    "𝟙",
)
CELL = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), max_size=6))
CHANGES = st.dictionaries(
    st.sampled_from(
        [
            "crime_reference",
            "force",
            "ho_code",
            "recorded_date",
            "easting",
            "northing",
            "weapon",
            "victim_age",
        ]
    ),
    CELL,
    max_size=3,
)
QUIET = settings(
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=20,
)


@QUIET
@given(
    changes=st.lists(CHANGES, min_size=1, max_size=6),
    loose=st.lists(CELL, max_size=2),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_rows_in_are_rows_kept_and_rejected_and_each_line_is_one_of_both(
    new_desk: Any, changes: list[dict[str, str]], loose: list[str], end: str
) -> None:
    desk = new_desk()
    rows = [desk.row(**{"key": f"R{number}", **_renamed(change)}) for number, change in enumerate(changes)]
    try:
        result = desk.send(desk.text(*rows, *loose, end=end))
        kept = desk.rows("select source_line from incident where record_key is distinct from 'BASE'")
        rejected = desk.rows("select distinct line_number from rejected_row")
        assert all(one.rows_in == one.rows_kept + one.rows_rejected for one in result.submissions)
        if result.is_refused:
            assert (kept, rejected) == ([], [])
            return
        assert sum(one.rows_kept for one in result.submissions) == len(kept)
        assert sum(one.rows_rejected for one in result.submissions) == len(rejected)
        assert len({*kept, *rejected}) == len(kept) + len(rejected)
        plain = "".join(rows + loose)
        if not any(mark in plain for mark in '"\r\n'):
            assert len(kept) + len(rejected) == sum(bool(line.strip(" ")) for line in (*rows, *loose))
    except VrinError:
        desk.assert_untouched()
    finally:
        desk.store.close()
        shutil.rmtree(desk.folder.parent)


def _renamed(change: dict[str, str]) -> dict[str, str]:
    return {"key" if name == "crime_reference" else name: cell for name, cell in change.items()}


@settings(QUIET, max_examples=3)
@given(order=st.permutations(range(4)), seed=st.integers(0, 3))
def test_the_order_of_files_in_a_call_does_not_change_the_harm(
    new_desk: Any, order: list[int], seed: int
) -> None:
    straight, other = new_desk(), new_desk()
    texts = _extracts(straight, seed)
    for desk, numbers in ((straight, range(4)), (other, order)):
        desk.send_paths(*(desk.write(f"{number}.csv", texts[number]) for number in numbers))
    pd.testing.assert_frame_equal(_harm(straight), _harm(other))
    for desk in (straight, other):
        desk.store.close()
        shutil.rmtree(desk.folder.parent)


def _extracts(desk: Any, seed: int) -> list[str]:
    """Four extracts: two suppliers, two months each, with rows of every fate."""
    draw = random.Random(seed)
    texts = []
    for force, easting in (("Derbyshire", "435000"), ("Nottinghamshire", "457000")):
        for month in ("02", "03"):
            rows = [
                desk.row(
                    f"{force}{number}",
                    force=force,
                    easting=easting,
                    northing=draw.choice(["336000", "339500", ""]),
                    recorded_date=f"{draw.choice(['03', '14', '31'])}/{month}/2024",
                    ho_code=draw.choice(["8N", "008/06", "1", "34B", "999Z"]),
                )
                for number in range(draw.randint(5, 12))
            ]
            texts.append(desk.text(*rows))
    return texts


def _harm(desk: Any) -> pd.DataFrame:
    chosen = measures.Selection(
        definition="all-recorded-crime",
        level="district",
        by=("area", "month"),
        from_month=measures.parse_month("2024-01"),
        to_month=measures.parse_month("2024-04"),
    )
    return protect.present(measures.harm(desk.store, chosen), protect.Viewer.analyst()).frame
