"""Times and descriptive columns of the simulated offences, in VRIN's own codes."""

import tomllib

import numpy as np
import pandas

from sample_data.forces import Force
from sample_data.simulate import FOLDER

AGE_MISSING_SHARE = 0.08
SUSPECT_AGE_MISSING_SHARE = 0.65
FLAG_MISSING_SHARE = 0.10
RECORDED_LATE = {"rape": 0.35, "sexual_assault": 0.15}
"""Share recorded weeks to a year after the event; every other kind is recorded within days."""

HOUR_WEIGHTS = {
    "evening": [4, 3, 3, 2, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 6],
    "day": [1, 1, 1, 0, 0, 0, 1, 2, 4, 5, 6, 6, 7, 6, 6, 7, 7, 6, 5, 4, 3, 3, 2, 1],
    "window": [4, 3, 3, 3, 2, 1, 1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5, 6, 6, 6, 6, 6, 5],
}


def add_times(events: pandas.DataFrame, force: Force, rng: np.random.Generator) -> pandas.DataFrame:
    """The events with recorded_date, occurred_from and occurred_to (NaT where nothing lasted).

    The month of `recorded_date` is the month drawn; an event never happens after it was recorded.
    """
    start = pandas.to_datetime(events["month"])
    is_half = events["month"] == force.half_month
    last_day = np.where(is_half, force.half_month_last_day, start.dt.days_in_month)
    recorded = start + pandas.to_timedelta(rng.integers(0, last_day), unit="D")
    lag = _lag_days(events, rng)
    minute = _minutes(events, rng)
    occurred = recorded - pandas.to_timedelta(lag, unit="D") + pandas.to_timedelta(minute, unit="m")
    hours = rng.integers(1, 13, size=len(events))
    lasted = (events["time_profile"] == "window").to_numpy() & (lag > 0)
    ended = (occurred + pandas.to_timedelta(hours, unit="h")).where(lasted)
    return events.assign(recorded_date=recorded, occurred_from=occurred, occurred_to=ended)


def move_far_back(events: pandas.DataFrame, force: Force, rng: np.random.Generator) -> pandas.DataFrame:
    """The events with some sexual offences of the year 2024-25 as old cases, one in three of them lasting.

    They ended between one year and thirty before they were recorded.
    """
    moved = events.copy()
    kinds = events["offence_group"].isin(RECORDED_LATE) & events["month"].between("2024-04", "2025-03")
    rows = np.sort(rng.choice(events.index[kinds].to_numpy(), size=force.historic_rows, replace=False))
    back = pandas.to_timedelta(rng.integers(400, 30 * 365, size=len(rows)), unit="D")
    lasted = pandas.to_timedelta(rng.integers(30, 900, size=len(rows)), unit="D")
    is_long = rng.random(len(rows)) < 1 / 3
    ended = events.loc[rows, "occurred_from"] - back
    moved.loc[rows, "occurred_to"] = ended.where(is_long)
    moved.loc[rows, "occurred_from"] = ended.where(~is_long, ended - lasted)
    return moved


def _lag_days(events: pandas.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Days from the event to its recording: none or few, weeks to a year for some sexual offences."""
    usual = rng.choice(8, size=len(events), p=[0.46, 0.27, 0.11, 0.06, 0.04, 0.03, 0.02, 0.01])
    late = rng.random(len(events)) < events["offence_group"].map(RECORDED_LATE).fillna(0.0)
    return np.asarray(np.where(late, rng.integers(14, 366, size=len(events)), usual))


def _minutes(events: pandas.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Minute of the day by kind of offence, on the five minutes as people remember them."""
    minutes = rng.integers(0, 12, size=len(events)) * 5
    for kind, weights in HOUR_WEIGHTS.items():
        rows = np.flatnonzero(events["time_profile"] == kind)
        share = np.array(weights) / sum(weights)
        minutes[rows] += 60 * rng.choice(24, size=len(rows), p=share)
    return np.asarray(minutes)


def add_attributes(events: pandas.DataFrame, rng: np.random.Generator) -> pandas.DataFrame:
    """The events with weapon, place type, flags, ages, sex and reporter in VRIN's own codes."""
    profiles = tomllib.loads((FOLDER / "profiles.toml").read_text(encoding="utf-8"))
    count = len(events)
    described = events.assign(
        weapon=_by_profile(events["weapon_profile"], profiles["weapon"], rng),
        location_type=_by_profile(events["location_profile"], profiles["location_type"], rng),
        reported_by=_by_profile(events["reporter_profile"], profiles["reported_by"], rng),
        domestic=_flag(events["domestic_share"], rng),
        hate=_flag(events["hate_share"], rng),
        status="live",
    )
    person = events["victim"].isin(["person", "adult"]).to_numpy()
    sex = np.where(rng.random(count) < events["female_share"], "female", "male")
    described["victim_sex"] = np.where(person, sex, "not_recorded")
    least = np.where(events["victim"] == "adult", 18, 5)
    known = person & (rng.random(count) >= AGE_MISSING_SHARE)
    described["victim_age"] = pandas.array(_ages(least, rng), dtype="Int64")
    described.loc[~known, "victim_age"] = pandas.NA
    described["suspect_age"] = pandas.array(_ages(np.full(count, 10), rng), dtype="Int64")
    described.loc[rng.random(count) < SUSPECT_AGE_MISSING_SHARE, "suspect_age"] = pandas.NA
    return described


def _by_profile(
    profile: pandas.Series, tables: dict[str, dict[str, float]], rng: np.random.Generator
) -> np.ndarray:
    values = np.empty(len(profile), dtype=object)
    for name in sorted(tables):
        rows = np.flatnonzero(profile == name)
        values[rows] = rng.choice(list(tables[name]), size=len(rows), p=list(tables[name].values()))
    return values


def _flag(share_yes: pandas.Series, rng: np.random.Generator) -> np.ndarray:
    said = np.where(rng.random(len(share_yes)) < share_yes, "yes", "no")
    return np.where(rng.random(len(share_yes)) < FLAG_MISSING_SHARE, "not_recorded", said)


def _ages(least: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Ages in whole years, most in the twenties and thirties, none above 94."""
    return np.asarray(np.clip(least + rng.gamma(2.2, 9.0, size=len(least)).astype(np.int64), least, 94))
