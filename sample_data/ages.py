"""Residents by age and sex to go with the sample: published totals of the districts, split by a made-up shape.

The totals are facts (ONS mid-2023); how they divide by age and sex is simulated, and the file says so.
"""

from pathlib import Path

import numpy as np
import pandas

from sample_data.forces import FORCES

POPULATIONS = Path(__file__).resolve().parents[1] / "vrin_data" / "reference" / "areas" / "population.csv"
YEAR = 2023
FILE = f"residents_by_age_mid-{YEAR}.csv"
BANDS = (*(f"{low}-{low + 4}" for low in range(0, 90, 5)), "90+")
SHAPE = (5.4, 5.9, 6.0, 5.6, 6.1, 6.6, 7.0, 6.7, 6.3, 6.4, 6.9, 6.7, 5.8, 4.9, 5.0, 3.6, 2.5, 1.5, 0.9)
"""Residents of each band of a hundred, made up after the look of England."""
CITY = {"15-19": 1.2, "20-24": 1.9, "25-29": 1.4, "30-34": 1.1}
OLD_IN_CITIES = 0.75
FEMALE = (*(0.487,) * 4, *(0.505,) * 10, 0.52, 0.53, 0.55, 0.59, 0.66)


def residents_by_age() -> pandas.DataFrame:
    """A row a district: LAD24CD, women and men of each band, and that they are simulated; they add up to the total."""
    people = pandas.read_csv(POPULATIONS)
    people = people[
        (people["year"] == YEAR) & people["area_code"].str.startswith(("E06", "E07", "E08", "E09"))
    ]
    cities = {force.city_code for force in FORCES}
    rows = [
        _split(code, count, code in cities)
        for code, count in zip(people["area_code"], people["person_count"], strict=True)
    ]
    return (
        pandas.DataFrame(rows)
        .sort_values("LAD24CD", ignore_index=True)
        .assign(**{"Data status": "SIMULATED"})
    )


def _split(code: str, total: int, is_city: bool) -> dict[str, object]:
    tilt = [
        CITY.get(band, OLD_IN_CITIES if at >= 13 else 1.0) if is_city else 1.0
        for at, band in enumerate(BANDS)
    ]
    women = np.array(FEMALE)
    share = np.array(SHAPE) * tilt
    cells = np.concatenate([share * women, share * (1 - women)])
    names = [f"{sex} {band}" for sex in ("Female", "Male") for band in BANDS]
    return {"LAD24CD": code, **dict(zip(names, _whole(cells / cells.sum() * total, total), strict=True))}


def _whole(values: np.ndarray, total: int) -> list[int]:
    """Whole numbers next to the values that add up to the total."""
    found = np.floor(values).astype(int)
    left = total - int(found.sum())
    found[np.argsort(found - values, kind="stable")[:left]] += 1
    return [*map(int, found)]
