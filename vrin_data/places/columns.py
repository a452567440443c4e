"""The code and name columns of official area files, told apart by how their publishers name them."""

import re
from dataclasses import dataclass

import pandas as pd

FINE_TO_COARSE = ("OA", "LSOA", "MSOA", "WD", "LAD", "CSP", "CTYUA", "PFA", "RGN")
LEVEL_OF = {
    "LSOA": "lsoa",
    "MSOA": "msoa",
    "WD": "ward",
    "LAD": "district",
    "CSP": "csp",
    "PFA": "force",
    "RGN": "region",
}
"""Kinds of area that are a level here; the other kinds are read past."""

_KINDS = {
    "LTLA": "LAD",
    "WARD": "WD",
    "OUTPUT AREA": "OA",
    "LOWER LAYER SUPER OUTPUT AREA": "LSOA",
    "MIDDLE LAYER SUPER OUTPUT AREA": "MSOA",
    "LOCAL AUTHORITY DISTRICT": "LAD",
    "LOCAL AUTHORITY": "LAD",
    "COMMUNITY SAFETY PARTNERSHIP": "CSP",
    "POLICE FORCE AREA": "PFA",
    "REGION": "RGN",
}
"""Other words for the kinds, as files of the census and of the indices of deprivation use them."""

_NAMED = "|".join(sorted([*FINE_TO_COARSE, *_KINDS], key=len, reverse=True))
_SHORT = re.compile(rf"^({_NAMED})(\d\d)_?(cd|nm|code|name)(_largest_area)?$", re.IGNORECASE)
_WORDS = re.compile(
    rf"^({_NAMED})[ _](?:(\d{{4}})[ _])?(code|name)(?: ?\((?:[a-z]+ )?(\d{{4}})\))?$", re.IGNORECASE
)


@dataclass(frozen=True)
class CodeColumn:
    """A column of area codes: the kind of area as ONS abbreviates it, its vintage, and its names' column.

    `share_column` holds the share of the row's own area that lies in it, where the file says so.
    """

    column: str
    kind: str
    vintage: str
    name_column: str | None
    share_column: str | None = None

    @property
    def level(self) -> str | None:
        """The level its areas stand at; None for kinds that are no level here, such as counties."""
        return LEVEL_OF.get(self.kind)

    @property
    def label(self) -> str:
        """How people write it, such as LSOA 2021."""
        return f"{self.kind} {self.vintage}"


def code_columns(names: list[str]) -> tuple[CodeColumn, ...]:
    """The code columns among the names, finest kind first and the newest vintage of a kind first.

    Known are LSOA21CD and lsoa21_code in any case, `LSOA 2021 Code`, `LSOA code (2021)` and their like.
    """
    codes: dict[tuple[str, str], str] = {}
    labels: dict[tuple[str, str], str] = {}
    for name in names:
        if parsed := _parsed(name):
            kind, vintage, is_code = parsed
            (codes if is_code else labels).setdefault((kind, vintage), name)
    order = sorted(codes, key=lambda key: (FINE_TO_COARSE.index(key[0]), -int(key[1])))
    folded = {name.casefold(): name for name in names}
    return tuple(
        CodeColumn(
            codes[key], *key, labels.get(key), folded.get(f"{key[0]}{key[1][2:]}_area_share".casefold())
        )
        for key in order
    )


def _parsed(name: str) -> tuple[str, str, bool] | None:
    """Kind, vintage and whether it holds codes; None for a column of something else."""
    if match := _SHORT.match(name):
        year = f"20{match[2]}"
    elif (match := _WORDS.match(name)) and (match[2] or match[4]):
        year = match[2] or match[4]
    else:
        return None
    kind = match[1].upper()
    return _KINDS.get(kind, kind), year, match[3].lower() in ("cd", "code")


def unique_column(frame: pd.DataFrame, columns: tuple[CodeColumn, ...]) -> CodeColumn | None:
    """The finest code column with another code in every row, None where there is none."""
    for column in columns:
        codes = frame[column.column]
        if len(codes) and (codes != "").all() and codes.is_unique:
            return column
    return None
