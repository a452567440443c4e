"""The definitions of attendances and admissions on a few rows of both, against a table written by hand."""

from collections.abc import Iterator
from datetime import date

import pandas as pd
import pytest

from tests.measures.profiled import ProfiledBuild
from vrin_data import protect
from vrin_data.contract.definitions import built_in_versions, definition
from vrin_data.contract.weights import edition
from vrin_data.measures import Selection, harm
from vrin_data.measures.build_facts import build_facts
from vrin_data.measures.decided import decided_profiles
from vrin_data.store import Store

ATTENDANCES, ADMISSIONS = "ed-assaults", "hospital-admissions"
HOSPITAL = "leicester-royal-infirmary"

# Name: feed, cause as the hospital coded it, the patient's age.
ROWS: dict[str, tuple[str, str, int | tuple[int, int] | None]] = {
    "attended": (ATTENDANCES, "", None),
    "attended_at_24": (ATTENDANCES, "", 24),
    "knife_24": (ADMISSIONS, "X99", 24),
    "knife_25": (ADMISSIONS, "X99", 25),
    "knife_in_the_street_17": (ADMISSIONS, "X99.4", 17),
    "knife_small_letter_0": (ADMISSIONS, "x994", 0),
    "knife_20_to_24": (ADMISSIONS, "X99.9", (20, 24)),
    "knife_15_to_19": (ADMISSIONS, "X99", (15, 19)),
    "knife_24_to_26": (ADMISSIONS, "X99.9", (24, 26)),
    "knife_age_blank": (ADMISSIONS, "X99", None),
    "first_of_the_range_30": (ADMISSIONS, "X85", 30),
    "fists_19": (ADMISSIONS, "Y04.0", 19),
    "last_of_the_range_30": (ADMISSIONS, "Y09.9", 30),
    "undetermined_intent_19": (ADMISSIONS, "Y10", 19),
    "accident_with_a_knife_19": (ADMISSIONS, "W26", 19),
    "self_harm_19": (ADMISSIONS, "X78", 19),
    "cause_blank_19": (ADMISSIONS, "", 19),
    "cause_blank_30": (ADMISSIONS, "", 30),
}
KNIVES_OF_ANY_AGE = (
    "knife_24 knife_25 knife_in_the_street_17 knife_small_letter_0 "
    "knife_20_to_24 knife_15_to_19 knife_24_to_26 knife_age_blank"
)
# By definition: its feed, the rows that are in, and those that cannot be told.
TABLE = {
    "vru-knife-admissions": (ADMISSIONS, KNIVES_OF_ANY_AGE, "cause_blank_19 cause_blank_30"),
    "vru-knife-admissions-under-25": (
        ADMISSIONS,
        "knife_24 knife_in_the_street_17 knife_small_letter_0 knife_20_to_24 knife_15_to_19",
        "knife_24_to_26 knife_age_blank cause_blank_19",
    ),
    "assault-admissions": (
        ADMISSIONS,
        f"{KNIVES_OF_ANY_AGE} first_of_the_range_30 fists_19 last_of_the_range_30",
        "cause_blank_19 cause_blank_30",
    ),
    "ed-assault-attendances": (ATTENDANCES, "attended attended_at_24", ""),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The rows in a build of their own with one crime, numbered from 1 as they stand."""
    build = ProfiledBuild()
    build.home[HOSPITAL] = "E23000021"
    for feed in (ATTENDANCES, ADMISSIONS):
        build.sent(HOSPITAL, "2026-03", feed_id=feed)
    build.sent("leicestershire-police", "2026-03")
    for feed, cause, age in ROWS.values():
        build.add({"offence_key": f"{feed}:{cause}", "victim_age": age}, feed=feed)
    build.add({"offence_key": "8N|008/06", "weapon": "sharp", "victim_age": 19})
    opened = build.publish(tmp_path_factory.mktemp("health"))
    yield opened
    opened.close()


def test_every_built_in_definition_of_patients_stands_in_the_table() -> None:
    assert {one.id for one, _ in built_in_versions() if not one.counts_crimes} == {*TABLE}


@pytest.mark.parametrize("ref", TABLE)
def test_a_definition_has_the_patients_of_the_table_in_out_and_in_doubt(store: Store, ref: str) -> None:
    frame = decided_profiles(store, build_facts(store), definition(ref), edition("cchi-2020"))
    name_of = {**dict(enumerate(ROWS, start=1)), len(ROWS) + 1: "the crime"}
    told = {name_of[row.profile_id]: row.sure for row in frame.itertuples()}
    _, sure, maybe = TABLE[ref]
    assert [name for name, value in told.items() if value == 1] == sure.split()
    assert [name for name, value in told.items() if value == 0] == maybe.split()


@pytest.mark.parametrize("is_named", [True, False])
@pytest.mark.parametrize("ref", TABLE)
def test_patients_are_counted_and_never_weighed(store: Store, ref: str, is_named: bool) -> None:
    """Their feed is asked of its own accord, whatever else the build holds."""
    feed, sure, maybe = TABLE[ref]
    march = date(2026, 3, 1)
    selection = Selection(
        definition=ref, by=(), from_month=march, to_month=march, feed=feed if is_named else None
    )
    row = protect.present(harm(store, selection), protect.Viewer.analyst()).frame.iloc[0]
    assert row["incident_count_low"] == len(sure.split())
    assert row["incident_count_high"] == len([*sure.split(), *maybe.split()])
    assert all(pd.isna(row[name]) for name in ("harm_days_low", "harm_days", "harm_days_high"))
