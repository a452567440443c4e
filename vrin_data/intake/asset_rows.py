"""Rows of a list of community assets: name, kind, contact and place, as any list may word them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from vrin_data.contract.feeds import fold
from vrin_data.contract.identifiers import EMAIL, MOBILE, identifier_in
from vrin_data.intake.reading.plain_table import PlainTable

HEADINGS = {
    "name": (
        "name asset_name asset organisation organisation_name service service_name venue venue_name school_name "
        "establishmentname establishment_name site site_name title project provider club"
    ),
    "kind": "kind type category asset_type asset_kind service_type typeofestablishment_name kind_of_place",
    "contact": (
        "contact contact_details public_contact website web_site web url schoolwebsite telephone telephone_number "
        "telephonenum phone phone_number tel email e_mail email_address contact_email"
    ),
    "easting": "easting eastings east bng_e rep_bng_e grid_easting x x_coordinate",
    "northing": "northing northings north bng_n rep_bng_n grid_northing y y_coordinate",
    "longitude": "longitude long lon lng rep_lon",
    "latitude": "latitude lat rep_lat",
    "postcode": "postcode post_code postal_code pcd pcds pcd7 pcd8",
    "area_code": "area_code lsoa_code lsoa21cd lsoa21_code lsoa11cd msoa_code ward_code district_code lad_code area",
}
"""Folded headings of what a list may say, the likeliest first."""
PLACES = (("easting", "northing"), ("longitude", "latitude"), ("postcode",), ("area_code",))
"""What a place may be told by, the most exact first."""
PRIVATE_MAIL = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|aol|btinternet|sky|talktalk|virginmedia)\.",
    re.IGNORECASE,
)
PERSON_MAIL = re.compile(r"\b[a-z]+[._][a-z]{2,}@", re.IGNORECASE)
HIDDEN_PLACE = re.compile(r"\brefuges?\b|\bsafe ?houses?\b", re.IGNORECASE)


@dataclass(frozen=True)
class AssetColumns:
    """The headings that a list gives each thing under, by what it is; and what is missing, in words."""

    headings: Mapping[str, str]
    faults: tuple[str, ...]


def familiarity(headings: Iterable[str]) -> int:
    """How many of some headings are those of a list of assets."""
    known = {one for words in HEADINGS.values() for one in _spellings(words)}
    return sum(fold(heading) in known for heading in headings)


def asset_columns(table: PlainTable, named: Mapping[str, str], *, has_kind: bool) -> AssetColumns:
    """Which heading is what: those named by a person, else by their wording."""
    found, faults = {}, []
    for what, words in HEADINGS.items():
        heading = _named(table, named[what]) if what in named else _likely(table, words)
        if heading:
            found[what] = heading
        elif what in named:
            faults.append(f"there is no column {named[what]!r}. Columns: {', '.join(table.headings[:15])}")
    faults += [
        f"{what!r} is nothing that a list of assets has. Known: {', '.join(HEADINGS)}"
        for what in named
        if what not in HEADINGS
    ]
    if "name" not in found:
        faults.append(
            "no column holds the names of the assets (expected a heading such as Name or Organisation)"
        )
    if "kind" not in found and not has_kind:
        faults.append(
            "no column says of what kind each is (expected a heading such as Type, or --kind TEXT for all)"
        )
    if not any(all(part in found for part in place) for place in PLACES):
        faults.append(
            "no column says where each stands (expected Easting and Northing, Longitude and Latitude, Postcode, or "
            "Area code)"
        )
    return AssetColumns(found, tuple(faults))


def asset_rows(table: PlainTable, columns: AssetColumns, *, kind: str) -> pd.DataFrame:
    """The rows by what each column is: line, and every name of HEADINGS as text, '' where not given."""
    rows = pd.DataFrame({"line": table.rows["line"]})
    for what in HEADINGS:
        rows[what] = table.column(columns.headings[what]) if what in columns.headings else ""
    rows["kind"] = rows["kind"].where(rows["kind"] != "", kind)
    return rows


def contact_faults(contact: str) -> str:
    """What of a contact identifies a person and may not come in, '' for nothing."""
    found = identifier_in(contact)
    return "" if found in (None, EMAIL, MOBILE) or _is_public(found) else f"the contact holds {found}"


def is_private_contact(contact: str) -> bool:
    """Whether a contact looks like a person's own and not like an organisation's."""
    is_mobile = identifier_in(contact) == MOBILE
    return is_mobile or bool(PRIVATE_MAIL.search(contact) or PERSON_MAIL.search(contact))


def is_hidden_place(name: str, kind: str) -> bool:
    """Whether an asset's address is kept secret for the safety of those in it."""
    return bool(HIDDEN_PLACE.search(name) or HIDDEN_PLACE.search(kind))


def _is_public(found: str) -> bool:
    # An organisation's own postcode is no secret.
    return found.endswith("postcode")


def _spellings(words: str) -> list[str]:
    return [fold(word) for word in words.split()]


def _named(table: PlainTable, name: str) -> str:
    return next((heading for heading in table.headings if fold(heading) == fold(name)), "")


def _likely(table: PlainTable, words: str) -> str:
    by_fold = {fold(heading): heading for heading in reversed(table.headings)}
    return next((by_fold[one] for one in _spellings(words) if one in by_fold), "")
