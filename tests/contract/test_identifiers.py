"""What identifies a person: headings that are refused, and identifiers found inside a text.

Every number and address here is made up.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrin_data.contract.feeds import feeds
from vrin_data.contract.identifiers import (
    EMAIL,
    MOBILE,
    NATIONAL_INSURANCE,
    NHS_NUMBER,
    POSTCODE,
    forbidden_headings,
    identifier_in,
    identifier_of_column,
    what_is_forbidden,
)

POLICE = feeds()["police-offences"]


@pytest.mark.parametrize(
    "heading",
    [
        "Surname",
        "victim_1_surname",
        "NHS Number",
        "NHS_NO",
        "Date of Birth",
        "Suspect DOB",
        "Home Address",
        "ADDRESS LINE 1",
        "E-mail",
        "Caller mobile",
        "National Insurance Number",
        "PNC ID",
        "UPN",
        "Message/Children/Child/ChildIdentifiers/UPN",
        "Child/ChildIdentifiers/PersonBirthDate",
        "patient/homeAddress",
    ],
)
def test_a_heading_that_identifies_is_named_as_the_file_spells_it(heading: str) -> None:
    assert forbidden_headings(POLICE, ["Crime Number", heading, "HO Code"]) == [heading]


@pytest.mark.parametrize(
    "heading",
    [
        "Force Name",
        "LSOA name",
        "LookUp_BoroughName",
        "Offence Name",
        "Victim Age",
        "Location",
        "Ward Name",
        "",
    ],
)
def test_a_heading_that_identifies_nobody_passes(heading: str) -> None:
    assert forbidden_headings(POLICE, [heading]) == []


@pytest.mark.parametrize("feed_id", list(feeds()))
def test_no_heading_that_a_feed_accepts_is_forbidden_in_it(feed_id: str) -> None:
    feed = feeds()[feed_id]
    accepted = [heading for column in feed.columns for heading in column.accepted]
    assert forbidden_headings(feed, accepted) == []


def test_what_a_heading_would_hold_is_said() -> None:
    assert what_is_forbidden("victim surname") == "a person's name"
    assert what_is_forbidden("DOB") == "a date of birth"
    assert what_is_forbidden("Postcode") == "what would identify a person"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("seen, 943 476 5919, discharged", NHS_NUMBER),
        ("9434765919", NHS_NUMBER),
        ("943-476-5919", NHS_NUMBER),
        ("outside 12 High St LE1 1AA", POSTCODE),
        ("ng15fb", POSTCODE),
        ("SW1A 1AA", POSTCODE),
        ("write to a.nobody@example.org", EMAIL),
        ("rang 07700 900123 twice", MOBILE),
        ("+44 7700 900123", MOBILE),
        ("AB 12 34 56 C", NATIONAL_INSURANCE),
        ("ab123456c", NATIONAL_INSURANCE),
    ],
)
def test_an_identifier_inside_a_text(text: str, found: str) -> None:
    assert identifier_in(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "punched outside the Red Lion",
        "943 476 5918",
        "1111111111",
        "12345678901",
        "LE1",
        "NG1 5",
        "the flat at b4 2nd floor",
        "room E1 3rd bed",
        "QQ 12 34 56 C",
        "GB123456A",
        "AB123456E",
        "assaulted @ bus stop",
        "452301.4765919",
        "M1 junction 21",
        "X99.4",
        "2026-03-01T21:30:00",
    ],
)
def test_a_text_that_identifies_nobody(text: str) -> None:
    assert identifier_in(text) is None


@given(st.integers(min_value=0, max_value=999_999_999))
def test_of_nine_digits_at_most_one_check_digit_passes(number: int) -> None:
    passing = [digit for digit in range(10) if identifier_in(f"{number:09d}{digit}") == NHS_NUMBER]
    assert len(passing) <= 1


def test_a_column_of_keys_is_judged_as_a_whole() -> None:
    by_chance = ["9434765919", *(f"A{number}" for number in range(9))]
    assert identifier_of_column(by_chance) is None
    assert identifier_of_column(["9434765919", "943 476 5919", "", "A1"]) == NHS_NUMBER
    assert identifier_of_column(["LE1 1AA", "NG1 5FB"]) == POSTCODE
    assert identifier_of_column([]) is None
