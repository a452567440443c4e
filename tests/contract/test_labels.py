"""Published category labels: every generation of the published tables, and the sets they stand for."""

import csv
from pathlib import Path

import pytest

from vrin_data.contract import reference
from vrin_data.contract.labels import labels, parse_label
from vrin_data.contract.offence_sets import offence_sets
from vrin_data.contract.offences import LABEL, UNMAPPED, offences
from vrin_data.contract.weights import edition

# The minor categories of the Metropolitan Police's borough tables to 2018, for which a set is known.
TO_2018 = (
    "Assault with Injury",
    "Burglary in Other Buildings",
    "Burglary in a Dwelling",
    "Business Property",
    "Common Assault",
    "Criminal Damage To Dwelling",
    "Criminal Damage To Motor Vehicle",
    "Criminal Damage To M/V",
    "Criminal Damage To Other Bldg",
    "Drug Trafficking",
    "Going Equipped",
    "Handling Stolen Goods",
    "Motor Vehicle Interference & Tampering",
    "Murder",
    "Offensive Weapon",
    "Other Criminal Damage",
    "Other Sexual",
    "Other Theft",
    "Other Theft Person",
    "Personal Property",
    "Possession Of Drugs",
    "Rape",
    "Theft From Motor Vehicle",
    "Theft From Shops",
    "Theft/Taking Of M/V",
    "Theft/Taking of Pedal Cycle",
    "Wounding/GBH",
)
FROM_2023 = (
    "ARSON",
    "BICYCLE THEFT",
    "BURGLARY - RESIDENTIAL",
    "BURGLARY BUSINESS AND COMMUNITY",
    "BURGLARY NON-DWELLING",
    "HOMICIDE",
    "INTERFERING WITH A MOTOR VEHICLE",
    "MISC CRIMES AGAINST SOCIETY",
    "OTHER OFFENCES PUBLIC ORDER",
    "POSSESSION OF WEAPONS",
    "PUBLIC FEAR ALARM OR DISTRESS",
    "RACE OR RELIGIOUS AGG PUBLIC FEAR",
    "RESIDENTIAL BURGLARY OF A HOME",
    "ROBBERY OF PERSONAL PROPERTY",
    "STALKING AND HARASSMENT",
    "THEFT FROM A VEHICLE",
    "THEFT FROM THE PERSON",
    "THEFT OR UNAUTH TAKING OF A MOTOR VEH",
    "TRAFFICKING OF DRUGS",
    "VIOLENCE WITH INJURY",
    "VIOLENCE WITHOUT INJURY",
)
# Too wide a mixture, or drawn otherwise in every table: no known set of codes.
NOBODY_KNOWS = (
    "Other violence",
    "Other Drugs",
    "Counted per Victim",
    "Harassment",
    "Historical fraud and forgery",
)


@pytest.mark.parametrize("label", [*TO_2018, *FROM_2023])
def test_labels_of_every_generation(label: str) -> None:
    assert parse_label(label).mapping_status in ("exact", "one_to_many")


@pytest.mark.parametrize("label", [*NOBODY_KNOWS, "", "Total", None])
def test_what_stands_for_no_known_set_stays_unmapped(label: str | None) -> None:
    assert parse_label(label).key == UNMAPPED


@pytest.mark.parametrize(
    ("label", "set_id"),
    [
        ("Violence with injury", "VWI"),
        ("Rape", "RAPE"),
        ("Violence against the person", "VAP"),
        ("Other sexual offences", "OSO"),
        ("Possession of weapons offences", "WEAP"),
        ("Robbery", "ROB"),
        ("Death or serious injury - unlawful driving", "DRIVE"),
    ],
)
def test_a_label_means_what_the_base_set_of_its_name_holds(label: str, set_id: str) -> None:
    assert offences().possibilities(parse_label(label).key) == offence_sets()[set_id]


def test_violence_without_injury_may_be_stalking_too() -> None:
    found = offences().possibilities(parse_label("Violence without Injury").key)
    assert found == offence_sets()["VWOI"] | offence_sets()["STALK_HARASS"]


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("Homicide", "1/4.1/4.10/4.2|"),
        ("Robbery of Personal Property", "34B|"),
        ("personal  property", "34B|"),
        ("Profitting From or Concealing Proceeds of Crime", "38|"),
        ("Racially or Religiously Aggravated Public Fear, Al", "9B|"),
        ("8N", "8N|"),
    ],
)
def test_a_label_of_one_code_is_that_code(label: str, key: str) -> None:
    assert parse_label(label).key == key


def test_no_spelling_belongs_to_two_labels_and_every_key_is_an_offence() -> None:
    rows = reference.rows("offence_labels.csv")
    spellings = [each for row in rows for each in (row["label"], *filter(None, row["aliases"].split("|")))]
    assert len({spelling.casefold() for spelling in spellings}) == len(spellings)
    assert {row["offence_key"] for row in rows} <= set(offences().by_key)
    assert len(labels()) == len(rows)


def test_every_label_of_several_codes_has_members_and_the_reverse() -> None:
    for row in reference.rows("offence_labels.csv"):
        assert bool(row["members"]) == row["offence_key"].startswith(LABEL), row["label"]
        assert offences().possibilities(row["offence_key"]), row["label"]


def test_a_label_is_weighed_as_a_range_and_a_label_of_one_code_as_that_code() -> None:
    cchi = edition("cchi-2020")
    wide = cchi.weight(parse_label("Violence with injury").key)
    assert (wide.days_central, wide.basis) == (None, "range")
    assert cchi.weight(parse_label("Robbery of Personal Property").key) == cchi.weight("34B|")


@pytest.mark.real
def test_every_label_of_the_real_tables_is_known(real_data: Path) -> None:
    found: set[str] = set()
    for name in ("to_202005", "to_202006"):
        with (real_data / "mps" / f"mps_borough_24m_{name}.csv").open(
            encoding="utf-8-sig", newline=""
        ) as file:
            for row in csv.DictReader(file):
                found |= {row["MinorText"], row["MajorText"]}
    with (real_data / "home_office" / "prc-pfa-2017-18.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found |= {row["Offence Group"], row["Offence Subgroup"]}
    assert len(found) > 80
    assert {label for label in found if parse_label(label).key == UNMAPPED} == set()
