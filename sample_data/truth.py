"""What is true of the sample: the planted figures and the exact counts that came of them, as TOML.

Counts are taken from the simulated events themselves, before they are spelt as an extract, so a
test that reads the extract and arrives at them has recovered the truth.
"""

import json
from collections.abc import Iterable
from typing import Any

import geopandas
import numpy as np
import pandas

from sample_data import simulate
from sample_data.simulate import Force

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
    return [
        {
            "force_code": force.code,
            "district_code": str(code),
            "live_rows": len(rows),
            "violence_with_injury": int(rows.loc[~rows["is_unmapped"], "has_injury"].sum()),
        }
        for code, rows in placed.groupby("district_code")
    ]


def planted_tables(
    events: pandas.DataFrame, places: geopandas.GeoDataFrame, force: Force
) -> Iterable[dict[str, Any]]:
    """One table a planted fact of a force: what, where, when, how large, and what came of it."""
    yield from _seasonality(force)
    yield from _months_at_fault(force)
    yield from _step(events, places, force)
    yield from _spot(events, places, force)
    yield from _drift(events, force)
    yield from _odd_rows(events, force)


def _seasonality(force: Force) -> Iterable[dict[str, Any]]:
    mix = simulate.offence_mix()
    yield {
        "id": "seasonality",
        "force_code": force.code,
        "what": "rate of the listed kinds = 1 + amplitude * cos(2 pi (calendar month - peak) / 12)",
        "groups": mix.loc[mix["is_violence"] == 1, "offence_group"].tolist(),
        "amplitude": simulate.SEASON_AMPLITUDE,
        "peak_month": simulate.SEASON_PEAK_MONTH,
    }


def _months_at_fault(force: Force) -> Iterable[dict[str, Any]]:
    if force.missing_month:
        yield {
            "id": "missing_month",
            "force_code": force.code,
            "what": "no rows at all: the month is missing, not zero",
            "month": force.missing_month,
        }
    if force.half_month:
        yield {
            "id": "half_month",
            "force_code": force.code,
            "what": "rows of the first days of the month only",
            "month": force.half_month,
            "last_day": force.half_month_last_day,
        }


def _step(events: pandas.DataFrame, places: geopandas.GeoDataFrame, force: Force) -> Iterable[dict[str, Any]]:
    if not force.step_from:
        return
    city = events[(events["district_code"] == force.city_code) & (events["has_injury"] == 1)]
    after = city["month"] >= force.step_from
    mix = simulate.offence_mix()
    in_city = (places["district_code"] == force.city_code).to_numpy()
    by_month = _expected(places, force)[mix["has_injury"] == 1][:, :, in_city].sum(axis=(0, 2))
    first = simulate.months().index(force.step_from)
    yield {
        "id": "step",
        "force_code": force.code,
        "what": "violence with injury in one district rises by a constant factor and stays there",
        "district_code": force.city_code,
        "groups": mix.loc[mix["has_injury"] == 1, "offence_group"].tolist(),
        "from_month": force.step_from,
        "ratio": force.step_ratio,
        "expected_before": round(float(by_month[:first].sum()), 1),
        "expected_after": round(float(by_month[first:].sum()), 1),
        "rows_before": int((~after).sum()),
        "rows_after": int(after.sum()),
    }


def _expected(places: geopandas.GeoDataFrame, force: Force) -> np.ndarray:
    """Expected counts of the events drawn, shaped offence x month x neighbourhood."""
    share = simulate.shares(places, force, simulate.streams(force)["risk"])
    return simulate.expected_counts(places, force, share)


def _spot(events: pandas.DataFrame, places: geopandas.GeoDataFrame, force: Force) -> Iterable[dict[str, Any]]:
    position = simulate.spot_index(places, force)
    if position is None:
        return
    spot = places.iloc[position]
    serious = events[events["is_spot_offence"] == 1]
    by_place = serious.groupby("area_code").size().drop(spot["area_code"], errors="ignore")
    mix = simulate.offence_mix()
    yield {
        "id": "harm_spot",
        "force_code": force.code,
        "what": "the listed kinds are this many times as frequent in one neighbourhood as its risk gives",
        "area_code": str(spot["area_code"]),
        "area_name": str(spot["area_name"]),
        "district_code": force.city_code,
        "groups": mix.loc[mix["is_spot_offence"] == 1, "offence_group"].tolist(),
        "ratio": force.spot_ratio,
        "expected": round(float(_expected(places, force)[mix["is_spot_offence"] == 1, :, position].sum()), 1),
        "rows": int((serious["area_code"] == spot["area_code"]).sum()),
        "rows_of_next_neighbourhood": int(by_place.max()),
    }


def _drift(events: pandas.DataFrame, force: Force) -> Iterable[dict[str, Any]]:
    until = force.classification_until
    yield {
        "id": "code_drift" if until else "code_only",
        "force_code": force.code,
        "what": "rows carry the Home Office code without its classification, so harm is a range",
        "from_month": str(pandas.Period(until) + 1) if until else simulate.FIRST_MONTH,
        "rows": int((events["month"] > until).sum()),
    }


def _odd_rows(events: pandas.DataFrame, force: Force) -> Iterable[dict[str, Any]]:
    yield {
        "id": "unknown_code",
        "force_code": force.code,
        "what": "an offence code that no list holds",
        "code": force.unknown_code,
        "months": sorted(events.loc[events["is_unmapped"], "month"]),
        "rows": int(events["is_unmapped"].sum()),
    }
    yield {
        "id": "cancelled",
        "force_code": force.code,
        "what": "status cancelled: in the file, not among the live rows",
        "months": sorted(events.loc[events["status"] == "cancelled", "month"]),
        "rows": int((events["status"] == "cancelled").sum()),
    }
    yield {
        "id": "equal_rows",
        "force_code": force.code,
        "what": "pairs of rows equal in all but the reference; both are real",
        "pairs": force.equal_pairs,
    }


def as_toml(tables: dict[str, list[dict[str, Any]]]) -> str:
    """Arrays of tables as TOML text, in the order given, one blank line between tables."""
    blocks = [
        "\n".join([f"[[{name}]]", *(f"{key} = {_value(value)}" for key, value in table.items())])
        for name, rows in tables.items()
        for table in rows
    ]
    return "\n\n".join(blocks) + "\n"


def _value(value: Any) -> str:
    """A TOML value: text, number, boolean, array, or an inline table of numbers."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(inner)}" for key, inner in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
