"""How many offences of which kind fall in which neighbourhood and month, and where exactly.

The rates, the seasonality and every planted fault stand here as named figures; `truth.py`
writes the same figures down beside the counts that came of them.
"""

from pathlib import Path

import geopandas
import numpy as np
import pandas
import shapely

from sample_data.forces import FIRST_MONTH, LAST_MONTH, Force

FOLDER = Path(__file__).parent

NEIGHBOURHOOD_RISK_SIGMA = 0.45
CITY_RISK = 1.8
SEASON_AMPLITUDE = 0.15
SEASON_PEAK_MONTH = 7
EDGE_M = 8.0
"""Points keep this distance, in metres, from the edge of their neighbourhood wherever it is wide enough."""


def months() -> list[str]:
    """The months of the sample as YYYY-MM, oldest first."""
    return [str(month) for month in pandas.period_range(FIRST_MONTH, LAST_MONTH, freq="M")]


def offence_mix() -> pandas.DataFrame:
    """The offences drawn from, one row a kind, with the rate per force and month; see README.md."""
    text = {"ho_code": str, "ho_classification": str}
    return pandas.read_csv(FOLDER / "offence_mix.csv", dtype=text)


def streams(force: Force) -> dict[str, np.random.Generator]:
    """Independent random streams of one force's seed, so that a change to one leaves the others."""
    names = ("risk", "counts", "times", "points", "attributes", "faults", "restated", "historic")
    children = np.random.SeedSequence(force.seed).spawn(len(names))
    return {name: np.random.default_rng(child) for name, child in zip(names, children, strict=True)}


def of_force(neighbourhoods: geopandas.GeoDataFrame, force: Force) -> geopandas.GeoDataFrame:
    """The force's neighbourhoods, ordered by code."""
    own = neighbourhoods[neighbourhoods["force_code"] == force.code]
    if own.empty:
        raise SystemExit(f"neighbourhoods.parquet holds none of {force.name} ({force.code}).")
    return own.sort_values("area_code").reset_index(drop=True)


def spot_index(places: geopandas.GeoDataFrame, force: Force) -> int | None:
    """Row of the harm spot: the city's neighbourhood nearest to the point, or None."""
    if force.spot_near is None:
        return None
    inside = places[places["district_code"] == force.city_code]
    return int(inside.distance(shapely.Point(*force.spot_near)).idxmin())


def shares(places: geopandas.GeoDataFrame, force: Force, rng: np.random.Generator) -> np.ndarray:
    """Each neighbourhood's share of the force's offences: residents times risk, adding up to 1.

    The harm spot has the risk of its city and no more, so that what it stands out by is its ratio.
    """
    risk = rng.lognormal(mean=0.0, sigma=NEIGHBOURHOOD_RISK_SIGMA, size=len(places))
    spot = spot_index(places, force)
    if spot is not None:
        risk[spot] = 1.0
    risk = np.where(places["district_code"] == force.city_code, risk * CITY_RISK, risk)
    weight = risk * places["persons"].to_numpy()
    return np.asarray(weight / weight.sum())


def month_factors(mix: pandas.DataFrame, force: Force) -> np.ndarray:
    """Factor on the monthly rate per offence and month: season, half month and missing month."""
    labels = months()
    calendar = np.array([int(label[5:]) for label in labels])
    season = 1 + SEASON_AMPLITUDE * np.cos(2 * np.pi * (calendar - SEASON_PEAK_MONTH) / 12)
    factors = np.where(mix["is_violence"].to_numpy()[:, None] == 1, season[None, :], 1.0)
    for position, label in enumerate(labels):
        factors[:, position] *= _covered_share(label, force)
    return factors


def _covered_share(label: str, force: Force) -> float:
    if label == force.missing_month:
        return 0.0
    if label == force.half_month:
        return force.half_month_last_day / pandas.Period(label).days_in_month
    return 1.0


def expected_counts(places: geopandas.GeoDataFrame, force: Force, share: np.ndarray) -> np.ndarray:
    """Expected offences, shaped offence x month x neighbourhood, with the step and the spot in them."""
    mix = offence_mix()
    monthly = mix[f"{force.rates_of or force.slug}_monthly"].to_numpy() * force.rate_share
    rate = monthly[:, None] * month_factors(mix, force)
    expected = rate[:, :, None] * share[None, None, :]
    after = np.array([bool(force.step_from) and label >= force.step_from for label in months()])
    city = (places["district_code"] == force.city_code).to_numpy()
    expected[np.ix_(mix["has_injury"] == 1, after, city)] *= force.step_ratio
    spot = spot_index(places, force)
    if spot is not None:
        expected[mix["is_spot_offence"].to_numpy() == 1, :, spot] *= force.spot_ratio
    return expected


def draw_events(places: geopandas.GeoDataFrame, force: Force) -> pandas.DataFrame:
    """One row an offence: month (YYYY-MM), kind (row of the mix), place (row of places)."""
    random = streams(force)
    expected = expected_counts(places, force, shares(places, force, random["risk"]))
    counts = random["counts"].poisson(expected)
    kind, month, place = np.nonzero(counts)
    repeats = counts[kind, month, place]
    events = pandas.DataFrame({"month": month, "kind": kind, "place": place})
    events = events.loc[events.index.repeat(repeats)].sort_values(["month", "kind", "place"])
    events["month"] = np.array(months())[events["month"]]
    return events.reset_index(drop=True)


def draw_points(places: geopandas.GeoDataFrame, place: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Easting and northing in whole metres, one row an event, each well inside its neighbourhood."""
    points = np.empty((len(place), 2), dtype=np.int64)
    for row in np.unique(place):
        where = np.flatnonzero(place == row)
        points[where] = _points_inside(places.geometry.iloc[row], len(where), rng)
    return points


def _points_inside(outline: shapely.Geometry, count: int, rng: np.random.Generator) -> np.ndarray:
    """Points drawn over the bounds until enough lie inside the outline less its edge."""
    inner = shapely.buffer(outline, -EDGE_M)
    target = outline if shapely.is_empty(inner) else inner
    west, south, east, north = shapely.bounds(target)
    found = np.empty((0, 2), dtype=np.int64)
    while len(found) < count:
        tried = rng.uniform((west, south), (east, north), size=(4 * count + 16, 2)).round().astype(np.int64)
        found = np.vstack([found, tried[shapely.contains_xy(target, tried[:, 0], tried[:, 1])]])
    return found[:count]
