"""The facts that are planted in the police extracts, each with what came of it.

`state` is what the ledger calls the period, `check_ids` are the checks that find it.
"""

from collections.abc import Iterable
from itertools import chain, pairwise
from typing import Any

import geopandas
import numpy as np
import pandas

from sample_data import simulate
from sample_data.extract import headings_of
from sample_data.forces import FIRST_MONTH, LAST_MONTH, Force

FEED = "police-offences"


def planted_tables(
    events: pandas.DataFrame, places: geopandas.GeoDataFrame, force: Force
) -> Iterable[dict[str, Any]]:
    """One table a planted fact of a force: what, where, when, how large, and what came of it."""
    found = (
        _seasonality(force),
        _months_at_fault(force),
        _step(events, places, force),
        _spot(events, places, force),
        _drift(events, force),
        _odd_rows(events, force),
        _headings(force),
        _historic(events, force),
    )
    for table in chain.from_iterable(found):
        yield {"id": table.pop("id"), "supplier_id": force.supplier_id, "feed_id": FEED, **table}


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
            "state": "overdue",
        }
    if force.half_month:
        yield {
            "id": "half_month",
            "force_code": force.code,
            "what": "rows of the first days of the month only",
            "month": force.half_month,
            "last_day": force.half_month_last_day,
            "state": "partial",
            "check_ids": ["volume_low", "days_empty"],
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
    if until == LAST_MONTH:
        return
    yield {
        "id": "code_drift" if until else "code_only",
        "force_code": force.code,
        "what": "rows carry the Home Office code without its classification, so harm is a range",
        "from_month": str(pandas.Period(until) + 1) if until else FIRST_MONTH,
        "rows": int((events["month"] > until).sum()),
        **({"check_ids": ["code_drift"]} if until else {}),
    }


def _odd_rows(events: pandas.DataFrame, force: Force) -> Iterable[dict[str, Any]]:
    if force.unknown_rows:
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
    if force.equal_pairs:
        yield {
            "id": "equal_rows",
            "force_code": force.code,
            "what": "pairs of rows equal in all but the reference; both are real",
            "pairs": force.equal_pairs,
        }


def _historic(events: pandas.DataFrame, force: Force) -> Iterable[dict[str, Any]]:
    """The rows of a force that is planted with old cases; a few others are as old by chance."""
    if not force.historic_rows:
        return
    ended = events["occurred_to"].fillna(events["occurred_from"]).dt.normalize()
    is_old = ended + pandas.DateOffset(years=1) <= events["recorded_date"]
    yield {
        "id": "historic",
        "force_code": force.code,
        "what": "recorded 12 months or more after the event had ended",
        "groups": sorted(set(events.loc[is_old, "offence_group"])),
        "months": sorted(events.loc[is_old, "month"]),
        "rows": int(is_old.sum()),
    }


def _headings(force: Force) -> Iterable[dict[str, Any]]:
    for before, after in pairwise(force.deliveries):
        if before.headings != after.headings:
            yield {
                "id": "headings_changed",
                "force_code": force.code,
                "what": "the same columns come under other headings, and dates in another form",
                "from_month": after.from_month,
                "headings_before": list(headings_of(before).values()),
                "headings_after": list(headings_of(after).values()),
            }
