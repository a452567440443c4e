"""Outcomes of proven offences, case by case and quarter by quarter, from five youth justice services.

They are about the young person and come months after the offence, so they are never added to the
offences that the police recorded.
"""

import numpy as np
import pandas

from sample_data.drawing import chosen, moments, months_from, stream
from sample_data.files import as_csv
from sample_data.forces import FIRST_MONTH
from sample_data.handed_in import SIMULATED, Extract, Handed, Made, received

FEED = "youth-justice"
SERVICES = {
    "derbyshire-youth-justice": 34,
    "leicestershire-youth-justice": 38,
    "lincolnshire-youth-justice": 26,
    "northamptonshire-youth-justice": 30,
    "nottinghamshire-youth-justice": 40,
}
"""A service's mean number of outcomes a quarter."""

OFFENCES = {
    "105/01 3": 0.34,  # common assault
    "008/06 4": 0.20,  # assault occasioning actual bodily harm
    "008/01 5": 0.05,  # malicious wounding
    "005/01 7": 0.02,  # wounding with intent
    "034/01 6": 0.12,  # robbery
    "008/26 3": 0.15,  # having an article with a blade or point
    "125/09 2": 0.12,  # intentional harassment, alarm or distress
}
"""Home Office classification, and the gravity the offence carries on the scale of 1 to 8."""

TIERS = {
    "Youth caution": 0.30,
    "Youth conditional caution": 0.20,
    "First tier": 0.28,
    "Community": 0.19,
    "Custody": 0.03,
}
SEXES = {"Male": 0.82, "Female": 0.18}
ETHNICITIES = {"White": 0.66, "Black": 0.12, "Asian": 0.09, "Mixed": 0.11, "Not known": 0.02}


def made(_: object = None) -> Made:
    """A file a service."""
    return Made(tuple(map(_extract, SERVICES)))


def _extract(supplier_id: str) -> Extract:
    rng = stream(supplier_id, FEED)
    days = received(supplier_id, FEED, months_from(FIRST_MONTH, step=3), length=3)
    quarters = {month: cases(month, SERVICES[supplier_id], rng) for month in days}
    rows = pandas.concat(quarters.values(), ignore_index=True)
    rows.insert(0, "Case ID", [f"SIM-Y{number:04d}" for number in range(1, len(rows) + 1)])
    handed = tuple(Handed(supplier_id, month, len(own), days[month]) for month, own in quarters.items())
    name = f"extracts/{supplier_id}-outcomes-{FIRST_MONTH}-to-2026-03-simulated.csv"
    return Extract(FEED, name, as_csv(rows), handed)


def cases(month: str, rate: float, rng: np.random.Generator) -> pandas.DataFrame:
    """The outcomes of the quarter that begins with a month, by day of the outcome."""
    count = int(rng.poisson(rate))
    decided = moments(month, count, rng, length=3).dt.normalize()
    waited = pandas.to_timedelta(rng.integers(30, 270, size=count), unit="D")
    offences = [offence.split() for offence in chosen(OFFENCES, count, rng)]
    return pandas.DataFrame(
        {
            "Simulated": SIMULATED,
            "Offence Date": (decided - waited).dt.strftime("%d/%m/%Y"),
            "Outcome Date": decided.dt.strftime("%d/%m/%Y"),
            "HO Code": [code for code, _ in offences],
            "Gravity Score": [gravity for _, gravity in offences],
            "Outcome": chosen(TIERS, count, rng),
            "Age": rng.choice(
                np.arange(10, 18), size=count, p=[0.01, 0.02, 0.05, 0.1, 0.16, 0.2, 0.22, 0.24]
            ),
            "Sex": chosen(SEXES, count, rng),
            "Ethnicity": chosen(ETHNICITIES, count, rng),
        }
    )
