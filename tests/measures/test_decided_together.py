"""Two definitions on the same incidents: what is claimed of the two holds however blanks would read, in any world.

Each world of an incident, with each blank filled in some way, is judged under both by the plain reading, which
knows nothing of parts that follow from each other.
"""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.measures.test_definitions_twice import published
from tests.second.definition_cases import AGES, CODED, HEAD, definition_tables, many_incidents
from tests.second.definitions import NOT_RECORDED, Reading, World, _asked
from tests.second.offence_meaning import is_crime, may_mean
from tests.second.weight_rows import weights
from vrin_data.contract.definition_clauses import Filters
from vrin_data.contract.definitions import (
    Definition,
    DefinitionError,
    check_definition,
)
from vrin_data.contract.weights import edition
from vrin_data.measures.alone import may_count_alone
from vrin_data.measures.build_facts import build_facts
from vrin_data.measures.joint import RELATIONS, Joint
from vrin_data.measures.ruling import _ruling
from vrin_data.store import Store

Table = dict[str, Any]
EVERY = many_incidents(200)
FILLINGS = 8
LAW = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A build with a profile for each of the made-up incidents, numbered as they stand."""
    with published(EVERY, tmp_path_factory.mktemp("together")) as opened:
        yield opened


def made(table: Table) -> Definition:
    """The definition, or another draw where nothing would be counted."""
    try:
        return check_definition(table, "made up")
    except DefinitionError as error:
        assume("nothing would be counted" not in str(error))
        raise


def joint(store: Store, first: Definition, second: Definition) -> Joint:
    facts, weighed = build_facts(store), edition("cchi-2020")
    alone = may_count_alone(store, facts, (first, second), weighed)
    one, two = (_ruling(store, facts, each, weighed, Filters()) for each in (first, second))
    return Joint.of(one, two, alone)


def relations(store: Store, first: Definition, second: Definition) -> list[str]:
    """By incident what is claimed of it; nothing where neither may hold it."""
    found = joint(store, first, second)
    told = [[name for name in RELATIONS if found.relation[name][pair]] for pair in found.pair_of]
    assert all(len(each) <= 1 for each in told)
    return [each[0] if each else "" for each in told[1:]]


ALLOWED = {
    "both": {(True, True)},
    "only_first": {(True, False)},
    "only_second": {(False, True)},
    "same": {(True, True), (False, False)},
}
"""What each claim leaves open of an incident under the first and the second."""


def cases(tables: tuple[Table, Table], incident: Table, chance: random.Random) -> Iterator[tuple[bool, bool]]:
    """What two definitions say of one incident in each of its worlds, with its blanks filled in some ways."""
    if not is_crime(incident["offence_key"]):
        yield (False, False)
        return
    readings = [Reading(without_met(table, incident), weights()) for table in tables]
    worlds = [*worlds_of(incident["offence_key"], readings)]
    for _ in range(FILLINGS):
        whole = filled(incident, chance)
        asked = [[_asked(each, whole) for each in (one.definition, *one.parts)] for one in readings]
        for world in worlds:
            one, two = (reading.fits(world, given) for reading, given in zip(readings, asked, strict=True))
            assert {one, two} <= {True, False}
            yield bool(one), bool(two)


def worlds_of(key: str, readings: list[Reading]) -> Iterator[World]:
    """Each pair with each of its weights; one without any weighs what either definition would lend it.

    Of worlds that neither definition tells apart there is one.
    """
    days_of = {pair: [] if key == "unmapped" else weights().days_of(pair) for pair in may_mean(key)}
    asked = [inside for reading in readings for inside in reading.taken_in]
    taken_in = {pair: tuple(pair in inside for inside in asked) for pair in days_of}
    lent = {days for pair, every in days_of.items() if any(taken_in[pair]) for days in every}
    told = {
        (taken_in[pair], days): World(pair, days, bool(every))
        for pair, every in days_of.items()
        for days in every or lent or (0.0, 100.0, 9e9)
    }
    yield from told.values()


def without_met(table: Table, incident: Table) -> Table:
    """The definition without filters that take in what is blank here: they are met, whatever it would be."""
    parts = [without_met(part, incident) for part in table.get("parts", ())]
    kept = {
        name: values
        for name, values in table.get("filters", {}).items()
        if incident.get(name) != NOT_RECORDED or not any(one.startswith("not ") for one in values)
    }
    return {**table, "filters": kept, **({"parts": parts} if parts else {})}


def filled(incident: Table, chance: random.Random) -> Table:
    """The incident with each blank filled by chance, and a group of ages made one of its years."""
    coded = {name: chance.choice(values) for name, values in CODED.items() if incident[name] == NOT_RECORDED}
    ages = {}
    for name in ("victim_age", "suspect_age"):
        given = incident[name]
        if given is None or isinstance(given, tuple):
            low, high = given or (0, 120)
            ages[name] = chance.choice([age for age in (low, *AGES, high) if low <= age <= high])
    return {**incident, **coded, **ages}


def assert_true(claimed: list[str], tables: tuple[Table, Table], *, surely: tuple[str, ...]) -> None:
    chance = random.Random(7)
    for incident, claim in zip(EVERY, claimed, strict=True):
        if claim in surely:
            assert {*cases(tables, incident, chance)} <= ALLOWED[claim], (claim, incident)


def beside(table: Table) -> st.SearchStrategy[Table]:
    """The same definition with one clause of the whole changed, or another altogether."""
    return st.one_of(
        definition_tables(),
        definition_tables().map(lambda other: {**table, "filters": other.get("filters", {})}),
        definition_tables().map(lambda other: {**table, "harm": other.get("harm", {"at_least_days": 10})}),
        definition_tables().map(lambda other: {**table, "exclude": other.get("exclude", {})}),
        definition_tables().map(lambda other: {**table, "ages": other.get("ages", [])}),
    )


PAIRS = definition_tables().flatmap(lambda table: st.tuples(st.just(table), beside(table)))


@LAW
@given(tables=PAIRS)
def test_what_is_claimed_of_two_is_true_however_blanks_would_read(
    store: Store, tables: tuple[Table, Table]
) -> None:
    first, second = ({**table, "unknown": "range"} for table in tables)
    claimed = relations(store, made(first), made(second))
    assert_true(claimed, (first, second), surely=("both", "only_first", "only_second", "same"))


@LAW
@given(table=definition_tables())
def test_a_definition_beside_itself_has_nothing_that_makes_a_difference(store: Store, table: Table) -> None:
    assert {*relations(store, made(table), made(table))} <= {"both", "same", ""}


SHARP, SHARP_OR_BLUNT = {"filters": {"weapon": ["sharp"]}}, {"filters": {"weapon": ["sharp", "blunt"]}}
WOUNDING = {"include": {"classifications": ["008/01"]}}
ASSAULT = {"include": {"classifications": ["008/06"]}}
WOUNDING_OR_ROBBERY = {"include": {"classifications": ["008/01"], "codes": ["34B"]}}
INJURY = {"include": {"codes": ["8N"]}}
CODE_ALONE, NO_WEAPON_SAID = {"offence_key": "8N|"}, {"offence_key": "8N|008/06"}


@pytest.fixture(scope="module")
def assaults(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An assault by its code alone, and one of which no weapon is recorded."""
    with published([CODE_ALONE, NO_WEAPON_SAID], tmp_path_factory.mktemp("assaults")) as opened:
        yield opened


