"""Deliberate fires and attacks on crews, as five fire and rescue services record them."""

import geopandas
import numpy as np
import pandas

from sample_data.drawing import chosen, moments, months_from, season, stream
from sample_data.files import as_csv, gzipped
from sample_data.forces import FIRST_MONTH, LAST_MONTH
from sample_data.handed_in import SIMULATED, Extract, Handed, Made, received
from sample_data.simulate import draw_points

FEED = "fire"
SERVICES = {
    "derbyshire-fire": ("Derbyshire FRS", "E23000018", 21),
    "leicestershire-fire": ("Leicestershire FRS", "E23000021", 24),
    "lincolnshire-fire": ("Lincolnshire FRS", "E23000020", 16),
    "northamptonshire-fire": ("Northamptonshire FRS", "E23000022", 18),
    "nottinghamshire-fire": ("Nottinghamshire FRS", "E23000019", 26),
}
"""A service's name in the file, its area (its force's), and its mean number of incidents a month."""

KINDS = {
    "Deliberate primary fire": 0.30,
    "Deliberate secondary fire": 0.62,
    "Attack on crew": 0.08,
}
PLACES = {"Street": 0.38, "Dwelling": 0.20, "Park": 0.24, "School": 0.03, "Shop": 0.05, "Other": 0.10}


def made(neighbourhoods: geopandas.GeoDataFrame) -> Made:
    """One file of all services, as their shared system exports it: each row names its service."""
    tables: list[pandas.DataFrame] = []
    handed: list[Handed] = []
    for supplier_id in SERVICES:
        days = received(supplier_id, FEED, months_from(FIRST_MONTH))
        months = _months(neighbourhoods, supplier_id)
        tables += months.values()
        handed += (Handed(supplier_id, month, len(rows), days[month]) for month, rows in months.items())
    rows = pandas.concat(tables, ignore_index=True)
    rows.insert(0, "Incident Number", [f"SIM-F{number:05d}" for number in range(1, len(rows) + 1)])
    name = f"extracts/five-services-fire-incidents-{FIRST_MONTH}-to-{LAST_MONTH}-simulated.csv.gz"
    return Made((Extract(FEED, name, gzipped(as_csv(rows)), tuple(handed)),))


def _months(neighbourhoods: geopandas.GeoDataFrame, supplier_id: str) -> dict[str, pandas.DataFrame]:
    """A service's incidents by month."""
    spelling, area, monthly = SERVICES[supplier_id]
    own = neighbourhoods[neighbourhoods["force_code"] == area].reset_index(drop=True)
    rng = stream(supplier_id, FEED)
    months = {m: incidents(own, m, monthly * season(m), rng) for m in months_from(FIRST_MONTH)}
    return {month: rows.assign(**{"FRS Name": spelling}) for month, rows in months.items()}


def incidents(
    places: geopandas.GeoDataFrame, month: str, rate: float, rng: np.random.Generator
) -> pandas.DataFrame:
    """A month's incidents, by the time of the call."""
    count = int(rng.poisson(rate))
    residents = places["persons"].to_numpy()
    points = draw_points(places, rng.choice(len(places), size=count, p=residents / residents.sum()), rng)
    return pandas.DataFrame(
        {
            "Simulated": SIMULATED,
            "Time of Call": moments(month, count, rng).dt.strftime("%d/%m/%Y %H:%M"),
            "Incident Type": chosen(KINDS, count, rng),
            "Location Type": chosen(PLACES, count, rng),
            "Easting": points[:, 0],
            "Northing": points[:, 1],
        }
    )
