"""Spellings of offences as partners write them, and what each may mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vrin_data.contract.codes import CODE_LISTS
from vrin_data.contract.offence_sets import offence_sets, pairs_of
from vrin_data.contract.offences import offences
from vrin_data.contract.policeuk import crime_types, parse_crime_type

SPELLINGS = [
    ("8N", "8N|", "one_to_many"),
    (" 8 n ", "8N|", "one_to_many"),
    ("08N", "8N|", "one_to_many"),
    ("HO 8N", "8N|", "one_to_many"),
    ("HO code: 8N", "8N|", "one_to_many"),
    ("008/06", "|008/06", "one_to_many"),
    ("8/6", "|008/06", "one_to_many"),
    ("8/06", "|008/06", "one_to_many"),
    ("00806", "|008/06", "one_to_many"),
    ("008 06", "|008/06", "one_to_many"),
    ("4.3", "4.3|", "exact"),
    ("4/3", "|004/03", "exact"),
    ("37/1", "|037/01", "exact"),
    ("037/01", "|037/01", "exact"),
    ("4.10", "4.10|", "exact"),
    ("4/10", "|004/10", "exact"),
    ("4.1", "4.1|", "exact"),
    ("1", "1|", "one_to_many"),
    ("002/00", "|002/00", "exact"),
    ("00200", "|002/00", "exact"),
    ("099/99", "|099/99", "exact"),
    ("105A", "105A|", "one_to_many"),
    ("53C", "53C|", "exact"),
    ("106*", "106|", "one_to_many"),
    ("UK Finance", "UK Finance|", "exact"),
    ("1/4.1/4.10/4.2", "1/4.1/4.10/4.2|", "one_to_many"),
    ("1/4.1/4.2/4.10", "1/4.1/4.10/4.2|", "one_to_many"),
    ("1, 4.1/10/2", "1/4.1/4.10/4.2|", "one_to_many"),
    ("4.4/6/8", "4.4/6/8|", "one_to_many"),
    ("8N 008/06", "8N|008/06", "exact"),
    ("806", "unmapped", "unmapped"),
    ("GBH", "unmapped", "unmapped"),
    ("9Z", "unmapped", "unmapped"),
    ("", "unmapped", "unmapped"),
    (None, "unmapped", "unmapped"),
    ("111/02", "|111/02", "not_crime"),
    ("ASB", "ASB|", "not_crime"),
]


@pytest.mark.parametrize(("raw", "key", "status"), SPELLINGS)
def test_one_column(raw: str | None, key: str, status: str) -> None:
    parsed = offences().parse(raw)
    assert (parsed.key, parsed.mapping_status) == (key, status)


@pytest.mark.parametrize(
    ("code", "classification", "key", "status"),
    [
        ("8N", "008/06", "8N|008/06", "exact"),
        ("008/06", "8N", "8N|008/06", "exact"),
        ("8N", "195/94", "|195/94", "exact"),
        ("8N", "text", "8N|", "one_to_many"),
        ("8N", None, "8N|", "one_to_many"),
        (None, "8/6", "|008/06", "one_to_many"),
        ("5A", "005/01", "5D|005/01", "exact"),
        ("8H", "099/99", "8H|", "exact"),
        ("text", "text", "unmapped", "unmapped"),
    ],
)
def test_two_columns(code: str | None, classification: str | None, key: str, status: str) -> None:
    parsed = offences().parse(code, classification)
    assert (parsed.key, parsed.mapping_status) == (key, status)


PAIRS = sorted(
    each.offence_key
    for each in offences().all
    if each.offence_code and each.classification and each.mapping_status == "exact"
)


@settings(deadline=None)
@given(pair=st.sampled_from(PAIRS), data=st.data())
def test_every_spelling_of_a_pair_gives_its_key(pair: str, data: st.DataObject) -> None:
    code, classification = pair.split("|")
    first, second = classification.split("/")
    codes = [code, code.lower(), f"  {code} ", f"HO {code}"]
    classifications = [
        classification,
        first + second,
        f"{first} {second}",
        f"{int(first)}/{int(second)}",
        f"{int(first)}/{second}",
        f"ho {classification}",
    ]
    spelled = data.draw(st.sampled_from(codes))
    assert offences().parse(spelled, data.draw(st.sampled_from(classifications))).key == pair


@settings(deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_read_as_a_known_key(text: str) -> None:
    parsed = offences().parse(text)
    assert parsed.mapping_status == offences().by_key[parsed.key].mapping_status


def test_ids_are_the_positions_of_sorted_keys() -> None:
    keys = [each.offence_key for each in offences().all]
    assert keys == sorted(keys)
    assert [each.offence_id for each in offences().all] == list(range(len(keys)))


def test_mapping_statuses_are_those_of_the_code_list() -> None:
    assert {each.mapping_status for each in offences().all} == set(CODE_LISTS["mapping_status"])


def test_wounding_and_actual_bodily_harm_share_a_code() -> None:
    assert {("8N", "008/01"), ("8N", "008/06"), ("8N", "008/77")} <= offences().possibilities("8N|")


def test_rolled_up_homicide_may_be_any_of_its_codes() -> None:
    assert offences().possibilities("1/4.1/4.10/4.2|") == pairs_of(codes=["1", "4.1", "4.2", "4.10"])


def test_a_summary_offence_does_not_blur_a_recorded_one() -> None:
    assert offences().possibilities("|125/12") == {("9A", "125/12")}


def test_police_uk_has_fourteen_types_and_one_is_no_crime() -> None:
    read = {name: parse_crime_type(name) for name in crime_types()}
    assert len(read) == 14
    assert [name for name, each in read.items() if each.mapping_status == "not_crime"] == [
        "Anti-social behaviour"
    ]
    assert all(each.key != "unmapped" for each in read.values())


@pytest.mark.parametrize("text", ["Violence and sexual offences", "VIOLENT-CRIME", "violent crime"])
def test_police_uk_spellings(text: str) -> None:
    assert parse_crime_type(text).key == "police-uk:violence-and-sexual-offences"


def test_an_unknown_crime_type_is_unmapped() -> None:
    assert parse_crime_type("Sorcery").key == "unmapped"
    assert parse_crime_type(None).key == "unmapped"


def test_violence_against_the_person_is_the_union_of_its_groups() -> None:
    groups = [offence_sets()[name] for name in ("HOM", "VWI", "VWOI", "STALK_HARASS", "DRIVE")]
    assert offence_sets()["VAP"] == frozenset().union(*groups)
    assert sum(map(len, groups)) == len(offence_sets()["VAP"])


@pytest.mark.parametrize(
    ("set_id", "codes"),
    [
        ("GBH18", {"5D", "8S", "8T"}),
        ("GBH20", {"8N", "8S", "8T", "8P"}),
        ("ABH47", {"8N", "8S", "8T", "8P"}),
        ("NFS", {"8N", "8S", "8T", "8P"}),
        ("PEN", {"17A", "17B", "20A", "20B"}),
        ("AFFRAY", {"66"}),
        ("AGGB", {"29A", "29B", "29C", "31A"}),
    ],
)
def test_codes_that_a_set_reaches_into(set_id: str, codes: set[str]) -> None:
    assert {code for code, _ in offence_sets()[set_id]} == codes
