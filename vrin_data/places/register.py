"""The areas VRIN brings with it: the register of England and Wales and the sample's neighbourhoods."""

from functools import lru_cache
from pathlib import Path

import geopandas as gpd
import pandas as pd

from vrin_data.places.area_set import AreaSet

FOLDER = Path(__file__).resolve().parents[1] / "reference" / "areas"
SAMPLE = "sample"
SAMPLE_SOURCE = "Derived from postcode points; approximate"
UPPER_LEVELS = ("msoa", "district", "csp", "force")


@lru_cache(maxsize=1)
def sample_area_set() -> AreaSet:
    """The register with the sample's neighbourhoods and outlines dissolved from them.

    All outlines are approximate until official boundaries are imported.
    """
    shapes = gpd.read_parquet(FOLDER / "neighbourhoods.parquet")
    register = _read("register.csv")
    register["is_approximate"] = False
    return AreaSet(
        areas=_in_order(pd.concat([register, _small_areas(shapes)], ignore_index=True), AREA_COLUMNS),
        links=_in_order(
            pd.concat([_read("links.csv"), _small_links(shapes)], ignore_index=True), LINK_COLUMNS
        ),
        populations=pd.concat([_read("population.csv"), _small_populations(shapes)], ignore_index=True),
        boundaries=_boundaries(shapes),
    )


AREA_COLUMNS = (
    "area_code",
    "area_name",
    "level",
    "vintage",
    "is_approximate",
    "valid_from",
    "valid_to",
    "source",
)
LINK_COLUMNS = ("child_code", "parent_code", "parent_level", "relation", "valid_from", "valid_to", "source")


def _read(name: str) -> pd.DataFrame:
    frame = pd.read_csv(FOLDER / name, dtype={"vintage": "str"})
    for column in ("valid_from", "valid_to"):
        if column in frame:
            frame[column] = pd.to_datetime(frame[column])
    return frame


def _in_order(frame: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    return frame[list(columns)].reset_index(drop=True)


def _small_areas(shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    own = shapes[["area_code", "area_name"]].assign(level="lsoa")
    groups = shapes[["msoa_code", "msoa_name"]].drop_duplicates()
    groups = groups.set_axis(["area_code", "area_name"], axis=1).assign(level="msoa")
    frame = pd.concat([pd.DataFrame(own), groups], ignore_index=True)
    return frame.assign(
        vintage=SAMPLE, is_approximate=True, valid_from=pd.NaT, valid_to=pd.NaT, source=SAMPLE_SOURCE
    )


def _small_links(shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    parts = []
    for child, levels in (("area_code", UPPER_LEVELS), ("msoa_code", UPPER_LEVELS[1:])):
        for level in levels:
            pairs = pd.DataFrame(shapes[[child, f"{level}_code"]]).drop_duplicates()
            parts.append(pairs.set_axis(["child_code", "parent_code"], axis=1).assign(parent_level=level))
    frame = pd.concat(parts, ignore_index=True)
    alone = frame.groupby(["child_code", "parent_level"])["parent_code"].transform("nunique") == 1
    relation = alone.map({True: "within", False: "part"})
    return frame.assign(relation=relation, valid_from=pd.NaT, valid_to=pd.NaT, source=SAMPLE_SOURCE)


def _small_populations(shapes: gpd.GeoDataFrame) -> pd.DataFrame:
    own = pd.DataFrame({"area_code": shapes["area_code"], "person_count": shapes["persons"]})
    groups = (
        shapes.groupby("msoa_code")["persons"].sum().rename_axis("area_code").reset_index(name="person_count")
    )
    frame = pd.concat([own, groups], ignore_index=True)
    return frame.assign(year=2022, basis="share of mid-2022", source=SAMPLE_SOURCE)


def _boundaries(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    own = shapes[["area_code", "geometry"]].assign(vintage=SAMPLE)
    return own[["area_code", "vintage", "geometry"]].reset_index(drop=True)
