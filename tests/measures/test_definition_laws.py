"""Laws that hold of any definition on any incidents, under definitions and incidents that are made up."""

import json
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.measures.builds import CHARNWOOD, LEICESTER, NOTTINGHAM
from tests.measures.profiled import ProfiledBuild
from tests.second.definition_cases import CODED, HEAD, definition_tables, many_incidents, part_tables
from tests.second.weight_rows import weights
from vrin_data import protect
from vrin_data.contract.definitions import (
    Definition,
    DefinitionError,
    built_in_versions,
    check_definition,
)
from vrin_data.contract.weights import edition
from vrin_data.measures import Selection
from vrin_data.measures.breakdown import breakdown
from vrin_data.measures.build_facts import build_facts
from vrin_data.measures.decided import decided_profiles
from vrin_data.measures.harm import figures
from vrin_data.measures.question import question_of
from vrin_data.store import Store

Table = dict[str, Any]
BOUNDS = ["incident_count_low", "incident_count_high", "harm_days_low", "harm_days_high"]
EACH = ["sure", "possible", "low_each", "central_each", "high_each"]
MONTHS = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
AREAS = (LEICESTER, CHARNWOOD, "L1", "L2", "L3", NOTTINGHAM, None)
INCIDENTS = many_incidents(400)
HYPOTHESIS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def blanked() -> list[Table]:
    """Each incident with one of its values, an age or its classification blank; the status is none of them."""
    chance = random.Random(5)
    return [_without(one, chance) for one in INCIDENTS]


def _without(one: Table, chance: random.Random) -> Table:
    code, _, classification = one["offence_key"].partition("|")
    # What the edition does not weigh is left: of a code alone it is taken to weigh as the rest of the code does.
    if code and classification and weights().days_of((code, classification)) and chance.random() < 0.5:
        return {**one, "offence_key": f"{code}|"}
    name = chance.choice([*CODED, "victim_age", "suspect_age"])
    return {**one, name: None if name.endswith("_age") else "not_recorded"}


@contextmanager
def published(folder: Path, facts: list[tuple[Table, dict[str, Any]]]) -> Iterator[Store]:
    """A store of incidents with their month, area and counts; both forces sent every month."""
    build = ProfiledBuild()
    for month in MONTHS:
        for supplier in ("leicestershire-police", "nottinghamshire-police"):
            build.sent(supplier, month)
    for one, terms in facts:
        build.add(one, **terms)
    store = build.publish(folder)
    yield store
    store.close()


