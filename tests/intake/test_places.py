"""How a row's place is known: by its code, by its point, or by who sent it."""

from pathlib import Path

import pytest

from tests.conftest import RECEIVED
from vrin_data.intake import ingest
from vrin_data.store import Store

HEADER = "crime reference,ho code,recorded date,easting,northing,lsoa"
# A point and a sample area in the city of Derby, one in Leicester, one in Birmingham.
DERBY, LEICESTER, BIRMINGHAM = "435300,336300", "458700,304600", "407000,286900"


@pytest.mark.parametrize(
    ("place", "precision", "district"),
    [
        (f"{DERBY},", "exact", "E06000015"),
        (",,S01000001", "lsoa", "E06000015"),
        (f"{LEICESTER},S01000001", "exact", "E06000015"),  # the code goes before the point
        (f"{LEICESTER},", "outside", None),
        (f"{BIRMINGHAM},", "outside", None),
        (",,E01099999", "unknown_code", None),
        (f"{DERBY},E01099999", "exact", "E06000015"),
        (",,", "force", None),
    ],
)
def test_where_a_row_is_placed(
    store: Store, tmp_path: Path, place: str, precision: str, district: str | None
) -> None:
    file = tmp_path / "derbyshire.csv"
    file.write_text(f"{HEADER}\nA1,8N,02/03/2026,{place}\n", encoding="utf-8")
    ingest(store, "police-offences", [file], received_at=RECEIVED)
    found = store.query(
        "places",
        """
        select
            incident.place_precision,
            max(area.area_code) filter (area_level.level = 'force') as force_code,
            max(area.area_code) filter (area_level.level = 'district') as district_code
        from incident
        join area_level using (area_id)
        join area on area.area_id = area_level.ancestor_id
        group by all
        """,
    ).iloc[0]
    given = found["district_code"] if isinstance(found["district_code"], str) else None
    assert (found["place_precision"], found["force_code"], given) == (precision, "E23000018", district)
