"""The trap incidents as a force would send them, in a file: taken in, they are decided as the table says."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import RECEIVED
from tests.measures.trap_incidents import BASE, ROWS, Row
from tests.measures.trap_table import EXPECTED, Expected, names
from vrin_data.contract.definitions import definition
from vrin_data.contract.weights import edition
from vrin_data.intake import ingest
from vrin_data.measures.build_facts import build_facts
from vrin_data.measures.decided import decided_profiles
from vrin_data.store import Store

# What no file of recorded offences says: published categories, and counts that take back or hide.
ELSEWHERE = ("uk_violence", "uk_robbery", "antisocial", "correction", "suppressed")
SENT = [name for name in ROWS if name not in ELSEWHERE]
# As partners write them.
WORDS = {
    "weapon": {"sharp": "Knife", "firearm": "Handgun", "corrosive": "Acid", "none": "No weapon"},
    "weapon_use": {"used": "Used", "threatened": "Brandished", "possessed": "Carried"},
    "domestic": {"yes": "Y", "no": "N"},
    "gang": {"yes": "Y", "no": "N"},
    "location_type": {
        "street": "Car park",
        "dwelling": "House",
        "licensed": "Pub",
        "shop": "Shop",
        "school": "College",
    },
    "victim_sex": {"female": "F", "male": "M"},
    "status": {"live": "live", "cancelled": "cancelled", "transferred": "transferred"},
    "reported_by": {"victim": "victim", "police": "police", "company": "company"},
}
OCCURRED = {
    "same_year": "28/02/2026",
    "earlier_year": "24/12/2025",
    "over_a_year": "05/06/1994",
    "not_recorded": "",
}
SPELLINGS = {"1/4.1/4.10/4.2": "1, 4.1/10/2", "unmapped": "999/99"}


@pytest.fixture(scope="module")
def told(
    store_with_areas: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, dict[str, int]]]:
    """The store, and the profile of each row by its name."""
    folder = tmp_path_factory.mktemp("sent")
    store = Store.open(shutil.copytree(store_with_areas, folder / "store"))
    file = folder / "leicestershire-2026-03.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        rows = [_cells(name, ROWS[name]) for name in SENT]
        writer = csv.DictWriter(handle, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    ingest(store, "police-offences", [file], received_at=RECEIVED)
    found = store.query("profiles by name", "select record_key, profile_id from incident", {})
    yield store, dict(zip(found["record_key"], found["profile_id"], strict=True))
    store.close()


def _cells(name: str, row: Row) -> dict[str, str]:
    """One line of the file, by its headings."""
    code, _, classification = row.offence_key.partition("|")
    values = {**BASE, "weapon_use": "not_recorded", **row.values}
    return {
        "Crime Reference": name,
        "Force": "Leicestershire Police",
        "HO Code": SPELLINGS.get(code, code),
        "HO Classification": classification,
        "Occurred From": OCCURRED[values["recorded_lag"]],
        "Recorded Date": "05/03/2026",
        "Victim Age": _age(values["victim_age"]),
        "Suspect Age": _age(values["suspect_age"]),
        **{heading.replace("_", " "): words.get(values[heading], "") for heading, words in WORDS.items()},
    }


def _age(age: int | tuple[int, int] | None) -> str:
    if isinstance(age, tuple):
        return f"{age[0]}-{age[1]}"
    return "" if age is None else str(age)


def test_every_row_is_kept(told: tuple[Store, dict[str, int]]) -> None:
    assert sorted(told[1]) == sorted(SENT)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda one: one.ref)
def test_rows_that_were_taken_in_are_in_out_and_in_doubt_as_the_table_says(
    told: tuple[Store, dict[str, int]], expected: Expected
) -> None:
    store, profile_of = told
    frame = decided_profiles(store, build_facts(store), definition(expected.ref), edition("cchi-2020"))
    sure = dict(zip(frame["profile_id"], frame["sure"], strict=True))
    found = {name: sure.get(profile_of[name]) for name in SENT}
    assert [name for name in SENT if found[name] == 1] == [n for n in names(expected.in_) if n in SENT]
    assert [name for name in SENT if found[name] == 0] == [n for n in names(expected.maybe) if n in SENT]


def test_old_cases_are_told_by_their_dates(told: tuple[Store, dict[str, int]]) -> None:
    store, profile_of = told
    lag = store.query("lags", "select profile_id, recorded_lag from profile", {}).set_index("profile_id")[
        "recorded_lag"
    ]
    expected = {name: {**BASE, **ROWS[name].values}["recorded_lag"] for name in SENT}
    assert {name: lag[profile_of[name]] for name in SENT} == expected
