"""The official East Midlands: everything is taken in, nests as published, and places points as published."""

import zipfile
from datetime import datetime
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from vrin_data.intake import import_areas, ingest
from vrin_data.measures import Selection, harm
from vrin_data.places import AreaSet, import_files, level_closure, place_points, sample_area_set, to_grid
from vrin_data.store import Store

pytestmark = pytest.mark.real
EAST_MIDLANDS = "E12000004"
NOW = datetime(2026, 11, 24)


@pytest.fixture(scope="module")
def imported(real_data: Path) -> AreaSet:
    return import_files([real_data / "geography"], onto=sample_area_set())


@pytest.fixture(scope="module")
def wide(imported: AreaSet) -> pd.DataFrame:
    return level_closure(imported).pivot(index="area_code", columns="level", values="ancestor_code")


def published(real_data: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(real_data / "geography" / name, dtype=str, keep_default_na=False)


def test_every_file_is_used_and_nothing_is_amiss(real_data: Path, imported: AreaSet) -> None:
    unused = [found.file for found in imported.findings if found.message.startswith("not used")]
    assert unused == []
    assert {found.level for found in imported.findings} == {"note"}
    read = {found.file for found in imported.findings if found.message.startswith("read as")}
    assert read == {path.name for path in (real_data / "geography").iterdir()} - set(unused)


def test_counts_of_areas_and_boundaries(imported: AreaSet, wide: pd.DataFrame) -> None:
    counts = imported.areas.groupby(["level", "vintage"]).size()
    assert counts["lsoa"].to_dict() == {"2011": 87, "2021": 2_847}
    inside = wide[wide["region"] == EAST_MIDLANDS]
    own = {level: int((inside[level] == inside.index).sum()) for level in wide.columns}
    assert own == {
        "csp": 37,
        "district": 35,
        "force": 5,
        "lsoa": 2_847,
        "msoa": 575,
        "region": 1,
        "ward": 758,
    }
    assert counts["ward"].to_dict() == {"2024": 60, "2025": 758}
    assert imported.boundaries.groupby("vintage").size().to_dict() == {
        "2011": 2_774,
        "2021": 3_422,
        "2024": 77,
    }


def test_2021_areas_nest_as_the_lookup_says(real_data: Path, wide: pd.DataFrame) -> None:
    lookup = published(real_data, "lsoa21_lookup.csv").set_index("LSOA21CD")
    for level, column in (
        ("msoa", "MSOA21CD"),
        ("district", "LAD24CD"),
        ("csp", "CSP24CD"),
        ("force", "PFA24CD"),
    ):
        assert wide.loc[lookup.index, level].tolist() == lookup[column].tolist()


def test_2011_areas_nest_by_their_successors(real_data: Path, wide: pd.DataFrame) -> None:
    lookup = published(real_data, "lsoa11_lookup.csv").set_index("LSOA11CD")
    assert wide.loc[lookup.index, "district"].tolist() == lookup["LADCD_active"].tolist()
    assert wide.loc[lookup.index, ["csp", "force"]].notna().all(axis=None)
    # The one whose successors lie in two MSOAs: E02007072 and E02007073.
    assert set(lookup.index[wide.loc[lookup.index, "msoa"].isna()]) == {"E01032977"}
    changes = published(real_data, "lsoa11_lsoa21_lookup.csv")
    for word, has_successor in (("U", True), ("M", True), ("S", False)):
        codes = changes.loc[changes["change_code"] == word, "lsoa11_code"].unique()
        assert (wide.loc[codes, "lsoa"].notna() == has_successor).all()
    merged = changes[changes["change_code"] == "M"].set_index("lsoa11_code")["lsoa21_code"]
    assert wide.loc[merged.index, "lsoa"].tolist() == merged.tolist()


def test_residents_add_up_to_the_published_region(imported: AreaSet, wide: pd.DataFrame) -> None:
    persons = imported.populations.query("year == 2022").set_index("area_code")["person_count"]
    inside = wide[wide["region"] == EAST_MIDLANDS]
    for level in ("lsoa", "msoa", "district", "csp", "force"):
        assert int(persons[inside.index[inside[level] == inside.index]].sum()) == 4_934_939


def test_police_points_fall_where_police_uk_says(real_data: Path, imported: AreaSet) -> None:
    """data.police.uk publishes each point's LSOA of 2011; split areas are compared by their successors."""
    archive = zipfile.ZipFile(next((real_data / "police_uk").glob("*.zip")))
    columns = ["Longitude", "Latitude", "LSOA code"]
    with archive, archive.open("2018-12/2018-12-derbyshire-street.csv") as file:
        rows = pd.read_csv(file, usecols=columns).dropna().drop_duplicates()
    # Points of the edge belong to neighbours outside the region, which has no boundaries here.
    known = imported.areas.query("level == 'lsoa'")["area_code"]
    rows = rows[rows["LSOA code"].isin(set(known))]
    finest = imported.boundaries[imported.boundaries["area_code"].str.startswith("E01")].query(
        "vintage == '2021'"
    )
    east, north = to_grid(rows["Longitude"].to_numpy(), rows["Latitude"].to_numpy())
    placed = pd.Series(place_points(finest, east, north), index=rows.index)
    newer = imported.links[imported.links["relation"].isin(["same", "split"])]
    allowed = set(newer[["child_code", "parent_code"]].itertuples(index=False, name=None))
    pairs = zip(rows["LSOA code"], placed, strict=True)
    agrees = np.array([old == new or (old, new) in allowed for old, new in pairs])
    assert len(rows) > 3_500
    assert 0.95 < agrees.mean() < 0.99
    assert placed.isna().mean() < 0.01


def test_points_agree_with_the_published_codes_on_boundaries_of_2011(
    real_data: Path, imported: AreaSet
) -> None:
    """Every row of the archive on the boundaries that its own codes are of: 96.8 % was measured elsewhere."""
    rows = pd.concat(_street_rows(real_data), ignore_index=True).dropna()
    base = imported.boundaries[imported.boundaries["vintage"] == "2011"]
    east, north = to_grid(rows["Longitude"].to_numpy(), rows["Latitude"].to_numpy())
    placed = pd.Series(place_points(base, east, north), index=rows.index)
    known = placed.notna() & rows["LSOA code"].isin(set(base["area_code"]))
    assert known.sum() > 45_000
    assert (placed[known] == rows.loc[known, "LSOA code"]).mean() >= 0.965


def _street_rows(real_data: Path) -> list[pd.DataFrame]:
    columns = ["Longitude", "Latitude", "LSOA code"]
    with zipfile.ZipFile(next((real_data / "police_uk").glob("*.zip"))) as archive:
        names = [name for name in archive.namelist() if name.endswith("-street.csv")]
        return [pd.read_csv(archive.open(name), usecols=columns) for name in names]


def test_every_level_has_all_rows_placed_or_not_placed(real_data: Path, tmp_path: Path) -> None:
    store = Store.open(tmp_path / "store")
    wards = tmp_path / "wards.parquet"
    _across(real_data).to_parquet(wards)
    import_areas(store, [real_data / "geography", wards], received_at=NOW)
    ingest(store, "police-uk", [next((real_data / "police_uk").glob("*.zip"))], received_at=NOW)
    totals = {}
    for level in ("force", "csp", "district", "ward", "msoa", "lsoa"):
        asked = Selection(definition="all-recorded-crime", level=level, by=("area",))
        frame = harm(store, asked).unprotected
        placed = frame[frame["is_placed"]]["incident_count_low"].sum()
        totals[level] = (int(placed + frame[~frame["is_placed"]]["incident_count_low"].sum()), int(placed))
    whole = harm(store, Selection(definition="all-recorded-crime", level="region")).unprotected
    assert {total for total, _ in totals.values()} == {int(whole["incident_count_low"].sum())}
    assert totals["lsoa"][1] <= totals["msoa"][1] <= totals["district"][1] <= totals["force"][1]
    assert totals["ward"][1] == totals["lsoa"][1]


def _across(real_data: Path) -> gpd.GeoDataFrame:
    """Wards as squares of 20 km that cut LSOAs wherever their lines run."""
    land = (
        gpd.read_parquet(real_data / "geography" / "lad24_em_bgc.parquet").geometry.buffer(2_000).total_bounds
    )
    side = 20_000
    cells = [
        shapely.box(west, south, west + side, south + side)
        for west in range(int(land[0]), int(land[2]), side)
        for south in range(int(land[1]), int(land[3]), side)
    ]
    codes = [f"E0590{number:04}" for number in range(len(cells))]
    return gpd.GeoDataFrame({"WD25CD": codes, "WD25NM": codes}, geometry=cells, crs=27700)
