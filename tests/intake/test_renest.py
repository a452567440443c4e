"""Areas that begin or end on a day: the first file taken in after it brings the new nesting."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from tests.conftest import OFFENCE_HEADER
from vrin_data.intake import ingest
from vrin_data.intake.area_import import change_areas
from vrin_data.measures import Selection, harm
from vrin_data.places import AreaSet
from vrin_data.store import Store

BOSTON, EAST_LINDSEY, COAST = "E07000136", "E07000137", "E06999999"
FIRST_DAY = pd.Timestamp(2026, 12, 1)
BEFORE, AFTER = datetime(2026, 11, 20, 9, 0), datetime(2026, 12, 5, 9, 0)


def merged(known: AreaSet) -> AreaSet:
    """Boston and East Lindsey become one district on the first of December."""
    areas = known.areas.copy()
    is_old = areas["area_code"].isin([BOSTON, EAST_LINDSEY])
    areas.loc[is_old, "valid_to"] = FIRST_DAY
    new = areas[areas["area_code"] == BOSTON].assign(
        area_code=COAST, area_name="Lincolnshire Coast", valid_from=FIRST_DAY, valid_to=pd.NaT
    )
    links = pd.DataFrame(
        {
            "child_code": [BOSTON, EAST_LINDSEY, COAST],
            "parent_code": [COAST, COAST, "E23000020"],
            "parent_level": ["district", "district", "force"],
            "relation": "within",
            "valid_from": FIRST_DAY,
            "valid_to": pd.NaT,
            "source": "test",
        }
    )
    return replace(
        known,
        areas=pd.concat([areas, new], ignore_index=True),
        links=pd.concat([known.links, links], ignore_index=True),
    )


def rows(month: int) -> str:
    given = [f"{area},Lincolnshire,8N,008/06,2026-{month:02d}-01,2026-{month:02d}-02" for area in "ab"]
    points = ("532700,343900", "556500,363500")  # Boston and Skegness
    return "\n".join(
        [
            OFFENCE_HEADER,
            *(f"{row},{point},street,none,no,,,,live," for row, point in zip(given, points, strict=True)),
        ]
    )


def by_district(store: Store, month: date) -> dict[str, int]:
    frame = harm(store, Selection("all-recorded-crime", from_month=month, to_month=month)).unprotected
    found = frame[frame["incident_count_high"].fillna(0) > 0]
    return {
        code: int(count) for code, count in zip(found["area_code"], found["incident_count_high"], strict=True)
    }


def take(store: Store, folder: Path, month: int, at: datetime) -> None:
    file = folder / f"lincolnshire-{month}.csv"
    file.write_text(rows(month) + "\n", encoding="utf-8")
    result = ingest(store, "police-offences", [file], received_at=at, supplier="lincolnshire-police")
    assert result.build_id, result


def test_nesting_holds_until_its_day_and_then_changes_by_itself(store: Store, tmp_path: Path) -> None:
    change_areas(store, merged, reason="merger", changed_at=BEFORE)
    take(store, tmp_path, 10, BEFORE)
    assert by_district(store, date(2026, 10, 1)) == {BOSTON: 1, EAST_LINDSEY: 1}
    take(store, tmp_path, 11, AFTER)
    assert by_district(store, date(2026, 10, 1)) == {COAST: 2}
    assert by_district(store, date(2026, 11, 1)) == {COAST: 2}
