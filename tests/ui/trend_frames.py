"""Hand-made answers of a chart over time, as the screens are given them."""

from typing import Any

import pandas as pd

LEFT_OUT: dict[str, Any] = {"is_used": False, "cause": "", "direction": "", "reading": ""}
LIMITS = {"mean": 10.0, "lower": 4.0, "upper": 16.0, "near_lower": 6.0, "near_upper": 14.0}


def trend_frame(*months: dict[str, Any], kind: str = "xmr", first: str = "2026-01") -> pd.DataFrame:
    """A series of these months, each a whole one of usual variation but for what it says."""
    usual = {
        "area_code": "",
        "area_name": "all areas",
        "value": 10.0,
        "value_low": 10.0,
        "value_high": 10.0,
        "state": "whole",
        "population": 1000,
        "is_used": True,
        "segment": 0,
        "kind": kind,
        **LIMITS,
        "is_trial": False,
        "cause": "",
        "direction": "",
        "reading": "common",
    }
    frame = pd.DataFrame([usual | month for month in months])
    step = "12MS" if kind == "rare" else "MS"
    frame.insert(2, "month", pd.date_range(f"{first}-01", periods=len(months), freq=step))
    return frame.astype(dict.fromkeys(("value", "value_low", "value_high"), "Float64"))


def missing() -> dict[str, Any]:
    """A month that did not come."""
    return {"state": "missing", "value": None, "value_low": None, "value_high": None, **LEFT_OUT}


def partial(value: float) -> dict[str, Any]:
    """A month that came in part."""
    return {"state": "partial", "value": value, **LEFT_OUT}


def untold(low: float, high: float) -> dict[str, Any]:
    """A month without a single figure."""
    return {"state": "untold", "value": None, "value_low": low, "value_high": high, **LEFT_OUT}


def signal(
    value: float, cause: str = "outside", direction: str = "high", reading: str = "concern"
) -> dict[str, Any]:
    """A month that is more than usual variation."""
    return {"value": value, "cause": cause, "direction": direction, "reading": reading}


def summary_row(**values: Any) -> pd.Series:
    """The line of a series in its usual state."""
    usual = {
        "area_code": "A",
        "area_name": "Ash",
        "kind": "xmr",
        "kind_reason": "usual",
        "points": 24,
        "left_out_count": 2,
        "last_month": pd.Timestamp("2026-03-01"),
        "last_value": 18.0,
        "last_value_high": 18.0,
        "certain_share": 1.0,
        "mean": 10.04,
        "lower": -1.0,
        "upper": 16.02,
        "variation": "concern",
        "variation_direction": "high",
        "last_cause": "outside",
        "assurance": "none",
        "target": float("nan"),
        "screened_count": 0,
        "rebased_months": "",
        "first_signal_month": pd.Timestamp("2026-03-01"),
        "earlier_from": pd.NaT,
        "earlier_to": pd.NaT,
        "earlier_reading": "",
        "earlier_direction": "",
    }
    return pd.Series(usual | values)
