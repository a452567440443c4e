"""Hospital admissions for assault, as counts by month, cause, age band and sex; small ones are starred."""

import numpy as np
import pandas

from sample_data.drawing import months_from, season, stream
from sample_data.files import as_csv
from sample_data.forces import FIRST_MONTH, LAST_MONTH
from sample_data.handed_in import SIMULATED, Extract, Handed, Made, received

FEED = "hospital-admissions"
SUPPLIER = "leicestershire-icb"
CAUSES = {"X99.4": 6, "X99.9": 9, "Y00.9": 5, "Y04.0": 6, "Y04.9": 24, "Y05.9": 1, "Y08.9": 3, "Y09.9": 4}
"""Mean admissions a month by ICD-10 code."""

BANDS = {"10-17": 0.12, "18-24": 0.28, "25-44": 0.44, "45-64": 0.16}
SEXES = {"1": 0.8, "2": 0.2}
STARRED_TO = 7
ROUNDED_TO = 5


def made(_: object = None) -> Made:
    """One file of the whole run of months, handed in quarter by quarter."""
    rng = stream(SUPPLIER, FEED)
    quarters = received(SUPPLIER, FEED, months_from(FIRST_MONTH, step=3), length=3)
    days = {
        month: day
        for first, day in quarters.items()
        for month in months_from(first, str(pandas.Period(first, "M") + 2))
    }
    months = {month: counts(month, rng) for month in days}
    handed = tuple(
        Handed(SUPPLIER, month, len(own), days[month], _told(own)) for month, own in months.items()
    )
    name = f"extracts/{SUPPLIER}-admissions-{FIRST_MONTH}-to-{LAST_MONTH}-simulated.csv"
    content = as_csv(pandas.concat(months.values(), ignore_index=True))
    return Made((Extract(FEED, name, content, handed),))


def counts(month: str, rng: np.random.Generator) -> pandas.DataFrame:
    """A month's counts other than 0: 1 to 7 as a star, the others to the nearest 5."""
    cells = [
        (cause, band, sex, int(rng.poisson(rate * season(month) * band_share * sex_share)))
        for cause, rate in CAUSES.items()
        for band, band_share in BANDS.items()
        for sex, sex_share in SEXES.items()
    ]
    rows = [(SIMULATED, month, cause, band, sex, _shown(count)) for cause, band, sex, count in cells if count]
    columns = ["Simulated", "Admission Month", "External Cause", "Age Band", "Sex", "Admissions"]
    return pandas.DataFrame(rows, columns=columns)


def _shown(count: int) -> str:
    return "*" if count <= STARRED_TO else str(ROUNDED_TO * round(count / ROUNDED_TO))


def _told(rows: pandas.DataFrame) -> dict[str, int]:
    """What the counts say: how many are starred, and the sum of the others."""
    starred = rows["Admissions"] == "*"
    return {"starred": int(starred.sum()), "counted": int(rows.loc[~starred, "Admissions"].astype(int).sum())}
