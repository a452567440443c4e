"""Calls to an ambulance service for assaults: several calls can be about one incident."""

import geopandas
import numpy as np
import pandas

from sample_data.drawing import chosen, moments, months_from, season, stream
from sample_data.files import as_csv, gzipped
from sample_data.handed_in import SIMULATED, Extract, Handed, Made, received
from sample_data.simulate import draw_points

FEED = "ambulance"
SUPPLIER = "east-midlands-ambulance"
FIRST_MONTH = "2024-04"
MONTHLY = 130
CALLS = {"1": 0.70, "2": 0.21, "3": 0.07, "4": 0.02}
MECHANISMS = {
    "Assault - bodily force": 0.66,
    "Stabbing": 0.12,
    "Blunt weapon": 0.10,
    "Gunshot": 0.01,
    "Other": 0.11,
}
PLACES = {"Street": 0.44, "Home": 0.30, "Licensed premises": 0.14, "Public transport": 0.03, "Other": 0.09}
SEXES = {"Male": 0.64, "Female": 0.33, "Not known": 0.03}
AGE_MISSING_SHARE = 0.07
PLACE_MISSING_SHARE = 0.02


def made(neighbourhoods: geopandas.GeoDataFrame) -> Made:
    """One file of the whole run of months."""
    rng = stream(SUPPLIER, FEED)
    days = received(SUPPLIER, FEED, months_from(FIRST_MONTH))
    months = {month: calls(neighbourhoods, month, rng) for month in days}
    handed = [
        Handed(SUPPLIER, month, len(rows), days[month], {"incidents": int(rows["Incident Number"].nunique())})
        for month, rows in months.items()
    ]
    content = gzipped(as_csv(pandas.concat(months.values(), ignore_index=True)))
    name = f"extracts/{SUPPLIER}-calls-{FIRST_MONTH}-to-{handed[-1].month}-simulated.csv.gz"
    return Made((Extract(FEED, name, content, tuple(handed)),))


def calls(neighbourhoods: geopandas.GeoDataFrame, month: str, rng: np.random.Generator) -> pandas.DataFrame:
    """A month's calls, those of one incident together."""
    incidents = _incidents(neighbourhoods, month, rng)
    again = chosen(CALLS, len(incidents), rng).astype(int)
    rows = incidents.loc[incidents.index.repeat(again)]
    call = rows.groupby(level=0).cumcount()
    # Calls of one incident follow one another within minutes and never into the next month.
    minutes = np.where(call > 0, call * rng.integers(1, 6, size=len(rows)), 0)
    latest = pandas.Timestamp(month) + pandas.offsets.MonthBegin(1) - pandas.Timedelta(minutes=1)
    at = (rows["at"] + pandas.to_timedelta(minutes, unit="min")).clip(upper=latest)
    rows = rows.assign(call=call + 1, at=at.dt.strftime("%d/%m/%Y %H:%M"))
    return rows.rename(columns={"at": "Call Date Time", "call": "Call Sequence"}).reset_index(drop=True)


def _incidents(
    neighbourhoods: geopandas.GeoDataFrame, month: str, rng: np.random.Generator
) -> pandas.DataFrame:
    count = int(rng.poisson(MONTHLY * season(month)))
    residents = neighbourhoods["persons"].to_numpy()
    place = rng.choice(len(neighbourhoods), size=count, p=residents / residents.sum())
    points = draw_points(neighbourhoods, place, rng)
    known = rng.random(count) >= PLACE_MISSING_SHARE
    ages = 10 + rng.gamma(2.2, 9.0, size=count).astype(int)
    aged = rng.random(count) >= AGE_MISSING_SHARE
    return pandas.DataFrame(
        {
            # No ten digits in a row: they can look like a patient's number.
            "Incident Number": [
                f"SIM-A{month[2:4]}{month[5:7]}-{number:04d}" for number in range(1, count + 1)
            ],
            "Simulated": SIMULATED,
            "at": moments(month, count, rng),
            "Mechanism": chosen(MECHANISMS, count, rng),
            "Location Type": chosen(PLACES, count, rng),
            "Easting": [str(east) if kept else "" for east, kept in zip(points[:, 0], known, strict=True)],
            "Northing": [str(north) if kept else "" for north, kept in zip(points[:, 1], known, strict=True)],
            "Patient Age": [str(min(age, 94)) if kept else "" for age, kept in zip(ages, aged, strict=True)],
            "Patient Sex": chosen(SEXES, count, rng),
        }
    )
