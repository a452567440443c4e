"""What is true of the police extracts, month by month and district by district.

Counts are taken from the simulated events themselves, before they are spelt as an extract, so a
test that reads the extract and arrives at them has recovered the truth.
"""

from typing import Any

import pandas

from sample_data import simulate
from sample_data.forces import Force

KNIFE_ENABLED_CODES = ("1", "2", "3B", "5D", "8N", "34A", "34B", "19C", "20A")
"""Codes of the mix on the ONS list of knife or sharp instrument offences; possession is not on it."""


def month_tables(events: pandas.DataFrame, force: Force) -> list[dict[str, Any]]:
    """One table a month, oldest first, the missing month with zero rows and `is_missing`.

    rows = live_rows + cancelled_rows; live_rows = the sum of groups + unmapped_rows.
    """
    return [_month_table(events[events["month"] == month], force, month) for month in simulate.months()]


def _month_table(events: pandas.DataFrame, force: Force, month: str) -> dict[str, Any]:
    live = events[events["status"] == "live"]
    mapped = live[~live["is_unmapped"]]
    listed = mapped[mapped["ho_code"].isin(KNIFE_ENABLED_CODES)]
    low = int((listed["weapon"] == "sharp").sum())
    return {
        "force_code": force.code,
        "month": month,
        "is_missing": month == force.missing_month,
        "rows": len(events),
        "live_rows": len(live),
        "cancelled_rows": len(events) - len(live),
        "unmapped_rows": int(live["is_unmapped"].sum()),
        "rows_without_coordinates": int(live["easting"].isna().sum()),
        "knife_rows": int((live["weapon"] == "sharp").sum()),
        "knife_enabled_low": low,
        "knife_enabled_high": low + int((listed["weapon"] == "not_recorded").sum()),
        "violence_with_injury": int(mapped["has_injury"].sum()),
        "groups": {str(group): int(rows) for group, rows in mapped.groupby("offence_group").size().items()},
    }


def district_tables(events: pandas.DataFrame, force: Force) -> list[dict[str, Any]]:
    """One table a district: live rows with coordinates over all months, by the neighbourhood drawn."""
    placed = events[(events["status"] == "live") & events["easting"].notna()]
    return [_district_table(rows, force, str(code)) for code, rows in placed.groupby("district_code")]


def _district_table(rows: pandas.DataFrame, force: Force, code: str) -> dict[str, Any]:
    """A district's counts; in whole months alone where a month that came half is left out of totals."""
    mapped = rows[~rows["is_unmapped"]]
    whole = mapped["month"] != force.half_month
    return {
        "force_code": force.code,
        "district_code": code,
        "live_rows": len(rows),
        "violence_with_injury": int(mapped["has_injury"].sum()),
        "violence_with_injury_in_whole_months": int(mapped.loc[whole, "has_injury"].sum()),
    }
