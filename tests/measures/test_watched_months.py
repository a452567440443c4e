"""The figures of watched series from one scan are those of a scan for each of them."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from tests.measures.builds import (
    ABH_CODE_ONLY,
    CHARNWOOD,
    LEICESTER,
    LEICS,
    LEICS_POLICE,
    MURDER,
    NOTTINGHAM,
    NOTTS,
    NOTTS_POLICE,
    SHOP,
    Build,
)
from tests.measures.test_signals import FIRST
from vrin_data.contract.periods import later
from vrin_data.measures.harm import figures
from vrin_data.measures.monthly import series_of
from vrin_data.measures.tally_together import together
from vrin_data.measures.watched_months import asked_of, frames_of, months_of
from vrin_data.records.signals import Watch
from vrin_data.store import Store

Stores = Callable[[Build], Store]
WATCH = Watch(
    definitions=("violence-with-injury", "violence-with-injury-interpersonal", "all-recorded-crime")
)


def built() -> Build:
    """Fourteen months of two forces: killings, doubt, incidents placed at a force alone, half and missing months."""
    build = Build()
    for number in range(14):
        month = later(FIRST, number)
        build.sent(NOTTS_POLICE, month, is_partial=number == 5)
        # Of this force nothing is placed in a district.
        build.incidents(month, NOTTS, 4 + number)
        if number == 3:
            continue
        build.sent(LEICS_POLICE, month)
        build.incidents(month, LEICESTER, 20 - number)
        build.incidents(month, CHARNWOOD, number % 3, offence=ABH_CODE_ONLY)
        build.incidents(month, LEICS, 2, offence=SHOP if number % 2 else ABH_CODE_ONLY)
        if number in (2, 9):
            build.incidents(month, LEICESTER, 1, offence=MURDER)
    build.incidents(later(FIRST, 3), LEICESTER, 9)
    return build


def placed_in_both() -> Build:
    build = built()
    build.incidents(later(FIRST, 7), NOTTINGHAM, 3)
    return build


def corrected() -> Build:
    """The same with an incident taken back."""
    build = built()
    build.incidents(later(FIRST, 6), LEICESTER, -1, offence=ABH_CODE_ONLY)
    return build


@pytest.mark.parametrize("build", [built(), placed_in_both(), corrected()], ids=["one", "both", "corrected"])
def test_one_scan_gives_every_series_that_single_scans_give(stores: Stores, build: Build) -> None:
    store = stores(build)
    found = [*months_of(store, asked_of(store, WATCH))]
    keys = [(one.question.known.definition.id, one.question.selection.level, one.figure) for one in found]
    assert sorted(keys) == sorted(
        (name, level, figure)
        for name in WATCH.definitions
        for level in WATCH.levels
        for figure in WATCH.figures
    )
    for one in found:
        alone = series_of(one.question, one.figure, figures(store, one.question)).frame
        assert_frame_equal(one.frame, alone)


def test_the_frames_of_several_questions_are_those_of_harm(stores: Stores) -> None:
    store = stores(built())
    (by_level,) = asked_of(store, replace(WATCH, levels=("district",))).by_terms.values()
    questions = by_level["district"]
    for question, told in zip(
        questions, frames_of(store, questions, together(store, questions)), strict=True
    ):
        alone = figures(store, question).drop(columns="level")
        height = len(alone)
        # The row of what is not placed is there whatever stands in it.
        assert told["is_placed"].iloc[height:].eq(False).all()
        assert_frame_equal(told.iloc[:height].astype(alone.dtypes), alone[[*told.columns]])
        assert (told.loc[height:, "incident_count_high"].fillna(0) == 0).all()
        assert isinstance(told, pd.DataFrame)
