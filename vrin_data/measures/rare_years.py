"""Series of what is rare, by twelve months: counts with their exact limits of chance."""

import numpy as np
import pandas as pd

from vrin_data.measures.monthly import MISSING, PARTIAL, UNTOLD, WHOLE
from vrin_data.methods.control_chart import Floats, Steps
from vrin_data.methods.intervals import poisson_interval
from vrin_data.methods.rare_events import years_of

MONTHS = 12
PER_RATE = 1000


def rare_years(rows: pd.DataFrame, figure: str, numbers: Steps, width: int) -> pd.DataFrame:
    """A row for every twelve months of a series, back from its last month that came, oldest first.

    The columns of `Monthly`, `month` being the first of the twelve, and lower and upper, the exact 95% limits of
    the count. `state` is whole where all of the twelve came whole, and the value is of those months that did.
    Limits of harm are NULL: they need the weights of its incidents (`rare_harm`).
    """
    came = numbers[(rows["state"] != MISSING).to_numpy()]
    last = int(came[-1]) + width - 1 if len(came) else 0
    # A year of a feed that counts by quarter ends with its last quarter.
    year = years_of(numbers, last)
    kept = rows[year >= 0].assign(year=year[year >= 0])
    found = [_year(part, width) for _, part in kept.groupby("year", sort=False)]
    frame = pd.DataFrame(found, columns=rows.columns).reset_index(drop=True)
    if len(frame):
        frame["month"] = pd.to_datetime(frame["month"]).astype(rows["month"].dtype)
    for name in ("value", "value_low", "value_high"):
        frame[name] = frame[name].astype("Float64")
    low, high = _limits(frame, figure)
    return frame.assign(lower=low, upper=high)


def _year(part: pd.DataFrame, width: int) -> dict[str, object]:
    whole = part[part["state"] == WHOLE]
    state = _state(part["state"], is_whole=len(whole) * width == MONTHS, is_full=len(part) * width == MONTHS)
    sums = {name: whole[name].sum() if len(whole) else pd.NA for name in ("value", "value_low", "value_high")}
    return part.iloc[0].drop("year").to_dict() | sums | {"state": state}


def _state(states: pd.Series, *, is_whole: bool, is_full: bool) -> str:
    if is_whole:
        return WHOLE
    if (states == MISSING).all():
        return MISSING
    return UNTOLD if is_full and states.isin([WHOLE, UNTOLD]).all() else PARTIAL


def _limits(frame: pd.DataFrame, figure: str) -> tuple[Floats, Floats]:
    value = frame["value"].astype("float64").to_numpy()
    if figure.startswith("harm"):
        return np.full(len(value), np.nan), np.full(len(value), np.nan)
    per = frame["population"].astype("float64").to_numpy() / PER_RATE if figure.endswith("rate") else 1.0
    count = np.rint(np.where(np.isnan(value * per), 0.0, value * per))
    limits = poisson_interval(np.maximum(count, 0))
    unknown = np.isnan(value * per)
    return np.where(unknown, np.nan, limits.low / per), np.where(unknown, np.nan, limits.high / per)
