"""Places that are given in words: a postcode, the first half of one, a name; and what goes before what."""

from pathlib import Path

import pytest

from tests.conftest import RECEIVED
from vrin_data.intake import IngestResult, ingest
from vrin_data.places import postcodes
from vrin_data.store import Store

HEADER = "crime reference,ho code,recorded date,easting,northing,lsoa,postcode,district,location"
DERBY, HIGH_PEAK, DERBYSHIRE = "E06000015", "E07000037", "E23000018"
FINEST_SQL = """
    select
        source_line - 1 as row_number,
        place_precision,
        max(area.area_code) filter (area_level.level = 'district') as district_code,
        max(area.area_code) filter (area_level.level = 'lsoa') is not null as has_lsoa
    from incident
    left join area_level using (area_id)
    left join area on area.area_id = area_level.ancestor_id
    group by all
    order by row_number
"""


def taken(
    store: Store, folder: Path, *places: str
) -> tuple[IngestResult, list[tuple[str, str | None, bool]]]:
    """What comes of rows of these places, sent by Derbyshire: grade, district, whether a small area is known."""
    rows = [f"A{number},8N,02/03/2026,{place}" for number, place in enumerate(places)]
    file = folder / "derbyshire.csv"
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    result = ingest(store, "police-offences", [file], received_at=RECEIVED)
    found = store.query("places", FINEST_SQL).astype(object)
    found = found.where(found.notna(), None)
    return result, [*found.drop(columns="row_number").itertuples(index=False, name=None)]


PLACES = {
    ",,,DE1 2BS,,": ("postcode", DERBY, True),
    ",,,de12bs,,": ("postcode", DERBY, True),
    ",,,DE1 2BS,High Peak,": ("postcode", DERBY, True),  # a postcode says more than a name
    "435300,336300,,LE1 5AA,Leicester,Leicester": ("exact", DERBY, True),  # a point goes before all words
    ",,S01000001,LE1 5AA,,": ("lsoa", DERBY, True),  # a code goes before a postcode
    ",,,DE1,,": ("outward", DERBY, False),
    ",,,DE1 7ZZ,,": ("outward", DERBY, False),  # no such postcode: its first half
    ",,,LE1 5AA,,": ("outside", None, False),
    ",,,no such,Derby,": ("place_name", DERBY, False),
    ",,,,City of Derby,": ("place_name", DERBY, False),
    ",,,,High Peak Borough Council,": ("place_name", HIGH_PEAK, False),
    ",,,,Atlantis,": ("unknown_code", None, False),
    ",,,,E06000015,": ("district", DERBY, False),
    ",,,,,Derby City Council": ("place_name", DERBY, False),
    ",,,,,DE1": ("outward", DERBY, False),
    ",,,,,High Street": ("force", None, False),
    ",,,,,near Derby station": ("force", None, False),
    ",,,,,Leicester": ("force", None, False),  # words alone take nothing out of the supplier's own area
    ",,,,Leicester,": ("outside", None, False),
}


def test_every_place_in_words_has_its_grade(store: Store, tmp_path: Path) -> None:
    _, found = taken(store, tmp_path, *PLACES)
    assert dict(zip(PLACES, found, strict=True)) == PLACES


def test_without_the_points_of_postcodes_the_first_half_counts_and_it_is_said_once(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postcodes, "PACKAGE", "no_such_package")
    result, found = taken(store, tmp_path, ",,,DE1 2BS,,", ",,,DE1,,", ",,,DE1 2BT,,")
    assert found == [("outward", DERBY, False)] * 3
    words = [one for one in result.submissions[0].warnings if "pip install" in one]
    assert len(words) == 1
    assert "2 rows" in words[0]
    warned = store.query("warned", "select rule, column_name, row_count from intake_warning")
    assert [*warned.itertuples(index=False, name=None)] == [("postcodes_not_installed", "postcode", 2)]


@pytest.mark.parametrize(
    ("text", "postcode", "outward"),
    [
        ("LE2 1AA", "LE21AA", "LE2"),
        (" le21aa ", "LE21AA", "LE2"),
        ("SW1A 1AA", "SW1A1AA", "SW1A"),
        ("LE2", None, "LE2"),
        ("LE2 1", None, "LE2"),
        ("LE21", None, "LE21"),
        ("QQ1 1AA", None, None),
        ("LE", None, None),
        ("at LE2 1AA", None, None),
        ("", None, None),
    ],
)
def test_texts_that_are_postcodes(text: str, postcode: str | None, outward: str | None) -> None:
    assert (postcodes.as_postcode(text), postcodes.outward_of(text) if "Q" not in text else None) == (
        postcode,
        outward,
    )


def test_the_table_of_outward_codes_agrees_with_the_points(store: Store) -> None:
    """LE2 lies in Leicester and Oadby and Wigston, LN1 in Lincoln and West Lindsey, NG1 in Nottingham alone."""
    known = postcodes.outward_areas()
    assert [known[code] for code in ("DE1", "LE2", "LN1", "NG1", "NN1", "TD15")] == [
        (DERBY, DERBYSHIRE),
        ("", "E23000021"),
        ("", "E23000020"),
        ("E06000018", "E23000019"),
        ("E06000062", "E23000022"),
        ("", ""),
    ]