@pytest.mark.parametrize(
    ("first", "second", "claimed"),
    [
        (WOUNDING, WOUNDING_OR_ROBBERY, ["same", ""]),
        (WOUNDING, ASSAULT, ["cannot_tell", "only_second"]),
        (WOUNDING, INJURY, ["cannot_tell", "only_second"]),
        ({**INJURY, **SHARP}, {**INJURY, **SHARP}, ["same", "same"]),
        ({**INJURY, **SHARP}, {**INJURY, **SHARP_OR_BLUNT}, ["cannot_tell", "cannot_tell"]),
        ({**WOUNDING, **SHARP}, {**WOUNDING_OR_ROBBERY, **SHARP}, ["same", ""]),
        ({**WOUNDING, **SHARP}, {**INJURY, **SHARP}, ["cannot_tell", "cannot_tell"]),
        ({**WOUNDING, "unknown": "in"}, {**WOUNDING, "unknown": "in"}, ["both", ""]),
        ({**WOUNDING, "unknown": "in"}, WOUNDING, ["cannot_tell", ""]),
        ({**WOUNDING, "unknown": "out"}, WOUNDING, ["cannot_tell", ""]),
    ],
)
def test_a_doubt_that_two_share_is_one_doubt(
    assaults: Store, first: Table, second: Table, claimed: list[str]
) -> None:
    one, two = (check_definition({**HEAD, **each}, "made up") for each in (first, second))
    assert relations(assaults, one, two) == claimed


def test_a_lower_threshold_may_be_reached_alone_where_no_weight_is_known(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    named = {**HEAD, "include": {"classifications": ["008/77"]}}
    lower, higher = (
        check_definition({**named, "harm": {"at_least_days": days}}, "made up") for days in (10, 1000)
    )
    with published([{"offence_key": "8N|008/77"}], tmp_path_factory.mktemp("unweighed")) as store:
        assert relations(store, lower, higher) == ["cannot_tell"]
        assert relations(store, higher, higher) == ["same"]
