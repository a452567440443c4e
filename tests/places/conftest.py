"""A small land of two districts: known as the sample knows it, and official files about it."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from vrin_data.places import AreaSet

WEST, SOUTH = 456_000, 339_000  # dry land in Nottingham
AREAS = ["area_code", "area_name", "level", "vintage", "is_approximate", "valid_from", "valid_to", "source"]
LINKS = ["child_code", "parent_code", "parent_level", "relation", "valid_from", "valid_to", "source"]


def square(column: int, row: int = 0) -> shapely.Polygon:
    """A square kilometre."""
    return shapely.box(
        WEST + 1_000 * column, SOUTH + 1_000 * row, WEST + 1_000 * (column + 1), SOUTH + 1_000 * (row + 1)
    )


def dated(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The frame with empty validity and a source where it has none."""
    empty = pd.Series(pd.NaT, index=frame.index, dtype="datetime64[ns]")
    return frame.assign(valid_from=empty, valid_to=empty, source="test")[columns]


@pytest.fixture
def known() -> AreaSet:
    """A region, a force, two partnerships and districts, one sample neighbourhood and its group."""
    areas = pd.DataFrame(
        [
            ("E12000004", "East Midlands", "region", "2024"),
            ("E23000019", "Nottinghamshire", "force", "2024"),
            ("E22000210", "Nottingham", "csp", "2024"),
            ("E22000366", "South Nottinghamshire", "csp", "2024"),
            ("E06000018", "Nottingham", "district", "2024"),
            ("E07000172", "Broxtowe", "district", "2024"),
            ("S02000001", "Nottingham group 01", "msoa", "sample"),
            ("S01000001", "Nottingham neighbourhood 001", "lsoa", "sample"),
        ],
        columns=AREAS[:4],
    )
    areas["is_approximate"] = areas["vintage"] == "sample"
    links = pd.DataFrame(
        [
            ("E23000019", "E12000004", "region"),
            ("E06000018", "E22000210", "csp"),
            ("E06000018", "E23000019", "force"),
            ("E07000172", "E22000366", "csp"),
            ("E07000172", "E23000019", "force"),
            ("S01000001", "S02000001", "msoa"),
            ("S01000001", "E06000018", "district"),
            ("S02000001", "E06000018", "district"),
        ],
        columns=LINKS[:3],
    ).assign(relation="within")
    populations = pd.DataFrame(
        {
            "area_code": ["E06000018", "S01000001"],
            "year": [2022, 2022],
            "person_count": [330_000, 1_700],
            "basis": ["mid-2022", "share of mid-2022"],
            "source": "test",
        }
    )
    boundaries = gpd.GeoDataFrame(
        {"area_code": ["S01000001"], "vintage": ["sample"]}, geometry=[square(0).union(square(1))], crs=27700
    )
    return AreaSet(dated(areas, AREAS), dated(links, LINKS), populations, boundaries)


@pytest.fixture
def lsoas() -> gpd.GeoDataFrame:
    """Four official LSOAs in a row, one square each: two in Nottingham, two in Broxtowe."""
    return gpd.GeoDataFrame(
        {
            "FID": [1, 2, 3, 4],
            "LSOA21CD": ["E01000001", "E01000002", "E01000003", "E01000004"],
            "LSOA21NM": ["Nottingham 001A", "Nottingham 001B", "Broxtowe 001A", "Broxtowe 001B"],
        },
        geometry=[square(0), square(1), square(2), square(3)],
        crs=27700,
    )


LOOKUP = """\
lsoa21_code,lsoa21_name,msoa21_code,msoa21_name,lad24_code,lad24_name,pop2022_mid
E01000001,Nottingham 001A,E02000001,Nottingham 001,E06000018,Nottingham,1500
E01000002,Nottingham 001B,E02000001,Nottingham 001,E06000018,Nottingham,1600
E01000003,Broxtowe 001A,E02000002,Broxtowe 001,E07000172,Broxtowe,1700
E01000004,Broxtowe 001B,E02000002,Broxtowe 001,E07000172,Broxtowe,1800
E01099999,Elsewhere 001A,E02099999,Elsewhere 001,E07000172,Broxtowe,1900
"""

CONVERSION = """\
LSOA11CD,LSOA21CD,change_code
E01000001,E01000001,U
E01000091,E01000002,M
E01000092,E01000002,M
E01000093,E01000003,S
E01000093,E01000004,S
"""


@pytest.fixture
def official(tmp_path: Path, lsoas: gpd.GeoDataFrame) -> Path:
    """A folder with boundaries, a lookup that reaches further, a conversion from 2011, and other files."""
    folder = tmp_path / "official"
    folder.mkdir()
    lsoas.to_parquet(folder / "lsoa21.parquet")
    (folder / "lookup.csv").write_text(LOOKUP, encoding="utf-8")
    (folder / "conversion.csv").write_text(CONVERSION, encoding="utf-8")
    (folder / "notes.txt").write_text("nothing to read\n", encoding="utf-8")
    (folder / "other.csv").write_text("name,value\na,1\n", encoding="utf-8")
    return folder