def somewhere(every: list[Table]) -> list[tuple[Table, dict[str, Any]]]:
    """Incidents with a month, a place and counts, of which a few are taken back or hidden."""
    chance = random.Random(6)
    return [
        (
            one,
            {
                "month": chance.choice(MONTHS),
                "area": chance.choice(AREAS),
                "count": chance.choice([-1, 1, 1, 1, 2, 3]),
                "further": chance.choice([0, 0, 0, 4]),
            },
        )
        for one in every
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The incidents, then the same once more with a blank each."""
    facts = somewhere(INCIDENTS) + somewhere(blanked())
    with published(tmp_path_factory.mktemp("laws"), facts) as opened:
        yield opened


def made(table: Table) -> Definition:
    """The definition, or another draw where nothing would be counted."""
    try:
        return check_definition(table, "made up")
    except DefinitionError as error:
        assume("nothing would be counted" not in str(error))
        raise


def decided(store: Store, definition: Definition) -> pd.DataFrame:
    """What one incident of every profile adds, zeros where it is out."""
    frame = decided_profiles(store, build_facts(store), definition, edition("cchi-2020")).assign(possible=1)
    every = range(1, 2 * len(INCIDENTS) + 1)
    return frame.set_index("profile_id").reindex(every, fill_value=0).astype(float)


def totals(store: Store, definition: Definition, **terms: Any) -> pd.DataFrame:
    """The figures of a definition, which need not be on record."""
    asked = {"by": (), "from_month": MONTHS[0], "to_month": MONTHS[-1], **terms}
    return figures(store, question_of(store, Selection(**asked), chosen=definition))


def bounds(frame: pd.DataFrame) -> list[float]:
    """The sums of the bounds over a frame's rows."""
    return [float(frame[name].astype("Float64").fillna(0).sum()) for name in BOUNDS]


@HYPOTHESIS
@given(table=definition_tables())
def test_low_is_at_most_central_and_central_at_most_high(store: Store, table: Table) -> None:
    each = decided(store, made(table))
    assert (each["low_each"] <= each["high_each"]).all()
    told = each[(each["central"] == 1) & (each["lacks_central"] == 0)]
    assert (told["low_each"] <= told["central_each"]).all()
    assert (told["central_each"] <= told["high_each"]).all()
    assert (each["sure"] <= each["central"]).all()
    row = totals(store, made(table)).iloc[0]
    assert row["incident_count_low"] <= row["incident_count_high"]
    if pd.notna(row["harm_days_low"]):
        assert row["harm_days_low"] <= row["harm_days_high"]
    if pd.notna(row["harm_days"]):
        assert row["harm_days_low"] <= row["harm_days"] <= row["harm_days_high"]


@HYPOTHESIS
@given(
    first=st.lists(part_tables(), min_size=1, max_size=2),
    second=st.lists(part_tables(), min_size=1, max_size=2),
)
def test_a_or_b_is_never_less_than_a(store: Store, first: list[Table], second: list[Table]) -> None:
    one, union = (
        made({**HEAD, "parts": [{**part, "name": f"Part {number}"} for number, part in enumerate(parts)]})
        for parts in (first, [*first, *second])
    )
    assert (decided(store, one)[EACH] <= decided(store, union)[EACH]).all(axis=None)


@HYPOTHESIS
@given(table=definition_tables())
def test_a_blank_never_makes_a_range_narrower(store: Store, table: Table) -> None:
    # A filter that leaves values out takes blanks in by its meaning, so the law is that of filters that ask.
    asking = json.loads(json.dumps(table).replace('"not ', '"'))
    each = decided(store, made({**asking, "unknown": "range"}))
    whole, blank = (each.iloc[part].to_numpy() for part in np.split(np.arange(len(each)), 2))
    at = {name: each.columns.get_loc(name) for name in EACH}
    for name in ("sure", "low_each"):
        assert (blank[:, at[name]] <= whole[:, at[name]]).all(), name
    for name in ("possible", "high_each"):
        assert (blank[:, at[name]] >= whole[:, at[name]]).all(), name


@HYPOTHESIS
@given(table=definition_tables())
def test_what_blanks_are_made_of_is_an_end_of_the_range(store: Store, table: Table) -> None:
    ranged, least, most = (
        decided(store, made({**table, "unknown": word})) for word in ("range", "out", "in")
    )
    assert (least["sure"] == ranged["sure"]).all()
    assert (least["possible"] == ranged["sure"]).all()
    assert (least["low_each"] == ranged["low_each"]).all()
    assert (least["high_each"] <= ranged["high_each"]).all()
    assert (most["sure"] == ranged["possible"]).all()
    assert (most["possible"] == ranged["possible"]).all()
    assert (most["low_each"] >= ranged["low_each"]).all()
    assert (most["high_each"] == ranged["high_each"]).all()


@HYPOTHESIS
@given(table=definition_tables())
def test_areas_and_months_sum_to_the_whole(store: Store, table: Table) -> None:
    definition = made(table)
    whole = bounds(totals(store, definition))
    for terms in (
        {"by": ("month",)},
        *({"by": ("area",), "level": level} for level in ("region", "force", "district", "lsoa")),
        {"by": ("area", "month"), "level": "district"},
    ):
        assert bounds(totals(store, definition, **terms)) == pytest.approx(whole), terms
    each = [totals(store, definition, from_month=month, to_month=month) for month in MONTHS]
    assert bounds(pd.concat(each)) == pytest.approx(whole)


@pytest.mark.parametrize("ref", [one.ref for one, _ in built_in_versions() if one.counts_crimes])
def test_offences_sum_to_the_whole(store: Store, ref: str) -> None:
    selection = Selection(definition=ref, by=(), from_month=MONTHS[0], to_month=MONTHS[-1])
    rows = protect.present(breakdown(store, selection), protect.Viewer.analyst()).frame
    definition = next(one for one, _ in built_in_versions() if one.ref == ref)
    assert bounds(rows) == pytest.approx(bounds(totals(store, definition)))


@HYPOTHESIS
@given(table=definition_tables())
def test_the_order_of_rows_does_not_matter(store: Store, turned: Store, table: Table) -> None:
    definition = made(table)
    for terms in ({}, {"by": ("area", "month"), "level": "district"}):
        pd.testing.assert_frame_equal(totals(store, definition, **terms), totals(turned, definition, **terms))


@pytest.fixture(scope="module")
def turned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The same incidents, in another order."""
    facts = somewhere(INCIDENTS) + somewhere(blanked())
    random.Random(7).shuffle(facts)
    with published(tmp_path_factory.mktemp("turned"), facts) as opened:
        yield opened


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """The same incidents in two hand-ins, each a store of its own."""
    facts = somewhere(INCIDENTS) + somewhere(blanked())
    random.Random(8).shuffle(facts)
    with (
        published(tmp_path_factory.mktemp("first"), facts[:300]) as first,
        published(tmp_path_factory.mktemp("second"), facts[300:]) as second,
    ):
        yield first, second


@HYPOTHESIS
@given(table=definition_tables())
def test_a_month_handed_in_twice_over_adds_up_to_the_month(
    store: Store, halves: tuple[Store, Store], table: Table
) -> None:
    definition = made(table)
    terms = {"by": ("month",)}
    parts = pd.concat([totals(each, definition, **terms) for each in halves])
    whole = totals(store, definition, **terms)
    for month, rows in parts.groupby("month"):
        assert bounds(rows) == pytest.approx(bounds(whole[whole["month"] == month]))
