"""The named base sets: their rows, their dates, and what codes of earlier years count as."""

import csv
from datetime import date
from pathlib import Path

import pytest

from vrin_data.contract.definitions import definition
from vrin_data.contract.offence_sets import SetRow, base_sets, offence_sets, pairs_of
from vrin_data.contract.offences import composites, offences

OLD_END = date(2012, 3, 31)


def test_every_set_has_a_name_of_its_own_and_offences() -> None:
    names = [one.name for one in base_sets().values()]
    assert len(set(names)) == len(names)
    assert all(names)
    assert all(offence_sets().values())


def test_the_rows_of_a_set_in_the_order_of_the_file() -> None:
    assert base_sets()["GBH20"].rows == (
        SetRow("classification", "008/01", None, None, "wherever it sits: 8N, 8S, 8T"),
        SetRow("classification", "008/59", None, None, "aggravated, 8P"),
        SetRow("code", "8F", None, OLD_END, "became 008/01 in 8N"),
        SetRow("code", "8H", None, OLD_END, "became 008/59 in 8P"),
    )


@pytest.mark.parametrize(
    ("set_id", "value", "first", "last"),
    [
        ("VWI", "5A", None, OLD_END),
        ("VWI", "5D", date(2012, 4, 1), None),
        ("VWI", "8F", None, OLD_END),
        ("VWI", "8G", None, OLD_END),
        ("VWI", "8H", None, OLD_END),
        ("VWI", "8N", date(2012, 4, 1), None),
        ("VWI", "8S", date(2017, 4, 1), None),
        ("VWI", "8T", date(2020, 4, 1), None),
        ("STALK_HARASS", "8U", date(2020, 4, 1), None),
        ("NFS", "008/77", date(2022, 6, 7), None),
        ("AGGB", "29", None, date(2017, 3, 31)),
        ("AGGB", "29A", date(2017, 4, 1), date(2023, 3, 31)),
        ("AGGB", "29B", date(2023, 4, 1), None),
        ("AGGB", "29C", date(2023, 4, 1), None),
    ],
)
def test_when_a_code_was_in_use(set_id: str, value: str, first: date | None, last: date | None) -> None:
    found = {row.value: (row.valid_from, row.valid_to) for row in base_sets()[set_id].rows}
    assert found[value] == (first, last)


def test_no_row_ends_before_it_begins() -> None:
    rows = [row for one in base_sets().values() for row in one.rows if row.valid_from and row.valid_to]
    assert rows
    assert all(row.valid_from < row.valid_to for row in rows if row.valid_from and row.valid_to)


def test_old_codes_add_nothing_to_what_they_became() -> None:
    """A code that was divided stands in a set only where all that it became does."""
    for one in base_sets().values():
        codes = [row.value for row in one.rows if row.kind == "code" and row.value in composites()]
        rest = [row for row in one.rows if row.value not in codes]
        without = pairs_of(
            sets=[row.value for row in rest if row.kind == "set"],
            codes=[row.value for row in rest if row.kind == "code"],
            classifications=[row.value for row in rest if row.kind == "classification"],
        )
        assert pairs_of(codes=codes) <= without, one.id


@pytest.mark.parametrize(
    ("whole", "parts"),
    [
        ("MSV", ["HOM", "ATM", "GBH18", "GBH20"]),
        ("SEXUAL", ["RAPE", "OSO"]),
        ("SERIOUS_SEXUAL", ["RAPE", "SEXA"]),
        ("SEXA", ["SEXA", "PEN"]),
        ("VWI", ["VWI", "GBH18", "GBH20", "ABH47", "NFS", "ATM"]),
    ],
)
def test_sets_made_of_sets(whole: str, parts: list[str]) -> None:
    assert offence_sets()[whole] == pairs_of(sets=parts)


def test_the_list_of_knife_offences_is_that_of_the_first_definition() -> None:
    assert offence_sets()["KNIFE_LIST"] == definition("knife-enabled@1").pairs()


def test_what_is_not_between_people_shares_its_codes_with_assaults() -> None:
    inside = offence_sets()["NOT_INTERPERSONAL"] & offence_sets()["VWI"]
    assert {code for code, _ in inside} == {"8N"}
    assert offences().possibilities("8N|") - inside >= offence_sets()["ABH47"] & pairs_of(codes=["8N"])


@pytest.mark.real
def test_terrorism_offences_are_those_of_the_acts_about_it(real_data: Path) -> None:
    """By the acts that the published list names; the act of 2001 is not confined to terrorism."""
    path = real_data / "home_office" / "notifiable_offences_apr2026.csv"
    acts: dict[tuple[str, str], set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            acts.setdefault((row["ho_code"], row["ho_classification"]), set()).add(row["act"])
    about = {pair for pair, names in acts.items() if all(_is_about_terrorism(name) for name in names)}
    assert about == offence_sets()["TERRORISM"]
    touched = {pair for pair, names in acts.items() if any(_is_about_terrorism(name) for name in names)}
    assert {code for code, _ in touched} == {"38", "66", "95"}


def _is_about_terrorism(act: str) -> bool:
    plain = act.lower().replace("-", " ")
    others = ("anti terrorism", "money laundering", "criminal justice")
    return "terroris" in plain and not any(each in plain for each in others)
