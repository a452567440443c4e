"""An area finer than anything of a feed is placed at has no figure: it is not known to be 0."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from tests.measures.builds import CHARNWOOD, LEICESTER, LEICS, NOTTINGHAM, Build
from vrin_data.measures import Selection, figure_frames
from vrin_data.measures.coverage import coverage
from vrin_data.measures.harm import figures
from vrin_data.measures.monthly import monthly
from vrin_data.measures.question import question_of
from vrin_data.measures.stamps import question_stamp
from vrin_data.store import Store

MARCH = date(2026, 3, 1)
WORDS = "Leicestershire: nothing of this feed is placed at this level"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Leicestershire's incidents are known by force alone, Nottinghamshire sent that it had none."""
    build = Build()
    for supplier in ("leicestershire-police", "nottinghamshire-police"):
        build.sent(supplier, "2026-03")
    build.incidents("2026-03", LEICS, 4)
    opened = build.publish(tmp_path_factory.mktemp("placed"))
    yield opened
    opened.close()


def asked(area: str, *by: str) -> Selection:
    return Selection(
        definition="violence-with-injury", area_code=area, by=by, from_month=MARCH, to_month=MARCH
    )


@pytest.mark.parametrize("by", [(), ("month",), ("area",), ("area", "month")])
@pytest.mark.parametrize(
    ("area", "count"), [(LEICESTER, None), (CHARNWOOD, None), (NOTTINGHAM, 0), (LEICS, 4)]
)
def test_only_what_is_placed_as_finely_has_a_figure(
    store: Store, area: str, count: int | None, by: tuple[str, ...]
) -> None:
    selection = replace(asked(area, *by), level="force" if area == LEICS else "district")
    row = figures(store, question_of(store, selection)).iloc[0]
    found = row["incident_count_high"]
    assert (row["is_gap"], None if pd.isna(found) else found) == (count is None, count)


@pytest.mark.parametrize("area", [LEICESTER, NOTTINGHAM, LEICS])
def test_tallies_and_series_say_the_same(store: Store, area: str) -> None:
    for by, rows in (((), figure_frames.total_rows), (("month",), figure_frames.month_rows)):
        question = question_of(store, asked(area, *by))
        tallied = figure_frames.figures(rows(store, [question]))["incident_count_high"]
        assert [*tallied.isna()] == [*figures(store, question)["incident_count_high"].isna()]
    series = monthly(store, question_of(store, asked(area, "month")), "incidents").frame
    assert len(series) == (area != LEICESTER)


def test_the_stamp_says_what_to_choose(store: Store) -> None:
    missing = question_stamp(question_of(store, asked(LEICESTER))).missing
    assert [one.startswith(WORDS) for one in missing] == [True]
    assert missing[0].endswith("choose the police force area (Leicestershire)")
    assert coverage(store, asked(LEICESTER)).stamp.missing == missing
    assert coverage(store, asked(NOTTINGHAM)).stamp.missing == ()
