"""Definitions side by side: every figure is that of the harm measure, and the parts add up to the whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.measures.builds import CHARNWOOD, LEICS
from tests.measures.profiled import ProfiledBuild
from tests.measures.random_builds import builds
from vrin_data import protect
from vrin_data.contract.definition_within import lies_within
from vrin_data.contract.definitions import definition, definitions
from vrin_data.measures import (
    CompareRequest,
    Selection,
    clause_steps,
    compare,
    compare_months,
    difference_areas,
    difference_offences,
    harm,
    overlap,
)
from vrin_data.store import Store

ANALYST = protect.Viewer.analyst()
FIGURES = ["incident_count_low", "incident_count_high", "harm_days_low", "harm_days", "harm_days_high"]
DEFINITIONS = (
    "violence-with-injury",
    "knife-enabled",
    "london-duty",
    "capable-of-serious-harm",
    "leicestershire-vrn@1",
)
TERMS = Selection(from_month=date(2026, 1, 1), to_month=date(2026, 3, 1), by=())


def shown(answer: Any) -> pd.DataFrame:
    return protect.present(answer, ANALYST).frame


@contextmanager
def opened(build: ProfiledBuild, folder: Path) -> Iterator[Store]:
    store = build.publish(folder)
    try:
        yield store
    finally:
        store.close()


def law(test: Callable[..., None]) -> Callable[..., None]:
    """A law held on builds drawn by chance; each is a store on disk, so there are few of them."""
    return settings(
        max_examples=12, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate)
    )(test)


def assert_same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    shared = [name for name in expected.columns if name in found.columns]
    assert {*FIGURES, "months_covered", "is_gap", "is_partial"} <= {*shared}
    pd.testing.assert_frame_equal(
        found[shared].reset_index(drop=True), expected[shared].reset_index(drop=True), check_dtype=False
    )


@law
@given(build=builds(), area_code=st.sampled_from((None, LEICS, CHARNWOOD)))
def test_totals_and_months_are_those_of_harm(
    tmp_path_factory: pytest.TempPathFactory, build: ProfiledBuild, area_code: str | None
) -> None:
    with opened(build, tmp_path_factory.mktemp("store")) as store:
        asked = CompareRequest(replace(TERMS, area_code=area_code), DEFINITIONS)
        totals, months = shown(compare(store, asked)), shown(compare_months(store, asked))
        for ref in DEFINITIONS:
            label = definition(ref).ref
            one = replace(asked.selection, definition=ref)
            assert_same(totals[totals["definition"] == label], shown(harm(store, one)))
            assert_same(
                months[months["definition"] == label], shown(harm(store, replace(one, by=("month",))))
            )


@law
@given(build=builds(), level=st.sampled_from(("region", "force", "district", "lsoa")))
def test_areas_are_those_of_harm(
    tmp_path_factory: pytest.TempPathFactory, build: ProfiledBuild, level: str
) -> None:
    with opened(build, tmp_path_factory.mktemp("store")) as store:
        pair = ("violence-with-injury", "knife-enabled")
        found = shown(difference_areas(store, CompareRequest(replace(TERMS, level=level), pair)))
        for side, ref in zip(("first_", "second_"), pair, strict=True):
            asked = replace(TERMS, level=level, definition=ref, by=("area",))
            expected = shown(harm(store, asked)).set_index("area_code")
            own = found.rename(columns=lambda name, side=side: name.removeprefix(side)).set_index("area_code")
            # The row of what is not placed is there where either of the two has any.
            assert_same(own.loc[expected.index], expected)


@law
@given(build=builds(), pair=st.sampled_from([(a, b) for a in DEFINITIONS for b in DEFINITIONS if a < b]))
def test_overlap_and_differences_add_up(
    tmp_path_factory: pytest.TempPathFactory, build: ProfiledBuild, pair: tuple[str, str]
) -> None:
    with opened(build, tmp_path_factory.mktemp("store")) as store:
        asked = CompareRequest(TERMS, pair)
        totals = shown(compare(store, asked))
        if totals["is_gap"].all():
            assert shown(overlap(store, asked)).iloc[:, 1:].isna().all(axis=None)
            return
        found = shown(overlap(store, asked)).set_index("relation")
        for at, side in enumerate(("first", "second")):
            for figure in FIGURES:
                told = totals.loc[at, figure]
                if not pd.isna(told):
                    assert found[f"{side}_{figure}"].sum() == pytest.approx(told)
        offences = shown(difference_offences(store, asked))
        for relation in found.index:
            assert offences[f"{relation}_count"].sum() == found.loc[relation, "incident_count"]
        assert_ordered(found, "harm_days")
        assert_ordered(offences, "harm_days_change")
        steps = shown(clause_steps(store, asked)).set_index("kind")
        whole = totals[FIGURES].diff().iloc[1].add_suffix("_change").astype("Float64")
        pd.testing.assert_series_equal(
            steps.loc["all", whole.index].astype("Float64"), whole, check_names=False
        )
        parts = steps.loc[["clause", "together"], whole.index].astype("Float64").sum(skipna=True)
        summed = parts[whole.notna() & steps.loc[["clause", "together"], whole.index].notna().any()]
        for name in summed.index:
            if steps.loc["together", name] is not pd.NA:
                assert summed[name] == pytest.approx(whole[name])


def assert_ordered(frame: pd.DataFrame, name: str) -> None:
    low, high = frame[f"{name}_low"], frame[f"{name}_high"]
    central = frame[name] if name in frame else frame[f"{name}_low"]
    assert ((low <= central + 1e-6) | central.isna()).all()
    assert ((central <= high + 1e-6) | central.isna()).all()


WITHIN = [
    (first.ref, second.ref)
    for first in definitions().values()
    for second in (*definitions().values(), definition("leicestershire-vrn@1"))
    if first is not second and lies_within(first, second)
]


@law
@given(
    build=builds(exact=True),
    pair=st.sampled_from([("leicestershire-vrn@1", "leicestershire-vrn@2"), *WITHIN]),
)
def test_a_definition_within_another_never_counts_more(
    tmp_path_factory: pytest.TempPathFactory, build: ProfiledBuild, pair: tuple[str, str]
) -> None:
    with opened(build, tmp_path_factory.mktemp("store")) as store:
        asked = CompareRequest(replace(TERMS, level="force"), pair)
        totals = shown(compare(store, asked))
        if totals["is_gap"].all():
            return
        for name in ("incident_count_low", "incident_count_high", "harm_days_high"):
            narrow, wide = totals[name]
            assert pd.isna(narrow) or pd.isna(wide) or narrow <= wide
        assert shown(overlap(store, asked)).set_index("relation").loc["only_first", "incident_count"] == 0
        assert (shown(difference_offences(store, asked))["harm_days_change_low"].fillna(0) >= 0).all()
        assert (shown(difference_areas(store, asked))["incident_count_change_low"].fillna(0) >= 0).all()
