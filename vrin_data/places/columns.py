"""The code and name columns of official area files, told apart by how ONS names them."""

import re
from dataclasses import dataclass

import pandas as pd

FINE_TO_COARSE = ("OA", "LSOA", "MSOA", "WD", "LAD", "CSP", "CTYUA", "PFA", "RGN")
LEVEL_OF = {
    "LSOA": "lsoa",
    "MSOA": "msoa",
    "LAD": "district",
    "CSP": "csp",
    "PFA": "force",
    "RGN": "region",
}
"""Kinds of area that are a level here; the other kinds are read past."""

_UPPER = re.compile(r"^(OA|LSOA|MSOA|WD|LAD|LTLA|CSP|PFA|CTYUA|RGN)(\d\d)(CD|NM)$")
_LOWER = re.compile(r"^(oa|lsoa|msoa|wd|lad|ltla|csp|pfa|ctyua|rgn)(\d\d)_?(code|name|cd|nm)$")
_MID_YEAR = re.compile(r"^pop(\d{4})_mid$")
_CENSUS = re.compile(r"^census(\d{4})_pop(?:_ts\d{3})?$")


@dataclass(frozen=True)
class CodeColumn:
    """A column of area codes: the kind of area as ONS abbreviates it, its vintage, and its names' column."""

    column: str
    kind: str
    vintage: str
    name_column: str | None

    @property
    def level(self) -> str | None:
        """The level its areas stand at; None for kinds that are no level here, such as wards."""
        return LEVEL_OF.get(self.kind)

    @property
    def label(self) -> str:
        """How people write it, such as LSOA 2021."""
        return f"{self.kind} {self.vintage}"


def code_columns(names: list[str]) -> tuple[CodeColumn, ...]:
    """The code columns among the names, finest kind first and the newest vintage of a kind first."""
    codes: dict[tuple[str, str], str] = {}
    labels: dict[tuple[str, str], str] = {}
    for name in names:
        match = _UPPER.match(name) or _LOWER.match(name)
        if match:
            kind = match[1].upper().replace("LTLA", "LAD")
            found = codes if match[3].lower() in ("cd", "code") else labels
            found.setdefault((kind, f"20{match[2]}"), name)
    order = sorted(codes, key=lambda key: (FINE_TO_COARSE.index(key[0]), -int(key[1])))
    return tuple(CodeColumn(codes[key], *key, labels.get(key)) for key in order)


def population_columns(names: list[str]) -> list[tuple[str, int, str]]:
    """Column, year and basis of each column of residents: pop2022_mid, census2021_pop and their like."""
    found = []
    for name in names:
        if match := _MID_YEAR.match(name):
            found.append((name, int(match[1]), f"mid-{match[1]}"))
        elif match := _CENSUS.match(name):
            found.append((name, int(match[1]), f"census{match[1]}"))
    return found


def unique_column(frame: pd.DataFrame, columns: tuple[CodeColumn, ...]) -> CodeColumn | None:
    """The finest code column with another code in every row, None where there is none."""
    for column in columns:
        codes = frame[column.column]
        if len(codes) and (codes != "").all() and codes.is_unique:
            return column
    return None
