"""Context to go with the sample: made-up deprivation and school meals that go with risk, and made-up assets.

Run from the project's folder: `python -m sample_data.context`. Every figure and name is simulated.
"""

import sys
from pathlib import Path

import geopandas
import numpy as np
import pandas

from sample_data import ages
from sample_data.files import as_csv
from sample_data.forces import FORCES, Force
from sample_data.generate import NEIGHBOURHOODS
from sample_data.simulate import FOLDER, of_force, shares, streams

SEED = 20260324
MIDDLE_SCORE = 20.0
RISK_SLOPE, NOISE = 0.55, 0.25
TENTHS = 10
KINDS = {
    "Youth club": ("youth club", 8),
    "School": ("school", 7),
    "Community centre": ("community centre", 4),
    "A&E navigator": ("navigator desk", 3),
    "Sports project": ("sports project", 3),
    "Refuge": ("refuge", 1),
}


def figures(places: geopandas.GeoDataFrame, risk: np.ndarray, rng: np.random.Generator) -> pandas.DataFrame:
    """A score, its tenth within the sample (1 the most deprived), and pupils with free meals, by neighbourhood."""
    score = MIDDLE_SCORE * np.exp(RISK_SLOPE * np.log(risk) + rng.normal(0.0, NOISE, len(places)))
    rank = pandas.Series(-score).rank(method="first")
    meals = np.clip(8 + 0.75 * score + rng.normal(0.0, 4.0, len(places)), 1.0, 95.0)
    return pandas.DataFrame(
        {
            "Area code": places["area_code"].to_numpy(),
            "Area name": places["area_name"].to_numpy(),
            "Simulated deprivation score": score.round(2),
            "Simulated deprivation decile": np.ceil(rank * TENTHS / len(places)).astype(int),
            "Simulated free school meals, %": meals.round(1),
            "Data status": "SIMULATED",
        }
    )


def assets(places: geopandas.GeoDataFrame, rng: np.random.Generator) -> pandas.DataFrame:
    """Made-up assets in large neighbourhoods of the cities; of a refuge the district alone."""
    cities = {force.city_code for force in FORCES}
    inside = places[places["district_code"].isin(cities) & (places.area > places.area.quantile(0.25))]
    rows = []
    for kind, (what, count) in KINDS.items():
        for _, place in inside.iloc[rng.choice(len(inside), count, replace=False)].iterrows():
            name = f"Simulated {what} {len(rows) + 1:02d}"
            point = place.geometry.representative_point()
            is_hidden = kind == "Refuge"
            rows.append(
                {
                    "Name": name,
                    "Type": kind,
                    "Contact": f"https://example.org/simulated-{len(rows) + 1:02d}",
                    "Easting": "" if is_hidden else f"{point.x:.0f}",
                    "Northing": "" if is_hidden else f"{point.y:.0f}",
                    "Area code": place["district_code"] if is_hidden else "",
                    "Data status": "SIMULATED",
                }
            )
    return pandas.DataFrame(rows)


def made(neighbourhoods: geopandas.GeoDataFrame) -> dict[str, bytes]:
    """The files of context by name."""
    rng = np.random.default_rng(SEED)
    own = [of_force(neighbourhoods, force) for force in FORCES]
    risks = [_risk(places, force) for places, force in zip(own, FORCES, strict=True)]
    places = geopandas.GeoDataFrame(pandas.concat(own, ignore_index=True), crs=neighbourhoods.crs)
    return {
        "context/figures.csv": as_csv(figures(places, np.concatenate(risks), rng)),
        "context/assets.csv": as_csv(assets(places, rng)),
        f"context/{ages.FILE}": as_csv(ages.residents_by_age()),
    }


def _risk(places: geopandas.GeoDataFrame, force: Force) -> np.ndarray:
    """The risk that each neighbourhood was given, in the mean of its force 1."""
    share = shares(places, force, streams(force)["risk"])
    risk = share / places["persons"].to_numpy()
    return np.asarray(risk / risk.mean())


def main() -> None:
    """Writes the context into its own folder or the one given."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    (folder / "context").mkdir(parents=True, exist_ok=True)
    for name, content in made(geopandas.read_parquet(NEIGHBOURHOODS)).items():
        (folder / name).write_bytes(content)
    print(f"written into {folder / 'context'}")


if __name__ == "__main__":
    main()
