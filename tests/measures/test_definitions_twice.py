"""Definitions decided twice: by the statement that a build is asked, and by a plain reading of each incident.

The plain reading (`tests/second/definitions.py`) knows nothing of worlds in groups, of profiles or of SQL.
"""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from tests.measures.profiled import ProfiledBuild
from tests.second.definition_cases import HEAD, definition_tables, incidents, many_incidents
from tests.second.definitions import Judged, Reading
from tests.second.weight_rows import weights
from vrin_data.contract.definition_clauses import Filters
from vrin_data.contract.definitions import Definition, DefinitionError, built_in_versions, check_definition
from vrin_data.contract.series import series_filters
from vrin_data.contract.weights import edition
from vrin_data.measures.build_facts import build_facts
from vrin_data.measures.decided import decided_profiles
from vrin_data.store import Store

Table = dict[str, Any]
EVERY = many_incidents(450)
# What no row weighs is in the second part for sure, though the first part's threshold says nothing of it.
PART_BY_WEIGHT = {"name": "Heavy", "include": {"codes": ["8N"]}, "harm": {"at_least_days": 2000}}
PART_WITHOUT_WEIGHT = {"name": "Unweighed", "include": {"classifications": ["008/68"]}}
FIGURES = [
    "sure",
    "central",
    "low_each",
    "central_each",
    "high_each",
    "is_unweighted",
    "lacks_central",
    "is_ranged",
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A build with a profile for each of the made-up incidents, numbered as they stand."""
    with published(EVERY, tmp_path_factory.mktemp("twice")) as opened:
        yield opened


@contextmanager
def published(every: list[Table], folder: Path) -> Iterator[Store]:
    build = ProfiledBuild()
    build.sent("leicestershire-police", "2026-03")
    for one in every:
        build.add({name: value for name, value in one.items() if name != "grain"})
    store = build.publish(folder)
    yield store
    store.close()


def told_by_statement(
    store: Store, definition: Definition, narrowed: Filters | None = None
) -> dict[int, tuple[float, ...]]:
    """What the statement makes of each profile that is in or may be."""
    frame = decided_profiles(store, build_facts(store), definition, edition("cchi-2020"), narrowed=narrowed)
    return {
        int(row["profile_id"]): tuple(float(row[name]) for name in FIGURES) for _, row in frame.iterrows()
    }


def told_plainly(table: Table, every: list[Table]) -> dict[int, tuple[float, ...]]:
    """The same by the plain reading; what is out is not there."""
    reading = Reading(table, weights())
    found = ((number, reading.judge(one)) for number, one in enumerate(every, start=1))
    return {number: figures(one) for number, one in found if one.verdict != "out"}


def figures(one: Judged) -> tuple[float, ...]:
    sure = one.verdict == "in"
    weighed = one.high is not None
    return (
        float(sure),
        float(one.is_central),
        (one.low or 0.0) if sure else 0.0,
        (one.central or 0.0) if one.is_central else 0.0,
        one.high or 0.0,
        float(not weighed),
        float(one.is_central and weighed and one.central is None),
        float(sure and weighed and one.low != one.high),
    )


def made(table: Table) -> Definition:
    """The definition, or another draw where nothing would be counted."""
    try:
        return check_definition(table, "made up")
    except DefinitionError as error:
        assume("nothing would be counted" not in str(error))
        raise


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(table={**HEAD, "include": {"sets": ["HOM"]}, "filters": {"status": ["cancelled"]}})
@example(table={**HEAD, "parts": [PART_BY_WEIGHT, PART_WITHOUT_WEIGHT]})
@given(table=definition_tables())
def test_a_generated_definition_decides_every_incident_as_the_plain_reading_does(
    store: Store, table: Table
) -> None:
    assert told_by_statement(store, made(table)) == told_plainly(table, EVERY)


NARROW = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


@NARROW
@given(table=definition_tables())
def test_one_part_alone_is_decided_as_if_it_were_the_whole(store: Store, table: Table) -> None:
    definition = made(table)
    for number, part in enumerate(table.get("parts", ())):
        told = told_by_statement(store, definition.narrowed_to_part(number))
        assert told == told_plainly({**table, "parts": [part]}, EVERY)


@NARROW
@given(table=definition_tables())
def test_without_some_offences_is_decided_as_if_they_were_excluded(store: Store, table: Table) -> None:
    exclude = table.get("exclude", {})
    without = {**table, "exclude": {**exclude, "sets": [*exclude.get("sets", ()), "HOM", "DRIVE"]}}
    told = told_by_statement(store, made(table).without_offences(("HOM", "DRIVE")))
    assert told == told_plainly(without, EVERY)


# The series of the method: who reported it, and whether it ended in the year in which it was recorded.
SERIES: dict[str, Table] = {
    "chi": {"reported_by": ["victim", "witness", "agency"], "recorded_lag": ["same_year"]},
    "ppi": {"reported_by": ["police"], "recorded_lag": ["same_year"]},
    "cdchi": {"reported_by": ["company"], "recorded_lag": ["same_year"]},
    "hochi": {"recorded_lag": ["earlier_year", "over_a_year"]},
}


@NARROW
@given(table=definition_tables(), series=st.sampled_from([*SERIES]))
def test_a_series_narrows_as_filters_of_the_whole_would(store: Store, table: Table, series: str) -> None:
    own = table.get("filters", {})
    assume(not {"reported_by", "recorded_lag"} & {*own})
    told = told_by_statement(store, made(table), narrowed=series_filters(series))
    assert told == told_plainly({**table, "filters": {**own, **SERIES[series]}}, EVERY)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=definition_tables(), every=st.lists(incidents(), min_size=1, max_size=12))
def test_generated_incidents_in_a_build_of_their_own_are_decided_alike(
    tmp_path_factory: pytest.TempPathFactory, table: Table, every: list[Table]
) -> None:
    definition = made(table)
    with published(every, tmp_path_factory.mktemp("own")) as store:
        assert told_by_statement(store, definition) == told_plainly(table, every)


@pytest.mark.parametrize("ref", [one.ref for one, _ in built_in_versions() if one.counts_crimes])
def test_a_built_in_definition_decides_every_incident_as_the_plain_reading_of_its_text_does(
    store: Store, ref: str
) -> None:
    definition, text = next((one, text) for one, text in built_in_versions() if one.ref == ref)
    assert told_by_statement(store, definition) == told_plainly(tomllib.loads(text), EVERY)


def test_the_made_up_definitions_hold_every_clause_of_the_language() -> None:
    """Else the first test would pass for want of a clause."""
    lacking = {
        "parts",
        "within",
        "exclude",
        "filters",
        "ages",
        "harm",
        "sets",
        "unknown",
        "in",
        "out",
        "all",
        "either",
    }

    @settings(max_examples=150, deadline=None, database=None, phases=[Phase.generate])
    @given(definition_tables())
    def look(table: Table) -> None:
        lacking.difference_update(words_of(table))

    look()
    assert lacking == set()


def words_of(value: Any) -> set[str]:
    """Every key and text within a table."""
    if isinstance(value, dict):
        return {*value, *(word for each in value.values() for word in words_of(each))}
    if isinstance(value, list):
        return {word for each in value for word in words_of(each)}
    return {value} if isinstance(value, str) else set()


CAUSES = ("X99", "x99.4", "X994", "X93", "X85.0", "Y04.9", "Y09", "Y10", "W26", "S21.1", "")
GIVEN = ("X99", "X93-X95", "X85-Y09", "Y04", "Y049", "X9909")


@st.composite
def health_tables(draw: st.DrawFn) -> Table:
    """A definition of attendances or admissions, in short or in long form."""
    named = st.fixed_dictionaries({"icd10": st.lists(st.sampled_from(GIVEN[:5]), min_size=1, max_size=2)})
    clause = named | st.just({"everything": True})
    ages = st.just({}) | st.just({"ages": [{"whose": "victim", "max": 24}]})
    filters = st.just({}) | st.just({"filters": {"weapon": ["sharp", "firearm"]}})
    one = st.builds(
        lambda *each: {name: value for part in each for name, value in part.items()},
        clause.map(lambda found: {"include": found}),
        named.map(lambda found: {"within": found}) | st.just({}),
        named.map(lambda found: {"exclude": found}) | st.just({}),
        ages,
        filters,
    )
    head = {**HEAD, "unit": draw(st.sampled_from(["attendance", "admission"]))}
    head["unknown"] = draw(st.sampled_from(["range", "in", "out"]))
    if draw(st.booleans()):
        return {**head, **draw(one)}
    parts = draw(st.lists(one, min_size=1, max_size=3))
    return {**head, "parts": [{"name": f"Part {number}", **part} for number, part in enumerate(parts)]}


FEEDS = {"attendance": "ed-assaults", "admission": "hospital-admissions"}
PATIENTS = [
    {"offence_key": f"{feed}:{cause}", "grain": grain, "weapon": weapon, "victim_age": age, "status": "live"}
    for grain, feed in FEEDS.items()
    for cause in CAUSES
    for weapon in ("sharp", "none", "not_recorded")
    for age in (24, 25, None)
]


@pytest.fixture(scope="module")
def wards(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A build of attendances and admissions, and of one crime."""
    with published([*PATIENTS, {"offence_key": "8N|"}], tmp_path_factory.mktemp("wards")) as store:
        yield store


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=health_tables())
def test_attendances_and_admissions_are_decided_alike(wards: Store, table: Table) -> None:
    every = [{"suspect_age": None, **one} for one in PATIENTS]
    assert told_by_statement(wards, check_definition(table, "made up")) == told_plainly(table, every)
